"""Say what every kind of source promises, and name them.

A kind is a folder below `sources` with `KEYS` and `fetch`. `fetch` changes nothing
where the copy lies, and nothing here: told the same state it brings the same files
again, so that a crash loses and doubles nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from tamizdat.newsroom.errors import SourceError
from tamizdat.newsroom.errors import said_later as _
from tamizdat.newsroom.sources.credentials import Credentials
from tamizdat.newsroom.sources.said import at, say

FILES = 200  # of one fetch; the rest comes with the next one, at once
FILE_BYTES = 32 << 20  # of one file: four times the longest item of an agency
FETCH_BYTES = 128 << 20
SECONDS = 60.0  # of one fetch, however slowly the other side drips
_UNFINISHED = (".part", ".tmp", ".filepart", ".partial", ".crdownload")


@dataclass(frozen=True)
class Key:
    """Say what a place needs to know.

    Attributes:
        words: what it is, for people.
        default: None where it has to be given.
        read: raises ValueError for what it is not; gives it as it is kept.
    """

    words: str
    default: str | None = None
    read: Callable[[str], str] = str


@dataclass(frozen=True)
class Came:
    """Hold one file that came: its name there, and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Fetched:
    """Tell what a fetch brought.

    Attributes:
        files: in the order in which they are to be read.
        state: where to go on; kept once the files are.
        more: there is more to fetch at once.
        warnings: what an operator should look at, in words.
    """

    files: tuple[Came, ...]
    state: dict[str, Any]
    more: bool = False
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rules:
    """Say what the operator allows.

    Attributes:
        hosts: names and addresses that may be reached although they are private.
        folders: below which a folder may be watched.
    """

    hosts: frozenset[str] = frozenset()
    folders: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Road:
    """Say where to fetch from, and from where on.

    Attributes:
        place: by the kind's keys, whole.
        state: as the fetch before left it; empty at first.
        credentials: empty ones where the place asks for none.
        seconds: after which the fetch is over.
    """

    place: Mapping[str, str]
    state: Mapping[str, Any] = field(default_factory=dict)
    credentials: Credentials = field(default_factory=Credentials)
    rules: Rules = field(default_factory=Rules)
    seconds: float = SECONDS


NAMES = ("folder", "http", "sftp", "ftp", "imap")


def fetch(kind: str, road: Road) -> Fetched:
    """Fetch what is new at a place.

    Raises:
        SourceError: nothing could be fetched, and why; without a secret.
    """
    fetched: Fetched = _kind(kind).fetch(road)
    return fetched


def read_place(kind: str, given: Mapping[str, str]) -> dict[str, str]:
    """Read what somebody says of a place, with what is left out put in.

    Raises:
        SourceError: naming the key, what was expected and what was found.
    """
    keys: Mapping[str, Key] = _kind(kind).KEYS
    if odd := sorted(set(given) - set(keys)):
        known = f"expected one of {', '.join(keys)}"
        raise SourceError(at(odd[0], known))
    place = {}
    for name, key in keys.items():
        value = given.get(name, key.default)
        if value is None:
            nothing = say(_("expected %(wanted)s, found nothing"), wanted=key.words)
            raise SourceError(at(name, nothing))
        try:
            place[name] = key.read(value)
        except ValueError as error:
            found = str(error) or repr(value)
            said = _("expected %(wanted)s, found %(found)s")
            why = say(said, wanted=key.words, found=found)
            raise SourceError(at(name, why)) from error
    return place


def keys_of(kind: str) -> Mapping[str, Key]:
    """Give the keys of a kind, for help."""
    keys: Mapping[str, Key] = _kind(kind).KEYS
    return keys


def _kind(kind: str) -> Any:
    if kind not in NAMES:
        raise SourceError(f"expected one of {', '.join(NAMES)}, found {kind}")
    return import_module(f"tamizdat.newsroom.sources.{kind}")


def port(text: str) -> str:
    """Read a TCP port."""
    if not (text.isascii() and text.isdecimal() and 0 < int(text) < 1 << 16):
        raise ValueError(repr(text))
    return text


def host(text: str) -> str:
    """Read a host's name or address."""
    if not text or any(c in text for c in "/@ \r\n\x00"):
        raise ValueError(repr(text))
    return text.lower()


def one_line(text: str) -> str:
    """Read what stands in a line of a protocol."""
    if any(c in text for c in "\r\n\x00"):
        raise ValueError("a line end")
    return text


def yes_or_no(text: str) -> str:
    """Read a switch."""
    if text not in {"yes", "no"}:
        raise ValueError(repr(text))
    return text


def is_unfinished(name: str) -> bool:
    """Say whether a name tells that somebody is still writing the file."""
    return name.startswith(".") or name.lower().endswith(_UNFINISHED)
