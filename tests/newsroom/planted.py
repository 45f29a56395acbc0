"""Pictures that tell where they were taken, in every place a format has for it."""

import io
import struct
import zlib
from typing import Any

from PIL import ExifTags, Image, ImageCms, PngImagePlugin

TEXT = b"PLANTED-GPS"
DEGREES = 190_738_249  # the numerator of a latitude: four bytes that stand nowhere else
TRACES = (TEXT, struct.pack("<I", DEGREES), struct.pack(">I", DEGREES))
XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/'
    b'02/22-rdf-syntax-ns#"><rdf:Description exif:GPSLatitude="PLANTED-GPS" '
    b'xmlns:exif="http://ns.adobe.com/exif/1.0/"/></rdf:RDF></x:xmpmeta>'
)
_IPTC = b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x10\x1c\x02\x5a\0\x0b" + TEXT
KINDS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")


def _exif() -> Image.Exif:
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = TEXT.decode()
    exif[ExifTags.Base.BodySerialNumber] = TEXT.decode()
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(
        {
            ExifTags.GPS.GPSLatitudeRef: "N",
            ExifTags.GPS.GPSLatitude: (DEGREES / 1.0, 54.0, 8.0),
            ExifTags.GPS.GPSMapDatum: TEXT.decode(),
        }
    )
    return exif


def _thumbnail() -> bytes:
    """Make an Exif segment whose thumbnail is a picture with a comment."""
    small = io.BytesIO()
    Image.new("RGB", (16, 12), "red").save(small, "JPEG", comment=TEXT)
    body = small.getvalue()
    first = struct.pack("<HI", 0, 14)  # no entries, then the second directory
    second = struct.pack("<H", 2)
    at = 8 + 6 + 2 + 24 + 4
    second += struct.pack("<HHII", 0x0201, 4, 1, at)
    second += struct.pack("<HHII", 0x0202, 4, 1, len(body))
    return b"II*\0\x08\0\0\0" + first + second + bytes(4) + body


def _profile() -> bytes:
    """Make a profile of colours whose description holds the text."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    return bytes(data) + TEXT


def _options(kind: str) -> dict[str, Any]:
    if kind == "GIF":
        return {"comment": TEXT}
    options: dict[str, Any] = {"exif": _exif(), "icc_profile": _profile()}
    if kind == "PNG":
        info = PngImagePlugin.PngInfo()
        info.add_text("GPS", TEXT.decode())
        info.add_itxt("XML:com.adobe.xmp", XMP.decode())
        return options | {"pnginfo": info}
    if kind == "JPEG":
        options["comment"] = TEXT
    return options | {"xmp": XMP}


def picture(kind: str, size: tuple[int, int] = (400, 300)) -> bytes:
    """Make a picture of a kind that tells where it was taken, wherever it can."""
    out = io.BytesIO()
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    image.save(out, kind, **_options(kind))
    data = out.getvalue()
    if kind == "JPEG":
        more = _segment(0xED, _IPTC) + _segment(0xE1, b"Exif\0\0" + _thumbnail())
        mpf = _segment(0xE2, b"MPF\0" + TEXT)
        data = data[:2] + more + mpf + data[2:] + TEXT  # and after the end, too
    return data


def heic() -> bytes:
    """Make the head of a phone's picture, with its Exif item."""
    head = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"
    return head + b"\0\0\0\x40meta" + b"Exif\0\0" + TEXT + TRACES[1] + bytes(200)


def tiff() -> bytes:
    """Make a TIFF that tells where it was taken."""
    out = io.BytesIO()
    Image.new("RGB", (400, 300), "red").save(out, "TIFF", exif=_exif())
    return out.getvalue()


def _segment(marker: int, body: bytes) -> bytes:
    return b"\xff" + bytes([marker]) + (len(body) + 2).to_bytes(2) + body


def bomb(width: int, height: int) -> bytes:
    """Make a small PNG of that many black pixels, without making them here."""
    data = packed_zeros(height * (1 + (width + 7) // 8))
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunks = _chunk(b"IHDR", head) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def _chunk(kind: bytes, body: bytes) -> bytes:
    check = zlib.crc32(kind + body)
    return len(body).to_bytes(4) + kind + body + check.to_bytes(4)


def packed_zeros(count: int) -> bytes:
    """Pack that many zero bytes as zlib does, without going through them."""
    blocks, rest = divmod(count, 1 << 20)
    packer = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    block = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    end = packer.compress(bytes(rest)) + packer.flush()
    check = count % 65_521 << 16 | 1  # Adler-32 of zeros
    return b"\x78\xda" + block * blocks + end + check.to_bytes(4)


def text_bomb() -> bytes:
    """Make a PNG whose text and profile unpack to 200 MiB each."""
    out = io.BytesIO()
    Image.new("RGB", (400, 300), "red").save(out, "PNG")
    data = out.getvalue()
    large = packed_zeros(200 << 20)
    more = _chunk(b"iCCP", b"a\0\0" + large) + _chunk(b"zTXt", b"a\0\0" + large)
    return data[:33] + more + data[33:]
