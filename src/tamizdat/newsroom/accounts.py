"""The verbs of accounts: who holds which role where, and who may everything."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from tamizdat.newsroom.errors import AccountError
from tamizdat.newsroom.models import ServicePage, ServiceRole
from tamizdat.newsroom.rights import forget
from tamizdat.newsroom.roles import ROLES

GIVEN, TAKEN = "newsroom.role_given", "newsroom.role_taken"
EVERYTHING = "newsroom.everything_given"
SIGNED_IN, REFUSED = "newsroom.signed_in", "newsroom.sign_in_refused"
AGAIN = timedelta(hours=1)  # until a refused sign-in of one account is noted once more


def seat_of(text: str) -> ServiceRole:
    """Find the group behind a role as people write it.

    Args:
        text: as "editor@ru".

    Raises:
        AccountError: no such role, or no such service.
    """
    role, _at, service_id = text.partition("@")
    if role not in ROLES:
        known = ", ".join(ROLES)
        raise AccountError(f"expected ROLE@SERVICE with one of {known}, found {text!r}")
    seat = ServiceRole.objects.filter(role=role, service__service_id=service_id)
    if (found := seat.select_related("group", "service").first()) is not None:
        return found
    open_now = ServicePage.objects.order_by("service_id")
    ids = ", ".join(open_now.values_list("service_id", flat=True)) or "no service"
    raise AccountError(f"expected one of the services {ids}, found {service_id!r}")


def account_of(name: str) -> Any:
    """Find an account.

    Raises:
        AccountError: nobody is called so.
    """
    account = get_user_model().objects.filter(username=name).first()
    if account is None:
        raise AccountError(f"{name}: no such account")
    return account


@transaction.atomic
def change_roles(
    account: Any,
    given: Iterable[ServiceRole],
    taken: Iterable[ServiceRole],
    actor: Any = None,
) -> None:
    """Give and take roles, and note it in the log.

    Args:
        account: whose they are.
        given: held from now on.
        taken: held no more.
        actor: who decided, or None for an operator's command.
    """
    held = set(account.groups.values_list("pk", flat=True))
    for seats, change, action in (
        (given, account.groups.add, GIVEN),
        (taken, account.groups.remove, TAKEN),
    ):
        for seat in seats:
            if (seat.group_id in held) == (action == TAKEN):
                change(seat.group)
                log(account, action, user=actor, data={"role": str(seat.group)})
    forget(account)


def note_sign_in(account: Any) -> None:
    """Note in the log that somebody signed in; never from where, or with what."""
    log(account, SIGNED_IN, user=account)


def note_refusal(name: str) -> None:
    """Note that a sign-in was refused, once an hour for an account.

    Args:
        name: as typed. Where nobody is called so, nothing is kept: it may be a
            password in the wrong field.
    """
    account = get_user_model().objects.filter(username=name).first()
    if account is None:
        return
    of_account = ModelLogEntry.objects.for_instance(account).filter(action=REFUSED)
    if not of_account.filter(timestamp__gt=timezone.now() - AGAIN).exists():
        log(account, REFUSED)


@transaction.atomic
def set_everything(account: Any, *, may: bool) -> None:
    """Let an account do everything, or only what its roles bring.

    Raises:
        AccountError: nobody would be left to look after accounts.
    """
    others = get_user_model().objects.filter(is_superuser=True, is_active=True)
    if not may and not others.exclude(pk=account.pk).exists():
        raise AccountError(
            f"{account}: the only account that may do everything; make another first"
        )
    account.is_superuser = may
    account.save(update_fields=["is_superuser"])
    forget(account)


def roles_of(account: Any) -> list[str]:
    """List the roles of an account, as "editor@ru", by service and role."""
    seats = ServiceRole.objects.filter(group__user=account)
    rows = seats.order_by("service__service_id", "role")
    return [
        f"{role}@{s}" for role, s in rows.values_list("role", "service__service_id")
    ]


def listed() -> list[dict[str, Any]]:
    """List all accounts with what they may, by name."""
    return [
        {
            "name": account.get_username(),
            "open": account.is_active,
            "everything": account.is_superuser,
            "roles": roles_of(account),
        }
        for account in get_user_model().objects.order_by("username")
    ]
