"""Know the languages by the heads of their files: how each is written, and where read.

Decides which languages have a file and which file speaks for a tag. A head is read
without the messages below it, so that asking for a name costs no catalogue.

Source: docs/howto/add-a-language.md; BCP 47; GNU gettext, "The Format of PO Files".
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from tamizdat.edition.errors import WordsError

FOLDER = files("tamizdat.edition") / "words"
SOURCE = "en"  # the language that all others are translated from
MONTHS = 12

REQUIRED = (
    "Language",
    "X-Name",
    "X-English-Name",
    "X-Script",
    "X-Direction",
    "X-Locale",
    "X-Time-Zone",
    "X-Calendar",
    "X-Date-Style",
    "X-Territories",
)
OPTIONAL = (
    "X-Fallback",
    "X-Also",
    "X-Months",
    "X-Solar-Months",
    "X-Day",
    "X-Moment",
    "X-List",
    "X-Alphabet",
)
_HEAD_BYTES = 4_096  # no head is longer; what is, lacks lines and is refused
_SCRIPT_LETTERS = 4  # a script is the only subtag of four letters
_ESCAPED = re.compile(r'\\([\\nt"])')


@dataclass(frozen=True)
class Heading:
    """What the head of a language file says.

    Attributes:
        tag: BCP 47, as the file is named.
        name: of the language in itself; `english`: in English.
        script: ISO 15924; `direction`: ltr or rtl.
        locale: of CLDR, whose patterns, names and digits the language has.
        fallback: tags of files that readers may know, best first; ends with English.
        also: other tags for the language.
        zone, calendar, date_style, territories: what a service of it begins with.
        months, solar_months, day, moment, list: ours, where CLDR has none; else empty.
        alphabet: its letters in their order, those of one place joined by "="; empty
            where it is that of its script.
    """

    tag: str
    name: str
    english: str
    script: str
    direction: str
    locale: str
    fallback: tuple[str, ...]
    also: tuple[str, ...]
    zone: str
    calendar: str
    date_style: str
    territories: tuple[str, ...]
    months: tuple[str, ...]
    solar_months: tuple[str, ...]
    day: str
    moment: str
    list: str
    alphabet: tuple[str, ...]


@lru_cache(maxsize=1)
def tags() -> tuple[str, ...]:
    """List the languages that have a file, sorted by tag."""
    names = (entry.name for entry in FOLDER.iterdir())
    return tuple(sorted(n.removesuffix(".po") for n in names if n.endswith(".po")))


@lru_cache(maxsize=256)
def heading(tag: str) -> Heading:
    """Read the head of a language's file.

    Raises:
        WordsError: it lacks a line, or is not in UTF-8.
    """
    with (FOLDER / f"{tag}.po").open("rb") as file:
        head = file.read(_HEAD_BYTES).partition(b"\n\n")[0]
    return read_heading(decoded(head, f"{tag}.po"), f"{tag}.po")


def text_of(tag: str) -> str:
    """Read the file of a language."""
    return decoded((FOLDER / f"{tag}.po").read_bytes(), f"{tag}.po")


def decoded(data: bytes, name: str) -> str:
    """Decode a language file.

    Raises:
        WordsError: it is not in UTF-8.
    """
    try:
        return data.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = f"0x{data[error.start]:02x}"
        raise WordsError(name, line, f"expected UTF-8, found {found}") from error


def read_heading(text: str, name: str) -> Heading:
    """Read the head of a file. `name`: of the file, for messages.

    Raises:
        WordsError: a line is missing.
    """
    lines = head_lines(text)
    for key in REQUIRED:
        if key not in lines:
            raise WordsError(name, 1, f"expected a line {key} in the head")
    get = {**dict.fromkeys(OPTIONAL, ""), **lines}
    return Heading(
        tag=get["Language"],
        name=get["X-Name"],
        english=get["X-English-Name"],
        script=get["X-Script"],
        direction=get["X-Direction"],
        locale=get["X-Locale"],
        fallback=tuple(get["X-Fallback"].split()),
        also=tuple(get["X-Also"].split()),
        zone=get["X-Time-Zone"],
        calendar=get["X-Calendar"],
        date_style=get["X-Date-Style"],
        territories=tuple(get["X-Territories"].split()),
        months=tuple(get["X-Months"].split()),
        solar_months=tuple(get["X-Solar-Months"].split()),
        day=get["X-Day"],
        moment=get["X-Moment"],
        list=get["X-List"],
        alphabet=tuple(get["X-Alphabet"].split()),
    )


def head_lines(text: str) -> Mapping[str, str]:
    """Take the lines of a file's head apart: what stands below its first, empty id."""
    head = text.partition('msgid ""\n')[2].partition("\n\n")[0]
    quoted = (line.strip() for line in head.removeprefix("msgstr ").splitlines())
    inside = "".join(line[1:-1] for line in quoted if line.startswith('"'))
    plain = _ESCAPED.sub(lambda m: "\n" if m[1] == "n" else m[1], inside)
    pairs = (line.partition(":") for line in plain.splitlines())
    return {key.strip(): value.strip() for key, _, value in pairs if key.strip()}


@lru_cache(maxsize=256)
def find(language: str) -> Heading | None:
    """Find the file that speaks for a BCP 47 tag: its own, or that of a shorter tag."""
    subtags = language.split("-")
    for length in range(len(subtags), 0, -1):
        tag = "-".join(subtags[:length])
        if (known := _names().get(tag.casefold())) is not None:
            return heading(known)
    return None


@lru_cache(maxsize=1)
def _names() -> Mapping[str, str]:
    others = {also.casefold(): tag for tag in tags() for also in _also(tag)}
    return {**others, **{tag.casefold(): tag for tag in tags()}}


def _also(tag: str) -> tuple[str, ...]:
    try:
        return heading(tag).also
    except WordsError:  # of this language alone: whoever asks for it is told
        return ()


def is_own(language: str) -> bool:
    """Tell whether a file is for this very tag, or another name of it."""
    return language.casefold() in _names()


def script_subtag(language: str) -> str | None:
    """Find the script that a tag names itself."""
    found = (p for p in language.split("-")[1:] if len(p) == _SCRIPT_LETTERS)
    return next((part.title() for part in found), None)
