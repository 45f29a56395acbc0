"""Note the texts of a file whose markup names words as those of another language.

Headline, standfirst, caption, item and cell are read as strings, in each family at a
dozen places, and none of these learns of languages. Every text of a tree is noted as it
stands there, in one walk; `draft.foreign` asks which of them became texts of the item.

Source: docs/decisions/0096-languages-of-copy.md.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from tamizdat.wire.draft.spoken import LEFT_OUT, Piece, by_letters, joined, most_of
from tamizdat.wire.items import Block
from tamizdat.wire.markup.loose import without_escapes
from tamizdat.wire.markup.names import ENTIRE, INLINE
from tamizdat.wire.markup.reader import MOST_CHARACTERS, Element, read_html
from tamizdat.wire.markup.spoken import is_of_office, named_by, names_any
from tamizdat.wire.receipt import ReceiptWriter

MOST = 2_000  # texts of one tree
_MOST_ESCAPED = 200  # strings of one tree in which markup was escaped
_LONGEST = 5_000  # characters of a text; a longer one is no headline and no cell
_UNSEEN = frozenset({"script", "style", "template", "noscript"})
_LONGEST_TAG = 300  # characters, before it names a language
_NAMES_ONE = re.compile(r"\b(?:lang|iso)\s*=", re.IGNORECASE)


def noted(tree: Element | None, receipt: ReceiptWriter) -> list[Block]:
    """Note the texts of a tree, those in markup that was escaped too."""
    if tree is None:
        return []
    found = list[Block]()
    if names_any(tree):
        texts = _texts_of(tree)
        # What all of a file is said to be in is no passage's.
        found = _notes(texts, most_of(piece for pieces in texts for piece in pieces))
    if found and is_of_office(tree):
        found = by_letters(found)
    return _with_escaped(found, tree.itertext(), receipt)


def noted_in(text: str, receipt: ReceiptWriter) -> list[Block]:
    """Note the texts of a string that may be HTML, escaped or not."""
    return _first(_noted_in(text) if _names_one(text) else [], receipt)


def noted_in_values(value: Any, receipt: ReceiptWriter) -> list[Block]:
    """Note the texts of all strings of a record, whatever lies in what."""
    return _with_escaped([], _strings_in(value), receipt)


def _names_one(text: str) -> bool:
    """Tell whether a tag names a language, escaped or not.

    Looks back from the name: a text may begin tags without end.
    """
    for found in _NAMES_ONE.finditer(text):
        before = text[max(0, found.start() - _LONGEST_TAG) : found.start()].lower()
        if max(before.rfind("<"), before.rfind("&lt;")) > before.rfind(">"):
            return True
    return False


def _noted_in(text: str) -> list[Block]:
    tree = read_html(without_escapes(text)[:MOST_CHARACTERS])
    found = _notes(_texts_of(tree), None) if tree is not None else []
    return by_letters(found) if found and is_of_office(tree) else found


def _strings_in(value: Any) -> Iterator[str]:
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict | list):
            waiting += reversed([*(one.values() if isinstance(one, dict) else one)])


def _with_escaped(
    found: list[Block], texts: Iterable[str], receipt: ReceiptWriter
) -> list[Block]:
    for count, text in enumerate(filter(_names_one, texts)):
        if count == _MOST_ESCAPED:
            receipt.warn(f"{LEFT_OUT} only the first {count} strings of HTML are read")
            break
        found += _noted_in(text)
    return _first(found, receipt)


def _first(found: list[Block], receipt: ReceiptWriter) -> list[Block]:
    if len(found) > MOST:
        receipt.warn(f"{LEFT_OUT} only the first {MOST:,} texts with any are read")
    return found[:MOST]


def note_of(pieces: Iterable[Piece]) -> list[Block]:
    """Note one text, if words of another language are in it and it is no long one."""
    text, spoken = joined(pieces)
    return [Block("paragraph", text, spoken=spoken)] if _is_one(text, spoken) else []


def _is_one(text: str, spoken: tuple[Any, ...]) -> bool:
    return bool(spoken) and len(text) <= _LONGEST


def _notes(texts: list[list[Piece]], main: str | None) -> list[Block]:
    found = list[Block]()
    for pieces in texts:
        if any(language not in {None, main} for _text, language in pieces):
            others = ((text, None if said == main else said) for text, said in pieces)
            found += note_of(others)
        if len(found) > MOST:
            break
    return found


@dataclass(slots=True)
class _Open:
    """Hold an element that is being read.

    Attributes:
        pieces: the text that it stands in.
        language: of its words.
        is_entire: paragraphs in it are no texts of their own.
    """

    pieces: list[Piece]
    language: str | None
    is_entire: bool


def _texts_of(tree: Element) -> list[list[Piece]]:
    """Read each text of a tree by itself, without those that stand inside of it."""
    texts: list[list[Piece]] = []
    opened = [_Open([], None, is_entire=False)]
    for event, part in _seen(tree):
        if event == "end":
            opened.pop()
            if part is not tree:
                opened[-1].pieces.append((part.tail or "", opened[-1].language))
            continue
        own = _open(part, opened[-1])
        if part is tree:  # it says what the copy is in
            own.language = None
        if own.pieces is not opened[-1].pieces:
            texts.append(own.pieces)
        text = "" if part.tag in _UNSEEN else part.text or ""
        own.pieces.append((text, own.language))
        opened.append(own)
    return texts


def _open(element: Element, around: _Open) -> _Open:
    language, name = named_by(element, around.language), element.tag
    if name in ENTIRE:
        return _Open([], language, is_entire=True)
    if around.is_entire or name in INLINE:
        return _Open(around.pieces, language, is_entire=around.is_entire)
    return _Open([], language, is_entire=False)


def _seen(tree: Element) -> Iterator[tuple[str, Element]]:
    """Walk a tree, but for what is inside of elements that readers do not see."""
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, part in walk:
        yield event, part
        if event == "start" and part.tag in _UNSEEN:
            walk.skip_subtree()
