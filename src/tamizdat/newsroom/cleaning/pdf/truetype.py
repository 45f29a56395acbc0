"""Write the outlines of a TrueType program anew, without hints and names of people.

Source: ISO/IEC 14496-22; ISO 32000-2, 9.6.5.4 and 9.9.1.
"""

import io
from collections.abc import Callable, Collection
from typing import Any

from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._g_l_y_f import Glyph

from tamizdat.newsroom.cleaning.pdf.drawn import Drawn

Rename = Callable[[str], str]

TABLES = {"glyf", "loca", "head", "hhea", "hmtx", "maxp", "cmap", "post"}  # table 126
_NAMED = (1.0, 2.0)  # formats of post that hold names
_LONG_AGO = 0x7C25B080  # 1970, in seconds since 1904
_POST = ("isFixedPitch", "minMemType42", "maxMemType42", "minMemType1", "maxMemType1")
_MAPS = {0, 4, 6, 12}  # formats of cmap that hold codes and signs alone
_HINTS = (
    *("maxZones", "maxTwilightPoints", "maxStorage", "maxFunctionDefs"),
    *("maxInstructionDefs", "maxStackElements", "maxSizeOfInstructions"),
)


def written(data: bytes, rename: Rename | None, drawn: Drawn) -> bytes:
    """Write a program anew: outlines, widths, codes and, where they are asked, names.

    Args:
        data: the program.
        rename: gives signs new names; None where nobody asks for them by name.
        drawn: which of them are.

    Raises:
        Exception: whatever fontTools makes of damage.
    """
    kept = set() if drawn.every else _drawn_signs(_opened(data), drawn)
    font = _opened(data)
    _rename_signs(font, rename)
    if not drawn.every:
        _empty_others(font, kept, drawn)
    for tag in set(font.keys()) - TABLES - {"GlyphOrder"}:
        del font[tag]
    for name in font.getGlyphOrder():
        font["glyf"][name].removeHinting()
    _forget_makers(font)
    if "cmap" in font:
        _plain_map(font["cmap"])
    return _saved(font)


def _forget_makers(font: TTFont) -> None:
    """Take out when a font was made, what hints need, and what nobody uses."""
    head, most, line = font["head"], font["maxp"], font["hhea"]
    head.fontRevision, head.created, head.modified = 1.0, _LONG_AGO, _LONG_AGO
    head.flags &= 0b1011  # 2 and 4: what hints would do
    for key in _HINTS:
        if hasattr(most, key):
            setattr(most, key, 0)
    for key in [key for key in vars(line) if key.startswith("reserved")]:
        setattr(line, key, 0)


def _opened(data: bytes) -> TTFont:
    return TTFont(io.BytesIO(data), recalcTimestamp=False, lazy=True)


def _drawn_signs(font: TTFont, drawn: Drawn) -> set[int]:
    """Find the signs that are drawn, however viewers find them, and their parts."""
    order = font.getGlyphOrder()
    letters = drawn.letters()
    maps = _maps(font)
    kept = {order[number] for number in drawn.numbers if number < len(order)}
    kept |= {one.cmap[code] for one in maps for code in letters & {*one.cmap}}
    kept |= drawn.names & {*order}
    if not maps:  # then a code is the number of a sign
        kept |= {order[code] for code in drawn.codes if code < len(order)}
    kept.add(order[0])
    left = list(kept)
    while left:
        parts = font["glyf"][left.pop()].getComponentNames(font["glyf"])
        left += [one for one in parts if one not in kept]
        kept |= {*parts}
    return {number for number, name in enumerate(order) if name in kept}


def _empty_others(font: TTFont, kept: set[int], drawn: Drawn) -> None:
    """Take out the outline, the width and the codes of what is not drawn."""
    letters = None if drawn.is_numbered else drawn.letters()
    names = set()
    for number, name in enumerate(font.getGlyphOrder()):
        if number in kept:
            names.add(name)
        else:
            font["glyf"][name] = Glyph()
            font["hmtx"][name] = (0, 0)
    for one in _maps(font):
        _forget_codes(one, names, letters)


def _maps(font: TTFont) -> list[Any]:
    tables = font["cmap"].tables if "cmap" in font else []
    return [one for one in tables if one.format in _MAPS]


def _forget_codes(one: Any, kept: Collection[str], letters: set[int] | None) -> None:
    """Keep of a map what leads to signs that are drawn.

    Args:
        one: the map.
        kept: signs that are.
        letters: codes by which it may be asked; None where it never is: then one code
            of each sign stays, for viewers that want a map.
    """
    found: dict[int, str] = {}
    for code, name in sorted(one.cmap.items()):
        is_asked = (
            code in letters if letters is not None else name not in found.values()
        )
        if name in kept and is_asked:
            found[code] = name
    one.cmap.clear()
    one.cmap.update(found)


def _rename_signs(font: TTFont, rename: Rename | None) -> None:
    """Keep names of signs where codes are told by them, and only there. 9.6.5.4."""
    post = font.get("post")
    if rename is None or post is None or post.formatType not in _NAMED:
        if post is not None:
            del font["post"]
        return
    order: dict[str, None] = {}
    for name in font.getGlyphOrder():
        told = rename(name)
        while told in order:
            told = rename(f"{name}.{len(order)}")
        order[told] = None
    font.setGlyphOrder(list(order))
    fresh = newTable("post")
    for key in ("italicAngle", "underlinePosition", "underlineThickness", *_POST):
        setattr(fresh, key, 0)
    fresh.formatType, fresh.mapping, fresh.extraNames = 2.0, {}, []
    font["post"] = fresh


def _plain_map(table: Any) -> None:
    """Keep of a map of codes what holds codes and signs alone."""
    table.tables = [one for one in table.tables if one.format in _MAPS]
    for one in table.tables:
        one.language = 0
        dict(one.cmap)  # read, so that it is written anew


def _saved(font: TTFont) -> bytes:
    out = io.BytesIO()
    for tag in TABLES & set(font.keys()):
        font[tag]  # read, so that it is written anew
    font.save(out)
    return out.getvalue()
