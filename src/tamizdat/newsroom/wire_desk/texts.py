"""Give what an item says as plain text, and whose copy it is. Pure."""

import hashlib
import re
from collections.abc import Iterable

from tamizdat.newsroom.models import KeptItem, WireSource
from tamizdat.newsroom.wire_desk import likeness
from tamizdat.wire.items import Block, WireItem


def agencies_of(item: WireItem, source: WireSource) -> list[str]:
    """Name whose copy it is, in order and as printed; [""] where nobody says."""
    return list(item.credit_agencies) or [source.agency or item.provider or ""]


def text_of(body: Iterable[Block]) -> str:
    """Give the words of blocks, a line each."""
    return "\n".join(map(words_of_block, body))


def words_of(item: WireItem) -> str:
    """Give the SHA-256 of headline and text, in hex: spelling and layout aside."""
    letters = re.sub(r"\W+", "", f"{item.headline or ''} {text_of(item.body)}".lower())
    return hashlib.sha256(letters.encode()).hexdigest()


def words_of_block(block: Block) -> str:
    """Give the words of one block as one text."""
    if block.text is not None:
        return block.text
    if block.items is not None:
        return "\n".join(block.items)
    return "\n".join("\t".join(row) for row in block.rows or ())


def shingles_of(row: KeptItem) -> frozenset[int]:
    """Give the shingles of a row that still has its text."""
    return likeness.shingles(likeness.words_in(body_of(row) or row.headline))


def body_of(row: KeptItem) -> str:
    """Give the text of a row as it stands in the table; "" once it went."""
    blocks = row.item.get("body") or []
    texts = [
        one["text"] or "\n".join(one["items"] or ["\t".join(r) for r in one["rows"]])
        for one in blocks
    ]
    return "\n".join(texts)
