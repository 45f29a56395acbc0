"""Print in the manner of a four-colour linocut: flat shapes, hard shadows, no letters.

Coordinates are pixels of the finished picture, from its top left corner. Shapes are
drawn three times larger and averaged down, which smooths their edges.
"""

from collections.abc import Iterable, Sequence
from math import cos, pi, sin

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1280, 720  # pixels, the 16:9 of a lead picture
_OVERSAMPLING = 3  # more makes no visible difference and costs memory

INK, PAPER, SHADE = "#18212f", "#f3ead8", "#d9cbb0"
RED, BLUE = "#c63d2d", "#2c6187"

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # left, top, width, height
Pen = tuple[str, float]  # colour, width


class Sheet:
    """A sheet of one colour to print shapes on."""

    def __init__(self, ground: str) -> None:
        size = (WIDTH * _OVERSAMPLING, HEIGHT * _OVERSAMPLING)
        self.image = Image.new("RGB", size, ground)
        self._draw = ImageDraw.Draw(self.image)

    def shape(self, points: Iterable[Point], fill: str) -> None:
        """Print a filled outline."""
        self._draw.polygon([_scaled(point) for point in points], fill)

    def box(self, box: Box, fill: str, corner: float = 0) -> None:
        """Print a box, its corners rounded if told so."""
        left, top, width, height = box
        ends = [_scaled((left, top)), _scaled((left + width, top + height))]
        self._draw.rounded_rectangle(ends, corner * _OVERSAMPLING, fill)

    def disc(self, at: Point, radius: float, fill: str) -> None:
        """Print a filled circle."""
        self._draw.ellipse(_around(at, radius), fill)

    def ring(self, at: Point, radius: float, pen: Pen) -> None:
        """Print a circle's line."""
        self.arc(at, radius, (0, 360), pen)

    def arc(self, at: Point, radius: float, span: Point, pen: Pen) -> None:
        """Draw part of a ring; span: degrees clockwise from three o'clock."""
        colour, width = pen
        outer = _around(at, radius + width / 2)
        self._draw.arc(outer, *span, colour, round(width * _OVERSAMPLING))

    def stroke(self, points: Sequence[Point], pen: Pen) -> None:
        """Draw a line with round joints and ends."""
        colour, width = pen
        scaled = [_scaled(point) for point in points]
        self._draw.line(scaled, colour, round(width * _OVERSAMPLING), "curve")
        for point in (points[0], points[-1]):
            self.disc(point, width / 2, colour)

    def inlay(self, other: "Sheet", outline: Iterable[Point]) -> None:
        """Show the part of another sheet that lies inside an outline."""
        mask = Image.new("1", self.image.size)
        ImageDraw.Draw(mask).polygon([_scaled(point) for point in outline], 1)
        self.image.paste(other.image, mask=mask)

    def tilt(self, degrees: float, ground: str) -> None:
        """Turn all that is printed so far about the middle, clockwise."""
        bicubic = Image.Resampling.BICUBIC
        self.image = self.image.rotate(-degrees, bicubic, fillcolor=ground)
        self._draw = ImageDraw.Draw(self.image)

    def finished(self) -> Image.Image:
        """Average the sheet down to the picture's size."""
        return self.image.reduce(_OVERSAMPLING)


def _scaled(point: Point) -> Point:
    return point[0] * _OVERSAMPLING, point[1] * _OVERSAMPLING


def _around(at: Point, radius: float) -> tuple[Point, Point]:
    (x, y), r = at, radius
    return _scaled((x - r, y - r)), _scaled((x + r, y + r))


def moved(points: Iterable[Point], by: Point) -> list[Point]:
    """Move points by a distance."""
    return [(x + by[0], y + by[1]) for x, y in points]


def turned(points: Iterable[Point], degrees: float, about: Point) -> list[Point]:
    """Turn points about another, clockwise, in degrees."""
    c, s = cos(degrees * pi / 180), sin(degrees * pi / 180)
    centred = moved(points, (-about[0], -about[1]))
    return moved([(x * c - y * s, x * s + y * c) for x, y in centred], about)


def curve(start: Point, pull: Point, end: Point) -> list[Point]:
    """Give 33 points of a quadratic curve from start to end."""
    steps = [i / 32 for i in range(33)]
    weights = [((1 - t) ** 2, 2 * t * (1 - t), t * t) for t in steps]
    knots = (start, pull, end)
    return [
        (
            sum(w * k[0] for w, k in zip(weight, knots, strict=True)),
            sum(w * k[1] for w, k in zip(weight, knots, strict=True)),
        )
        for weight in weights
    ]


def corners(box: Box) -> list[Point]:
    """List the corners of a box, clockwise."""
    left, top, width, height = box
    right, bottom = left + width, top + height
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def points_of(text: str) -> list[Point]:
    """Read points written as in SVG: "0,520 190,400"."""
    pairs = (pair.split(",") for pair in text.split())
    return [(float(x), float(y)) for x, y in pairs]


def circle(at: Point, radius: float) -> list[Point]:
    """List points around a circle."""
    return [on_circle(at, radius, degrees) for degrees in range(0, 360, 2)]


def on_circle(at: Point, radius: float, degrees: float) -> Point:
    """Find the point of a circle at an angle in degrees."""
    angle = degrees * pi / 180
    return at[0] + radius * cos(angle), at[1] + radius * sin(angle)


def printed_lines(sheet: Sheet, box: Box, lengths: Sequence[float]) -> None:
    """Set lines of text as bars; lengths: shares of the width of the box."""
    left, top, width, height = box
    step = height / len(lengths)
    for row, length in enumerate(lengths):
        sheet.box((left, top + row * step, width * length, step * 0.42), INK)
