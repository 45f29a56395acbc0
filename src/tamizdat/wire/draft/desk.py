"""Take out of a body what is for editors and not for readers, before all else.

What is marked as not for publication goes into no field, and a receipt tells
only that it was there. Contact lines go the same way. Notes to editors become the
ednote. Source: spec/wire-item.md, "What never reaches a reader".
"""

import re
from dataclasses import dataclass, field

from tamizdat.wire.draft.habits import NOTEBOOKS, NOTES, PRIVATE
from tamizdat.wire.draft.passages import Passage
from tamizdat.wire.parsers.saved_text.labels import (
    is_contact,
    is_note_to_editors,
    is_private,
)
from tamizdat.wire.parsers.saved_text.spelling import label, plain
from tamizdat.wire.receipt import ReceiptWriter

_NOTE_WORDS = 120  # a longer one is a story about editors
_SHORT = 12  # words: a longer line is text again
_NOTE_EDGES = "()[] -*\u2013\u2014"


@dataclass(slots=True)
class Sorted:
    """Hold the parts of a body by what they are.

    Attributes:
        text: what readers may see, in order.
        ednotes: notes to editors, as printed, without brackets.
        by_role: lines that markup gave a name: "byline", "dateline", ...
    """

    text: list[Passage] = field(default_factory=list)
    ednotes: list[str] = field(default_factory=list)
    by_role: dict[str, list[str]] = field(default_factory=dict)


def sort_passages(passages: list[Passage], receipt: ReceiptWriter) -> Sorted:
    """Part a body into text, notes to editors and what nobody but the desk may see."""
    found = Sorted()
    private = notebook = False
    for part in passages:
        notebook = notebook or _opens_notebook(part)
        private = notebook or is_marked(part) or (private and _goes_on(part))
        if private and part.role != "tagline":
            receipt.drop(part.line, None, "marked as not for publication")
        elif is_contact(part.text):
            receipt.drop(part.line, None, "contact line")
        elif part.role == "ednote" or is_ednote(part.text):
            found.ednotes.append(part.text.strip(_NOTE_EDGES))
        elif part.role is not None:
            found.by_role.setdefault(part.role, []).append(part.text)
        else:
            found.text.append(part)
    return found


def is_marked(part: Passage) -> bool:
    """Tell a passage that is marked as not for publication."""
    return (
        part.role == "private"
        or is_private(part.text)
        or bool(PRIVATE.search(label(part.text)))
    )


def is_ednote(text: str) -> bool:
    """Tell a note to editors by the words it opens with."""
    if len(text.split()) > _NOTE_WORDS:
        return False
    spelled = plain(text).lstrip(_NOTE_EDGES)
    return is_note_to_editors(text) or bool(NOTES.match(spelled))


def _opens_notebook(part: Passage) -> bool:
    """Tell the heading below which nothing is for readers, to the end of the copy."""
    return bool(NOTEBOOKS.fullmatch(label(re.sub(r"^[#*= ]+", "", part.text))))


def _goes_on(part: Passage) -> bool:
    """Tell whether a passage belongs to the private block that began above it."""
    short = len(part.text.split()) <= _SHORT and not part.text.rstrip().endswith(".")
    return is_contact(part.text) or part.block.kind == "list" or short
