"""Take the DOCTYPE out of XML and turn references into characters.

Nothing is fetched. What the DOCTYPE itself declares as plain text is read, as far as
MOST_GROWN characters in all; entities that are built of entities are refused. HTML's
names for characters are understood in XML too, for wires use them there.
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from html.entities import html5

from tamizdat.wire.errors import EntityBombError, MarkupError
from tamizdat.wire.receipt import ReceiptWriter

MOST_GROWN = 100_000  # characters that the references of one file become
_DOCTYPE = re.compile(r"<!DOCTYPE\b", re.IGNORECASE)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'|<!--.*?-->|[\[\]<>]", re.DOTALL)
_ENTITY = re.compile(
    r"<!ENTITY\s+(?P<parameter>%\s+)?(?P<name>[\w:.-]+)\s+"
    r"(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?:SYSTEM|PUBLIC)\b)",
    re.IGNORECASE,
)
_INSIDE = re.compile(r"([&%])([\w:.-]+);")
_REFERENCE = re.compile(
    r"&(?:#(?:x[0-9a-f]{1,6}|\d{1,7});|([A-Za-z][\w.-]{0,40});)?", re.IGNORECASE
)
_CDATA = re.compile(r"(<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?-->)", re.DOTALL)
_OF_XML = {"amp", "lt", "gt", "quot", "apos"}
_NAMED = 5  # entities that one warning names
# Why a reference is dropped, in words of a receipt.
_UNKNOWN = "unknown entities dropped"
_OUTSIDE = "entities outside of the file dropped, nothing is fetched"
_MARKUP = "entities that hold markup dropped"
_GROWN = f"entities dropped, which would grow by more than {MOST_GROWN:,} characters"


def resolved(text: str, file: str, receipt: ReceiptWriter) -> str:
    """Give XML without its DOCTYPE and without entities, its lines as they were.

    Args:
        text: the whole file, without its declaration.
        file: its name, for messages.
        receipt: is told which references were dropped, why and where.

    Raises:
        EntityBombError: entities that are built of entities.
        MarkupError: the DOCTYPE has no end.
    """
    plain, declared = _without_doctype(text, file)
    references = _References(declared)
    plain = references.read(plain)
    references.tell(receipt)
    return plain


def outside_cdata(text: str, change: Callable[[str], str]) -> str:
    """Change what stands outside of CDATA sections and comments."""
    parts = _CDATA.split(text)
    parts[::2] = [change(part) for part in parts[::2]]
    return "".join(parts)


def _without_doctype(text: str, file: str) -> tuple[str, dict[str, str | None]]:
    """Give the text without its DOCTYPE, and the values of its entities.

    Of what stands outside of the file the value is None.
    """
    found = _DOCTYPE.search(text)
    if found is None or "<" in _CDATA.sub("", text[: found.start()]):
        return text, {}
    end = _end_of_doctype(text, found.end(), file)
    doctype = text[found.start() : end]
    plain = text[: found.start()] + "\n" * doctype.count("\n") + text[end:]
    return plain, _declared(doctype, file)


def _declared(doctype: str, file: str) -> dict[str, str | None]:
    values: dict[str, str | None] = {}
    inside: set[str] = set()
    for one in _ENTITY.finditer(doctype):
        value = one["double"] if one["double"] is not None else one["single"]
        marks = _INSIDE.findall(value or "")
        if any(mark == "%" or f"{name};" not in html5 for mark, name in marks):
            raise EntityBombError(file)
        inside.update(name for _, name in marks)
        if not one["parameter"]:
            values.setdefault(one["name"], value)
    if inside & values.keys():
        raise EntityBombError(file)
    return values


def _end_of_doctype(text: str, start: int, file: str) -> int:
    """Find where a DOCTYPE ends, with its inner declarations and its quotes."""
    inside = 0
    for mark in _QUOTED.finditer(text, start):
        if mark[0] == "[":
            inside += 1
        elif mark[0] == "]":
            inside -= 1
        elif mark[0] == ">" and inside <= 0:
            return mark.end()
    found = f"none in {len(text) - start:,} characters"
    raise MarkupError(file, "the DOCTYPE", "its end", found)


@dataclass(slots=True)
class _References:
    """Turns the references of one file into characters, and counts what it drops.

    Attributes:
        declared: value of each entity of the DOCTYPE, None outside of the file.
        grown: characters that the declared ones have become.
        lost: how often each name was dropped, by the reason.
        first: line of the first that was dropped, by the reason.
    """

    declared: dict[str, str | None]
    grown: int = 0
    lost: dict[str, Counter[str]] = field(default_factory=dict)
    first: dict[str, int] = field(default_factory=dict)
    _text: str = ""
    _start: int = 0

    def read(self, text: str) -> str:
        """Give the text without references, but for those that all XML has."""
        self._text, parts = text, _CDATA.split(text)
        for number, part in enumerate(parts):
            if number % 2 == 0:
                parts[number] = _REFERENCE.sub(self._character, part)
            self._start += len(part)
        return "".join(parts)

    def tell(self, receipt: ReceiptWriter) -> None:
        """Say what was dropped, why, and where the first of it stood."""
        for why, names in self.lost.items():
            some = ", ".join(sorted(names)[:_NAMED])
            number, line = names.total(), self.first[why]
            receipt.warn(
                f"{number} references to {why}: {some} (the first in line {line})"
            )

    def _character(self, found: re.Match[str]) -> str:
        reference, name = found[0], found[1]
        if reference == "&":
            return "&amp;"
        if name is None or name in _OF_XML:
            return reference
        value = self.declared.get(name) or html5.get(f"{name};")
        if value is None:
            why = _OUTSIDE if name in self.declared else _UNKNOWN
        elif name in self.declared and "<" in value:
            why = _MARKUP
        elif name in self.declared and self.grown + len(value) > MOST_GROWN:
            why = _GROWN
        else:
            self.grown += len(value)
            return _as_text(value)
        self.lost.setdefault(why, Counter())[name] += 1
        if why not in self.first:
            at = self._start + found.start()
            self.first[why] = self._text.count("\n", 0, at) + 1
        return ""


def _as_text(value: str) -> str:
    """Write a value so that it is text wherever it stands, in attributes too."""
    plain = _REFERENCE.sub(_of_html, value).replace("<", "&lt;").replace(">", "&gt;")
    return plain.replace('"', "&quot;").replace("'", "&apos;")


def _of_html(found: re.Match[str]) -> str:
    reference, name = found[0], found[1]
    if reference == "&":
        return "&amp;"
    if name is None or name in _OF_XML:
        return reference
    return html5[f"{name};"]
