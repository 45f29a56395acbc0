"""Write the words that a story takes from other languages, where its texts have them.

Decides which texts of a story are told so: all that a page shows of it, but for names
of people, places, subjects and sections, which are in the language of the paper, and
what only machines read.

Source: docs/decisions/0093-words-in-another-language.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from tamizdat.edition.blocks import Foreign
from tamizdat.edition.foreign import is_same_language, spoken
from tamizdat.edition.pages.cards import WITHDRAWN, standing
from tamizdat.edition.pages.flow import Piece
from tamizdat.edition.pages.marked import told
from tamizdat.edition.stories import Service, Story

_AROUND = ("kicker", "headline", "standfirst")
_SHOWN = ("title", "caption", "credit", "terms", "headline", "text", "source")


def told_view(view: Mapping[str, Any], story: Story) -> dict[str, Any]:
    """Write what stands around the text of a story, as `makeup.view_of` gives it."""
    source = story.lineage and (story.lineage.original or story.lineage)
    above = source.foreign if source else ()
    if not (story.foreign or above) or standing(story) == WITHDRAWN:
        return dict(view)
    here = _told(view, _AROUND, story.foreign)
    if view["picture"]:
        here["picture"] = _told(view["picture"], _SHOWN, story.foreign)
    here["related"] = [_linked(one, story.foreign) for one in view["related"] or ()]
    if view["original"]:
        both = {one.words: one for one in (*story.foreign, *above)}  # its own count
        here["original"] = _linked(view["original"], both.values())
    return here


def _linked(one: Mapping[str, Any], foreign: Iterable[Foreign]) -> dict[str, Any]:
    """Write the headline of another story; a third language in it, if it has one."""
    own = one["language"] or ""
    words = [row for row in foreign if not is_same_language(row.language, own)]
    return _told(one, ("headline",), words)


def told_pieces(pieces: Sequence[Piece], story: Story, service: Service) -> list[Piece]:
    """Write the text of a story, as `makeup.pieces_of` gives it.

    What stands under the service's own name has the words that the service names and
    no others, also where a story brings a copy: it is told alike on every article.
    """
    if not (story.foreign or service.foreign):
        return list(pieces)
    return [_piece(piece, _words_for(piece, story, service)) for piece in pieces]


def _words_for(piece: Piece, story: Story, service: Service) -> tuple[Foreign, ...]:
    if piece.kind != "byline":
        return story.foreign
    ours = piece.label in (service.name, service.organisation)
    own = {line.bio for line in story.bylines if line.name == piece.label}
    return service.foreign if ours or piece.text not in own else story.foreign


def _piece(piece: Piece, foreign: tuple[Foreign, ...]) -> Piece:
    own = bool(piece.rows and piece.shown)  # it names one language for all its rows
    return replace(
        piece,
        marks=spoken(piece.text, foreign, piece.marks),
        label=told(piece.label, foreign) if piece.kind == "box" else piece.label,
        foreign=() if own else foreign,
        shown=_told(piece.shown, _SHOWN, foreign)
        if isinstance(piece.shown, dict) and piece.kind != "byline"
        else piece.shown,
        inner=tuple(_piece(one, foreign) for one in piece.inner),
    )


def _told(
    view: Mapping[str, Any], names: Sequence[str], foreign: Sequence[Foreign]
) -> dict[str, Any]:
    """Write some texts of a view, where it has them."""
    texts = {name: view[name] for name in names if view.get(name)}
    return {**view, **{name: told(text, foreign) for name, text in texts.items()}}
