"""Take out what is for editors, not readers, before anything else is read.

Lines marked as not for publication, with the phone numbers below them, go
into no field and not even into the receipt. Notes to editors become the ednote.
"""

import re

from tamizdat.wire.parsers.saved_text.labels import (
    is_contact,
    is_note_to_editors,
    is_private,
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
    notes: list[str] = []
    rest: list[Line] = []
    private = False
    for line in lines:
        private = is_private(line.text) or (private and _goes_on(line))
        if private:
            receipt.drop(line.number, None, "marked as not for publication")
        elif is_contact(line.text):
            receipt.drop(line.number, None, "contact line")
        elif is_note_to_editors(line.text):
            notes.append(line.text.strip("()"))
            _warn_of_embargo(line, receipt)
        else:
            rest.append(line)
    return "\n".join(notes) or None, rest


def _goes_on(line: Line) -> bool:
    """Tell whether a line belongs to the private block that began above it."""
    return is_contact(line.text) or not (line.apart or line.prose)


def _warn_of_embargo(line: Line, receipt: ReceiptWriter) -> None:
    if _EMBARGO.search(plain(line.text)):
        receipt.warn(f"line {line.number}: an embargo in words, see the ednote")
