"""Read who helped with copy, in the words of the services of many agencies.

"(Reporting by A B; Editing by C D)" is read by the words of saved pages; here is what
agencies have besides: other languages, and sentences wherever they stand.
"""

import re

from tamizdat.wire.draft.credit import is_agency
from tamizdat.wire.draft.habits import (
    CONTRIBUTED,
    LABELS_OF_ROLES,
    REPORTED,
    SIGNED_BY,
    THEIR_TITLE,
)
from tamizdat.wire.draft.people import is_name, is_person, people_of
from tamizdat.wire.items import Credited
from tamizdat.wire.parsers.saved_text.credits import read_contributors
from tamizdat.wire.parsers.saved_text.lines import Line
from tamizdat.wire.parsers.saved_text.spelling import plain

_OF = r"(?: (?:by|par|por|von|vom|de|da|di|d'|durch|van|av|af|od|przez))?"
# What somebody did, before the name; as `plain` spells it.
_ROLES = tuple(
    (role, rf"(?:{'|'.join(words.split())})".replace("~", " "))
    for role, words in (
        (
            "editing",
            """
[eé]dit[eé]e? [eé]dition edici[oó]n editado(?:~en~espa[nñ]ol)? edi[cç][aã]o editing
redigiert redaktion a~cura in~redazione(?:~a~[^\\W\\d]+)? redakcja redaktor redaktör
редактор редактура под~редакцией
""",
        ),
        (
            "translation",
            """
version~fran[cç]aise traducci[oó]n traducido tradotto traduzione tradu[cç][aã]o traduit
übersetzt übersetzung translat(?:ed|ion) перевод перевел перевела
""",
        ),
        (
            "writing",
            """
[eé]crit r[eé]dig[eé] escrito redactado geschrieben scritto writing написал
""",
        ),
        (
            "reporting",
            """
(?:zusätzliche~)?bericht(?:e|et)? reportage reportes?(?:~adicional(?:es)?)?
reportagem(?:~adicional)? reporting mit(?:arbeit)? avec con~la~colaboraci[oó]n por par
von текст
""",
        ),
    )
)
_FORMS = tuple((role, re.compile(rf"{words}{_OF}[ :]+")) for role, words in _ROLES)
_ANY_ROLE = "|".join(words for _, words in _ROLES)
_JOINTS = re.compile(
    rf"\s*;\s*|(?<=[^\W\d_]{{3}})\.\s+|\s*,\s+(?={_ANY_ROLE})", re.IGNORECASE
)
_BARS = re.compile(r"\s*[|;\u2022]\s*|\s+/\s+")
_OTHER_LABEL = re.compile(
    r"\s+[-\u2013]\s+(?=[^\W\d_]{3,14}\s?:)"
)  # a dash before another
_LONGEST = 240  # letters of a line that names everybody
# Where each of several was: "in Topeka, Kansas, and".
_WHERE = re.compile(
    r"(?<=\w) (?:in|from) [A-Z][\w.'-]*(?: [A-Z][\w.'-]*)*"
    r"(?:, (?:(?:New|North|South|West) )?[A-Z][\w.]+(?=,|;| and ))?"
)
_HELPED = re.compile(r"\bcontributed\b|\breported (?:from|in)\b")
_NAMED_WORDS = 16
_LONGEST_TOLD = 600  # letters of a passage of several sentences
_SENTENCES = re.compile(r"(?<=[^\W\d_]{3}\.)\s+(?=[^\W\d_a-z])")
_FROM_PLACE = re.compile(
    r" (?:also )?reported(?= )| (?:from|in) [A-Z][\w.'-]*(?: [A-Z][\w.'-]*)*"
    r"(?:, (?:[A-Z][\w.]+ ?)+(?=,|;| and |$))?"
)
_PLACE = re.compile(r"(?<=\w) (?:in|à|en|a|aus|em|из|в) [A-ZÀ-ŽА-Я][\w .'-]{1,40}$")


def contributors_in(text: str) -> list[Credited]:
    """Read a line at the end that names who helped; nothing where it is none."""
    bare = re.sub(r"\s+", " ", text).lstrip("* ")
    line = Line(1, 0, bare, bullet=False, apart=True)
    told = [*read_contributors(line)]
    # "Reporting by the council shows ..." is a sentence.
    told = told if all(is_name(one.name) for one in told) else []
    signed = SIGNED_BY.fullmatch(plain(bare))
    if signed is not None:
        return _labelled(bare[slice(*signed.span("who"))].replace(", ", " | "))
    return told or _in_brackets(bare) or _labelled(bare)


def _labelled(text: str) -> list[Credited]:
    """Read "Muhabir: A B | Editör: C D"; nothing unless every part has a label."""
    people: list[Credited] = []
    spelled = plain(text) if len(text) <= _LONGEST else ""
    text = _OTHER_LABEL.sub(" | ", text) if _OTHER_LABEL.search(spelled) else text
    for part in _BARS.split(text) if spelled else []:
        label, colon, names = part.partition(":")
        role = LABELS_OF_ROLES.get(plain(label).strip())
        named = people_of(names)
        if not (colon and role and named and all(_is_whole(p.name) for p in named)):
            return []
        people += [Credited(one.name, role, one.title) for one in named]
    return people


def contributed(text: str) -> list[Credited] | None:
    """Read who reported from where, and who "contributed to this report".

    Returns:
        Whom it names whole, in order; None where the passage says something else.
    """
    if len(text) > _LONGEST_TOLD or _HELPED.search(plain(text)) is None:
        return None
    told = [_contributed(one) or _reported(one) for one in _SENTENCES.split(text)]
    if not all(one is not None for one in told):
        return None
    return [person for one in told for person in one or ()]


def _reported(text: str) -> list[Credited] | None:
    """Read "AP writer A B reported from Rome and C from Oslo."; C alone is nobody."""
    found = REPORTED.fullmatch(plain(text))
    if found is None:
        return None
    titled = THEIR_TITLE.match(plain(text))
    title = text[: titled.end()].strip() if titled else ""
    names = _FROM_PLACE.sub("", text[len(title) :].strip(" ."))
    words = names.replace(",", " ").split()
    shaped = all(word[:1].isupper() or word == "and" for word in words)
    if not shaped or len(words) > _NAMED_WORDS or is_agency(names):
        return None
    whole = [one for one in people_of(names) if _is_whole(one.name)]
    return [Credited(one.name, "reporting", title or None) for one in whole]


def _contributed(text: str) -> list[Credited] | None:
    """Read "AP writers A B in Rome and C D in Oslo contributed to this report."."""
    found = CONTRIBUTED.fullmatch(plain(text))
    if found is None:
        return None
    who = text[slice(*found.span("who"))]
    titled = THEIR_TITLE.match(plain(who))
    title = who[: titled.end()].strip() if titled else ""
    people = people_of(_WHERE.sub("", who[len(title) :]))
    if not all(_is_whole(one.name) for one in people):
        return None
    return [Credited(p.name, "reporting", p.title or title or None) for p in people]


def _in_brackets(text: str) -> list[Credited]:
    if not text.startswith("(") or len(text) > _LONGEST:
        return []
    people: list[Credited] = []
    # "(; Editing by A B)": the system had nobody to put before it.
    parts = (part for part in _JOINTS.split(text.strip("(). ")) if part)
    for number, part in enumerate(parts):
        named = _part(part, first=number == 0)
        if not named:
            return []
        people += named
    # One name in brackets is an initial, a place, an aside: a role must be told.
    told = any(one.role != "reporting" for one in people)
    return people if told or _FORMS[-1][1].match(plain(text.strip("( "))) else []


def _part(text: str, *, first: bool) -> list[Credited]:
    spelled = plain(text)
    found = [(role, lead) for role, form in _FORMS if (lead := form.match(spelled))]
    if not found and not (first and text):
        return []
    role, names = "reporting", text
    if found:
        role, names = found[0][0], text[found[0][1].end() :]
    people = people_of(_PLACE.sub("", names))
    if not all(_is_whole(one.name) for one in people):
        return []
    return [Credited(one.name, role, one.title) for one in people]


def _is_whole(name: str) -> bool:
    return is_person(name, said=False)
