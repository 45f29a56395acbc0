"""Print one story, on one page or on as many as its length needs.

The pages depend on the story itself, its section's name, the constants of its service
and the theme, and on nothing else.

Source: spec/addresses.md.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from tamizdat.edition.errors import StoryError
from tamizdat.edition.pages.addresses import article_path, dated_path, link
from tamizdat.edition.pages.flow import Piece, lay
from tamizdat.edition.pages.makeup import FIRST_ONLY, pieces_of, view_of
from tamizdat.edition.pages.pager import page_name, pager
from tamizdat.edition.pages.theme import PAGE_BYTES, Page, render
from tamizdat.edition.stories import Service, Story

_LEAST_ROOM = 2_000  # bytes for the text on each page; less is no newspaper page
_SHARE = 3_000  # bytes of the first page that only the newest note takes from the text
_FOR_READERS = {"data": None, "summary": None}  # what machines read makes room first
_BELOW = ("note", "credit", "byline")  # what stands below the text of the first page
_MARGIN = 64  # bytes; the digits of page numbers are not known before the pages are
_Size = Callable[[Piece], int]
_Onward = Callable[[Sequence[Piece], Sequence[Sequence[Piece]]], Piece]


def article_pages(story: Story, service: Service, *, section_name: str) -> list[Page]:
    """Show a story on one page, or on as many as its length needs.

    Raises:
        StoryError: what stands around the text leaves no room for it.
    """
    view = view_of(story, service, section_name)
    pieces = pieces_of(story, service)
    whole = {**view, "pieces": pieces, "below": ()}
    html = render("article.html", whole).encode()
    if len(html) <= PAGE_BYTES:
        return [Page(article_path(story), html)]
    return _long(story, view, pieces)


def _long(story: Story, view: Mapping[str, Any], pieces: list[Piece]) -> list[Page]:
    later = {**view, **dict.fromkeys(FIRST_ONLY), "later": True}
    if _room(story, view) < _LEAST_ROOM:
        view = {**view, **_FOR_READERS}
    rooms = [_room(story, view), _room(story, later)]
    if min(rooms) < _LEAST_ROOM:
        reason = (
            f"the frame leaves {min(rooms)} bytes of a page, at least {_LEAST_ROOM}"
        )
        raise StoryError(f"{story.service}/{story.id}", _heaviest(story), reason)
    try:
        size = partial(_size, view)
        onward = partial(_onward, article_path(story), view["lang"])
        below, laid = _laid(pieces, rooms, size, onward)
    except ValueError as error:
        place = f"{story.service}/{story.id}"
        raise StoryError(place, "tamizdat.body", str(error)) from error
    return list(_print(story, {**view, "below": below}, later, laid))


def _laid(
    pieces: Sequence[Piece], rooms: Sequence[int], size: _Size, onward: _Onward
) -> tuple[list[Piece], list[list[Piece]]]:
    """Lay a text on pages, and what belongs below it on the first of them.

    Args:
        pieces: the whole text, then what stands below it.
        rooms: bytes free on the first page and on each later one.
        size: bytes one piece takes.
        onward: makes the line that says what stands on later pages.

    Returns:
        What stands below the text of the first page, with a line that leads to what has
        no room there; the text of each page, and behind it what has none.
    """
    text = [piece for piece in pieces if piece.kind not in _BELOW]
    others = pieces[len(text) :]
    if not text:
        return [], lay(pieces, lambda n: rooms[min(n, 1)], size)
    whole = sum(map(size, text))
    below, line = _below(others, rooms[0], whole, size), 0
    if len(below) < len(others):
        line = size(onward(others, ()))
        below = _below(others, rooms[0] - line, whole, size)
    first = rooms[0] - sum(map(size, below)) - line
    rest = _without(others, below)
    laid = _filled(text, rest, (first, rooms[1]), size)
    if rest:
        below.insert(_end_of(rest[0].kind, below), onward(rest, laid))
    return below, laid


def _end_of(kind: str, below: Sequence[Piece]) -> int:
    """Find the place behind the notes, if notes go on, or else at the end."""
    return sum(piece.kind == "note" or kind != "note" for piece in below)


def _filled(
    text: Sequence[Piece], rest: Sequence[Piece], rooms: tuple[int, int], size: _Size
) -> list[list[Piece]]:
    """Fill pages with a text, and those behind the first with the rest."""
    laid = lay(text, lambda number: rooms[min(number, 1)], size)
    if not rest:
        return laid
    if len(laid) == 1:  # page 2 begins with it
        return laid + lay(rest, lambda _: rooms[1], size)
    return lay([*text, *rest], lambda number: rooms[min(number, 1)], size)


def _onward(
    path: str, language: str, rest: Sequence[Piece], laid: Sequence[Sequence[Piece]]
) -> Piece:
    """Say on the first page what has no room there, and on which page it begins.

    Args:
        path: of the first page.
        language: BCP 47 tag of its words.
        rest: what has no room.
        laid: the pages; none before they are laid, to tell how much room this takes.
    """
    pages = enumerate(laid, 1)
    begun = (n for n, some in pages if n > 1 and any(p.kind in _BELOW for p in some))
    number, total = next(begun, 2), max(len(laid), 2)
    anchor = f"#{rest[0].anchor}" if rest[0].anchor else ""
    keys = [piece.label if piece.kind == "note" else "authors" for piece in rest]
    here = pager(path, language, number, total)["here"]
    return Piece(
        kind="onward",
        href=link(f"{page_name(path, number)}{anchor}"),
        shown={"keys": list(dict.fromkeys(keys)), "here": here},
    )


def _below(pieces: Sequence[Piece], room: int, text: int, size: _Size) -> list[Piece]:
    """Choose what stands below the text of the first page, in its order.

    First the newest note, then who answers for the text, then older notes.

    Args:
        pieces: all that belongs below a text.
        room: bytes for it and for the text.
        text: bytes that the whole text takes.
        size: bytes one piece takes.
    """
    notes = [piece for piece in pieces if piece.kind == "note"]
    others = [piece for piece in pieces if piece.kind != "note"]
    share = max(_SHARE, room // 2)
    found = []
    for least, some in (
        (_LEAST_ROOM, notes[-1:]),
        (share, others),
        (share, notes[-2::-1]),
    ):
        for piece in some:
            if size(piece) > room - min(least, text):
                break
            found.append(piece)
            room -= size(piece)
    return _without(pieces, _without(pieces, found))


def _without(pieces: Sequence[Piece], others: Sequence[Piece]) -> list[Piece]:
    """Leave out pieces; another that looks the same stays."""
    out = {id(piece) for piece in others}
    return [piece for piece in pieces if id(piece) not in out]


def _heaviest(story: Story) -> str:
    """Name the field of a story that takes the most room around its text."""
    texts = {
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
    view: Mapping[str, Any],
    later: Mapping[str, Any],
    laid: Sequence[Sequence[Piece]],
) -> Iterator[Page]:
    change = _change_on(story, view, laid)
    for number, pieces in enumerate(laid, 1):
        turns = pager(article_path(story), view["lang"], number, len(laid))
        own = {**view, "change": change} if number == 1 else _titled(later, turns)
        shown = {"below": (), **own, "pieces": pieces, "pager": turns}
        html = render("article.html", shown)
        yield Page(dated_path(story.id, story.published, number), html.encode())


def _titled(later: Mapping[str, Any], turns: Mapping[str, Any]) -> dict[str, Any]:
    """Tell a page from the others by its title (WCAG 2.4.2)."""
    return {**later, "title": f"{later['title']} – {turns['label']}"}  # noqa: RUF001


def _change_on(
    story: Story, view: Mapping[str, Any], laid: Sequence[Sequence[Piece]]
) -> dict[str, str] | None:
    """Point the line under the headline to the page that holds the note.

    That is the first one, but for a note as long as a page.
    """
    change: dict[str, str] | None = view["change"]
    if change is None:
        return None
    anchor = change["href"].removeprefix("#")
    for number, pieces in enumerate(laid[1:], 2):
        if any(piece.anchor == anchor for piece in pieces):
            return {
                **change,
                "href": link(f"{page_name(article_path(story), number)}#{anchor}"),
            }
    return change


def _room(story: Story, view: Mapping[str, Any]) -> int:
    """Count the bytes that a page between two others leaves for text."""
    turns = pager(article_path(story), view["lang"], 2, 3)
    view = _titled(view, turns)
    change = view["change"] and {
        **view["change"],
        "href": link(page_name(article_path(story), 2) + view["change"]["href"]),
    }
    shell = render(
        "article.html",
        {**view, "pieces": (), "below": (), "pager": turns, "change": change},
    )
    return PAGE_BYTES - _MARGIN - len(shell.encode())


def _size(view: Mapping[str, Any], piece: Piece) -> int:
    return len(render("piece.html", {"lang": view["lang"], "piece": piece}).encode())
