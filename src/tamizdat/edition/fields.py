"""Take typed fields out of a JSON object, and refuse what is left over.

Decides what a well-formed value is; what the fields mean is for `stories`.
"""

import re
from collections.abc import Collection
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NoReturn

from tamizdat.edition.cited import untracked
from tamizdat.edition.errors import StoryError
from tamizdat.edition.languages import is_known

_TIME = re.compile(r"\d{4}-\d\d-\d\dT([01]\d|2[0-3]):\d\d:\d\dZ", re.ASCII)
_UNPRINTABLE = re.compile(  # bidi overrides too: they make a line read as another
    r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]"
)
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_NAMES = {  # of the types of JSON, for messages
    str: "a text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    list: "a list",
    dict: "an object",
}
SHORT = 300  # characters of a name
_QUOTED = 80  # characters of a text that is refused
SERVICE = re.compile(r"[a-z0-9][a-z0-9-]{0,29}")
SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_WEB_ADDRESS = re.compile(r"https://[^\s<>\"]{1,500}")
EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)


class Fields:
    """One JSON object being read; every key is taken once.

    Attributes:
        place: the document, for messages.
    """

    __slots__ = ("_key", "_left", "_number", "_parent", "place")

    def __init__(
        self,
        value: Any,
        place: str,
        parent: "Fields | None" = None,
        key: str = "",
        number: int | None = None,
    ) -> None:
        """Begin to read an object.

        Args:
            value: of a JSON document; refused if it is no object.
            place: the document, for messages.
            parent: the object it stands in.
            key: where it stands there.
            number: the same, in the list at that key, from 0.
        """
        self.place = place
        self._parent = parent
        self._key = key
        self._number = number
        if not isinstance(value, dict):
            self.fail("", f"expected an object, found {_name_of(value)}")
        self._left = dict(value)

    def fail(self, key: str, reason: str) -> NoReturn:
        """Raise a StoryError for one key."""
        raise StoryError(self.place, self.where(key), reason)

    def done(self) -> None:
        """Refuse keys nobody took.

        Raises:
            StoryError: a key is left.
        """
        if self._left:
            key = min(self._left)
            self.fail(key if key.isprintable() else ascii(key), "unknown field")

    def take(self, key: str, kind: type, *, optional: bool = False) -> Any:
        """Take a value of one JSON type, or None where that is allowed.

        Raises:
            StoryError: absent, or of another type.
        """
        is_there = key in self._left
        value = self._left.pop(key, None)
        if value is None and optional:
            return None
        if not is_there:
            self.fail(key, "missing")
        if type(value) is not kind:
            self.fail(key, f"expected {_NAMES[kind]}, found {_name_of(value)}")
        return value

    def peek(self, key: str) -> Any:
        """Look at a value without taking it, whatever it is."""
        return self._left.get(key)

    def absent(self, key: str) -> bool:
        """Tell whether a key is missing or null, and take the null."""
        if self._left.get(key) is not None:
            return False
        self._left.pop(key, None)
        return True

    def text(self, key: str, most: int = 1_000_000) -> str:
        """Take a text: not empty, one line, no control characters.

        Args:
            key: of the field.
            most: characters.
        """
        value: str = self.take(key, str)
        if len(value) > most:
            self.fail(key, f"expected at most {most} characters, found {len(value)}")
        if not value or value.isspace():
            self.fail(key, "expected a text, found an empty one")
        if not value.isprintable():  # nearly all are, and to ask is fast
            self._check_printable(key, value)
        return value

    def maybe(self, key: str, most: int = 1_000_000) -> str | None:
        """Take a text of at most `most` characters or null."""
        return None if self.absent(key) else self.text(key, most)

    def lines(self, key: str, most: int) -> str:
        """Take a text in which line feeds part lines; it may be of spaces alone.

        Args:
            key: of the field.
            most: characters.
        """
        value: str = self.take(key, str)
        if not 1 <= len(value) <= most:
            self.fail(key, f"expected 1 to {most} characters, found {len(value)}")
        self._check_printable(key, value.replace("\n", " "))
        return value

    def _check_printable(self, key: str, value: str) -> None:
        if match := _UNPRINTABLE.search(value):
            self.fail(key, f"holds the control character U+{ord(match[0]):04X}")

    def word(self, key: str, allowed: Collection[str]) -> str:
        """Take one of a few words."""
        value = self._left.get(key)
        if type(value) is not str or value not in allowed:
            value = self.text(key)  # what is no text is refused as such
            self.fail(
                key, f"expected one of {', '.join(allowed)}, found {quoted(value)}"
            )
        del self._left[key]
        return value

    def match(self, key: str, pattern: re.Pattern[str]) -> str:
        """Take a text that a pattern matches whole."""
        value = self.text(key)
        if not pattern.fullmatch(value):
            self.fail(key, f"expected {pattern.pattern}, found {quoted(value)}")
        return value

    def address(self, key: str) -> str:
        """Take an address with https, without what would track who follows it."""
        return untracked(self.match(key, _WEB_ADDRESS))

    def language(self, key: str) -> str:
        """Take the BCP 47 tag of a language that CLDR knows."""
        tag = self.match(key, _LANGUAGE)
        if not is_known(tag):
            self.fail(key, f"expected a language that CLDR knows, found {quoted(tag)}")
        return tag

    def maybe_language(self, key: str) -> str | None:
        """Take the tag of a language or null."""
        return None if self.absent(key) else self.language(key)

    def number(self, key: str, least: int, most: int) -> int:
        """Take a whole number from `least` to `most`, both included."""
        value: int = self.take(key, int)
        if not least <= value <= most:
            self.fail(key, f"expected {least} to {most}, found {value}")
        return value

    def maybe_number(self, key: str, least: int, most: int) -> int | None:
        """Take a whole number or null."""
        return None if self.absent(key) else self.number(key, least, most)

    def time(self, key: str) -> datetime:
        """Take an RFC 3339 time in UTC, whole seconds, ending in Z."""
        value = self.match(key, _TIME)
        try:
            time = _read_time(value)
        except ValueError:
            self.fail(key, f"expected a time that exists, found {value}")
        if time < EARLIEST:
            self.fail(key, f"expected a time after 1900, found {value}")
        return time

    def each(self, key: str, *, most: int = 1000) -> list["Fields"]:
        """Take a list of objects; absent means none."""
        values = self.take(key, list, optional=True)
        if not values:
            return []
        if len(values) > most:
            self.fail(key, f"expected at most {most} entries, found {len(values)}")
        return [
            Fields(value, self.place, self, key, number)
            for number, value in enumerate(values)
        ]

    def by_role(
        self, key: str, roles: tuple[str, ...], most: int = 1_000_000
    ) -> dict[str, str]:
        """Take a list of texts of at most `most` characters, by role, each once."""
        found: dict[str, str] = {}
        for entry in self.each(key):
            role = entry.word("role", roles)
            if role in found:
                entry.fail("role", f"{role} stands twice")
            found[role] = entry.text("value", most)
            entry.done()
        return found

    def inner(self, key: str) -> "Fields":
        """Take an object."""
        return Fields(self.take(key, dict), self.place, self, key)

    def maybe_inner(self, key: str) -> "Fields | None":
        """Take an object or null."""
        return None if self.absent(key) else self.inner(key)

    def texts(self, key: str) -> tuple[str, ...]:
        """Take a list of texts."""
        inner = self.entries(key)
        return tuple(inner.text(str(i)) for i in range(len(inner)))

    def entries(
        self, key: str, *, most: int = 1000, optional: bool = False
    ) -> "Fields":
        """Take a list; its entries are then taken by their numbers as keys.

        Args:
            key: of the field.
            most: entries.
            optional: absent means none.
        """
        values = self.take(key, list, optional=optional) or []
        if len(values) > most:
            self.fail(key, f"expected at most {most} entries, found {len(values)}")
        numbered = {str(i): value for i, value in enumerate(values)}
        return Fields(numbered, self.place, self, key)

    def __len__(self) -> int:
        """Count the fields not taken yet."""
        return len(self._left)

    def where(self, key: str) -> str:
        """Write the path of a key from the top; only a message needs it."""
        own = self._key if self._number is None else f"{self._key}[{self._number}]"
        path = ".".join(filter(None, (own, key)))
        return path if self._parent is None else self._parent.where(path)


def quoted(text: str) -> str:
    """Quote a text in a message, or the beginning of one that would fill the screen."""
    return repr(text if len(text) <= _QUOTED else text[: _QUOTED - 1] + "…")


def _name_of(value: Any) -> str:
    """Name the type of a value of JSON, for a message."""
    if value is None or type(value) is bool:
        return {None: "null", True: "true", False: "false"}[value]
    return _NAMES[type(value)]


@lru_cache(maxsize=256)  # a story tells the time of a release up to three times
def _read_time(text: str) -> datetime:
    return datetime.fromisoformat(text)
