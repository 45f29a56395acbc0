"""Say in plain text what a reader sees of a story, part by part.

What is read back from its pages (`edition.reading`) is the same.
"""

from collections.abc import Mapping
from typing import Any

from tamizdat.edition.blocks import body_lines
from tamizdat.edition.pages.cards import WITHDRAWN, standing
from tamizdat.edition.pages.flow import Piece
from tamizdat.edition.pages.makeup import pieces_of, view_of
from tamizdat.edition.stories import Service, Story


def texts_of(story: Story, service: Service) -> dict[str, str]:
    """Give the text of each part, of `changes.PARTS`, that is not empty.

    Args:
        story: at any release; of one that was taken down, its notice alone.
        service: whose story it is.

    Returns:
        Paragraphs, items, rows and names parted by line feeds.
    """
    if standing(story) == WITHDRAWN:
        return {}
    view = view_of(story, service, _section_name(story, service))
    kicker = (view["section"]["name"], view["kicker"])
    found = {
        "kicker": " · ".join(filter(None, kicker)),
        "headline": story.headline,
        "caption": "\n".join(_caption(view["picture"])),
        "standfirst": view["standfirst"] or "",
        "dateline": "\n".join(_where(view)),
        "body": "" if standing(story) else "\n".join(body_lines(story.body)),
        "tags": "\n".join(tag["name"] for tag in view["tags"] or ()),
        "related": "\n".join(other["headline"] for other in view["related"] or ()),
    }
    for piece in pieces_of(story, service):
        if (told := _piece(piece)) is None:
            continue
        part, text = told
        found[part] = f"{found[part]}\n{text}" if part in found else text
    return {part: text for part, text in found.items() if text and part != "note"}


def _section_name(story: Story, service: Service) -> str:
    names = (s.name for s in service.sections if s.id == story.section)
    return next(names, story.section)


def _caption(picture: dict[str, str | None] | None) -> list[str]:
    if picture is None:
        return []
    below = (picture["caption"], picture["credit"], picture["terms"])
    words = " ".join(filter(None, below))
    return [line for line in (picture["alt"], words) if line]


def _where(view: Mapping[str, Any]) -> list[str]:
    lines = (_dateline(view["dateline"]), " · ".join(view["places"] or ()))
    return [line for line in lines if line]


def _dateline(dateline: dict[str, str | None] | None) -> str:
    if dateline is None:
        return ""
    return " – ".join(filter(None, (dateline["place"], dateline["day"])))  # noqa: RUF001


def _piece(piece: Piece) -> tuple[str, str] | None:
    """Name the part a piece belongs to and give its text; None for the body's."""
    if piece.kind == "byline":
        alt = piece.shown["alt"] if piece.shown else ""
        who = " · ".join(filter(None, (piece.label, piece.aside)))
        words = (alt, who, piece.text)
        return "byline", " ".join(filter(None, words))
    return (piece.kind, piece.text) if piece.kind in ("note", "credit") else None
