"""Close an account, and hand over what somebody had: one step, one entry in the log.

drafts      pages somebody owns that hold unreleased words
tasks       texts somebody submitted that wait in a workflow
locks       pages somebody locked, or has open
scheduled   texts somebody set for an hour: they go out by the rights of who set them
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.models import Page, Revision, WorkflowState

from tamizdat.newsroom.actions import key_of_setter
from tamizdat.newsroom.doors import sessions
from tamizdat.newsroom.errors import AccountError
from tamizdat.newsroom.isolates import isolated
from tamizdat.newsroom.models import ArticlePage, Hold, ServicePage, ServiceRole
from tamizdat.newsroom.releases.beside import SCHEDULED
from tamizdat.newsroom.rights import is_staff_of, may, services_with

CLOSED, OPENED, HANDED = (
    f"newsroom.account_{verb}" for verb in ("closed", "opened", "handed_over")
)

NO_ROLE_THERE = _("%(name)s has no role in %(service)s and cannot take over there.")
MAY_NOT_PUBLISH_THERE = _(
    "%(name)s may not publish in %(service)s, where texts are set for an hour."
)


def looked_after(actor: Any) -> Any:
    """Find the accounts that somebody may close, reset or hand over, by name.

    An operator may where they are one, for accounts that hold roles there alone. Nobody
    does it to themselves: the last one would be locked out.
    """
    others = get_user_model().objects.exclude(pk=actor.pk).order_by("username")
    if not actor.is_active:
        return others.none()
    if actor.is_superuser:
        return others
    here = services_with(actor, "accounts")
    seats = ServiceRole.objects.filter(service__in=here)
    elsewhere = ServiceRole.objects.exclude(service__in=here)
    own = others.filter(is_superuser=False, groups__service_role__in=seats)
    return own.exclude(groups__service_role__in=elsewhere).distinct()


def may_look_after(actor: Any, account: Any) -> bool:
    """Say whether somebody may close, reset or hand over an account."""
    return bool(looked_after(actor).filter(pk=account.pk).exists())


@transaction.atomic
def close(account: Any, actor: Any = None) -> None:
    """Let an account do nothing from now on: its sessions end, its locks open.

    Raises:
        AccountError: nobody would be left to look after accounts.
    """
    others = get_user_model().objects.filter(is_superuser=True, is_active=True)
    if account.is_superuser and not others.exclude(pk=account.pk).exists():
        text = _("%(name)s is the only account that may do everything; make another.")
        raise AccountError(text % {"name": isolated(account)})
    account.is_active = False
    account.save(update_fields=["is_active"])
    account.invitations.filter(used=None).delete()
    sessions.end_all(account)
    _release_locks(account)
    log(account, CLOSED, user=actor)


@transaction.atomic
def reopen(account: Any, actor: Any = None) -> None:
    """Open a closed account again, with the roles, password and factors it had."""
    account.is_active = True
    account.save(update_fields=["is_active"])
    log(account, OPENED, user=actor)


def _release_locks(account: Any) -> None:
    Hold.objects.filter(person=account).delete()
    free = {"locked": False, "locked_by": None, "locked_at": None}
    Page.objects.filter(locked_by=account).update(**free)


def belongings(account: Any) -> dict[str, Any]:
    """Find what somebody would leave behind: drafts, tasks, locks, scheduled."""
    drafts = ArticlePage.objects.filter(owner=account).filter(
        Q(live=False) | Q(has_unpublished_changes=True)
    )
    return {
        "drafts": drafts,
        "tasks": WorkflowState.objects.active().filter(requested_by=account),
        "locks": Page.objects.filter(locked_by=account),
        "scheduled": Revision.objects.filter(pk__in=_set_by(account)),
    }


def _set_by(account: Any) -> list[int]:
    waiting = Revision.objects.filter(approved_go_live_at__isnull=False)
    return [one.pk for one in waiting if key_of_setter(one) == account.pk]


def counts(account: Any) -> dict[str, int]:
    """Count what somebody would leave behind."""
    return {kind: found.count() for kind, found in belongings(account).items()}


@transaction.atomic
def hand_over(account: Any, colleague: Any, actor: Any = None) -> Mapping[str, int]:
    """Give a colleague all that somebody has, in one step.

    Returns:
        how many of each kind.

    Raises:
        AccountError: the colleague cannot take it: closed, the same, or without a role
            in one of the services, or without the right to publish what is set for an
            hour. Nothing is moved then.
    """
    left = belongings(account)
    _require_able(account, colleague, left)
    moved = {kind: found.count() for kind, found in left.items()}
    for revision in left["scheduled"]:  # the newest entry says by whose rights
        page, hour = revision.content_object, revision.approved_go_live_at
        data = {"handed_over_by": str(account), "go_live_at": f"{hour:%Y-%m-%d %H:%M}"}
        log(page, SCHEDULED, user=colleague, revision=revision, data=data)
    left["tasks"].update(requested_by=colleague)
    left["locks"].update(locked_by=colleague)
    Hold.objects.filter(person=account).delete()  # a window is not handed over
    keys = list(left["drafts"].values_list("pk", flat=True))
    Page.objects.filter(pk__in=keys).update(owner=colleague)
    data = {"to": str(colleague), **moved}
    log(account, HANDED, user=actor, data=data)
    return moved


def heirs(account: Any) -> list[Any]:
    """List who could take over all that somebody has, by name; nobody if it is nothing.

    `hand_over` asks the same again.
    """
    left = belongings(account)
    asked = {kind: _services(found) for kind, found in left.items()}
    services = {one.pk for found in asked.values() for one in found}
    near = Q(groups__service_role__service__in=services)
    people = get_user_model().objects.filter(is_active=True).exclude(pk=account.pk)
    return [
        one
        for one in people.filter(near | Q(is_superuser=True))
        .distinct()
        .order_by("username")
        if services and not any(_refusals(one, *pair) for pair in asked.items())
    ]


def _require_able(account: Any, colleague: Any, left: Mapping[str, Any]) -> None:
    if colleague.pk == account.pk or not colleague.is_active:
        text = _("%(name)s cannot take it over: choose another open account.")
        raise AccountError(text % {"name": isolated(colleague)})
    for kind, found in left.items():
        for text, service in _refusals(colleague, kind, _services(found)):
            words = {"name": isolated(colleague), "service": isolated(service)}
            raise AccountError(text % words)


def _refusals(
    colleague: Any, kind: str, services: Iterable[ServicePage]
) -> list[tuple[Any, ServicePage]]:
    """List why a colleague cannot take over a kind of things, and in which services."""
    found = []
    for service in services:
        if not is_staff_of(colleague, service):
            found.append((NO_ROLE_THERE, service))
        elif kind == "scheduled" and not may(colleague, "publish", service):
            found.append((MAY_NOT_PUBLISH_THERE, service))
    return found


def _services(found: Any) -> list[ServicePage]:
    """Find the services that pages, or what points to pages, stand in."""
    if found.model is Revision or found.model is WorkflowState:
        keys = [int(one) for one in found.values_list("object_id", flat=True)]
        pages = Page.objects.filter(pk__in=keys)
    else:
        pages = Page.objects.filter(pk__in=found.values("pk"))
    parents = {page.path[: -Page.steplen] for page in pages}
    paths = parents | {page.path for page in pages}
    return list(ServicePage.objects.filter(path__in=paths).order_by("service_id"))
