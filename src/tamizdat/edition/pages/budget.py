"""Keep a page within what a throttled network lets through, plain and on the wire.

Decides whether a page fits. No zlib decides where a page ends: two of them count the
same page differently, and a page that one cuts the other would not. One is asked only
whether a page is so far below that no other could differ, unless its words were laid
out for that.

Source: docs/decisions/0094-what-does-not-fit-on-a-page.md; RFC 1951.
"""

import zlib
from collections import Counter
from fractions import Fraction
from functools import lru_cache
from heapq import heapify, heappop, heappush

PAGE_BYTES = (
    16_384  # identity bytes; some networks freeze a connection after about 16 KB
)
WIRE_BYTES = 8_192  # the same page as gzip
SHARES = tuple(Fraction(n, 4) for n in (4, 3, 2))  # of a room: text gzip makes least of
_SURELY = 7_000  # as gzip: of a page that says something `weight` is a twelfth more
_STORED = 64  # bytes that gzip adds to what it cannot make smaller, at most
_TABLES = 160  # bytes that a block of deflate takes to say how it is coded, at most
_WORSE = 14  # the part by which zlib may be worse, where nothing repeats
_LEAST, _MOST, _FAR = 4, 258, 32_768  # of a match: bytes, bytes, bytes back
_END = 256  # the symbol that ends a block; those of lengths follow


def fits(content: bytes, spare: int = 0) -> bool:
    """Tell whether a page is at most 16,384 bytes plain and 8,192 as gzip.

    Args:
        content: of the page.
        spare: bytes that it may still grow by.
    """
    if len(content) > PAGE_BYTES - spare:
        return False
    if len(content) <= WIRE_BYTES - _STORED - spare:
        return True
    if len(zlib.compress(content, 1)) <= _SURELY - spare:
        return True
    return weight(content) <= WIRE_BYTES - spare


@lru_cache(maxsize=256)
def weight(content: bytes) -> int:
    """Count the bytes of a page as gzip, on every machine alike.

    A repetition is found by its first four bytes alone and taken at once. Of text zlib
    finds more of them and is smaller; of noise it takes some that do not pay.
    """
    symbols, distances, extra = _parse(content)
    bits = _coded(symbols) + _coded(distances) + extra
    size = _TABLES + (bits + 7) // 8
    return min(size + size // _WORSE, len(content) + _STORED)


def _parse(content: bytes) -> tuple[Counter[int], Counter[int], int]:
    """Cut a page into letters and repetitions; count both and the bits beside them."""
    symbols, distances, extra = Counter([_END]), Counter[int](), 0
    last: dict[bytes, int] = {}
    at, end = 0, len(content)
    while at < end:
        key = content[at : at + _LEAST]
        before = last.get(key, -1)
        last[key] = at
        if before < 0 or at - before > _FAR or len(key) < _LEAST:
            symbols[content[at]] += 1
            at += 1
            continue
        length = _LEAST
        most = min(_MOST, end - at)
        while length < most and content[before + length] == content[at + length]:
            length += 1
        length_code, length_bits = _length(length)
        distance_code, distance_bits = _distance(at - before)
        symbols[_END + length_code] += 1
        distances[distance_code] += 1
        extra += length_bits + distance_bits
        for inner in range(at + 1, min(at + length, end - _LEAST + 1)):
            last[content[inner : inner + _LEAST]] = inner
        at += length
    return symbols, distances, extra


def _length(length: int) -> tuple[int, int]:
    """Give code, from 1, and extra bits of a length: RFC 1951, section 3.2.5."""
    if length == _MOST:
        return 29, 0
    number = length - 3
    bits = max(number.bit_length() - 3, 0)
    return 1 + 4 * bits + (number >> bits), bits


def _distance(distance: int) -> tuple[int, int]:
    number = distance - 1
    bits = max(number.bit_length() - 2, 0)
    return 2 * bits + (number >> bits), bits


def _coded(counts: Counter[int]) -> int:
    """Count the bits of symbols in the shortest code there is: Huffman's."""
    heap = list(counts.values())
    if len(heap) == 1:
        return heap[0]
    heapify(heap)
    bits = 0
    while len(heap) > 1:
        both = heappop(heap) + heappop(heap)
        bits += both
        heappush(heap, both)
    return bits
