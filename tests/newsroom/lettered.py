"""A page whose fonts, maps, functions, names and operators tell where it was made."""

import io
import zlib

from fontTools import cffLib
from fontTools.fontBuilder import FontBuilder
from fontTools.misc import eexec
from fontTools.misc.psCharStrings import T1CharString
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import newTable
from PIL import Image

from newsroom import planted
from newsroom.papers import stream, written

SAID = planted.TEXT
_NAME = SAID.decode()


def square(pen, size=500):
    pen.moveTo((0, 0))
    pen.lineTo((size, 0))
    pen.lineTo((size, size))
    pen.closePath()
    return pen


def _builder(*, with_curves):
    font = FontBuilder(1_000, isTTF=not with_curves)
    font.setupGlyphOrder([".notdef", "A", _NAME])
    font.setupCharacterMap({65: "A", 66: _NAME})
    return font


def truetype():
    """Make a program of TrueType with names, a signature and code that tells."""
    font = _builder(with_curves=False)
    glyphs = {name: square(TTGlyphPen(None)).glyph() for name in ("A", _NAME)}
    font.setupGlyf({".notdef": TTGlyphPen(None).glyph(), **glyphs})
    font.setupHorizontalMetrics(dict.fromkeys((".notdef", "A", _NAME), (600, 0)))
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupNameTable({"copyright": _NAME, "designer": _NAME})
    font.setupOS2(achVendID="GPS!")
    font.setupPost()
    for tag in ("DSIG", "meta", "fpgm", "PLAN"):
        table = font.font[tag] = newTable("PLAN")
        table.data = SAID
    out = io.BytesIO()
    font.font.save(out)
    return out.getvalue() + SAID


def cff():
    """Make a program of CFF whose notice, names and code tell."""
    font = _builder(with_curves=True)
    drawn = {
        name: square(T2CharStringPen(600, None)).getCharString()
        for name in (".notdef", "A", _NAME)
    }
    font.setupCFF(_NAME, {"Notice": _NAME, "FullName": _NAME}, drawn, {})
    font.font["CFF "].cff[0].Encoding = [
        {65: "A", 66: _NAME, 67: "A"}.get(code, ".notdef") for code in range(256)
    ]
    for sign in drawn.values():
        sign.compile()
        sign.bytecode += SAID  # behind its end
    out = io.BytesIO()
    font.font.recalcBBoxes = False
    font.font["CFF "].cff.compile(out, font.font, isCFF2=False)
    fonts = cffLib.CFFFontSet()
    fonts.decompile(io.BytesIO(out.getvalue()), None)
    assert "A" in fonts[0].CharStrings
    return out.getvalue() + SAID


def type1():
    """Make a program of Type 1 with remarks, words and code that tell."""
    program = [0, 600, "hsbw", 500, "hlineto", 500, "vlineto", "closepath", "endchar"]
    sign = T1CharString(program=program)
    sign.compile()
    code, _ = eexec.encrypt(b"GPS!" + sign.bytecode + SAID, 4_330)
    signs = b"".join(
        b"/%s %d RD %s ND\n" % (name, len(code), code)
        for name in (b".notdef", b"A", SAID)
    )
    secret = (
        b"GPS!dup /Private 8 dict dup begin\n%% %s\n/Notice (%s) def /lenIV 4 def\n"
    )
    secret %= (SAID, SAID)
    secret += b"2 index /CharStrings 3 dict dup begin\n" + signs
    hidden, _ = eexec.encrypt(secret + b"end\nend\n", 55_665)
    plain = (
        b"%%!PS-AdobeFont-1.0: X\n%% %s\n/FontInfo 2 dict dup begin /Notice (%s) def"
        b" end def\n/FontMatrix [0.001 0 0 0.001 0 0] readonly def\n"
        b"/Encoding 256 array\ndup 65 /A put\n"
        b"dup 66 /%s put\ndup 67 /A put\nreadonly def\n"
        b"currentfile eexec\n" % (SAID, SAID, SAID)
    )
    return plain + hidden + b"0" * 512 + b"cleartomark\n%" + SAID


def fax():
    """Give the code of a fax, and bytes behind its end."""
    out = io.BytesIO()
    image = Image.linear_gradient("L").resize((64, 48)).convert("1")
    image.save(out, "TIFF", compression="group4", tiffinfo={278: 48})
    tags = Image.open(io.BytesIO(out.getvalue())).tag_v2
    start, length = tags[273][0], tags[279][0]
    return out.getvalue()[start : start + length] + SAID


_MAP = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
%% %s
/CIDSystemInfo << /Registry (%s) /Ordering (%s) /Supplement 0 >> def
/CMapName /%s def /XUID [1 2] def
1 begincodespacerange <00> <FF> endcodespacerange
2 beginbfchar <41> <0041> <42> <0042> endbfchar
1 beginbfrange <43> <43> [<0043>] endbfrange
endcmap
""" % ((SAID,) * 4)
_DRAWN = b"""
q (%(s)s) (%(s)s) 1 0 0 1 0 0 cm
/%(s)s gs /%(s)s ri (%(s)s) PLANTED /Undefined%(s)s Do
/%(s)s cs 0.5 scn 0 0 30 30 re f
/%(s)s sh
BT /%(s)s1 20 Tf 10 100 Td (ABC) Tj /%(s)s2 20 Tf (ABC) Tj /%(s)s3 20 Tf (ABC) Tj
/%(s)s4 20 Tf [(A) 20 (B) /%(s)s] TJ ET
q 40 0 0 40 100 10 cm /%(s)s Do Q
q 9 0 0 9 150 150 cm BI /W 4 /H 2 /BPC 8 /CS /G /%(s)s (%(s)s) ID 12345678%(s)s
EI Q
q 9 0 0 9 170 150 cm BI /W 4 /H 2 /BPC 8 /CS /G /F [/AHx /Fl] ID %(packed)s>
EI Q
Q
"""


_NAMED = b"""
/ExtGState << /%(s)s << /LW 2 /%(s)s (%(s)s) /BM /%(s)s >> >>
/ColorSpace << /%(s)s [/Separation /%(s)s /DeviceGray 18 0 R] >>
/Shading << /%(s)s 19 0 R >> /XObject << /%(s)s 17 0 R /Unused%(s)s 20 0 R >>
/Font << /%(s)s1 5 0 R /%(s)s2 6 0 R /%(s)s3 7 0 R /%(s)s4 8 0 R >>
"""
_FONT = b"""<< /Type /Font /Subtype /%(kind)s /BaseFont /ABCDEF+%(s)s /FirstChar 65
/LastChar 67 /Widths [600 600 600 (%(s)s)] /FontDescriptor %(at)d 0 R
/ToUnicode 9 0 R /Encoding << /Differences [65 /A /%(s)s /A] /X (%(s)s) >> >>"""
_DESCRIBED = b"""<< /Type /FontDescriptor /FontName /ABCDEF+%(s)s /Flags 4
/CharSet (/%(s)s) /FontFamily (%(s)s) /FontStretch /%(s)s /%(kind)s %(at)d 0 R >>"""
_DRAWN_FONT = b"""<< /Type /Font /Subtype /Type3 /BaseFont /%(s)s /FontBBox [0 0 9 9]
/FontDescriptor << /Type /FontDescriptor /FontName /%(s)s /Flags 4 >>
/FontMatrix [.1 0 0 .1 0 0] /FirstChar 65 /LastChar 66 /Widths [9 9]
/Encoding << /Differences [65 /%(s)s /B] >>
/CharProcs << /%(s)s 21 0 R /B 21 0 R /C 22 0 R >> >>"""
_FAX = b"""/Subtype /Image /Width 64 /Height 48 /BitsPerComponent 1 /ColorSpace
/DeviceGray /Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 64 >>"""
_FUNCTION = b"/FunctionType 0 /Domain [0 1] /Range [0 1] /Size [2] /BitsPerSample 8"
_MESH = b"""/ShadingType 4 /ColorSpace /DeviceGray /BitsPerCoordinate 16
/BitsPerComponent 8 /BitsPerFlag 8 /Decode [0 99 0 99 0 1]"""
_UNUSED = (
    b"/Subtype /Image /Width 8 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray"
)


def page():
    """Make the page."""
    packed = (zlib.compress(b"12345678" + SAID) + SAID).hex().encode()
    told = {b"s": SAID, b"packed": packed}
    return written(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200 (%s)] /Contents 4 0 R"
        b" /Resources << %s >> >>" % (SAID, _NAMED % told),
        stream(b"", _DRAWN % told),
        *_each(_FONT, {10: b"Type1", 11: b"Type1", 12: b"TrueType"}),
        _DRAWN_FONT % told,
        stream(b"/X (%s)" % SAID, _MAP),
        *_each(_DESCRIBED, {13: b"FontFile", 14: b"FontFile3", 15: b"FontFile2"}),
        stream(b"/Length1 %d" % type1().index(b"eexec\n"), type1()),
        stream(b"/Subtype /Type1C", cff()),
        stream(b"", truetype()),
        stream(b"", SAID),
        stream(_FAX, fax()),
        stream(_FUNCTION, b"\0\xff" + SAID),
        stream(_MESH, b"\0" + bytes(5) + (b"\0" + bytes(4) + b"\xff") * 2 + SAID),
        stream(_UNUSED, SAID[:8]),
        stream(b"", b"9 0 d0 0 0 5 5 re f %% %s" % SAID),
        stream(b"", b"9 0 d0 (%s) Tj" % SAID),
    )


def _each(shape, kinds):
    return [shape % {b"s": SAID, b"kind": kinds[at], b"at": at} for at in kinds]
