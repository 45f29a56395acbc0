"""Know news agencies: their names in a language, and which of them states own.

Decides which agency a name means. What the table does not know is its own id, and is
named as it came.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from django.conf import settings

from tamizdat.edition.headings import find, heading
from tamizdat.edition.languages import script, territory_name
from tamizdat.newsroom.credits.names import COUNTRIES, TABLE
from tamizdat.newsroom.home import Told
from tamizdat.newsroom.richtext import plain

LATIN = ""  # in place of a language: names in Latin letters, which all may use
_MARKS = re.compile("[\u2018-\u201e\u200b-\u200f\u2060\ufeff.\"'«»()/]+")
_SPACES = re.compile(r"[\s_-]+")


@dataclass(frozen=True)
class Agency:
    """One agency.

    Attributes:
        id: of the table.
        state: ISO 3166-1 code of the state that owns it, or "".
        names: by language, the one that readers see first; `LATIN` has at least one.
    """

    id: str
    state: str
    names: Mapping[str, tuple[str, ...]] = field(hash=False)

    def name_in(self, language: str) -> str:
        """Name it for readers of a language (BCP 47)."""
        tags = [tag for tag in _known_to(language) if tag in self.names]
        return self.names[tags[0] if tags else LATIN][0]


def agency(id_: str) -> Agency | None:
    """Find an agency by its id; None for one that the table does not know."""
    return _table()[0].get(id_)


def id_of(name: str) -> str:
    """Find the id that a name stands for: itself, where the table has no such name."""
    return _table()[1].get(_spelled(name), plain(name) or "")


def ids_of(names: Sequence[str]) -> list[str]:
    """Find ids, each once, in the order of the names."""
    found = (id_of(name) for name in names)
    return list(dict.fromkeys(one for one in found if one))


def name_in(id_: str, language: str) -> str:
    """Name an agency for readers of a language."""
    known = agency(id_)
    return known.name_in(language) if known else id_


def state_in(id_: str, language: str) -> str:
    """Name the state that owns an agency as its label does, "" where none does."""
    known = agency(id_)
    if known is None or not known.state:
        return ""
    own = find(language)
    forms = COUNTRIES.get(own.tag if own else language, {})
    return forms.get(known.state) or territory_name(known.state, language)


def every_agency() -> Iterable[Agency]:
    """Give all that are known."""
    return _table()[0].values()


def _known_to(language: str) -> Iterator[str]:
    """List languages whose names its readers can read: its own, then near ones."""
    own = find(language)
    waiting = [own.tag if own else language]
    seen: list[str] = []
    while waiting:
        tag = waiting.pop(0)
        if tag not in seen and script(tag) == script(language):
            seen.append(tag)
            waiting += heading(tag).fallback if find(tag) else ()
    yield from seen


def _table() -> tuple[Mapping[str, Agency], Mapping[str, str]]:
    """Give agencies by id, and ids by name: ours, and above them the newsroom's own."""
    return _read(settings.TAMIZDAT.agencies)


@lru_cache(maxsize=4)
def _read(
    own: tuple[Told, ...],
) -> tuple[Mapping[str, Agency], Mapping[str, str]]:
    # The list is read with the first name that is asked for, not at each start.
    from tamizdat.wire.agencies import BENT  # noqa: PLC0415

    agencies = {one.id: one for one in _shipped()}
    for id_, rows in own:
        agencies[id_] = _over(agencies.get(id_), id_, dict(rows))
    names = {
        _spelled(name): one.id
        for one in agencies.values()
        for some in (*one.names.values(), (one.id,))
        for name in some
    }
    bent = {
        _spelled(form): names[_spelled(name)]
        for form, name in BENT.items()
        if _spelled(name) in names
    }
    return agencies, {**bent, **names}


def _shipped() -> Iterator[Agency]:
    """Read the table. Source: `names`."""
    rows = TABLE.replace("\n |", " |").strip().splitlines()
    for row in rows:
        id_, state, latin, *others = (part.strip() for part in row.split("|"))
        named = [(LATIN, latin), *(other.split(" ", 1) for other in others)]
        names = {tag: _names(some) for tag, some in named}
        yield Agency(id_, "" if state == "-" else state, names)


def _names(line: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in line.split(";"))


def _over(known: Agency | None, id_: str, own: dict[str, str]) -> Agency:
    """Put what a newsroom says of an agency over what the table has."""
    state = own.pop("state", known.state if known else "")
    latin = own.pop("name", None)
    before = dict(known.names) if known else {LATIN: (id_,)}
    given = {tag: (name, *before.get(tag, ())) for tag, name in own.items()}
    if latin:
        given[LATIN] = (latin, *before[LATIN])
    return Agency(id_, state, before | given)


def _spelled(name: str) -> str:
    """Spell a name for a comparison: small letters, no marks, single spaces."""
    return _SPACES.sub(" ", _MARKS.sub("", name)).strip().casefold()
