"""Keep long lists on pages that stay as they are once they are full.

Decides which entries stand on which page. A numbered page holds 30 entries counted from
the oldest, so a new entry touches the index page and nothing else until 30 more are
there. Where 30 long entries are too many bytes, the page goes on at its own `.2`; no
entry ever moves to another numbered page.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from tamizdat.edition.errors import StoryError
from tamizdat.edition.pages.addresses import link, up
from tamizdat.edition.pages.theme import PAGE_BYTES, Page, frame, render
from tamizdat.edition.stories import Service

FULL = 30  # entries of a numbered page

Entry = TypeVar("Entry")


@dataclass(frozen=True)
class Shelf(Generic[Entry]):
    """One list of a service.

    Attributes:
        template: prints a page of it.
        title: its name.
        index: path of the page with the newest entries.
        folder: where its numbered pages stand, with a slash at the end.
        show: prepares entries, newest first, for the template; takes the way up.
    """

    service: Service
    template: str
    title: str
    index: str
    folder: str
    show: Callable[[Sequence[Entry], str], dict[str, Any]]

    def pages(self, entries: Sequence[Entry]) -> list[Page]:
        """Print the whole list. `entries`: oldest first."""
        full = len(entries) // FULL
        pages = self.index_pages(entries[max(full - 1, 0) * FULL :], full)
        for number in range(1, full + 1):
            part = entries[(number - 1) * FULL : number * FULL]
            pages.extend(self.numbered_pages(part, number))
        return pages

    def index_pages(self, newest: Sequence[Entry], full: int) -> list[Page]:
        """Print the newest entries: all that no numbered page holds, and 30 more.

        Args:
            newest: oldest first; the last full page's 30 and all that came after.
            full: how many numbered pages there are.
        """
        entries = list(reversed(newest))
        alone = len(entries) - FULL if full else len(entries)
        covered = self._numbered(full - 1)
        if self._fits(page := self._page(self.index, entries, covered)):
            return [page]
        older = self._numbered(full)
        most = self._most(self.index, entries, older)
        if most >= alone:
            return [self._page(self.index, entries[:most], older)]
        return list(self._chain(self.index, entries[:alone], older))

    def numbered_pages(self, part: Sequence[Entry], number: int) -> list[Page]:
        """Print one full page. `part`: its 30 entries, oldest first."""
        entries = list(reversed(part))
        path = f"{self.folder}{number}.html"
        return list(self._chain(path, entries, self._numbered(number - 1)))

    def _chain(
        self, path: str, entries: Sequence[Entry], older: str | None
    ) -> Iterator[Page]:
        """Print entries on one page, or on as many as their bytes need."""
        stem, number = path.removesuffix(".html"), 1
        while not self._fits(page := self._page(path, entries, older)):
            number += 1
            follows = f"{stem}.{number}.html"
            most = self._most(path, entries, follows)
            if most == 0:
                reason = f"one entry alone is more than {PAGE_BYTES} bytes"
                raise StoryError(self.service.id, path, reason)
            yield self._page(path, entries[:most], follows)
            path, entries = follows, entries[most:]
        yield page

    def _most(self, path: str, entries: Sequence[Entry], older: str | None) -> int:
        """Count how many entries fit on a page."""
        low, high = 0, len(entries)
        while low < high:
            middle = (low + high + 1) // 2
            if self._fits(self._page(path, entries[:middle], older)):
                low = middle
            else:
                high = middle - 1
        return low

    def _numbered(self, number: int) -> str | None:
        return f"{self.folder}{number}.html" if number > 0 else None

    def _page(self, path: str, entries: Sequence[Entry], older: str | None) -> Page:
        root = up(path)
        view = frame(path, self.service, self.title) | self.show(entries, root)
        view["newest"] = None if path == self.index else link(root + self.index)
        view["older"] = older and link(root + older)
        return Page(path, render(self.template, view).encode())

    @staticmethod
    def _fits(page: Page) -> bool:
        return len(page.content) <= PAGE_BYTES
