"""Read who wrote the copy, and tell people from logins, initials and titles."""

import re
from collections.abc import Iterable

from tamizdat.wire.draft.credit import is_agency
from tamizdat.wire.draft.draft import Draft
from tamizdat.wire.draft.habits import (
    ANDS,
    BY,
    COMMAS,
    LEADING,
    OF_PICTURES,
    OF_TEXT,
    PLURAL_TITLES,
    TITLES,
    TRAILING,
)
from tamizdat.wire.draft.text import unescaped
from tamizdat.wire.items import Credited
from tamizdat.wire.parsers.saved_text.spelling import begins_small, plain, sound

_IN_PLACE = re.compile(r"(?<=\w) (?:in|en|à) [A-Z][\w .'-]{1,40}$")
_FOR = re.compile(r"(?i: (?:for|für|pour|para)) (?P<whose>(?:[Tt]he )?[^\W\d_a-z].*)$")
_MAIL = re.compile(r"\S+@\S+|\bhttps?://\S+")
_LOGIN = re.compile(r"[a-z][\w.-]*|[\w-]*\d[\w-]*|\w+:\S+|[\w.]+\\[\w.]+")
_INITIALS = re.compile(r"(?:[^\W\d_]{1,4}[/.,;-])*[^\W\d_]{1,4}")
_MOST_INITIALS = 4  # letters of one person's initials, as desks sign
_LONGEST = 1000  # characters of a line that can be a byline
_NAME_WORDS = 7
_PERSON_WORDS = 4
_SMALL = "van von der de la di da dos den del el al bin ibn af ten ter y e"
# Chinese names beside each other, with a space or a comma of theirs between them.
_WIDE_NAMES = re.compile(
    "[\u4e00-\u9fff]{2,4}(?:[ \u3000\u3001]+[\u4e00-\u9fff]{2,4}){1,5}"
)
_PARTICLES = frozenset(_SMALL.split())
_LINE_WORDS = 24  # a longer byline is a sentence
_EDGES = '()[]{} \t\u00a0,;:.-\u2013\u2014*|/"='
_BRACKETED = re.compile(r"\s*[(/](?P<inside>[^()/]{2,60})[)/]\s*$")
_SENTENCE = re.compile(r"[.!?\u2026]\s*$")


def read_bylines(lines: Iterable[str]) -> tuple[Credited, ...]:
    """Read byline lines as printed; each person once, in order."""
    return each_once(person for line in lines for person in people_of(line))


def each_once(people: Iterable[Credited]) -> tuple[Credited, ...]:
    """Keep each person once, in order, with the title that any naming has."""
    found: dict[str, Credited] = {}
    for person in people:
        known = found.get(sound(person.name))
        if known is None or (person.title and not known.title):
            found[sound(person.name)] = person
    return tuple(found.values())


def people_of(line: str) -> list[Credited]:
    """Read the people of one line: "By A B and C D, Associated Press Writers"."""
    if len(line) > _LONGEST:
        return []
    bare = _MAIL.sub("", unescaped(line))
    text = without_by(bare)
    if not text or is_subtitle(bare):
        return []
    people: list[Credited] = []
    if _WIDE_NAMES.fullmatch(text):
        return [Credited(name) for name in re.split(r"[ \u3000\u3001]+", text)]
    for chunk in _parts(text, ANDS):
        first, *others = _parts(chunk, COMMAS) or [""]
        house = is_agency(first) or (is_title(first) and len(people) > 0)
        if people and house and people[-1].title is None:
            people = _titled(people, first)
        elif is_name(first):
            people = _joined(people, _person(first))
        for part in others:
            if people and (is_title(part) or is_agency(part)):
                people = _titled(people, part)
            elif is_name(part):
                people = _joined(people, _person(part))
    return people


def _joined(people: list[Credited], one: Credited) -> list[Credited]:
    """Add a person; whoever took the pictures is credited beside them, not here."""
    said = plain(one.title or "")
    if said and OF_PICTURES.fullmatch(said):
        return people
    if OF_TEXT.fullmatch(said):
        return [*people, Credited(one.name)]
    joined = [*people, one]
    return _titled(joined, one.title) if one.title and is_agency(one.title) else joined


def add_titled(draft: Draft, people: list[Credited]) -> None:
    """Add people with titles behind those whose lines came before them."""
    lines = draft.bylines
    draft.bylines = [line for line in lines if is_agency(without_by(line))]
    before = [
        one for line in lines if line not in draft.bylines for one in people_of(line)
    ]
    draft.byline += [*before, *people]


def add_line(draft: Draft, line: str) -> None:
    """Add a byline as printed, behind the people who stand before it."""
    people = [] if is_agency(without_by(line)) else people_of(line)
    if draft.byline and people:
        draft.byline += people
    else:
        draft.bylines.append(line)


def without_by(text: str) -> str:
    """Take off "By", in any language, and the marks round a line."""
    bare = _trimmed(text)
    lead = BY.match(plain(bare))
    return _trimmed(bare[lead.end() :]) if lead else bare


def has_by(text: str) -> bool:
    """Tell whether a line opens as bylines do and ends as no sentence does."""
    bare = _trimmed(text)
    lead = BY.match(plain(bare))
    if lead is None or len(bare.split()) > _LINE_WORDS or _SENTENCE.search(text):
        return False
    rest = _trimmed(bare[lead.end() :])
    return bool(rest) and not begins_small(rest) and bool(people_of(rest))


def is_name(text: str) -> bool:
    """Tell a name of people or of a newsroom from logins and initials."""
    words = text.split()
    if not words or len(words) > _NAME_WORDS or not any(map(str.isalpha, text)):
        return False
    if any(map(str.isdigit, text)) and not is_agency(text):  # a date, a number
        return False
    small = begins_small(words[0]) and words[0] not in _PARTICLES
    return is_agency(text) or not (small or is_login(text))


def is_login(text: str) -> bool:
    """Tell a login or initials, which are never a byline."""
    bare = text.strip()
    if is_agency(bare):
        return False
    if _LOGIN.fullmatch(bare):
        return True
    if bare == bare.upper() == bare.lower() and len(bare) > 1:
        return False  # scripts without capitals: two letters may be a whole name
    letters = sum(map(str.isalpha, bare))
    if " " in bare or not _INITIALS.fullmatch(bare):
        return False
    parts = re.split(r"[/.,;-]", bare)
    return letters <= _MOST_INITIALS or (
        len(parts) > 1 and all(len(part) <= _MOST_INITIALS for part in parts)
    )


def may_be_login(name: str) -> bool:
    """Tell one word in capitals, which is a login more often than a pen name."""
    return name.isalpha() and name.isupper() and not is_agency(name)


def is_title(text: str) -> bool:
    """Tell a job title or the name of an agency behind a name."""
    return bool(TITLES.search(plain(text)))


def is_subtitle(text: str) -> bool:
    """Tell a sentence that stands where a byline was to stand."""
    words = len(text.split())
    return words > _LINE_WORDS or (words > _NAME_WORDS and bool(_SENTENCE.search(text)))


def _parts(text: str, joints: re.Pattern[str]) -> list[str]:
    spans, last = [], 0
    for joint in joints.finditer(plain(text)):
        spans.append(text[last : joint.start()])
        last = joint.end()
    return [part for span in (*spans, text[last:]) if (part := _trimmed(span))]


def _titled(people: list[Credited], title: str) -> list[Credited]:
    """Give a title to whom it stands behind.

    A plural one, and an agency's name, are of all before it who have none.
    """
    plural = is_agency(title) or bool(PLURAL_TITLES.search(plain(title)))
    last = len(people) - 1
    return [
        Credited(one.name, one.role, one.title or title)
        if place == last or (plural and one.title is None)
        else one
        for place, one in enumerate(people)
    ]


def _person(text: str) -> Credited:
    text = _IN_PLACE.sub("", text)
    written = _FOR.search(text)
    if written is not None and " " in text[: written.start()]:
        return Credited(text[: written.start()], title=written["whose"])
    before, behind = LEADING.match(plain(text)), TRAILING.search(plain(text))
    if before is not None and is_person(text[before.end() :], said=False):
        return Credited(text[before.end() :], title=text[: before.end()].strip())
    if behind is not None and behind.start():
        return Credited(text[: behind.start()], title=text[behind.start() :].strip())
    for joint in ("/", " "):
        name, _, agency = text.rpartition(joint)
        if name.strip() and is_agency(agency) and (joint == "/" or " " in name):
            return Credited(_trimmed(name), title=_trimmed(agency))
    bracketed = _BRACKETED.search(text)
    if bracketed is None or not text[: bracketed.start()].strip():
        return Credited(text)
    return Credited(_trimmed(text[: bracketed.start()]), title=bracketed["inside"])


def is_person(name: str, *, said: bool) -> bool:
    """Tell whether a creator is a person who may be named.

    Args:
        name: as sent.
        said: whether the copy calls it a person or an author. Where it does not,
            only a name of two to four capitalised words is taken for one.
    """
    if not is_name(name) or is_agency(name):
        return False
    parts = name.split()
    if said:
        return len(parts) > 1
    shaped = all(part[:1].isupper() or part in _PARTICLES for part in parts)
    whole = any(map(str.islower, name))
    return 1 < len(parts) <= _PERSON_WORDS and shaped and whole and not is_title(name)


def _trimmed(text: str) -> str:
    """Take marks off both ends; a bracket stays where its other half is inside."""
    bare = text.strip(_EDGES)
    closed = "(" in bare and text.rstrip(" .,;:").endswith(")")
    return f"{bare})" if closed and not bare.endswith(")") else bare
