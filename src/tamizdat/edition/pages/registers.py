"""Print the registers: every subject and every author, for who looks without a script.

Decides how names are parted: a few stand on one page, more of them behind the letter
they begin with. Order is that of the alphabet of the service's language.

Source: spec/addresses.md, "Registers".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tamizdat.edition.alphabets import sort_key
from tamizdat.edition.cuts import clipped
from tamizdat.edition.languages import own_digits
from tamizdat.edition.pages.addresses import link, up
from tamizdat.edition.pages.chain import Leaf, chain, numbered
from tamizdat.edition.pages.theme import Page, frame, printed, render
from tamizdat.edition.stories import Section, Service
from tamizdat.edition.wording import wording

FULL = 40  # names on a page, at most
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


def few_pages(kind: str, service: Service, names: Iterable[Named]) -> list[Page]:
    """Print a register of at most FULL names on its index, and where that goes on."""

    def printer(leaf: Leaf, some: Sequence[Named]) -> Page:
        return _register(leaf, kind, service, leaf.before, names=some)

    return chain(service, index_path(kind), _sorted(names, service), [printer])


def letters_pages(kind: str, service: Service, letters: Iterable[str]) -> list[Page]:
    """Print the index of a register that has a page for each letter."""
    ordered = sorted(letters, key=lambda one: sort_key(one, service.language))

    def printer(leaf: Leaf, some: Sequence[str]) -> Page:
        return _register(leaf, kind, service, leaf.before, letters=some)

    return chain(service, index_path(kind), ordered, [printer])


def letter_pages(
    kind: str, service: Service, letter: str, names: Iterable[Named]
) -> list[Page]:
    """Print the names that begin with a letter, on as many pages as they need."""

    def printer(leaf: Leaf, some: Sequence[Named]) -> Page:
        return _register(leaf, kind, service, index_path(kind), names=some)

    ordered = _sorted(names, service)
    return chain(service, letter_path(kind, letter), ordered, [printer], most=FULL)


def _register(  # noqa: PLR0913 - what a page shows, by name
    leaf: Leaf,
    kind: str,
    service: Service,
    above: str | None,
    *,
    names: Iterable[Named] = (),
    letters: Iterable[str] = (),
) -> Page:
    """Print a page. `above`: path of the one that its title leads to."""
    root = up(leaf.path)
    view = frame(leaf.path, service, wording(service.language).plain[_TITLES[kind]])
    view["names"] = [
        {
            "href": link(f"{root}{one.shelf}.html"),
            "name": clipped(one.name, _LONGEST),
            "salt": one.salt,
        }
        for one in names
    ]
    view["letters"] = [
        {"href": link(root + letter_path(kind, one)), "letter": one} for one in letters
    ]
    view["newest"] = above and link(root + above)
    view["older"] = leaf.turns["after"]
    return Page(leaf.path, render("register.html", view).encode())


def _sorted(names: Iterable[Named], service: Service) -> list[Named]:
    """Sort names by the alphabet; those that are written alike by their list."""
    return sorted(
        names, key=lambda one: (sort_key(one.name, service.language), one.shelf)
    )


def search_pages(service: Service) -> list[Page]:
    """Print search.html: where to look for a story, with and without a script."""
    title = wording(service.language).plain["search"]

    def printer(leaf: Leaf, some: Sequence[Section]) -> Page:
        return numbered(leaf, service, title, "search.html", {"sections": some})

    return chain(service, "search.html", service.sections, [printer])


def find_page(service: Service) -> Page:
    """Print find.html: the search by words, whose program lies outside the tree."""
    title = wording(service.language).plain["search_words"]
    view = frame("find.html", service, title)
    view["program"] = link(f"../find/{service.id}/find.mjs")
    view["digits"] = own_digits("0123456789", service.language)
    return printed("find.html", "find.html", view)
