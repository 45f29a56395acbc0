"""Read the drawing of a newsroom's logo, and keep shapes and nothing else of it.

Decides what a logo may be: shapes in the colour of the ink, which scale, need no
request and follow light and dark. Everything that loads, runs, moves, links, names a
colour or a font is left out or refused, so that what is kept can only be seen.

Source: SVG 2, chapters 9 and 10; spec/story-document.md, "Look".
"""

import re
from html.parser import HTMLParser

_WIDEST = 8
LONGEST = 1_000  # characters as kept: it stands on every page

SHAPES = {  # elements that are kept, each with what it may be given
    "g": (),
    "path": ("d",),
    "rect": ("x", "y", "width", "height", "rx", "ry"),
    "circle": ("cx", "cy", "r"),
    "ellipse": ("cx", "cy", "rx", "ry"),
    "polygon": ("points",),
    "polyline": ("points",),
}
PEN = ("fill", "fill-rule", "stroke", "stroke-width", "transform")  # of any of them
_WORDS = {"title", "desc", "metadata"}  # of programs that draw; left out whole
_NUMBERS = re.compile(r"[A-Za-z0-9 ,.()+-]{1,900}")
_BOX = re.compile(r"-?[0-9.]{1,8}(?:[ ,]+-?[0-9.]{1,8}){3}")
_OURS = re.compile(
    r'<svg viewbox="[0-9., -]+" height="1em" fill="currentColor" aria-hidden="true">'
    r'(?:</?[a-z]+(?: [a-z-]+="[A-Za-z0-9 ,.()+-]+")*>)+</svg>'
)


class DrawingError(ValueError):
    """Report what cannot stand on a page.

    Attributes:
        kind: "one" of whole drawings, "empty", "long", "foreign", "box", "wide",
            "numbers" or "words": what is wrong, for who says it in other languages.
        found: the name of what is no shape; else "".
    """

    def __init__(self, kind: str, said: str, found: str = "") -> None:
        super().__init__(said)
        self.kind, self.found = kind, found


def kept(text: str) -> str:
    """Keep the shapes of an SVG drawing.

    Args:
        text: the file as programs that draw write it, or what this function gave.

    Returns:
        Markup of one svg element, every element of it closed.

    Raises:
        DrawingError: it is no drawing, is too long, or has what is no shape.
    """
    pen = _Pen()
    pen.feed(text)
    pen.close()
    if not pen.done or pen.open:
        raise DrawingError("one", "expected one svg element with a viewBox, closed")
    found = "".join(pen.marks)
    if not re.search("<(path|rect|circle|ellipse|poly)", found):
        raise DrawingError("empty", "expected shapes, found none")
    if len(found) > LONGEST:
        raise DrawingError(
            "long", f"{len(found)} characters of shapes, at most {LONGEST}"
        )
    return found


def is_kept(text: str) -> bool:
    """Tell whether a drawing is as `kept` gives it."""
    try:
        return _OURS.fullmatch(text) is not None and kept(text) == text
    except DrawingError:
        return False


class _Pen(HTMLParser):
    """Draws again what it reads, shape by shape."""

    def __init__(self) -> None:
        super().__init__()
        self.marks: list[str] = []
        self.open: list[str] = []
        self.done = False
        self._words = 0  # elements open that hold words of a program

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Draw a shape; refuse what is none."""
        given = {name: value or "" for name, value in attrs}
        if tag in _WORDS or self._words:
            self._words += 1
        elif tag == "svg" and not self.open and not self.done:
            self._begin(given)
        elif tag in SHAPES and self.open:
            self._draw(tag, given)
        else:
            raise DrawingError("foreign", f"expected shapes, found <{tag}>", tag)

    def _begin(self, given: dict[str, str]) -> None:
        box = given.get("viewbox", "")
        if not _BOX.fullmatch(box.strip()):
            raise DrawingError(
                "box", f"expected a viewBox of four numbers, found {box!r}"
            )
        *_, width, height = map(float, re.split("[ ,]+", box.strip()))
        if not 0 < height <= width <= _WIDEST * height:
            raise DrawingError(
                "wide", f"expected 1 to {_WIDEST} times as wide as high: {box!r}"
            )
        self.open.append("svg")
        self.marks.append(
            f'<svg viewbox="{box.strip()}" height="1em" fill="currentColor"'
            ' aria-hidden="true">'
        )

    def _draw(self, tag: str, given: dict[str, str]) -> None:
        kept = []
        for name in (*SHAPES[tag], *PEN):
            value = " ".join(given.get(name, "").split())
            if name in {"fill", "stroke"} and value not in {"", "none"}:
                value = "" if name == "fill" else "currentColor"
            if not value:
                continue
            if not _NUMBERS.fullmatch(value):
                raise DrawingError(
                    "numbers", f"{tag}: {name}: expected numbers, found {value!r}"
                )
            kept.append(f' {name}="{value}"')
        self.open.append(tag)
        self.marks.append(f"<{tag}{''.join(kept)}>")

    def handle_endtag(self, tag: str) -> None:
        """Close what was opened last."""
        if self._words:
            self._words -= 1
            return
        if not self.open or self.open.pop() != tag:
            raise DrawingError("one", f"</{tag}> closes nothing")
        self.marks.append(f"</{tag}>")
        self.done = self.done or not self.open

    def handle_data(self, data: str) -> None:
        """Refuse words: they would need a font, and nobody could search for them."""
        if data.strip() and not self._words:
            raise DrawingError(
                "words", f"expected shapes, found words: {data.strip()[:40]!r}"
            )
