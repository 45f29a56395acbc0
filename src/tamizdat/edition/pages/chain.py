"""Print what does not fit on one page on as many as it needs.

Decides where a page ends: behind the last entry that fits. Each page leads to the one
before and to the one after; an entry that fills more than a page alone is told shorter,
and stands whole elsewhere.

Source: docs/decisions/0094-what-does-not-fit-on-a-page.md.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from tamizdat.edition.cuts import good_end
from tamizdat.edition.errors import StoryError
from tamizdat.edition.languages import own_digits
from tamizdat.edition.pages.addresses import continued, link, up
from tamizdat.edition.pages.budget import PAGE_BYTES, fits
from tamizdat.edition.pages.theme import Page, frame, render
from tamizdat.edition.stories import Service

_PARAGRAPH = 1_500  # bytes of one that is cut, where a page cannot hold all of them

Entry = TypeVar("Entry")


@dataclass(frozen=True)
class Leaf:
    """One page of several.

    Attributes:
        path: of it.
        number: from 1.
        before: path of the page before it, None for the first.
        after: path of the page on which it goes on, None for the last.
    """

    path: str
    number: int = 1
    before: str | None = None
    after: str | None = None

    @property
    def turns(self) -> dict[str, Any]:
        """The links to the pages beside it, for a template."""
        root = up(self.path)
        return {
            "before": self.before and link(root + self.before),
            "after": self.after and link(root + self.after),
        }


Printer = Callable[[Leaf, Sequence[Entry]], Page]


@dataclass(frozen=True)
class Filled(Generic[Entry]):
    """A page with the entries that stand on it."""

    page: Page
    entries: Sequence[Entry]


def chain(  # noqa: PLR0913 - what a chain is made of
    service: Service,
    path: str,
    entries: Sequence[Entry],
    printers: Sequence[Printer[Entry]],
    *,
    most: int | None = None,
    older: str | None = None,
) -> list[Page]:
    """Print entries on one page, or on as many as they need: as `filled`."""
    pages = filled(service, path, entries, printers, most=most, older=older)
    return [one.page for one in pages]


def filled(  # noqa: PLR0913 - what a chain is made of
    service: Service,
    path: str,
    entries: Sequence[Entry],
    printers: Sequence[Printer[Entry]],
    *,
    most: int | None = None,
    older: str | None = None,
) -> list[Filled[Entry]]:
    """Print entries on one page, or on as many as they need, and say which has which.

    Args:
        service: whose they are.
        path: of the first page.
        entries: in order.
        printers: print a page of some of them; the second where the first cannot print
            even one, and so on.
        most: entries on a page, however short they are.
        older: path of what follows the last page.

    Returns:
        At least one page.

    Raises:
        StoryError: no printer can print an entry within a page.
    """
    found: list[Filled[Entry]] = []
    left = list(entries)
    while left or not found:
        number = len(found) + 1
        before = found[-1].page.path if found else None
        leaf = Leaf(continued(path, number), number, before, older)
        full = _fullest(leaf, left, printers, most, continued(path, number + 1))
        if full is None:
            reason = f"one entry alone is more than {PAGE_BYTES} bytes, or too dense"
            raise StoryError(service.id, leaf.path, reason)
        found.append(full)
        left = left[len(full.entries) :]
    return found


def _fullest(
    leaf: Leaf,
    entries: Sequence[Entry],
    printers: Sequence[Printer[Entry]],
    most: int | None,
    follows: str,
) -> Filled[Entry] | None:
    """Print as many entries as fit on a page."""
    least = min(len(entries), 1)
    onward = Leaf(leaf.path, leaf.number, leaf.before, follows)
    for printer in printers:
        if most is None or len(entries) <= most:
            page = printer(leaf, entries)
            if fits(page.content):
                return Filled(page, entries)
        low, high, full = 0, min(len(entries), most or len(entries)), None
        while low < high:
            middle = (low + high + 1) // 2
            page = printer(onward if middle < len(entries) else leaf, entries[:middle])
            if fits(page.content):
                low, full = middle, page
            else:
                high = middle - 1
        if full is not None and low >= least:
            return Filled(full, entries[:low])
    return None


def numbered(
    leaf: Leaf, service: Service, title: str, template: str, view: dict[str, Any]
) -> Page:
    """Print one of the pages that go on from one another, told apart by its title."""
    number = own_digits(str(leaf.number), service.language)
    whole = title if leaf.number == 1 else f"{title} – {number}"  # noqa: RUF001
    shown = frame(leaf.path, service, whole) | {"turns": leaf.turns} | view
    return Page(leaf.path, render(template, shown).encode())


def parted(paragraphs: Iterable[str]) -> Iterator[str]:
    """Cut paragraphs that are long into some that are short, between sentences."""
    for text in paragraphs:
        rest = text
        while len(rest.encode()) > _PARAGRAPH:
            many = len(rest.encode()[:_PARAGRAPH].decode(errors="ignore"))
            at = good_end(rest, many)
            yield rest[:at].rstrip()
            rest = rest[at:]
        yield rest
