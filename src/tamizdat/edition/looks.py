"""Read how a newsroom wants its pages to look, and refuse what could not be read.

Decides which colours may stand on the paper. Everything else about looks is the theme's
(`edition.pages.theme`).

Source: spec/story-document.md, "Look"; WCAG 2.2, success criterion 1.4.3 and "relative
luminance".
"""

import re

from tamizdat.edition import drawings, dress
from tamizdat.edition.fields import Fields
from tamizdat.edition.stories import Look

PAPERS = ("ffffff", "141517")  # of the light and of the dark sheet
LEAST = 4.5  # contrast of text, WCAG 2.2 level AA

_COLOUR = re.compile(r"[0-9a-f]{6}")
_FOOTER = 1_000  # characters
_TEMPLATE = 2_000  # characters; it stands on every page
_GREY, _ALPHA = 0x88, 0x22 / 0xFF  # of the wash under notes


def read_look(fields: Fields | None) -> Look:
    """Read the look of a service; without one, the theme's own.

    Raises:
        StoryError: not as spec/story-document.md says, or text in a colour of it would
            be too faint.
    """
    if fields is None:
        return Look()
    accent = None
    if not fields.absent("accent"):
        light = fields.match("accent", _COLOUR)
        dark = fields.match("accent_dark", _COLOUR)
        for key, colour, paper in zip(
            ("accent", "accent_dark"), (light, dark), PAPERS, strict=True
        ):
            _check(fields, key, colour, paper)
        accent = (light, dark)
    look = Look(
        accent=accent,
        footer=fields.maybe("footer", _FOOTER),
        mast=None if fields.absent("mast") else fields.lines("mast", _TEMPLATE),
        foot=None if fields.absent("foot") else fields.lines("foot", _TEMPLATE),
        logo=fields.maybe("logo", drawings.LONGEST),
        style=fields.maybe("style", dress.LONGEST),
    )
    if look.logo and not drawings.is_kept(look.logo):
        fields.fail("logo", "expected shapes as spec/story-document.md writes them")
    if look.style and not dress.is_kept(look.style):
        fields.fail("style", "expected rules as spec/story-document.md writes them")
    fields.done()
    return look


def _check(fields: Fields, key: str, colour: str, paper: str) -> None:
    found = faintest(colour, paper)
    if found < LEAST:
        expected = f"expected a contrast of {LEAST} to 1 on paper #{paper} and its wash"
        fields.fail(key, f"{expected}, found {found:.2f}")


def faintest(colour: str, paper: str) -> float:
    """Compute the contrast of a colour on a paper, or on the wash if that is less."""
    sheet = _channels(paper)
    wash = [c * (1 - _ALPHA) + _GREY * _ALPHA for c in sheet]
    return min(_contrast(_channels(colour), under) for under in (sheet, wash))


def _channels(colour: str) -> list[float]:
    return [float(int(colour[at : at + 2], 16)) for at in (0, 2, 4)]


def _contrast(one: list[float], other: list[float]) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(channels: list[float]) -> float:
    shares = (value / 255 for value in channels)
    linear = (
        s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4  # noqa: PLR2004  of sRGB
        for s in shares
    )
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
