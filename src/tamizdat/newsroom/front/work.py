"""Keep an arrangement that somebody works on inside its form, from press to press.

The whole page travels in the form: nothing is kept until it is put on the front page,
and every button works without a script. Reads what was posted, does one step, and says
in words what it did.
"""

import zoneinfo
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _

from tamizdat.newsroom.errors import FrontError
from tamizdat.newsroom.front import layout as laying
from tamizdat.newsroom.front.layout import Layout, Pin, Place
from tamizdat.newsroom.isolates import isolated
from tamizdat.newsroom.models import Article, ServicePage

LOCAL = "%Y-%m-%dT%H:%M"  # of a field datetime-local
MOST_SLOTS = 200  # in one form: more than any page can have


@dataclass(frozen=True)
class Work:
    """A front page that somebody works on.

    Attributes:
        base: number of the arrangement it began with; 0 for none.
        query: what the list of stories is searched for.
        into: section that the next story is added to.
        proposal: key of the proposal it began with; 0 for none.
        said: what the last step did, in words; `wrong` when it did nothing.
        focus: id of the control that the keyboard goes on at.
    """

    layout: Layout = field(default_factory=Layout)
    base: int = 0
    query: str = ""
    into: str = laying.TOP
    proposal: int = 0
    said: str = ""
    wrong: bool = False
    focus: str = ""

    def saying(self, said: str, focus: str = "") -> "Work":
        """Say what was done."""
        return replace(self, said=said, focus=focus)

    def refusing(self, error: FrontError) -> "Work":
        """Say why nothing was done."""
        return replace(self, said=str(error), wrong=True)


def read(post: Any, service: ServicePage) -> Work:
    """Read a posted form.

    Raises:
        FrontError: its slots are no page, or a pin is no hour.
    """
    zone = zoneinfo.ZoneInfo(service.time_zone)
    slots = post.getlist("slot")
    if len(slots) > MOST_SLOTS:
        raise FrontError(_("There are more places than a page has."))
    rows = []
    for slot in slots:
        section, article = _slot(slot)
        until = _until(post.get(f"until-{article}", ""), zone)
        rows.append((section, Pin(article, until)))
    return Work(
        layout=laying.laid_out(rows),
        base=_number(post.get("base", "0")),
        query=post.get("q", "").strip()[:100],
        into=post.get("into", ""),
        proposal=_number(post.get("proposal", "0")),
    )


def _slot(text: str) -> tuple[str, int]:
    section, _colon, key = text.rpartition(":")
    return section, _number(key)


def slot_text(place: Place, pin: Pin) -> str:
    """Write a slot as the form has it."""
    return f"{place.section}:{pin.article}"


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 19):  # noqa: PLR2004 (fits 64 bits)
        raise FrontError(_("This form is not as it was sent. Open the page again."))
    return int(text)


def _until(text: str, zone: zoneinfo.ZoneInfo) -> datetime | None:
    if not text:
        return None
    try:
        local = datetime.strptime(text[:16], LOCAL).replace(tzinfo=zone)
    except ValueError as error:
        words = _("“%(text)s” is no hour. Use the form 2026-11-26T18:00.")
        raise FrontError(words % {"text": isolated(text[:40])}) from error
    return local.astimezone(UTC)


def step(work: Work, do: str, target: str, service: ServicePage) -> Work:
    """Do what one button says, and say what came of it.

    Args:
        work: as posted.
        do: "up:12" and the like: a verb and the key of an article.
        target: section that a story is moved to.
        service: whose page it is.
    """
    verb, _colon, key = do.partition(":")
    try:
        done: Work = _STEPS.get(verb, _nothing)(
            work, _number(key or "0"), target, service
        )
    except FrontError as error:
        return work.refusing(error)
    return done


def _nothing(work: Work, *_: Any) -> Work:
    return replace(work, focus="front-q" if work.query else "")


def _search(work: Work, *_: Any) -> Work:
    return replace(work, focus="front-q")


def _move(verb: str) -> Any:
    def move(work: Work, key: int, _target: str, service: ServicePage) -> Work:
        after = replace(work, layout=laying.moved(work.layout, key, verb))
        focus = _steps_on(after.layout, key, verb)
        return after.saying(where(after.layout, key, service), focus)

    return move


def _steps_on(layout: Layout, key: int, verb: str) -> str:
    """Name the button to go on with: the same one, or the other way at an end."""
    place = layout.place_of(key)
    last = len(layout.of(place.section)) - 1
    if not last:
        return f"slot-{key}"
    if verb == "down":
        return f"{'up' if place.position == last else 'down'}-{key}"
    return f"{'down' if place.position == 0 else verb}-{key}"


def _to(work: Work, key: int, target: str, service: ServicePage) -> Work:
    after = replace(work, layout=laying.placed(work.layout, key, target))
    return after.saying(where(after.layout, key, service), f"to-{key}")


def _refresh(work: Work, key: int, _target: str, service: ServicePage) -> Work:
    """Say where a story was dropped."""
    return work.saying(where(work.layout, key, service), f"slot-{key}")


def _remove(work: Work, key: int, _target: str, service: ServicePage) -> Work:
    place = work.layout.place_of(key)
    after = replace(work, layout=laying.removed(work.layout, key))
    rest = after.layout.of(place.section)
    near = rest[min(place.position, len(rest) - 1)].article if rest else 0
    words = _("“%(story)s” is off the page.") % {"story": isolated(story_name(key))}
    focus = f"remove-{near}" if near else f"section-{place.section or 'lead'}"
    del service
    return after.saying(words, focus)


def _add(work: Work, key: int, _target: str, service: ServicePage) -> Work:
    after = replace(work, layout=laying.placed(work.layout, key, work.into))
    return after.saying(where(after.layout, key, service), f"slot-{key}")


_STEPS: dict[str, Any] = {
    "up": _move("up"),
    "down": _move("down"),
    "top": _move("top"),
    "to": _to,
    "remove": _remove,
    "add": _add,
    "refresh": _refresh,
    "search": _search,
}


def where(layout: Layout, key: int, service: ServicePage) -> str:
    """Say where a story stands now."""
    place = layout.place_of(key)
    return _("“%(story)s”: place %(position)d of %(all)d in %(section)s.") % {
        "story": story_name(key),
        "position": place.position + 1,
        "all": len(layout.of(place.section)),
        "section": section_names(service).get(place.section, place.section),
    }


def story_name(key: int) -> str:
    """Name a story by its headline."""
    return str(Article.objects.filter(pk=key).first() or "?")


def section_names(service: ServicePage) -> dict[str, str]:
    """Name what leads and every section, in the order of the page."""
    rows = service.sections.all()
    return {laying.TOP: _("Lead")} | {row.section_id: row.name for row in rows}
