"""Take apart the bottom of a page: author box, credit line, notices, rights.

Works from marks that the text keeps of the layout: the indent of the author
box, the bullet of its portrait, the order box - notices. What stands below
the box is never body, whether its words are known or not.
"""

from dataclasses import dataclass, field

from tamizdat.wire.items import Credited
from tamizdat.wire.parsers.saved_text.credits import (
    CreditLine,
    read_byline,
    read_contributors,
    read_credit,
    read_credit_by_place,
)
from tamizdat.wire.parsers.saved_text.declarations import read_condition, read_more
from tamizdat.wire.parsers.saved_text.labels import is_copyright
from tamizdat.wire.parsers.saved_text.lines import Line
from tamizdat.wire.parsers.saved_text.notices import (
    is_declaration,
    is_notice,
)
from tamizdat.wire.parsers.saved_text.spelling import plain
from tamizdat.wire.receipt import ReceiptWriter

_BOTTOM_LINES = 60  # no page has a longer foot, and each is compared with the rest
_UNKNOWN_LINES = 4  # paragraphs below a box in words that no list has
_BIO_LINES = 3  # a longer text below a short line is a section of the story


@dataclass(slots=True)
class Ending:
    """Hold the bottom of one page; `notices` are lines still to be read."""

    names: list[Credited] = field(default_factory=list)
    bio: list[str] = field(default_factory=list)
    credit: CreditLine | None = None
    contributors: list[Credited] = field(default_factory=list)
    notices: list[Line] = field(default_factory=list)
    rights: str | None = None


def read_ending(
    lines: list[Line], portraits: set[int], receipt: ReceiptWriter
) -> tuple[Ending, list[Line]]:
    """Read the ending.

    Args:
        lines: all below the heading, without the pictures.
        portraits: numbers of the lines that named a picture's crop.
        receipt: takes what is neither body nor ending.

    Returns:
        The ending, and the lines that are body.
    """
    ending = Ending()
    lines = _take_rights(ending, lines)
    lines = _take_marks(ending, lines)
    box = _find_box(lines, portraits)
    if box is not None:
        first, last = box
        _read_box(ending, lines[first:last])
    else:
        first = last = _bottom_without_box(lines, portraits)
    _take_below(ending, lines[last:], receipt)
    return ending, _take_credits(ending, lines[:first])


def _take_rights(ending: Ending, lines: list[Line]) -> list[Line]:
    rest = []
    for line in lines:
        if is_copyright(line.text) and not line.prose and ending.rights is None:
            ending.rights = line.text
        else:
            rest.append(line)
    return rest


def _take_marks(ending: Ending, lines: list[Line]) -> list[Line]:
    """Take the marks that some laws demand above the text."""
    start = 0
    while start < len(lines) and _is_shouted(lines[start]):
        ending.notices.append(lines[start])
        start += 1
    return lines[start:]


def _is_shouted(line: Line) -> bool:
    return line.text.isupper() and is_declaration(line)


def _find_box(lines: list[Line], portraits: set[int]) -> tuple[int, int] | None:
    """Find the author box: where its name stands, and where it ends."""
    for first in range(len(lines) - 1, max(0, len(lines) - _BOTTOM_LINES), -1):
        last = _box_end(lines, first)
        if _is_box(lines, first, last, portraits):
            return first, last
    return None


def _box_end(lines: list[Line], first: int) -> int:
    """Find the end of a biography: the indent's end, or the first notice."""
    pair = lines[first : first + 2]
    indented = all(line.indent > 0 for line in pair) and len(pair) > 1
    last = first + 1
    while last < len(lines) and (indented or last - first <= _BIO_LINES):
        inside = lines[last].indent > 0
        if inside != indented or (not inside and _is_below(lines[last])):
            break
        last += 1
    return last


def _is_below(line: Line) -> bool:
    return is_notice(line) or read_credit(line) is not None


def _is_box(lines: list[Line], first: int, last: int, portraits: set[int]) -> bool:
    name, before = lines[first], lines[first - 1]
    if not name.name_like or name.bullet or not any(x.prose for x in lines[:first]):
        return False
    unknown = [line for line in lines[last:] if line.prose and not is_notice(line)]
    if len(unknown) > _UNKNOWN_LINES or _is_below(name):
        return False
    if name.indent > 0:
        return before.indent == 0
    if any(before.number < number < name.number for number in portraits):
        return True
    if unknown:
        return False
    told = last > first + 1 and plain(name.text) in plain(lines[first + 1].text)
    return told or (read_credit(before) is not None and last < len(lines))


def _read_box(ending: Ending, lines: list[Line]) -> None:
    for line in lines:
        if line.name_like:
            ending.names.extend(read_byline(line) or (Credited(line.text),))
        else:
            ending.bio.append(line.text)


def _bottom_without_box(lines: list[Line], portraits: set[int]) -> int:
    """Find where the body ends if nobody is named below it."""
    for index in range(len(lines) - 1, max(0, len(lines) - _BOTTOM_LINES), -1):
        below = lines[index + 1 :]
        if any(line.prose and not is_notice(line) for line in below):
            break
        portrait = any(
            lines[index].number < number < below[0].number
            for number in portraits
            if below
        )
        if portrait or (read_credit(lines[index]) is not None and below):
            return index + 1
    return _start_of_notices(lines)


def _start_of_notices(lines: list[Line]) -> int:
    """Find the run of notices at the end of a page that has no other mark.

    A lone declaration is news as often as a notice, so it stays in the body.
    """
    start = len(lines)
    while start > 1 and is_notice(lines[start - 1]):
        start -= 1
    run = lines[start:]
    sure = any(read_condition(line.text) for line in run) or (
        any(map(is_declaration, run)) and any(read_more(line.text) for line in run)
    )
    return start if sure else len(lines)


def _take_below(ending: Ending, lines: list[Line], receipt: ReceiptWriter) -> None:
    """Sort what stands below the author box; none of it is body."""
    names = [plain(person.name) for person in ending.names]
    noticed = any(is_notice(line) or _is_quoting(line, names) for line in lines)
    for line in lines:
        credit = read_credit(line)
        if credit is not None and ending.credit is None:
            ending.credit = credit
        elif is_notice(line) or (noticed and line.prose):
            ending.notices.append(line)
        else:
            receipt.drop(line.number, line.text, "unknown line below the story")
            if line.prose:
                receipt.warn(f"line {line.number}: unknown line below the story")


def _is_quoting(line: Line, names: list[str]) -> bool:
    spelled = plain(line.text)
    return line.prose and '"' in spelled and any(name in spelled for name in names)


def _take_credits(ending: Ending, lines: list[Line]) -> list[Line]:
    """Take the credit line and the contributors off the end of the body."""
    last = len(lines)
    while last > 1 and _take_credit(ending, lines[last - 1]):
        last -= 1
    return lines[:last]


def _take_credit(ending: Ending, line: Line) -> bool:
    contributors = read_contributors(line)
    if contributors:
        ending.contributors[:0] = contributors
        return True
    credit = read_credit(line) or read_credit_by_place(line)
    if credit is not None and ending.credit is None:
        ending.credit = credit
        return True
    byline = () if credit is not None else read_byline(line)
    ending.names[:0] = byline
    return bool(byline)
