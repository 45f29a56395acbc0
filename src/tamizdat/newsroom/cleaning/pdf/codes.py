"""Tell which codes of which font a document draws.

What no code draws is nobody's to read: rows of maps, names and drawings of signs.

Source: ISO 32000-2, 9.4.3 (showing text), 9.7.6 (codes of several bytes); Adobe TN 5094
(the codes of maps that viewers have).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    StreamObject,
    TextStringObject,
)

from tamizdat.newsroom.cleaning.pdf import maps, streams
from tamizdat.newsroom.cleaning.pdf.inherited import Inherited, refuse_narrow
from tamizdat.newsroom.cleaning.pdf.sizes import number

Find = Callable[[str, str], Any]
Space = tuple[bytes, bytes]  # the least and the greatest byte at each place of a code

_MIXED = {  # of maps whose codes have several lengths; others have two bytes
    "GB-EUC": "00-80 A1A1-FEFE",
    "GBpc-EUC": "00-80 FD-FF A1A1-FCFE",
    "GBK-EUC": "00-80 8140-FEFE",
    "GBKp-EUC": "00-80 8140-FEFE",
    "GBK2K": "00-7F 8140-FEFE 81308130-FE39FE39",
    "B5pc": "00-80 FD-FF A140-FCFE",
    "HKscs-B5": "00-80 8740-FEFE",
    "ETen-B5": "00-80 A140-FEFE",
    "ETenms-B5": "00-80 A140-FEFE",
    "CNS-EUC": "00-80 A1A1-FEFE 8EA1A1A1-8EA7FEFE",
    "EUC": "00-80 8EA0-8EDF A1A1-FEFE",
    "KSC-EUC": "00-80 A1A1-FEFE",
    "KSCms-UHC": "00-80 8141-FEFE",
    "KSCms-UHC-HW": "00-80 8141-FEFE",
    "KSCpc-EUC": "00-84 FE-FF A141-FDFE",
    "RKSJ": "00-80 A0-DF FD-FF 8140-9FFC E040-FCFC",
    "UTF8": "00-7F C280-DFBF E08080-EFBFBF F0808080-F7BFBFBF",
    "UTF16": "0000-D7FF E000-FFFF D800DC00-DBFFDFFF",
}
_SHOWING = {"Tj", "TJ", "'", '"'}
_ONE, _TWO = [(b"\0", b"\xff")], [(b"\0\0", b"\xff\xff")]
_WIDEST = 4  # bytes of a code
_SIZED = 2  # a font, and its size


class Codes:
    """The codes that a document draws, by font."""

    def __init__(self) -> None:
        self._drawn: dict[int, set[bytes]] = defaultdict(set)
        self._fonts: list[Any] = []  # alive, so that no identity comes twice
        self._spaces: dict[int, Sequence[Space]] = {}
        self._said: dict[int, list[tuple[Any, bytes]]] = defaultdict(list)
        self._forms: dict[int, set[int]] = defaultdict(set)
        self.inherited = Inherited(self.say)

    def of(self, font: Any) -> set[bytes]:
        """Give the codes of a font that are drawn, as far as was read."""
        return self._drawn[id(font)]

    def note(self, font: Any, text: bytes) -> None:
        """Note what is drawn with a font."""
        if id(font) not in self._spaces:
            self._fonts.append(font)
            self._spaces[id(font)] = spaces(font)
        self._drawn[id(font)].update(split(text, self._spaces[id(font)]))

    def reading(self, find: Find, stream: Any, *, is_form: bool) -> "Reading":
        """Begin to read what a stream draws.

        Args:
            find: things of its resources.
            stream: it.
            is_form: whether it begins with a font that was chosen outside.
        """
        return Reading(self, find, id(stream), is_form=is_form)

    def say(self, stream: int, font: Any, text: bytes) -> None:
        """Note what a stream draws with a font."""
        self.note(font, text)
        self._said[stream].append((font, text))

    def call(self, stream: int, form: Any, font: Any, size: float) -> None:
        """Note that a stream draws a form, with a font in force."""
        self._forms[stream].add(id(form))
        self.inherited.call(stream, id(form), font, size)

    def said_below(self, streams: Iterable[int]) -> Iterator[tuple[Any, list[bytes]]]:
        """Give what streams draw, and forms in them: a font, and its codes."""
        left, seen = list(streams), set[int]()
        while left:
            stream = left.pop()
            if stream not in seen:
                seen.add(stream)
                left += self._forms[stream]
                for font, text in self._said[stream]:
                    yield font, list(split(text, self._spaces[id(font)]))


class Reading:
    """Goes along with the operators of one stream."""

    def __init__(self, codes: Codes, find: Find, stream: int, *, is_form: bool) -> None:
        self._codes, self._find, self._stream = codes, find, stream
        self._is_form = is_form
        self._font: Any = None
        self._size, self._width = 0.0, 1.0
        self._outer: list[tuple[Any, float, float]] = []

    def heed(self, name: str, operands: Sequence[Any]) -> float | None:
        """Heed an operator that is written.

        Returns:
            The size of the letters that a graphics state chose, or None.

        Raises:
            AttachmentError: a form takes over letters of no size.
        """
        if name == "q":
            self._outer.append((self._font, self._size, self._width))
        elif name == "Q" and self._outer:
            self._font, self._size, self._width = self._outer.pop()
        elif name == "Tf":
            self._choose(self._find("/Font", operands[-2]), operands[-1])
        elif name == "gs":
            self._choose(*_font_of(self._find("/ExtGState", operands[-1])))
        elif name == "Tz":
            self._width = number(operands[-1]) / 100
        elif name == "Do":
            self._call(self._find("/XObject", operands[-1]))
        elif name in _SHOWING:
            for text in texts(operands[-1]):
                self._show(text)
        return self._size if name == "gs" and self._font is not None else None

    def _choose(self, font: Any, size: Any) -> None:
        if font is not None:
            self._font, self._size = font, number(size)

    def _call(self, form: Any) -> None:
        if form is not None and form.get("/Subtype") == "/Form":
            refuse_narrow(self._width)
        self._codes.call(self._stream, form, self._font, self._size)

    def _show(self, text: bytes) -> None:
        if self._font is not None:
            self._codes.say(self._stream, self._font, text)
        elif self._is_form:
            self._codes.inherited.show(self._stream, text)


def _font_of(state: Any) -> tuple[Any, Any]:
    """Find the font that a state chooses, and its size; None where it does not."""
    sized = state.get("/Font") if state is not None else None
    sized = sized.get_object() if sized is not None else None
    if not isinstance(sized, ArrayObject) or len(sized) != _SIZED:
        return None, None
    return sized[0].get_object(), sized[1]


def texts(value: Any) -> Iterator[bytes]:
    """Give the strings of what is shown: of one, or of an array of them."""
    for one in value if isinstance(value, ArrayObject) else [value]:
        if isinstance(one, TextStringObject):
            yield one.original_bytes
        elif isinstance(one, (ByteStringObject, bytes)):
            yield bytes(one)


def spaces(font: Any) -> Sequence[Space]:
    """Tell how many bytes the codes of a font have, by what they begin with."""
    if font.get("/Subtype") != "/Type0":
        return _ONE
    told = font.get("/Encoding")
    told = told.get_object() if told is not None else None
    if isinstance(told, StreamObject):
        data = streams.unpacked(told)
        own = list(maps.spaces(data))
        return own or _named(maps.used(data))
    return _named(str(told)[1:])


def _named(name: str) -> Sequence[Space]:
    stem = name.rpartition("-")[0]
    for one in (stem, *(part for part in stem.split("-") if part in _MIXED)):
        short = "".join(end for end in ("UTF8", "UTF16") if one.endswith(end)) or one
        if short in _MIXED:
            pairs = [pair.split("-") for pair in _MIXED[short].split()]
            return [(bytes.fromhex(low), bytes.fromhex(high)) for low, high in pairs]
    return _TWO


def split(text: bytes, by: Sequence[Space]) -> Iterator[bytes]:
    """Read one code after another. What fits nowhere has the shortest length."""
    if len(by) == 1:
        width = len(by[0][0])
        yield from (text[at : at + width] for at in range(0, len(text), width))
        return
    least, at = min(len(low) for low, _ in by), 0
    while at < len(text):
        width = next(
            (
                width
                for width in range(1, _WIDEST + 1)
                if any(_is_in(text[at : at + width], low, high) for low, high in by)
            ),
            least,
        )
        yield text[at : at + width]
        at += width


def _is_in(code: bytes, low: bytes, high: bytes) -> bool:
    return len(code) == len(low) and all(
        least <= byte <= most for least, byte, most in zip(low, code, high, strict=True)
    )
