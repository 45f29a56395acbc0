"""Ask values of JSON for text, rows and members, whatever types they have.

Keys are compared without case, `_`, `-` and apostrophes: `versionCreated`,
`versioncreated` and `version_created` are one word to every agency.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from tamizdat.wire.draft.text import one_line

Record = dict[str, Any]
_ODD = re.compile(r"[^a-z0-9:$@]+")
_TEXT_KEYS = (
    *("value", "text", "name", "literal", "content", "title", "#text", "_", "rendered"),
    "ednote",
)
_BARE = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2})?")  # no zone
_EPOCH = re.compile(r"(1\d{9})(\d{3})?(?:\.\d+)?")


def keyed(value: Any) -> Record:
    """Give an object with its keys spelled plainly; of equal ones the first counts."""
    if not isinstance(value, Mapping):
        return {}
    found: Record = {}
    for key, part in value.items():
        found.setdefault(_ODD.sub("", str(key).lower()), part)
    return found


def rows(value: Any) -> list[Any]:
    """Give the members of a list, or the value itself."""
    if value is None or value == "" or isinstance(value, bool):
        return []
    return list(value) if isinstance(value, list) else [value]


def raw(value: Any) -> str | None:
    """Give the text of a value with its line ends: of an object, what it is about."""
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, list):
        return next((text for part in value if (text := raw(part))), None)
    record = keyed(value)
    return next((t for key in _TEXT_KEYS if (t := _flat(record.get(key)))), None)


def _flat(value: Any) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def text_of(value: Any) -> str | None:
    """Give the text of a value in one line."""
    found = raw(value)
    return (one_line(found) or None) if found else None


def first_text(record: Record, *names: str) -> str | None:
    """Give the first of the members that has a text."""
    return next((t for name in names if (t := text_of(record.get(name)))), None)


def texts(value: Any) -> Iterator[str]:
    """Give the text of each member."""
    for part in rows(value):
        found = text_of(part)
        if found:
            yield found


def moment(record: Record, *names: str) -> str | None:
    """Give the first date, a count of seconds since 1970 turned into ISO 8601."""
    for name in names:
        found = text_of(record.get(name))
        if found:
            epoch = _EPOCH.fullmatch(found)
            if name.endswith("gmt") and _BARE.fullmatch(found):
                return f"{found}Z"
            return _instant(int(epoch[1])) if epoch else found
    return None


def _instant(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat().replace("+00:00", "Z")
