"""Make pictures fit to publish: pixels alone, cut to a shape, in a few sizes.

Decides what a picture may be and how it is covered, cut and packed. Bytes in, bytes
out: no settings, no disk. Bytes of strangers are decoded in the limited process of
`darkroom.cell` alone.

A phone writes where and with which camera a picture was taken. Nothing of a file is
kept but its pixels: every picture is decoded and written anew.

Source: docs/decisions/0054-pictures.md.
"""

import io
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from PIL import (
    Image,
    ImageCms,
    ImageDraw,
    ImageFilter,
    ImageOps,
    UnidentifiedImageError,
)

from tamizdat.newsroom.errors import PictureError
from tamizdat.newsroom.errors import said_later as _

MAX_PIXELS = 40_000_000  # decoded: about 160 MB, what a small machine can hold
LONGEST = 10  # times as long as wide
MAX_BYTES = 40 << 20  # of the uploaded file
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
WIDTHS = (320, 640, 960, 1280)  # XS, SM, MD and LG screens
WIDE, SQUARE, WHOLE = "wide", "square", "whole"  # how a picture is cut
RATIOS = {WIDE: (16, 9), SQUARE: (1, 1)}
SHAPE_WIDTHS = {WIDE: WIDTHS, SQUARE: (160, 320, 640), WHOLE: WIDTHS}
SMALL_BYTES = 5_000  # page and picture fit into the first TCP flight at XS
SMALL_QUALITIES = range(5, 61)  # AVIF: below it a face is a stain, above it is waste
SOFTER = (0.0, 0.7, 1.2, 2.0, 3.5, 6.0)  # pixels of blur where no quality fits
AVIF_QUALITY = 50
WEBP_QUALITY = 70
JPEG_QUALITY = 72
ORIGINAL_QUALITY = 92  # the stored original: no visible loss
AVIF_SPEED = 6
FILL = (20, 20, 20)  # a block: one colour, nothing of what it covers
MAX_BLOCKS = 100
HEAD_BYTES = 16  # enough for `type_of`

_HEADS = (
    (re.compile(rb"\xff\xd8\xff"), "image/jpeg"),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "image/png"),
    (re.compile(rb"GIF8[79]a"), "image/gif"),
    (re.compile(rb"RIFF.{4}WEBP", re.DOTALL), "image/webp"),
    (re.compile(rb".{4}ftypavi[fs]", re.DOTALL), "image/avif"),
)
_STRANGERS = (
    (re.compile(rb".{4}ftyp(?:hei|hev|mif1|msf1)", re.DOTALL), "HEIC"),
    (re.compile(rb"II[*+]\x00|MM\x00[*+]"), "TIFF"),
    (re.compile(rb"%PDF-"), "PDF"),
    (re.compile(rb"\s*<(?:\?xml|!DOCTYPE svg|!--|svg)[\s>/\-]", re.IGNORECASE), "SVG"),
)
_DAMAGED = _("the picture is damaged and cannot be opened")


@dataclass(frozen=True)
class Focus:
    """The point of a picture that must stay visible, in pixels."""

    x: int
    y: int


@dataclass(frozen=True)
class Block:
    """A rectangle to be covered, in pixels from the top left corner."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Cut:
    """One size of a picture, packed. `type`: as HTTP names it."""

    type: str
    width: int
    height: int
    data: bytes


@dataclass(frozen=True)
class Pixels:
    """A picture unpacked. `mode`: RGB or RGBA; `data`: rows from the top, 8 bits."""

    mode: str
    width: int
    height: int
    data: bytes


def pixels(data: bytes) -> Pixels:
    """Take the pixels of a picture, upright, in the colours of sRGB.

    Raises:
        PictureError: no picture, a format not taken, too large or small, or damaged.
    """
    image = _open(data)
    if image.width < WIDTHS[0]:
        said = _("expected at least %(least)d pixels across, found %(found)d")
        raise PictureError(said, least=WIDTHS[0], found=image.width)
    if is_strip(*image.size):
        said = _(
            "expected at most %(most)d times as long as wide, found %(width)d by "
            "%(height)d pixels: cut it into pieces"
        )
        width, height = image.size
        raise PictureError(said, most=LONGEST, width=width, height=height)
    return _unpacked(_pixels(image))


def is_strip(width: int, height: int) -> bool:
    """Say whether a picture is too long, up or across, to be cut for every screen.

    WebP ends at 16,383 pixels, and nobody scrolls through 12 screens of a picture.
    """
    return max(width, height) > LONGEST * min(width, height)


def covered(data: bytes, blocks: Sequence[Block]) -> Pixels:
    """Lay blocks of one colour over parts of a picture, for good.

    Args:
        data: a picture, as `packed` gives it.
        blocks: what to cover; parts outside the picture cover nothing.

    Raises:
        PictureError: as `pixels`.
    """
    image = _pixels(_open(data))
    draw = ImageDraw.Draw(image)
    for one in blocks[:MAX_BLOCKS]:
        last = one.x + one.width - 1, one.y + one.height - 1
        draw.rectangle((one.x, one.y, *last), fill=FILL)
    return _unpacked(image)


def packed(some: Pixels) -> tuple[bytes, str]:
    """Pack pixels for the newsroom to keep.

    Returns:
        The bytes, and the ending of a file that holds them: "jpg" or "png".

    Raises:
        PictureError: there are not as many as there should be.
    """
    count = some.width * some.height
    if not 0 < count <= MAX_PIXELS or len(some.data) != count * len(some.mode):
        raise PictureError(_DAMAGED)
    image = Image.frombytes(some.mode, (some.width, some.height), some.data)
    if some.mode == "RGBA":
        return _packed(image, "PNG"), "png"
    return _packed(image, "JPEG", quality=ORIGINAL_QUALITY, optimize=True), "jpg"


def cuts(data: bytes, focus: Focus | None = None, shape: str = WIDE) -> list[Cut]:
    """Cut a picture to a shape and pack it in every size it is large enough for.

    Args:
        data: a picture, as `packed` gives it.
        focus: what must stay visible; None for the middle.
        shape: WIDE is 16 by 9, SQUARE 1 by 1; WHOLE cuts nothing off.

    Raises:
        PictureError: as `pixels`.
    """
    whole = _flat(_open(data))
    ratio = RATIOS.get(shape, whole.size)
    image = whole.crop(_box(whole.size, focus, ratio))
    fit = [width for width in SHAPE_WIDTHS[shape] if width <= image.width]
    return [cut for width in fit or [image.width] for cut in _size(image, width)]


def type_of(head: bytes) -> str | None:
    """Tell the type of a picture by its first `HEAD_BYTES`; None if it is none."""
    return next((kind for mark, kind in _HEADS if mark.match(head)), None)


def refuse_at_sight(data: bytes) -> None:
    """Refuse what no decoder needs to see.

    Raises:
        PictureError: too large a file, or one that does not begin like a picture.
    """
    if len(data) > MAX_BYTES:
        said = _("expected at most %(most)d MiB, found %(found)d bytes")
        raise PictureError(said, most=MAX_BYTES >> 20, found=len(data))
    if type_of(data[:HEAD_BYTES]) is None:
        raise _stranger(data)


def _stranger(data: bytes) -> PictureError:
    taken = ", ".join(FORMATS)
    for mark, kind in _STRANGERS:
        if mark.match(data):
            said = _(
                "expected one of %(formats)s, found %(found)s: save it as JPEG or PNG"
            )
            return PictureError(said, formats=taken, found=kind)
    return PictureError(_("expected one of %(formats)s"), formats=taken)


def _open(data: bytes) -> Image.Image:
    refuse_at_sight(data)
    try:
        image = Image.open(io.BytesIO(data), formats=FORMATS)
        if image.width * image.height > MAX_PIXELS:
            megapixels = image.width * image.height // 1_000_000
            said = _("expected at most 40 megapixels, found %(found)d")
            raise PictureError(said, found=megapixels)
        image.load()
        ImageOps.exif_transpose(image, in_place=True)
    except UnidentifiedImageError as error:
        raise PictureError(_DAMAGED) from error
    except Image.DecompressionBombError as error:
        said = _("it would fill the memory: expected at most 40 megapixels")
        raise PictureError(said) from error
    except (OSError, ValueError, SyntaxError, TypeError, KeyError) as error:
        raise PictureError(_DAMAGED) from error
    return image


def _unpacked(image: Image.Image) -> Pixels:
    return Pixels(image.mode, *image.size, image.tobytes())


def _has_alpha(image: Image.Image) -> bool:
    return image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info


def _pixels(image: Image.Image) -> Image.Image:
    """Take the pixels alone, in the colours of sRGB."""
    mode = "RGBA" if _has_alpha(image) else "RGB"
    source = _eight_bits(image)
    seen = _in_srgb(source, image.info.get("icc_profile"))
    if seen.mode != mode:
        seen = seen.convert(mode)
    if mode == "RGBA":
        seen.putalpha(source.convert("RGBA").getchannel("A"))
    # A new image carries no info, no profile and no text chunks of the old one.
    clean = Image.new(mode, seen.size)
    clean.paste(seen)
    # What an eraser took away stands under it as it was: only black is let through.
    return _without_erased(clean) if mode == "RGBA" else clean


def _without_erased(image: Image.Image) -> Image.Image:
    seen = image.getchannel("A").point(lambda alpha: 255 if alpha else 0)
    return Image.composite(image, Image.new("RGBA", image.size), seen)


def _eight_bits(image: Image.Image) -> Image.Image:
    if not image.mode.startswith("I"):
        return image
    return image.convert("I").point(lambda level: level / 256).convert("L")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Apply a profile of colours, so that it need not be kept; alpha aside.

    One that does not fit or cannot be read is left: its colours are a little off.
    """
    plain = {"LA": "L", "RGBA": "RGB", "P": "RGB", "PA": "RGB"}.get(image.mode)
    source = image.convert(plain) if plain else image
    if profile and source.mode in {"L", "RGB", "CMYK"}:
        with suppress(ImageCms.PyCMSError, OSError, ValueError):
            ours = ImageCms.createProfile("sRGB")
            theirs = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            made = ImageCms.profileToProfile(source, theirs, ours, outputMode="RGB")
            return made or source
    return image


def _flat(image: Image.Image) -> Image.Image:
    clean = _pixels(image)
    if clean.mode == "RGB":
        return clean
    paper = Image.new("RGB", clean.size, "white")
    paper.paste(clean, mask=clean.getchannel("A"))
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
    webp = _packed(small, "WEBP", quality=WEBP_QUALITY)
    jpeg = _packed(small, "JPEG", quality=JPEG_QUALITY, optimize=True, progressive=True)
    return [
        Cut("image/avif", width, height, avif),
        Cut("image/webp", width, height, webp),
        Cut("image/jpeg", width, height, jpeg),
    ]


def _smallest(image: Image.Image) -> bytes:
    """Pack as well as `SMALL_BYTES` allow; what no quality fits is made softer."""
    for radius in SOFTER:
        soft = image.filter(ImageFilter.GaussianBlur(radius)) if radius else image
        data = _fitting(soft)
        if data is not None:
            return data
    return _avif(soft, SMALL_QUALITIES[0])


def _fitting(image: Image.Image) -> bytes | None:
    """Search the best quality that fits, by halves; None if the lowest does not."""
    low, high, found = 0, len(SMALL_QUALITIES), None
    while low < high:
        middle = low if found is None else (low + high) // 2
        data = _avif(image, SMALL_QUALITIES[middle])
        if len(data) <= SMALL_BYTES:
            found, low = data, middle + 1
        else:
            high = middle
    return found


def _avif(image: Image.Image, quality: int) -> bytes:
    # One thread: the same bytes on every machine, and none that a limit forbids.
    return _packed(image, "AVIF", quality=quality, speed=AVIF_SPEED, max_threads=1)


def _packed(image: Image.Image, kind: str, **options: int) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()
