"""Give names of a PDF anew: what a program or a person called things tells of them.

The same name becomes the same one everywhere in a document, so that what was found by
its name is found again.
"""

import re
from collections.abc import Mapping

from fontTools import agl
from pypdf.generic import NameObject

# A code of Unicode, or a sign of Zapf Dingbats: annex D.7.
_USUAL = re.compile(r"uni[0-9A-F]{4}|a[1-9][0-9]{0,2}")
_NOTHING = ".notdef"


class Names:
    """Names of one document, numbered in the order in which they are met."""

    def __init__(self) -> None:
        self._known: dict[str, dict[str, str]] = {}

    def of(self, kind: str, name: str) -> NameObject:
        """Name a thing of a kind: a font, a picture, a colour."""
        return NameObject(f"/{kind}{self._number(kind, name)}")

    def glyph(self, name: str) -> str:
        """Name a sign: as every program does, else by its letters and a number.

        A viewer tells by it which letter is copied or read aloud.
        """
        if name in agl.AGL2UV or name == _NOTHING or _USUAL.fullmatch(name):
            return name
        letters = "".join(agl.toUnicode(name))[:4]
        told = "_".join(f"uni{ord(one):04X}" for one in letters if ord(one) < 1 << 16)
        number = self._number("glyph", name)
        return f"{told}.x{number}" if told else f"x{number}"

    def _number(self, kind: str, name: str) -> int:
        known = self._known.setdefault(kind, {})
        return int(known.setdefault(name, str(len(known) + 1)))


# Fonts that viewers have themselves, and the names they go by. Table 109, and Annex D.
_FAMILIES: Mapping[str, tuple[str, ...]] = {
    "Helvetica": ("Helvetica", "Arial", "ArialMT"),
    "Times": ("Times", "TimesNewRoman", "TimesNewRomanPS", "TimesNewRomanPSMT"),
    "Courier": ("Courier", "CourierNew", "CourierNewPS", "CourierNewPSMT"),
}
_STYLES: Mapping[str, tuple[str, str, str, str]] = {
    "Helvetica": ("", "-Bold", "-Oblique", "-BoldOblique"),
    "Courier": ("", "-Bold", "-Oblique", "-BoldOblique"),
    "Times": ("-Roman", "-Bold", "-Italic", "-BoldItalic"),
}
_SIGNS = ("Symbol", "ZapfDingbats", "Wingdings", "Webdings")
_FIXED, _SERIF, _ITALIC, _BOLD = 1, 2, 1 << 6, 1 << 18  # flags of table 121
_TAG = re.compile(r"^[A-Z]{6}\+")


def viewers_font(name: str, flags: int) -> str:
    """Name the font that a viewer has and that is most like one that is not embedded.

    Args:
        name: as the document has it.
        flags: of its descriptor, 0 where there is none.
    """
    plain = _TAG.sub("", name)
    if plain in _SIGNS:
        return plain
    stem = re.split(r"[,-]", plain)[0]
    usual = "Courier" if flags & _FIXED else "Times" if flags & _SERIF else "Helvetica"
    family = next((one for one, of in _FAMILIES.items() if stem in of), usual)
    is_bold = "bold" in plain.lower() or flags & _BOLD
    is_italic = re.search("italic|oblique", plain.lower()) or flags & _ITALIC
    return family + _STYLES[family][bool(is_bold) + 2 * bool(is_italic)]
