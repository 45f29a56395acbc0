"""Answer "why can I not publish?": every reason, in words, from one list.

The form, the Publish button and the verb that records a release ask the same question.
Whoever adds a reason adds a small function to `CHECKS`.
"""

from collections.abc import Callable, Iterator
from typing import Any, Self

from django.utils.translation import gettext as _

from tamizdat.newsroom.errors import ObstacleError
from tamizdat.newsroom.rights import may, who_may

SERIOUS = ("retraction", "redaction", "withdrawal")


class Obstacle(str):
    """One reason, in a sentence.

    Attributes:
        field: of the article form, where one is to be mended; else "".
        waits: whether another person's word takes it away, and nothing else.
    """

    __slots__ = ("field", "waits")

    field: str
    waits: bool

    def __new__(cls, text: str, field: str = "", *, waits: bool = False) -> Self:
        """Make one of its words."""
        one = super().__new__(cls, text)
        one.field, one.waits = field, waits
        return one


Check = Callable[[Any, Any, str], Iterator[Obstacle]]


def obstacles(page: Any, user: Any, kind: str) -> list[str]:
    """List why this person cannot publish this page now.

    Args:
        page: an `ArticlePage` as it would go out.
        user: the account; None for the newsroom's own commands, whom no right binds.
        kind: of the release.

    Returns:
        Sentences, each an `Obstacle`; empty when nothing is in the way.
    """
    return [reason for check in CHECKS for reason in check(page, user, kind)]


def require_publishable(page: Any, user: Any, kind: str) -> None:
    """Refuse a release that something is in the way of.

    Raises:
        ObstacleError: with every reason.
    """
    found = obstacles(page, user, kind)
    if found:
        raise ObstacleError(page, user, kind, found)


def service_of(page: Any) -> Any:
    """Find the service of a page, also of one that is not saved yet."""
    return page.service if page.article_id else getattr(page, "opened_in", None)


def _right(page: Any, user: Any, kind: str) -> Iterator[Obstacle]:
    if user is None:
        return
    service = service_of(page)
    if not may(user, "publish", service):
        yield Obstacle(
            _("You may write here but not publish. %(people)s may.")
            % {"people": people("publish", service)}
        )
    elif kind in SERIOUS and not may(user, "serious", service):
        yield Obstacle(
            _("You may publish, but not a %(kind)s. %(people)s may.")
            % {"kind": kind, "people": people("serious", service)},
            "next_kind",
        )
    if _announces(page) and not may(user, "breaking", service):
        yield Obstacle(
            _("You may not announce breaking news. %(people)s may.")
            % {"people": people("breaking", service)},
            "breaking",
        )


def _announces(page: Any) -> bool:
    """Say whether readers would hear of breaking news that they have not yet."""
    newest = page.newest_release if page.article_id else None
    heard = newest is not None and newest.content["tamizdat"]["breaking"]
    return bool(page.breaking) and not heard


def people(right: str, service: Any) -> str:
    """Name who has a right, for a sentence."""
    names = [str(one) for one in who_may(right, service)]
    return ", ".join(names) or _("Nobody")


CHECKS: tuple[Check, ...] = (_right,)
