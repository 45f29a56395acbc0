"""Say what a source did in English for logs, and anew for people of any language.

A sentence remembers its words, which are of a catalogue, and what they name. So it is
kept in the table and said on a page in the language of whoever reads it, days later.
What a sentence names may be a sentence itself.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Self

from django.utils.translation import gettext

from tamizdat.newsroom.errors import said_later as _
from tamizdat.newsroom.isolates import isolated

# What operating systems and OpenSSL say most often, in small letters.
_KNOWN = (
    _("connection refused"),
    _("connection timed out"),
    _("no route to host"),
    _("network is unreachable"),
    _("no such file or directory"),
    _("not a directory"),
    _("permission denied"),
    _("no space left on device"),
    _("certificate has expired"),
    _("self-signed certificate"),
    _("unable to get local issuer certificate"),
)


class Said(str):
    """One sentence in English.

    Attributes:
        words: of a catalogue.
        row: what they name; texts, numbers and sentences.
    """

    __slots__ = ("row", "words")

    words: str
    row: Mapping[str, Any]

    def __new__(cls, words: str, row: Mapping[str, Any]) -> Self:
        """Make it of its words."""
        one = super().__new__(cls, words % row)
        one.words, one.row = words, row
        return one


def say(words: str, **row: Any) -> Said:
    """Say something, as `say(_("expected %(most)s files"), most=3)`."""
    return Said(words, row)


def at(place: Any, why: str) -> Said:
    """Say what is wrong at a place: a host, a file."""
    return say(_("%(place)s: %(why)s"), place=str(place), why=why)


def system(words: str) -> str:
    """Take what a system says of itself: a sentence where it is a known one."""
    text = " ".join(words.lower().split())
    return say(text) if text in _KNOWN else text


def kept(text: str) -> dict[str, Any]:
    """Write a sentence as a row keeps it: `{words, row}`; plain words as `{text}`."""
    if not isinstance(text, Said):
        return {"text": text[:500]}
    row = {k: kept(v) if isinstance(v, str) else v for k, v in text.row.items()}
    return {"words": text.words, "row": row}


def spoken(found: Mapping[str, Any]) -> str:
    """Say it in the language of whoever reads; "" where nothing is kept.

    Args:
        found: as `kept` gave it; what is odd in it is left as it is.
    """
    words = found.get("words")
    if not isinstance(words, str):
        return isolated(found["text"]) if found.get("text") else ""
    row = {
        key: spoken(one) if isinstance(one, Mapping) else isolated(one)
        for key, one in found.get("row", {}).items()
    }
    return gettext(words) % row if words else ""


def spoken_each(found: Sequence[Mapping[str, Any]]) -> list[str]:
    """Say several sentences, one after the other."""
    return [spoken(one) for one in found]
