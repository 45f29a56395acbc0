"""Write the streams of a PDF anew: pixels, and whatever is packed.

What packs bytes is undone and done again, so that nothing stands behind its end, nor
behind the end of a row. Photos, faxes and scans are written from their pixels.

Source: ISO 32000-2, 7.4 (filters), 8.9 (images).
"""

import zlib
from collections.abc import Mapping
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

from tamizdat.newsroom.cleaning.pdf import photos, rows, scans, tables
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
_TIFF, _PNG = 2, 10  # from the latter on each row begins with a byte of its own
_ANY_PNG, _MOST_PNG = 15, 4
_BYTE = 8  # bits


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
    is_black = is_true(given.get("/BlackIs1")) != is_turned
    _put_fax(stream, made, size, is_black=is_black)


def _clean_scan(stream: Any, data: bytes, given: Any) -> None:
    shared = given.get("/JBIG2Globals")
    more = unpacked(shared.get_object()) if shared is not None else None
    size = int(stream["/Width"]), int(stream["/Height"])
    made, is_turned = scans.jbig2(data, more, size)
    _put_fax(stream, made, size, is_black=is_turned)


def _put_fax(
    stream: Any, data: bytes, size: tuple[int, int], *, is_black: bool
) -> None:
    """Put the code of T.6 into a stream. `is_black`: what it calls black is 1."""
    stream._data = data  # noqa: SLF001 (pypdf offers no other way)
    stream[NameObject("/Filter")] = NameObject("/CCITTFaxDecode")
    told = {"K": -1, "Columns": size[0], "Rows": size[1]}
    entries: dict[Any, Any] = {
        NameObject(f"/{key}"): NumberObject(told[key]) for key in told
    }
    entries[NameObject("/BlackIs1")] = BooleanObject(is_black)
    stream[NameObject("/DecodeParms")] = DictionaryObject(entries)


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
        entries = {NameObject(f"/{k}"): NumberObject(v) for k, v in given.items()}
        last = DictionaryObject(entries)
        blank = [NullObject()] * (len(packing) - 1)
        outer[NameObject("/DecodeParms")] = ArrayObject([*blank, last])
    outer._data = data  # noqa: SLF001 (pypdf offers no other way)
    return bytes(outer.get_data()) if packing else data


def _repack(stream: Any, names: list[str], parts: int | None) -> None:
    """Pack pixels anew, as many as the picture says it has.

    Differences of neighbours stay as they are where the rows of a predictor are those
    of the picture, and no bit is left at the end of one.
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
    spare = row * 8 - width * parts * bits
    is_other = bool(spare) or [*told.values()] != [parts, bits, width]
    data = _pixels(stream, names, told, kind if is_other else 1)
    kind = 1 if is_other else kind
    row += kind >= _PNG
    whole = _whole(data, row * height, row if kind >= _PNG else 0)
    whole = _without_spare(whole, row, spare)
    if not is_mask:
        space, decode = stream.get("/ColorSpace"), stream.get("/Decode")
        tables.clear_unused(space, whole, (width, height, bits), kind, decode)
    rewrite(stream, whole)
    if kind != 1:
        entries = told | {"/Predictor": min(kind, _ANY_PNG)}
        again = {NameObject(key): NumberObject(entries[key]) for key in entries}
        stream[NameObject("/DecodeParms")] = DictionaryObject(again)


def _pixels(stream: Any, names: list[str], told: Mapping[str, int], kind: int) -> bytes:
    """Unpack pixels.

    Args:
        stream: of the picture.
        names: of what packs it.
        told: how its predictor was used: colours, bits and columns.
        kind: of the predictor that is to be undone; 1 for none.
    """
    how = {"EarlyChange": int(_given(stream).get("/EarlyChange", 1))}
    colours, bits, columns = told.values()
    by_bytes = kind >= _PNG and colours * bits <= _BYTE
    if kind == _TIFF and bits == 1:  # which pypdf does not undo
        raise AttachmentError("a picture of this PDF is damaged")
    if kind != 1 and not by_bytes:
        how |= {key[1:]: told[key] for key in told} | {"Predictor": kind}
    data = _unpacked(names, stream._data, **how)  # noqa: SLF001 (as it is packed)
    return rows.undone(data, (columns * colours * bits + 7) // 8) if by_bytes else data


def _whole(data: bytes, size: int, row: int) -> bytes:
    """Cut pixels where they end. `row`: bytes of one that begins with its predictor."""
    is_whole = 0 < size <= len(data)
    if not is_whole or (row and max(data[:size:row]) > _MOST_PNG):
        raise AttachmentError("a picture of this PDF is damaged")
    return data[:size]


def _without_spare(data: bytes, row: int, spare: int) -> bytes:
    """Clear the bits behind the last pixel of each row. `row`: bytes; `spare`: bits."""
    if not spare:
        return data
    rows, mask = bytearray(data), 0xFF << spare & 0xFF
    rows[row - 1 :: row] = bytes(last & mask for last in rows[row - 1 :: row])
    return bytes(rows)


def _given(stream: Any) -> Any:
    """Find how the last filter of a stream was used; empty where nothing is said."""
    given = stream.get("/DecodeParms")
    given = given.get_object() if given is not None else None
    if isinstance(given, ArrayObject):
        given = given[-1].get_object() if given else None
    return given if isinstance(given, DictionaryObject) else DictionaryObject()


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
