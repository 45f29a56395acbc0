"""Put the legal notices together that stand below the author box of a page.

A notice is made of up to three kinds of paragraphs, which may stand in one
line: a declaration, a condition, a way to more. It belongs to the page and to
the reader's country; it is never part of the body.
"""

import re
from dataclasses import dataclass, field

from tamizdat.wire.items import MoreLink, Notice
from tamizdat.wire.parsers.saved_text.declarations import (
    Condition,
    Declared,
    read_condition,
    read_declared,
    read_more,
    read_threats,
)
from tamizdat.wire.parsers.saved_text.lines import Line
from tamizdat.wire.parsers.saved_text.spelling import plain

_ADDRESS = re.compile(r"https?://[^\s)>\]]+")
_QUOTED = re.compile(r'"[^"]{3,80}"')


@dataclass(slots=True)
class _Draft:
    paragraphs: list[str] = field(default_factory=list)
    declared: Declared | None = None
    condition: Condition | None = None
    more: str | None = None


def is_declaration(line: Line) -> bool:
    """Tell a paragraph that declares somebody to be something."""
    return read_declared(line.text) is not None


def is_notice(line: Line) -> bool:
    """Tell a paragraph that is a notice wherever it stands below the body."""
    text = line.text
    return any((read_condition(text), read_declared(text), read_more(text)))


def read_notices(lines: list[Line], entity: str | None) -> tuple[Notice, ...]:
    """Put the paragraphs of the notices together, one notice a declaration.

    Args:
        lines: the notices of the page, in its order.
        entity: name in the author box, for a notice in unknown words.
    """
    drafts: list[_Draft] = []
    for line in lines:
        declared = read_declared(line.text, entity)
        condition = read_condition(line.text)
        if not drafts or _opens(drafts[-1], declared, condition):
            drafts.append(_Draft())
        _add(drafts[-1], line.text, declared, condition)
    return tuple(_notice(draft, entity) for draft in drafts)


def _opens(
    draft: _Draft, declared: Declared | None, condition: Condition | None
) -> bool:
    """Tell whether a paragraph begins the next notice."""
    if declared is not None:
        return draft.declared is not None or draft.condition is not None
    return condition is not None and draft.more is not None


def _add(
    draft: _Draft, text: str, declared: Declared | None, condition: Condition | None
) -> None:
    draft.paragraphs.append(text)
    draft.declared = draft.declared or declared
    draft.condition = draft.condition or condition
    draft.more = draft.more or read_more(text)


def _notice(draft: _Draft, entity: str | None) -> Notice:
    text = "\n\n".join(draft.paragraphs)
    declared = draft.declared or _by_shape(text, entity)
    condition = draft.condition or read_threats(text)
    return Notice(
        authority=declared.authority,
        designation=declared.designation,
        entity=declared.entity,
        persons=condition.persons,
        territories=condition.territories,
        acts=condition.acts,
        penalties=condition.penalties,
        text=text,
        more=_more_link(draft.more),
    )


def _more_link(text: str | None) -> MoreLink | None:
    if text is None:
        return None
    address = _ADDRESS.search(text)
    return MoreLink(text, address[0].rstrip(".,") if address else None)


def _by_shape(text: str, entity: str | None) -> Declared:
    """Read a declaration in unknown words: what stands in quotes, whose page."""
    quoted = _QUOTED.search(plain(text))
    designation = text[quoted.start() + 1 : quoted.end() - 1] if quoted else None
    named = entity if entity and plain(entity) in plain(text) else None
    if designation is not None and named is not None and designation == named:
        designation = None
    return Declared(named, designation, None)
