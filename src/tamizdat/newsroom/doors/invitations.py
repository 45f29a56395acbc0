"""Ask somebody in, or let somebody in again: a link that works once.

No mail leaves a newsroom, so the link is shown to whoever makes it, once, and goes by
whatever way the two trust. Only its hash is kept.
"""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from tamizdat.newsroom.accounts import change_roles
from tamizdat.newsroom.doors import attempts, lockout, sessions
from tamizdat.newsroom.errors import AccountError, InvitationError, RightError
from tamizdat.newsroom.isolates import isolated
from tamizdat.newsroom.models import Invitation, ServiceRole
from tamizdat.newsroom.rights import may

INVITED, ACCEPTED, RESET = (
    f"newsroom.account_{verb}" for verb in ("invited", "accepted", "reset")
)
GOOD_FOR = timedelta(days=3)  # an invitation waits over a weekend
RESET_FOR = timedelta(hours=24)
TOKEN_BYTES = 24  # nobody guesses 192 bits, and the link can be read out


def may_give(actor: Any, seat: ServiceRole) -> bool:
    """Say whether somebody may ask a person in for a role.

    A chief editor may, in their own service, but nobody who would look after accounts.
    """
    if actor.is_superuser:
        return True
    right = "accounts" if seat.role == "operator" else "invite"
    return may(actor, right, seat.service)


@transaction.atomic
def invite(
    name: str,
    seats: Sequence[ServiceRole],
    actor: Any = None,
    *,
    everything: bool = False,
) -> str:
    """Make an account that opens when its link is followed.

    Args:
        name: of the account.
        seats: roles it will have.
        actor: who invites, or None for an operator's command.
        everything: whether it may do everything instead.

    Returns:
        what the link ends with; it is shown once.

    Raises:
        AccountError: the name is taken or odd, or there is no role.
        RightError: somebody may not give one of the roles.
    """
    if not seats and not everything:
        raise AccountError(_("Choose at least one role."))
    if actor is not None:
        _require_givable(actor, seats, everything=everything)
    account = _new_account(name, everything=everything)
    change_roles(account, seats, (), actor)
    log(account, INVITED, user=actor)
    return _link(account, actor, GOOD_FOR, opens=True)


def _require_givable(
    actor: Any, seats: Sequence[ServiceRole], *, everything: bool
) -> None:
    if everything and not actor.is_superuser:
        raise RightError(_("You may not make an account that may do everything."))
    for seat in seats:
        if not may_give(actor, seat):
            text = _("You may not invite for this role: %(role)s.")
            raise RightError(text % {"role": isolated(seat.group)})


def _new_account(name: str, *, everything: bool) -> Any:
    accounts = get_user_model()
    account = accounts(username=name, is_active=False, is_superuser=everything)
    account.set_unusable_password()
    try:
        account.full_clean()
    except ValidationError as error:
        raise AccountError(" ".join(error.messages)) from error
    if accounts.objects.filter(username__iexact=name).exists():
        raise AccountError(_("An account of this name exists already."))
    account.save()
    return account


@transaction.atomic
def reset(account: Any, actor: Any = None) -> str:
    """Let somebody in again who lost the password or the second factor.

    Sessions, second factors and the password go at once: until the link is followed,
    nobody signs in. What wrong attempts have locked opens. A closed account stays
    closed.

    Returns:
        what the link ends with; it is shown once.
    """
    account.set_unusable_password()
    account.save(update_fields=["password"])
    account.authenticator_set.all().delete()
    sessions.end_all(account)
    lockout.lift(account)
    log(account, RESET, user=actor)
    waits = not account.is_active and account.last_login is None
    return _link(account, actor, GOOD_FOR if waits else RESET_FOR, opens=waits)


def _link(account: Any, actor: Any, time: timedelta, *, opens: bool) -> str:
    account.invitations.filter(used=None).delete()  # the newest counts
    token = secrets.token_urlsafe(TOKEN_BYTES)
    account.invitations.create(
        digest=_digest(token), by=actor, until=timezone.now() + time, opens=opens
    )
    return token


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def address_of(token: str) -> str:
    """Write the whole link that a token ends."""
    place = reverse("newsroom_invited", args=(token,))
    return f"{settings.WAGTAILADMIN_BASE_URL}{place}"


def find(token: str, now: datetime) -> Invitation:
    """Find what a link stands for.

    Args:
        token: what the link ends with.
        now: UTC.

    Raises:
        InvitationError: it was used, is too old, or never was.
    """
    found = Invitation.objects.filter(digest=_digest(token))
    invitation = found.select_related("account").first()
    if invitation is None:
        raise InvitationError(
            _("This link is not known: a newer one was made, or it is not whole.")
        )
    if invitation.used is not None:
        raise InvitationError(_("This link was used already. It works only once."))
    if now >= invitation.until:
        raise InvitationError(
            _("This link was good until %(time)s UTC.")
            % {"time": isolated(f"{invitation.until:%Y-%m-%d %H:%M}")}
        )
    return invitation


@transaction.atomic
def accept(token: str, password: str, now: datetime) -> Any:
    """Set the password of the account a link stands for, and use the link up.

    Raises:
        InvitationError: as `find`.
        django.core.exceptions.ValidationError: the password is too weak.
    """
    invitation = find(token, now)
    taken = Invitation.objects.filter(pk=invitation.pk, used=None).update(used=now)
    if not taken:
        raise InvitationError(_("This link was used already. It works only once."))
    account = invitation.account
    account.set_password(password)
    account.is_active = account.is_active or invitation.opens
    account.save(update_fields=["password", "is_active"])
    sessions.end_all(account)
    attempts.forget(account)
    lockout.lift(account)  # the new password is tried at once
    log(account, ACCEPTED, user=account)
    return account
