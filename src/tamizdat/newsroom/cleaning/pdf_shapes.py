"""Which entries of a PDF's dictionaries a reader needs to see its pages, and no others.

A shape names the entries that stay and the shape of what each holds. `scalar` is a
number, name or truth; `text` may be a string as well; `{x}` is a dictionary of names to
x. An array is judged by what it holds, and any shape may also be a scalar.

Source: ISO 32000-2; tables are named beside each shape.
"""

from collections.abc import Mapping

Shape = Mapping[str, str]


def _shape(scalars: str, **others: str) -> Shape:
    shape = {f"/{name}": "scalar" for name in scalars.split()}
    return shape | {f"/{name}": kind for name, kind in others.items()}


_RESOURCES = {"Resources": "resources"}
_PARTS: dict[str, Shape] = {
    "catalog": _shape("Type", Pages="pages"),  # 29
    "pages": _shape("Type Count", Kids="page"),  # 30
    "page": _shape(  # 31
        "Type MediaBox CropBox Rotate UserUnit",
        Parent="parent",
        Contents="content",
        Annots="link",
        **{"Group": "group", **_RESOURCES},
    ),
    "link": _shape("Type Subtype Rect Border", A="address"),  # 176
    "address": _shape("S", URI="text"),  # 210
    "resources": _shape(  # 34; Properties of marked content are not among them
        "",
        ExtGState="{state}",
        ColorSpace="{space}",
        Pattern="{pattern}",
        Shading="{shading}",
        XObject="{xobject}",
        Font="{font}",
    ),
    "group": _shape("Type S I K", CS="space"),  # 145
}
_PAINTS: dict[str, Shape] = {
    "state": _shape(  # 57
        "Type LW LC LJ ML D RI OP op OPM FL SM SA BM CA ca AIS TK",
        SMask="softmask",
        Font="font",
    ),
    "softmask": _shape("Type S BC", G="form", TR="function"),  # 142
    "function": _shape(  # 38 to 41
        "FunctionType Domain Range Size BitsPerSample Order Encode Decode C0 C1 N"
        " Bounds",
        Functions="function",
    ),
    "shading": _shape(  # 77 to 84
        "ShadingType Background BBox AntiAlias Domain Matrix Coords Extend"
        " BitsPerCoordinate BitsPerComponent BitsPerFlag Decode VerticesPerRow",
        ColorSpace="space",
        Function="function",
    ),
    "tiling": _shape(  # 74
        "Type PatternType PaintType TilingType BBox XStep YStep Matrix", **_RESOURCES
    ),
    "shaded": _shape(  # 75
        "Type PatternType Matrix", Shading="shading", ExtGState="state"
    ),
    "form": _shape(  # 93
        "Type Subtype FormType BBox Matrix", Group="group", **_RESOURCES
    ),
    "image": _shape(  # 87
        "Type Subtype Width Height BitsPerComponent Intent ImageMask Decode"
        " Interpolate Filter",
        ColorSpace="space",
        DecodeParms="parameters",
        Mask="image",
        SMask="image",
    ),
    "parameters": _shape(  # 11 to 13
        "Predictor Colors BitsPerComponent K EndOfLine EncodedByteAlign Columns Rows"
        " EndOfBlock BlackIs1 DamagedRowsBeforeError ColorTransform",
        JBIG2Globals="globals",
    ),
    "globals": _shape(""),
    "calibrated": _shape("WhitePoint BlackPoint Gamma Matrix Range"),  # 62 to 64
}
_FONTS: dict[str, Shape] = {
    "font": _shape(  # 109 to 119
        "Type Subtype Name BaseFont FirstChar LastChar Widths FontBBox FontMatrix DW W"
        " DW2 W2",
        FontDescriptor="descriptor",
        Encoding="encoding",
        ToUnicode="map",
        DescendantFonts="font",
        CIDSystemInfo="system",
        **{"CIDToGIDMap": "program", "CharProcs": "{glyph}", **_RESOURCES},
    ),
    "descriptor": _shape(  # 120, 122
        "Type FontName FontFamily FontStretch FontWeight Flags FontBBox ItalicAngle"
        " Ascent Descent Leading CapHeight XHeight StemV StemH AvgWidth MaxWidth"
        " MissingWidth",
        FontFile="program",
        FontFile2="program",
        FontFile3="program",
        CharSet="text",
        CIDSet="program",
        FontFamily="text",
    ),
    "program": _shape("Subtype Length1 Length2 Length3"),  # 125
    "encoding": _shape(  # 112, 118
        "Type BaseEncoding Differences CMapName WMode",
        CIDSystemInfo="system",
        UseCMap="map",
    ),
    "map": _shape("Type CMapName WMode", CIDSystemInfo="system", UseCMap="map"),
    "system": _shape("Supplement", Registry="text", Ordering="text"),  # 114
    "glyph": _shape(""),
    "content": _shape(""),
}
SHAPES: Mapping[str, Shape] = _PARTS | _PAINTS | _FONTS
DRAWN = {"content", "form", "tiling", "glyph"}  # whose bytes are operators
