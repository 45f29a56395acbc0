"""Write the streams of a PDF anew: pixels, and whatever is packed.

What packs bytes is undone and done again, so that nothing stands behind its end. Photos
and faxes are written from their pixels; scans of JBIG2 lose their remarks.

Source: ISO 32000-2, 7.4 (filters), 8.9 (images); ITU-T T.88, 7.2
(segments of JBIG2).
"""

import zlib
from collections.abc import Iterator
from typing import Any

from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    EncodedStreamObject,
    NameObject,
    NullObject,
    NumberObject,
    StreamObject,
)

from tamizdat.newsroom.cleaning.pdf import photos
from tamizdat.newsroom.cleaning.pdf.scalars import is_true
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
_ANY_PNG, _MOST_PNG = 15, 4
# Kinds of segments: dictionaries, regions, page, end of stripe, tables.
_JBIG2_KEPT = {0, 4, 6, 7, 16, 20, 22, 23, 36, 38, 39, 40, 42, 43, 48, 50, 53}
_JBIG2_UNTOLD = 0xFFFFFFFF  # a length that only decoding tells


def rewrite(stream: StreamObject, data: bytes) -> None:
    """Put other bytes into a stream, packed anew."""
    for key in ("/DecodeParms", "/DP"):
        stream.pop(NameObject(key), None)
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    stream._data = zlib.compress(data)  # noqa: SLF001 (pypdf offers no other way)


def unpacked(stream: StreamObject) -> bytes:
    """Read a stream that is no picture: a program of a font, a function.

    Raises:
        AttachmentError: it is packed as only pictures are, or kept in another file.
    """
    _refuse_elsewhere(stream)
    if set(filters(stream.get("/Filter"))) & {*_CODECS, "/JPXDecode"}:
        raise AttachmentError("a part of this PDF is packed as a picture")
    return bytes(stream.get_data())


def clean_picture(stream: StreamObject, parts: int | None) -> None:
    """Take out of a picture what is none of its pixels.

    Args:
        stream: of the picture.
        parts: values of a pixel, None where its colours are not known.

    Raises:
        AttachmentError: damaged, or packed in a way that cannot be gone through.
    """
    _refuse_elsewhere(stream)
    names = filters(stream.get("/Filter"))
    if "/JPXDecode" in names:  # its boxes can hold anything; nobody prints with it
        raise AttachmentError(
            "this PDF holds JPEG 2000 pictures, which cannot be cleaned: print it to a "
            "new PDF"
        )
    if not {*_CODECS} & set(names):
        _repack(stream, names, parts)
        return
    *packing, codec = names
    given = _given(stream)
    data = _unpacked(packing, stream._data)  # noqa: SLF001 (packed)
    stream.pop(NameObject("/DecodeParms"), None)
    stream[NameObject("/Filter")] = NameObject(codec)
    _CLEANED[codec](stream, data, given)


def _clean_photo(stream: Any, data: bytes, given: Any) -> None:
    stream._data, size = photos.jpeg(data, given)  # noqa: SLF001 (pypdf offers no other way)
    for key, value in zip(("/Width", "/Height"), size, strict=True):
        stream[NameObject(key)] = NumberObject(value)


def _clean_fax(stream: Any, data: bytes, given: Any) -> None:
    size = int(stream["/Width"]), int(stream["/Height"])
    made, size, is_turned = photos.fax(data, given, size)
    stream._data = made  # noqa: SLF001 (the same)
    told = {"K": -1, "Columns": size[0], "Rows": size[1]}
    entries: dict[Any, Any] = {
        NameObject(f"/{key}"): NumberObject(told[key]) for key in told
    }
    is_black = is_true(given.get("/BlackIs1")) != is_turned
    entries[NameObject("/BlackIs1")] = BooleanObject(is_black)
    stream[NameObject("/DecodeParms")] = DictionaryObject(entries)


def _clean_scan(stream: Any, data: bytes, given: Any) -> None:
    stream._data = b"".join(segments(data))  # noqa: SLF001 (the same)
    if "/JBIG2Globals" in given:
        shared = NameObject("/JBIG2Globals")
        entries = DictionaryObject({shared: given.raw_get(shared)})
        stream[NameObject("/DecodeParms")] = entries


_CLEANED = {
    "/DCTDecode": _clean_photo,
    "/CCITTFaxDecode": _clean_fax,
    "/JBIG2Decode": _clean_scan,
}


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


def _repack(stream: Any, names: list[str], parts: int | None) -> None:
    """Pack pixels anew, as many as the picture says it has.

    Differences of neighbours stay as they are where the rows of a predictor are those
    of the picture.
    """
    is_mask = is_true(stream.get("/ImageMask"))
    bits = 1 if is_mask else int(stream.get("/BitsPerComponent", 8))
    parts = 1 if is_mask else parts
    if parts is None:
        raise AttachmentError("a picture of this PDF has colours that are not known")
    width, height = int(stream["/Width"]), int(stream["/Height"])
    row, given = (width * parts * bits + 7) // 8, _given(stream)
    told = {key: int(given.get(key, usual)) for key, usual in _PREDICTED.items()}
    kind = told.pop("/Predictor")
    how = {"EarlyChange": given.get("/EarlyChange", 1)}
    if [*told.values()] != [parts, bits, width]:
        how |= {key[1:]: told[key] for key in told} | {"Predictor": kind}
        kind = 1
    data = _unpacked(names, stream._data, **how)  # noqa: SLF001 (as it is packed)
    row += kind >= _PNG
    size = row * height
    is_whole = 0 < size <= len(data)
    if not is_whole or (kind >= _PNG and max(data[:size:row]) > _MOST_PNG):
        raise AttachmentError("a picture of this PDF is damaged")
    rewrite(stream, data[:size])
    if kind != 1:
        entries = told | {"/Predictor": min(kind, _ANY_PNG)}
        again = {NameObject(key): NumberObject(entries[key]) for key in entries}
        stream[NameObject("/DecodeParms")] = DictionaryObject(again)


def _given(stream: Any) -> Any:
    """Find how the last filter of a stream was used; empty where nothing is said."""
    given = stream.get("/DecodeParms")
    given = given.get_object() if given is not None else None
    if isinstance(given, ArrayObject):
        given = given[-1].get_object() if given else None
    return given if isinstance(given, DictionaryObject) else DictionaryObject()


def clean_globals(stream: StreamObject) -> None:
    """Take remarks out of what pictures of JBIG2 share."""
    rewrite(stream, b"".join(segments(unpacked(stream))))


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


def filters(found: Any) -> list[str]:
    """Name what packs a stream, the first to be undone first."""
    found = found.get_object() if found is not None else None
    if found is None:
        return []
    names = found if isinstance(found, ArrayObject) else [found]
    return [_SHORT.get(str(name), str(name)) for name in names]


def _refuse_elsewhere(stream: DictionaryObject) -> None:
    if {"/F", "/FFilter", "/FDecodeParms"} & set(stream):
        raise AttachmentError("this PDF keeps a part of itself in another file")
