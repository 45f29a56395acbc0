"""Read DOCX: the words that a word processor shows, and the pictures that lie in it.

Nothing that the file points to is followed and no macro is looked at: relations and
programs in it are never opened. Deleted and hidden words, comments and footnotes are no
text. Who made the file is a login, not a byline. What is unpacked is bounded.

Source: ECMA-376, part 1, 11.3.10 (main document), 17.3 (paragraphs, 17.3.2.20 `lang`),
17.4 (tables).
"""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from tamizdat.wire.archive.bounded import read_bounded
from tamizdat.wire.archive.zips import DAMAGES
from tamizdat.wire.decode import decode
from tamizdat.wire.draft.draft import Draft
from tamizdat.wire.draft.finish import Source, finish_all
from tamizdat.wire.draft.passages import Passage
from tamizdat.wire.draft.spoken import Piece, by_letters, joined, sole
from tamizdat.wire.draft.text import one_line
from tamizdat.wire.draft.tongue import language_named
from tamizdat.wire.errors import ArchiveError
from tamizdat.wire.items import Block, WireItem
from tamizdat.wire.language import script_in, script_of
from tamizdat.wire.markup.noted import note_of
from tamizdat.wire.markup.reader import Element, read_xml
from tamizdat.wire.markup.tree import attribute, first
from tamizdat.wire.parsers.carried import media_in
from tamizdat.wire.receipt import ReceiptWriter

FAMILY = "docx"

_MAIN = re.compile(r"word/document\d{0,2}\.xml")
_MOST_TEXT = 16 << 20  # bytes of the main document, unpacked: a thick book has three
_HEAD_WORDS = 25  # of a first paragraph that stands for a headline
# What is in the file and not on its page.
_UNSEEN = frozenset(
    {"del", "movefrom", "fallback", "instrtext", "deltext", "txbxcontent"}
)
_SUBHEAD = re.compile(r"(?:heading|berschrift|titre|ttulo|titolo|kop|otsikko)\d?$")
_TITLES = frozenset({"title", "titel", "titre1", "titolo0"})


def is_docx(file: BinaryIO | Path | bytes) -> bool:
    """Tell a DOCX from other zips. Never raises."""
    try:
        with zipfile.ZipFile(BytesIO(file) if isinstance(file, bytes) else file) as one:
            return _main_of(one) is not None
    except DAMAGES:
        return False


def parse(data: bytes, file: str) -> list[WireItem]:
    """Turn a DOCX into one wire item.

    Raises:
        ArchiveError: it is damaged, or its text is longer than a book.
        NoItemError: it says nothing.
        MarkupError, TooLargeError, EntityBombError: its text is no sound markup.
    """
    receipt = ReceiptWriter()
    decoded = decode(_text_of(data, file), file, receipt)
    tree = read_xml(decoded.text, file, receipt)
    draft = Draft(family=FAMILY, receipt=receipt, media=media_in(data))
    body = first(tree, ".//body")
    found = list(_passages(body if body is not None else tree, draft))
    blocks = by_letters([*(part.block for part in found), *draft.noted])
    draft.passages += [Passage(block) for block in blocks[: len(found)]]
    draft.noted = blocks[len(found) :]
    _take_headline(draft)
    return finish_all([draft], Source(data, file, decoded))


def _text_of(data: bytes, file: str) -> bytes:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            name = _main_of(archive)
            if name is None:
                raise ArchiveError(file, "a zip without word/document.xml")
            with archive.open(name) as packed:
                found = read_bounded(packed, _MOST_TEXT)
    except DAMAGES as error:
        raise ArchiveError(file, f"a DOCX that cannot be unpacked: {error}") from error
    if found is None:
        raise ArchiveError(file, f"a text of more than {_MOST_TEXT:,} bytes")
    return found


def _main_of(archive: zipfile.ZipFile) -> str | None:
    names = (name for name in archive.namelist() if _MAIN.fullmatch(name))
    return next(names, None)


def _passages(parent: Element, draft: Draft) -> Iterator[Passage]:
    """Read paragraphs, lists and tables in the order of the page."""
    listed: list[list[Piece]] = []
    for element in parent:
        pieces = list(_shown(element)) if element.tag == "p" else []
        if element.tag == "p" and _is_listed(element):
            listed += [pieces] if _words(pieces) else []
            continue
        yield from _list(listed, draft)
        listed = []
        if element.tag == "p":
            yield from _paragraph(element, pieces, draft)
        elif element.tag == "tbl":
            yield from _table(element, draft)
        elif element.tag in {"sdt", "sdtcontent", "ins", "moveto", "customxml"}:
            yield from _passages(element, draft)
    yield from _list(listed, draft)


def _list(listed: list[list[Piece]], draft: Draft) -> Iterator[Passage]:
    if listed:
        draft.noted += [note for pieces in listed for note in note_of(pieces)]
        items = tuple(map(_words, listed))
        language = sole(piece for pieces in listed for piece in pieces)
        yield Passage(Block("list", items=items, language=language))


def _paragraph(
    element: Element, pieces: list[Piece], draft: Draft
) -> Iterator[Passage]:
    text, spoken = joined(pieces)
    raw = Passage(Block("paragraph", text, spoken=spoken))
    text = one_line(text)
    style = (attribute(first(element, "ppr/pstyle"), "val") or "").lower()
    if style in _TITLES and text and not draft.headlines:
        draft.headlines.append(text)
        draft.noted += note_of(pieces)
    elif text:
        level = first(element, "ppr/outlinelvl") is not None
        kind = "subhead" if level or _SUBHEAD.search(style) else "paragraph"
        yield raw.with_text(text).of_kind(kind)
    for box in element.iter("txbxcontent"):
        if not any(one.tag in _UNSEEN for one in box.iterancestors()):
            yield from _passages(box, draft)


def _table(element: Element, draft: Draft) -> Iterator[Passage]:
    cells = [
        [[list(_shown(one)) for one in _outer(cell, "p")] for cell in _outer(row, "tc")]
        for row in _outer(element, "tr")
    ]
    rows = tuple(
        tuple(" ".join(filter(None, map(_words, cell))) for cell in row)
        for row in cells
    )
    if any(any(row) for row in rows):
        draft.noted += [
            note for row in cells for cell in row for note in note_of(_apart(cell))
        ]
        every = (p for row in cells for cell in row for pieces in cell for p in pieces)
        yield Passage(Block("table", rows=rows, language=sole(every)))


def _apart(cell: list[list[Piece]]) -> Iterator[Piece]:
    """Put the paragraphs of a cell beside each other."""
    for pieces in cell:
        yield from (*pieces, (" ", None))


def _outer(element: Element, name: str) -> Iterator[Element]:
    """List what is inside by name; of what lies in each other the outer alone."""
    for one in element:
        if one.tag == name:
            yield one
        else:
            yield from _outer(one, name)


def _is_listed(paragraph: Element) -> bool:
    number = first(paragraph, "ppr/numpr/numid")
    return number is not None and attribute(number, "val") != "0"


def _words(pieces: list[Piece]) -> str:
    return one_line("".join(text for text, _language in pieces))


def _shown(element: Element, named: Element | None = None) -> Iterator[Piece]:
    """Read what a paragraph shows, with the languages that its runs name."""
    for one in element:
        if one.tag in _UNSEEN or (one.tag == "r" and _is_hidden(one)):
            continue
        if one.tag == "t":
            yield one.text or "", _language(one.text or "", named)
        elif one.tag in {"tab", "br", "cr"}:
            yield " ", None
        elif one.tag == "nobreakhyphen":
            yield "-", None
        else:
            own = first(one, "rpr/lang") if one.tag == "r" else None
            yield from _shown(one, own if own is not None else named)


def _language(text: str, named: Element | None) -> str | None:
    """Choose of the languages that a run names the one in whose letters its words are.

    It names three: for European letters, for those of East Asia, for complex ones.
    """
    letters = script_of(text) if named is not None else None
    for name in ("val", "eastasia", "bidi"):
        language = language_named(attribute(named, name) or "")
        if language and script_in(language, letters):
            return language
    return None


def _is_hidden(run: Element) -> bool:
    mark = first(run, "rpr/vanish")
    return mark is not None and attribute(mark, "val") not in {"0", "false", "off"}


def _take_headline(draft: Draft) -> None:
    """Take the first paragraph for the headline if it is short and no sentence."""
    if draft.headlines or len(draft.passages) < 2:  # noqa: PLR2004 - one is the text
        return
    text = draft.passages[0].block.text
    if text and len(text.split()) <= _HEAD_WORDS and text[-1:] not in ".:;,!":
        draft.headlines.append(text)
        draft.noted.append(draft.passages[0].block)
        del draft.passages[0]
