"""Write the newest stories of a service as text, in parts of a limited size.

Decides which words of a story stand in a pack, and what a well-formed part is; which
story stands in which part is for `parts`.

Source: spec/pack.md.
"""

import hashlib
import re
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from tamizdat.edition import letters
from tamizdat.edition.blocks import Block, Box, Embed, Exhibit, Passage, Post
from tamizdat.edition.cuts import good_end
from tamizdat.edition.errors import PackError
from tamizdat.edition.fields import SERVICE
from tamizdat.edition.media import Audio, Document, Medium, Picture, Video
from tamizdat.edition.pages.cards import WITHDRAWN, card, note_of, standing
from tamizdat.edition.statement import write_time
from tamizdat.edition.stories import NOTED_KINDS, Story

TYPE = "tamizdat-pack/1"
PART_BYTES = 16_384  # of a part as it is stored, at most
FULL_BYTES = 16_896  # of text that a press puts into a part: some 8 KB of gzip at most
TEXT_BYTES = 22_528  # of text that a reader takes, at most, in UTF-8
PLAIN_BYTES = 16_314  # of text that always fits: the longest type line has 70
SALT_BYTES = 16  # of a part

ABOVE = "khsbd"  # letters of lines before the body, each once
_BODY, _ENDS = "puqltio", "nc"
_KINDS = {"paragraph": "p", "subhead": "u", "quote": "q", "list": "l", "table": "t"}
_BREAKING = "breaking"
_TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"
_HEAD = re.compile(
    r"= (?P<id>[a-z0-9][a-z0-9-]{0,59}) (?P<item>[1-9]\d{0,2})/(?P<items>[1-9]\d{0,2})"
    r" (?P<release>[1-9]\d{0,3}) (?P<standing>-|[a-z]+)"
    rf" (?P<published>{_TIME}) (?P<updated>-|{_TIME})"
    r" (?P<section>[a-z0-9][a-z0-9-]{0,59})",
    re.ASCII,
)
_TYPE_LINE = re.compile(
    rf"{TYPE} (?P<service>{SERVICE.pattern}) (?P<salt>[\w-]{{21}}[AQgw])", re.ASCII
)
_NOTE = re.compile(rf"[a-z]+ {_TIME} .+", re.ASCII)
_SHOWN = re.compile(r"[a-z]+ .+", re.ASCII)
_POST = re.compile(rf"{_TIME} .+", re.ASCII)
_DATELINE = re.compile(r"(-|\d{4}-\d\d-\d\d) .+", re.ASCII)
_PATTERNS = {"n": _NOTE, "d": _DATELINE, "i": _SHOWN, "o": _POST}
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f]")  # cells are parted by U+0009


@dataclass(frozen=True)
class Item:
    """A story, or a piece of one too long for a part.

    Attributes:
        story: id.
        number: of the piece, from 1.
        release: number of the story's newest release.
        published: time of the story's first release, UTC.
        content: its lines, UTF-8.
    """

    story: str
    number: int
    release: int
    published: datetime
    content: bytes


@dataclass(frozen=True)
class Head:
    """What the first line of an item says of its story. `published`: UTC."""

    story: str
    standing: str
    published: datetime


@dataclass(frozen=True)
class Held:
    """What a part holds. `service`: its id; `salt`: its own; `items`: at least one."""

    service: str
    salt: str
    items: tuple[Item, ...]


# From a story to its items


def items_of(story: Story) -> list[Item]:
    """Write a story as one item, or as many as its length needs."""
    lines = list(_lines(story))
    room = PLAIN_BYTES - len(_head(story, 999, 999))
    pieces = list(_pieces(lines, room))
    return [
        Item(
            story.id,
            number,
            story.release.number,
            story.published,
            _head(story, number, len(pieces)) + b"".join(piece),
        )
        for number, piece in enumerate(pieces, 1)
    ]


def _head(story: Story, number: int, count: int) -> bytes:
    state = standing(story) or (_BREAKING if story.breaking else "-")
    updated = write_time(story.updated) if story.updated else "-"
    fields = (
        *("=", story.id, f"{number}/{count}", str(story.release.number), state),
        *(write_time(story.published), updated, story.section),
    )
    return f"{' '.join(fields)}\n".encode()


def _lines(story: Story) -> Iterator[str]:
    shown = card(story)
    state = standing(story)
    if shown.kicker:
        yield f"k {shown.kicker}"
    yield f"h {shown.headline}"
    if shown.standfirst:
        yield f"s {shown.standfirst}"
    if not state:
        yield from _body_lines(story)
    if state != WITHDRAWN:
        noted = [r for r in story.releases if r.kind in NOTED_KINDS]
        for release in reversed(noted):
            note = note_of(release, story.language)
            yield f"n {release.kind} {write_time(release.time)} {note}"
    if story.credit_line and not state:
        yield f"c {story.credit_line}"


def _body_lines(story: Story) -> Iterator[str]:
    if story.bylines:
        yield f"b {', '.join(byline.name for byline in story.bylines)}"
    if story.dateline:
        yield f"d {story.dateline.date or '-'} {story.dateline.place}"
    for part in story.body:
        yield from part_lines(part)


def part_lines(part: Passage) -> Iterator[str]:
    """Write what can be said of a part of a body without its page."""
    match part:
        case Block():
            yield from _block_lines(part)
        case Exhibit():
            yield from _subhead(part.title)
            for medium in part.media:
                yield from _media_lines(medium)
        case Box():
            yield from _subhead(part.title)
            for block in part.body:
                yield from _block_lines(block)
        case Post():
            yield f"o {write_time(part.time)} {part.by or '-'}"
            yield from _subhead(part.headline)
            for inner in part.body:
                yield from part_lines(inner)
        case Embed():
            yield f"p {sourced(part.text, part.source)}"


def sourced(text: str, source: str | None) -> str:
    """Part the text of an embed from its source, as no markup does in a line."""
    return " · ".join(filter(None, (text, source)))


def _subhead(text: str | None) -> Iterator[str]:
    if text:
        yield f"u {text}"


def _media_lines(medium: Medium) -> Iterator[str]:
    match medium:
        case Picture():
            yield f"i picture {medium.caption}"
        case Video():
            yield f"i video {medium.poster.caption}"
        case Document():
            yield f"i document {medium.title}"
        case Audio():
            yield f"i audio {medium.title}"
            for paragraph in medium.transcript:
                yield f"p {paragraph}"


def _block_lines(block: Block) -> Iterator[str]:
    letter = _KINDS[block.kind]
    for text in ("\t".join(row) for row in block.rows) if block.rows else [block.text]:
        if text:
            yield f"{letter} {text}"


def _pieces(lines: Iterable[str], room: int) -> Iterator[list[bytes]]:
    """Cut lines into runs of at most `room` bytes; at least one run."""
    piece: list[bytes] = []
    left = room
    for line in lines:
        for content in _cut(line, room):
            if len(content) > left:
                yield piece
                piece, left = [], room
            piece.append(content)
            left -= len(content)
    yield piece


def _cut(line: str, room: int) -> Iterator[bytes]:
    """Cut a line that fits into no part; what follows begins with a dot."""
    while len(content := f"{line}\n".encode()) > room:
        most = len(content[: room - 1].decode("utf-8", "ignore"))
        end = good_end(line, most)
        yield f"{line[:end]}\n".encode()
        line = f". {line[end:]}"
    yield content


def write_part(service: str, items: Iterable[tuple[Item, str]]) -> bytes:
    """Join items to a part; one of more than `PART_BYTES` is not to be kept.

    Args:
        service: whose it is.
        items: each with the salt of its story's newest release.
    """
    some = list(items)
    kind = f"{TYPE} {service} {salt_of(salt for _item, salt in some)}"
    return letters.write(kind, b"".join(item.content for item, _ in some).decode())


def salt_of(salts: Iterable[str]) -> str:
    """Derive the salt of a part: who lacks one of these salts cannot tell it."""
    lines = "".join(f"{line}\n" for line in (TYPE, *salts))
    digest = hashlib.sha256(lines.encode()).digest()[:SALT_BYTES]
    return urlsafe_b64encode(digest).decode().rstrip("=")


# From a part back to its items


def read_part(content: bytes) -> Held:
    """Read a part.

    Raises:
        PackError: not as spec/pack.md says.
    """
    if len(content) > PART_BYTES:
        raise PackError(f"{len(content)} bytes, at most {PART_BYTES}")
    line, text = letters.read(content)
    kind = _TYPE_LINE.fullmatch(line)
    if kind is None:
        raise PackError(f"expected {TYPE}, a service and a salt in the first line")
    if (size := len(text.encode())) > TEXT_BYTES:
        raise PackError(f"{size} bytes of text, at most {TEXT_BYTES}")
    lines = ["", *text.split("\n")]  # counted as in the part
    if lines.pop():
        raise PackError("expected a line feed at the end")
    return Held(kind["service"], kind["salt"], tuple(_items(lines)))


def head_of(item: Item) -> Head:
    """Read the first line of an item that was read or written here."""
    fields = item.content.decode().split("\n", 1)[0].split(" ")
    return Head(item.story, fields[4], item.published)


def lines_of(items: Iterable[Item]) -> list[tuple[str, str]]:
    """Join the lines of a story's items, in order: letter and text of each."""
    found: list[tuple[str, str]] = []
    for item in items:
        for line in item.content.decode().split("\n")[1:-1]:
            letter, text = line[0], line[2:]
            if letter == ".":
                letter, before = found.pop()
                text = before + text
            found.append((letter, text))
    return found


def item_of(content: bytes) -> Item:
    """Read one item by itself.

    Raises:
        PackError: not as spec/pack.md says.
    """
    return _item(content.decode().split("\n")[:-1], 1)


def _items(lines: Sequence[str]) -> Iterator[Item]:
    starts = [at for at, line in enumerate(lines) if line.startswith("= ")]
    if starts[:1] != [1]:
        raise PackError("line 2: expected the beginning of an item")
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield _item(lines[start:end], start + 1)


def _item(lines: Sequence[str], at: int) -> Item:
    match = _HEAD.fullmatch(lines[0])
    if match is None:
        raise PackError(f"line {at}: not the beginning of an item")
    number, count = int(match["item"]), int(match["items"])
    if number > count:
        raise PackError(f"line {at}: item {number} of {count}")
    first = _check_lines(lines[1:], at + 1)
    if number == 1 and not first:
        raise PackError(f"line {at}: expected a headline")
    content = "".join(f"{line}\n" for line in lines).encode()
    try:
        published = moment(match["published"])
    except ValueError as error:
        raise PackError(f"line {at}: expected a time that exists") from error
    return Item(match["id"], number, int(match["release"]), published, content)


def moment(text: str) -> datetime:
    """Read a time of a pack.

    Raises:
        ValueError: it does not exist.
    """
    return datetime.fromisoformat(text)


def _check_lines(lines: Sequence[str], at: int) -> bool:
    """Check letters and their order; tell whether there is a headline."""
    rank, seen = -1, set()
    for number, line in enumerate(lines, at):
        letter, text = line[:1], line[2:]
        if line[1:2] != " " or not text or letter not in ABOVE + _BODY + _ENDS + ".":
            raise PackError(f"line {number}: expected a letter, a space and a text")
        if _CONTROL.search(text):
            raise PackError(f"line {number}: holds a control character")
        if letter == ".":
            continue
        if _rank(letter) < rank or (letter in seen and letter in f"{ABOVE}c"):
            raise PackError(f"line {number}: {letter} out of order")
        pattern = _PATTERNS.get(letter)
        if pattern and not pattern.fullmatch(text):
            raise PackError(f"line {number}: not what stands after {letter}")
        rank = _rank(letter)
        seen.add(letter)
    return "h" in seen


def _rank(letter: str) -> int:
    if letter in ABOVE:
        return ABOVE.index(letter)
    return len(ABOVE) + ("body", *_ENDS).index(letter if letter in _ENDS else "body")
