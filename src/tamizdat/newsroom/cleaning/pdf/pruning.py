"""Go through all that a PDF draws, and write it as its shape says.

Only what is drawn is gone through: a picture that no page shows is not written.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NullObject,
    StreamObject,
)

from tamizdat.newsroom.cleaning.pdf import (
    colours,
    drawing,
    inherited,
    layers,
    lettering,
    scalars,
    streams,
    values,
)
from tamizdat.newsroom.cleaning.pdf.kinds import NARROWED
from tamizdat.newsroom.cleaning.pdf.names import Names
from tamizdat.newsroom.cleaning.pdf.shapes import KINDS, SHAPES
from tamizdat.newsroom.cleaning.pdf.shelves import Shelves, find, inline
from tamizdat.newsroom.cleaning.pdf.sizes import Sizes
from tamizdat.newsroom.cleaning.pdf.waiting import Waiting
from tamizdat.newsroom.errors import AttachmentError

_MOST_OBJECTS = 200_000
_MOST_BYTES = 256 << 20  # unpacked, of all streams
TOO_MUCH = "this PDF unpacks to too much: print it to a new PDF of less detail"
_BY_LETTER = {letter: (key, shape) for key, (letter, shape) in KINDS.items()}
_OWNERS = ("page", "form", "tiling", "type3")  # what draws, with resources of its own
_FONTS = ("type0", "type1", "truetype", "cid")
_LATE = ("letters", "signs")
_ALLOWED = {  # names in the place of what has a shape
    "softmask": "/None",
    "function": "/Identity/Default",
}


class Pruner:
    """Goes through all that is to be written, each thing once for each shape."""

    def __init__(self, writer: PdfWriter) -> None:
        self._writer = writer
        self._left: list[tuple[Any, str, Any]] = []
        self._seen: set[tuple[int, str]] = set()
        self._kept: list[Any] = []  # alive, so that no identity comes twice
        self._shelves = Shelves()
        self._names = Names()
        self._waiting = Waiting()
        self._bytes = 0

    def prune(self, root: Any) -> list[str]:
        """Write everything below anew, as its shape names it.

        Returns:
            Words that maps of letters give to single signs.

        Raises:
            AttachmentError: hidden, too much, or not to be gone through.
        """
        self._left.append((root, "catalog", None))
        while self._left or self._draw_signs():
            self._go_through()
        for data in self._waiting.write(self._names, self._writer):
            self._counted(data)
        self._shelves.fill()
        return self._waiting.words

    def _go_through(self) -> None:
        while self._left:
            thing, shape, outer = self._left.pop()
            if (id(thing), shape) in self._seen:
                continue
            self._seen.add((id(thing), shape))
            self._kept.append(thing)
            if len(self._seen) > _MOST_OBJECTS:
                raise AttachmentError("this PDF has too many parts")
            layers.refuse_hiding(thing)
            self._prepare(thing, shape, outer)
            self._write(thing, shape)

    def _prepare(self, thing: Any, shape: str, outer: Any) -> None:
        """Do what needs the whole of a thing, before its entries are looked at."""
        if shape in _OWNERS:
            self._draw(thing, shape, outer)
        elif shape in _FONTS:
            lettering.name(thing, self._names)
            lettering.put_aside(thing.get("/FontDescriptor"))
            if shape != "cid":  # which goes with the font that has its codes
                self._waiting.add(thing)
        elif shape == "softmask" and "/G" in thing:
            self._waiting.set_aside(thing["/G"])
        elif isinstance(thing, StreamObject) and shape not in _LATE:
            self._clean_stream(thing, shape)

    def _write(self, thing: Any, shape: str) -> None:
        entries = SHAPES[shape]
        is_stream = isinstance(thing, StreamObject)
        for key in list(thing):
            if is_stream and key in ("/Filter", "/Length"):
                continue
            kind = entries.get(key)
            told = self._anew(thing, key, kind) if kind else None
            if told is None:
                del thing[key]
            else:
                thing[NameObject(key)] = told

    def _anew(self, thing: Any, key: str, kind: str) -> Any:
        """Write an entry anew; None for one that goes."""
        raw = thing.raw_get(key)
        if kind in ("parent", "done", "content", "turned"):
            return raw
        own: Callable[[Any], Any] | None = getattr(self, f"_{kind}_anew", None)
        if own is not None:
            return own(raw)
        if kind in SHAPES or kind in NARROWED:
            return self._below(raw, kind)
        return scalars.anew(raw.get_object(), kind)

    def _below(self, raw: Any, kind: str, outer: Any = None) -> Any:
        """Note a thing that is to be gone through. Returns: what stands for it."""
        value = raw.get_object()
        if isinstance(value, ArrayObject):
            told = [self._below(one, kind, outer) for one in value]
            return ArrayObject(one for one in told if one is not None)
        if isinstance(value, DictionaryObject):
            shape = NARROWED[kind](value) if kind in NARROWED else kind
            if shape not in SHAPES:
                return None
            self._left.append((value, shape, outer))
            return raw
        if isinstance(value, NameObject) and kind in _ALLOWED:
            names = _ALLOWED[kind][1:].split("/")
            return NameObject(value) if value[1:] in names else None
        return None

    def _space_anew(self, raw: Any) -> Any:
        return colours.space(raw.get_object(), self._coloured)

    def _coloured(self, raw: Any, shape: str) -> Any:
        told = self._below(raw, shape)
        if told is None:
            raise AttachmentError("this PDF has colours that are not known")
        return told

    def _mask_anew(self, raw: Any) -> Any:
        value = raw.get_object()
        if isinstance(value, ArrayObject):
            return scalars.anew(value, "n*")
        return self._below(raw, "image")

    def _sized_anew(self, raw: Any) -> Any:
        font, size = list(raw.get_object())[:2]
        told = self._below(font, "font"), scalars.anew(size.get_object(), "n")
        return None if None in told else ArrayObject(told)

    def _encoding_anew(self, raw: Any) -> Any:
        value = raw.get_object()
        if isinstance(value, StreamObject):
            return self._below(raw, "signs")
        if isinstance(value, DictionaryObject):
            return self._below(raw, "differences")
        return lettering.encoding(value)

    def _differences_anew(self, raw: Any) -> Any:
        value = raw.get_object()
        if isinstance(value, DictionaryObject):
            return self._below(raw, "differences")
        return raw if isinstance(value, ArrayObject) else None

    def _glyphs_anew(self, raw: Any) -> Any:
        return raw  # named when it is known which are drawn

    def _resources_anew(self, raw: Any) -> Any:
        value = raw.get_object()
        layers.refuse_hiding(value)
        for key in list(value):
            if key not in KINDS or self._shelves.of(value, key) is None:
                del value[key]
        return raw

    # Drawing.

    def _draw(self, thing: Any, shape: str, outer: Any) -> None:
        """Write what a thing draws, and note what it draws with."""
        held = thing.get("/Resources")
        held = held.get_object() if held is not None else None
        if not isinstance(held, DictionaryObject):
            held = outer if outer is not None else DictionaryObject()
            thing[NameObject("/Resources")] = held
        if shape == "page":
            if "/Contents" in thing:
                fresh = StreamObject()
                self._rewrite(fresh, thing["/Contents"], held)
                place = self._writer._add_object(fresh)  # noqa: SLF001 (pypdf's own way in)
                thing[NameObject("/Contents")] = place
        elif shape == "type3":
            self._waiting.add(thing, held)
        else:
            self._rewrite(thing, thing, held, is_form=shape == "form")
            if shape == "tiling":
                self._waiting.set_aside(thing)

    def _draw_signs(self) -> bool:
        """Write drawings of signs that are drawn. Returns: whether there were more."""
        fresh = [
            (stream, held)
            for stream, held in self._waiting.drawings()
            if (id(stream), "glyph") not in self._seen
        ]
        for stream, held in fresh:
            if (id(stream), "glyph") not in self._seen:
                self._seen.add((id(stream), "glyph"))
                self._kept.append(stream)
                self._rewrite(stream, stream, held)
                self._write(stream, "glyph")
                self._waiting.set_aside(stream)
        return bool(fresh)

    def _rewrite(
        self, stream: Any, drawn: Any, held: Any, *, is_form: bool = False
    ) -> None:
        codes, named = self._waiting.codes, partial(find, held)
        reading = codes.reading(named, stream, is_form=is_form)
        use, place = partial(self._use, held), partial(self._place, held)
        hand = drawing.Hand(use, place, reading.heed)
        size = inherited.LEAST if is_form else 0.0
        sizes = Sizes(stream.get("/Matrix", ()), size)
        data = drawing.operators(drawn, self._writer, hand, sizes)
        streams.rewrite(stream, self._counted(data))

    def _use(self, held: Any, letter: str, name: str) -> NameObject:
        """Give the new name of a resource that is drawn with."""
        key, shape = _BY_LETTER[letter]
        shelf = self._shelves.of(held, key)
        if shelf is None:
            return self._names.of(letter, name)
        if name not in shelf.used:
            new = self._names.of(letter, f"{id(shelf.things)} {name}")
            shelf.used[name] = new
            raw = shelf.things.raw_get(name) if name in shelf.things else NullObject()
            is_space = shape == "space" and name in shelf.things
            told = self._space_anew(raw) if is_space else self._below(raw, shape, held)
            if told is not None:
                shelf.fresh[new] = told
        return shelf.used[name]

    def _place(self, held: Any, image: Any) -> NameObject:
        """Keep an inline image as others are kept."""
        stream = inline(image, held)
        shelf = self._shelves.of(held, "/XObject", is_needed=True)
        if shelf is None:
            raise AttachmentError("this PDF is damaged and cannot be opened")
        self._kept.append(stream)
        new = self._names.of("X", f"inline {len(self._kept)}")
        place = self._writer._add_object(stream)  # noqa: SLF001 (pypdf's own way in)
        shelf.fresh[new] = self._below(place, "image")
        return new

    # Streams.

    def _counted(self, data: bytes) -> bytes:
        self._bytes += len(data)
        if self._bytes > _MOST_BYTES:
            raise AttachmentError(TOO_MUCH)
        return data

    def _clean_stream(self, stream: StreamObject, shape: str) -> None:
        if "/ColorSpace" in stream:
            space = self._space_anew(stream.raw_get("/ColorSpace"))
            stream[NameObject("/ColorSpace")] = space
        if shape == "image":
            parts = colours.count(stream.get("/ColorSpace"))
            streams.clean_picture(stream, parts)
        else:
            data = self._counted(streams.unpacked(stream))
            parts = colours.count(stream.get("/ColorSpace"))
            streams.rewrite(stream, values.needed(stream, shape, data, parts))
