"""Write a PDF anew: its pages and what they draw, nothing of who wrote it, or where.

What a reader needs is listed in `pdf_shapes`, and all else goes: properties, attached
files, scripts, forms, remarks, earlier versions, marks of programs, and what cameras
wrote into photos. What cannot be opened and gone through whole is refused, and so is a
document with layers that its readers would not see.

Source: ISO 32000-2.
"""

import io
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.errors import LimitReachedError, PyPdfError
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

from tamizdat.newsroom.cleaning import pdf_streams
from tamizdat.newsroom.cleaning.pdf_shapes import DRAWN, SHAPES
from tamizdat.newsroom.errors import AttachmentError

_MARK = b"%PDF-"
_MARK_WITHIN = 1_024  # bytes, as readers accept it
_MOST_OBJECTS = 200_000
_MOST_BYTES = 256 << 20  # unpacked, of all streams
_TOO_MUCH = "this PDF unpacks to too much: print it to a new PDF of less detail"
_DEVICES = {"/DeviceGray": 1, "/DeviceRGB": 3, "/DeviceCMYK": 4}
_CALIBRATED = {"/CalGray": 1, "/CalRGB": 3, "/Lab": 3}
_BY_PARTS = {count: name for name, count in _DEVICES.items()}
_PROFILE_COLOURS = {b"GRAY", b"RGB ", b"CMYK"}


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
        raise AttachmentError(_TOO_MUCH) from error
    except (PyPdfError, ValueError, KeyError, TypeError, IndexError) as error:
        raise AttachmentError("this PDF is damaged and cannot be opened") from error
    except (AttributeError, RuntimeError, OSError, AssertionError) as error:
        raise AttachmentError("this PDF is damaged and cannot be opened") from error


def _clean(data: bytes) -> bytes:
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted:
        raise AttachmentError("this PDF is locked with a password: save it without one")
    _refuse_hidden(reader.trailer["/Root"])
    writer = PdfWriter()
    for page in reader.pages:
        _strip_annotations(page)
        writer.add_page(page)
    if not writer.pages:
        raise AttachmentError("this PDF has no pages")
    writer.metadata = None
    _Pruner(writer).prune(writer.root_object)
    writer.compress_identical_objects(remove_duplicates=False, remove_unreferenced=True)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _refuse_hidden(root: Any) -> None:
    """Refuse layers that are off: without the list of layers, they would be seen."""
    nothing = DictionaryObject()
    layers = root.get("/OCProperties", nothing).get_object()
    shown = layers.get("/D", nothing).get_object()
    is_all_on = shown.get("/BaseState", "/ON") == "/ON" and not shown.get("/OFF")
    if not is_all_on or shown.get("/AS"):
        raise AttachmentError(
            "this PDF has layers that are not shown: print it to a new PDF"
        )


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
    return note.get("/Subtype") == "/Link" and action.get("/S") == "/URI"


class _Pruner:
    """Goes through all that is to be written, each thing once for each shape."""

    def __init__(self, writer: PdfWriter) -> None:
        self._writer = writer
        self._left: list[tuple[Any, str]] = []
        self._seen: set[tuple[int, str]] = set()
        self._cleaned: set[int] = set()
        self._kept: list[Any] = []  # alive, so that no identity comes twice
        self._bytes = 0

    def prune(self, root: Any) -> None:
        """Take out of everything below what its shape does not name."""
        self._left.append((root, "catalog"))
        while self._left:
            thing, shape = self._left.pop()
            if (id(thing), shape) in self._seen:
                continue
            self._seen.add((id(thing), shape))
            self._kept.append(thing)
            if len(self._seen) > _MOST_OBJECTS:
                raise AttachmentError("this PDF has too many parts")
            if isinstance(thing, StreamObject):
                self._clean_stream(thing, shape)
            self._prune_one(thing, shape)

    def _prune_one(self, thing: DictionaryObject, shape: str) -> None:
        entries = SHAPES[shape]
        is_stream = isinstance(thing, StreamObject)
        for key in list(thing):
            kind = entries.get(key)
            if kind is None and is_stream and key in ("/Filter", "/Length"):
                continue
            if kind is None or not self._goes_on(thing, key, kind):
                del thing[key]

    def _goes_on(self, thing: DictionaryObject, key: str, kind: str) -> bool:
        """Judge an entry, and note what lies below it. Returns: whether it stays."""
        value = thing[key]
        if kind == "parent":
            return True
        if kind == "content":
            thing[NameObject(key)] = self._content(value)
            return True
        if kind == "space":
            thing[NameObject(key)] = self._space(value)
            return True
        if kind.startswith("{"):
            return self._goes_through(value, kind[1:-1])
        return self._below(value, kind)

    def _goes_through(self, names: Any, kind: str) -> bool:
        """Judge a dictionary of names to things of a kind."""
        if not isinstance(names, DictionaryObject):
            return False
        for name in list(names):
            if not self._goes_on(names, name, kind):
                del names[name]
        return True

    def _below(self, value: Any, kind: str) -> bool:
        if isinstance(value, ArrayObject):
            return all(self._below(one.get_object(), kind) for one in value)
        if isinstance(value, DictionaryObject):
            shape = _narrowed(value, kind)
            if shape not in SHAPES:
                return False
            self._left.append((value, shape))
            return True
        return kind == "text" or not isinstance(
            value, (TextStringObject, ByteStringObject)
        )

    def _content(self, value: Any) -> Any:
        """Join what a page draws into one stream."""
        stream = StreamObject()
        pdf_streams.rewrite(stream, self._counted(self._drawn(value)))
        return self._writer._add_object(stream)  # noqa: SLF001 (pypdf's own way in)

    def _drawn(self, value: Any) -> bytes:
        return pdf_streams.operators(value, self._writer)

    def _counted(self, data: bytes) -> bytes:
        self._bytes += len(data)
        if self._bytes > _MOST_BYTES:
            raise AttachmentError(_TOO_MUCH)
        return data

    def _clean_stream(self, stream: StreamObject, shape: str) -> None:
        if id(stream) in self._cleaned:
            return
        self._cleaned.add(id(stream))
        if shape == "image":
            if "/ColorSpace" in stream:
                space = self._space(stream["/ColorSpace"])
                stream[NameObject("/ColorSpace")] = space
            pdf_streams.clean_picture(stream, _parts(stream.get("/ColorSpace")))
        elif shape == "globals":
            pdf_streams.clean_globals(stream)
        elif shape in DRAWN:
            pdf_streams.rewrite(stream, self._counted(self._drawn(stream)))
        else:
            data = pdf_streams.unpacked(stream, shape)
            pdf_streams.rewrite(stream, self._counted(data))

    def _space(self, value: Any) -> Any:
        """Write a space of colours anew; profiles of devices become plain colours."""
        if not isinstance(value, ArrayObject):
            return value if isinstance(value, NameObject) else NameObject("/DeviceGray")
        name, rest = value[0], [one.get_object() for one in value[1:]]
        if name == "/ICCBased":
            return _plain(rest[0])
        if name in _CALIBRATED:
            self._left.append((rest[0], "calibrated"))
            return ArrayObject([name, rest[0]])
        if name == "/Indexed":
            return self._indexed(rest)
        if name in ("/Separation", "/DeviceN"):
            self._left.append((rest[2], "function"))
            return ArrayObject([name, rest[0], self._space(rest[1]), value[3]])
        return ArrayObject([name, *(self._space(one) for one in rest[:1])])

    def _indexed(self, rest: list[Any]) -> ArrayObject:
        base, most, table = self._space(rest[0]), int(rest[1]), rest[2]
        if isinstance(table, StreamObject):
            table = pdf_streams.unpacked(table, "table")
        elif isinstance(table, TextStringObject):
            table = table.original_bytes
        size = (most + 1) * (_parts(base) or 1)
        colours = ByteStringObject(bytes(table)[:size])
        return ArrayObject([NameObject("/Indexed"), base, rest[1], colours])


def _plain(profile: Any) -> NameObject:
    """Name the plain colours for a profile: its words can tell a device."""
    data = profile.get_data()
    if data[16:20] not in _PROFILE_COLOURS or profile["/N"] not in _BY_PARTS:
        raise AttachmentError("this PDF has colours of a profile that is not known")
    return NameObject(_BY_PARTS[profile["/N"]])


def _parts(space: Any) -> int | None:
    """Count the values of a pixel; None where it cannot be told."""
    space = space.get_object() if space is not None else None
    if not isinstance(space, ArrayObject):
        return _DEVICES.get(str(space))
    name = str(space[0])
    if name == "/DeviceN":
        return len(space[1].get_object())
    return _CALIBRATED.get(name, 1 if name in ("/Indexed", "/Separation") else None)


def _narrowed(thing: Any, kind: str) -> str:
    """Tell the shape of a thing of which there are several kinds."""
    if kind == "xobject":
        return {"/Image": "image", "/Form": "form"}.get(str(thing.get("/Subtype")), "")
    if kind == "pattern":
        return {1: "tiling", 2: "shaded"}.get(thing.get("/PatternType", 0), "")
    return kind
