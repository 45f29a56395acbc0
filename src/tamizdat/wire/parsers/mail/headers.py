"""Bound what Python's own reader of headers is given, and how often.

It reads the rest of a header again for each odd sign in it, and a Content-Type each
time it is asked for one: a letter of 40 kB took it 22 seconds. Comments in comments
are deeper than it can go. Here it sees the first MOST_HEADER characters, once.
"""

from collections.abc import Collection
from email import policy
from email.headerregistry import BaseHeader, HeaderRegistry
from email.message import EmailMessage
from email.utils import parseaddr
from functools import lru_cache
from typing import Any

# Of one header. The longest that means something is the name of a file, 255 letters
# of three bytes, each written as three characters (RFC 2231).
MOST_HEADER = 2_500
_KNOWN = 64  # headers that are remembered: some letters have a thousand parts
# What a letter is unpacked by: without a sound one it is read as if it had none.
_OF_PARTS = ("content-type", "content-transfer-encoding", "content-disposition")
# What the standard library raises for headers that no standard knows.
ODD = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)

_FACTORY = HeaderRegistry()


class BoundedHeaders(policy.EmailPolicy):
    """Reads each header once, as far as MOST_HEADER characters."""

    def header_fetch_parse(self, name: str, value: Any) -> Any:
        """Read a header as the standard library does; Source: RFC 5322, RFC 2045.

        Raises:
            ValueError, or what else stands in ODD: the library cannot read it.
        """
        if hasattr(value, "name"):
            return value
        return _read(name, cut(value).replace("\r", "").replace("\n", ""))


def cut(value: str) -> str:
    """Cut a header at its last space within MOST_HEADER: words may be encoded."""
    if len(value) <= MOST_HEADER:
        return value
    return value[:MOST_HEADER].rpartition(" ")[0] or value[:MOST_HEADER]


def told_of_cuts(letter: EmailMessage, names: Collection[str]) -> list[str]:
    """Name the headers that are too long to be read whole, in words of a receipt."""
    return [
        f"of the header {name}, {len(value):,} characters, the first "
        f"{MOST_HEADER:,} are read"
        for name, value in letter.raw_items()
        if name.lower() in names and len(value) > MOST_HEADER
    ]


def address_in(value: str) -> tuple[str, str]:
    """Read name and address of a sender, both empty where nobody can."""
    try:
        return parseaddr(cut(value))
    except (*ODD, RecursionError):
        return "", ""


@lru_cache(maxsize=_KNOWN)
def _read(name: str, value: str) -> BaseHeader:
    try:
        return _FACTORY(name, value)
    except (*ODD, RecursionError) as error:
        if name.lower() in _OF_PARTS:
            return _FACTORY(name, "")
        raise ValueError(f"no {name} that can be read") from error
