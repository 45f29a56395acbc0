"""Choose what stands below the text on the first page of a long story.

Decides what must stand there, what stands there as room allows, and what is led to
instead: a later page has none of it.

Source: spec/addresses.md, "Stories"; docs/decisions/0091-later-pages-are-text-alone.md.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from tamizdat.edition.languages import own_digits
from tamizdat.edition.pages.flow import WORTH_CUTTING, Piece
from tamizdat.edition.unsaid import LIFE, ROLE

BELOW = ("note", "credit", "byline")  # kinds of what stands below a text
_SHARE = 3_000  # bytes of the page that only what must stand there takes from the text


@dataclass(frozen=True)
class Space:
    """What the first page has room for.

    Attributes:
        room: bytes for the text and for what stands below it.
        text: bytes that the whole text takes.
        size: gives the bytes that one piece takes.
        posts_first: nothing that may be left out takes room from the text.
    """

    room: int
    text: int
    size: Callable[[Piece], int]
    posts_first: bool = False

    @property
    def least(self) -> int:
        """Bytes that the text has beside what must stand there."""
        return min(WORTH_CUTTING, self.text)

    @property
    def share(self) -> int:
        """Bytes that the text has beside what may be left out."""
        if self.posts_first:
            return self.text
        return min(self.text, max(_SHARE, self.room // 2))

    def weigh(self, pieces: Sequence[Piece]) -> int:
        """Count the bytes of some pieces."""
        return sum(map(self.size, pieces))


def counted(kinds: Sequence[str], language: str) -> list[tuple[str, str]]:
    """Count notes that are led to, by kind, that of the newest first.

    Args:
        kinds: of the notes, from the oldest.
        language: BCP 47 tag, for the digits.

    Returns:
        Each kind with the number of its notes, "" for one.
    """
    counts = ((kind, kinds.count(kind)) for kind in dict.fromkeys(reversed(kinds)))
    return [(kind, own_digits(str(n), language) if n > 1 else "") for kind, n in counts]


def foot_of(
    pieces: Sequence[Piece], space: Space, line: Callable[[Sequence[Piece]], Piece]
) -> list[Piece]:
    """Choose what stands below a text, in its order.

    Args:
        pieces: all that belongs there: notes from the oldest, the credit line, bylines.
        space: of the page.
        line: leads to where notes stand that have no room.

    Raises:
        ValueError: names and credit line leave the text no room.
    """
    notes = [piece for piece in pieces if piece.kind == "note"]
    others = [piece for piece in pieces if piece.kind != "note"]
    kept, rows = _chosen(notes, others, space)
    if len(kept) == len(notes):
        return [*kept, *rows]
    less = space.room - space.size(line(notes))
    kept, rows = _chosen(notes, others, replace(space, room=less))
    return [*kept, line(notes[: len(notes) - len(kept)]), *rows]


def _chosen(
    notes: Sequence[Piece], others: Sequence[Piece], space: Space
) -> tuple[list[Piece], list[Piece]]:
    """Choose the newest notes, and how much is said of the authors."""
    rows = _named(others, space)
    left = space.room - space.weigh(rows)
    kept = list(notes[-1:])
    if space.weigh(kept) > left - space.least:
        kept = []
    left -= space.weigh(kept)
    rows, left = _told(rows, others, space, left)
    for note in reversed(notes[:-1] if kept else ()):
        if space.size(note) > left - space.share:
            break
        kept.insert(0, note)
        left -= space.size(note)
    return kept, rows


def _named(others: Sequence[Piece], space: Space) -> list[Piece]:
    """Give credit line and names, with roles or, where they are too many, without."""
    # The hash of what is left out may be longer than that itself.
    named = [min(p, _only(p, p.aside), key=space.size) for p in others]
    both = zip(named, others, strict=True)
    bare = [min(one, _only(piece, ""), key=space.size) for one, piece in both]
    for rows in (named, bare):
        if space.weigh(rows) <= space.room - space.least:
            return rows
    taken = space.weigh(bare)
    raise ValueError(f"names and credit line take {taken} of {space.room} bytes")


def _only(piece: Piece, role: str) -> Piece:
    """Leave of a byline name and role; a credit line is what it is.

    Of all that is left out it says the hash: that of the role binds the rest, too.
    """
    if piece.kind != "byline":
        return piece
    kinds = {LIFE} if role else {LIFE, ROLE}
    unsaid = tuple(one for one in piece.unsaid if one.what in kinds)[:1]
    return replace(piece, text="", shown=None, aside=role, unsaid=unsaid, whole=False)


def _told(
    rows: Sequence[Piece], others: Sequence[Piece], space: Space, left: int
) -> tuple[list[Piece], int]:
    """Say more of authors while there is room, first of those without a page."""
    found = list(rows)
    for at in sorted(range(len(rows)), key=lambda at: bool(others[at].href)):
        more = space.size(others[at]) - space.size(rows[at])
        if more <= max(left - space.share, 0):
            found[at] = others[at]
            left -= more
    return found, left
