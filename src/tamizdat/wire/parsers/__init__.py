"""Find the family of the bytes and hand them to its parser.

A family is a folder with two functions: `recognises(data)` looks at the bytes
and never raises, `parse(data, file)` yields wire items or raises a WireError.
Families are asked in order, the ones with the surest marks first.
"""

import re
from typing import Protocol

from tamizdat.wire.errors import UnknownFamilyError
from tamizdat.wire.items import WireItem
from tamizdat.wire.parsers import saved_text


class Family(Protocol):
    """Promise what every family's folder holds."""

    def recognises(self, data: bytes) -> bool:
        """Tell whether `data` looks like this family; never raises."""

    def parse(self, data: bytes, file: str) -> list[WireItem]:
        """Turn `data` into wire items, or raise a WireError."""


FAMILIES: tuple[Family, ...] = (saved_text,)

_NAMES = (
    (re.compile(rb"\s*<"), "markup"),
    (re.compile(rb"\s*[{\[]"), "JSON"),
    (re.compile(rb"[\s\x16]*\x01"), "a teletype header"),
)
_MARK = b"\xef\xbb\xbf"


def parse(data: bytes, file: str) -> list[WireItem]:
    """Turn the bytes of one file into wire items.

    Args:
        data: the whole file.
        file: its name, for messages.

    Raises:
        UnknownFamilyError: no family recognises the bytes.
        WireError: the family's parser refuses them, see `errors`.
    """
    for family in FAMILIES:
        if family.recognises(data):
            return family.parse(data, file)
    raise UnknownFamilyError(file, _look_of(data.removeprefix(_MARK)))


def _look_of(data: bytes) -> str:
    for mark, name in _NAMES:
        if mark.match(data):
            return name
    return "bytes of no known family"
