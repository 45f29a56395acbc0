"""Make pictures fit to publish: pixels alone, cut to a shape, in a few sizes.

Decides what a picture may be and how it is cut and packed. Bytes in, bytes out: no
Django, no disk, so that a pool of processes can do it.

A phone writes where and with which camera a picture was taken. Nothing of a file is
kept but its pixels: every picture is decoded and written anew.
"""

import io
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from tamizdat.newsroom.errors import PictureError

MAX_PIXELS = 40_000_000  # decoded: about 120 MB, what a small machine can hold
MAX_BYTES = 40 << 20  # of the uploaded file
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
WIDTHS = (320, 640, 1280)  # XS, SM and LG screens
WIDE, SQUARE, WHOLE = "wide", "square", "whole"  # how a picture is cut
RATIOS = {WIDE: (16, 9), SQUARE: (1, 1)}
SHAPE_WIDTHS = {WIDE: WIDTHS, SQUARE: (160, 320), WHOLE: WIDTHS}
SMALL_BYTES = 5_000  # page and picture fit into the first TCP flight at XS
SMALL_QUALITIES = (55, 48, 42, 36, 30, 25, 20, 15, 10, 5)
AVIF_QUALITY = 50
JPEG_QUALITY = 72
ORIGINAL_QUALITY = 92  # the stored original: no visible loss
AVIF_SPEED = 6
HEAD_BYTES = 16  # enough for `type_of`

_HEADS = (
    (re.compile(rb"\xff\xd8\xff"), "image/jpeg"),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "image/png"),
    (re.compile(rb"GIF8[79]a"), "image/gif"),
    (re.compile(rb"RIFF.{4}WEBP", re.DOTALL), "image/webp"),
    (re.compile(rb".{4}ftypavi[fs]", re.DOTALL), "image/avif"),
)


@dataclass(frozen=True)
class Focus:
    """The point of a picture that must stay visible, in pixels."""

    x: int
    y: int


@dataclass(frozen=True)
class Cut:
    """One size of a picture, packed. `type`: as HTTP names it."""

    type: str
    width: int
    height: int
    data: bytes


def strip(data: bytes) -> tuple[bytes, str]:
    """Write a picture anew, from its pixels alone, upright.

    Returns:
        The bytes, and the ending of a file that holds them: "jpg" or "png".

    Raises:
        PictureError: no picture, a format not taken, too large or small, or damaged.
    """
    image = _open(data)
    if image.width < WIDTHS[0]:
        said = _("expected at least %(least)d pixels across, found %(found)d")
        raise PictureError(said % {"least": WIDTHS[0], "found": image.width})
    out = io.BytesIO()
    if _has_alpha(image):
        _pixels(image, "RGBA").save(out, "PNG")
        return out.getvalue(), "png"
    _pixels(image, "RGB").save(out, "JPEG", quality=ORIGINAL_QUALITY, optimize=True)
    return out.getvalue(), "jpg"


def cuts(data: bytes, focus: Focus | None = None, shape: str = WIDE) -> list[Cut]:
    """Cut a picture to a shape and pack it in every size it is large enough for.

    Args:
        data: a picture, as `strip` gives it.
        focus: what must stay visible; None for the middle.
        shape: WIDE is 16 by 9, SQUARE 1 by 1; WHOLE cuts nothing off.

    Raises:
        PictureError: as `strip`.
    """
    whole = _flat(_open(data))
    ratio = RATIOS.get(shape, whole.size)
    image = whole.crop(_box(whole.size, focus, ratio))
    fit = [width for width in SHAPE_WIDTHS[shape] if width <= image.width]
    return [cut for width in fit or [image.width] for cut in _size(image, width)]


def type_of(head: bytes) -> str | None:
    """Tell the type of a picture by its first `HEAD_BYTES`; None if it is none."""
    return next((kind for mark, kind in _HEADS if mark.match(head)), None)


def _open(data: bytes) -> Image.Image:
    if len(data) > MAX_BYTES:
        said = _("expected at most %(most)d MiB, found %(found)d bytes")
        raise PictureError(said % {"most": MAX_BYTES >> 20, "found": len(data)})
    try:
        image = Image.open(io.BytesIO(data), formats=FORMATS)
        if image.width * image.height > MAX_PIXELS:
            megapixels = image.width * image.height // 1_000_000
            said = _("expected at most 40 megapixels, found %(found)d")
            raise PictureError(said % {"found": megapixels})
        image.load()
        return ImageOps.exif_transpose(image)
    except UnidentifiedImageError as error:
        said = _("expected one of %(formats)s") % {"formats": ", ".join(FORMATS)}
        raise PictureError(said) from error
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        said = _("the picture is damaged and cannot be opened")
        raise PictureError(said) from error


def _has_alpha(image: Image.Image) -> bool:
    return image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info


def _pixels(image: Image.Image, mode: str) -> Image.Image:
    # A new image carries no info, no profile and no text chunks of the old one.
    source = image.convert(mode)
    clean = Image.new(mode, source.size)
    clean.paste(source)
    return clean


def _flat(image: Image.Image) -> Image.Image:
    if not _has_alpha(image):
        return _pixels(image, "RGB")
    source = image.convert("RGBA")
    paper = Image.new("RGB", source.size, "white")
    paper.paste(source, mask=source.getchannel("A"))
    return paper


def _box(
    size: tuple[int, int], focus: Focus | None, ratio: tuple[int, int]
) -> tuple[int, int, int, int]:
    across, down = size
    width = min(across, max(1, down * ratio[0] // ratio[1]))
    height = min(down, max(1, width * ratio[1] // ratio[0]))
    x, y = (focus.x, focus.y) if focus else (across // 2, down // 2)
    left = min(max(x - width // 2, 0), across - width)
    top = min(max(y - height // 2, 0), down - height)
    return left, top, left + width, top + height


def _size(image: Image.Image, width: int) -> list[Cut]:
    height = max(1, round(width * image.height / image.width))
    small = image.resize((width, height), Image.Resampling.LANCZOS)
    avif = _smallest(small) if width <= WIDTHS[0] else _avif(small, AVIF_QUALITY)
    jpeg = _packed(small, "JPEG", quality=JPEG_QUALITY, optimize=True, progressive=True)
    return [
        Cut("image/avif", width, height, avif),
        Cut("image/jpeg", width, height, jpeg),
    ]


def _smallest(image: Image.Image) -> bytes:
    for quality in SMALL_QUALITIES:
        data = _avif(image, quality)
        if len(data) <= SMALL_BYTES:
            break
    return data


def _avif(image: Image.Image, quality: int) -> bytes:
    return _packed(image, "AVIF", quality=quality, speed=AVIF_SPEED)


def _packed(image: Image.Image, kind: str, **options: int) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()
