"""Take the legal notices to readers out of a page: they are no part of its story.

They are looked for at the end of the text and of the page. A lone sentence that
declares somebody to be something is news, unless it stands below the text.
"""

from collections.abc import Iterator

from tamizdat.wire.draft.draft import Draft
from tamizdat.wire.draft.text import one_line
from tamizdat.wire.items import Notice
from tamizdat.wire.markup.reader import Element
from tamizdat.wire.parsers.saved_text.lines import Line
from tamizdat.wire.parsers.saved_text.notices import (
    is_declaration,
    is_notice,
    read_notices,
)

_LAST = 6  # paragraphs of a page, and of a text, that are looked at
_MOST_WORDS = 120
_PARAGRAPHS = ("p", "div")
_LEAST_WORDS = 4
_LEAST = 2  # paragraphs of a notice that stands in the text


def take_notices(tree: Element, draft: Draft) -> tuple[Notice, ...]:
    """Read the notices of a page, and take them out of its text.

    Args:
        tree: the page.
        draft: with the passages that were found in it.
    """
    told = [part.text for part in draft.passages]
    inside = [text for text in told[-_LAST:] if is_notice(_line(text))]
    below = [text for text in _below(tree, set(told)) if is_notice(_line(text))]
    if len(inside) < _LEAST and not below:
        inside = []
    lines = [_line(text) for text in dict.fromkeys([*inside, *below])]
    if not any(map(is_declaration, lines)):
        return ()
    for part in draft.passages:
        if part.text in inside:
            draft.receipt.drop(part.line, part.text, "legal notice: see notices")
    draft.passages = [part for part in draft.passages if part.text not in inside]
    entity = draft.byline[0].name if draft.byline else draft.provider
    return read_notices(lines, entity)


def _below(tree: Element, told: set[str]) -> list[str]:
    """List the last paragraphs of a page that are not in its text."""
    texts = [text for text in _leaves(tree) if text not in told]
    return list(dict.fromkeys(texts))[-_LAST:]


def _leaves(tree: Element) -> Iterator[str]:
    for element in tree.iter(*_PARAGRAPHS):
        if any(True for _ in element.iterdescendants("p", "div", "li")):
            continue
        text = one_line("".join(element.itertext()))
        if _LEAST_WORDS <= len(text.split()) <= _MOST_WORDS:
            yield text


def _line(text: str) -> Line:
    return Line(1, 0, text, bullet=False, apart=True)
