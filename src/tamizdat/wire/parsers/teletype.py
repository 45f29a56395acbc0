"""Read what teletype families share: controls, heads, dates behind the text."""

import re
from dataclasses import dataclass
from itertools import pairwise

from tamizdat.wire.draft.calendar import MONTHS
from tamizdat.wire.draft.dateline import dateline_in
from tamizdat.wire.draft.desk import is_ednote
from tamizdat.wire.draft.draft import Draft
from tamizdat.wire.draft.embargo import ZONES, states_embargo
from tamizdat.wire.draft.finish import MOST_ITEMS
from tamizdat.wire.draft.habits import UNDER
from tamizdat.wire.draft.habits_version import is_lone_flash
from tamizdat.wire.draft.passages import Passage
from tamizdat.wire.draft.people import has_by
from tamizdat.wire.draft.plain import passages_of_text
from tamizdat.wire.draft.text import one_line, without_routing
from tamizdat.wire.parsers.saved_text.spelling import plain
from tamizdat.wire.receipt import ReceiptWriter

SOH = re.compile("\x01")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_COLUMN = re.compile("[\x1c-\x1f]+")
_CENTURY = 70  # years below are of this century
_MORE = "goes on below"  # stands for the rest of a paragraph
_HEAD_LINES = 8
_HEAD_WORDS = 25
_MOST_HEADS = 4  # lines. Source: IPTC 7901, 3.4
_SLUG = re.compile(
    r"[^\s/]+(?:[ ]?/[^/]*)+/?|[\w.&+-]+(?:[-/][\w.&'+-]+)+,?.{0,40}|\S+"
)
_BRACKETS = re.compile(r"\((?P<inside>[^()]{2,})\)")
_LOUD_WORDS = 3  # of a slug in capitals above a headline in small letters
_SHORT_SLUG = 2  # words of one in capitals above such a headline
# An order without a day, which no headline is.
_UNTIL = re.compile(
    r"\W*embargo(?:ed)?:? (?:until|till|bis|jusqu|hasta|fino|até|tot|til|do|до)\b"
)
# Characters of an item: no service line, line of codes and word take fewer.
_LEAST_ITEM = 24
_MARKED = re.compile(r"\s*=\s*$")


@dataclass(frozen=True, slots=True)
class Stamp:
    """Hold a date as `dates.instant_of` reads it.

    Attributes:
        unknown: letters behind it that mean no one zone, None where it has none.
    """

    text: str
    unknown: str | None = None


@dataclass(frozen=True, slots=True)
class Copy:
    """Hold the text of an item, without its head."""

    text: str

    def passages(self, line: int) -> list[Passage]:
        """Turn the text into passages; controls inside part columns."""
        spaced = _COLUMN.sub("  \t", self.text)
        return passages_of_text(_CONTROLS.sub("", spaced), line, indent=1)


def parts_of(
    text: str, start: re.Pattern[str], receipt: ReceiptWriter
) -> list[tuple[int, str]]:
    """Part a file at its headers, each with the line of the file it stands on.

    Args:
        text: of the whole file; what stands before the first header is no copy.
        start: what a header begins with.
        receipt: is told of starts that are none: too little stands behind them, and it
            stays with the item before. Noise on a line must not become an item each.
    """
    starts = _starts(text, start, receipt)
    if len(starts) > MOST_ITEMS:
        receipt.warn(f"{len(starts):,} items: only the first {MOST_ITEMS:,} are read")
        text, starts = text[: starts[MOST_ITEMS]], starts[:MOST_ITEMS]
    line, parts = 1, list[tuple[int, str]]()
    line += text.count("\n", 0, starts[0])
    for place, end in pairwise([*starts, len(text)]):
        parts.append((line, text[place:end]))
        line += text.count("\n", place, end)
    said = [part for part in parts if without_controls(part[1]).strip()]
    return said or parts[:1]


def _starts(text: str, start: re.Pattern[str], receipt: ReceiptWriter) -> list[int]:
    found = [one.start() for one in start.finditer(text)] or [0]
    starts = found[:1]
    for place, end in pairwise([*found[1:], len(text)]):
        if end - place >= _LEAST_ITEM:
            starts.append(place)
    if len(starts) < len(found):
        receipt.warn(
            f"{len(found) - len(starts)} starts of an item have fewer than "
            f"{_LEAST_ITEM} characters behind them: read as part of the item before"
        )
    return starts


def without_controls(text: str) -> str:
    """Take out every control but line ends and tabs."""
    return _CONTROLS.sub("", text)


def stamp_in(form: re.Pattern[str], text: str) -> Stamp | None:
    """Read a date with the groups day, month, year, hour, minute and zone."""
    found = form.search(text)
    if found is None:
        return None
    printed = found["month"]
    month = int(printed) if printed.isdigit() else MONTHS.get(plain(printed).strip("."))
    if month is None:
        return None
    year = int(found["year"])
    year += 0 if year > 99 else 2000 if year < _CENTURY else 1900  # noqa: PLR2004
    clock = f"{found['hour']}:{found['minute']}"
    stamp = f"{year:04}-{month:02}-{int(found['day']):02}T{clock}"
    named = (found["zone"] or "").lower()
    minutes = ZONES.get(named)
    if minutes is None:
        return Stamp(stamp, named.upper() or None)
    sign, offset = "-" if minutes < 0 else "+", abs(minutes)
    return Stamp(f"{stamp}{sign}{offset // 60:02}{offset % 60:02}", None)


def warn_of_end(part: str, draft: Draft) -> None:
    """Say that copy whose text is marked where it begins has no mark where it ends."""
    if "\x02" in part and "\x03" not in part.partition("\x02")[2]:
        draft.receipt.warn("no end of the text (ETX): it may have been cut short")
    elif part.lstrip("\x01\x16\x00\r\n ").startswith("ZCZC") and "NNNN" not in part:
        draft.receipt.warn("no end of the telex (NNNN): it may have been cut short")


def warn_of_zone(stamp: Stamp, draft: Draft) -> None:
    """Say that the letters behind a time mean several zones, so that none is read."""
    if stamp.unknown:
        draft.receipt.warn(f"{stamp.unknown} is no one zone: a local time without one")


def body_of(head: str | None, text: str, line: int) -> tuple[list[str], Copy, int]:
    """Part head and text.

    Args:
        head: what stood before STX; None where no control parts them.
        text: the rest, or all of it.
        line: of the file, on which `text` begins.

    Returns:
        Lines of the head, the text, and the line on which that begins.
    """
    lines = [row for row in without_controls(head or "").split("\n") if row.strip()]
    rows = text.split("\n")
    taken = _heads_below(lines, rows) if lines else _head_rows(rows)
    lines += [without_controls(row) for row in rows[:taken] if row.strip()]
    return lines, Copy("\n".join(rows[taken:])), line + taken


def _heads_below(lines: list[str], rows: list[str]) -> int:
    """Count the rows of heads behind STX, where only keywords stand before it."""
    first = one_line(lines[0])
    keywords = _is_slug(first) or (
        len(first.split()) <= _LOUD_WORDS and first == first.upper() != first.lower()
    )
    if len(lines) > 1 or _MARKED.search(lines[0]) or not keywords:
        return 0
    taken = _head_rows(rows)
    heads = [row for row in rows[:taken] if row.strip()]
    below = next((row for row in rows[taken:] if row.strip()), "")
    marked = bool(heads) and _MARKED.search(heads[-1].rstrip()) is not None
    dated = dateline_in(f"{one_line(below)} {_MORE}") is not None
    # An indented text below an empty line parts itself from its heads.
    parted = bool(heads) and _is_parted(rows, taken)
    return taken if marked or ((dated or parted) and len(heads) <= _MOST_HEADS) else 0


def _is_parted(rows: list[str], taken: int) -> bool:
    """Tell whether an empty line and then an indented one follow the heads."""
    below = [row for row in rows[taken : taken + 3] if row.strip()]
    empty = any(not row.strip() for row in rows[taken : taken + 2])
    return empty and bool(below) and below[0][:1] in {" ", "\t"}


def _head_rows(rows: list[str]) -> int:
    """Count the rows of a head: up to the first that only a text can hold."""
    taken = 0
    for number, row in enumerate(rows):
        text = one_line(row)
        if not text:
            continue
        if taken_enough(row, text) or number >= _HEAD_LINES * 2:
            break
        taken = number + 1
    marked = bool(taken) and _MARKED.search(rows[taken - 1].rstrip()) is not None
    return taken if marked or any(row.strip() for row in rows[taken:]) else 0


def taken_enough(row: str, text: str) -> bool:
    """Tell whether a row belongs to the text and no more to the head."""
    if dateline_in(f"{text} {_MORE}") is not None or has_by(text):
        return True
    ended = text[-1] in ".!?" and len(text.split()) > 3  # noqa: PLR2004
    return (row[:1] in " \t" and len(row) > len(row.lstrip())) or ended


def read_head(lines: list[str], draft: Draft) -> None:
    """Read the lines of a head: slug, notes, headline, in any order."""
    units = _units(lines)
    for place, unit in enumerate(units):
        text = without_routing(unit)
        inside = _BRACKETS.fullmatch(text)
        # Above a headline "Correction: ..." is the headline itself.
        known = bool(draft.headlines)
        timed = known or any(map(str.isdigit, text))
        shouted = text[:7].isupper() and _UNTIL.match(plain(text)) is not None
        held = (states_embargo(text) and timed) or shouted
        draft.pubstatus = draft.pubstatus or ("withheld" if shouted else None)
        below = units[place + 1] if place + 1 < len(units) else ""
        note = held or is_ednote(text, top=known)
        if inside is not None or note:
            draft.ednotes.append(text.strip("()"))
        elif has_by(text):
            draft.bylines.append(text)
        elif below and is_lone_flash(text):
            draft.breaking = True
        elif below and not known and _names_story(text, below, draft):
            _take_slug(text, draft)
        elif not draft.headlines and text:
            draft.headlines.append(text)
        elif text:
            text = UNDER.sub("", text, count=1)
            draft.abstract = (
                text if draft.abstract is None else f"{draft.abstract} {text}"
            )


def _names_story(text: str, below: str, draft: Draft) -> bool:
    """Tell a slug above a headline; beside one that is known only a loud one counts."""
    if draft.slugline is None and _is_slug(text):
        return True
    return _is_loud(text, below) or _is_shorter(text, below)


def _take_slug(text: str, draft: Draft) -> None:
    if draft.slugline is None:
        draft.slugline = text.strip("/ ")
    else:
        draft.receipt.drop(draft.line, text, "another slug line")


def _units(lines: list[str]) -> list[str]:
    """Put the lines of one headline together, where marks say where it ends."""
    if not any(map(_MARKED.search, lines)):
        return [one_line(row) for row in lines]
    units, open_rows = list[str](), list[str]()
    for row in lines:
        open_rows.append(_MARKED.sub("", row))
        if UNDER.match(one_line(row)) and open_rows[:-1]:
            units.append(one_line(" ".join(open_rows[:-1])))
            open_rows = open_rows[-1:]
        slug = not units and len(open_rows) == 1 and _is_slug(one_line(row))
        if _MARKED.search(row) or slug or _BRACKETS.fullmatch(one_line(row)):
            units.append(one_line(" ".join(open_rows)))
            open_rows = []
    return [*units, *([one_line(" ".join(open_rows))] if open_rows else [])]


def _is_loud(text: str, below: str) -> bool:
    """Tell a slug of a few words in capitals by the headline below it, in none."""
    few = len(text.split()) <= _LOUD_WORDS
    loud = text == text.upper() != text.lower()
    return few and loud and below != below.upper() and not has_by(below)


def _is_shorter(text: str, below: str) -> bool:
    """Tell a slug of two words above a headline that is all in capitals, too."""
    loud = all(one == one.upper() != one.lower() for one in (text, below))
    few = len(text.split()) <= _SHORT_SLUG < len(below.split()) - 1
    return loud and few and not has_by(below)


def _is_slug(text: str) -> bool:
    return len(text.split()) <= _HEAD_WORDS and _SLUG.fullmatch(text) is not None
