"""Take out of a body what is for editors and not for readers, before all else.

What is marked as not for publication goes into no field, and a receipt tells
only that it was there. Contact lines go the same way. Notes to editors become the
ednote. Source: spec/wire-item.md, "What never reaches a reader".
"""

import re
from dataclasses import dataclass, field, replace

from tamizdat.wire.draft.contributors import contributors_in
from tamizdat.wire.draft.embargo import states_embargo
from tamizdat.wire.draft.habits import CORRECTS, NOTES, NOTES_ALONE
from tamizdat.wire.draft.habits_private import (
    ADDRESSES,
    ASKS,
    CONTACT_HEADS,
    CONTACTS,
    HELP_LINES,
    NOTEBOOKS,
    OPENS_IN_RUNS,
)
from tamizdat.wire.draft.habits_version import LABELS
from tamizdat.wire.draft.marks import label_of
from tamizdat.wire.draft.passages import Passage
from tamizdat.wire.draft.private import BELOW_MARK, MARKED, private_marks
from tamizdat.wire.parsers.saved_text.labels import (
    is_contact,
    is_note_to_editors,
)
from tamizdat.wire.parsers.saved_text.spelling import label, plain
from tamizdat.wire.receipt import ReceiptWriter

_NOTE_WORDS = 60  # a longer one is a story, or has swallowed one
_PHONE = re.compile(
    r"(?:\+|(?<!\d)\(?0)[\d ()./-]{5,}\d|\(?\b\d{3}\)?[ .-]\d{3}[.-]\d{4}\b"
    r"|\b\d{3}-(?:\d{4}|\d{2}-\d{2})\b"
    # Of China, of Russia; of anywhere behind a word for it.
    r"|(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)"
    r"|(?<!\d)8[ -]?\(?\d{3}\)?[ -]?\d{3}[ -]?\d{2}[ -]?\d{2}(?!\d)"
    r"|\b(?:tel|kom|m[oó]vil|cell?|mob|phone|gsm|whatsapp|signal|viber|тел|моб)"
    r"[^\W\d]{0,6}[.: ]{1,3}\d[\d .-]{5,}\d"
)
_DAY = re.compile(r"\d{1,2}([./-])\d{1,2}\1\d{2,4}(?: \d{1,2}(?:\.\d{2})?)?")
_NO_BLANKS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")  # two letters are a word
_MAIL = re.compile(
    r"[\w.+-]{1,60}(?:@| ?[(\[](?:at|@)[)\]] ?)[\w-]{1,60}"
    r"(?:\.\w| ?[(\[](?:dot|\.)[)\]] ?\w)"
)
_BY = re.compile(
    r"\b(?:reporting|writing|editing|compiled) by\b"
    r"|\b(?:bericht|geschrieben|redigiert) von\b"
    r"|\b(?:[eé]dit[eé]|reportage) (?:par|de)\b"
)
_JOINTS = re.compile(r"\s*;\s*|(?<=[^\W\d_]{3})\.\s+")
_LEAST_DIGITS = 7  # of a telephone number
_DATELINE_WORDS = 12  # a longer one is the first paragraph, which opens with it
_CONTACT_WORDS = 25
_MOST_CONTACT_WORDS = 60
_BARE_WORDS = 6  # of a line that is hardly more than a number
_OPENS_CONTACT = re.compile(
    r"(?:(?:for|more|further|media|press|[^\W\d]+) (?:more |further )?){0,3}"
    + CONTACTS.pattern
    + r"[^.]{0,40}:"
)
_CONTACT_LETTERS = 500
_BLOCK, _NAME_WORDS = 5, 6  # lines below such a heading, and words of each
_SHORT = 12  # words: a longer line is text again
_NOTE_EDGES = "()[] -*\u2013\u2014"
_TOP = 4  # passages among which "Correction: ..." is for editors
_SENTENCES = re.compile(r"(?<=[^\W\d_]{2}[.!?;])\s+|(?<=\d{2}[.!?;])\s+|\n+")


@dataclass(slots=True)
class Sorted:
    """Hold the parts of a body by what they are.

    Attributes:
        text: what readers may see, in order.
        ednotes: notes to editors, as printed, without brackets.
        by_role: lines that markup gave a name: "byline", "dateline", ...
        hidden: whether a mark in words holds for some of it.
    """

    text: list[Passage] = field(default_factory=list)
    ednotes: list[str] = field(default_factory=list)
    by_role: dict[str, list[str]] = field(default_factory=dict)
    hidden: bool = False


def sort_passages(
    passages: list[Passage], receipt: ReceiptWriter, headline: str = ""
) -> Sorted:
    """Part a body into text, notes to editors and what nobody but the desk may see."""
    found = Sorted()
    private = notebook = notes = False
    contacts = _contact_blocks(passages)
    marks = private_marks(passages, headline)
    found.hidden = any(marks)
    for place, part in enumerate(passages):
        notebook = notebook or _opens_notebook(part)
        if not notebook and states_embargo(part.text):
            # "Not for publication before ..." is no private line: it lifts itself.
            found.ednotes.append(part.text.strip(_NOTE_EDGES))
            continue
        mark = marks[place]
        private = mark in {"line", "block"} or (private and _goes_on(part))
        hidden = private or notebook or mark is not None
        if part.role == "hidden":
            receipt.drop(part.line, None, "hidden by its markup")
        elif (hidden or part.role == "private") and part.role != "tagline":
            below = mark == "below" and not private
            receipt.drop(part.line, None, BELOW_MARK if below else MARKED)
        else:
            top = place < min(_TOP, len(passages) - 1)
            one = replace(part, role="ednote") if notes and not part.role else part
            notes = notes or (bool(found.text) and _heads_notes(part))
            _sort(one, found, receipt, top=top, called=place in contacts)
    return found


def _sort(
    part: Passage, found: Sorted, receipt: ReceiptWriter, *, top: bool, called: bool
) -> None:
    """Sort a passage that nothing marks as private.

    Args:
        part: the passage.
        found: where it goes.
        receipt: is told of what goes nowhere.
        top: whether it stands above the story.
        called: whether lines round it make it part of a block of contacts.
    """
    if not any(map(str.isalnum, part.text)):
        receipt.drop(part.line, part.text, "a rule between parts")
    elif not called and (part.role == "ednote" or is_ednote(part.text, top=top)):
        found.ednotes.append(part.text.strip(_NOTE_EDGES))
    elif called or is_desk_line(part.text) or is_contact(part.text):
        receipt.drop(part.line, None, "contact line")
    elif part.role == "dateline" and len(part.text.split()) > _DATELINE_WORDS:
        found.text.append(_without_contacts(replace(part, role=None), receipt))
    elif part.role is not None:
        found.by_role.setdefault(part.role, []).append(part.text)
    else:
        found.text.append(_without_contacts(part, receipt))


def _contact_blocks(passages: list[Passage]) -> set[int]:
    """Find "Contact A B at:" or "Media contact:", and the lines below to the number."""
    found: set[int] = set()
    for place, part in enumerate(passages):
        if CONTACT_HEADS.fullmatch(label(part.text.strip("#*= "))):
            found |= _names_below(passages, place)
        if not _is_heading(part.text):
            continue
        for below, line in enumerate(passages[place + 1 : place + 1 + _BLOCK], start=1):
            if is_desk_line(line.text) or is_contact(line.text):
                found |= set(range(place, place + below + 1))
            elif len(line.text.split()) > _NAME_WORDS or line.text.endswith("."):
                break
    return found


def _names_below(passages: list[Passage], place: int) -> set[int]:
    """Find the lines of names right below "Contacts", with their heading."""
    found: set[int] = set()
    for below, part in enumerate(passages[place + 1 : place + 1 + _BLOCK], start=1):
        lines = part.text.split("\n")
        if not all(0 < len(one.split()) <= _NAME_WORDS for one in lines):
            break
        if part.text.rstrip().endswith((".", "?", "!")):
            break
        found |= {place, place + below}
    return found


def _is_heading(text: str) -> bool:
    """Tell a line that promises whom to ring, and ends where that is to come."""
    spelled = plain(text[: _CONTACT_LETTERS + 1]).strip().lstrip("(*- ")
    if not spelled.endswith(":") or "." in spelled:
        return False
    return _OPENS_CONTACT.match(spelled) is not None


def _without_contacts(part: Passage, receipt: ReceiptWriter) -> Passage:
    """Take addresses and telephone numbers out of a line of contributors."""
    text = part.block.text or ""
    named = text.startswith("(") and len(text) <= _CONTACT_LETTERS
    if not named or _BY.search(plain(text)) is None:
        return part
    parts = _JOINTS.split(text.strip("() "))
    kept = [one for one in parts if "@" not in one and not reaches(one)]
    if not kept or len(kept) == len(parts):
        return part
    receipt.drop(part.line, None, "contact beside contributors")
    return part.with_text(f"({'; '.join(kept)})")


def reaches(text: str) -> bool:
    """Tell whether a text holds a telephone number."""
    found = (one[0] for one in _PHONE.finditer(plain(text)))
    numbers = (one for one in found if _DAY.fullmatch(one) is None)
    return any(sum(map(str.isdigit, one)) >= _LEAST_DIGITS for one in numbers)


def is_desk_line(text: str) -> bool:
    """Tell a line that says whom to ring or write to, and hardly anything else.

    A telephone number or an address in a sentence of the story stays: help lines
    are news. With a label before it, or with both in one line, it is for the desk.
    """
    spelled = plain(text[: _CONTACT_LETTERS + 1])
    words = len(spelled.split()) + len(_NO_BLANKS.findall(spelled)) // 2
    if words > _MOST_CONTACT_WORDS or len(spelled) > _CONTACT_LETTERS:
        return False
    if words <= _CONTACT_WORDS and ADDRESSES.fullmatch(spelled.strip()):
        return True
    called, mailed = reaches(spelled), _MAIL.search(spelled) is not None
    if not (called or mailed):
        return False
    if spelled.startswith("(") and spelled.rstrip(" .").endswith(")"):
        return _BY.search(spelled) is None
    if (called and mailed) or _OPENS_CONTACT.match(spelled.lstrip("(*- ")):
        return True
    return OPENS_IN_RUNS.match(spelled) is not None or _is_short(
        spelled, words, called=called
    )


def _is_short(spelled: str, words: int, *, called: bool) -> bool:
    """Tell a short line with a word for whom to ring, or little but a number."""
    # Parts of a number are no words: "Desk: 070 - 41 41 234".
    lettered = sum(any(map(str.isalpha, word)) for word in spelled.split())
    lettered += len(_NO_BLANKS.findall(spelled)) // 2
    few = words <= _BARE_WORDS or lettered <= _BARE_WORDS // 2
    if spelled.rstrip().endswith((".", "\u3002")) and HELP_LINES.search(spelled):
        return False
    asks = CONTACTS.search(spelled) or ASKS.match(spelled)
    return bool(asks and words <= _CONTACT_WORDS) or (called and few)


def without_contact(note: str, receipt: ReceiptWriter) -> str | None:
    """Take out of a note to editors the sentences that say whom to ring or write to."""
    said = _SENTENCES.split(note)
    kept = [one for one in said if not (_MAIL.search(one) or reaches(one))]
    if len(kept) < len(said):
        receipt.drop(1, None, "contact in a note to editors")
    return " ".join(kept).strip() or None


def is_ednote(text: str, *, top: bool = False) -> bool:
    """Tell a note to editors by the words it opens with.

    Args:
        text: the whole passage.
        top: whether it stands above the story, where "Correction: ..." is one.
    """
    if len(text.split()) > _NOTE_WORDS or contributors_in(text):
        return False
    spelled = plain(text).lstrip(_NOTE_EDGES)
    if CORRECTS.fullmatch(plain(text)) or (top and LABELS.match(spelled)):
        return True
    noted = is_note_to_editors(text) or NOTES.match(spelled) is not None
    return noted or label_of(text) == "note"


def _heads_notes(part: Passage) -> bool:
    """Tell "Notes to editors:" alone below a text: all below it is for them."""
    return NOTES_ALONE.fullmatch(label(part.text)) is not None


def _opens_notebook(part: Passage) -> bool:
    """Tell the heading below which nothing is for readers, to the end of the copy."""
    return bool(NOTEBOOKS.fullmatch(label(re.sub(r"^[#*= ]+", "", part.text))))


def _goes_on(part: Passage) -> bool:
    """Tell whether a passage belongs to the private block that began above it."""
    short = len(part.text.split()) <= _SHORT and not part.text.rstrip().endswith(".")
    return is_contact(part.text) or part.block.kind == "list" or short
