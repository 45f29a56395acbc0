"""Note where a right password was given and no second factor, to tell whose it is.

A row begins with the password and goes when whoever began it gets in; what stays are
passwords with nothing after them, wrong codes, and whoever got in after some. The
browser that began one knows its own by its session, so that nobody is told of what
they have just done. No address and nothing that was typed is kept.

Source: docs/decisions/0046-doors.md.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib import messages
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry

from tamizdat.newsroom.accounts import SIGNED_IN
from tamizdat.newsroom.doors import factors
from tamizdat.newsroom.doors.language import language_of
from tamizdat.newsroom.models import Attempt

SHOWN = timedelta(days=90)  # on the page of how one signs in
MOST = 50  # rows of one account: whoever has the password can begin for ever
TOLD = 2  # wrong codes of whoever got in after all: everybody mistypes one
HERE = "tamizdat_attempt"  # in a session: the row that this browser began


def begin(request: HttpRequest, account: Any) -> None:
    """Note that the password was right, where a second factor must follow.

    A browser that gives it once more goes on with its row.
    """
    if not factors.has(account) or _own(request, account).exists():
        return
    now = timezone.now()
    row = Attempt.objects.create(account=account, since=now, last=now)
    request.session[HERE] = row.pk
    kept = Attempt.objects.filter(account=account).order_by("-last", "-pk")
    newest = kept.filter(last__gt=now - SHOWN).values_list("pk", flat=True)[:MOST]
    kept.exclude(pk__in=list(newest)).delete()


def note_wrong_code(request: HttpRequest, account: Any) -> int:
    """Count a wrong code.

    Returns:
        how many this browser has typed since it gave the password.
    """
    begin(request, account)
    own = _own(request, account)
    own.update(wrong=F("wrong") + 1, last=timezone.now())
    return own.values_list("wrong", flat=True).first() or 0


def finish(request: HttpRequest, account: Any) -> None:
    """Note that whoever began has got in; the sign-in is in the log already.

    Where many codes were wrong before, the next sign-in tells of it: this one may be
    that of whoever guessed.
    """
    own = _own(request, account)
    own.filter(wrong__lt=TOLD).delete()
    own.update(entered=True, last=timezone.now())
    request.session.pop(HERE, None)


def shown(account: Any) -> "QuerySet[Attempt]":
    """List what there is to tell an account, the last first."""
    found = Attempt.objects.filter(account=account, last__gt=timezone.now() - SHOWN)
    return found.order_by("-last", "-pk")


def forget(account: Any) -> None:
    """Forget what was tried with a password that opens nothing any more."""
    Attempt.objects.filter(account=account).delete()


def warn(request: HttpRequest, account: Any) -> None:
    """Tell whoever signs in what others tried since they did so before.

    Args:
        request: by which they sign in; it is not noted yet.
        account: theirs; told in its language.
    """
    entries = ModelLogEntry.objects.for_instance(account).filter(action=SIGNED_IN)
    before = entries.order_by("-timestamp").values_list("timestamp", flat=True).first()
    found = shown(account).exclude(pk=request.session.get(HERE) or 0)
    rows = list(found.filter(last__gt=before) if before else found)
    if not rows:
        return
    with translation.override(language_of(account)):
        messages.warning(request, _said(rows), fail_silently=True)


def _own(request: HttpRequest, account: Any) -> "QuerySet[Attempt]":
    """Find what this browser began and has not finished."""
    key = request.session.get(HERE) or 0
    return Attempt.objects.filter(pk=key, account=account, entered=False)


def _said(rows: list[Attempt]) -> str:
    """Say in a sentence what was tried, and what to do."""
    last, wrong = rows[0].last.astimezone(UTC), sum(row.wrong for row in rows)
    said = _of_codes(wrong) if wrong else _of_passwords(len(rows))
    return said % {
        "count": wrong,
        "since": _minute(min(row.since for row in rows)),
        "day": date_format(last, "DATE_FORMAT"),
        "hour": date_format(last, "H:i"),
    }


def _of_codes(wrong: int) -> str:
    if wrong == 1:
        return _(
            "Somebody gave your password and then a wrong code on %(day)s at %(hour)s "
            "UTC. If it was not you, change your password now."
        )
    return _(
        "Somebody gave your password and then wrong codes (%(count)s) since "
        "%(since)s UTC, the last on %(day)s at %(hour)s UTC. If it was not you, "
        "change your password now."
    )


def _of_passwords(times: int) -> str:
    if times == 1:
        return _(
            "Somebody gave your password on %(day)s at %(hour)s UTC and no second "
            "factor after it. If it was not you, change your password now."
        )
    return _(
        "Somebody gave your password more than once since %(since)s UTC, the last "
        "time on %(day)s at %(hour)s UTC, and no second factor after it. If it was "
        "not you, change your password now."
    )


def _minute(time: datetime) -> str:
    return date_format(time.astimezone(UTC), "DATETIME_FORMAT")
