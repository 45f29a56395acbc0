"""Small PDFs with words in what a font says of codes that no page draws."""

import io
import struct
from collections.abc import Iterator

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from newsroom import everywhere, lettered, papers
from newsroom.everywhere import SAID


def places() -> Iterator[tuple[str, bytes]]:
    """Give the name of each place, and a document with words in it."""
    said = SAID[:7].decode().encode("utf-16-be").hex().encode()
    for name, rows in (
        ("letters of a code", b"beginbfchar <91> <%s> endbfchar" % said),
        ("letters of codes", b"beginbfrange <91> <92> [<%s> <0041>] endbfrange" % said),
        ("codes", b"begincodespacerange <475053> <FFFFFF> endcodespacerange"),
    ):
        yield name, lettered_by(b"beginbfchar <41> <0041> endbfchar " + rows, b"A")
    kept = papers.stream(b"", b"begincidchar <0041> 1 <475053> 2 endcidchar")
    below = b"/DescendantFonts [<< /Subtype /CIDFontType0 /BaseFont /A >>]"
    font = b"/Subtype /Type0 /BaseFont /A /Encoding 12 0 R " + below
    yield "signs", drawn_by(font, b"<0041> Tj", kept)
    font = b"/Subtype /TrueType /BaseFont /A /FontDescriptor 12 0 R"
    told = b"<< /Type /FontDescriptor /FontName /A /Flags 4 /FontFile2 13 0 R >>"
    yield "widths", drawn_by(font, b"(A) Tj", told, papers.stream(b"", _widths()))
    unseen = papers.stream(b"", b"9 0 d0 BT /F 9 Tf (%s) Tj ET" % SAID)
    seen = papers.stream(b"", b"9 0 d0 0 0 9 9 re f")
    font = b"/Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [.1 0 0 .1 0 0] /CharProcs"
    font += b" << /A 12 0 R /B 13 0 R >> /Encoding << /Differences [65 /B /A] >>"
    yield "drawing of a sign", drawn_by(font, b"(A) Tj", unseen, seen)


def _widths() -> bytes:
    """Make a program of TrueType whose signs have words for widths. All but A do."""
    names = [".notdef", "A", "w0", "w1", "w2"]
    font = FontBuilder(1_000, isTTF=True)
    font.setupGlyphOrder(names)
    font.setupCharacterMap({65: "A"})
    pen = TTGlyphPen(None)
    lettered.square(pen)
    font.setupGlyf(dict.fromkeys(names, pen.glyph()))
    said = SAID.ljust(12)
    pairs = [struct.unpack(">Hh", said[at : at + 4]) for at in (0, 4, 8)]
    font.setupHorizontalMetrics(dict(zip(names, [(600, 0)] * 2 + pairs, strict=True)))
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupPost()
    out = io.BytesIO()
    font.font.save(out)
    return out.getvalue()


def pages(count: int) -> bytes:
    """Write a document of so many pages with a word each."""
    kids = b" ".join(b"%d 0 R" % (4 + number) for number in range(count))
    one = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 3 0 R >>"
    return papers.written(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (count, kids),
        papers.stream(b"", b"0 0 9 9 re f"),
        *[one] * count,
    )


def lettered_by(rows: bytes, drawn: bytes) -> bytes:
    """Write a page with some letters, and what a map says they are."""
    font = b"/Subtype /Type1 /BaseFont /Helvetica /ToUnicode 12 0 R"
    return drawn_by(font, b"(%s) Tj" % drawn, papers.stream(b"", rows))


def drawn_by(font: bytes, drawn: bytes, *more: bytes) -> bytes:
    """Write a page with text of a font, and what that names from 12 on."""
    told = b"<< /Type /Font %s >>" % font
    text = b"BT /A 9 Tf 9 9 Td %s ET" % drawn
    return everywhere.page(
        drawn=text, resources=b"/Font << /A 11 0 R >>", more=(told, *more)
    )


def aside(how: str) -> bytes:
    """Write a page whose pattern, sign or mask draws a form with two words."""
    helvetica = b"/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
    form = b"/Subtype /Form /BBox [0 0 99 99] /Resources << %s >>" % helvetica
    words = papers.stream(form, b"1 g BT /F 9 Tf 9 9 Td (Two words) Tj ET")
    held = b" /Resources << /XObject << /X 11 0 R >> >>"
    tile = b"/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 99 99] /XStep 99"
    font = b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [.1 0 0 .1"
    font += b" 0 0] /CharProcs << /A 13 0 R >> /Encoding << /Differences [65 /A] >>"
    mask = b"<< /Type /ExtGState /SMask << /S /Alpha /G 11 0 R >> >>"
    drawn, resources, *more = {
        "pattern": (
            b"/Pattern cs /A scn 0 0 99 99 re f",
            b"/Pattern << /A 12 0 R >>",
            papers.stream(tile + b" /YStep 99" + held, b"/X Do"),
        ),
        "sign": (
            b"BT /A 9 Tf 9 9 Td (A) Tj ET",
            b"/Font << /A 12 0 R >>",
            font + held + b" >>",
            papers.stream(b"", b"9 0 d0 0 0 5 5 re f /X Do"),
        ),
        "mask": (b"/A gs 0 0 9 9 re f", b"/ExtGState << /A 12 0 R >>", mask),
    }[how]
    return everywhere.page(drawn=drawn, resources=resources, more=(words, *more))
