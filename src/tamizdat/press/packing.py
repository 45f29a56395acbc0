"""Keep the pack of a service up to date: its newest stories as text.

Decides which parts of the pack an edition writes. What stands in them and where they
are cut is for `edition.pack`. Of stories that are not printed now the text is taken
from the parts of the edition before. The memory of the press holds only that of the
few stories that stand before the first part: their length decides where it begins.
Parts do not tell the salts of what is in them; the memory does.
"""

import heapq
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from functools import cache
from typing import NamedTuple

from tamizdat.edition import pack, parts, tree
from tamizdat.edition.pack import Item
from tamizdat.edition.parts import Part, Slot
from tamizdat.edition.stories import Story
from tamizdat.edition.tongues import Tongue, tongues_of
from tamizdat.edition.tree import Target
from tamizdat.press.archive import Archive
from tamizdat.press.errors import ArchiveError

SCHEMA = """
CREATE TABLE IF NOT EXISTS packed (service TEXT NOT NULL, story TEXT NOT NULL,
    number INTEGER NOT NULL, size INTEGER NOT NULL, part TEXT, content BLOB,
    PRIMARY KEY (service, story, number)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS packed_tongue (service TEXT NOT NULL, story TEXT NOT NULL,
    tongues TEXT NOT NULL, PRIMARY KEY (service, story)) WITHOUT ROWID;
"""

Newest = list[tuple[str, datetime]]  # ids and times of first releases, oldest first
_Fresh = tuple[datetime, str, int, Story]  # first release, id, a number to sort by
_Key = tuple[str, int]  # story and number of an item
Salt = Callable[[str], str]  # of a story: that of its newest release
Sizes = Callable[[str], Iterable[tuple[int, int]]]  # of a story: number and bytes


class Packing:
    """The pack of one service, inside the transaction of one press run."""

    def __init__(
        self, database: sqlite3.Connection, archive: Archive, service: str
    ) -> None:
        self._db = database
        self._archive = archive
        self._service = service
        self._fresh: list[_Fresh] = []
        self._count = 0

    def note(self, story: Story) -> None:
        """Hold a story that is printed now, as long as it may be among the newest."""
        self._count += 1  # so that two of one id never compare as stories
        one = (story.published, story.id, self._count, story)
        if len(self._fresh) < parts.REACH:
            heapq.heappush(self._fresh, one)
        else:
            heapq.heappushpop(self._fresh, one)

    def texts(self, root: Target | None, salt: Salt) -> "Texts":
        """Open the items that a pack may hold.

        Args:
            root: the tree of the edition before, None for the first.
            salt: tells that of a story, as it is printed now.
        """
        before = _Before(self._archive, root)
        return Texts(before, self._rows(), self._fresh, salt, self._tongues())

    def changes(
        self, newest: Newest, texts: "Texts"
    ) -> Iterator[tuple[str, bytes | None]]:
        """Tell which parts change: path, and content or None where one goes.

        Args:
            newest: the newest stories of the service, `parts.REACH` at most.
            texts: of all of them.

        Raises:
            ArchiveError: the archive lost a part of the edition before.
        """
        slots = slots_of(newest, texts.sizes)

        @cache
        def write(part: Part) -> bytes:
            return pack.write_part(self._service, texts.salted(part))

        def holds(part: Part) -> bool:
            return texts.stands(part) or len(write(part)) <= pack.PART_BYTES

        placed = list(parts.fill(slots, window_of(newest), parts.TEXT, holds))
        for part in placed:
            if not texts.stands(part):
                yield part.path, write(part)
        for path in sorted(texts.paths() - {part.path for part in placed}):
            yield path, None
        self._keep(slots, placed, texts)

    def _rows(self) -> "dict[_Key, _Row]":
        rows = self._db.execute(
            "SELECT story, number, size, part, content FROM packed WHERE service = ?"
            " ORDER BY story, number",
            (self._service,),
        )
        return {(row[0], row[1]): _Row(*row[2:]) for row in rows}

    def _tongues(self) -> dict[str, list[Tongue]]:
        rows = self._db.execute(
            "SELECT story, tongues FROM packed_tongue WHERE service = ?",
            (self._service,),
        )
        return {
            story: [Tongue(*one) for one in json.loads(some)] for story, some in rows
        }

    def _keep(self, slots: list[Slot], placed: list[Part], texts: "Texts") -> None:
        where = {(s.story, s.number): part.path for part in placed for s in part.slots}
        rows = []
        for slot in slots:
            key = slot.story, slot.number
            part = where.get(key)
            content = None if part else texts.item(key).content
            rows.append((self._service, *key, slot.size, part, content))
        self._db.execute("DELETE FROM packed WHERE service = ?", (self._service,))
        self._db.executemany("INSERT INTO packed VALUES (?, ?, ?, ?, ?, ?)", rows)
        self._keep_tongues({slot.story for slot in slots}, texts)

    def _keep_tongues(self, stories: set[str], texts: "Texts") -> None:
        found = ((story, texts.tongues(story)) for story in sorted(stories))
        rows = [
            (self._service, story, json.dumps(some)) for story, some in found if some
        ]
        own = (self._service,)
        self._db.execute("DELETE FROM packed_tongue WHERE service = ?", own)
        self._db.executemany("INSERT INTO packed_tongue VALUES (?, ?, ?)", rows)


def slots_of(newest: Newest, sizes: Sizes) -> list[Slot]:
    """List what must be known of stories to plan a pack, from where filling starts."""
    start = parts.start_of([story for story, _ in newest])
    return [
        Slot(story, number, time, size)
        for story, time in newest[start:]
        for number, size in sizes(story)
    ]


def window_of(newest: Newest) -> frozenset[str]:
    """Name the stories that a pack is of."""
    return frozenset(story for story, _ in newest[-parts.WINDOW :])


class Stood:
    """Which pieces of stories stood in which file of the edition before."""

    def __init__(self, rows: Iterable[tuple[str | None, _Key]]) -> None:
        self._members: dict[str, set[_Key]] = {}
        for path, key in rows:
            if path:
                self._members.setdefault(path, set()).add(key)

    @property
    def paths(self) -> set[str]:
        """Name the files."""
        return set(self._members)

    def holds(self, part: Part, is_fresh: Callable[[str], bool]) -> bool:
        """Tell whether a file stood there with the same pieces, none printed anew."""
        members = {(slot.story, slot.number) for slot in part.slots}
        return self._members.get(part.path) == members and not any(
            is_fresh(story) for story, _number in members
        )


class _Row(NamedTuple):
    """What is kept of an item: `content` only of one that stands in no part."""

    size: int
    part: str | None
    content: bytes | None


class Texts:
    """Every item that a pack may hold: printed now, kept, or in the parts before."""

    def __init__(
        self,
        before: "_Before",
        rows: dict[_Key, _Row],
        fresh: Iterable[_Fresh],
        salt: Salt,
        tongues: dict[str, list[Tongue]],
    ) -> None:
        self.salt = salt
        self._before = before
        some = [story for *_, story in fresh]
        self._fresh = {story.id: pack.items_of(story) for story in some}
        new = {one.id: tongues_of(one, self._fresh[one.id]) for one in some}
        self._tongues = {**tongues, **new}
        self._rows = rows
        self._stood = Stood((row.part, key) for key, row in rows.items())

    def paths(self) -> set[str]:
        """List the parts of the edition before."""
        return self._stood.paths

    def stands(self, part: Part) -> bool:
        """Tell whether a part stood in the edition before as it stands now."""
        return self._stood.holds(part, self.is_fresh)

    def salted(self, part: Part) -> Iterator[tuple[Item, str]]:
        """Give the items of a part, each with the salt of its story."""
        for slot in part.slots:
            yield self.item((slot.story, slot.number)), self.salt(slot.story)

    def sizes(self, story: str) -> list[tuple[int, int]]:
        """List the items of a story: number and bytes."""
        if story in self._fresh:
            return [(item.number, len(item.content)) for item in self._fresh[story]]
        found: list[tuple[int, int]] = []
        while row := self._rows.get((story, len(found) + 1)):
            found.append((len(found) + 1, row.size))
        if not found:
            raise ArchiveError(f"the pack has lost {story}")
        return found

    def is_fresh(self, story: str) -> bool:
        """Tell whether a story is printed now."""
        return story in self._fresh

    def tongues(self, story: str) -> list[Tongue]:
        """Say which words of a story's lines are in another language."""
        return self._tongues.get(story, [])

    def items(self, story: str) -> list[Item]:
        """Give the items of a story, in order."""
        return [self.item((story, number)) for number, _size in self.sizes(story)]

    def item(self, key: _Key) -> Item:
        """Give one item."""
        story, number = key
        if story in self._fresh:
            return self._fresh[story][number - 1]
        row = self._rows[key]
        if row.content is not None:
            return pack.item_of(row.content)
        return self._before.item(row.part or "", key)


class _Before:
    """The parts of the edition before, each read once."""

    def __init__(self, archive: Archive, root: Target | None) -> None:
        self._archive = archive
        self._root = root
        self._read: dict[str, dict[_Key, Item]] = {}

    def item(self, path: str, key: _Key) -> Item:
        """Give one item of a part."""
        if path not in self._read:
            self._read[path] = {(i.story, i.number): i for i in self._items(path)}
        if key not in self._read[path]:
            raise ArchiveError(f"{path}: has no item {key[1]} of {key[0]}")
        return self._read[path][key]

    def _items(self, path: str) -> Iterable[Item]:
        fetch = self._archive.object
        target = tree.find(self._root, path, fetch) if self._root else None
        if target is None:
            raise ArchiveError(f"{path}: not in the edition before")
        return pack.read_part(fetch(target, path)).items


def newest_of(rows: list[tuple[str, str]]) -> Newest:
    """Read ids and ISO times, newest first, as `Packing` needs them."""
    return [
        (story, datetime.fromisoformat(time).astimezone(UTC))
        for story, time in reversed(rows)
    ]
