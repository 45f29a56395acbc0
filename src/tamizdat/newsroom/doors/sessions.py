"""Sessions in the database, under a hash, with the account they belong to.

Django's own table holds what the cookie holds: a copy of the database would sign its
reader in. It also knows no account, so that nothing could be listed or ended. No
address and no name of a browser is kept.

The module is the engine that `SESSION_ENGINE` names.
"""

import hashlib
from datetime import timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.utils import timezone

from tamizdat.newsroom.models import Session

IDLE = timedelta(hours=12)  # a night at the desk; then somebody signs in again
LONGEST = timedelta(days=3)  # whatever happens in between
TOUCH = timedelta(minutes=10)  # how exact `seen` is, so that reading rarely writes
BEGAN = "tamizdat_began"  # in a session: seconds since 1970 when somebody signed in


def digest(key: str) -> str:
    """Hash what a cookie holds, as the table keeps it."""
    return hashlib.sha256(key.encode()).hexdigest()


class SessionStore(db.SessionStore):
    """Keeps a session as Django does, under the hash of its key."""

    row: Session | None = None  # as it was read

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Give the table."""
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """Fill a row."""
        row: Any = super().create_model_instance(data)
        row.session_key = digest(row.session_key)
        account = data.get(SESSION_KEY)
        row.account_id = int(account) if account else None
        row.seen = timezone.now()
        filled: Session = row
        return filled

    def exists(self, session_key: str) -> bool:
        """Tell whether a cookie is known."""
        return bool(super().exists(digest(session_key)))

    def delete(self, session_key: str | None = None) -> None:
        """End a session."""
        key = session_key or self.session_key
        if key is not None:
            Session.objects.filter(session_key=digest(key)).delete()

    def _get_session_from_db(self) -> Session | None:
        key, now = digest(self.session_key or ""), timezone.now()
        found = Session.objects.filter(session_key=key, expire_date__gt=now).first()
        if found is None:
            self._session_key = None
        self.row = found
        return found

    def touch(self) -> None:
        """Note that somebody is still there, every few minutes."""
        now = timezone.now()
        if self.row is not None and now - self.row.seen > TOUCH:
            Session.objects.filter(pk=self.row.pk).update(
                seen=now, expire_date=now + IDLE
            )


def end_all(account: Any, but: str | None = None) -> int:
    """End the sessions of an account at once.

    Args:
        account: whose.
        but: what the cookie of one that goes on holds.

    Returns:
        how many ended.
    """
    rows = Session.objects.filter(account=account)
    if but is not None:
        rows = rows.exclude(session_key=digest(but))
    return int(rows.delete()[0])
