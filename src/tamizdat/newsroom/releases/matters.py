"""Close by hand what needs no release: follow-ups, and alerts of the wire."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tamizdat.newsroom.errors import ReleaseError, RightError
from tamizdat.newsroom.models.matters import Matter

_Any = TypeVar("_Any", bound=Matter)


@transaction.atomic
def close_by_hand(
    kind: type[_Any],
    key: int,
    actor: Any,
    reason: str,
    require_decider: Callable[[_Any, Any], None],
) -> _Any:
    """Close a matter that needs no release, and say why.

    Args:
        kind: of the matter.
        key: of its row.
        actor: the account that decides.
        reason: for the record.
        require_decider: raises RightError for who may not.

    Raises:
        ReleaseError: no reason is given, or it is closed already.
        RightError: the account may not decide this in that service.
    """
    one = taken(kind, key, actor, require_decider)
    if not reason.strip():
        raise ReleaseError(_("Say why nothing has to be released."))
    one.close(timezone.now(), actor, reason=reason.strip())
    return one


def taken(
    kind: type[_Any],
    key: int,
    actor: Any,
    require_decider: Callable[[_Any, Any], None],
) -> _Any:
    """Take a matter that is open, until the transaction ends. Raises as above."""
    rows: Any = kind._default_manager.select_for_update(of=("self",))  # noqa: SLF001
    one: _Any = rows.select_related("article__service").get(pk=key)
    require_decider(one, actor)
    if one.closed is not None:
        raise ReleaseError(_("Somebody dealt with it already."))
    return one


def allows(require_decider: Callable[[_Any, Any], None], one: _Any, actor: Any) -> bool:
    """Say whether an account may close a matter by hand."""
    try:
        require_decider(one, actor)
    except RightError:
        return False
    return True
