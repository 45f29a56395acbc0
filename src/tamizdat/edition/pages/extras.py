"""Tell which rules of the stylesheet an article needs beside those of plain text.

Decides nothing of how it looks: a rule that a page does not carry must be one that
nothing on it would follow.

Source: `templates/reader.css`, `EXTRAS` of `edition.pages.theme`.
"""

from collections.abc import Iterable

from tamizdat.edition.blocks import Block, Box, Embed, Passage, Post
from tamizdat.edition.media import Video
from tamizdat.edition.pages.cards import WITHDRAWN, standing
from tamizdat.edition.stories import NOTED_KINDS, Story

_LONG = 120  # characters of a headline that is set smaller, so that a phone shows text


def extras_of(story: Story) -> tuple[str, ...]:
    """Name the rules, of EXTRAS, that a story needs beside those of text."""
    rich = any(not isinstance(one, Block) for one in story.body)
    kinds = _kinds(story.body)
    found = {
        "cited": _cites(story.body),
        "foreign": speaks_for_itself(story),
        "kin": story.related or any(b.wide or b.square for b in story.bylines),
        "long": len(story.headline) > _LONG,
        "quote": "quote" in kinds,
        "rich": rich or story.live or story.places,
        "table": "table" in kinds,
    }
    return tuple(name for name, there in found.items() if there)


def _cites(body: Iterable[Passage]) -> bool:
    """Tell whether a link leads from a text to elsewhere."""
    for one in body:
        if isinstance(one, Block):
            found = any(mark.href for mark in one.marks)
        elif isinstance(one, Box | Post):
            found = _cites(one.body)
        else:
            found = isinstance(one, Embed) or isinstance(one.media[0], Video)
        if found:
            return True
    return False


def speaks_for_itself(story: Story) -> bool:
    """Tell whether the paper says something of safety, maybe in another language."""
    gone = standing(story) == WITHDRAWN
    return gone or any(
        one.kind == "redaction" or (one.kind in NOTED_KINDS and one.note is None)
        for one in story.releases
    )


def _kinds(body: Iterable[Passage]) -> set[str]:
    """List the kinds of block that stand in a text, its boxes and its posts."""
    found = set()
    for one in body:
        if isinstance(one, Block):
            found.add(one.kind)
        elif isinstance(one, Box | Post):
            found |= _kinds(one.body)
    return found
