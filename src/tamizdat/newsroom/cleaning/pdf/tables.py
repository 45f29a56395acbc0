"""Clear the colours of a table that no pixel of its picture has.

Source: ISO 32000-2, 8.6.6.3 (indexed colours), 7.4.4.4 (predictors).
"""

from itertools import accumulate
from typing import Any

from pypdf.generic import ArrayObject, ByteStringObject

from tamizdat.newsroom.cleaning.pdf import rows

_TIFF, _PNG = 2, 10  # predictors: of neighbours; from here on of rows that say which
_BYTE = 8
_EVERY = set(range(256))


def clear_unused(
    space: Any, data: bytes, size: tuple[int, int, int], predictor: int, decode: Any
) -> None:
    """Clear what is not used, if a space is a table.

    Args:
        space: of colours, as `colours.space` writes it for this picture alone.
        data: pixels, or what a predictor makes of them.
        size: width, height, and bits of a pixel.
        predictor: as a filter names it.
        decode: how values become numbers of the table; None as they are.
    """
    if not isinstance(space, ArrayObject) or space[0] != "/Indexed":
        return
    most, table = int(space[2]), bytes(space[3])
    used = _turned(_used(data, size, predictor), size[2], decode)
    wide = len(table) // (most + 1)
    space[3] = ByteStringObject(
        b"".join(
            table[at * wide : (at + 1) * wide] if at in used else bytes(wide)
            for at in range(most + 1)
        )
    )


def _used(data: bytes, size: tuple[int, int, int], predictor: int) -> set[int]:
    width, height, bits = size
    if predictor >= _PNG:
        data = rows.undone(data, (width * bits + 7) // 8)
    elif predictor == _TIFF:
        if bits != _BYTE:
            return _EVERY
        lines = (data[at : at + width] for at in range(0, width * height, width))
        return {value & 0xFF for line in lines for value in accumulate(line)}
    mask = (1 << bits) - 1
    return {byte >> by & mask for byte in set(data) for by in range(0, _BYTE, bits)}


def _turned(used: set[int], bits: int, decode: Any) -> set[int]:
    if not isinstance(decode, ArrayObject):
        return used
    low, high = (float(one) for one in list(decode)[:2])
    step = (high - low) / ((1 << bits) - 1)
    return {round(low + value * step) for value in used}
