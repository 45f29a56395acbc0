"""Read who wrote the copy, and tell people from logins, initials and titles."""

import re
from collections.abc import Iterable

from tamizdat.wire.draft.habits import BY, JOINTS, TITLES
from tamizdat.wire.draft.text import unescaped
from tamizdat.wire.items import Credited
from tamizdat.wire.parsers.saved_text.spelling import plain, sound

_MAIL = re.compile(r"\S+@\S+|\bhttps?://\S+")
_LOGIN = re.compile(r"[a-z][\w.-]*|\w*\d\w*|\w+:\S+|[\w.]+\\[\w.]+")
_INITIALS = re.compile(r"(?:[^\W\d_]{1,4}[/.,;-])*[^\W\d_]{1,4}")
_MOST_INITIALS = 4  # letters of one person's initials, as desks sign
_NAME_WORDS = 7
_LINE_WORDS = 24  # a longer byline is a sentence
_EDGES = '()[]{} \t\u00a0,;:.-\u2013\u2014*|/"='
_BRACKETED = re.compile(r"\s*[(/](?P<inside>[^()/]{2,60})[)/]\s*$")
_SENTENCE = re.compile(r"[.!?\u2026]\s*$")


def read_bylines(lines: Iterable[str]) -> tuple[Credited, ...]:
    """Read byline lines as printed; each person once, in order."""
    people: dict[str, Credited] = {}
    for line in lines:
        for person in people_of(line):
            known = people.get(sound(person.name))
            if known is None or (person.title and not known.title):
                people[sound(person.name)] = person
    return tuple(people.values())


def people_of(line: str) -> list[Credited]:
    """Read the people of one line: "By A B and C D, Associated Press Writers"."""
    text = without_by(_MAIL.sub("", unescaped(line)))
    if not text or is_subtitle(text):
        return []
    people: list[Credited] = []
    for part in _parts(text):
        if people and is_title(part):
            people = _titled(people, part)
        elif is_name(part):
            people.append(_person(part))
    return people


def without_by(text: str) -> str:
    """Take off "By", in any language, and the marks round a line."""
    bare = text.strip(_EDGES)
    lead = BY.match(plain(bare))
    return bare[lead.end() :].strip(_EDGES) if lead else bare


def has_by(text: str) -> bool:
    """Tell whether a line opens as bylines do and ends as no sentence does."""
    bare = text.strip(_EDGES)
    lead = BY.match(plain(bare))
    if lead is None or len(bare.split()) > _LINE_WORDS or _SENTENCE.search(text):
        return False
    rest = bare[lead.end() :].strip(_EDGES)
    return bool(rest) and rest[:1] == rest[:1].upper() and bool(people_of(rest))


def is_name(text: str) -> bool:
    """Tell a name of people or of a newsroom from logins and initials."""
    words = text.split()
    if not words or len(words) > _NAME_WORDS or not any(map(str.isalpha, text)):
        return False
    return not is_login(text)


def is_login(text: str) -> bool:
    """Tell a login or initials, which are never a byline."""
    bare = text.strip()
    if _LOGIN.fullmatch(bare):
        return True
    letters = sum(map(str.isalpha, bare))
    if " " in bare or not _INITIALS.fullmatch(bare):
        return False
    parts = re.split(r"[/.,;-]", bare)
    return letters <= _MOST_INITIALS or (
        len(parts) > 1 and all(len(part) <= _MOST_INITIALS for part in parts)
    )


def is_title(text: str) -> bool:
    """Tell a job title or the name of an agency behind a name."""
    return bool(TITLES.search(plain(text)))


def is_subtitle(text: str) -> bool:
    """Tell a sentence that stands where a byline was to stand."""
    words = len(text.split())
    return words > _LINE_WORDS or (words > _NAME_WORDS and bool(_SENTENCE.search(text)))


def _parts(text: str) -> list[str]:
    spans, last = [], 0
    for joint in JOINTS.finditer(plain(text)):
        spans.append(text[last : joint.start()])
        last = joint.end()
    return [part for span in (*spans, text[last:]) if (part := span.strip(_EDGES))]


def _titled(people: list[Credited], title: str) -> list[Credited]:
    """Give a title to whom it stands behind; a plural one to all before it."""
    last = people[-1]
    if last.title is not None:
        title = f"{last.title}, {title}"
    return [*people[:-1], Credited(last.name, last.role, title)]


def _person(text: str) -> Credited:
    bracketed = _BRACKETED.search(text)
    if bracketed is None or not text[: bracketed.start()].strip():
        return Credited(text)
    return Credited(text[: bracketed.start()].strip(_EDGES), title=bracketed["inside"])
