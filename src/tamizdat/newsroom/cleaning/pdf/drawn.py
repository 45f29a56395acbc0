"""Tell which signs of a font program the codes that are drawn may show.

Viewers find the sign of a code in more than one way. A sign that any of them leads to
is kept; one that none leads to is nobody's to see.

Source: ISO 32000-2, 9.6.5 (codes of simple fonts), 9.7.4 (signs by number); Annex D.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from fontTools import agl
from fontTools.encodings.MacRoman import MacRoman
from fontTools.encodings.StandardEncoding import StandardEncoding
from pypdf.generic import DictionaryObject, NameObject, NumberObject, StreamObject

from tamizdat.newsroom.cleaning.pdf import maps, streams

_SYMBOLS = (0xF000, 0xF100, 0xF200)  # where fonts of symbols keep their codes. 9.6.5.4
_CODES = 256


@dataclass
class Drawn:
    """What of a font program is drawn.

    Attributes:
        is_numbered: its signs are asked for by number.
        every: all of it, as nothing tells what is not.
        codes: of simple fonts.
        names: of signs that they may ask for.
        numbers: of signs, of fonts that ask by number.
        asked: numbers by which they ask, where a map turns them to those of signs.
    """

    is_numbered: bool
    every: bool = False
    codes: set[int] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    numbers: set[int] = field(default_factory=set)
    asked: set[int] = field(default_factory=set)

    def by_name(self, codes: Iterable[str]) -> set[str]:
        """Give the names of signs that are drawn. `codes`: names by code."""
        return self.names | {
            name for code, name in enumerate(codes) if code in self.codes
        }

    def letters(self) -> set[int]:
        """Give the codes by which maps of TrueType may be asked."""
        named = {code for name in self.names for code in map(ord, agl.toUnicode(name))}
        roman = {code for code, name in enumerate(MacRoman) if name in self.names}
        moved = {base + code for base in _SYMBOLS for code in self.codes}
        return self.codes | named | roman | moved


def rows_of(value: Any) -> Iterator[tuple[int, str]]:
    """Read codes and the names of their signs; of two for one code the later counts.

    Args:
        value: differences to an encoding. 9.6.5.1.
    """
    code, told = -1, dict[int, str]()
    for one in (each.get_object() for each in value[: 3 * _CODES]):
        if isinstance(one, NumberObject):
            code = int(one)
        elif isinstance(one, NameObject):
            if 0 <= code < _CODES:
                told[code] = str(one)
            code += 1 if code >= 0 else 0
    yield from sorted(told.items())


def simple(drawn: Drawn, font: Any, codes: Collection[bytes]) -> None:
    """Add what a font of one byte draws.

    Args:
        drawn: of its program.
        font: before its names are given anew.
        codes: that are drawn.
    """
    told = font.get("/Encoding")
    told = told.get_object() if told is not None else None
    base = told
    if isinstance(told, DictionaryObject):
        base = told.get("/BaseEncoding")
    drawn.every |= base == "/MacExpertEncoding"
    numbers = {int.from_bytes(code) for code in codes}
    rows = told.get("/Differences") if isinstance(told, DictionaryObject) else None
    own = dict(rows_of(rows.get_object() if rows is not None else ()))
    drawn.codes |= numbers
    for code in numbers:
        drawn.names.add(own.get(code, "/")[1:])
        drawn.names |= {StandardEncoding[code], MacRoman[code], *_windows(code)}


def _windows(code: int) -> list[str]:
    letter = bytes([code]).decode("cp1252", "ignore")
    return agl.UV2AGL.get(ord(letter), "").split() if letter else []


def numbered(drawn: Drawn, font: Any, below: Any, codes: Collection[bytes]) -> None:
    """Add what a font of several bytes draws.

    Args:
        drawn: of its program.
        font: that has the codes.
        below: the font that has the signs.
        codes: that are drawn.
    """
    told = font.get("/Encoding")
    told = told.get_object() if told is not None else None
    found: Iterable[int] | None = None
    if told in ("/Identity-H", "/Identity-V"):
        found = [int.from_bytes(code) for code in codes]
    elif isinstance(told, StreamObject):
        found = maps.numbers(streams.unpacked(told), codes)
    if found is None:
        drawn.every = True
        return
    turned = below.get("/CIDToGIDMap")
    turned = turned.get_object() if turned is not None else None
    signs = streams.unpacked(turned) if isinstance(turned, StreamObject) else None
    for number in found:
        drawn.asked.add(number)
        drawn.numbers.add(
            number
            if signs is None
            else int.from_bytes(signs[2 * number : 2 * number + 2])
        )
