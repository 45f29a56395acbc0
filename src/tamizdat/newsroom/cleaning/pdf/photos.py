"""Write photos and faxes of a PDF anew from their pixels.

A photo of JPEG has room for words in its tables, between its scans and behind each of
them; where the code of a scan or a fax ends is known to who decodes it alone.

Source: ITU-T T.81 (JPEG), T.4 and T.6 (faxes); TIFF 6.0, 11; ISO 32000-2, 7.4.6, 7.4.8.
"""

import io
import struct
import warnings
from typing import Any

from PIL import Image, JpegImagePlugin, UnidentifiedImageError

from tamizdat.newsroom.cleaning.pdf.scalars import is_true
from tamizdat.newsroom.errors import AttachmentError
from tamizdat.newsroom.pictures import MAX_PIXELS

_BEGIN, _END = b"\xff\xd8", b"\xff\xd9"
_ADOBE = b"\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00"  # and a byte: which colours
_LEAST, _BEST = 25, 95  # quality
_LIGHT = (  # the first table of T.81, K.1, of which a quality is a share
    *(16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55),
    *(14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62),
    *(18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92),
    *(49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99),
)
_T4, _T6 = 3, 4  # codes of TIFF
_USUAL_WIDTH = 1_728
_BROKEN = (OSError, ValueError, SyntaxError, TypeError, KeyError, struct.error)


def jpeg(data: bytes, given: Any) -> tuple[bytes, tuple[int, int]]:
    """Write a photo anew, about as good as it was.

    Args:
        data: of the photo.
        given: entries that say how it is to be read.

    Returns:
        The bytes, and width and height.

    Raises:
        AttachmentError: damaged, too large, or of a kind that is not taken.
    """
    if "/ColorTransform" in given and b"Adobe" not in data[:4_096]:
        told = bytes([int(given["/ColorTransform"]) & 1])
        data = data[:2] + _ADOBE + told + data[2:]
    try:
        # Many end without saying so; viewers show them.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what cameras wrote, which goes
            image = Image.open(io.BytesIO(data + _END), formats=("JPEG",))
            return _photo(image), image.size
    except UnidentifiedImageError as error:
        raise _damaged() from error
    except _BROKEN as error:
        raise _damaged() from error


def _photo(image: Any) -> bytes:
    refuse_large(image.size)
    quality, sampling = _quality(image), JpegImagePlugin.get_sampling(image)
    image.load()
    image.info.clear()
    out, how = io.BytesIO(), {"subsampling": sampling} if sampling >= 0 else {}
    image.save(out, "JPEG", quality=quality, optimize=True, **how)
    return out.getvalue()


def _quality(image: Any) -> int:
    """Find the quality whose table is nearest: then pixels are the same, or nearly."""
    light = int(sum(image.quantization[0]))

    def away(quality: int) -> int:
        share = 5_000 // quality if quality < 50 else 200 - 2 * quality  # noqa: PLR2004
        table = [min(255, max(1, (one * share + 50) // 100)) for one in _LIGHT]
        return abs(sum(table) - light)

    return min(range(_BEST, _LEAST - 1, -1), key=away)


def fax(
    data: bytes, given: Any, size: tuple[int, int]
) -> tuple[bytes, tuple[int, int], bool]:
    """Write a page of a fax anew.

    Args:
        data: its code.
        given: entries that say how it is to be read.
        size: of the picture.

    Returns:
        The code of T.6, width and height, and whether black is white in it now.

    Raises:
        AttachmentError: damaged, too large, or aligned as only some are.
    """
    kind, width = int(given.get("/K", 0)), int(given.get("/Columns", _USUAL_WIDTH))
    if kind < 0 and is_true(given.get("/EncodedByteAlign")):
        raise _damaged()
    size = width, int(given.get("/Rows", 0)) or size[1]
    refuse_large(size)
    code = _T6 if kind < 0 else _T4
    scan = io.BytesIO(_tiff(data, code, kind > 0, size))
    try:
        with Image.open(scan, formats=("TIFF",)) as image:
            image.load()
            made, is_turned = group4(image)
    except _BROKEN as error:
        raise _damaged() from error
    return made, size, is_turned


def group4(image: Any) -> tuple[bytes, bool]:
    """Write an image of mode "1" by T.6. Returns: the code; black is white in it."""
    packed = io.BytesIO()
    image.save(packed, "TIFF", compression="group4", tiffinfo={278: image.height})
    with Image.open(packed) as again:
        tags = again.tag_v2  # type: ignore[attr-defined] # of TIFF alone
        (start,), (length,) = tags[273], tags[279]
        return packed.getvalue()[start : start + length], tags[262] == 1


def _tiff(data: bytes, code: int, both: int, size: tuple[int, int]) -> bytes:
    """Put code into a TIFF, so that it can be read. `both`: of two dimensions."""
    entries = [
        *((256, 4, size[0]), (257, 4, size[1]), (258, 3, 1), (259, 3, code)),
        *((262, 3, 0), (273, 4, 8 + 2 + 9 * 12 + 4), (277, 3, 1), (278, 4, size[1])),
        (279, 4, len(data)),
    ]
    if code == _T4:
        entries = [(tag, kind, v + 12 if tag == 273 else v) for tag, kind, v in entries]  # noqa: PLR2004
        entries.append((292, 4, int(both)))
    rows = [
        struct.pack("<HHIHH" if kind == 3 else "<HHII", tag, kind, 1, value, *pad)  # noqa: PLR2004
        for tag, kind, value in entries
        for pad in [(0,) if kind == 3 else ()]  # noqa: PLR2004
    ]
    head = b"II*\0\x08\0\0\0" + struct.pack("<H", len(rows))
    return head + b"".join(rows) + bytes(4) + data


def refuse_large(size: tuple[int, int]) -> None:
    """Refuse a picture that would fill memory. `size`: width and height in pixels."""
    if not 0 < size[0] * size[1] <= MAX_PIXELS:
        raise AttachmentError("a picture of this PDF has more than 40 megapixels")


def _damaged() -> AttachmentError:
    return AttachmentError("a picture of this PDF is damaged: print it to a new PDF")
