"""PDFs that tell who made them, and where, in places that programs seldom look at."""

import contextlib
import io
import re
import zlib

from PIL import Image
from pypdf import PdfReader
from pypdf.generic import StreamObject

from newsroom import planted

_SAID = planted.TEXT
_TELLING = b"/Whose (%s) /LGIDict << /Display (%s) >> /PieceInfo << /X (%s) >>" % (
    (_SAID,) * 3
)


def photo() -> bytes:
    """Make a photo of several scans, with words between them."""
    out = io.BytesIO()
    image = Image.linear_gradient("L").resize((64, 48)).convert("RGB")
    image.save(out, "JPEG", progressive=True)
    data = out.getvalue()
    second = data.find(b"\xff\xda", data.find(b"\xff\xda") + 2)
    app1 = b"\xff\xe1" + (len(_SAID) + 8).to_bytes(2) + b"Exif\0\0" + _SAID
    return data[:second] + app1 + data[second:]


def paper() -> bytes:
    """Make a page on which everything is drawn by something that tells."""
    drawn = [
        b"%% %s\n/Span << /ActualText (%s) >> BDC" % (_SAID, _SAID),
        b"q 100 0 0 75 0 0 cm /A Do Q q 50 0 0 50 100 0 cm /B Do Q EMC",
        b"q 60 0 0 40 0 100 cm BI /W 64 /H 48 /BPC 8 /CS /RGB /F /DCT ID "
        + photo()
        + b"\nEI Q",
    ]
    two = photo() + planted.picture(
        "JPEG", (40, 30)
    )  # as phones write them: CIPA DC-007
    pixels = zlib.compress(bytes(64 * 48)) + _SAID
    picture = b"/Subtype /Image /Width 64 /Height 48 /BitsPerComponent 8 "
    return written(
        b"<< /Type /Catalog /Pages 2 0 R /Metadata 4 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R"
        b" /Resources << /XObject << /A 5 0 R /B 6 0 R >> /Properties <<"
        b" /P << /Metadata 4 0 R >> >> >> " + _TELLING + b" >>",
        stream(b"", b"\n".join(drawn)),
        stream(picture + b"/ColorSpace /DeviceRGB /Filter /DCT " + _TELLING, two),
        stream(picture + b"/ColorSpace [/ICCBased 7 0 R] /Filter /FlateDecode", pixels),
        stream(b"/N 1", bytes(16) + b"GRAY" + bytes(108) + _SAID),
    )


def layered(*, hidden: bool) -> bytes:
    """Make a page with a layer that its readers see, or do not."""
    off = b"/OFF [4 0 R]" if hidden else b""
    return written(
        b"<< /Type /Catalog /Pages 2 0 R /OCProperties << /OCGs [4 0 R]"
        b" /D << %s >> >> >>" % off,
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
        b"<< /Type /OCG /Name (Layer) >>",
    )


_VEILS = b"""/ExtGState << /V << /ca .88 >> /L << /Font [7 0 R 12] >> >>
/Shading << /S << /ShadingType 2 /ColorSpace /DeviceRGB /Coords [0 0 200 0]
/Function << /FunctionType 2 /Domain [0 1] /N 1
/C0 [.8 .3 .1] /C1 [.1 .1 .4] >> >> >>"""
_HELVETICA = b"/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"

_SQUARES = b"""/Z << /Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats >>
/T << /Type /Font /Subtype /Type3 /FontBBox [0 0 200 200] /FontMatrix [1 0 0 1 0 0]
/CharProcs << /a 6 0 R >> /Encoding << /Differences [65 /a] >> /FirstChar 65
/LastChar 65 /Widths [200] /Resources << >> >> >>"""
_IN_A_FORM = b"BT 20 90 Td (Given letters) Tj ET"


def worded(drawn: bytes, *, box: bytes = b"", turned: int = 0) -> bytes:
    """Make a page with a form named A that draws "In a form", and three fonts.

    F has letters, n of Z is a square, and A of T is a bar that hides what is at 150.
    """
    held = b"%s %s /XObject << /A 5 0 R >>" % (_HELVETICA[:-2] + _SQUARES, _VEILS)
    form = b"/Subtype /Form /BBox [0 0 200 200] /Resources << %s >>" % _HELVETICA
    return written(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R"
        b" /Resources << %s >> /Rotate %d %s >>" % (held, turned, box),
        stream(b"", b"BT /F 12 Tf 20 20 Td (Seen) Tj ET\n" + drawn),
        stream(form, b"BT /F 12 Tf 20 90 Td (In a form) Tj ET"),
        stream(b"", b"200 0 d0 0 g 10 140 180 30 re f"),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )


def given(state: bytes, within: bytes = _IN_A_FORM) -> bytes:
    """Make a page that draws, with a state, a form in a form without a font."""
    form = b"/Subtype /Form /BBox [0 0 200 200] /Resources << /XObject << %s >> >>"
    return written(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R"
        b" /Resources << %s /XObject << /A 5 0 R >> >> >>" % _HELVETICA,
        stream(b"", state + b" /A Do"),
        stream(form % b"/B 6 0 R", b"q /B Do Q"),
        stream(form % b"", within),
    )


def looking(field: bytes, how: bytes) -> bytes:
    """Make what stands in a field that looks like some of `looks`, from object 6 on."""
    return b"/Subtype /Widget /Rect [0 0 9 9] %s /AP << /N %s >>" % (field, how)


def looks() -> list[bytes]:
    """Make a bar, something without ink, and another drawing."""
    drawn = [b"0 0 9 9 re f", b"q 0 0 9 9 re W n BT ( ) Tj ET Q", b"/X Do"]
    return [stream(b"/Subtype /Form /BBox [0 0 9 9]", one) for one in drawn]


def covered(words: bytes) -> bytes:
    """Make a page with words under a black bar."""
    return worded(b"BT /F 12 Tf 20 150 Td (%s) Tj ET 10 140 180 30 re f" % words)


def inflated(data: bytes) -> list[bytes]:
    """List what stands in the streams of a PDF, unpacked where it was deflated."""
    streams = re.findall(rb"stream\r?\n(.*?)endstream", data, re.DOTALL)
    found = []
    for stream in streams:
        try:
            found.append(zlib.decompressobj().decompress(stream))
        except zlib.error:
            found.append(stream)
    return found


def spelled(data: bytes) -> bytes:
    """Join the streams of a PDF, and what stands in digits there."""
    texts = inflated(data)
    digits = [d for text in texts for d in re.findall(rb"<([0-9A-Fa-f]{2,})>", text)]
    told = [bytes.fromhex(d[: len(d) // 2 * 2].decode()) for d in digits]
    return b"\n".join([*texts, *told])


def opened(data: bytes) -> bytes:
    """Join a PDF with all its streams, each with what packs it undone."""
    reader = PdfReader(io.BytesIO(data))
    found = [data]
    for number in range(int(reader.trailer["/Size"])):
        one = reader.get_object(number)
        if isinstance(one, StreamObject):
            found.append(one._data)  # noqa: SLF001 (as it is packed)
            with contextlib.suppress(Exception):  # of words behind an end
                found.append(one.get_data())
    return b"\n".join(found)


def stream(entries: bytes, data: bytes) -> bytes:
    head = b"<< %s /Length %d >>\nstream\n" % (entries, len(data))
    return head + data + b"\nendstream"


def written(*things: bytes) -> bytes:
    """Write objects from 1 on, and the table of their places. ISO 32000-2, 7.5."""
    data, places = b"%PDF-1.7\n", []
    for number, thing in enumerate(things, 1):
        places.append(b"%010d 00000 n \n" % len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, thing)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(things) + 1) + b"".join(places)
    trailer = b"trailer << /Size %d /Root 1 0 R >>\n" % (len(things) + 1)
    return data + table + trailer + b"startxref\n%d\n%%%%EOF\n" % len(data)
