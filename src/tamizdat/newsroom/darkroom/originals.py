"""Keep pictures as they came, sealed; open them for those who may; let them go.

A newsroom keeps none before somebody has made the key (`tamizdat originals key`), and
then those alone for which somebody asks. Every opening is logged.

Safe if the power fails: the row is there before the file is said to be kept, and a row
is gone after its file.
"""

import hashlib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from wagtail.log_actions import log

from tamizdat.newsroom.darkroom import vault
from tamizdat.newsroom.errors import VaultError
from tamizdat.newsroom.errors import said_later as _
from tamizdat.newsroom.models import Picture, PrivateOriginal

KEPT, OPENED, GONE = (f"tamizdat.original.{verb}" for verb in ("keep", "open", "erase"))
DAYS = 90  # that an original is kept where nobody says otherwise
MOST_DAYS = 366


def key_path() -> Path:
    """Say where the key stands, its private half sealed."""
    home: Path = settings.TAMIZDAT.path
    return home / "originals.key"


def can_keep() -> bool:
    """Say whether there is a key to seal to."""
    return key_path().is_file()


@transaction.atomic
def keep(
    picture: Picture, data: bytes, until: date, actor: Any, now: datetime
) -> PrivateOriginal:
    """Keep a picture as it came.

    Args:
        picture: what was made of it, saved.
        data: with all its metadata.
        until: the last day.
        actor: the account that brought it in.
        now: UTC.

    Raises:
        VaultError: there is no key, or it is none.
    """
    sealed = vault.seal(data, _key())
    sha256 = hashlib.sha256(sealed).hexdigest()
    path = place(sha256)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.write_bytes(sealed)
    path.chmod(0o600)
    row = PrivateOriginal.objects.create(
        picture=picture, sha256=sha256, size=len(sealed), kept=now, until=until
    )
    log(instance=picture, action=KEPT, user=actor, data={"until": until.isoformat()})
    return row


def opened(original: PrivateOriginal, passphrase: str, actor: Any) -> bytes:
    """Open an original, and log that somebody tried, whether it opens or not.

    Raises:
        VaultError: the passphrase is wrong, or the file is not there or changed.
    """
    told = {"kept": f"{original.kept:%Y-%m-%d}"}
    log(instance=original.picture, action=OPENED, user=actor, data=told)
    try:
        sealed = place(original.sha256).read_bytes()
    except OSError as error:
        raise VaultError(_("its file is not here")) from error
    return vault.unseal(sealed, _key(), passphrase)


def erase_due(now: datetime) -> int:
    """Erase what was kept long enough, and what has no picture any more.

    Args:
        now: UTC.

    Returns:
        How many went.
    """
    today = now.astimezone(UTC).date()
    due = PrivateOriginal.objects.filter(Q(until__lt=today) | Q(picture=None))
    rows = list(due.select_related("picture"))
    for row in rows:
        erase(row)
    return len(rows)


def erase(original: PrivateOriginal, actor: Any = None) -> None:
    """Erase an original."""
    place(original.sha256).unlink(missing_ok=True)
    with transaction.atomic():
        if original.picture is not None:
            log(instance=original.picture, action=GONE, user=actor)
        original.delete()


def place(sha256: str) -> Path:
    """Say where a sealed original lies; no address of the site leads there."""
    return Path(settings.MEDIA_ROOT) / "private" / sha256


def usual_until(now: datetime) -> date:
    """Say how long an original is kept where nobody says otherwise."""
    return now.astimezone(UTC).date() + timedelta(days=DAYS)


def _key() -> str:
    try:
        return key_path().read_text("ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise VaultError(_("there is no key for originals")) from error
