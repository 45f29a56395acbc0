"""Draw the pictures of the demo, so that no photograph needs a licence.

The module decides what each picture shows and nothing else: no file, clock or
chance is involved, and one name always gives the same pixels. All pictures share
one manner, that of a four-colour linocut: flat shapes, hard shadows, no letters.
It is longer than other modules because a drawing is a list of coordinates; each
picture stands alone under its own heading.

Coordinates are pixels of the finished picture, from its top left corner. Shapes
are drawn three times larger and averaged down, which smooths their edges.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from math import cos, pi, sin

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1280, 720  # pixels, the 16:9 of a lead picture
_OVERSAMPLING = 3  # more makes no visible difference and costs memory

INK, PAPER, SHADE = "#18212f", "#f3ead8", "#d9cbb0"
RED, BLUE = "#c63d2d", "#2c6187"

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # left, top, width, height
Pen = tuple[str, float]  # colour, width


class _Sheet:
    """A sheet of one colour to print shapes on."""

    def __init__(self, ground: str) -> None:
        size = (WIDTH * _OVERSAMPLING, HEIGHT * _OVERSAMPLING)
        self.image = Image.new("RGB", size, ground)
        self._draw = ImageDraw.Draw(self.image)

    def shape(self, points: Iterable[Point], fill: str) -> None:
        self._draw.polygon([_scaled(point) for point in points], fill)

    def box(self, box: Box, fill: str, corner: float = 0) -> None:
        left, top, width, height = box
        ends = [_scaled((left, top)), _scaled((left + width, top + height))]
        self._draw.rounded_rectangle(ends, corner * _OVERSAMPLING, fill)

    def disc(self, at: Point, radius: float, fill: str) -> None:
        self._draw.ellipse(_around(at, radius), fill)

    def ring(self, at: Point, radius: float, pen: Pen) -> None:
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

    def inlay(self, other: "_Sheet", outline: Iterable[Point]) -> None:
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
        return self.image.reduce(_OVERSAMPLING)


def _scaled(point: Point) -> Point:
    return point[0] * _OVERSAMPLING, point[1] * _OVERSAMPLING


def _around(at: Point, radius: float) -> tuple[Point, Point]:
    (x, y), r = at, radius
    return _scaled((x - r, y - r)), _scaled((x + r, y + r))


def _moved(points: Iterable[Point], by: Point) -> list[Point]:
    return [(x + by[0], y + by[1]) for x, y in points]


def _turned(points: Iterable[Point], degrees: float, about: Point) -> list[Point]:
    c, s = cos(degrees * pi / 180), sin(degrees * pi / 180)
    centred = _moved(points, (-about[0], -about[1]))
    return _moved([(x * c - y * s, x * s + y * c) for x, y in centred], about)


def _curve(start: Point, pull: Point, end: Point) -> list[Point]:
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


def _corners(box: Box) -> list[Point]:
    left, top, width, height = box
    right, bottom = left + width, top + height
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def _points(text: str) -> list[Point]:
    """Read points written as in SVG: "0,520 190,400"."""
    pairs = (pair.split(",") for pair in text.split())
    return [(float(x), float(y)) for x, y in pairs]


def _circle(at: Point, radius: float) -> list[Point]:
    return [_on_circle(at, radius, degrees) for degrees in range(0, 360, 2)]


def _on_circle(at: Point, radius: float, degrees: float) -> Point:
    angle = degrees * pi / 180
    return at[0] + radius * cos(angle), at[1] + radius * sin(angle)


def _printed_lines(sheet: _Sheet, box: Box, lengths: Sequence[float]) -> None:
    """Set lines of text as bars; lengths: shares of the width of the box."""
    left, top, width, height = box
    step = height / len(lengths)
    for row, length in enumerate(lengths):
        sheet.box((left, top + row * step, width * length, step * 0.42), INK)


# --- The printing press -------------------------------------------------------


def _printing_press() -> _Sheet:
    sheet = _Sheet(PAPER)
    sheet.disc((540, 330), 272, RED)
    sheet.box((0, 612, WIDTH, 108), INK)
    _press_frame(sheet)
    _press_screw(sheet)
    _press_bed(sheet)
    _stack_of_paper(sheet)
    for centre, degrees in (((868, 146), -16), ((1052, 190), 11), ((1064, 376), -7)):
        _flying_page(sheet, centre, degrees)
    return sheet


def _press_frame(sheet: _Sheet) -> None:
    sheet.box((392, 70, 296, 30), INK)
    sheet.box((350, 100, 380, 58), INK)
    for left in (372, 664):
        sheet.box((left, 150, 44, 470), INK)
        sheet.shape(_corners((left - 26, 596, 96, 24)), INK)
    sheet.box((390, 252, 300, 34), INK)


def _press_screw(sheet: _Sheet) -> None:
    sheet.box((508, 158, 64, 192), BLUE)
    for top in range(172, 340, 28):
        sheet.stroke([(511, top), (569, top - 12)], (PAPER, 6))
    sheet.box((390, 252, 300, 22), INK)
    sheet.stroke([(540, 322), (842, 292)], (INK, 20))
    sheet.disc((846, 291), 25, BLUE)
    sheet.box((494, 336, 92, 26), INK)
    sheet.shape(_points("476,362 604,362 634,398 446,398"), BLUE)
    sheet.box((434, 398, 212, 26), INK)


def _press_bed(sheet: _Sheet) -> None:
    sheet.box((446, 448, 188, 26), PAPER)
    for left in range(456, 626, 17):
        sheet.box((left, 455, 8, 19), INK)
    sheet.box((274, 474, 532, 40), BLUE)
    sheet.box((232, 514, 622, 18), INK)
    for left in (274, 780):
        sheet.box((left, 532, 26, 84), INK)
    sheet.ring((232, 523), 50, (INK, 14))
    for degrees in (20, 80, 140):
        ends = [_on_circle((232, 523), 46, degrees + turn) for turn in (0, 180)]
        sheet.stroke(ends, (INK, 9))


def _flying_page(sheet: _Sheet, centre: Point, degrees: float) -> None:
    x, y = centre
    page = (x - 62, y - 76, 124, 152)
    sheet.shape(_moved(_turned(_corners(page), degrees, centre), (12, 12)), INK)
    sheet.shape(_turned(_corners(page), degrees, centre), SHADE)
    for row, length in enumerate((60, 96, 96, 88, 96, 52)):
        height = 14 if row == 0 else 8
        bar = (x - 48, y - 58 + row * 21, length, height)
        colour = RED if row == 0 else INK
        sheet.shape(_turned(_corners(bar), degrees, centre), colour)


def _stack_of_paper(sheet: _Sheet) -> None:
    for level in range(7):
        left = 960 + (level * 7) % 12
        sheet.box((left, 594 - level * 18, 200, 18), INK)
        sheet.box((left, 596 - level * 18, 200, 13), SHADE)


# --- The sealed envelope ------------------------------------------------------


def _envelope() -> _Sheet:
    sheet = _Sheet(BLUE)
    body = _corners((240, 125, 800, 470))
    sheet.shape(_moved(body, (26, 26)), INK)
    sheet.inlay(_airmail_stripes(), body)
    sheet.inlay(_envelope_face(), _corners((268, 153, 744, 414)))
    _seal(sheet, (640, 392))
    sheet.tilt(-5, BLUE)
    return sheet


def _airmail_stripes() -> _Sheet:
    stripes = _Sheet(PAPER)
    for index, left in enumerate(range(-600, WIDTH, 52)):
        slant = [(left, HEIGHT), (left + 26, HEIGHT), (left + 546, 0), (left + 520, 0)]
        stripes.shape(slant, (RED, INK)[index % 2])
    return stripes


def _envelope_face() -> _Sheet:
    face = _Sheet(PAPER)
    for edge in ((240, 595), (1040, 595)):
        face.stroke([edge, (640, 300)], (INK, 7))
    flap = _points("240,125 1040,125 640,420")
    face.shape(_moved(flap, (0, 20)), INK)
    face.shape(flap, SHADE)
    return face


def _seal(sheet: _Sheet, at: Point) -> None:
    turns = [i * pi / 90 for i in range(180)]
    waves = [104 + 6 * sin(3 * turn + 1) + 5 * sin(8 * turn) for turn in turns]
    drops = [_on_circle(at, wave, i * 2) for i, wave in enumerate(waves)]
    sheet.shape(_moved(drops, (9, 11)), INK)
    sheet.shape(drops, RED)
    sheet.ring(at, 76, (INK, 6))
    x, y = at
    sheet.disc((x, y - 18), 25, PAPER)
    slot = _points("-12,-12 12,-12 26,46 -26,46")
    sheet.shape(_moved(slot, at), PAPER)


# --- The tree of hashes -------------------------------------------------------

_TREE_LEVELS = (600, 440, 280, 120)  # height of the middle of each row, leaves first


def _tree_node(level: int, index: int) -> Point:
    """Place a node; level 0 holds eight leaves, level 3 the root."""
    gap = 140 * 2**level
    return 640 + (index - (2 ** (3 - level) - 1) / 2) * gap, _TREE_LEVELS[level]


def _hash_tree() -> _Sheet:
    sheet = _Sheet(PAPER)
    sheet.disc((640, 360), 330, SHADE)
    for level in range(3):
        for index in range(2 ** (3 - level)):
            _branch(sheet, level, index, (INK, 9))
    for level, index in enumerate((5, 2, 1)):
        _branch(sheet, level, index, (RED, 15))
    for level, half in enumerate((44, 50, 58, 72)):
        for index in range(2 ** (3 - level)):
            _tree_square(sheet, (level, index), half)
    return sheet


def _branch(sheet: _Sheet, level: int, index: int, pen: Pen) -> None:
    (x, y), (up_x, up_y) = _tree_node(level, index), _tree_node(level + 1, index // 2)
    bend = (y + up_y) / 2 + 14
    sheet.stroke([(x, y), (x, bend), (up_x, bend), (up_x, up_y)], pen)


def _tree_square(sheet: _Sheet, node: tuple[int, int], half: float) -> None:
    x, y = _tree_node(*node)
    square = (x - half, y - half, 2 * half, 2 * half)
    sheet.shape(_moved(_corners(square), (9, 9)), INK)
    sheet.box(square, PAPER)
    colour = (BLUE, INK, INK, RED)[node[0]]
    sheet.box((x - half + 6, y - half + 6, 2 * half - 12, 2 * half - 12), colour)
    _tree_dots(sheet, node, half)


def _tree_dots(sheet: _Sheet, node: tuple[int, int], half: float) -> None:
    """Fill a square with a hash: 16 dots, large for one and small for nought."""
    level, index = node
    bits = (level * 8 + index + 3) * 2654435761 >> 9  # spreads near seeds far apart
    x, y = _tree_node(level, index)
    for dot in range(16):
        across, down = dot % 4 - 1.5, dot // 4 - 1.5
        size = 0.16 if bits >> dot & 1 else 0.055
        sheet.disc(
            (x + across * half * 0.42, y + down * half * 0.42), half * size, PAPER
        )


# --- Three lighthouses --------------------------------------------------------


def _lighthouses() -> _Sheet:
    sheet = _Sheet(INK)
    for x, y in ((90, 190), (330, 160), (500, 40), (905, 50), (960, 210), (1190, 160)):
        sheet.disc((x, y), 4, PAPER)
    beams: tuple[tuple[Point, Point, Point], ...] = (
        ((700, 160), (-100, -70), (-100, 60)),
        ((700, 160), (1380, -70), (1380, 60)),
        ((270, 260), (-100, 330), (-100, 430)),
        ((1090, 306), (1380, 350), (1380, 430)),
    )
    for beam in beams:
        sheet.shape(beam, BLUE)
    _sea(sheet)
    for foot, size in (((270, 560), 0.8), ((1090, 548), 0.62), ((700, 600), 1.15)):
        _lighthouse(sheet, foot, size)
    return sheet


def _sea(sheet: _Sheet) -> None:
    sheet.box((0, 560, WIDTH, 160), BLUE)
    for row, top in enumerate((582, 614, 650, 690)):
        for left in range(-160 + row * 70, WIDTH, 210):
            wave = _curve((left, top), (left + 60, top - 26), (left + 120, top))
            sheet.stroke(wave, (PAPER, 5))


def _lighthouse(sheet: _Sheet, foot: Point, size: float) -> None:
    def at(points: Iterable[Point]) -> list[Point]:
        return [(foot[0] + x * size, foot[1] + y * size) for x, y in points]

    rock = _points("-170,60 -120,0 -70,-18 60,-22 130,8 180,60")
    sheet.shape(at(rock), INK)
    for band in range(5):
        low, high = band * 62, (band + 1) * 62
        wide, narrow = 56 - low * 0.075, 56 - high * 0.075
        colour = (PAPER, RED)[band % 2]
        shape = [(-wide, -low), (wide, -low), (narrow, -high), (-narrow, -high)]
        sheet.shape(at(_moved(shape, (0, -16))), colour)
    sheet.shape(at(_corners((-46, -342, 92, 16))), RED)
    sheet.shape(at(_corners((-28, -398, 56, 56))), PAPER)
    sheet.shape(at(_corners((-4, -398, 8, 56))), INK)
    sheet.shape(at(_points("-40,-398 40,-398 0,-448")), RED)
    sheet.shape(at(_corners((-10, -76, 20, 60))), INK)


# --- Five keys, three of them red ---------------------------------------------


def _keys() -> _Sheet:
    sheet = _Sheet(PAPER)
    sheet.box((0, 0, WIDTH, 262), BLUE)
    sheet.box((90, 82, 1100, 30), INK, 15)
    bits = ((52, 34, 52), (40, 58, 28), (58, 24, 44), (30, 52, 40), (50, 42, 22))
    for index, (bit, red) in enumerate(zip(bits, (1, 0, 1, 1, 0), strict=True)):
        x = 236 + index * 200
        sheet.ring((x, 178), 34, (INK, 10))
        sheet.stroke([(x, 96), (x, 142)], (INK, 10))
        sheet.disc((x, 97), 17, PAPER)
        if red:
            _key(sheet, (x + 11, 11), bit, INK)
        _key(sheet, (x, 0), bit, RED if red else INK)
        if not red:
            _key(sheet, (x, 0), bit, PAPER, thinner=8)
        sheet.arc((x, 178), 34, (100, 262), (INK, 10))
    return sheet


def _key(
    sheet: _Sheet, at: Point, bit: Sequence[int], fill: str, thinner: float = 0
) -> None:
    """Draw a hanging key; bit: lengths of its teeth; thinner: pixels off each side."""
    x, top = at
    sheet.ring((x, top + 248), 58, (fill, 36 - 2 * thinner))
    shaft = (x - 15, top + 318, 30, 296)
    collar = (x - 32, top + 318, 64, 28)
    teeth = [(x - 15, top + 478 + row * 48, 30 + n, 36) for row, n in enumerate(bit)]
    for left, upper, width, height in (shaft, collar, *teeth):
        inner = (width - 2 * thinner, height - 2 * thinner)
        sheet.box((left + thinner, upper + thinner, *inner), fill)


# --- The radio tower ----------------------------------------------------------


def _radio_tower() -> _Sheet:
    sheet = _Sheet(PAPER)
    top = (640.0, 118.0)
    for ring, radius in enumerate(range(90, 760, 75)):
        colour = (BLUE, SHADE)[ring % 2]
        sheet.arc(top, radius, (148, 392), (colour, 30))
    for house in ((96, 620, 1.0), (252, 604, 0.8), (940, 596, 0.9), (1080, 616, 1.15)):
        _house(sheet, house)
    hill = _curve((0, 640), (640, 500), (WIDTH, 640))
    sheet.shape([*hill, (WIDTH, HEIGHT), (0, HEIGHT)], INK)
    _mast(sheet)
    return sheet


def _mast(sheet: _Sheet) -> None:
    levels = _points("190,16 280,32 370,50 470,72 590,100")
    for (y, half), (low, wide) in pairwise(levels):
        for side in (-1, 1):
            near, far = 640 + side * half, 640 + side * wide
            sheet.stroke([(near, y), (far, low)], (RED, 17))
            sheet.stroke([(near, y), (640 - side * wide, low)], (RED, 9))
        sheet.stroke([(640 - wide, low), (640 + wide, low)], (RED, 11))
    sheet.stroke([(640, 190), (640, 120)], (RED, 14))
    sheet.disc((640, 118), 24, INK)
    sheet.disc((640, 118), 11, PAPER)


def _house(sheet: _Sheet, house: tuple[float, float, float]) -> None:
    """Draw a house; house: left, bottom and size."""
    left, bottom, size = house
    wall, rise = 96 * size, 70 * size
    sheet.box((left, bottom - rise, wall, rise + 30), RED)
    roof = [(left - 14, bottom - rise), (left + wall / 2, bottom - rise - 54 * size)]
    sheet.shape([*roof, (left + wall + 14, bottom - rise)], INK)
    pane = 0.26 * wall
    for share in (0.16, 0.58):
        sheet.box((left + share * wall, bottom - rise * 0.7, pane, pane), PAPER)


# --- A book over the border ---------------------------------------------------


def _border_book() -> _Sheet:
    sheet = _Sheet(BLUE)
    sheet.disc((960, 230), 150, RED)
    hills = _points("0,490 190,370 330,470 560,330 760,480 930,400")
    sheet.shape([*hills, (1110, 510), (WIDTH, 410), (WIDTH, 620), (0, 620)], INK)
    sheet.box((0, 560, WIDTH, 160), SHADE)
    _barrier(sheet)
    _flying_book(sheet, (560, 232))
    return sheet


def _barrier(sheet: _Sheet) -> None:
    pole = (60, 590, 1110, 42)
    sheet.shape(_moved(_corners(pole), (0, 10)), INK)
    sheet.box(pole, PAPER)
    for left in range(100, 1040, 160):
        stripe = [(left, 632), (left + 52, 590), (left + 132, 590), (left + 80, 632)]
        sheet.shape(stripe, RED)
    sheet.box((150, 570, 44, 116), INK)
    sheet.box((130, 672, 84, 22), INK)
    sheet.box((1050, 540, 66, 146), INK)
    sheet.box((1026, 672, 114, 22), INK)
    sheet.disc((1083, 570), 13, RED)
    sheet.box((1136, 574, 74, 74), INK)


def _flying_book(sheet: _Sheet, spine: Point) -> None:
    for side in (-1, 1):
        cover = _wing(spine, side, (0, 34))
        sheet.shape(cover, INK)
        for lift, colour in ((18, RED), (6, SHADE), (-10, PAPER)):
            sheet.shape(_wing(spine, side, (0, lift)), colour)
        for row, length in enumerate((33, 33, 33, 33, 20)):
            _line_on_wing(sheet, spine, side, (row, length))
    x, y = spine
    sheet.stroke([(x, y - 8), (x, y + 176)], (INK, 8))


def _wing(spine: Point, side: int, by: Point) -> list[Point]:
    """Outline one page that rises from the spine like a wing."""
    x, y = spine[0] + by[0], spine[1] + by[1]
    upper = _curve((x, y), (x + side * 150, y - 150), (x + side * 400, y - 96))
    lower = _curve((x + side * 360, y + 84), (x + side * 150, y + 30), (x, y + 176))
    return [*upper, *lower]


def _line_on_wing(
    sheet: _Sheet, spine: Point, side: int, line: tuple[int, int]
) -> None:
    """Set one line of text on a page; line: its row and how many points it has."""
    row, length = line
    x, y = spine[0], spine[1] + 10 + row * 29
    end = (x + side * (334 - row * 10), y - 80)
    whole = _curve((x + side * 42, y - 22), (x + side * 150, y - 108), end)
    sheet.stroke(whole[:length], (INK, 8))


# --- A reader at night --------------------------------------------------------


def _night_reader() -> _Sheet:
    sheet = _Sheet(RED)
    _window(sheet)
    sheet.shape(_points("754,466 918,172 990,400 778,524"), SHADE)
    _reader(sheet)
    sheet.box((0, 650, WIDTH, 70), INK)
    return sheet


def _window(sheet: _Sheet) -> None:
    sheet.box((78, 58, 524, 504), INK)
    sheet.box((90, 70, 500, 480), BLUE)
    sheet.disc((214, 186), 66, PAPER)
    sheet.disc((242, 170), 58, BLUE)
    for x, y in ((390, 130), (450, 230), (530, 110), (130, 290), (290, 270)):
        sheet.disc((x, y), 4, PAPER)
    roofs = _points("90,440 170,380 250,440 250,470 330,470 400,410")
    street = _points("480,470 540,430 590,460 590,550 90,550")
    sheet.shape([*roofs, *street], INK)
    for x, y in ((156, 450), (386, 466), (200, 496), (500, 500), (280, 500)):
        sheet.box((x, y, 20, 24), PAPER)
    for bar in ((333, 70, 14, 480), (90, 310, 500, 14), (54, 550, 572, 26)):
        sheet.box(bar, INK)


def _reader(sheet: _Sheet) -> None:
    back = _curve((1030, 340), (1260, 380), (1240, 660))
    front = _curve((830, 660), (850, 440), (960, 400))
    sheet.shape([*back, *front], INK)
    sheet.shape(_points("930,330 1050,330 1066,420 950,430"), SHADE)
    _head(sheet, (990, 250))
    sheet.stroke(_curve((944, 424), (1010, 448), (1084, 372))[::8], (BLUE, 56))
    sheet.stroke(_points("1000,540 900,640 770,556"), (INK, 66))
    _phone(sheet)


def _head(sheet: _Sheet, at: Point) -> None:
    x, y = at
    sheet.disc(at, 122, INK)
    face = _Sheet(INK)
    face.disc((x - 70, y + 20), 118, PAPER)
    sheet.inlay(face, _circle(at, 122))
    nose = [(x - 108, y - 12), (x - 142, y + 34), (x - 104, y + 44)]
    sheet.shape(nose, PAPER)
    sheet.stroke([(x - 92, y + 2), (x - 58, y + 4)], (INK, 8))
    sheet.stroke([(x - 88, y + 70), (x - 56, y + 64)], (RED, 8))


def _phone(sheet: _Sheet) -> None:
    sheet.stroke([(724, 566), (760, 440)], (INK, 26))
    sheet.stroke([(735, 562), (769, 446)], (PAPER, 10))
    sheet.disc((762, 548), 33, PAPER)


# --- A galley proof with marks ------------------------------------------------


def _galley() -> _Sheet:
    sheet = _Sheet(BLUE)
    under = _turned(_corners((330, -80, 520, 900)), 4, (590, 360))
    sheet.shape(_moved(under, (16, 16)), INK)
    sheet.shape(under, SHADE)
    proof = _corners((290, -80, 520, 900))
    sheet.shape(_moved(proof, (18, 18)), INK)
    sheet.shape(proof, PAPER)
    sheet.box((350, 52, 300, 34), INK)
    _printed_lines(sheet, (350, 120, 340, 590), (1, 0.94, 1, 0.97, 0.6) * 3)
    _marks(sheet)
    sheet.tilt(-7, BLUE)
    _pencil(sheet)
    return sheet


def _marks(sheet: _Sheet) -> None:
    pen = (RED, 9)
    sheet.stroke([(392, 206), (520, 206)], pen)
    loop = _curve((716, 214), (800, 150), (776, 196))
    sheet.stroke([*loop, *_curve((776, 196), (742, 240), (716, 190))], pen)
    ellipse = [(x * 1.9 - 414, y) for x, y in _circle((460, 324), 38)[::4]]
    sheet.stroke([*ellipse, ellipse[0]], pen)
    sheet.stroke(_points("530,312 728,306 756,282"), pen)
    sheet.stroke(_points("560,456 584,420 608,456"), pen)
    sheet.stroke(_points("730,424 764,424 764,468 730,468"), pen)
    for left in range(350, 590, 40):
        sheet.stroke(_curve((left, 576), (left + 20, 592), (left + 40, 576)), pen)


def _pencil(sheet: _Sheet) -> None:
    def laid(points: Iterable[Point]) -> list[Point]:
        return _turned(_moved(points, (880, 380)), 118, (880, 380))

    whole = _points("-330,-34 250,-34 340,0 250,34 -330,34")
    sheet.shape(_moved(laid(whole), (20, 20)), INK)
    sheet.shape(laid(whole), SHADE)
    sheet.shape(laid(_points("306,-13 340,0 306,13")), RED)
    sheet.shape(laid(_corners((-330, -34, 580, 68))), RED)
    for top in (-12, 8):
        sheet.shape(laid(_corners((-270, top, 520, 4))), INK)
    sheet.shape(laid(_corners((-300, -34, 46, 68))), SHADE)
    sheet.shape(laid(_corners((-360, -34, 60, 68))), PAPER)
    for left in (-296, -272):
        sheet.shape(laid(_corners((left, -34, 8, 68))), INK)


# --- A globe among speech bubbles ---------------------------------------------


def _globe() -> _Sheet:
    sheet = _Sheet(PAPER)
    sheet.disc((640, 360), 322, SHADE)
    sheet.disc((652, 372), 250, INK)
    sheet.inlay(_earth(), _circle((640, 360), 250))
    for box, fill, from_right in (
        ((96, 66, 280, 136), RED, False),
        ((48, 296, 240, 124), INK, True),
        ((112, 520, 260, 130), BLUE, False),
        ((890, 56, 290, 140), INK, True),
        ((996, 292, 236, 128), RED, False),
        ((900, 524, 270, 130), BLUE, False),
    ):
        _bubble(sheet, box, fill, from_right=from_right)
    return sheet


def _earth() -> _Sheet:
    earth = _Sheet(BLUE)
    for land in _LANDS:
        bows = [_curve(*land[i : i + 3]) for i in range(0, len(land) - 2, 2)]
        earth.shape([point for bow in bows for point in bow], RED)
    for share in (0.36, 0.76):
        oval = [(640 + (x - 640) * share, y) for x, y in _circle((640, 360), 250)]
        earth.stroke([*oval, oval[0]], (PAPER, 5))
    for y in (190, 275, 360, 445, 530):
        earth.stroke([(390, y), (890, y)], (PAPER, 5))
    earth.stroke([(640, 110), (640, 610)], (PAPER, 5))
    return earth


# Invented coasts: each is a chain of curves, an end of one the start of the next.
_LANDS = (
    _points("386,300 400,120 560,120 640,150 580,200 600,250")
    + _points("520,236 500,290 470,360 430,320 386,300"),
    _points("500,350 560,310 610,350 690,390 630,450 610,540")
    + _points("570,570 540,480 510,440 480,390 500,350"),
    _points("676,200 700,150 780,130 900,150 900,320 850,400 826,340")
    + _points("800,290 770,330 740,380 722,300 650,270 676,200"),
    _points("750,470 780,420 836,450 880,490 820,530 770,550 750,470"),
)


def _bubble(sheet: _Sheet, box: Box, fill: str, *, from_right: bool) -> None:
    """Draw a speech bubble that points to the globe, its lines from either side."""
    left, top, width, height = box
    middle = (left + width / 2, top + height / 2)
    sheet.box((left + 9, top + 9, width, height), SHADE, 36)
    side = 1 if middle[0] < WIDTH / 2 else -1
    root = (middle[0] + side * (width / 2 - 12), middle[1])
    tip = (root[0] + side * 62, root[1] + (HEIGHT / 2 - root[1]) * 0.34)
    sheet.shape([(root[0], root[1] - 26), (root[0], root[1] + 26), tip], fill)
    sheet.box(box, fill, 36)
    for row, share in enumerate((0.72, 0.72, 0.44)):
        start = left + width * (0.14 + (0.72 - share if from_right else 0))
        y = top + height * (0.26 + row * 0.21)
        sheet.box((start, y, width * share, height * 0.09), PAPER)


_DRAWINGS: dict[str, Callable[[], _Sheet]] = {
    "printing-press": _printing_press,
    "envelope": _envelope,
    "hash-tree": _hash_tree,
    "lighthouses": _lighthouses,
    "keys": _keys,
    "radio-tower": _radio_tower,
    "border-book": _border_book,
    "night-reader": _night_reader,
    "galley": _galley,
    "globe": _globe,
}
NAMES: tuple[str, ...] = tuple(_DRAWINGS)


def draw(name: str) -> Image.Image:
    """Draw one picture of the demo.

    Args:
        name: one of `NAMES`.

    Returns:
        1280 by 720 pixels, RGB, the same for the same Pillow.

    Raises:
        ValueError: no picture has this name.
    """
    if name not in _DRAWINGS:
        raise ValueError(f"expected one of {', '.join(NAMES)}, found {name!r}")
    return _DRAWINGS[name]().finished()
