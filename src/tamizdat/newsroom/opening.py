"""Say what a language service begins with, and which languages are ready for one.

Decides the defaults: all come from the file of the language. What an editor wrote
afterwards is the editor's; a file that changes later changes no service.

Source: docs/howto/add-a-language.md.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from tamizdat.edition.catalogues import catalogue
from tamizdat.edition.errors import WordsError
from tamizdat.edition.headings import Heading, find, heading, tags
from tamizdat.edition.languages import country_of, direction, english_name, script

_SECTIONS = ("politics", "society", "economy", "world", "culture")
_WITHOUT_A_FILE = [("news", "News")]


@dataclass(frozen=True)
class Beginning:
    """What a service of a language begins with.

    Attributes:
        name: as readers see it, or "" where nobody wrote one.
        sections: path and name each.
        fields: others of `ServicePage`, by their names.
    """

    name: str
    sections: list[tuple[str, str]]
    fields: dict[str, Any]


def beginning(language: str, organisation: str) -> Beginning:
    """Read what a service begins with from the file of its language.

    Args:
        language: BCP 47 tag; one without a file gives its direction alone.
        organisation: as readers see it.

    Raises:
        WordsError: the file is not as it must be.
    """
    head = find(language)
    if head is None:
        fields = {"direction": direction(language)}
        return Beginning("", list(_WITHOUT_A_FILE), fields)
    words = catalogue(head.tag).texts
    named = [(key, words.get(f"section_{key}", "")) for key in _SECTIONS]
    return Beginning(
        name=_filled(words.get("service_name"), organisation),
        sections=[pair for pair in named if pair[1]] or list(_WITHOUT_A_FILE),
        fields={
            "direction": direction(language),
            "time_zone": head.zone,
            "calendar": head.calendar,
            "date_style": head.date_style,
            "territories": ", ".join(head.territories),
            "bio": _filled(words.get("service_bio"), organisation),
        },
    )


def _filled(words: str | None, organisation: str) -> str:
    return words.format(organisation=organisation) if words else organisation


class Strings(NamedTuple):
    """How many of the paper's words an editor has reviewed, and how many not."""

    reviewed: int
    draft: int


def strings(language: str) -> Strings:
    """Count the words that a language has of its own.

    Raises:
        WordsError: its file is not as it must be.
    """
    head = find(language)
    if head is None or head.script != script(language):
        return Strings(0, 0)
    words = catalogue(head.tag)
    return Strings(len(words.reviewed), len(words.drafts))


def unusable() -> dict[str, WordsError]:
    """Find the language files that are not as they must be, and what each lacks first.

    Returns: by the tag of the file.
    """
    found = {}
    for tag in tags():
        try:
            catalogue(tag)
        except WordsError as error:
            found[tag] = error
    return found


def ready(open_languages: Iterable[str]) -> Iterator[Heading]:
    """List the languages that have a file and no service yet, by their English names.

    Those whose file is not as it must be are left out.

    Args:
        open_languages: tags of the services that are open.
    """
    taken = {*map(_language, open_languages), *unusable()}
    free = (heading(tag) for tag in tags() if tag not in taken)
    yield from sorted(free, key=lambda head: head.english)


class Reach(NamedTuple):
    """In how many languages, for how many countries, a newsroom works."""

    languages: int
    countries: int

    def __str__(self) -> str:
        """Say it in a line."""
        some = "1 language" if self.languages == 1 else f"{self.languages} languages"
        lands = "1 country" if self.countries == 1 else f"{self.countries} countries"
        return f"{some} in {lands}"


def reach(services: Iterable[Any]) -> Reach:
    """Count the languages and countries of services. Part of a country is that country.

    Args:
        services: those that are open; each with `language` and `territories`.
    """
    each = list(services)
    spoken = {_language(service.language) for service in each}
    codes = {code for service in each for code in codes_of(service.territories)}
    return Reach(len(spoken), len({country_of(code) for code in codes} - {None}))


def _language(tag: str) -> str:
    try:
        head = find(tag)
    except WordsError:  # its file is there, and broken
        return tag
    return head.tag if head else english_name(tag)


def codes_of(territories: str) -> list[str]:
    """Take a field of territories apart: codes with commas or spaces between."""
    return territories.replace(",", " ").split()
