"""Write font programs anew: outlines, widths, and which code shows which sign.

A program says who made it, with what, and to whom it is licensed; its tables have room
for anything, and so has the code that fits signs to coarse screens. Every sign is drawn
here once, as a viewer would, and its outline is all that goes on.

Source: ISO 32000-2, 9.9; Adobe TN 5176 (CFF), 5177 (Type 2 charstrings); ISO/IEC
14496-22 (TrueType). docs/decisions/0070-fonts-are-drawn-anew.md.
"""

import io
import re
from collections.abc import Callable, Iterable, Mapping
from types import SimpleNamespace
from typing import Any

from fontTools import cffLib
from fontTools.encodings.StandardEncoding import StandardEncoding
from fontTools.misc.psCharStrings import T2CharString
from fontTools.misc.transform import Transform
from fontTools.pens.basePen import MissingComponentError
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont, TTLibError, getTableModule

from tamizdat.newsroom.cleaning.pdf import truetype, type1
from tamizdat.newsroom.cleaning.pdf.drawn import Drawn
from tamizdat.newsroom.errors import AttachmentError

Rename = Callable[[str], str]

_USUAL = [0.001, 0.0, 0.0, 0.001, 0.0, 0.0]
_IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_SAME = 1e-6
_TOLERANCE = 0.01  # of a point: fractions stay where a sign has them
_NOTHING, _GONE = ".notdef", "gone"
_CID = re.compile(r"cid\d{5}")  # as fontTools names signs that go by number
_OPENTYPE = (b"OTTO", b"\0\1\0\0", b"true")
_MOST_SIGNS = 65_535
# What fontTools raises where bytes are no font, whatever it was about to read.
_BROKEN = (
    *(ArithmeticError, AssertionError, AttributeError, EOFError, LookupError),
    *(RuntimeError, TypeError, ValueError, TTLibError),
    *(MissingComponentError, OSError, cffLib.struct.error),
)


def warm_up() -> None:
    """Load what reads and writes tables: afterwards no file can be opened."""
    for tag in (*truetype.TABLES, "CFF "):
        getTableModule(tag)


def from_type1(data: bytes, rename: Rename, drawn: Drawn) -> bytes:
    """Draw a program of Type 1 into one of CFF, as far as it is drawn.

    Raises:
        AttachmentError: damaged.
    """
    return _guarded(_from_type1, data, rename, drawn)


def from_cff(data: bytes, rename: Rename, drawn: Drawn) -> bytes:
    """Draw a program of CFF, or of OpenType with CFF, into one of CFF, likewise.

    Raises:
        AttachmentError: damaged.
    """
    return _guarded(_from_cff, data, rename, drawn)


def from_truetype(data: bytes, rename: Rename | None, drawn: Drawn) -> bytes:
    """Write the outlines of TrueType anew.

    Args:
        data: the program.
        rename: gives signs new names; None where nobody asks for them by name.
        drawn: which of them are.

    Raises:
        AttachmentError: damaged.
    """
    return _guarded(truetype.written, data, rename, drawn)


def count(data: bytes) -> int:
    """Count the signs of a program of TrueType that was written here."""
    return int(TTFont(io.BytesIO(data), lazy=True)["maxp"].numGlyphs)


def is_cff(data: bytes) -> bool:
    """Tell whether a program of OpenType holds CFF."""
    tables = int.from_bytes(data[4:6])
    return b"CFF " in [data[12 + 16 * n : 16 + 16 * n] for n in range(tables)]


def _guarded(write: Callable[..., bytes], *given: Any) -> bytes:
    try:
        return write(*given)
    except _BROKEN as error:
        said = "a font of this PDF is damaged: print it to a new PDF"
        raise AttachmentError(said) from error


def _from_type1(data: bytes, rename: Rename, drawn: Drawn) -> bytes:
    font = type1.read(data)
    nothing = {_NOTHING: font.signs.get(_NOTHING, type1.BLANK)}
    names = drawn.by_name(font.codes) | {_NOTHING}
    kept = [
        (name, _drawn(sign, font.signs))
        for name, sign in (nothing | font.signs).items()
        if drawn.every or name in names
    ]
    return _named(kept, font.codes, font.matrix or _USUAL, rename)


def _from_cff(data: bytes, rename: Rename, drawn: Drawn) -> bytes:
    if data[:4] in _OPENTYPE:
        fonts = TTFont(io.BytesIO(data), lazy=True)["CFF "].cff
    else:
        fonts = cffLib.CFFFontSet()
        fonts.decompile(io.BytesIO(data), None, isCFF2=False)
    font = fonts[0]
    signs, names = font.CharStrings, list(font.charset)
    by = _turned(font) if hasattr(font, "ROS") else None
    codes = getattr(font, "Encoding", "StandardEncoding")
    asked = drawn.by_name(StandardEncoding if isinstance(codes, str) else codes)
    is_drawn = [
        number == 0
        or drawn.every
        or name in asked
        or _number(name, number) in drawn.numbers
        for number, name in enumerate(names)
    ]
    pieces = [
        (name, _drawn(signs.charStringsIndex[number], signs, by and by(number)))
        if is_drawn[number]
        else (f"{_GONE}{number}", _blank())
        for number, name in enumerate(names)
        # By number, a sign without one of its own keeps its place among all.
        if is_drawn[number] or (drawn.numbers and not by)
    ]
    if by:
        return _cids(pieces)
    return _named(pieces, codes, list(font.FontMatrix), rename)


def _number(name: str, number: int) -> int:
    """Tell by which number a sign is asked for. `number`: its place."""
    return int(name[3:]) if _CID.fullmatch(name) else number


def _blank() -> T2CharString:
    return T2CharString(program=[0, "endchar"])


def _drawn(
    sign: Any, signs: Mapping[str, Any], by: list[float] | None = None
) -> T2CharString:
    """Draw a sign.

    Args:
        sign: its code.
        signs: those it may be made of, by name.
        by: what turns its points; None where they stay.
    """
    pen = T2CharStringPen(None, signs, roundTolerance=_TOLERANCE)
    sign.draw(TransformPen(pen, by) if by else pen)
    made = pen.getCharString()
    made.program.insert(0, round(sign.width * (by[0] if by else 1)))
    return made


def _turned(font: Any) -> Callable[[int], list[float] | None]:
    """Tell how the points of each sign come to a thousandth of its size.

    A font of several parts may have a matrix in each, and one for all.
    """
    above = font.rawDict.get("FontMatrix")
    turns = []
    for part in font.FDArray:
        own = part.rawDict.get("FontMatrix")
        matrix = Transform(*(above or _IDENTITY)).transform(own or _IDENTITY)
        if own or above:
            turn = Transform(1_000, 0, 0, 1_000, 0, 0).transform(matrix)
            is_same = all(
                abs(one - other) < _SAME
                for one, other in zip(turn, _IDENTITY, strict=True)
            )
            turns.append(None if is_same else list(turn))
        else:
            turns.append(None)
    chosen = getattr(font, "FDSelect", None)
    return lambda number: turns[chosen[number] if chosen is not None else 0]


def _named(
    drawn: list[tuple[str, T2CharString]],
    codes: Any,
    matrix: list[float],
    rename: Rename,
) -> bytes:
    """Write signs that go by name."""
    order: dict[str, T2CharString] = {}
    first: dict[str, str] = {}
    for name, sign in drawn:
        told = rename(name)
        while told in order:  # named twice: the place counts, the first has the name
            told = rename(f"{name}.{len(order)}")
        order[told] = sign
        first.setdefault(name, told)
    font = _font([round(one, 9) for one in matrix])
    if isinstance(codes, str):
        font.Encoding = codes
    else:
        font.Encoding = _coded(codes, order, first, rename)
    return _written(font, order)


def _coded(
    codes: Iterable[str],
    order: dict[str, T2CharString],
    first: Mapping[str, str],
    rename: Rename,
) -> list[str]:
    """Name the sign of each code; one of several codes is there several times.

    What writes the codes of CFF knows one for each sign.
    """
    told, seen = [], set[str]()
    for code, name in enumerate(codes):
        one = first.get(name, _NOTHING)
        if one in seen:
            again = rename(f"{name}.code{code}")
            order.setdefault(again, order[one])
            one = again
        if one != _NOTHING:
            seen.add(one)
        told.append(one)
    return told


def _cids(drawn: list[tuple[str, T2CharString]]) -> bytes:
    """Write signs that go by number, all in one part."""
    font = _font(_USUAL)
    font.ROS = ("Adobe", "Identity", 0)
    font.CIDCount = _MOST_SIGNS
    part = cffLib.FontDict()
    part.FontName, part.FontMatrix = "F", _USUAL
    part.Private = _private()
    font.FDArray = cffLib.FDArrayIndex()
    font.FDArray.append(part)
    font.FDSelect = cffLib.FDSelect(format=3)
    font.FDSelect.gidArray = [0] * len(drawn)
    return _written(font, dict(drawn), part.Private)


def _font(matrix: list[float]) -> Any:
    font = cffLib.TopDict()
    font.FontMatrix = matrix
    font.GlobalSubrs = cffLib.GlobalSubrsIndex()
    return font


def _private() -> Any:
    private = cffLib.PrivateDict()
    private.defaultWidthX = private.nominalWidthX = 0
    return private


def _written(
    font: Any, order: Mapping[str, T2CharString], private: Any = None
) -> bytes:
    if private is None:
        private = font.Private = _private()
    for sign in order.values():
        sign.private, sign.globalSubrs = private, font.GlobalSubrs
    font.charset = list(order)
    parts = (font.FDSelect, font.FDArray) if hasattr(font, "ROS") else (None, None)
    signs = cffLib.CharStrings(None, font.charset, font.GlobalSubrs, private, *parts)
    for name, sign in order.items():
        signs[name] = sign
    font.CharStrings = signs
    fonts = cffLib.CFFFontSet()
    fonts.major, fonts.minor, fonts.fontNames = 1, 0, ["F"]
    fonts.GlobalSubrs = font.GlobalSubrs
    fonts.topDictIndex = cffLib.TopDictIndex()
    fonts.topDictIndex.append(font)
    out = io.BytesIO()
    fonts.compile(out, SimpleNamespace(recalcBBoxes=True), isCFF2=False)
    return out.getvalue()
