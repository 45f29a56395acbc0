"""Write a PDF anew: its pages and what they draw, nothing of who wrote it, or where.

Gone are properties, attached files, scripts, forms, remarks, earlier versions, and what
cameras wrote into photos. What cannot be opened and gone through whole is refused.

Source: ISO 32000-2; marker segments of JPEG in ITU-T T.81, annex B.
"""

import io
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    StreamObject,
)

from tamizdat.newsroom.errors import AttachmentError

_MARK = b"%PDF-"
_MARK_WITHIN = 1_024  # bytes, as readers accept it
_MOST_OBJECTS = 200_000
_GONE = {
    *("/Metadata", "/PieceInfo", "/LastModified", "/Thumb", "/AA", "/OpenAction"),
    *("/AF", "/AcroForm", "/Collection", "/Perms", "/Legal", "/DSS", "/SpiderInfo"),
    *("/OutputIntents", "/Threads", "/B", "/ID", "/JavaScript", "/EmbeddedFiles"),
    *("/StructTreeRoot", "/MarkInfo", "/Measure", "/PtData", "/VP", "/UserProperties"),
    *("/Requirements", "/URI_Base", "/PresSteps", "/Extensions", "/Associated", "/OPI"),
}
_REFUSED_STREAMS = {"/JPXDecode"}  # its boxes can hold anything; nobody prints with it
_JPEG = "/DCTDecode"
_JPEG_ADOBE = b"Adobe"
_SCAN = 0xDA


def is_pdf(data: bytes) -> bool:
    """Tell whether this begins like a PDF."""
    return _MARK in data[:_MARK_WITHIN]


def clean(data: bytes) -> bytes:
    """Write the pages anew.

    Raises:
        AttachmentError: damaged, encrypted, or with pictures that cannot be cleaned.
    """
    try:
        return _clean(data)
    except AttachmentError:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, IndexError) as error:
        raise AttachmentError("this PDF is damaged and cannot be opened") from error
    except (AttributeError, RuntimeError, OSError) as error:
        raise AttachmentError("this PDF is damaged and cannot be opened") from error


def _clean(data: bytes) -> bytes:
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted:
        raise AttachmentError("this PDF is locked with a password: save it without one")
    writer = PdfWriter()
    for page in reader.pages:
        _strip_annotations(page)
        writer.add_page(page)
    if not writer.pages:
        raise AttachmentError("this PDF has no pages")
    writer.metadata = None
    for thing in _objects(writer):
        _strip(thing)
    writer.compress_identical_objects(remove_duplicates=False, remove_unreferenced=True)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _strip_annotations(page: Any) -> None:
    """Keep links to the web alone: others hold remarks, names, files, scripts."""
    kept = [note for note in page.get("/Annots") or () if _is_link(note.get_object())]
    if "/Annots" in page:
        del page["/Annots"]
    if kept:
        page[NameObject("/Annots")] = ArrayObject(
            _bare_link(n.get_object()) for n in kept
        )


def _is_link(note: Any) -> bool:
    action = note.get("/A")
    action = action.get_object() if action is not None else {}
    return note.get("/Subtype") == "/Link" and action.get("/S") == "/URI"


def _bare_link(note: Any) -> DictionaryObject:
    action = note["/A"].get_object()
    bare = DictionaryObject()
    for key in ("/Type", "/Subtype", "/Rect", "/Border"):
        if key in note:
            bare[NameObject(key)] = note[key]
    target = DictionaryObject()
    target[NameObject("/S")] = NameObject("/URI")
    target[NameObject("/URI")] = action["/URI"]
    bare[NameObject("/A")] = target
    return bare


def _objects(writer: PdfWriter) -> Iterator[Any]:
    """Go through all that is to be written, each once."""
    seen: set[int] = set()
    left: list[Any] = [writer.root_object]
    while left:
        thing = left.pop()
        if isinstance(thing, IndirectObject):
            thing = thing.get_object()
        if id(thing) in seen or not isinstance(thing, (DictionaryObject, ArrayObject)):
            continue
        seen.add(id(thing))
        if len(seen) > _MOST_OBJECTS:
            raise AttachmentError("this PDF has too many parts")
        yield thing
        left.extend(thing.values() if isinstance(thing, DictionaryObject) else thing)


def _strip(thing: Any) -> None:
    if not isinstance(thing, DictionaryObject):
        return
    for key in _GONE & set(thing):
        del thing[key]
    if isinstance(thing, StreamObject):
        _strip_picture(thing)


def _strip_picture(stream: StreamObject) -> None:
    filters = stream.get("/Filter")
    filters = filters.get_object() if filters is not None else []
    names = [filters] if isinstance(filters, NameObject) else list(filters)
    if _REFUSED_STREAMS & {str(name) for name in names}:
        raise AttachmentError(
            "this PDF holds JPEG 2000 pictures, which cannot be cleaned: print it to a "
            "new PDF"
        )
    if _JPEG not in names:
        return
    if len(names) != 1:
        raise AttachmentError(
            "this PDF packs a photo twice, which cannot be cleaned: print it to a new "
            "PDF"
        )
    stream._data = _strip_jpeg(stream._data)  # noqa: SLF001 (pypdf offers no other way)


def _strip_jpeg(data: bytes) -> bytes:
    """Take what cameras wrote out of a JPEG, its pixels untouched."""
    if not data.startswith(b"\xff\xd8"):
        raise AttachmentError("a photo of this PDF is damaged")
    kept, at = [data[:2]], 2
    while at + 4 <= len(data) and data[at] == 0xFF:  # noqa: PLR2004 (begins a marker)
        marker = data[at + 1]
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4])
        if marker == _SCAN:
            last = data.rfind(b"\xff\xd9")
            kept.append(data[at : last + 2] if last > at else data[at:])
            return b"".join(kept)
        if _is_needed(marker, data[at + 4 : end]):
            kept.append(data[at:end])
        at = end
    raise AttachmentError("a photo of this PDF is damaged")


def _is_needed(marker: int, body: bytes) -> bool:
    if marker == 0xFE or 0xE0 <= marker <= 0xEF:  # noqa: PLR2004 (COM, APP0 to APP15)
        named = marker == 0xEE and body.startswith(_JPEG_ADOBE)  # noqa: PLR2004 (APP14)
        return named or (marker == 0xE0 and body.startswith(b"JFIF\0"))  # noqa: PLR2004
    return True
