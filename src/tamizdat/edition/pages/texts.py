"""Say in plain text what a reader sees of a story, part by part.

What is read back from its pages (`edition.reading`) is the same.
"""

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
        "kicker": " ".join(filter(None, kicker)),
        "headline": story.headline,
        "caption": "\n".join(_caption(view["picture"])),
        "standfirst": view["standfirst"] or "",
        "dateline": _dateline(view["dateline"]),
        "tags": "\n".join(tag["name"] for tag in view["tags"]),
    }
    for piece in pieces_of(story, service):
        part, text = _piece(piece)
        found[part] = f"{found[part]}\n{text}" if part in found else text
    return {part: text for part, text in found.items() if text and part != "note"}


def _section_name(story: Story, service: Service) -> str:
    names = (s.name for s in service.sections if s.id == story.section)
    return next(names, story.section)


def _caption(picture: dict[str, str | None] | None) -> list[str]:
    if picture is None:
        return []
    words = " ".join(filter(None, (picture["caption"], picture["credit"])))
    return [line for line in (picture["alt"], words) if line]


def _dateline(dateline: dict[str, str | None] | None) -> str:
    if dateline is None:
        return ""
    return " – ".join(filter(None, (dateline["place"], dateline["day"])))  # noqa: RUF001


def _piece(piece: Piece) -> tuple[str, str]:
    """Name the part a piece belongs to, and give its text."""
    if piece.kind == "byline":
        words = (piece.label, piece.aside, piece.text)
        return "byline", " ".join(filter(None, words))
    if piece.kind in ("note", "credit"):
        return piece.kind, piece.text
    return "body", "\n".join(" | ".join(row) for row in piece.rows) or piece.text
