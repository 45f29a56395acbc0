"""Write scans of JBIG2 anew, from their pixels.

Where their code ends is known to who decodes it alone, and signs that no page shows may
stand in what it draws with. They become faxes: every pixel stays.

Source: ITU-T T.88 (JBIG2); ISO 32000-2, 7.4.7.
docs/decisions/0079-what-does-not-show.md.
"""

from tamizdat.newsroom.cleaning.pdf import photos
from tamizdat.newsroom.errors import AttachmentError

_ENTRIES = b"/Type /XObject /Subtype /Image /ColorSpace /DeviceGray /BitsPerComponent 1"
_PAGE = b"""<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R
/Resources << /XObject << /A 5 0 R >> >> >>"""


def jbig2(
    data: bytes, shared: bytes | None, size: tuple[int, int]
) -> tuple[bytes, bool]:
    """Decode a scan, and write it as a fax.

    Args:
        data: its segments.
        shared: segments that it shares with others.
        size: width and height in pixels.

    Returns:
        The code of T.6, and whether black is white in it.

    Raises:
        AttachmentError: damaged, or too large.
    """
    # Later: of the newsroom, the limited process alone loads what draws pages.
    import pypdfium2  # noqa: PLC0415

    photos.refuse_large(size)
    try:
        with pypdfium2.PdfDocument(_alone(data, shared, size)) as paper:
            (picture,) = paper[0].get_objects()
            image = picture.get_bitmap().to_pil().convert("1", dither=0)
    except (pypdfium2.PdfiumError, ValueError) as error:
        raise AttachmentError("a scan of this PDF is damaged") from error
    if image.size != size:
        raise AttachmentError("a scan of this PDF is damaged")
    return photos.group4(image)


def _alone(data: bytes, shared: bytes | None, size: tuple[int, int]) -> bytes:
    """Put a scan on a page of its own, as what decodes it takes it."""
    told = b"/Width %d /Height %d /Filter /JBIG2Decode" % size
    if shared is not None:
        told += b" /DecodeParms << /JBIG2Globals 6 0 R >>"
    things = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        _PAGE,
        _stream(b"", b"/A Do"),
        _stream(b"%s %s" % (_ENTRIES, told), data),
        _stream(b"", shared or b""),
    ]
    written, places = b"%PDF-1.7\n", []
    for number, thing in enumerate(things, 1):
        places.append(b"%010d 00000 n \n" % len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, thing)
    count, at = len(things) + 1, len(written)
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, b"".join(places))
    end = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return written + table + end % (count, at)


def _stream(entries: bytes, data: bytes) -> bytes:
    head = b"<< %s /Length %d >>\nstream\n" % (entries, len(data))
    return head + data + b"\nendstream"
