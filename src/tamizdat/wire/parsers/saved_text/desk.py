"""Take out what is for editors, not readers, before anything else is read.

Lines marked as not for publication, with the phone numbers below them, go
into no field and not even into the receipt. Notes to editors become the ednote.
"""

import re
from itertools import pairwise

from tamizdat.wire.draft.passages import Passage
from tamizdat.wire.items import Block
from tamizdat.wire.parsers.saved_text.labels import (
    is_banner,
    is_breakpoint,
    is_contact,
    is_control,
    is_copyright,
    is_note_to_editors,
    is_private,
    is_skip_link,
    ratio_of,
)
from tamizdat.wire.parsers.saved_text.lines import Line
from tamizdat.wire.parsers.saved_text.spelling import plain
from tamizdat.wire.receipt import ReceiptWriter

_EMBARGO = re.compile(r"embargo|эмбарго|ембарго|تحریم انتشار")


def take_desk_lines(
    lines: list[Line], receipt: ReceiptWriter
) -> tuple[str | None, list[Line]]:
    """Take out private lines and notes to editors.

    Returns:
        The ednote, and the lines that are left.
    """
    # The rules of agency copy read lines as these rooms spell them.
    from tamizdat.wire.draft.desk import without_contact  # noqa: PLC0415
    from tamizdat.wire.draft.private import BELOW_MARK, MARKED  # noqa: PLC0415

    notes: list[str] = []
    rest: list[Line] = []
    private = False
    # A number inside of a wrapped paragraph is no contact line.
    apart = [line.apart for line in lines]
    whole = [one and below for one, below in pairwise([*apart, True])]
    for line, mark, alone in zip(lines, _marks(lines), whole, strict=True):
        marked = is_private(line.text) or mark in {"line", "block"}
        private = marked or (private and _goes_on(line))
        if private or mark == "line" or (mark is not None and not _of_page(line)):
            receipt.drop(line.number, None, MARKED if private else BELOW_MARK)
        elif _is_contact(line, alone=alone):
            receipt.drop(line.number, None, "contact line")
        elif _is_note(line, alone=alone):
            notes.append(without_contact(line.text.strip("()"), receipt) or "")
            _warn_of_embargo(line, receipt)
        else:
            rest.append(line)
    return "\n".join(filter(None, notes)) or None, rest


def _marks(lines: list[Line]) -> list[str | None]:
    """Mark the lines of the story; above it a page has menus, whose words are none."""
    from tamizdat.wire.draft.private import private_marks  # noqa: PLC0415

    top = next((n for n, line in enumerate(lines) if line.prose), len(lines))
    story = private_marks([_passage(line) for line in lines[top:]], bare=True)
    return [*([None] * top), *story]


def _is_contact(line: Line, *, alone: bool) -> bool:
    from tamizdat.wire.draft.desk import is_desk_line  # noqa: PLC0415

    return is_contact(line.text) or (alone and is_desk_line(line.text))


def _is_note(line: Line, *, alone: bool) -> bool:
    from tamizdat.wire.draft.marks import label_of  # noqa: PLC0415

    return is_note_to_editors(line.text) or (alone and label_of(line.text) == "note")


def _of_page(line: Line) -> bool:
    """Tell what every page ends with: labels and the line of rights are no secret."""
    told = (is_breakpoint, is_skip_link, is_banner, is_control, is_copyright)
    ratio = ratio_of(line.text, bullet=line.bullet) is not None
    return ratio or any(one(line.text) for one in told)


def _passage(line: Line) -> Passage:
    return Passage(Block("paragraph", line.text), line.number)


def _goes_on(line: Line) -> bool:
    """Tell whether a line belongs to the private block that began above it."""
    return is_contact(line.text) or not (line.apart or line.prose)


def _warn_of_embargo(line: Line, receipt: ReceiptWriter) -> None:
    if _EMBARGO.search(plain(line.text)):
        receipt.warn(f"line {line.number}: an embargo in words, see the ednote")
