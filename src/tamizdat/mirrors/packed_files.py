"""Find the files of a pack by their names, and read the stories that stand in them.

A pack has its stories twice, in parts and on pages. Both go on from file to file, and
both say in the name of a file what it begins with.

Source: spec/pack.md, "Names", "Pages with the same text".
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, pairwise
from typing import Generic, TypeVar

from tamizdat.edition import packed_passages, packed_words
from tamizdat.edition.pack import Held, Item, read_part, salt_of
from tamizdat.edition.packed_sheet import PackedPage, Passage, read_packed
from tamizdat.edition.packed_words import Said
from tamizdat.edition.pages.addresses import dated_path
from tamizdat.edition.tree import Target
from tamizdat.mirrors.packed_names import Name, mark_of, name_of, runs_of, seconds_of

_PIECES, _END = "in pieces that do not belong together", "how it ends"
_SALT = "its salt"
_NAME, _TURNS, _SERVICE = "its name", "where it leads to", "name of the service"

File = TypeVar("File")
Piece = TypeVar("Piece")
Place = tuple[datetime, str]  # time of a story's first release, and its id
_LAST = "~"  # behind every id
Content = Callable[[str, Target], bytes]  # of a file, by its path


@dataclass(frozen=True)
class Standing(Generic[Piece]):
    """A story as it stands in a pack.

    Attributes:
        article: path of its first page.
        paths: of the files in which it stands.
        pieces: of it, in their order.
        begun: its first pieces may be left out, for the pack begins with it.
        whole: its pieces belong together.
    """

    story: str
    article: str
    paths: frozenset[str]
    pieces: Sequence[Piece]
    begun: bool
    whole: bool


class Files(ABC, Generic[File, Piece]):
    """All files of one kind in a tree, as many as were read.

    Attributes:
        names: of all, in the order of the stories they begin with.
        seconds: the same, those of one second together.
        files: as many as were read, by their paths.
    """

    ending: str
    where: str  # stories stand, in an editor's words

    def __init__(self, targets: Mapping[str, Target], content: Content) -> None:
        named = (name_of(path, self.ending) for path in targets)
        self.names = sorted(name for name in named if name)
        self._targets = targets
        self._content = content
        self.seconds = seconds_of(self.names)
        self._runs = runs_of(self.seconds)
        self.files: dict[str, File] = {}
        self._standings: list[Standing[Piece]] | None = None

    @abstractmethod
    def open(self, content: bytes, path: str) -> File:
        """Read one file.

        Raises:
            PackError: not a part as spec/pack.md says.
            PageError: not a page that this press prints.
        """

    @abstractmethod
    def first_of(self, file: File) -> str:
        """Name the story that a file begins with."""

    @abstractmethod
    def stand(self, files: Sequence[tuple[Name, File]]) -> Iterator[Standing[Piece]]:
        """List the stories in files that are in the order of their names."""

    @abstractmethod
    def places(self, name: Name, file: File) -> Iterable[Place]:
        """Give time and id of each story in a file, as far as it tells the time."""

    @abstractmethod
    def differing(self, standing: Standing[Piece], article: Said) -> list[str]:
        """Name what a story says otherwise than its article."""

    def read(self, name: Name) -> None:
        """Read a file, once.

        Raises:
            PackError, PageError: as for `open`.
            MissingError: it is not there.
        """
        if name.path not in self.files:
            content = self._content(name.path, self._targets[name.path])
            self.files[name.path] = self.open(content, name.path)
            self._standings = None

    @property
    def paths(self) -> set[str]:
        """The paths of all."""
        return {name.path for name in self.names}

    @property
    def stories(self) -> set[str]:
        """The ids of the stories in all files that were read."""
        return {one.story for one in self.standings}

    @property
    def standings(self) -> list[Standing[Piece]]:
        """The stories in all files that were read."""
        if self._standings is None:
            read = [(n, self.files[n.path]) for n in self.names if n.path in self.files]
            # Of one second, files are named by hashes, and stories go by their ids.
            read.sort(key=lambda one: (one[0].time, self.place(one[0])))
            self._standings = list(self.stand(read))
        return self._standings

    def standing(self, story: str) -> Standing[Piece] | None:
        """Find a story in the files that were read."""
        return next((one for one in self.standings if one.story == story), None)

    def place(self, name: Name) -> tuple[str, int]:
        """Tell where a file that was read stands among those of its second."""
        file = self.files.get(name.path)
        return self.first_of(file) if file else "", name.number

    def around(self, paths: Iterable[str]) -> list[Name]:
        """Add files in which stories of some files go on, or have begun."""
        known = set(paths)
        near = (run for run in self._runs if any(one.path in known for one in run))
        return sorted(name for run in near for name in run)

    def reached(self, paths: Iterable[str]) -> list[Name]:
        """Add files that hold stories together with some, and those before them."""
        known = set(paths)
        near = {
            at
            for at, run in enumerate(self._runs)
            if any(one.path in known for one in run)
        }
        near |= {max(at - 1, 0) for at in near}
        return [name for at in sorted(near) for name in self._runs[at]]

    def unordered(self, touched: AbstractSet[str]) -> Iterator[str]:
        """Name files whose stories do not come after those of the file before.

        Args:
            touched: files that are asked about, or what stands beside them.
        """
        ordered = sorted(self.names, key=lambda name: (name.time, self.place(name)))
        before: list[Place] = []
        beside = ""
        for name in ordered:
            file = self.files.get(name.path)
            unread = (name.time, _LAST)
            places = list(self.places(name, file)) if file else [unread]
            falls = any(later < one for one, later in pairwise([*before, *places]))
            if falls and {name.path, beside} & touched:
                yield name.path
            before, beside = places[-1:] if file else [], name.path

    def holding(self, first: datetime, last: datetime) -> list[Name]:
        """List the files where a story can stand that was released between moments."""
        inside = [names for names in self.seconds if first <= names[0].time <= last]
        older = [names for names in self.seconds if names[0].time < first]
        near = [*older[-1:], *inside]
        return self.around(name.path for names in near for name in names)

    def begins(self, name: Name) -> bool:
        """Tell whether a pack may begin in the middle of a story, with this file."""
        return name.time == self.names[0].time and name.number > 1


class Parts(Files[Held, Item]):
    """The parts of a pack."""

    ending = ".txt"
    where = "in the pack"

    def open(self, content: bytes, path: str) -> Held:  # noqa: ARG002
        """Read one part."""
        return read_part(content)

    def first_of(self, file: Held) -> str:
        """Name the story that a part begins with."""
        return file.items[0].story

    def places(self, name: Name, file: Held) -> Iterable[Place]:  # noqa: ARG002
        """Give time and id of each story in a part."""
        return [(item.published, item.story) for item in file.items]

    def stand(self, files: Sequence[tuple[Name, Held]]) -> Iterator[Standing[Item]]:
        """Join the items of each story."""
        placed = [(name, item) for name, held in files for item in held.items]
        groups = groupby(placed, key=lambda one: one[1].story)
        for at, (story, some) in enumerate(groups):
            names, items = zip(*some, strict=True)
            begun = at == 0 and self.begins(names[0]) and items[0].number > 1
            yield Standing(
                story=story,
                article=dated_path(story, items[0].published),
                paths=frozenset(name.path for name in names),
                pieces=items,
                begun=begun,
                whole=_belong(items, begun=begun),
            )

    def differing(self, standing: Standing[Item], article: Said) -> list[str]:
        """Name what the items of a story say otherwise than its article."""
        items = standing.pieces
        if not standing.whole:
            return [_PIECES]
        if not standing.begun:
            return packed_words.differing(packed_words.packed_said(items), article)
        lines = packed_words.end_of(items)
        same = packed_words.ends(lines, article, packed_words.same_line)
        return [] if same else [_END]

    def strange(self, path: str, service: str, salts: Sequence[str] | None) -> set[str]:
        """Name what is wrong with a part itself.

        Args:
            path: of the part.
            service: whose it is.
            salts: of the articles of its items, in their order; None if not all are
                known.
        """
        held, name = self.files[path], name_of(path)
        first = held.items[0]
        begins = first.published, mark_of(first.story), first.number
        checks = {
            _NAME: name is not None and name[:3] == begins,
            _SERVICE: held.service == service,
            _SALT: salts is None or held.salt == salt_of(salts),
        }
        return {what for what, good in checks.items() if not good}


def _belong(items: Sequence[Item], *, begun: bool) -> bool:
    """Tell whether items are all of a story, or all from one to the last."""
    fields = [item.content.decode().split("\n", 1)[0].split(" ") for item in items]
    counts = {one[2].partition("/")[2] for one in fields}
    heads = {(*one[:2], *one[3:]) for one in fields}
    last = int(counts.pop())
    first = items[0].number if begun else 1
    numbers = [item.number for item in items]
    if any(item.content.count(b"\n") < 2 for item in items):  # noqa: PLR2004 - a head alone
        return False
    return not counts and len(heads) == 1 and numbers == list(range(first, last + 1))


class Pages(Files[PackedPage, Passage]):
    """The pages of a pack."""

    ending = ".html"
    where = "on pages of the pack"

    def open(self, content: bytes, path: str) -> PackedPage:
        """Read one page."""
        return read_packed(content, path)

    def first_of(self, file: PackedPage) -> str:
        """Name the story that a page begins with."""
        return file.passages[0].story

    def stand(
        self, files: Sequence[tuple[Name, PackedPage]]
    ) -> Iterator[Standing[Passage]]:
        """Join the passages of each story."""
        for at, one in enumerate(packed_passages.join([page for _name, page in files])):
            yield Standing(
                story=one.story,
                article=one.path,
                paths=frozenset(one.pages),
                pieces=[one],
                begun=at == 0 and self.begins(files[0][0]),
                whole=one.whole,
            )

    def differing(self, standing: Standing[Passage], article: Said) -> list[str]:
        """Name what pages say of a story otherwise than its article."""
        (passage,) = standing.pieces
        if not standing.whole:
            return [_PIECES]
        if not standing.begun:
            return packed_passages.differing(passage, article)
        return [] if packed_passages.is_end(passage, article) else [_END]

    def places(self, name: Name, file: PackedPage) -> Iterable[Place]:
        """Give time and id of each story on a page but of those that say no time."""
        first, *rest = file.passages
        yield name.time, first.story
        for one in rest:
            if one.moment:
                yield datetime.fromisoformat(one.moment), one.story

    def begun_on(self, path: str) -> list[str]:
        """List the stories whose first piece stands on a page, newest first."""
        there = (s.story for s in self.standings if s.pieces[0].pages[0] == path)
        return list(there)[::-1]

    def strange(self, path: str, mast: str) -> set[str]:
        """Name what is wrong around the stories of a page.

        Args:
            path: of the page.
            mast: name of the service as an article has it, "" if none says it.
        """
        page, name = self.files[path], name_of(path)
        first = page.passages[0]
        checks = {
            _NAME: name is not None and name.mark == mark_of(first.story),
            _TURNS: name is None or self._leads_right(page, name),
            _SERVICE: not mast or page.name == mast,
        }
        return page.unknown | {what for what, good in checks.items() if not good}

    def _leads_right(self, page: PackedPage, name: Name) -> bool:
        """Tell whether turns lead to the page before, and to where a story goes on.

        Of one second, pages are in an order that their names do not say.
        """
        at = [names[0].time for names in self.seconds].index(name.time)
        near = self.seconds[max(at - 1, 0) : at + 1]
        older = {_bare(one.path) for names in near for one in names if one != name}
        first = page.before is None and not at
        return (first or page.before in older) and page.after == self._next(page, name)

    def _next(self, page: PackedPage, name: Name) -> str | None:
        """Name the page where the last story of one goes on; None if it does not."""
        story = page.passages[-1].story
        pieces = sum(one.story == story for one in page.passages)
        begun = name.number if page.passages[0].story == story else 1
        wanted = mark_of(story), begun + pieces
        found = (n for n in self.names if n.time >= name.time and n[1:3] == wanted)
        return next((_bare(one.path) for one in found), None)


def _bare(path: str) -> str:
    """Give what a page calls another one of its folder."""
    return path.rpartition("/")[2]
