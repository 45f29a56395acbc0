"""Read the sentences of which legal notices are made, in any known language.

A declaration says who declared whom to be what, a condition whom that concerns
and what is punished how, a third sentence leads to an explanation. The words
stand in `words`; what is found is quoted from the page as it stands there.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from tamizdat.wire.parsers.saved_text.spelling import plain, trimmed, unquoted
from tamizdat.wire.parsers.saved_text.words import LANGUAGES, NoticeWords

_WORDINGS = tuple(words.notice for words in LANGUAGES if words.notice is not None)
_SENTENCE = re.compile(r"(?<=\w\w[.!?\u061f\u0589])\s+")
_MORE_WORDS = 20
_JOINT = "\u200c"  # zero-width non-joiner: a letter inside a word
_WORD_END = re.compile(r"\s|$")


@dataclass(frozen=True, slots=True)
class Declared:
    """Hold who declared whom to be what, as the page words it."""

    entity: str | None
    designation: str | None
    authority: str | None


@dataclass(frozen=True, slots=True)
class Condition:
    """Hold whom a notice concerns and what it threatens them with."""

    territories: tuple[str, ...]
    persons: tuple[str, ...]
    acts: tuple[str, ...]
    penalties: tuple[str, ...]


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression)


def read_declared(text: str, entity: str | None = None) -> Declared | None:
    """Read "X has been declared a Y by Z"; None where it says nothing like it.

    Args:
        text: one paragraph.
        entity: name in the author box; where languages put Z right behind X,
            it tells where X ends.
    """
    spelled = plain(text)
    for wording in _WORDINGS:
        for form in wording.declared:
            found = _compiled(form).search(spelled)
            if found is not None:
                return _declared(text, found, entity)
    return None


def _declared(text: str, found: re.Match[str], entity: str | None) -> Declared:
    spans = {
        name: found.span(name) for name, words in found.groupdict().items() if words
    }
    spans = {name: _whole(text, span) for name, span in spans.items()}
    if entity and plain(text).startswith(plain(entity) + " ") and "authority" in spans:
        start, end = spans["authority"]
        if start < len(entity) < end:
            spans["entity"], spans["authority"] = (0, len(entity)), (len(entity), end)
    parts = {name: _named_part(text[start:end]) for name, (start, end) in spans.items()}
    if "designation" in parts:
        parts["designation"] = parts["designation"].rstrip(".,")
    return Declared(
        _fuller(parts.get("entity"), entity),
        parts.get("designation"),
        parts.get("authority"),
    )


def _whole(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """Widen or move a span that cuts a word at a zero-width non-joiner.

    The spelling shows a space there. The word belongs to the part it begins in.
    """
    start, end = span
    if text[start - 1 : start] == _JOINT:
        start = _WORD_END.search(text, start).start()  # type: ignore[union-attr]
    if text[end : end + 1] == _JOINT:
        end = _WORD_END.search(text, end).start()  # type: ignore[union-attr]
    return min(start, end), end


def _fuller(declared: str | None, known: str | None) -> str | None:
    """Prefer the name in the author box where the sentence gave a part of it."""
    if declared is None or known is None:
        return declared
    part, whole = plain(declared), plain(known)
    return known if whole.startswith(part) or whole.endswith(part) else declared


def _named_part(text: str) -> str:
    return unquoted(trimmed(text)).strip(" ,،")


def read_condition(text: str) -> Condition | None:
    """Read "If you are in X and hold Y, you could face Z"; None where it is none.

    A sentence that opens like one and threatens nothing is none.
    """
    spelled = plain(text)
    for wording in _WORDINGS:
        for form in wording.condition:
            found = _compiled(form).search(spelled)
            if found is not None:
                condition = _condition(text, found, wording)
                if condition.acts or condition.penalties:
                    return condition
    return None


def _condition(text: str, found: re.Match[str], wording: NoticeWords) -> Condition:
    return Condition(
        _territories(_group(text, found, "territories"), wording),
        _persons(_group(text, found, "persons"), wording),
        _named(text[found.end() :], wording.acts),
        _named(text[found.end() :], wording.penalties),
    )


def _group(text: str, found: re.Match[str], name: str) -> str:
    if not found.groupdict().get(name):
        return ""
    return trimmed(text[slice(*found.span(name))])


def _split(text: str, between: str) -> list[str]:
    parts, last = [], 0
    for joint in _compiled(between).finditer(plain(text)):
        parts.append(text[last : joint.start()])
        last = joint.end()
    return [part.strip(" ,،") for part in (*parts, text[last:]) if part.strip(" ,،")]


def _territories(text: str, wording: NoticeWords) -> tuple[str, ...]:
    lead = _compiled(wording.preposition)
    places = []
    for part in _split(text, wording.territories_split):
        found = lead.match(plain(part))
        places.append(part[found.end() :] if found else part)
    return tuple(places)


def _persons(text: str, wording: NoticeWords) -> tuple[str, ...]:
    parts = _split(text, wording.persons_split)
    return tuple(_noun_phrase(part, wording) for part in parts)


def _noun_phrase(text: str, wording: NoticeWords) -> str:
    """Turn "hold a passport" into "holders of a passport"."""
    for form, template in wording.persons_forms:
        found = _compiled(form).search(plain(text))
        if found is not None:
            spans = (found.span(n + 1) for n in range(len(found.groups())))
            return template.format(*(text[start:end] for start, end in spans))
    return text


def _named(text: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """Name what `text` speaks of, in its order."""
    spelled = plain(text)
    places = {
        name: found.start()
        for name, form in names.items()
        if (found := _compiled(form).search(spelled))
    }
    return tuple(sorted(places, key=lambda name: places[name]))


def read_more(text: str) -> str | None:
    """Find the sentence that leads to an explanation."""
    for sentence in reversed(_SENTENCE.split(text)):
        spelled = plain(sentence)
        if len(spelled.split()) <= _MORE_WORDS and any(
            _compiled(form).search(spelled)
            for wording in _WORDINGS
            for form in wording.more
        ):
            return sentence
    return None


def read_threats(text: str) -> Condition:
    """Name acts and penalties without knowing whom they concern."""
    found = [
        (_named(text, words.acts), _named(text, words.penalties)) for words in _WORDINGS
    ]
    acts, penalties = max(found, key=lambda pair: len(pair[0]) + len(pair[1]))
    return Condition((), (), acts, penalties)
