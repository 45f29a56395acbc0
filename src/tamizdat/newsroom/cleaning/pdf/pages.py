"""Write a PDF anew: its pages and what they draw, nothing of who wrote it, or where.

What a reader needs is listed in `shapes`, and all else goes: properties, attached
files, scripts, forms, remarks, earlier versions, marks of programs, and what cameras
wrote into photos. What cannot be opened and gone through whole is refused, and so is a
document with layers that its readers would not see.

Source: ISO 32000-2.
"""

import io
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.errors import LimitReachedError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject

from tamizdat.newsroom.cleaning.pdf import layers, scalars
from tamizdat.newsroom.cleaning.pdf.pruning import TOO_MUCH, Pruner
from tamizdat.newsroom.errors import AttachmentError

_MARK = b"%PDF-"
_MARK_WITHIN = 1_024  # bytes, as readers accept it


def is_pdf(data: bytes) -> bool:
    """Tell whether this begins like a PDF."""
    return _MARK in data[:_MARK_WITHIN]


def clean(data: bytes) -> bytes:
    """Write the pages anew.

    Raises:
        AttachmentError: damaged, encrypted, with hidden layers, or with parts that
            cannot be cleaned.
    """
    try:
        return _clean(data)
    except AttachmentError:
        raise
    except LimitReachedError as error:
        raise AttachmentError(TOO_MUCH) from error
    except Exception as error:  # whatever a parser makes of strangers' bytes
        raise AttachmentError("this PDF is damaged and cannot be opened") from error


def _clean(data: bytes) -> bytes:
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted:
        raise AttachmentError("this PDF is locked with a password: save it without one")
    layers.refuse_hidden(reader.trailer["/Root"])
    writer = PdfWriter()
    for page in reader.pages:
        _strip_annotations(page)
        writer.add_page(page)
    if not writer.pages:
        raise AttachmentError("this PDF has no pages")
    writer.metadata = None
    Pruner(writer).prune(writer.root_object)
    _forget_unreached(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _forget_unreached(writer: Any) -> None:
    """Take out what nothing names any more, and all that was named by it alone."""
    reached: set[int] = set()
    left: list[Any] = [writer.root_object.indirect_reference]
    while left:
        thing = left.pop()
        if isinstance(thing, IndirectObject):
            if thing.idnum in reached:
                continue
            reached.add(thing.idnum)
            thing = thing.get_object()
        if isinstance(thing, DictionaryObject):
            left.extend(dict.values(thing))
        elif isinstance(thing, ArrayObject):
            left.extend(list.__iter__(thing))
    for at in range(len(writer._objects)):  # noqa: SLF001 (pypdf looks one step far)
        if at + 1 not in reached:
            writer._objects[at] = None  # noqa: SLF001 (the same)


def _strip_annotations(page: Any) -> None:
    """Keep links to the web alone: others hold remarks, names, files, scripts."""
    kept = [note for note in page.get("/Annots") or () if _is_link(note.get_object())]
    if "/Annots" in page:
        del page["/Annots"]
    if kept:
        page[NameObject("/Annots")] = ArrayObject(kept)


def _is_link(note: Any) -> bool:
    action = note.get("/A")
    action = action.get_object() if action is not None else {}
    is_web = scalars.anew(action.get("/URI"), "web") is not None
    return note.get("/Subtype") == "/Link" and action.get("/S") == "/URI" and is_web
