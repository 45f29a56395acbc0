"""Print one story, on one page or on as many as its length needs.

The pages depend on the story itself, its section's name, the constants of its service
and the theme, and on nothing else.

Source: spec/addresses.md.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from fractions import Fraction
from functools import partial
from typing import Any

from tamizdat.edition.errors import StoryError
from tamizdat.edition.pages.addresses import article_path, dated_path, link
from tamizdat.edition.pages.budget import PAGE_BYTES, SHARES, fits
from tamizdat.edition.pages.changes import changes_path, changes_places
from tamizdat.edition.pages.flow import Piece, lay, posts_first
from tamizdat.edition.pages.foot import BELOW, Space, counted, foot_of
from tamizdat.edition.pages.makeup import FIRST_ONLY, pieces_of, view_of
from tamizdat.edition.pages.pager import page_name, pager
from tamizdat.edition.pages.spoken import told_pieces, told_view
from tamizdat.edition.pages.textonly import text_pages
from tamizdat.edition.pages.theme import LATER_PAGE, Page, render
from tamizdat.edition.stories import LIVE, Service, Story

_OPENING = 4  # part of a page that stands above the posts of a live story, at most
_LEAST_ROOM = 2_000  # bytes for the text on each page; less is no newspaper page
_FOR_READERS = {"data": None, "summary": None}  # what machines read makes room first
_TURNED = 1_000  # bytes; links to lists are longer on a page without pictures
_MARGIN = 64  # bytes; the digits of page numbers are not known before the pages are


def article_pages(story: Story, service: Service, *, section_name: str) -> list[Page]:
    """Show a story on one page, or on as many as its length needs.

    Raises:
        StoryError: what stands around the text leaves no room for it.
    """
    view = told_view(view_of(story, service, section_name), story)
    pieces = told_pieces(pieces_of(story, service), story, service)
    whole = {**view, "pieces": pieces, "below": ()}
    html = render("article.html", whole).encode()
    page = Page(article_path(story), html)
    if _arrive([page]):
        return [page]
    for share in SHARES:
        pages = _long(story, service, view, pieces, share)
        if _arrive(pages):
            return pages
    reason = "too dense for pages of 8 KB of gzip"
    raise StoryError(f"{story.service}/{story.id}", "tamizdat.body", reason)


def _arrive(pages: Sequence[Page]) -> bool:
    """Tell whether pages fit, and so do those of the same text without pictures."""
    if not all(fits(page.content) for page in pages):
        return False
    full = any(len(page.content) > PAGE_BYTES - _TURNED for page in pages)
    return not full or all(fits(page.content) for page in text_pages(pages))


def _long(
    story: Story,
    service: Service,
    view: Mapping[str, Any],
    pieces: Sequence[Piece],
    share: Fraction,
) -> list[Page]:
    """Lay the text on pages, and what belongs to the whole story on the first.

    `share`: of the room on a page, how much is filled.
    """
    text = [piece for piece in pieces if piece.kind not in BELOW]
    view, rooms = _framed(story, view, pieces, text)
    room, onward = (int(room * share) for room in rooms)
    size = partial(_size, view["lang"])
    live = story.live == LIVE
    opening, rest = posts_first(text, room // _OPENING, size) if live else (text, ())
    space = Space(room, sum(map(size, opening)), size, posts_first=live)
    with _named(story, _heaviest(story)):
        foot = foot_of(pieces[len(text) :], space, partial(_onward, story, service))
    room -= space.weigh(foot)
    with _named(story, "tamizdat.body"):
        laid = lay(opening, lambda number: onward if number else room, size)
        laid += lay(rest, lambda _: onward, size) if rest else []
    first = {**view, "below": foot, "change": _change(story, service, view, foot)}
    return list(_print(story, first, _later(view), laid))


def _framed(
    story: Story,
    view: Mapping[str, Any],
    pieces: Sequence[Piece],
    text: Sequence[Piece],
) -> tuple[Mapping[str, Any], tuple[int, int]]:
    """Measure what stands around the text of a long story.

    Args:
        story: which.
        view: what could stand around its text.
        pieces: the text with what stands below it.
        text: alone.

    Returns:
        What does stand there: on the first page without what machines read, where that
        leaves no room. Then the bytes for pieces on the first page and on later ones.

    Raises:
        StoryError: they are too few.
    """
    size = partial(_size, view["lang"])
    weight = sum(map(size, pieces))
    later = _room(story, _later(view), text, sum(map(size, text)))
    first = _room(story, view, pieces, weight)
    if first < _LEAST_ROOM + sum(size(one) for one in pieces if one.kind == "credit"):
        view = {**view, **_FOR_READERS}
        first = _room(story, view, pieces, weight)
    if (least := min(first, later)) < _LEAST_ROOM:
        reason = f"the frame leaves {least} bytes of a page, at least {_LEAST_ROOM}"
        raise StoryError(f"{story.service}/{story.id}", _heaviest(story), reason)
    return view, (first, later)


@contextmanager
def _named(story: Story, field: str) -> Iterator[None]:
    """Name the field of a story that is to blame where something finds no room."""
    try:
        yield
    except ValueError as error:
        raise StoryError(f"{story.service}/{story.id}", field, str(error)) from error


def _later(view: Mapping[str, Any]) -> dict[str, Any]:
    """Leave of what stands around a text what stands on each of its pages."""
    extras = (*view["extras"], LATER_PAGE)
    return {**view, **dict.fromkeys(FIRST_ONLY), "later": True, "extras": extras}


def _onward(story: Story, service: Service, notes: Sequence[Piece]) -> Piece:
    """Lead to notes that have no room on the first page, and say how many there are."""
    return Piece(
        kind="onward",
        href=_place(story, service, notes[-1].anchor),
        shown=counted([note.label for note in notes], service.language),
    )


def _place(story: Story, service: Service, anchor: str) -> str:
    """Say where a note stands beside what it changed."""
    return changes_places(story, service)[int(anchor[1:])]


def _heaviest(story: Story) -> str:
    """Name the field of a story that takes the most room around its text."""
    lead = story.picture
    texts = {
        "associations.lead": (lead.caption, lead.alt, lead.credit) if lead else (),
        "headlines": (story.kicker, story.headline),
        "descriptions": (story.standfirst,),
        "subjects": tuple(tag.id + tag.name for tag in story.tags),
        "tamizdat.bylines": tuple(f"{one.name}{one.bio}" for one in story.bylines),
        "tamizdat.related": tuple(one.headline for one in story.related),
        "tamizdat.credit_line": (story.credit_line,),
    }
    return max(texts, key=lambda field: len("".join(filter(None, texts[field]))))


def _print(
    story: Story,
    first: Mapping[str, Any],
    later: Mapping[str, Any],
    laid: Sequence[Sequence[Piece]],
) -> Iterator[Page]:
    for number, pieces in enumerate(laid, 1):
        turns = pager(article_path(story), first["lang"], number, len(laid))
        view = first if number == 1 else {**_titled(later, turns), "below": ()}
        shown = {"pieces": pieces, "pager": turns if len(laid) > 1 else None}
        html = render("article.html", {**view, **shown})
        yield Page(dated_path(story.id, story.published, number), html.encode())


def _titled(later: Mapping[str, Any], turns: Mapping[str, Any]) -> dict[str, Any]:
    """Tell a page from the others by its title (WCAG 2.4.2)."""
    return {**later, "title": f"{later['title']} – {turns['label']}"}  # noqa: RUF001


def _change(
    story: Story, service: Service, view: Mapping[str, Any], foot: Sequence[Piece]
) -> dict[str, str] | None:
    """Point the line under the headline to where the note stands."""
    change: dict[str, str] | None = view["change"]
    anchor = change["href"].removeprefix("#") if change else ""
    if change is None or any(piece.anchor == anchor for piece in foot):
        return change
    return {**change, "href": _place(story, service, anchor)}


def _room(
    story: Story, view: Mapping[str, Any], text: Sequence[Piece], weight: int
) -> int:
    """Count the bytes that a page between two others leaves for text.

    Args:
        story: whose page it is.
        view: what stands around the text.
        text: all that may stand there: it decides which rules the style has.
        weight: bytes that this text takes.
    """
    turns = pager(article_path(story), view["lang"], 2, 3)
    view = _titled(view, turns)
    change = view["change"] and {
        **view["change"],
        "href": link(page_name(changes_path(story), 2) + view["change"]["href"]),
    }
    shell = render(
        "article.html",
        {**view, "pieces": text, "below": (), "pager": turns, "change": change},
    )
    return PAGE_BYTES - _MARGIN - (len(shell.encode()) - weight)


def _size(language: str, piece: Piece) -> int:
    return len(render("piece.html", {"lang": language, "piece": piece}).encode())
