"""Small PDFs, each with words in one place of which no page shows anything.

Source: ISO 32000-2; tables are named beside what they list.
"""

import base64
import io
import struct
import zlib
from collections.abc import Iterator, Sequence

from PIL import Image
from pypdf._codecs._codecs import LzwCodec

from newsroom import lettered, papers, planted

SAID = planted.TEXT
_CATALOG = {  # 29
    "metadata": b"/Metadata 5 0 R",
    "named destinations": b"/Names << /Dests << /Names [(@) [3 0 R /Fit]] >> >>",
    "attached file": b"/Names << /EmbeddedFiles << /Names [(a) << /Type /Filespec"
    b" /F (@) /UF (@) /Desc (@) /EF << /F 5 0 R >> >>] >> >>",
    "script": b"/Names << /JavaScript << /Names [(@) << /S /JavaScript /JS 5 0 R"
    b" >>] >> >>",
    "destinations": b"/Dests << /@ [3 0 R /Fit] >>",
    "outlines": b"/Outlines << /First << /Title (@) /Dest [3 0 R /Fit] >> >>",
    "page labels": b"/PageLabels << /Nums [0 << /S /D /P (@) >>] >>",
    "form": b"/AcroForm << /DA (@) /Fields [<< /T (@) /TU (@) /V (@)"
    b" /FT /Tx >>] /XFA [(@) 5 0 R] >>",
    "opened": b"/OpenAction << /S /JavaScript /JS (@) >> /AA << /WC << /S /Launch"
    b" /F (@) >> >>",
    "structure": b"/StructTreeRoot << /RoleMap << /@ /P >> /ClassMap << /@ 5 0 R"
    b" >> /K << /S /@ /Alt (@) /ActualText (@) /E (@) /T (@) /ID"
    b" (@) /A << /O /@ >> >> >> /MarkInfo << /Marked true /X (@) >>",
    "said of it": b"/Lang (@) /Version /@ /URI << /Base (@) >> /ViewerPreferences"
    b" << /NonFullScreenPageMode /@ >> /PageMode /@ /SpiderInfo << /V (@) >>",
    "programs": b"/PieceInfo << /@ << /Private (@) /LastModified (@) >> >>",
    "intents": b"/OutputIntents [<< /S /@ /OutputConditionIdentifier (@) /Info"
    b" (@) /RegistryName (@) /DestOutputProfile 5 0 R >>]",
    "layer": b"/OCProperties << /OCGs [<< /Type /OCG /Name (@) /Usage << /CreatorInfo"
    b" << /Creator (@) >> >> >>] /D << /Name (@) /Order [(@)] >> >>",
    "other": b"/AF [5 0 R] /Collection << /D (@) >> /DSS << /Certs [5 0 R] >> /Threads"
    b" [<< /I << /Title (@) >> >>] /Legal << /Attestation (@) >> /Perms << /DocMDP"
    b" << /Name (@) /Reason (@) >> >> /Extensions << /@ << /URL (@) >> >>"
    b" /Requirements [(@)] /@ (@)",
}
_PAGE = {  # 31
    "thumbnail": b"/Thumb 5 0 R",
    "metadata of a page": b"/Metadata 5 0 R /PieceInfo << /@ << /Private 5 0 R >> >>",
    "page": b"/LastModified (@) /ID (@) /Tabs /@ /B [(@)] /Trans << /S"
    b" /@ >> /AA << /O << /S /JavaScript /JS (@) >> >> /SeparationInfo <<"
    b" /DeviceColorant (@) >> /BoxColorInfo << /CropBox (@) >> /VP [<< /Name"
    b" (@) >>] /PresSteps << /X (@) >> /TemplateInstantiated /@ /AF 5 0 R"
    b" /ArtBox [0 0 9 9 (@)] /CropBox [0 0 200 200 (@)] /Rotate (@)",
    "remark": b"/Annots [<< /Subtype /Text /Rect [0 0 9 9] /Contents (@) /T (@)"
    b" /NM (@) /RC (@) >>]",
    "attached to a page": b"/Annots [<< /Subtype /FileAttachment /FS << /F (@) /EF <<"
    b" /F 5 0 R >> >> /Rect [0 0 9 9] >>]",
    "link": b"/Annots [<< /Subtype /Link /Rect [0 0 9 9 (@)] /Contents (@) /NM"
    b" (@) /AP << /N 5 0 R >> /PA << /URI (@) >> /A << /S /URI /URI"
    b" (https://a.example/) /IsMap /@ /Next << /S /URI /URI (@) >> >> >>]",
    "group": b"/Group << /S /Transparency /CS /DeviceRGB /@ (@) >>",
}
_DRAWN = {
    "remarks": b"%% @\n0 0 9 9 re f %% @",
    "marked": b"/@ << /ActualText (@) /Alt (@) /E (@) /Lang (@) >>"
    b" BDC 0 0 9 9 re f EMC /@ MP /@ << /X <504C414E5445442D475053> >> DP",
    "unknown operators": b"BX (@) @ /@ undone EX 0 0 9 9 re f",
    "operands": b"(@) /@ 0 0 9 9 re (@) f (@)",
    "missing resources": b"/@ gs /@ Do /@ cs /@ sh BT /@ 9 Tf ET",
}
_RESOURCES = {
    "state": b"/ExtGState << /A << /HT << /HalftoneType 1 /HalftoneName (@)"
    b" /SpotFunction /@ >> /TR /@ /BG /@ /UCR /@ /X (@) >> >>",
    "mask": b"/ExtGState << /A << /SMask << /S /Luminosity /G 6 0 R /TR /@ /BC [0"
    b" (@)] /X (@) >> >> >>",
    "properties": b"/Properties << /@ << /Metadata 5 0 R /X (@) >> >> /ProcSet [/@]",
    "profile": b"/ColorSpace << /A [/ICCBased 7 0 R] >>",
    "calibrated": b"/ColorSpace << /A [/CalRGB << /WhitePoint [1 1 1 (@)] /X (@)"
    b" >> (@)] >>",
    "inks": b"/ColorSpace << /A [/DeviceN [/@ /Cyan] /DeviceCMYK 8 0 R << /Colorants"
    b" << /@ (@) >> /Process << /Components [/@] >> /MixingHints <<"
    b" /@ 1 >> >>] >>",
    "table": b"/ColorSpace << /A [/Indexed /DeviceGray 0 (a@)] >>",
    "pattern": b"/Pattern << /A << /PatternType 2 /@ (@) /Shading <<"
    b" /ShadingType 2 /ColorSpace /DeviceGray /Coords [0 0 9 9] /X (@) /Function <<"
    b" /FunctionType 2 /N 1 /Domain [0 1] /X (@) >> >> >> >>",
    "drawn pattern": b"/Pattern << /A 9 0 R >>",
    "postscript": b"/XObject << /A 10 0 R >>",
}
_USED = b"/A gs /A cs /Pattern cs /A scn 0 0 9 9 re f /A Do"
_FORM = b"/Subtype /Form /BBox [0 0 9 9] /Name /@ /OPI (@) /Ref << /F (@) >>"
_FORM += b" /PieceInfo << /@ 5 0 R >> /Metadata 5 0 R /StructParent (@)"
_TILE = b"/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep 9 /YStep 9"
_CALCULATED = b"/FunctionType 4 /Domain [0 1 0 1] /Range [0 1 0 1 0 1 0 1]"


def places() -> Iterator[tuple[str, bytes]]:
    """Give the name of each place, and a document with words in it."""
    for name, entry in _CATALOG.items():
        yield name, page(catalog=entry.replace(b"@", SAID))
    for name, entry in _PAGE.items():
        yield name, page(entries=entry.replace(b"@", SAID))
    for name, drawn in _DRAWN.items():
        yield name, page(drawn=drawn.replace(b"@", SAID))
    for name, entry in _RESOURCES.items():
        yield name, page(drawn=_USED, resources=entry.replace(b"@", SAID))
    yield from _around()
    yield from _packed()
    yield from _pictures()


def page(
    *,
    catalog: bytes = b"",
    entries: bytes = b"",
    drawn: bytes = b"",
    resources: bytes = b"",
    more: Sequence[bytes] = (),
) -> bytes:
    """Write a page with things from 5 on that tell, and more from 11 on."""
    profile = bytes(16) + b"GRAY" + bytes(108) + SAID
    return papers.written(
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R"
        b" /Resources << %s >> %s >>" % (resources, entries),
        papers.stream(b"", drawn),
        papers.stream(b"/Type /%s" % SAID, SAID),
        papers.stream(_FORM.replace(b"@", SAID), b"0 0 9 9 re f %% %s" % SAID),
        papers.stream(b"/N 1 /Alternate /DeviceGray /Metadata 5 0 R", profile),
        papers.stream(_CALCULATED, b"{ %% %s\n0 0 }" % SAID),
        papers.stream(_TILE + b" /X (%s)" % SAID, b"0 0 9 9 re f %% %s" % SAID),
        papers.stream(b"/Subtype /PS /Level1 5 0 R", SAID),
        *more,
    )


def _around() -> Iterator[tuple[str, bytes]]:
    """Put words around objects."""
    plain = page().replace(SAID, b"nothing")
    told = b"/Root 1 0 R /Info << /Author (@) /Title <FEFF0050> /@ (@) >>"
    told += b" /ID [(@) (@)] /@ (@)"
    yield "trailer", plain.replace(b"/Root 1 0 R", told.replace(b"@", SAID))
    yield "before", SAID + b"\n" + plain
    yield "behind", plain + SAID
    yield "header", plain.replace(b"%PDF-1.7", b"%PDF-1.7 " + SAID, 1)
    yield "between", plain.replace(b"xref\n0", b"%% %s\nxref\n0" % SAID)
    yield "of nobody", page()
    older = b"3 0 obj\n<< /Old (%s) >>\nendobj\n" % SAID
    yield "older version", plain.replace(b"%PDF-1.7\n", b"%PDF-1.7\n" + older)
    words = page(catalog=b"/X (%s)" % SAID.decode().encode("utf-16"))
    yield "letters of two bytes", words
    yield "fonts", lettered.page()
    yield "many", papers.paper()


def _packed() -> Iterator[tuple[str, bytes]]:
    """Put words behind the end of each way to pack bytes. Table 6."""
    drawn = b"0 0 9 9 re f"
    digits = drawn.hex().encode()
    runs = bytes([len(drawn) - 1]) + drawn + b"\x80"
    for filter_, data in (
        ("FlateDecode", zlib.compress(drawn)),
        ("ASCIIHexDecode", digits + b">"),
        ("ASCII85Decode", base64.a85encode(drawn) + b"~>"),
        ("RunLengthDecode", runs),
        ("LZWDecode", LzwCodec().encode(drawn)),
    ):
        told = b"/Filter /%s /DL 9 /DecodeParms << /%s (%s) >>"
        told %= (filter_.encode(), SAID, SAID)
        tail = papers.stream(told, data + SAID)
        form = b"/Subtype /Form /BBox [0 0 9 9] " + told
        held = b"/XObject << /A 11 0 R >>"
        more = (papers.stream(form, data + SAID),)
        yield filter_, page(drawn=b"/A Do", resources=held, more=more)
        whole = page().replace(papers.stream(b"", b""), tail)
        yield f"{filter_} of a page", whole


def picture(entries: bytes, data: bytes, more: Sequence[bytes] = ()) -> bytes:
    """Write a page that shows a picture; what that names begins at 12."""
    whole = papers.stream(b"/Subtype /Image " + entries, data)
    held = b"/XObject << /A 11 0 R >>"
    return page(drawn=b"9 0 0 9 0 0 cm /A Do", resources=held, more=(whole, *more))


def _pictures() -> Iterator[tuple[str, bytes]]:
    """Put words into pictures, each packed in its own way."""
    grey = b"/ColorSpace /DeviceGray /Width 8 /Height 2 /BitsPerComponent 8 "
    pixels = bytes(range(16))
    rows = b"".join(b"\0" + pixels[at : at + 8] for at in (0, 8))
    way = b"/Filter /FlateDecode /DecodeParms << /Columns 8 /Predictor "
    entry = b"/Alternates [<< /Image 5 0 R >>] /OPI (@) /ID (@) /Name /@"
    entry += b" /Metadata 5 0 R /AF 5 0 R /Intent /@ /Measure << /X (@) >>"
    yield "entries of a picture", picture(grey + entry.replace(b"@", SAID), pixels)
    yield "pixels", picture(grey, pixels + SAID)
    png, hexed = way + b"15 >>", SAID.hex().encode()
    yield "rows", picture(grey + png, zlib.compress(rows + b"\0" + SAID))
    yield "differences", picture(grey + way + b"2 >>", zlib.compress(pixels + SAID))
    for name, how, data in (
        ("colours", b"", pixels),
        ("colours of rows", png, zlib.compress(rows)),
        ("colours of differences", way + b"2 >>", zlib.compress(pixels)),
    ):
        table = b"[/Indexed /DeviceGray 99 <%s%s>]" % (bytes(16).hex().encode(), hexed)
        yield name, picture(grey.replace(b"/DeviceGray", table) + how, data)
    narrow = b"/ImageMask true /Width 1 /Height %d" % len(SAID)
    yield "ends of rows", picture(narrow, SAID)  # seven bits of each byte show nothing
    yield "mask behind", picture(grey + b"/SMask 12 0 R", pixels, [_grey(pixels)])
    yield "mask of a picture", picture(grey + b"/Mask 12 0 R", pixels, [_grey(pixels)])
    yield from _scans()


def _scans() -> Iterator[tuple[str, bytes]]:
    """Put words into faxes, scans, photos and pictures among operators."""
    pixels = bytes(range(16))
    lines = b"/ColorSpace /DeviceGray /BitsPerComponent 1 /Width 64 /Height 48 "
    for kind, code in (("4", b"-1"), ("3", b"0"), ("3", b"1")):
        told = b"/Filter /CCITTFaxDecode /DecodeParms << /K %s /Columns 64 /Rows 48 >>"
        data = _fax(f"group{kind}") + SAID
        yield f"fax of {code.decode()}", picture(lines + told % code, data)
    yield "scan", scan()
    photo = b"/ColorSpace /DeviceRGB /BitsPerComponent 8 /Width 64 /Height 48 "
    yield "photo", picture(photo + b"/Filter /DCTDecode", papers.photo() + SAID)
    packed = zlib.compress(papers.photo() + SAID) + SAID
    both = photo + b"/Filter [/FlateDecode /DCTDecode]"
    yield "photo packed twice", picture(both, packed)
    jp2 = b"\0\0\0\x0cjP  \r\n\x87\n" + SAID
    yield "JPEG 2000", picture(photo + b"/Filter /JPXDecode", jp2)
    told = b"BI /W 8 /H 2 /BPC 8 /CS /G /@ (@) ID ".replace(b"@", SAID)
    yield "inline", page(drawn=told + pixels + SAID + b"\nEI")
    runs = b"BI /W 8 /H 2 /BPC 8 /CS /G /F /RL ID \x0f" + pixels + b"\x80" + SAID
    yield "inline, packed", page(drawn=runs + b"\nEI")


def _grey(pixels: bytes) -> bytes:
    entries = b"/Subtype /Image /Width 8 /Height 2 /ColorSpace /DeviceGray"
    return papers.stream(entries + b" /BitsPerComponent 8", pixels + SAID)


def _fax(how: str) -> bytes:
    out = io.BytesIO()
    image = Image.linear_gradient("L").resize((64, 48)).convert("1")
    image.save(out, "TIFF", compression=how, tiffinfo={278: 48})
    tags = Image.open(io.BytesIO(out.getvalue())).tag_v2
    return out.getvalue()[tags[273][0] :][: tags[279][0]]


def scan() -> bytes:
    """Make a scan with words in a remark, behind its code and in what it shares.

    Its region holds the code of a fax: T.88, 6.2.6.
    """
    size = struct.pack(">II", 64, 48)
    region = size + bytes(9) + b"\1" + _fax("group4") + SAID
    segments = [(48, size + bytes(11)), (62, b"\x20\0\0\0" + SAID), (38, region)]
    told = b"/ColorSpace /DeviceGray /BitsPerComponent 1 /Width 64 /Height 48 /Filter"
    told += b" /JBIG2Decode /DecodeParms << /JBIG2Globals 12 0 R >>"
    data = b"".join(
        struct.pack(">IBBBI", number, kind, 0, 1, len(body)) + body
        for number, (kind, body) in enumerate(segments, 1)
    )
    shared = struct.pack(">IBBBI", 0, 62, 0, 0, len(SAID) + 4) + b"\x20\0\0\0" + SAID
    return picture(told, data, [papers.stream(b"", shared)])
