"""Answer who may do what in which service: the one place that is asked.

A right comes with a role held in the service. A superuser may everything, an account
that is closed nothing.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils.translation import gettext as _

from tamizdat.newsroom.errors import RightError
from tamizdat.newsroom.isolates import isolated
from tamizdat.newsroom.roles import RIGHTS, ROLES, TEXTS, roles_with

_KEPT = "_tamizdat_rights"  # on the account, as Django keeps its permissions


def may(user: Any, right: str, service: Any = None) -> bool:
    """Say whether an account has a right.

    Args:
        user: an account, or one nobody signed in to.
        right: a key of `roles.RIGHTS`.
        service: the service; None asks whether it has the right in any.
    """
    if right not in RIGHTS:
        raise ValueError(f"expected one of {', '.join(RIGHTS)}, found {right}")
    if user is None or not user.is_active:
        return False
    if user.is_superuser:
        return True
    held = _held(user)
    if service is None:
        return any(right in rights for rights in held.values())
    return right in held.get(service.pk, ())


def require(user: Any, right: str, service: Any = None) -> None:
    """Refuse who has not this right.

    Raises:
        RightError: naming account, right and service.
    """
    if not may(user, right, service):
        if service is None:
            said = _("%(name)s may not %(right)s")
        else:
            said = _("%(name)s may not %(right)s in %(service)s")
        row = {"name": isolated(user), "right": RIGHTS[right]}
        row["service"] = isolated(service.service_id if service else "")
        raise RightError(said % row)


def is_staff_of(user: Any, service: Any) -> bool:
    """Say whether an account holds any role in a service: who reads its drafts."""
    if user is None or not user.is_active:
        return False
    return bool(user.is_superuser or _held(user).get(service.pk))


def services_of(user: Any) -> list[int]:
    """List the keys of the services in which an account that is open holds a role."""
    return sorted(_held(user)) if user is not None and user.is_active else []


def services_with(user: Any, *rights: str) -> list[int]:
    """List the keys of the services in which an account has one of these rights."""
    held = _held(user) if user is not None and user.is_active else {}
    return sorted(key for key, has in held.items() if has & set(rights))


def reads_draft(user: Any, article: Any) -> bool:
    """Say whether an account may read the draft of an article, and its headline.

    Args:
        user: an account.
        article: with its service and story. One that may endanger someone is read by
            those alone who work on texts of the service.
    """
    service = article.service
    if not is_staff_of(user, service):
        return False
    return not article.story.sensitive or works_on_texts(user, service)


def works_on_texts(user: Any, service: Any) -> bool:
    """Say whether an account works on texts of a service: reads the sensitive ones."""
    return any(may(user, right, service) for right in TEXTS)


def readable_drafts(user: Any, services: Iterable[Any]) -> Q:
    """Choose the articles whose drafts an account may read, as `reads_draft` does."""
    own = [service for service in services if is_staff_of(user, service)]
    texts = [service.pk for service in own if works_on_texts(user, service)]
    others = [service.pk for service in own if service.pk not in texts]
    return Q(service__in=texts) | Q(service__in=others, story__sensitive=False)


def who_may(right: str, service: Any) -> list[Any]:
    """List the open accounts with this right in a service, by name."""
    seat = Q(
        groups__service_role__service=service,
        groups__service_role__role__in=roles_with(right),
    )
    accounts = get_user_model().objects.filter(is_active=True)
    return list(
        accounts.filter(seat | Q(is_superuser=True)).distinct().order_by("username")
    )


def forget(user: Any) -> None:
    """Ask the database again next time: roles of this account have changed."""
    user.__dict__.pop(_KEPT, None)


def _held(user: Any) -> Mapping[int, frozenset[str]]:
    """Read what an account may: rights by key of the service."""
    if _KEPT not in user.__dict__:
        held: dict[int, frozenset[str]] = {}
        seats = user.groups.filter(service_role__role__in=ROLES).values_list(
            "service_role__service_id", "service_role__role"
        )
        for service, role in seats:
            held[service] = held.get(service, frozenset()) | ROLES[role].rights
        user.__dict__[_KEPT] = held
    kept: Mapping[int, frozenset[str]] = user.__dict__[_KEPT]
    return kept
