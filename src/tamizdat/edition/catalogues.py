"""Read the words of a language from its file, and say what is wrong with a file.

Decides what may stand in a language file. Which of its words a page shows is for
`wording`.

Source: GNU gettext, "The Format of PO Files"; docs/howto/add-a-language.md.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from tamizdat.edition.dates import CALENDARS, STYLES, ZONES
from tamizdat.edition.errors import WordsError
from tamizdat.edition.headings import (
    MONTHS,
    OPTIONAL,
    REQUIRED,
    SOURCE,
    Heading,
    decoded,
    head_lines,
    read_heading,
    tags,
    text_of,
)
from tamizdat.edition.languages import country_of
from tamizdat.edition.messages import Entry, gaps_of, read_entries

_CONTEXT = re.compile(r'msgctxt "(.*)"')
_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_GETTEXT = ("MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Plural-Forms")
_TOOLS = ("Last-Translator", "Language-Team", "PO-Revision-Date", "X-Generator")
_PROJECT = ("Project-Id-Version", "Report-Msgid-Bugs-To", "POT-Creation-Date")
_KNOWN = frozenset((*REQUIRED, *OPTIONAL, *_GETTEXT, *_TOOLS, *_PROJECT))
_LETTERS = {  # by script: how Unicode begins the names of its letters
    "Latn": "LATIN",
    "Cyrl": "CYRILLIC",
    "Arab": "ARABIC",
    "Armn": "ARMENIAN",
    "Geor": "GEORGIAN",
}
_UNPRINTABLE = re.compile(  # what parts lines or turns text round, too
    r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]"
)
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Catalogue:
    """The words of one language.

    Attributes:
        texts: by name; what is not translated is absent.
        reviewed: names of those that an editor found right.
        safety: names of sentences about law, danger or anonymity; in English alone.
    """

    texts: Mapping[str, str]
    reviewed: frozenset[str]
    safety: frozenset[str]

    @property
    def drafts(self) -> frozenset[str]:
        """Name the words that nobody has reviewed yet."""
        return frozenset(self.texts) - self.reviewed


@lru_cache(maxsize=256)
def catalogue(tag: str) -> Catalogue:
    """Read the words of a language that has a file.

    Raises:
        WordsError: the file is not as it must be; the first thing that is wrong.
    """
    text = text_of(tag)
    entries = read_entries(text, f"{tag}.po")
    if first := next(_problems(text, entries, f"{tag}.po"), None):
        raise first
    texts = {e.key: e.english if tag == SOURCE else e.text for e in entries}
    return Catalogue(
        texts={key: text for key, text in texts.items() if text},
        reviewed=frozenset(e.key for e in entries if texts[e.key] and not e.draft),
        safety=frozenset(e.key for e in entries if e.safety),
    )


def problems(data: bytes, name: str) -> list[WordsError]:
    """List what is wrong with a language file, in its order.

    Args:
        data: of the file.
        name: of the file, as "ba.po".
    """
    try:
        text = decoded(data, name)
        return list(_problems(text, read_entries(text, name), name))
    except WordsError as error:
        return [error]


def _problems(text: str, entries: list[Entry], name: str) -> Iterator[WordsError]:
    head = read_heading(text, name)
    for key, reason in _of_head(head, head_lines(text), name):
        yield WordsError(name, _line_of(text, f'"{key}:'), f"{key}: {reason}")
    for line, reason in _of_entries(entries, head, text):
        yield WordsError(name, line, reason)


def _line_of(text: str, beginning: str) -> int:
    """Find the line of a file that begins so; the first one if none does."""
    lines = text.split("\n")
    return next(
        (number for number, line in enumerate(lines, 1) if line.startswith(beginning)),
        1,
    )


# The head


def _of_head(
    head: Heading, lines: Mapping[str, str], name: str
) -> Iterator[tuple[str, str]]:
    """Name each line of the head that is odd, and what was expected."""
    for key in lines.keys() - _KNOWN:
        yield key, "no line of ours or of gettext"
    if f"{head.tag}.po" != name or not _TAG.fullmatch(head.tag):
        yield "Language", f"expected {name.removesuffix('.po')}, found {head.tag}"
    if head.script not in Locale("en").scripts:
        yield "X-Script", f"expected a code of ISO 15924, found {head.script}"
    if head.direction not in ("ltr", "rtl"):
        yield "X-Direction", f"expected ltr or rtl, found {head.direction}"
    if head.zone not in ZONES:
        yield "X-Time-Zone", f"tzdata has no zone {head.zone!r}"
    if head.calendar not in CALENDARS:
        yield "X-Calendar", f"expected {' or '.join(CALENDARS)}, found {head.calendar}"
    if head.date_style not in STYLES:
        yield "X-Date-Style", f"expected one of {', '.join(STYLES)}"
    for code in head.territories:
        if country_of(code) is None:
            yield "X-Territories", f"expected a code of ISO 3166, found {code}"
    yield from _of_fallback(head, name)
    yield from _of_patterns(head)


def _of_fallback(head: Heading, name: str) -> Iterator[tuple[str, str]]:
    own = name.removesuffix(".po")
    if own != SOURCE and head.fallback[-1:] != (SOURCE,):
        yield "X-Fallback", f"expected {SOURCE} in the last place"
    for tag in head.fallback:
        if tag not in tags() or tag == own:
            yield "X-Fallback", f"expected another language with a file, found {tag}"


def _of_patterns(head: Heading) -> Iterator[tuple[str, str]]:
    try:
        Locale.parse(head.locale, sep="-")
    except (ValueError, UnknownLocaleError):
        yield "X-Locale", f"expected a locale of CLDR, found {head.locale!r}"
    for key, months in (("Months", head.months), ("Solar-Months", head.solar_months)):
        if len(months) not in (0, MONTHS):
            yield f"X-{key}", f"expected {MONTHS} names, found {len(months)}"
    for key, pattern, gaps in (
        ("X-Day", head.day, {"day", "month", "year"}),
        ("X-Moment", head.moment, {"day", "clock"}),
        ("X-List", head.list, {"0", "1"}),
    ):
        if pattern and gaps_of(pattern) != sorted(gaps):
            wanted = ", ".join(f"{{{gap}}}" for gap in sorted(gaps))
            yield key, f"expected {wanted}, found {pattern}"
    yield from _of_alphabet(head)


def _of_alphabet(head: Heading) -> Iterator[tuple[str, str]]:
    """Name letters that would have two places, or none."""
    letters = [one for group in head.alphabet for one in group.split("=")]
    for letter, times in Counter(letters).items():
        if times > 1:
            yield "X-Alphabet", f"expected each letter once, found {letter!r} twice"
        elif not letter or letter != unicodedata.normalize("NFC", letter.lower()):
            yield "X-Alphabet", f"expected a small letter, found {letter!r}"


# The messages


def _of_entries(
    entries: list[Entry], head: Heading, text: str
) -> Iterator[tuple[int, str]]:
    """Name each message that is odd, with its line."""
    source = entries if head.tag == SOURCE else _source()
    english = {entry.key: entry.english for entry in source}
    seen: set[str] = set()
    for number, line in enumerate(text.split("\n"), 1):
        if match := _CONTEXT.fullmatch(line):
            if match[1] in seen:
                yield number, f"{match[1]}: stands twice"
            seen.add(match[1])
    for entry in entries:
        if reason := _of_entry(entry, english, head):
            yield entry.line, f"{entry.key}: {reason}"
    for key in english.keys() - {e.key for e in entries}:
        yield len(text.split("\n")), f"{key}: missing"


@lru_cache(maxsize=1)
def _source() -> list[Entry]:
    return read_entries(text_of(SOURCE), f"{SOURCE}.po")


def _of_entry(entry: Entry, english: Mapping[str, str], head: Heading) -> str | None:
    if entry.plural:
        return "has plural forms, which no message of ours has"
    if entry.key not in english:
        return "no message has this name"
    if head.tag == SOURCE:
        return _of_source(entry)
    if entry.english != english[entry.key]:
        state = "translated" if entry.draft else "reviewed"
        return (
            f"was {state} when the English read otherwise; it is now: "
            + (english[entry.key])
        )
    return _of_text(entry, head) if entry.text else None


def _of_source(entry: Entry) -> str | None:
    if entry.text or entry.draft:
        return "the source is its own translation: expected an empty msgstr, no flag"
    if gaps_of(entry.english) is None:
        return "a brace stands alone"
    if entry.safety and gaps_of(entry.english):
        return "a sentence about safety has no gap"
    return None


def _of_text(entry: Entry, head: Heading) -> str | None:
    if gaps_of(entry.text) != gaps_of(entry.english):
        wanted = ", ".join(f"{{{gap}}}" for gap in gaps_of(entry.english) or ())
        return f"expected {wanted or 'no gap'}, found: {entry.text}"
    if entry.text != entry.text.strip() or _UNPRINTABLE.search(entry.text):
        return "expected one line, no space around it, no control characters"
    for word in _WORD.findall(entry.text):
        if len(_kinds(word)) > 1:
            return f"one word has letters of two scripts: {word}"
    letters = _LETTERS.get(head.script)
    if letters and letters not in _kinds(entry.text) and not gaps_of(entry.text):
        return f"expected letters of {head.script}, found: {entry.text}"
    return None


def _kinds(text: str) -> set[str]:
    """Name the scripts of letters; those that belong to several have none."""
    return {_kind(letter) for letter in set(text)} - {""}


@lru_cache(maxsize=1024)
def _kind(letter: str) -> str:
    first = unicodedata.name(letter, "").partition(" ")[0]
    return first if first in _LETTERS.values() else ""
