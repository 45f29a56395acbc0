"""What stands in a printer's workshop. A drawing is a list of coordinates."""

from collections.abc import Iterable, Sequence
from math import pi, sin

from tamizdat.server.demo.pictures.linocut import (
    BLUE,
    HEIGHT,
    INK,
    PAPER,
    RED,
    SHADE,
    WIDTH,
    Pen,
    Point,
    Sheet,
    circle,
    corners,
    curve,
    moved,
    on_circle,
    points_of,
    printed_lines,
    turned,
)


def printing_press() -> Sheet:
    """Draw a hand press and flying pages."""
    sheet = Sheet(PAPER)
    sheet.disc((540, 330), 272, RED)
    sheet.box((0, 612, WIDTH, 108), INK)
    _press_frame(sheet)
    _press_screw(sheet)
    _press_bed(sheet)
    _stack_of_paper(sheet)
    for centre, degrees in (((868, 146), -16), ((1052, 190), 11), ((1064, 376), -7)):
        _flying_page(sheet, centre, degrees)
    return sheet


def _press_frame(sheet: Sheet) -> None:
    sheet.box((392, 70, 296, 30), INK)
    sheet.box((350, 100, 380, 58), INK)
    for left in (372, 664):
        sheet.box((left, 150, 44, 470), INK)
        sheet.shape(corners((left - 26, 596, 96, 24)), INK)
    sheet.box((390, 252, 300, 34), INK)


def _press_screw(sheet: Sheet) -> None:
    sheet.box((508, 158, 64, 192), BLUE)
    for top in range(172, 340, 28):
        sheet.stroke([(511, top), (569, top - 12)], (PAPER, 6))
    sheet.box((390, 252, 300, 22), INK)
    sheet.stroke([(540, 322), (842, 292)], (INK, 20))
    sheet.disc((846, 291), 25, BLUE)
    sheet.box((494, 336, 92, 26), INK)
    sheet.shape(points_of("476,362 604,362 634,398 446,398"), BLUE)
    sheet.box((434, 398, 212, 26), INK)


def _press_bed(sheet: Sheet) -> None:
    sheet.box((446, 448, 188, 26), PAPER)
    for left in range(456, 626, 17):
        sheet.box((left, 455, 8, 19), INK)
    sheet.box((274, 474, 532, 40), BLUE)
    sheet.box((232, 514, 622, 18), INK)
    for left in (274, 780):
        sheet.box((left, 532, 26, 84), INK)
    sheet.ring((232, 523), 50, (INK, 14))
    for degrees in (20, 80, 140):
        ends = [on_circle((232, 523), 46, degrees + turn) for turn in (0, 180)]
        sheet.stroke(ends, (INK, 9))


def _flying_page(sheet: Sheet, centre: Point, degrees: float) -> None:
    x, y = centre
    page = (x - 62, y - 76, 124, 152)
    sheet.shape(moved(turned(corners(page), degrees, centre), (12, 12)), INK)
    sheet.shape(turned(corners(page), degrees, centre), SHADE)
    for row, length in enumerate((60, 96, 96, 88, 96, 52)):
        height = 14 if row == 0 else 8
        bar = (x - 48, y - 58 + row * 21, length, height)
        colour = RED if row == 0 else INK
        sheet.shape(turned(corners(bar), degrees, centre), colour)


def _stack_of_paper(sheet: Sheet) -> None:
    for level in range(7):
        left = 960 + (level * 7) % 12
        sheet.box((left, 594 - level * 18, 200, 18), INK)
        sheet.box((left, 596 - level * 18, 200, 13), SHADE)


def envelope() -> Sheet:
    """Draw a sealed letter."""
    sheet = Sheet(BLUE)
    body = corners((240, 125, 800, 470))
    sheet.shape(moved(body, (26, 26)), INK)
    sheet.inlay(_airmail_stripes(), body)
    sheet.inlay(_envelope_face(), corners((268, 153, 744, 414)))
    _seal(sheet, (640, 392))
    sheet.tilt(-5, BLUE)
    return sheet


def _airmail_stripes() -> Sheet:
    stripes = Sheet(PAPER)
    for index, left in enumerate(range(-600, WIDTH, 52)):
        slant = [(left, HEIGHT), (left + 26, HEIGHT), (left + 546, 0), (left + 520, 0)]
        stripes.shape(slant, (RED, INK)[index % 2])
    return stripes


def _envelope_face() -> Sheet:
    face = Sheet(PAPER)
    for edge in ((240, 595), (1040, 595)):
        face.stroke([edge, (640, 300)], (INK, 7))
    flap = points_of("240,125 1040,125 640,420")
    face.shape(moved(flap, (0, 20)), INK)
    face.shape(flap, SHADE)
    return face


def _seal(sheet: Sheet, at: Point) -> None:
    turns = [i * pi / 90 for i in range(180)]
    waves = [104 + 6 * sin(3 * turn + 1) + 5 * sin(8 * turn) for turn in turns]
    drops = [on_circle(at, wave, i * 2) for i, wave in enumerate(waves)]
    sheet.shape(moved(drops, (9, 11)), INK)
    sheet.shape(drops, RED)
    sheet.ring(at, 76, (INK, 6))
    x, y = at
    sheet.disc((x, y - 18), 25, PAPER)
    slot = points_of("-12,-12 12,-12 26,46 -26,46")
    sheet.shape(moved(slot, at), PAPER)


_TREE_LEVELS = (600, 440, 280, 120)  # height of the middle of each row, leaves first


def _tree_node(level: int, index: int) -> Point:
    """Place a node; level 0 holds eight leaves, level 3 the root."""
    gap = 140 * 2**level
    return 640 + (index - (2 ** (3 - level) - 1) / 2) * gap, _TREE_LEVELS[level]


def hash_tree() -> Sheet:
    """Draw hashes that meet in one root."""
    sheet = Sheet(PAPER)
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


def _branch(sheet: Sheet, level: int, index: int, pen: Pen) -> None:
    (x, y), (up_x, up_y) = _tree_node(level, index), _tree_node(level + 1, index // 2)
    bend = (y + up_y) / 2 + 14
    sheet.stroke([(x, y), (x, bend), (up_x, bend), (up_x, up_y)], pen)


def _tree_square(sheet: Sheet, node: tuple[int, int], half: float) -> None:
    x, y = _tree_node(*node)
    square = (x - half, y - half, 2 * half, 2 * half)
    sheet.shape(moved(corners(square), (9, 9)), INK)
    sheet.box(square, PAPER)
    colour = (BLUE, INK, INK, RED)[node[0]]
    sheet.box((x - half + 6, y - half + 6, 2 * half - 12, 2 * half - 12), colour)
    _tree_dots(sheet, node, half)


def _tree_dots(sheet: Sheet, node: tuple[int, int], half: float) -> None:
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


def keys() -> Sheet:
    """Draw three keys of five."""
    sheet = Sheet(PAPER)
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
    sheet: Sheet, at: Point, bit: Sequence[int], fill: str, thinner: float = 0
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


def galley() -> Sheet:
    """Draw a proof with correction marks."""
    sheet = Sheet(BLUE)
    under = turned(corners((330, -80, 520, 900)), 4, (590, 360))
    sheet.shape(moved(under, (16, 16)), INK)
    sheet.shape(under, SHADE)
    proof = corners((290, -80, 520, 900))
    sheet.shape(moved(proof, (18, 18)), INK)
    sheet.shape(proof, PAPER)
    sheet.box((350, 52, 300, 34), INK)
    printed_lines(sheet, (350, 120, 340, 590), (1, 0.94, 1, 0.97, 0.6) * 3)
    _marks(sheet)
    sheet.tilt(-7, BLUE)
    _pencil(sheet)
    return sheet


def _marks(sheet: Sheet) -> None:
    pen = (RED, 9)
    sheet.stroke([(392, 206), (520, 206)], pen)
    loop = curve((716, 214), (800, 150), (776, 196))
    sheet.stroke([*loop, *curve((776, 196), (742, 240), (716, 190))], pen)
    ellipse = [(x * 1.9 - 414, y) for x, y in circle((460, 324), 38)[::4]]
    sheet.stroke([*ellipse, ellipse[0]], pen)
    sheet.stroke(points_of("530,312 728,306 756,282"), pen)
    sheet.stroke(points_of("560,456 584,420 608,456"), pen)
    sheet.stroke(points_of("730,424 764,424 764,468 730,468"), pen)
    for left in range(350, 590, 40):
        sheet.stroke(curve((left, 576), (left + 20, 592), (left + 40, 576)), pen)


def _pencil(sheet: Sheet) -> None:
    def laid(points: Iterable[Point]) -> list[Point]:
        return turned(moved(points, (880, 380)), 118, (880, 380))

    whole = points_of("-330,-34 250,-34 340,0 250,34 -330,34")
    sheet.shape(moved(laid(whole), (20, 20)), INK)
    sheet.shape(laid(whole), SHADE)
    sheet.shape(laid(points_of("306,-13 340,0 306,13")), RED)
    sheet.shape(laid(corners((-330, -34, 580, 68))), RED)
    for top in (-12, 8):
        sheet.shape(laid(corners((-270, top, 520, 4))), INK)
    sheet.shape(laid(corners((-300, -34, 46, 68))), SHADE)
    sheet.shape(laid(corners((-360, -34, 60, 68))), PAPER)
    for left in (-296, -272):
        sheet.shape(laid(corners((left, -34, 8, 68))), INK)
