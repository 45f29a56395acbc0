"""Which entries of a PDF's dictionaries a reader needs to see its pages, and no others.

A shape names the entries that stay and what each holds:

    /A/B      one of these names, and the first where it is another
    n, n4, n* a number; so many numbers at most; numbers
    b, b2     a truth; two of them
    {x}       a dictionary of names to x
    a word    a shape, or what `pruning` knows to write anew

An array is judged by what it holds.

Source: ISO 32000-2; tables are named beside each shape.
"""

from collections.abc import Mapping

Shape = Mapping[str, str]

INTENTS = "/RelativeColorimetric/AbsoluteColorimetric/Saturation/Perceptual"
BLENDS = (
    "/Normal/Compatible/Multiply/Screen/Overlay/Darken/Lighten/ColorDodge/ColorBurn"
    "/HardLight/SoftLight/Difference/Exclusion/Hue/Saturation/Color/Luminosity"
)
ENCODINGS = "/StandardEncoding/MacRomanEncoding/WinAnsiEncoding/MacExpertEncoding"


def _shape(numbers: str = "", **others: str) -> Shape:
    shape = {f"/{name}": "n" for name in numbers.split()}
    return shape | {f"/{name}": kind for name, kind in others.items()}


_RESOURCES = {"Resources": "resources"}
_PARTS: dict[str, Shape] = {
    "catalog": _shape(Type="/Catalog", Pages="pages"),  # 29
    "pages": _shape("Count", Type="/Pages", Kids="page"),  # 30
    "page": _shape(  # 31
        "Rotate UserUnit",
        Type="/Page",
        MediaBox="n4",
        CropBox="n4",
        Parent="parent",
        Contents="content",
        Annots="link",
        **{"Group": "group", **_RESOURCES},
    ),
    "link": _shape(  # 176
        Type="/Annot", Subtype="/Link", Rect="n4", Border="n3", A="address"
    ),
    "address": _shape(S="/URI", URI="web"),  # 210
    "resources": _shape(  # 34; Properties of marked content are not among them
        ExtGState="named",
        ColorSpace="named",
        Pattern="named",
        Shading="named",
        XObject="named",
        Font="named",
    ),
    "group": _shape(Type="/Group", S="/Transparency", I="b", K="b", CS="space"),  # 145
}
_PAINTS: dict[str, Shape] = {
    "state": _shape(  # 57
        "LW LC LJ ML OPM FL SM CA ca",
        Type="/ExtGState",
        D="dash",
        RI=INTENTS,
        BM="blend",
        SMask="softmask",
        Font="sized",
        **dict.fromkeys(("OP", "op", "SA", "AIS", "TK"), "b"),
    ),
    "softmask": _shape(  # 142
        Type="/Mask", S="/Alpha/Luminosity", BC="n*", G="form", TR="function"
    ),
    "function": _shape(  # 38 to 41
        "FunctionType BitsPerSample Order N",
        Functions="function",
        **dict.fromkeys(
            ("Domain", "Range", "Size", "Encode", "Decode", "C0", "C1", "Bounds"), "n*"
        ),
    ),
    "shading": _shape(  # 77 to 84
        "ShadingType BitsPerCoordinate BitsPerComponent BitsPerFlag VerticesPerRow",
        Background="n*",
        BBox="n4",
        AntiAlias="b",
        Domain="n4",
        Matrix="n6",
        Coords="n6",
        Extend="b2",
        Decode="n*",
        ColorSpace="space",
        Function="function",
    ),
    "tiling": _shape(  # 74
        "PatternType PaintType TilingType XStep YStep",
        Type="/Pattern",
        BBox="n4",
        Matrix="n6",
        **_RESOURCES,
    ),
    "shaded": _shape(  # 75
        "PatternType",
        Type="/Pattern",
        Matrix="n6",
        Shading="shading",
        ExtGState="state",
    ),
    "form": _shape(  # 93
        "FormType",
        Type="/XObject",
        Subtype="/Form",
        BBox="n4",
        Matrix="n6",
        **{"Group": "group", **_RESOURCES},
    ),
    "image": _shape(  # 87
        "Width Height BitsPerComponent",
        Type="/XObject",
        Subtype="/Image",
        Intent=INTENTS,
        ImageMask="b",
        Interpolate="b",
        Decode="n*",
        Matte="n*",
        ColorSpace="done",
        DecodeParms="parameters",
        Mask="mask",
        SMask="image",
    ),
    "parameters": _shape(  # 11 to 13
        "Predictor Colors BitsPerComponent K Columns Rows",
        BlackIs1="b",
    ),
    "calibrated": _shape(  # 62 to 64
        WhitePoint="n3", BlackPoint="n3", Gamma="gamma", Matrix="n9", Range="n4"
    ),
}
_FONT = {"Type": "/Font", "FontDescriptor": "descriptor", "BaseFont": "done"}
_SIMPLE = {**_FONT, "Widths": "n*", "Encoding": "encoding", "ToUnicode": "letters"}
_FONTS: dict[str, Shape] = {
    "type0": _shape(  # 119
        **_FONT,
        Subtype="/Type0",
        Encoding="encoding",
        ToUnicode="letters",
        DescendantFonts="font",
    ),
    "type1": _shape("FirstChar LastChar", Subtype="/Type1", **_SIMPLE),  # 109
    "truetype": _shape("FirstChar LastChar", Subtype="/TrueType", **_SIMPLE),  # 109
    "type3": _shape(  # 110; what it is called draws nothing
        "FirstChar LastChar",
        Type="/Font",
        Subtype="/Type3",
        FontBBox="n4",
        FontMatrix="n6",
        CharProcs="glyphs",
        Widths="n*",
        Encoding="encoding",
        ToUnicode="letters",
        **_RESOURCES,
    ),
    "cid": _shape(  # 115
        "DW",
        Subtype="/CIDFontType2/CIDFontType0",
        W="widths",
        DW2="n2",
        W2="widths",
        CIDSystemInfo="system",
        CIDToGIDMap="turned",
        **_FONT,
    ),
    "descriptor": _shape(  # 120, 122
        "FontWeight Flags ItalicAngle Ascent Descent Leading CapHeight XHeight StemV"
        " StemH AvgWidth MaxWidth MissingWidth",
        Type="/FontDescriptor",
        FontName="done",
        FontBBox="n4",
        FontFile2="done",
        FontFile3="done",
    ),
    "differences": _shape(  # 112
        Type="/Encoding", BaseEncoding=ENCODINGS, Differences="differences"
    ),
    "signs": _shape("WMode", Type="/CMap", CMapName="/S", CIDSystemInfo="system"),
    "letters": _shape(Type="/CMap", CMapName="/L"),
    "glyph": _shape(),
    "content": _shape(),
}
SHAPES: Mapping[str, Shape] = _PARTS | _PAINTS | _FONTS
# What resources are of: the letter of their new names, and the shape of each.
KINDS: Mapping[str, tuple[str, str]] = {
    "/ExtGState": ("G", "state"),
    "/ColorSpace": ("C", "space"),
    "/Pattern": ("P", "pattern"),
    "/Shading": ("S", "shading"),
    "/XObject": ("X", "xobject"),
    "/Font": ("F", "font"),
}
