"""Write the text of a part with each letter in one byte, and read it back.

Decides which blocks of 16 characters a part names and how the others are written. What
the text says is for `pack`.

Source: spec/pack.md, "Letters in one byte".
"""

import re
import sys
from collections import Counter
from collections.abc import Sequence

from tamizdat.edition.errors import PackError

TYPE = b"tamizdat-pack/1"
_BLOCKS = 8  # at most, so that bytes 80 to ff name their characters
_ASCII = range(0x80)
_SURROGATES = range(0xD800, 0xE000)
_HEAD = re.compile(TYPE + rb"((?: [1-9a-f][0-9a-f]{0,4}){0,8})\n")
_LETTER = re.compile(r"[\x80-\xff]|\x1a([0-9a-f]{2,6});")


def write(text: str) -> bytes:
    """Write a part of this text: in UTF-8, or with blocks where that is shorter."""
    plain = TYPE + b"\n" + text.encode()
    blocks = _blocks_of(text)
    if not blocks:
        return plain
    named = "".join(f" {block:x}" for block in blocks)
    return min(plain, TYPE + f"{named}\n".encode() + _narrow(text, blocks), key=len)


def _blocks_of(text: str) -> list[int]:
    """Choose the blocks with most characters beyond U+007F, the lower of two alike."""
    counts: Counter[int] = Counter()
    for letter, count in Counter(text).items():  # each once: a text has few
        if ord(letter) not in _ASCII:
            counts[ord(letter) >> 4] += count
    order = sorted(counts, key=lambda block: (-counts[block], block))
    return sorted(order[:_BLOCKS])


def _narrow(text: str, blocks: Sequence[int]) -> bytes:
    codes = {
        16 * block + low: chr(0x80 + 16 * at + low)
        for at, block in enumerate(blocks)
        for low in range(16)
    }
    others = {ord(c) for c in set(text) if ord(c) not in _ASCII} - codes.keys()
    codes |= {code: f"\x1a{code:x};" for code in others}
    return text.translate(codes).encode("latin-1")


def read(part: bytes) -> str:
    """Read the text of a part.

    Raises:
        PackError: another type line, or letters that are none.
    """
    head = _HEAD.match(part)
    if head is None:
        raise PackError(f"expected {TYPE.decode()} in the first line")
    rest = part[head.end() :]
    blocks = [int(block, 16) for block in head[1].split()]
    if blocks:
        return _LETTER.sub(lambda m: _letter(m, blocks), rest.decode("latin-1"))
    try:
        return rest.decode()
    except UnicodeDecodeError as error:
        raise PackError("expected UTF-8") from error


def _letter(match: re.Match[str], blocks: Sequence[int]) -> str:
    if match[1]:
        code = int(match[1], 16)
    else:
        at, low = divmod(ord(match[0]) - 0x80, 16)
        if at >= len(blocks):
            raise PackError(f"byte {ord(match[0]):x}: one of {len(blocks)} blocks")
        code = 16 * blocks[at] + low
    if code in _ASCII or code in _SURROGATES or code > sys.maxunicode:
        raise PackError(f"{code:x}: expected a character beyond U+007F")
    return chr(code)
