"""Write a PDF anew: its pages and what they draw, nothing of who wrote it, or where.

What a reader needs is listed in `shapes`, and all else goes: properties, attached
files, scripts, forms, remarks, earlier versions, marks of programs, and what cameras
wrote into photos. What cannot be opened and gone through whole is refused, and so is a
document with layers that its readers would not see.

Source: ISO 32000-2.
"""

import io
from collections.abc import Container
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.errors import LimitReachedError
from pypdf.generic import (
    ArrayObject,
    ContentStream,
    DictionaryObject,
    IndirectObject,
    NameObject,
    StreamObject,
)

from tamizdat.newsroom.cleaning.pdf import layers, scalars
from tamizdat.newsroom.cleaning.pdf.codes import texts
from tamizdat.newsroom.cleaning.pdf.pruning import TOO_MUCH, Pruner
from tamizdat.newsroom.errors import AttachmentError
from tamizdat.newsroom.errors import said_later as _

_LAID_OVER = _(
    "something is laid over its pages that would go: a bar, a stamp, a remark, a "
    "field that is filled in; print it to a new PDF and send that"
)
_OF_NO_INK = {
    *("/Link", "/Popup", "/Text", "/FileAttachment", "/Sound", "/Movie"),
    *("/PrinterMark", "/TrapNet"),
}
_NOT_SHOWN = 1 << 1 | 1 << 5  # hidden, and on no screen
_SHOWING = frozenset(b"f F f* B B* b b* S s sh Do".split()) | {b"INLINE IMAGE"}
_WRITING = {b"Tj", b"TJ", b"'", b'"'}
_MARK = b"%PDF-"
_MARK_WITHIN = 1_024  # bytes, as readers accept it


def is_pdf(data: bytes) -> bool:
    """Tell whether this begins like a PDF."""
    return _MARK in data[:_MARK_WITHIN]


def clean(data: bytes, only: Container[int] | None = None) -> tuple[bytes, list[str]]:
    """Write the pages anew.

    Args:
        data: of the document.
        only: numbers of the pages that are written, from 0; None for all.

    Returns:
        The document, and words that its fonts give to single signs.

    Raises:
        AttachmentError: damaged, encrypted, with hidden layers, or with parts that
            cannot be cleaned.
    """
    try:
        return _clean(data, only)
    except AttachmentError:
        raise
    except LimitReachedError as error:
        raise AttachmentError(TOO_MUCH) from error
    except Exception as error:  # whatever a parser makes of strangers' bytes
        raise AttachmentError("this PDF is damaged and cannot be opened") from error


def _clean(data: bytes, only: Container[int] | None) -> tuple[bytes, list[str]]:
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted:
        raise AttachmentError("this PDF is locked with a password: save it without one")
    layers.refuse_hidden(reader.trailer["/Root"])
    writer = PdfWriter()
    for number, page in enumerate(reader.pages):
        if only is not None and number not in only:
            continue
        _strip_annotations(page)
        writer.add_page(page)
    if not writer.pages:
        raise AttachmentError("this PDF has no pages")
    writer.metadata = None
    words = Pruner(writer).prune(writer.root_object)
    _forget_unreached(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue(), words


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
    """Keep links to the web alone: others hold remarks, names, files, scripts.

    What is drawn over a page as an annotation is refused: a bar that goes shows the
    name below it, and words that were typed there are gone.
    """
    notes = [note.get_object() for note in page.get("/Annots") or ()]
    if any(_draws(note, page.pdf) for note in notes):
        raise AttachmentError(_LAID_OVER)
    kept = [note for note in page.get("/Annots") or () if _is_link(note.get_object())]
    if "/Annots" in page:
        del page["/Annots"]
    if kept:
        page[NameObject("/Annots")] = ArrayObject(kept)


def _draws(note: Any, pdf: Any) -> bool:
    """Say whether an annotation shows something that readers would miss.

    Source: ISO 32000-2, 12.5.3 (flags), 12.5.6.19 (fields of forms).
    """
    if note.get("/Subtype") in _OF_NO_INK:
        return False
    left, low, right, high = (float(side) for side in note["/Rect"])
    if left == right or low == high or int(note.get("/F", 0)) & _NOT_SHOWN:
        return False
    if note.get("/Subtype") != "/Widget":
        return True
    above = note.get("/Parent", DictionaryObject()).get_object()
    value = note.get("/V", above.get("/V"))
    filled = "/BG" in note.get("/MK", DictionaryObject()).get_object()
    return filled or value not in (None, "", "/Off") or _has_ink(note, pdf)


def _has_ink(note: Any, pdf: Any) -> bool:
    """Say whether a field that nobody filled in is drawn: a button, a frame.

    Source: ISO 32000-2, 12.5.5 (what an annotation looks like).
    """
    looks = note.get("/AP", DictionaryObject()).get_object()
    drawn = looks.get("/N", DictionaryObject()).get_object()
    if not isinstance(drawn, StreamObject):  # one for each state
        drawn = drawn.get(note.get("/AS", "/Off"), DictionaryObject()).get_object()
    if not isinstance(drawn, StreamObject):
        return False
    for operands, operator in ContentStream(drawn, pdf, "bytes").operations:
        if operator in _SHOWING:
            return True
        if operator in _WRITING and any(map(bytes.strip, texts(operands[-1]))):
            return True
    return False


def _is_link(note: Any) -> bool:
    action = note.get("/A")
    action = action.get_object() if action is not None else {}
    is_web = scalars.anew(action.get("/URI"), "web") is not None
    return note.get("/Subtype") == "/Link" and action.get("/S") == "/URI" and is_web
