"""Hold the list of a pack against the pages that it leads to, and against articles.

Decides which rows must stand there and which are read again: those of pages that
changed. Rows of other pages must be those of the list before. How a row is read is for
`edition.packed_list`.

Source: spec/releases.md, "The pack".
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import groupby

from tamizdat.edition.errors import PageError
from tamizdat.edition.markup import strange
from tamizdat.edition.packed_list import (
    PackedList,
    Row,
    differing_row,
    next_of,
    read_list,
    unlike_frame,
)
from tamizdat.edition.packed_words import Said
from tamizdat.edition.pages.packed import INDEX
from tamizdat.edition.parts import WINDOW
from tamizdat.edition.tree import Target
from tamizdat.mirrors.errors import MissingError
from tamizdat.mirrors.packed_files import Content, Pages
from tamizdat.mirrors.packed_names import FOLDER, LIST, Name

WHERE = "in the list of the pack"
_ROWS = "which stories it names, and where it leads to"
_FRAME = "what stands around it, unlike an article"

Leaf = tuple[str, PackedList]  # a page of a list with its path


class Rows:
    """The list of one edition."""

    def __init__(self, targets: Mapping[str, Target], content: Content) -> None:
        self.paths = {path for path in targets if LIST.fullmatch(path)}
        self._targets = targets
        self._content = content

    def read(self) -> list[Leaf]:
        """Read the pages of the list, from the first to the one that leads no further.

        Raises:
            PageError: not pages that this press prints, or one leads elsewhere.
            MissingError: one is not there.
        """
        found: list[Leaf] = []
        path: str | None = INDEX if self._targets else None
        while path is not None:
            if path not in self._targets:
                raise PageError(f"{path}: not in the edition")
            page = read_list(self._content(path, self._targets[path]), path)
            found.append((path, page))
            if page.after not in (None, next_of(INDEX, len(found))):
                raise strange(path, str(page.after))
            path = page.after and f"{FOLDER}/{page.after}"
        return found


class ListJudge:
    """What must stand in a list.

    Attributes:
        leaves: pages of the list.
        before: rows of the list before, by the pages that they lead to; None where it
            is not there to be read.
    """

    def __init__(
        self,
        leaves: Sequence[Leaf],
        before: Iterable[Row] | None,
        pages: Pages,
        read: Callable[[Iterable[Name]], None],
        article: Callable[[str], Said | None],
    ) -> None:
        """Ask about a list.

        Args:
            leaves: its pages.
            before: rows of the list of the edition before, None if they are not known.
            pages: of the pack.
            read: reads some of them, as far as they can be read.
            article: reads what one says.
        """
        self._leaves = leaves
        self._pages = pages
        self._read = read
        self._article = article
        self._before: dict[str, list[Row]] | None = None
        if before is not None:
            groups = groupby(before, key=lambda row: row.page)
            self._before = {page: list(some) for page, some in groups}

    def judge(self, touched: AbstractSet[str]) -> Iterator[tuple[str, str]]:
        """Name what is wrong: a path or the id of a story, and what differs.

        Args:
            touched: paths of files of the pack that changed or came.
        """
        moved = {name.path for name in self._moved(touched)}
        self._read(self._pages.around(moved))
        if self._wanted(moved) not in (None, [(r.page, r.story) for r in self._rows]):
            yield INDEX, _ROWS
        for path, page in self._leaves:
            yield from ((path, what) for what in sorted(page.unknown))
            if path in touched and self._is_framed_otherwise(page):
                yield path, _FRAME
            for row in page.rows:
                if f"{FOLDER}/{row.page}" in touched or not self._stood(row):
                    for what in self._differing(row, page):
                        yield row.story, f"{what} {WHERE}"

    @property
    def _rows(self) -> list[Row]:
        return [row for _path, page in self._leaves for row in page.rows]

    def _moved(self, touched: AbstractSet[str]) -> Iterator[Name]:
        """List pages whose rows the list before does not tell.

        Nor does it say in which order pages of one second are.
        """
        for names in self._pages.seconds:
            for name in names:
                known = self._before is not None and name.path not in touched
                if not known or len(names) > 1:
                    yield name

    def _stood(self, row: Row) -> bool:
        return row in (self._before or {}).get(row.page, ())

    def _wanted(self, moved: AbstractSet[str]) -> list[tuple[str, str]] | None:
        """List the rows that must stand there: page and story, newest first.

        Returns:
            None where a page cannot be read.
        """
        found: list[tuple[str, str]] = []
        for names in reversed(self._pages.seconds):
            if len(found) >= WINDOW:
                break
            if any(n.path in moved and n.path not in self._pages.files for n in names):
                return None
            for name in sorted(names, key=self._pages.place, reverse=True):
                page = name.path.rpartition("/")[2]
                before = [row.story for row in (self._before or {}).get(page, ())]
                known = name.path in moved
                stories = self._pages.begun_on(name.path) if known else before
                found += [(page, story) for story in stories]
        return found[:WINDOW]

    def _differing(self, row: Row, page: PackedList) -> list[str]:
        """Hold a row against its page and its article; told there if none is read."""
        path = f"{FOLDER}/{row.page}"
        self._read(self._pages.around([path]))
        standing = self._pages.standing(row.story)
        article = standing and self._said(standing.article)
        if standing is None or not article:
            return []
        (passage,) = standing.pieces
        return differing_row(row, passage, article, page.reader, begun=standing.begun)

    def _is_framed_otherwise(self, page: PackedList) -> bool:
        """Tell whether something stands around a page that is around no article."""
        for row in page.rows:
            self._read(self._pages.around([f"{FOLDER}/{row.page}"]))
            standing = self._pages.standing(row.story)
            if article := standing and self._said(standing.article):
                return unlike_frame(page, article)
        return False

    def _said(self, path: str) -> Said | None:
        try:
            return self._article(path)
        except (PageError, MissingError):
            return None
