"""Write a font of a PDF anew: names, codes, programs.

Source: ISO 32000-2, 9.6 to 9.9.
"""

import zlib
from collections.abc import Collection
from typing import Any

from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
)

from tamizdat.newsroom.cleaning.pdf import fonts, streams
from tamizdat.newsroom.cleaning.pdf.drawn import Drawn, rows_of
from tamizdat.newsroom.cleaning.pdf.maps import KNOWN
from tamizdat.newsroom.cleaning.pdf.names import Names, viewers_font
from tamizdat.newsroom.cleaning.pdf.scalars import named
from tamizdat.newsroom.cleaning.pdf.shapes import ENCODINGS
from tamizdat.newsroom.errors import AttachmentError

_PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")
_CODES = 256
_MOST_SIGNS = 65_536
_SFNT = (b"\0\1\0\0", b"true", b"ttcf")
_KINDS = {
    "/Type0": "type0",
    "/Type1": "type1",
    "/MMType1": "type1",
    "/TrueType": "truetype",
    "/Type3": "type3",
    "/CIDFontType0": "cid",
    "/CIDFontType2": "cid",
}


def kind_of(font: Any) -> str:
    """Name the shape of a font; "" for none that is known."""
    return _KINDS.get(str(font.get("/Subtype")), "")


def name(font: Any, names: Names) -> None:
    """Give a font its new name: one of the viewer's, or a number."""
    below = font.get("/DescendantFonts")
    one = below[0].get_object() if below else font
    told = one.get("/FontDescriptor")
    told = told.get_object() if told is not None else {}
    old = str(font.get("/BaseFont", "/"))[1:]
    if any(key in told for key in _PROGRAMS):
        new = f"/AAAAAA+{names.of('F', 'embedded ' + old)[1:]}"
    else:
        new = "/" + viewers_font(old, int(told.get("/Flags", 0)))
    font[NameObject("/BaseFont")] = NameObject(new)
    if told:
        told[NameObject("/FontName")] = NameObject(new)


def put_aside(told: Any) -> None:
    """Keep the program of a font until it is known what of it is drawn."""
    told = told.get_object() if told is not None else {}
    found = [told.pop(NameObject(key)) for key in _PROGRAMS if key in told]
    if found:
        told[NameObject(_PROGRAMS[-1])] = found[-1]


def program(told: Any, drawn: Drawn, names: Names, pdf: Any) -> bytes:
    """Write the program of a font anew, in TrueType or in CFF.

    Args:
        told: the descriptor that names it.
        drawn: its signs that are.
        names: gives signs their names.
        pdf: holds it.
    """
    found = told.pop(NameObject(_PROGRAMS[-1]), None)
    if found is None:
        return b""
    stream = found.get_object()
    if not isinstance(stream, StreamObject):
        raise AttachmentError("a font of this PDF is damaged")
    key, kind, made = _drawn(streams.unpacked(stream), drawn, names)
    fresh = StreamObject()
    streams.rewrite(fresh, made)
    if kind:
        fresh[NameObject("/Subtype")] = NameObject(kind)
    else:
        fresh[NameObject("/Length1")] = NumberObject(len(made))
    told[NameObject(key)] = pdf._add_object(fresh)  # noqa: SLF001 (pypdf's own way in)
    return made


def _drawn(data: bytes, drawn: Drawn, names: Names) -> tuple[str, str, bytes]:
    """Draw a program anew. Returns: its entry, its kind and its bytes."""
    if data[:4] in _SFNT and not fonts.is_cff(data):
        rename = None if drawn.is_numbered else names.glyph
        return "/FontFile2", "", fonts.from_truetype(data, rename, drawn)
    is_cff = data[:1] == b"\1" or data[:4] in (b"OTTO", *_SFNT)
    draw = fonts.from_cff if is_cff else fonts.from_type1
    kind = "/CIDFontType0C" if drawn.is_numbered else "/Type1C"
    return "/FontFile3", kind, draw(data, names.glyph, drawn)


def turn(font: Any, drawn: Drawn, pdf: Any) -> None:
    """Let no number stand for a sign that is not drawn, or that no program has.

    Args:
        font: whose program is written anew already.
        drawn: its signs that are.
        pdf: holds it.
    """
    key = NameObject("/CIDToGIDMap")
    given, told = font.pop(key, None), font.get("/FontDescriptor")
    held = told.get_object().get("/FontFile2") if told is not None else None
    if font.get("/Subtype") != "/CIDFontType2":
        return
    given = given.get_object() if given is not None else None
    if held is None or not isinstance(given, StreamObject):
        font[key] = NameObject("/Identity")
        return
    program = zlib.decompress(held.get_object()._data)  # noqa: SLF001 (written here)
    most, data = fonts.count(program), streams.unpacked(given)[: 2 * _MOST_SIGNS]
    signs = (data[at : at + 2] for at in range(0, len(data) - 1, 2))
    kept = [
        sign
        if int.from_bytes(sign) < most and (drawn.every or number in drawn.asked)
        else bytes(2)
        for number, sign in enumerate(signs)
    ]
    fresh = StreamObject()
    streams.rewrite(fresh, b"".join(kept))
    font[key] = pdf._add_object(fresh)  # noqa: SLF001 (pypdf's own way in)


def keep_widths(font: Any, drawn: Collection[bytes]) -> None:
    """Let codes that are not drawn have no width; readers see none of it."""
    widths = font.get("/Widths")
    widths = widths.get_object() if widths is not None else None
    if isinstance(widths, ArrayObject):
        first = int(font.get("/FirstChar", 0))
        codes = {int.from_bytes(code) for code in drawn}
        font[NameObject("/Widths")] = ArrayObject(
            width if code in codes else NumberObject(0)
            for code, width in enumerate(widths, first)
        )


def encoding(value: Any) -> Any:
    """Write the name of an encoding; None where it is none that viewers know."""
    if isinstance(value, NameObject):
        if value[1:] in KNOWN:
            return NameObject(value)
        return named(value, ENCODINGS)
    return None


def differences(value: Any, drawn: Collection[bytes], names: Names) -> Any:
    """Write which code that is drawn shows which sign."""
    told, follows = ArrayObject(), -1
    for code, name in rows_of(value):
        if bytes([code]) in drawn:
            if code != follows:
                told.append(NumberObject(code))
            told.append(NameObject("/" + names.glyph(name[1:])))
            follows = code + 1
    return told


def drawings(font: Any, drawn: Collection[bytes]) -> dict[str, Any]:
    """Find the drawings of the signs that are drawn, by name."""
    told = font.get("/Encoding")
    told = told.get_object() if told is not None else {}
    rows = told.get("/Differences") if isinstance(told, DictionaryObject) else None
    rows = rows.get_object() if rows is not None else ()
    shown = {name for code, name in rows_of(rows) if bytes([code]) in drawn}
    held = font.get("/CharProcs").get_object()
    return {key: held.raw_get(key) for key in held if key in shown}


def keep_drawings(font: Any, drawn: Collection[bytes], names: Names) -> None:
    """Name the drawings of a font anew, and let those go that no page shows."""
    fresh = DictionaryObject()
    for key, value in drawings(font, drawn).items():
        fresh[NameObject("/" + names.glyph(key[1:]))] = value
    font[NameObject("/CharProcs")] = fresh
