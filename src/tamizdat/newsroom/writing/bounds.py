"""Say who may bind a story, or free it: its embargo and mark hold in every service.

Whoever publishes where it was told first may. Until another service tells it, its own
writers may ask for more, and who asked for more may undo that.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from tamizdat.newsroom.isolates import isolated
from tamizdat.newsroom.models.stories import EMBARGO, written
from tamizdat.newsroom.rights import may, who_may
from tamizdat.newsroom.writing import stories


def why_no_embargo(user: Any, service: Any, story: Any, until: datetime | None) -> str:
    """Say why this account may not let a story wait until then, or "".

    Args:
        user: the account.
        service: whose article it works on.
        story: saved.
        until: UTC; None, or an hour that has passed, frees it.
    """
    stands, wanted = _coming(story.embargo), _coming(until)
    if stands == wanted:
        return ""
    home = stories.home_of(story)
    if home is None or may(user, "publish", home):
        return ""
    if home.pk == service.pk:
        more = wanted is not None and (stands is None or wanted > stands)
        if more and not story.articles.exclude(service=home).exists():
            return ""
        if not more and _undoes_own(user, story, wanted):
            return ""
    return refusal(home)


def why_no_mark(user: Any, service: Any, story: Any, *, sensitive: bool) -> str:
    """Say why this account may not say whether a story may endanger someone, or ""."""
    if story.sensitive == sensitive:
        return ""
    home = stories.home_of(story) or service
    if not sensitive:
        if may(user, "serious", home):
            return ""
        return _("Only who may retract may say that it endangers nobody.")
    if home.pk == service.pk or may(user, "publish", home):
        return ""
    return refusal(home)


def refusal(home: Any) -> str:
    """Say who decides, and whom to ask."""
    from tamizdat.newsroom.obstacles import people  # noqa: PLC0415 (it asks models)

    text = _(
        "It holds for the story in every service. Whoever publishes in %(service)s, "
        "which told it first, decides. Ask: %(people)s."
    )
    names = people(who_may("publish", home))
    return text % {"service": isolated(home), "people": names}


def refusals(
    user: Any, service: Any, own: Any, other: Any, typed: dict[str, Any]
) -> Iterator[tuple[str, str]]:
    """List what is refused of a form, by field.

    Args:
        user: the account.
        service: whose article the form is of.
        own: the story of the article; None for a new one.
        other: the story of the source that was chosen; None, or the same.
        typed: "embargo" and "sensitive", only those that were changed.
    """
    told = [story for story in (own, other) if story is not None]
    if "embargo" in typed:
        ends = [(story, typed["embargo"]) for story in told]
    else:
        ends = [(story, _longest(told)) for story in told if story is not own]
    for story, until in ends:
        why = why_no_embargo(user, service, story, until)
        if why:
            yield "embargo", why
            break
    marks = [(story, typed["sensitive"]) for story in told if "sensitive" in typed]
    if own is not None and other is not None and own.sensitive:
        marks.append((other, True))  # it goes along
    for story, sensitive in marks:
        why = why_no_mark(user, service, story, sensitive=sensitive)
        if why:
            yield "sensitive", why
            break


def _longest(told: list[Any]) -> datetime | None:
    return max((story.embargo for story in told if story.embargo), default=None)


def _undoes_own(user: Any, story: Any, wanted: datetime | None) -> bool:
    """Say whether an account takes back what it asked for last, and no more."""
    last = story.changes.filter(what=EMBARGO).last()
    if last is None or last.actor_id != user.pk or last.after != written(story.embargo):
        return False
    before = _coming(datetime.fromisoformat(last.before)) if last.before else None
    return before is None or (wanted is not None and wanted >= before)


def _coming(end: datetime | None) -> datetime | None:
    return end if end is not None and end > timezone.now() else None
