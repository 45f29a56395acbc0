"""Write functions and meshes of a PDF anew: as many values as they need.

Source: ISO 32000-2, 7.10 (functions), 8.7.4.5 (shadings).
"""

import math
import re
from typing import Any

from tamizdat.newsroom.errors import AttachmentError

_SAMPLED, _CALCULATED = 0, 4
_MESHES = _FREE, _LATTICE, _COONS, _TENSOR = 4, 5, 6, 7
_PIECE = re.compile(rb"[{}]|[^\s{}]+")
_REMARK = re.compile(rb"%[^\r\n]*")
_NUMBER = re.compile(rb"[+-]?(\d{1,12}(\.\d{0,12})?|\.\d{1,12})")
_CALCULATING = set(  # table 42
    b"abs add atan ceiling cos cvi cvr div exp floor idiv ln log mod mul neg round sin"
    b" sqrt sub truncate and bitshift eq false ge gt le lt ne not or true xor if ifelse"
    b" copy dup exch index pop roll { }".split()
)
# Points and colours of a patch: a new one, and one that continues another.
_PATCHES = {_COONS: ((12, 4), (8, 2)), _TENSOR: ((16, 4), (12, 2))}
_MOST_INPUTS = 32


def needed(stream: Any, shape: str, data: bytes, parts: int | None) -> bytes:
    """Give of the bytes of a stream those that its kind needs.

    Args:
        stream: its entries.
        shape: of `shapes`, one that is neither drawn nor a picture.
        data: unpacked.
        parts: values of a colour, where it has a space of them.

    Raises:
        AttachmentError: they are not enough, or none of that kind.
    """
    if shape == "function":
        return function(stream, data)
    if shape == "shading" and stream.get("/ShadingType") in _MESHES:
        return mesh(stream, data, 1 if "/Function" in stream else parts or 1)
    return b""


def function(stream: Any, data: bytes) -> bytes:
    """Give of the bytes of a function those that it needs.

    Raises:
        AttachmentError: they are not enough, or no calculation.
    """
    kind = stream.get("/FunctionType")
    if kind == _CALCULATED:
        return _calculation(data)
    if kind != _SAMPLED:
        return b""
    inputs = [int(size) for size in stream["/Size"]][:_MOST_INPUTS]
    values = math.prod(inputs) * (len(stream["/Range"]) // 2)
    return _first(data, values * int(stream["/BitsPerSample"]))


def _first(data: bytes, bits: int) -> bytes:
    size = (bits + 7) // 8
    if not 0 < size <= len(data):
        raise AttachmentError("a function of this PDF is damaged")
    return data[:size]


def _calculation(data: bytes) -> bytes:
    pieces = _PIECE.findall(_REMARK.sub(b"", data))
    for piece in pieces:
        if piece not in _CALCULATING and not _NUMBER.fullmatch(piece):
            raise AttachmentError("a function of this PDF is damaged")
    return b" ".join(pieces)


def mesh(shading: Any, data: bytes, parts: int) -> bytes:
    """Give of the bytes of a mesh those that make whole points, rows and patches.

    Args:
        shading: its entries.
        data: as they are.
        parts: values of a colour, one where a function makes it.

    Raises:
        AttachmentError: it is none.
    """
    kind, flag = shading.get("/ShadingType"), int(shading.get("/BitsPerFlag", 0))
    place = 2 * int(shading["/BitsPerCoordinate"])
    colour = parts * int(shading["/BitsPerComponent"])
    if kind in _PATCHES:
        return _patches(data, _PATCHES[kind], flag, place, colour)
    if kind not in (_FREE, _LATTICE) or not place:
        raise AttachmentError("a colour of this PDF is damaged")
    bits = place + colour + (flag if kind == _FREE else 0)
    size = (bits + 7) // 8
    if kind == _LATTICE:
        row = size * int(shading["/VerticesPerRow"])
        return data[: len(data) // row * row] if row > 0 else b""
    return data[: _triangles(data, size, flag) * size]


def _triangles(data: bytes, size: int, flag: int) -> int:
    """Count the points of whole triangles; a new one begins with three points."""
    points, whole = len(data) // size, 0
    while whole < points:
        kind = data[whole * size] >> 8 - flag & 3 if 2 <= flag <= 8 else 0  # noqa: PLR2004
        needed = 1 if kind and whole else 3
        if whole + needed > points:
            break
        whole += needed
    return whole


def _patches(
    data: bytes,
    shapes: tuple[tuple[int, int], tuple[int, int]],
    flag: int,
    place: int,
    colour: int,
) -> bytes:
    """Go from patch to patch; each begins with a byte of its own."""
    at = 0
    while at < len(data):
        kind = int.from_bytes(data[at : at + 1]) >> 8 - flag & 3
        points, colours = shapes[1 if kind else 0]
        end = at + (flag + points * place + colours * colour + 7) // 8
        if end > len(data) or (kind and not at):
            break
        at = end
    return data[:at]
