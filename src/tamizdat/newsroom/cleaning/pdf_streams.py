"""Write the streams of a PDF anew: operators, pixels, programs of fonts.

What packs bytes is undone and done again, so that nothing stands behind its end. Codecs
of pictures stay: photos lose what cameras wrote, scans their remarks.

Source: ISO 32000-2, 7.4 (filters), 8.9 (images), 14.6 (marked content); ITU-T T.88, 7.2
(segments of JBIG2).
"""

import re
import zlib
from collections.abc import Iterator
from typing import Any

from pypdf.generic import (
    ArrayObject,
    ContentStream,
    DictionaryObject,
    EncodedStreamObject,
    NameObject,
    NullObject,
    StreamObject,
)

from tamizdat.newsroom.cleaning import jpeg
from tamizdat.newsroom.errors import AttachmentError

_SHORT = {  # names that inline images may use, and lenient viewers anywhere
    "/A85": "/ASCII85Decode",
    "/AHx": "/ASCIIHexDecode",
    "/LZW": "/LZWDecode",
    "/Fl": "/FlateDecode",
    "/RL": "/RunLengthDecode",
    "/CCF": "/CCITTFaxDecode",
    "/DCT": "/DCTDecode",
}
_CODECS = ("/DCTDecode", "/CCITTFaxDecode", "/JBIG2Decode")
# What a predictor is told, and what it takes where nothing is said. Table 8.
_PREDICTED = {"/Predictor": 1, "/Colors": 1, "/BitsPerComponent": 8, "/Columns": 1}
_PNG = 10  # from here on each row begins with a byte of its own
_MARKING = {b"BMC", b"BDC", b"EMC", b"MP", b"DP"}
_INLINE = {
    *("/W", "/H", "/BPC", "/CS", "/F", "/DP", "/D", "/I", "/IM", "/Width", "/Height"),
    *("/BitsPerComponent", "/ColorSpace", "/Filter", "/DecodeParms", "/Decode"),
    *("/Interpolate", "/ImageMask", "/Intent"),
}
_REMARK = re.compile(rb"%[^\r\n]*")
# Kinds of segments: dictionaries, regions, page, end of stripe, tables.
_JBIG2_KEPT = {0, 4, 6, 7, 16, 20, 22, 23, 36, 38, 39, 40, 42, 43, 48, 50, 53}
_JBIG2_UNTOLD = 0xFFFFFFFF  # a length that only decoding tells


def operators(stream: Any, pdf: Any) -> bytes:
    """Read what a page draws: no remarks, no marked content, no name of a camera.

    Args:
        stream: one, or an array of them.
        pdf: that holds it.
    """
    content = ContentStream(stream, pdf, "bytes")
    content.operations = [
        _inline(operands) if operator == b"INLINE IMAGE" else (operands, operator)
        for operands, operator in content.operations
        if operator not in _MARKING
    ]
    return bytes(content.get_data())


def _inline(image: Any) -> tuple[Any, bytes]:
    settings, data = image["settings"], image["data"]
    for key in set(settings) - _INLINE:
        del settings[key]
    if "/F" in settings and "/Filter" in settings:
        raise AttachmentError("a picture of this PDF is damaged")
    names = _filters(settings.get("/F", settings.get("/Filter")))
    if "/DCTDecode" in names:
        data = jpeg.strip(_unpacked(names[:-1], data)) + b"\n"
        settings.pop("/Filter", None)
        settings[NameObject("/F")] = NameObject("/DCT")
    elif {"/JPXDecode", "/JBIG2Decode"} & set(names):
        raise AttachmentError("a picture of this PDF is damaged")
    return {"settings": settings, "data": data}, b"INLINE IMAGE"


def rewrite(stream: StreamObject, data: bytes) -> None:
    """Put other bytes into a stream, packed anew."""
    for key in ("/DecodeParms", "/DP"):
        stream.pop(NameObject(key), None)
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    stream._data = zlib.compress(data)  # noqa: SLF001 (pypdf offers no other way)


def unpacked(stream: StreamObject, kind: str) -> bytes:
    """Read a stream that is no picture: a program of a font, a function.

    Raises:
        AttachmentError: it is packed as only pictures are, or kept in another file.
    """
    _refuse_elsewhere(stream)
    if set(_filters(stream.get("/Filter"))) & {*_CODECS, "/JPXDecode"}:
        raise AttachmentError("a part of this PDF is packed as a picture")
    data = bytes(stream.get_data())
    is_program = kind == "function" and stream.get("/FunctionType") == 4  # noqa: PLR2004
    return _REMARK.sub(b"", data) if is_program else data


def clean_picture(stream: StreamObject, parts: int | None) -> None:
    """Take out of a picture what is none of its pixels.

    Args:
        stream: of the picture.
        parts: values of a pixel, None where its colours are not known.

    Raises:
        AttachmentError: damaged, or packed in a way that cannot be gone through.
    """
    _refuse_elsewhere(stream)
    names = _filters(stream.get("/Filter"))
    if "/JPXDecode" in names:  # its boxes can hold anything; nobody prints with it
        raise AttachmentError(
            "this PDF holds JPEG 2000 pictures, which cannot be cleaned: print it to a "
            "new PDF"
        )
    if not {*_CODECS} & set(names):
        _repack(stream, names, parts)
        return
    *packing, codec = names
    data = _cleaned(codec, _unpacked(packing, stream._data))  # noqa: SLF001 (packed)
    stream[NameObject("/Filter")] = NameObject(codec)
    given = _given(stream)
    stream.pop(NameObject("/DecodeParms"), None)
    if given:
        stream[NameObject("/DecodeParms")] = given
    stream._data = data  # noqa: SLF001 (pypdf offers no other way)


def _unpacked(packing: list[str], data: bytes, **given: Any) -> bytes:
    """Undo what bytes are packed with: deflate, LZW, text of base 85 and the like.

    Args:
        packing: names of filters, the first to be undone first.
        data: as they are packed.
        given: how the last of them was used.
    """
    if set(packing) & {*_CODECS, "/JPXDecode"}:
        raise AttachmentError("a picture of this PDF is damaged")
    outer = EncodedStreamObject()
    outer[NameObject("/Filter")] = ArrayObject(NameObject(name) for name in packing)
    if given:
        last = DictionaryObject({NameObject(f"/{k}"): v for k, v in given.items()})
        blank = [NullObject()] * (len(packing) - 1)
        outer[NameObject("/DecodeParms")] = ArrayObject([*blank, last])
    outer._data = data  # noqa: SLF001 (pypdf offers no other way)
    return bytes(outer.get_data()) if packing else data


def _cleaned(codec: str, data: bytes) -> bytes:
    if codec == "/DCTDecode":
        return jpeg.strip(data)
    if codec == "/JBIG2Decode":
        return b"".join(segments(data))
    if codec == "/CCITTFaxDecode":
        return data  # lines of a fax have no room for words
    raise AttachmentError("a picture of this PDF is damaged")


def _repack(stream: Any, names: list[str], parts: int | None) -> None:
    """Pack pixels anew, as many as the picture says it has.

    Differences of neighbours stay as they are: the rows of a predictor are the rows.
    """
    bits = 1 if stream.get("/ImageMask") else int(stream.get("/BitsPerComponent", 8))
    parts = 1 if stream.get("/ImageMask") else parts
    if parts is None:
        raise AttachmentError("a picture of this PDF has colours that are not known")
    row, given = (int(stream["/Width"]) * parts * bits + 7) // 8, _given(stream)
    kept = {key: given[key] for key in _PREDICTED if key in given}
    early = {"EarlyChange": given["/EarlyChange"]} if "/EarlyChange" in given else {}
    if kept.get("/Predictor", 1) == 1:
        kept = {}
    else:
        told = [int(kept.get(key, or_)) for key, or_ in _PREDICTED.items()]
        row = (told[1] * told[2] * told[3] + 7) // 8 + (told[0] >= _PNG)
    size = row * int(stream["/Height"])
    data = _unpacked(names, stream._data, **early)  # noqa: SLF001 (as it is packed)
    if not 0 < size <= len(data):
        raise AttachmentError("a picture of this PDF is damaged")
    rewrite(stream, data[:size])
    if kept:
        told_again = {NameObject(key): value for key, value in kept.items()}
        stream[NameObject("/DecodeParms")] = DictionaryObject(told_again)


def _given(stream: Any) -> Any:
    """Find how the last filter of a stream was used; empty where nothing is said."""
    given = stream.get("/DecodeParms")
    given = given.get_object() if given is not None else None
    if isinstance(given, ArrayObject):
        given = given[-1].get_object() if given else None
    return given if isinstance(given, DictionaryObject) else DictionaryObject()


def clean_globals(stream: StreamObject) -> None:
    """Take remarks out of what pictures of JBIG2 share."""
    rewrite(stream, b"".join(segments(unpacked(stream, "globals"))))


def segments(data: bytes) -> Iterator[bytes]:
    """Read the segments of JBIG2 that draw; remarks and profiles go. T.88, 7.2."""
    at = 0
    while at < len(data):
        head, kind, length = _segment_head(data, at)
        end = head + length
        if length == _JBIG2_UNTOLD or end > len(data):
            raise AttachmentError("a scan of this PDF is damaged")
        if kind in _JBIG2_KEPT:
            yield data[at:end]
        at = end


def _segment_head(data: bytes, at: int) -> tuple[int, int, int]:
    """Read where a segment's data begin, its kind and their length."""
    number, flags = int.from_bytes(data[at : at + 4]), data[at + 4]
    count, place = data[at + 5] >> 5, at + 6
    if count == 7:  # noqa: PLR2004 (a longer form)
        count = int.from_bytes(data[at + 5 : at + 9]) & 0x1FFFFFFF
        place = at + 9 + (count + 8) // 8
    width = 1 if number <= 256 else 2 if number <= 65_536 else 4  # noqa: PLR2004
    place += count * width + (4 if flags & 0x40 else 1)
    return place + 4, flags & 0x3F, int.from_bytes(data[place : place + 4])


def _filters(found: Any) -> list[str]:
    found = found.get_object() if found is not None else None
    if found is None:
        return []
    names = found if isinstance(found, ArrayObject) else [found]
    return [_SHORT.get(str(name), str(name)) for name in names]


def _refuse_elsewhere(stream: DictionaryObject) -> None:
    if {"/F", "/FFilter", "/FDecodeParms"} & set(stream):
        raise AttachmentError("this PDF keeps a part of itself in another file")
