"""Read the messages of a language file, as Babel reads a gettext catalogue.

Babel is lenient: it takes a line whose quotes do not end. Lines are checked first.

Source: GNU gettext, "The Format of PO Files".
"""

import re
import string
from dataclasses import dataclass
from typing import Any

from tamizdat.edition.errors import WordsError

SAFETY = "safety"  # comment of a sentence about law, danger or anonymity
_DRAFT = "fuzzy"

_LINE = re.compile(
    r'(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?) )?"(?:[^"\\]|\\[\\trn"])*"'
)


@dataclass(frozen=True)
class Entry:
    """One message of a file. `line`: of its English."""

    key: str
    english: str
    text: str
    draft: bool
    safety: bool
    plural: bool
    line: int


def read_entries(text: str, name: str) -> list[Entry]:
    """Read the messages of a file, in its order. `name`: of the file, for errors.

    Raises:
        WordsError: a line is none of a PO file, or messages have no order.
    """
    from babel.messages.pofile import PoFileError, read_po  # noqa: PLC0415  (slow)

    for number, line in enumerate(text.split("\n"), 1):
        bare = line.strip()
        if bare and bare[0] != "#" and not _LINE.fullmatch(bare):
            raise WordsError(name, number, f"not a line of a PO file: {bare[:60]}")
    try:
        read = read_po(text.split("\n"), ignore_obsolete=True, abort_invalid=True)
    except PoFileError as error:
        raise WordsError(name, error.lineno + 1, str(error)) from error
    except (ValueError, LookupError, AttributeError) as error:
        raise WordsError(name, 1, "not a PO file: messages without order") from error
    return [_entry(message) for message in read if message.id]


def _entry(message: Any) -> Entry:
    plural = not isinstance(message.id, str)
    return Entry(
        key=message.context or "",
        english=message.id[0] if plural else message.id,
        text=message.string if isinstance(message.string, str) else "",
        draft=_DRAFT in message.flags,
        safety=SAFETY in message.auto_comments,
        plural=plural,
        line=message.lineno or 1,
    )


def gaps_of(text: str) -> list[str] | None:
    """List the gaps of a text, as ["date"]; None where a brace stands alone."""
    try:
        return sorted(gap for _, gap, *_ in string.Formatter().parse(text) if gap)
    except ValueError:
        return None
