"""Print the registers: every subject and every author, for who looks without a script.

Decides how names are parted: a few stand on one page, more of them behind the letter
they begin with. Order is that of the alphabet of the service's language.

Source: spec/addresses.md, "Registers".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from tamizdat.edition.alphabets import sort_key
from tamizdat.edition.pages.addresses import continued, link, up
from tamizdat.edition.pages.flow import clipped
from tamizdat.edition.pages.theme import Page, frame, printed
from tamizdat.edition.stories import Service
from tamizdat.edition.wording import wording

FULL = 40  # names on a page, as many as fit in any language
_LONGEST = 40  # characters of a name
_TITLES = {"t": "subjects", "by": "authors"}
KINDS = tuple(_TITLES)  # folders of the lists that are named


@dataclass(frozen=True)
class Named:
    """A subject or an author.

    Attributes:
        shelf: path of the list without its ending, as "t/law".
        name: as its oldest story has it.
        salt: of that story, of its oldest release whose words were not taken back.
    """

    shelf: str
    name: str
    salt: str

    @property
    def letter(self) -> str:
        """The letter it stands under."""
        return letter_of(self.name)


def letter_of(name: str) -> str:
    """Give the letter a name stands under: a capital, but of Georgian no Mtavruli."""
    return name[:1].title()[:1]


def index_path(kind: str) -> str:
    """Give the path of a register. `kind`: "t" or "by"."""
    return f"{kind}/all_names.html"


def letter_path(kind: str, letter: str) -> str:
    """Give the path of the first page of a letter."""
    return f"{kind}/all_{ord(letter):x}.html"


def few_page(kind: str, service: Service, names: Iterable[Named]) -> Page:
    """Print a register of at most FULL names on its index."""
    path = index_path(kind)
    return printed(path, "register.html", _view(path, kind, service, names))


def letters_page(kind: str, service: Service, letters: Iterable[str]) -> Page:
    """Print the index of a register that has a page for each letter."""
    path = index_path(kind)
    view = _view(path, kind, service, ())
    view["letters"] = [
        {"href": link(up(path) + letter_path(kind, letter)), "letter": letter}
        for letter in sorted(letters, key=lambda one: sort_key(one, service.language))
    ]
    return printed(path, "register.html", view)


def letter_pages(
    kind: str, service: Service, letter: str, names: Iterable[Named]
) -> list[Page]:
    """Print the names that begin with a letter, on as many pages as they need."""
    ordered = _sorted(names, service)
    parts = [ordered[at : at + FULL] for at in range(0, len(ordered), FULL)]
    first = letter_path(kind, letter)
    return [
        _letter_page(continued(first, n), kind, service, part, (first, n, len(parts)))
        for n, part in enumerate(parts, 1)
    ]


def _letter_page(
    path: str,
    kind: str,
    service: Service,
    names: Sequence[Named],
    place: tuple[str, int, int],
) -> Page:
    first, number, last = place
    view = _view(path, kind, service, names)
    root = up(path)
    view["newest"] = link(root + index_path(kind))
    view["older"] = link(root + continued(first, number + 1)) if number < last else None
    return printed(path, "register.html", view)


def _view(
    path: str, kind: str, service: Service, names: Iterable[Named]
) -> dict[str, Any]:
    title = wording(service.language).plain[_TITLES[kind]]
    root = up(path)
    return frame(path, service, title) | {
        "names": [
            {
                "href": link(f"{root}{one.shelf}.html"),
                "name": clipped(one.name, _LONGEST),
                "salt": one.salt,
            }
            for one in _sorted(names, service)
        ],
        "letters": (),
        "newest": None,
        "older": None,
    }


def _sorted(names: Iterable[Named], service: Service) -> list[Named]:
    """Sort names by the alphabet; those that are written alike by their list."""
    return sorted(
        names, key=lambda one: (sort_key(one.name, service.language), one.shelf)
    )


def search_page(service: Service) -> Page:
    """Print search.html: where to look for a story, with and without a script."""
    title = wording(service.language).plain["search"]
    return printed("search.html", "search.html", frame("search.html", service, title))


def find_page(service: Service) -> Page:
    """Print find.html: the search by words, whose program lies outside the tree."""
    title = wording(service.language).plain["search_words"]
    view = frame("find.html", service, title)
    view["program"] = link(f"../find/{service.id}/find.mjs")
    return printed("find.html", "find.html", view)
