"""Read the top of a page: kicker, headline, marks of time, byline.

What stands there is told by its words first and by its place and length then.
A banner of the site is no kicker and makes no story breaking.
"""

from dataclasses import dataclass, field

from tamizdat.wire.items import Credited
from tamizdat.wire.parsers.saved_text.credits import read_byline
from tamizdat.wire.parsers.saved_text.dates import (
    after_label,
    is_dates_only,
    read_instant,
    unknown_zone,
)
from tamizdat.wire.parsers.saved_text.labels import (
    is_banner,
    is_breaking,
    is_skip_link,
)
from tamizdat.wire.parsers.saved_text.lines import Line, same
from tamizdat.wire.parsers.saved_text.pictures import is_caption, twin_length
from tamizdat.wire.parsers.saved_text.spelling import plain
from tamizdat.wire.parsers.saved_text.words import LANGUAGES
from tamizdat.wire.receipt import ReceiptWriter

_UPDATED = tuple(entry for words in LANGUAGES for entry in words.updated)
_PUBLISHED = tuple(entry for words in LANGUAGES for entry in words.published)
_KICKER_WORDS = 4  # a longer line in front is the headline itself
_STANDFIRST_WORDS = 6  # a shorter line behind is an unknown label
_HEADLINE_WORDS = 14
_HEAD_LINES = 8  # a page without paragraphs must not become all headline


@dataclass(slots=True)
class Heading:
    """Hold the top of one page; times as `dates.read_instant` yields them."""

    kicker: str | None = None
    headline: str | None = None
    breaking: bool = False
    updated: bool = False
    updated_at: str | None = None
    published_at: str | None = None
    byline: tuple[Credited, ...] = ()
    abstract: str | None = None
    heads: list[Line] = field(default_factory=list)
    extras: list[Line] = field(default_factory=list)
    marked: bool = False


def read_heading(
    lines: list[Line], receipt: ReceiptWriter
) -> tuple[Heading, list[Line]]:
    """Read the heading.

    Returns:
        The heading, and the lines that are no part of it.
    """
    heading = Heading()
    index = 0
    while index < len(lines) and not _ends(heading, lines, index):
        if not _take_mark(heading, lines[index], receipt):
            _take_head(heading, lines[index])
        index += 1
    _choose(heading, receipt)
    captions = [line for line in heading.extras if is_caption(line)]
    _settle_extras(heading, receipt)
    heading.breaking = is_breaking(heading.headline or "")
    return heading, captions + lines[index:]


def _ends(heading: Heading, lines: list[Line], index: int) -> bool:
    line = lines[index]
    if not heading.heads:
        return line.prose and line.words > _HEADLINE_WORDS * 2
    if twin_length(lines, index) and not same(line, heading.heads[-1]):
        return True
    if len(heading.heads) + len(heading.extras) >= _HEAD_LINES:
        return True
    if read_byline(line) or _stamp(line):
        return False
    return line.prose and not _is_late_headline(heading, lines, index)


def _is_late_headline(heading: Heading, lines: list[Line], index: int) -> bool:
    """Tell a headline that ends like a sentence: behind a kicker, before a mark."""
    if heading.marked or len(heading.heads) > 1 or index + 1 >= len(lines):
        return False
    if not _is_kicker(heading.heads[0]) or lines[index].words > _HEADLINE_WORDS:
        return False
    return bool(twin_length(lines, index + 1)) or _stamp(lines[index + 1])


def _stamp(line: Line) -> bool:
    text = line.text
    return (
        after_label(text, _UPDATED) is not None
        or after_label(text, _PUBLISHED) is not None
        or is_dates_only(text)
    )


def _take_mark(heading: Heading, line: Line, receipt: ReceiptWriter) -> bool:
    """Take a line that its words explain; tell whether it was one."""
    if is_skip_link(line.text) or is_banner(line.text):
        _drop_label(heading, line, receipt)
        return True
    if _take_time(heading, line, receipt):
        heading.marked = heading.marked or bool(heading.heads)
        return True
    byline = read_byline(line) if heading.heads else ()
    if byline:
        heading.byline += byline
        heading.marked = True
    return bool(byline)


def _drop_label(heading: Heading, line: Line, receipt: ReceiptWriter) -> None:
    why = "skip link" if is_skip_link(line.text) else "banner of the site"
    receipt.drop(line.number, line.text, why)
    if heading.heads and all(map(_is_kicker, heading.heads)) and not heading.marked:
        for head in heading.heads:
            _drop_unknown(head, receipt)
        heading.heads.clear()


def _take_time(heading: Heading, line: Line, receipt: ReceiptWriter) -> bool:
    updated = after_label(line.text, _UPDATED)
    if updated is not None:
        heading.updated = True
        heading.updated_at = read_instant(updated)
        if updated and heading.updated_at is None:
            receipt.warn(f"line {line.number}: the update has no full date")
        _warn_of_zone(line, receipt)
        return True
    published = after_label(line.text, _PUBLISHED)
    if published is None and not is_dates_only(line.text):
        return False
    heading.published_at = read_instant(line.text)
    _warn_of_zone(line, receipt)
    if heading.published_at is None:
        receipt.drop(line.number, line.text, "time without a full date")
    return True


def _warn_of_zone(line: Line, receipt: ReceiptWriter) -> None:
    zone = unknown_zone(line.text)
    if zone is not None:
        receipt.warn(f"line {line.number}: time zone {zone} is not known: local time")


def _take_head(heading: Heading, line: Line) -> None:
    if heading.marked:
        heading.extras.append(line)
    elif not any(same(line, head) for head in heading.heads):
        heading.heads.append(line)


def _choose(heading: Heading, receipt: ReceiptWriter) -> None:
    """Find the headline among the lines before the first mark."""
    heads = _without_title(heading.heads, receipt)
    if not heads:
        receipt.warn("no headline")
        return
    place = heads.index(_headline(heads, receipt))
    heading.headline = heads[place].text
    heading.extras[:0] = heads[place + 1 :]
    labels = [head for head in heads[:place] if _is_kicker(head)]
    if len(labels) == 1 and labels[0] is heads[place - 1]:
        heading.kicker = labels[0].text
    for head in heads[:place]:
        if not _is_kicker(head):
            receipt.drop(head.number, head.text, "headline of another story")
        elif head.text != heading.kicker:
            _drop_unknown(head, receipt)


def _headline(heads: list[Line], receipt: ReceiptWriter) -> Line:
    """Choose among the lines that are long enough, and tell of a second one.

    A standfirst follows its headline at once. Where a section's name stands between
    two such lines, or the first one shouts "Breaking:", it is a banner's story.
    """
    long = [head for head in heads if not _is_kicker(head)]
    if not long:
        return max(heads, key=lambda head: head.words)
    first, last = long[0], long[-1]
    if len(long) == 1:
        return first
    numbers = f"lines {first.number} and {last.number}"
    receipt.warn(f"{numbers}: two lines that can be the headline")
    between = heads[heads.index(first) : heads.index(last)]
    banner = is_breaking(first.text) or any(map(_is_kicker, between))
    return last if banner else first


def _without_title(heads: list[Line], receipt: ReceiptWriter) -> list[Line]:
    """Leave out the title of the window, which is the headline and a site name."""
    if len(heads) > 1:
        first, second = plain(heads[0].text), plain(heads[1].text)
        if first.startswith(second) and first[len(second) :].lstrip()[:1] in "-|:":
            receipt.drop(heads[0].number, heads[0].text, "title of the window")
            return heads[1:]
    return heads


def _is_kicker(line: Line) -> bool:
    return line.words <= _KICKER_WORDS


def _drop_unknown(line: Line, receipt: ReceiptWriter) -> None:
    receipt.drop(line.number, line.text, "unknown label before the headline")
    receipt.warn(f"line {line.number}: unknown label before the headline")


def _settle_extras(heading: Heading, receipt: ReceiptWriter) -> None:
    """Give the lines between headline and body a place, or drop them."""
    for line in heading.extras:
        if is_caption(line):
            continue
        if heading.abstract is None and line.words >= _STANDFIRST_WORDS:
            heading.abstract = line.text
            continue
        receipt.drop(line.number, line.text, "unknown label below the headline")
        receipt.warn(f"line {line.number}: unknown label below the headline")
