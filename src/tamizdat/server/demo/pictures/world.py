"""What stands between a newspaper and its reader, as lists of coordinates."""

from collections.abc import Iterable
from itertools import pairwise

from tamizdat.server.demo.pictures.linocut import (
    BLUE,
    HEIGHT,
    INK,
    PAPER,
    RED,
    SHADE,
    WIDTH,
    Box,
    Point,
    Sheet,
    circle,
    corners,
    curve,
    moved,
    points_of,
)


def lighthouses() -> Sheet:
    """Draw three lights over one sea."""
    sheet = Sheet(INK)
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


def _sea(sheet: Sheet) -> None:
    sheet.box((0, 560, WIDTH, 160), BLUE)
    for row, top in enumerate((582, 614, 650, 690)):
        for left in range(-160 + row * 70, WIDTH, 210):
            wave = curve((left, top), (left + 60, top - 26), (left + 120, top))
            sheet.stroke(wave, (PAPER, 5))


def _lighthouse(sheet: Sheet, foot: Point, size: float) -> None:
    def at(points: Iterable[Point]) -> list[Point]:
        return [(foot[0] + x * size, foot[1] + y * size) for x, y in points]

    rock = points_of("-170,60 -120,0 -70,-18 60,-22 130,8 180,60")
    sheet.shape(at(rock), INK)
    for band in range(5):
        low, high = band * 62, (band + 1) * 62
        wide, narrow = 56 - low * 0.075, 56 - high * 0.075
        colour = (PAPER, RED)[band % 2]
        shape = [(-wide, -low), (wide, -low), (narrow, -high), (-narrow, -high)]
        sheet.shape(at(moved(shape, (0, -16))), colour)
    sheet.shape(at(corners((-46, -342, 92, 16))), RED)
    sheet.shape(at(corners((-28, -398, 56, 56))), PAPER)
    sheet.shape(at(corners((-4, -398, 8, 56))), INK)
    sheet.shape(at(points_of("-40,-398 40,-398 0,-448")), RED)
    sheet.shape(at(corners((-10, -76, 20, 60))), INK)


def radio_tower() -> Sheet:
    """Draw a mast above houses at night."""
    sheet = Sheet(PAPER)
    top = (640.0, 118.0)
    for ring, radius in enumerate(range(90, 760, 75)):
        colour = (BLUE, SHADE)[ring % 2]
        sheet.arc(top, radius, (148, 392), (colour, 30))
    for house in ((96, 620, 1.0), (252, 604, 0.8), (940, 596, 0.9), (1080, 616, 1.15)):
        _house(sheet, house)
    hill = curve((0, 640), (640, 500), (WIDTH, 640))
    sheet.shape([*hill, (WIDTH, HEIGHT), (0, HEIGHT)], INK)
    _mast(sheet)
    return sheet


def _mast(sheet: Sheet) -> None:
    levels = points_of("190,16 280,32 370,50 470,72 590,100")
    for (y, half), (low, wide) in pairwise(levels):
        for side in (-1, 1):
            near, far = 640 + side * half, 640 + side * wide
            sheet.stroke([(near, y), (far, low)], (RED, 17))
            sheet.stroke([(near, y), (640 - side * wide, low)], (RED, 9))
        sheet.stroke([(640 - wide, low), (640 + wide, low)], (RED, 11))
    sheet.stroke([(640, 190), (640, 120)], (RED, 14))
    sheet.disc((640, 118), 24, INK)
    sheet.disc((640, 118), 11, PAPER)


def _house(sheet: Sheet, house: tuple[float, float, float]) -> None:
    """Draw a house; house: left, bottom and size."""
    left, bottom, size = house
    wall, rise = 96 * size, 70 * size
    sheet.box((left, bottom - rise, wall, rise + 30), RED)
    roof = [(left - 14, bottom - rise), (left + wall / 2, bottom - rise - 54 * size)]
    sheet.shape([*roof, (left + wall + 14, bottom - rise)], INK)
    pane = 0.26 * wall
    for share in (0.16, 0.58):
        sheet.box((left + share * wall, bottom - rise * 0.7, pane, pane), PAPER)


def border_book() -> Sheet:
    """Draw a book that flies over a barrier."""
    sheet = Sheet(BLUE)
    sheet.disc((960, 230), 150, RED)
    hills = points_of("0,490 190,370 330,470 560,330 760,480 930,400")
    sheet.shape([*hills, (1110, 510), (WIDTH, 410), (WIDTH, 620), (0, 620)], INK)
    sheet.box((0, 560, WIDTH, 160), SHADE)
    _barrier(sheet)
    _flying_book(sheet, (560, 232))
    return sheet


def _barrier(sheet: Sheet) -> None:
    pole = (60, 590, 1110, 42)
    sheet.shape(moved(corners(pole), (0, 10)), INK)
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


def _flying_book(sheet: Sheet, spine: Point) -> None:
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
    upper = curve((x, y), (x + side * 150, y - 150), (x + side * 400, y - 96))
    lower = curve((x + side * 360, y + 84), (x + side * 150, y + 30), (x, y + 176))
    return [*upper, *lower]


def _line_on_wing(sheet: Sheet, spine: Point, side: int, line: tuple[int, int]) -> None:
    """Set one line of text on a page; line: its row and how many points it has."""
    row, length = line
    x, y = spine[0], spine[1] + 10 + row * 29
    end = (x + side * (334 - row * 10), y - 80)
    whole = curve((x + side * 42, y - 22), (x + side * 150, y - 108), end)
    sheet.stroke(whole[:length], (INK, 8))


def night_reader() -> Sheet:
    """Draw a reader with a phone at night."""
    sheet = Sheet(RED)
    _window(sheet)
    sheet.shape(points_of("754,466 918,172 990,400 778,524"), SHADE)
    _reader(sheet)
    sheet.box((0, 650, WIDTH, 70), INK)
    return sheet


def _window(sheet: Sheet) -> None:
    sheet.box((78, 58, 524, 504), INK)
    sheet.box((90, 70, 500, 480), BLUE)
    sheet.disc((214, 186), 66, PAPER)
    sheet.disc((242, 170), 58, BLUE)
    for x, y in ((390, 130), (450, 230), (530, 110), (130, 290), (290, 270)):
        sheet.disc((x, y), 4, PAPER)
    roofs = points_of("90,440 170,380 250,440 250,470 330,470 400,410")
    street = points_of("480,470 540,430 590,460 590,550 90,550")
    sheet.shape([*roofs, *street], INK)
    for x, y in ((156, 450), (386, 466), (200, 496), (500, 500), (280, 500)):
        sheet.box((x, y, 20, 24), PAPER)
    for bar in ((333, 70, 14, 480), (90, 310, 500, 14), (54, 550, 572, 26)):
        sheet.box(bar, INK)


def _reader(sheet: Sheet) -> None:
    back = curve((1030, 340), (1260, 380), (1240, 660))
    front = curve((830, 660), (850, 440), (960, 400))
    sheet.shape([*back, *front], INK)
    sheet.shape(points_of("930,330 1050,330 1066,420 950,430"), SHADE)
    _head(sheet, (990, 250))
    sheet.stroke(curve((944, 424), (1010, 448), (1084, 372))[::8], (BLUE, 56))
    sheet.stroke(points_of("1000,540 900,640 770,556"), (INK, 66))
    _phone(sheet)


def _head(sheet: Sheet, at: Point) -> None:
    x, y = at
    sheet.disc(at, 122, INK)
    face = Sheet(INK)
    face.disc((x - 70, y + 20), 118, PAPER)
    sheet.inlay(face, circle(at, 122))
    nose = [(x - 108, y - 12), (x - 142, y + 34), (x - 104, y + 44)]
    sheet.shape(nose, PAPER)
    sheet.stroke([(x - 92, y + 2), (x - 58, y + 4)], (INK, 8))
    sheet.stroke([(x - 88, y + 70), (x - 56, y + 64)], (RED, 8))


def _phone(sheet: Sheet) -> None:
    sheet.stroke([(724, 566), (760, 440)], (INK, 26))
    sheet.stroke([(735, 562), (769, 446)], (PAPER, 10))
    sheet.disc((762, 548), 33, PAPER)


def globe() -> Sheet:
    """Draw a globe that speaks."""
    sheet = Sheet(PAPER)
    sheet.disc((640, 360), 322, SHADE)
    sheet.disc((652, 372), 250, INK)
    sheet.inlay(_earth(), circle((640, 360), 250))
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


def _earth() -> Sheet:
    earth = Sheet(BLUE)
    for land in _LANDS:
        bows = [curve(*land[i : i + 3]) for i in range(0, len(land) - 2, 2)]
        earth.shape([point for bow in bows for point in bow], RED)
    for share in (0.36, 0.76):
        oval = [(640 + (x - 640) * share, y) for x, y in circle((640, 360), 250)]
        earth.stroke([*oval, oval[0]], (PAPER, 5))
    for y in (190, 275, 360, 445, 530):
        earth.stroke([(390, y), (890, y)], (PAPER, 5))
    earth.stroke([(640, 110), (640, 610)], (PAPER, 5))
    return earth


_LANDS = (
    points_of("386,300 400,120 560,120 640,150 580,200 600,250")
    + points_of("520,236 500,290 470,360 430,320 386,300"),
    points_of("500,350 560,310 610,350 690,390 630,450 610,540")
    + points_of("570,570 540,480 510,440 480,390 500,350"),
    points_of("676,200 700,150 780,130 900,150 900,320 850,400 826,340")
    + points_of("800,290 770,330 740,380 722,300 650,270 676,200"),
    points_of("750,470 780,420 836,450 880,490 820,530 770,550 750,470"),
)


def _bubble(sheet: Sheet, box: Box, fill: str, *, from_right: bool) -> None:
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
