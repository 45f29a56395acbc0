"""Turn a tree of NITF, XHTML, HTML or an agency's own markup into passages.

One converter for all: the names of block elements differ little. What is
not known is looked through: its text is kept, never its name.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from tamizdat.wire.draft import spoken
from tamizdat.wire.draft.dateline import dateline_of
from tamizdat.wire.draft.passages import Passage
from tamizdat.wire.draft.plain import levelled, passages_of_text, preformatted
from tamizdat.wire.draft.spoken import Piece
from tamizdat.wire.draft.text import count_words, one_line, typeset
from tamizdat.wire.items import Block
from tamizdat.wire.markup.hidden import take_private
from tamizdat.wire.markup.marked import set_apart
from tamizdat.wire.markup.names import (
    BLOCKS,
    LISTS,
    PARAGRAPHS,
    PREFORMATTED,
    QUOTES,
    SILENT,
    SUBHEADS,
    TABLES,
)
from tamizdat.wire.markup.reader import Element, read_html
from tamizdat.wire.markup.roles import ROLES, role_of
from tamizdat.wire.markup.spoken import BREAK, is_of_office, pieces, spoken_by, spread
from tamizdat.wire.markup.tree import line_of

_TAG = re.compile(
    r"</?(?:p|br|div|b|i|em|strong|ul|li|h[1-6]|table|span)\b[^<>]{0,200}>"
)
_SUBHEAD_WORDS = 12
_LAYOUT_PARTS, _LAYOUT_WORDS = 2, 40  # of a cell that is no datum but a column
_LAST: Piece = (BREAK, None)
_MOST_DEPTH = 200  # deeper, the rest of a branch is one text


def passages_of(tree: Element | None, *, page: bool = False) -> list[Passage]:
    """Turn a tree into passages, in the order of the file.

    A line end is white space, unless the whole story stands in one paragraph.
    What is hidden or private is taken out of the tree, but for a page of the web:
    its scripts show what its markup hides.
    """
    if tree is None:
        return []
    private = [] if page else take_private(tree)
    if not page:
        set_apart(tree)
    named = spread(tree)
    found = _told(tree)
    if named and is_of_office(tree):
        blocks = spoken.by_letters(part.block for part in found)
        found = [replace(p, block=b) for p, b in zip(found, blocks, strict=True)]
    return [*found, *private]


def _told(tree: Element) -> list[Passage]:
    found = [one for part in _inside(tree, None, 0) for one in _looked_into(part)]
    private = [part for part in found if part.role and not part.text]
    found = [part for part in found if part.text]
    return [*_cleaned(found), *private]


def _cleaned(found: list[Passage]) -> list[Passage]:
    if sum(1 for part in found if part.block.kind in {"paragraph", "quote"}) == 1:
        return [cut for part in found for cut in _cut(part)]
    return [clean for part in found if (clean := _clean(part)).text]


def _looked_into(part: Passage) -> list[Passage]:
    """Read HTML that was escaped inside of markup."""
    text = part.block.text
    if text is None or len(_TAG.findall(text)) <= 1:
        return [part]
    tree = read_html(text)
    # What is escaped once more stays text: nobody sends a story in three wrappings.
    if tree is None:
        return [part]
    private = take_private(tree)
    spread(tree)
    return [*_inside(tree, part.role, 0), *private] or [part]


def _clean(part: Passage) -> Passage:
    if part.block.text is None:
        return part
    return part.with_text(typeset(one_line(part.block.text)))


def _cut(part: Passage) -> list[Passage]:
    if part.block.kind != "paragraph":
        return [clean] if (clean := _clean(part)).text else []
    found = passages_of_text(levelled(part.text), part.line, part.role)
    if not part.block.spoken:
        return found
    blocks = spoken.laid_over([one.block for one in found], part.block)
    return [replace(one, block=block) for one, block in zip(found, blocks, strict=True)]


def _inside(tree: Element, role: str | None, depth: int) -> Iterator[Passage]:
    """Walk a container: its blocks, and the loose text between them as paragraphs."""
    own = spoken_by(tree)
    loose = [(tree.text or "", own)]
    start = line_of(tree)
    for child in tree:
        if child.tag not in SILENT and _is_block(child):
            yield from _paragraphs(loose, start, role)
            loose, start = [], line_of(child)
            # A byline inside what is private is private.
            inner = role if role == "private" else role_of(child) or role
            yield from _block(child, inner, depth)
        elif child.tag not in SILENT:
            loose += pieces(child)
        loose.append((child.tail or "", own))
    yield from _paragraphs(loose, start, role)


def _is_block(element: Element) -> bool:
    if _is_block_by_name(element):
        return True
    return any(True for _ in element.iter(*BLOCKS))


def _is_block_by_name(element: Element) -> bool:
    return element.tag in BLOCKS or element.tag in ROLES


def _block(element: Element, role: str | None, depth: int) -> Iterator[Passage]:
    name, line = element.tag, line_of(element)
    if name in TABLES:
        yield from _table(element, role, depth)
    elif name == "dl" and not _is_plain_list(element):
        yield from _definitions(element, role, depth)
    elif name in LISTS:
        yield from _list(element, role)
    elif name in PREFORMATTED:
        yield from _preformatted(element, role)
    elif name in SUBHEADS:
        head = _in_one_line("subhead", pieces(element), line, role)
        yield from [head] if head.text else []
    elif depth >= _MOST_DEPTH:
        yield from _paragraphs(pieces(element), line, role)
    elif name in QUOTES:
        for part in _inside(element, role, depth + 1):
            kind = "quote" if part.block.kind == "paragraph" else part.block.kind
            yield replace(part.of_kind(kind), role=role)
    elif name in PARAGRAPHS and role is None and _is_subhead(element):
        yield _in_one_line("subhead", pieces(element), line)
    else:
        yield from _inside(element, role, depth + 1)


def _list(element: Element, role: str | None) -> Iterator[Passage]:
    items = [found for item in element for found in _items(item)]
    if items:
        language = spoken.sole(piece for item in items for piece in item)
        texts = tuple(map(_flattened, items))
        yield Passage(
            Block("list", items=texts, language=language), line_of(element), role
        )


def _preformatted(element: Element, role: str | None) -> Iterator[Passage]:
    for part in preformatted("".join(element.itertext()), line_of(element), role):
        own = spoken_by(element)
        if part.block.text is None:
            yield replace(part, block=replace(part.block, language=own))
        else:
            yield _in_one_line("paragraph", [(part.text, own)], part.line, role)


def _items(item: Element) -> Iterator[list[Piece]]:
    """Read a member of a list, then the members of the lists inside it."""
    if item.tag in LISTS:
        for member in item:
            yield from _items(member)
        return
    found = list(pieces(item, SILENT | LISTS))
    yield from [found] if _flattened(found) else []
    around = next(item.iterancestors(*LISTS), None)
    for inner in item.iter(*LISTS):
        if next(inner.iterancestors(*LISTS), None) is around:
            yield from _items(inner)


def _is_subhead(element: Element) -> bool:
    """Tell a paragraph that its class or its weight makes a subhead."""
    classes = (element.get("class") or "").lower().split()
    called = any(word in SUBHEADS for word in classes)
    return (called and bool(_flat(element))) or _is_bold(element)


def _is_plain_list(element: Element) -> bool:
    """Tell a list whose members are short: of terms, and no text among them."""
    members = [one for one in element if one.tag in {"dt", "dd", "li"}]
    return bool(members) and not any(one.find(".//p") is not None for one in members)


def _definitions(element: Element, role: str | None, depth: int) -> Iterator[Passage]:
    """Read a `dl` that is none: a dateline, as TT has it, or heads with texts below."""
    text, line = _flat(element), line_of(element)
    if element.find("dt") is None and element.find("dd") is None:
        place = dateline_of(text) is not None and role is None
        yield from _paragraphs([(text, None)], line, "dateline" if place else role)
        return
    for child in element:
        if child.tag == "dt":
            yield _in_one_line("subhead", pieces(child), line_of(child), role)
        else:
            yield from _inside(child, role, depth + 1)


def _is_bold(element: Element) -> bool:
    """Tell a short paragraph that is bold and ends as no sentence does."""
    text = _flat(element)
    if not text or len(text.split()) > _SUBHEAD_WORDS or text[-1] in ".!?\u2026:;,":
        return False
    bold = "".join(
        _flat(one)
        for one in element.iter("b", "strong", "em")
        if one.tag != "em" or "bold" in (one.get("class") or "").split()
    )
    return _letters(bold) == _letters(text)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _is_layout(table: Element) -> bool:
    """Tell a table that only sets a page: a cell of it holds paragraphs of text."""
    for cell in table.iter("td"):
        parts = sum(1 for _ in cell.iter("p", "br", "div", "table", "h1", "h2"))
        if parts >= _LAYOUT_PARTS and count_words(_flat(cell)) > _LAYOUT_WORDS:
            return True
    return False


def _table(element: Element, role: str | None, depth: int) -> Iterator[Passage]:
    if depth < _MOST_DEPTH and _is_layout(element):
        for cell in element.iter("td", "th"):
            if next(cell.iterancestors("table")) is element:
                yield from _inside(cell, role, depth + 1)
        return
    caption = element.find("caption")
    if caption is not None:
        yield from _paragraphs(pieces(caption), line_of(caption), role)
    cells = [
        [list(pieces(cell)) for cell in row if cell.tag in {"td", "th"}]
        for row in element.iter("tr")
    ]
    texts = (tuple(map(_flattened, row)) for row in cells)
    rows = tuple(row for row in texts if any(row))
    if rows:
        language = spoken.sole(piece for row in cells for cell in row for piece in cell)
        yield Passage(
            Block("table", rows=rows, language=language), line_of(element), role
        )


def _paragraphs(
    found: Iterable[Piece], line: int, role: str | None
) -> Iterator[Passage]:
    """Part loose words where the markup breaks a line."""
    part: list[Piece] = []
    for text, language in (*found, _LAST):
        if text != BREAK:
            part.append((text, language))
            continue
        whole, named = spoken.joined(part)
        if one_line(whole):
            yield Passage(Block("paragraph", whole, spoken=named), line, role)
        part = []


def _in_one_line(
    kind: str, found: Iterable[Piece], line: int, role: str | None = None
) -> Passage:
    """Make a block of words that no break parts."""
    text, named = spoken.joined(found)
    raw = Passage(Block(kind, text, spoken=named), line, role)
    return raw.with_text(_of_one_line(text))


def _flat(element: Element) -> str:
    return _flattened(pieces(element))


def _flattened(found: Iterable[Piece]) -> str:
    return _of_one_line("".join(text for text, _language in found))


def _of_one_line(text: str) -> str:
    return typeset(one_line(text.replace(BREAK, " ")))
