"""Who is signed in, asked in, or stands at the door, and what its locks count.

Nothing here holds an address or the name of a browser.

Source: docs/decisions/0046-doors.md.
"""

from typing import ClassVar

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models


class Session(AbstractBaseSession):
    """A browser somebody is signed in with.

    Attributes:
        session_key: SHA-256 of what the cookie holds, hexadecimal: whoever reads the
            table can sign in nowhere.
        account: None before anybody has signed in.
        seen: when it last asked for a page, UTC, exact to some minutes.
    """

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.CASCADE,
        related_name="browsers",
    )
    session_key = models.CharField(max_length=64, primary_key=True)
    seen = models.DateTimeField()

    class Meta(AbstractBaseSession.Meta):
        abstract = False

    def __str__(self) -> str:
        return f"{self.account_id} {self.seen}"


class Invitation(models.Model):
    """A link that sets the password of one account, once.

    Attributes:
        digest: SHA-256 of what the link ends with, hexadecimal. The link itself is
            shown to whoever made it, once.
        opens: whether it also opens the account: an invitation does, a reset does not.
        until, used: UTC, exclusive; None while nobody has used it.
    """

    digest = models.CharField(max_length=64, unique=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="invitations"
    )
    opens = models.BooleanField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    until = models.DateTimeField()
    used = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.account} until {self.until}"


class Attempt(models.Model):
    """A right password in one browser, with no second factor yet, or wrong ones.

    Attributes:
        since, last: when the password was given, and when the last code was, UTC.
        wrong: codes that were not right.
        entered: whether the right one came after all.
    """

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="attempts"
    )
    since = models.DateTimeField()
    last = models.DateTimeField()
    wrong = models.PositiveIntegerField(default=0)
    entered = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.account} {self.since} {self.wrong}"


class Kept(models.Model):
    """A row of the cache that all processes share; Django's own class reads it."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table: ClassVar = "newsroom_kept"

    def __str__(self) -> str:
        return self.cache_key
