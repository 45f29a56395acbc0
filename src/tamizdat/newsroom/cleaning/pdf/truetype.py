"""Write the outlines of a TrueType program anew, without hints and names of people.

Source: ISO/IEC 14496-22; ISO 32000-2, 9.6.5.4 and 9.9.1.
"""

import io
from collections.abc import Callable
from typing import Any

from fontTools.ttLib import TTFont, newTable

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


def written(data: bytes, rename: Rename | None) -> bytes:
    """Write a program anew: outlines, widths, codes and, where they are asked, names.

    Args:
        data: the program.
        rename: gives signs new names; None where nobody asks for them by name.

    Raises:
        Exception: whatever fontTools makes of damage.
    """
    font = TTFont(io.BytesIO(data), recalcTimestamp=False, lazy=True)
    _rename_signs(font, rename)
    for tag in set(font.keys()) - TABLES - {"GlyphOrder"}:
        del font[tag]
    for name in font.getGlyphOrder():
        font["glyf"][name].removeHinting()
    head, most, line = font["head"], font["maxp"], font["hhea"]
    head.fontRevision, head.created, head.modified = 1.0, _LONG_AGO, _LONG_AGO
    head.flags &= 0b1011  # 2 and 4: what hints would do
    for key in _HINTS:
        if hasattr(most, key):
            setattr(most, key, 0)
    for key in [key for key in vars(line) if key.startswith("reserved")]:
        setattr(line, key, 0)
    if "cmap" in font:
        _plain_map(font["cmap"])
    return _saved(font)


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
