"""Write what can be written only when all that is drawn is known.

Rows of maps, names of signs and drawings of signs stay for codes that a page draws, and
for no others.

Source: ISO 32000-2, 9.6 to 9.10.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pypdf.generic import DictionaryObject, NameObject, StreamObject

from tamizdat.newsroom.cleaning.pdf import lettering, ligatures, maps, streams
from tamizdat.newsroom.cleaning.pdf.codes import Codes
from tamizdat.newsroom.cleaning.pdf.drawn import Drawn, numbered, simple
from tamizdat.newsroom.cleaning.pdf.names import Names


@dataclass
class _Shared:
    """A thing that may be of several fonts."""

    thing: Any
    fonts: list[Any] = field(default_factory=list)


class Waiting:
    """Fonts of a document, until it is known which of their codes are drawn.

    Attributes:
        codes: that are.
        words: what is read of single signs that is none, and what is written where
            nobody looks for words: whoever brings the document in is asked about them.
    """

    def __init__(self) -> None:
        self.codes = Codes()
        self.words: list[str] = []
        self._letters: dict[int, _Shared] = {}
        self._signs: dict[int, _Shared] = {}
        self._names: dict[int, _Shared] = {}
        self._drawings: list[tuple[Any, Any]] = []
        self._fonts: list[Any] = []
        self._aside: list[Any] = []
        self._told: dict[int, dict[bytes, str]] = {}

    def add(self, font: Any, held: Any = None) -> None:
        """Let what is of a font wait.

        Args:
            font: its dictionary.
            held: resources of one whose signs are drawings; None for others.
        """
        if held is not None:
            self._drawings.append((font, held))
        self._fonts.append(font)
        for key, kept in (("/ToUnicode", self._letters), ("/Encoding", None)):
            told = font.get(key)
            told = told.get_object() if told is not None else None
            if isinstance(told, StreamObject):
                self._share(self._signs if kept is None else kept, told, font)
            elif isinstance(told, DictionaryObject) and kept is None:
                self._share(self._names, told, font)

    @staticmethod
    def _share(kept: dict[int, _Shared], thing: Any, font: Any) -> None:
        kept.setdefault(id(thing), _Shared(thing)).fonts.append(font)

    def set_aside(self, stream: Any) -> None:
        """Heed what draws where nobody looks for words: a sign, a pattern, a mask."""
        self._aside.append(stream)

    def _said_aside(self) -> Iterator[str]:
        """Give words that such things draw, as far as they can be read."""
        for font, codes in self.codes.said_below(map(id, self._aside)):
            told = self._told.get(id(font), {})
            letters = (
                told.get(code, code.decode("cp1252", "replace")) for code in codes
            )
            yield "".join(letters)
        for text in self.codes.inherited.unshown():
            yield text.decode("cp1252", "replace")

    def drawings(self) -> Iterator[tuple[Any, Any]]:
        """Give the drawings of signs that are drawn, as far as that is known.

        Returns:
            The stream of each, and the resources of its font.
        """
        for font, held in self._drawings:
            for stream in lettering.drawings(font, self.codes.of(font)).values():
                yield stream.get_object(), held

    def write(self, names: Names, pdf: Any) -> Iterator[bytes]:
        """Write what waited.

        Returns:
            The program of each font.

        Raises:
            AttachmentError: a map that is too large; a program that is damaged.
        """
        yield from self._write_programs(names, pdf)
        for one in self._letters.values():
            data, told = maps.letters(streams.unpacked(one.thing), self._drawn(one))
            streams.rewrite(one.thing, data)
            self.words += [one for one in told.values() if not ligatures.is_sign(one)]
            for font in one.fonts:
                self._told[id(font)] = told
        self.words += self._said_aside()
        for one in self._signs.values():
            down = one.thing.get("/WMode") == 1
            data = streams.unpacked(one.thing)
            streams.rewrite(one.thing, maps.signs(data, self._drawn(one), down=down))
        for font, _held in self._drawings:
            lettering.keep_drawings(font, self.codes.of(font), names)
        for one in self._names.values():
            key = NameObject("/Differences")
            if key in one.thing:
                told = one.thing[key]
                one.thing[key] = lettering.differences(told, self._drawn(one), names)

    def _write_programs(self, names: Names, pdf: Any) -> Iterator[bytes]:
        told: dict[int, tuple[Any, Drawn]] = {}
        turned: list[tuple[Any, Drawn]] = []
        for font in self._fonts:
            below = font.get("/DescendantFonts")
            one = below.get_object()[0].get_object() if below is not None else font
            held = one.get("/FontDescriptor")
            held = held.get_object() if held is not None else None
            new = held, Drawn(is_numbered=below is not None)
            # Two fonts may draw with one program; what is no font's is none.
            drawn = told.setdefault(id(held or font), new)[1]
            if below is not None:
                numbered(drawn, font, one, self.codes.of(font))
                turned.append((one, drawn))
            else:
                simple(drawn, font, self.codes.of(font))
                lettering.keep_widths(font, self.codes.of(font))
        for held, drawn in told.values():
            if held is not None:
                yield lettering.program(held, drawn, names, pdf)
        for one, drawn in turned:
            lettering.turn(one, drawn, pdf)

    def _drawn(self, shared: _Shared) -> set[bytes]:
        return {code for font in shared.fonts for code in self.codes.of(font)}
