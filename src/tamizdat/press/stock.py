"""Know which story stands on which list, without reading a story again.

Keeps of every printed story what lists show of it, and of every list its entries and
closed pages. Answers which pages of a list must be printed again after stories came,
changed or went. Holds no text of a story and decides nothing about looks.

Everything happens inside the transaction of one press run. Two queries name their
index, because SQLite without statistics would read all rows of the service instead.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, replace
from datetime import datetime
from typing import Any

from tamizdat.edition.blocks import Foreign
from tamizdat.edition.fronts import Arrangement
from tamizdat.edition.pages import Author, Card, Face, Shown, Sound, Thumb
from tamizdat.edition.releases import Head
from tamizdat.edition.stories import Tag
from tamizdat.press.errors import ArchiveError
from tamizdat.press.ledger import Told

SCHEMA = """
CREATE TABLE IF NOT EXISTS story (service TEXT NOT NULL, id TEXT NOT NULL,
    digest BLOB NOT NULL, card TEXT NOT NULL, pages INTEGER NOT NULL,
    release INTEGER NOT NULL, line TEXT NOT NULL, ledger TEXT NOT NULL,
    words BLOB NOT NULL,
    PRIMARY KEY (service, id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS changes (service TEXT NOT NULL, story TEXT NOT NULL,
    files INTEGER NOT NULL, PRIMARY KEY (service, story)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS picture (service TEXT NOT NULL, name TEXT NOT NULL,
    story TEXT NOT NULL, digest TEXT NOT NULL,
    PRIMARY KEY (service, name, story)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS picture_of ON picture (service, story);
CREATE TABLE IF NOT EXISTS moved (service TEXT NOT NULL, path TEXT NOT NULL,
    story TEXT NOT NULL, PRIMARY KEY (service, path)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS moved_of ON moved (service, story);
CREATE TABLE IF NOT EXISTS front (service TEXT PRIMARY KEY, lead TEXT NOT NULL,
    sections TEXT NOT NULL) WITHOUT ROWID;
"""
_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
DIGEST_BYTES = 16  # of the SHA-256 of a document; only equal or not matters


@dataclass(frozen=True)
class Known:
    """What is kept of a printed story.

    Attributes:
        card: what lists show of it, as JSON.
        pages: how many it has.
        head: its newest printed release.
        told: what readers were told by it.
    """

    card: str
    pages: int
    head: Head
    told: Told


class Stock:
    """The lists of one service."""

    def __init__(self, database: sqlite3.Connection, service: str) -> None:
        self._db = database
        self._service = service

    # Stories

    def digests(self) -> Iterator[tuple[bytes, str]]:
        """List the digest of every printed story's document, and its id."""
        yield from self._db.execute(
            "SELECT digest, id FROM story WHERE service = ?", (self._service,)
        )

    def digest(self, story: str) -> bytes | None:
        """Tell the digest of the document a story was last printed from."""
        row: tuple[bytes] | None = self._db.execute(
            "SELECT digest FROM story WHERE service = ? AND id = ?",
            (self._service, story),
        ).fetchone()
        return row[0] if row else None

    def count(self) -> int:
        """Count the printed stories."""
        row: tuple[int] = self._db.execute(
            "SELECT count(*) FROM story WHERE service = ?", (self._service,)
        ).fetchone()
        return row[0]

    def known(self, story: str) -> Known | None:
        """Tell what is kept of a story, if it was printed before."""
        row = self._db.execute(
            "SELECT card, pages, release, line, ledger, words FROM story"
            " WHERE service = ? AND id = ?",
            (self._service, story),
        ).fetchone()
        if row is None:
            return None
        return Known(row[0], row[1], Head(row[2], row[3]), Told(row[4], row[5]))

    def keep(
        self, card: Card, digest: bytes, pages: int, head: Head, told: Told
    ) -> str:
        """Keep what lists show of a story; returns it as JSON."""
        looks = write_card(card)
        self._db.execute(
            "REPLACE INTO story VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                self._service,
                card.id,
                digest,
                looks,
                pages,
                head.number,
                head.line,
                told.ledger,
                told.words,
            ),
        )
        return looks

    def card(self, story: str) -> Card | None:
        """Tell what lists show of a story, if it was printed."""
        row = self._db.execute(
            "SELECT card FROM story WHERE service = ? AND id = ?",
            (self._service, story),
        ).fetchone()
        return read_card(row[0]) if row else None

    def salt(self, story: str) -> str:
        """Tell the salt of the newest release of a story that was printed.

        Raises:
            ArchiveError: it was not.
        """
        card = self.card(story)
        if card is None:
            raise ArchiveError(f"the memory has lost {story}")
        return card.salt

    def arrangement(self) -> Arrangement:
        """Tell how the front page is arranged."""
        row = self._db.execute(
            "SELECT lead, sections FROM front WHERE service = ?", (self._service,)
        ).fetchone()
        if row is None:
            return Arrangement()
        sections = {key: tuple(ids) for key, ids in json.loads(row[1]).items()}
        return Arrangement(tuple(json.loads(row[0])), sections)

    def arrange(self, wanted: Arrangement) -> None:
        """Keep how the front page is arranged."""
        lead, sections = json.dumps(wanted.lead), json.dumps(wanted.sections)
        row = (self._service, lead, sections)
        self._db.execute("REPLACE INTO front VALUES (?, ?, ?)", row)

    def leads_to(self, path: str) -> str | None:
        """Tell which story an old address leads to."""
        row: tuple[str] | None = self._db.execute(
            "SELECT story FROM moved WHERE service = ? AND path = ?",
            (self._service, path),
        ).fetchone()
        return row[0] if row else None

    def keep_moved(self, story: str, paths: Iterable[str]) -> list[str]:
        """Keep which old addresses lead to a story, and to no other.

        Returns:
            Those that led to it before and do not now.
        """
        rows = self._db.execute(
            "SELECT path FROM moved INDEXED BY moved_of"
            " WHERE service = ? AND story = ?",
            (self._service, story),
        )
        before, now = {path for (path,) in rows}, set(paths)
        for path in now - before:
            row = (self._service, path, story)
            self._db.execute("INSERT INTO moved VALUES (?, ?, ?)", row)
        for path in before - now:
            self._db.execute(
                "DELETE FROM moved WHERE service = ? AND path = ?",
                (self._service, path),
            )
        return sorted(before - now)

    def keep_changes(self, story: str, files: int) -> int:
        """Keep how many pages tell what a story's releases changed.

        Returns:
            How many did before.
        """
        key = (self._service, story)
        row = self._db.execute(
            "SELECT files FROM changes WHERE service = ? AND story = ?", key
        ).fetchone()
        if files:
            self._db.execute("REPLACE INTO changes VALUES (?, ?, ?)", (*key, files))
        elif row:
            self._db.execute("DELETE FROM changes WHERE service = ? AND story = ?", key)
        return row[0] if row else 0

    def keep_pictures(self, story: str, digests: Mapping[str, str]) -> dict[str, str]:
        """Keep which picture files a story shows.

        Args:
            story: its id.
            digests: SHA-256 in hex of each file, by name.

        Returns:
            The same of those it showed before and does not show now.
        """
        rows = self._db.execute(
            "SELECT name, digest FROM picture INDEXED BY picture_of"
            " WHERE service = ? AND story = ?",
            (self._service, story),
        )
        before = dict(rows.fetchall())
        for name in digests.keys() - before.keys():
            row = (self._service, name, story, digests[name])
            self._db.execute("INSERT INTO picture VALUES (?, ?, ?, ?)", row)
        dropped = {name: before[name] for name in before.keys() - digests.keys()}
        for name in dropped:
            self._db.execute(
                "DELETE FROM picture WHERE service = ? AND name = ? AND story = ?",
                (self._service, name, story),
            )
        return dropped

    def shows(self, name: str) -> bool:
        """Tell whether any story shows the picture of this name."""
        found = self._db.execute(
            "SELECT 1 FROM picture WHERE service = ? AND name = ? LIMIT 1",
            (self._service, name),
        )
        return found.fetchone() is not None

    def shown(self, digest: str) -> bool:
        """Tell whether any story of any service shows a picture; slow, and rare."""
        found = self._db.execute(
            "SELECT 1 FROM picture WHERE digest = ? LIMIT 1", (digest,)
        )
        return found.fetchone() is not None


def write_card(card: Card) -> str:
    """Write a card as JSON: its values in their order."""
    thumb, sounds = card.beside.thumb, card.beside.sounds
    values = [
        *(card.id, card.uri, card.path, card.section, card.kicker, card.headline),
        *(card.standfirst, card.published.isoformat()),
        card.updated and card.updated.isoformat(),
        *(card.breaking, card.salt, card.language),
        *([(tag.id, tag.name) for tag in card.tags], card.standing, card.note),
        *(card.also, card.live, [_named(one) for one in card.authors]),
        *(thumb and (thumb.files, thumb.plain), [astuple(one) for one in sounds]),
        *_last(card),
    ]
    return _COMPACT.encode(values)


def _last(card: Card) -> list[Any]:
    """Leave out what most stories lack: a memory has a card for each of a million."""
    beside = card.beside
    if card.foreign:
        return [beside.origin, beside.pictures, [astuple(one) for one in card.foreign]]
    if beside.pictures and not beside.thumb:
        return [beside.origin, True]
    return [beside.origin] if beside.origin else []


def _named(author: Author) -> list[Any]:
    """Write an author: the values in their order, without the last ones if empty."""
    face = astuple(author.face) if author.face else None
    values = [author.id, author.name, author.role, author.bio, face]
    while values[-1] is None:
        values.pop()
    return values


def read_card(text: str) -> Card:
    """Read a card as `write_card` wrote it."""
    values = json.loads(text)
    values[7] = datetime.fromisoformat(values[7])
    values[8] = values[8] and datetime.fromisoformat(values[8])
    values[12] = tuple(Tag(*tag) for tag in values[12])
    values[14] = values[14] and tuple(values[14])
    values[15:16] = [tuple(also) for also in values[15:16]]  # older memories have none
    values[17:18] = [tuple(_author(*one) for one in some) for some in values[17:18]]
    foreign = tuple(Foreign(*one) for some in values[22:] for one in some)
    values[18:] = [_beside(*values[18:22])]
    card = Card(*values)
    return replace(card, foreign=foreign) if foreign else card


def _author(
    id_: str,
    name: str,
    role: str | None = None,
    bio: str | None = None,
    face: list[Any] | None = None,
) -> Author:
    return Author(id_, name, role, bio, Face(*face) if face else None)


def _beside(
    thumb: list[Any] | None = None,
    sounds: Iterable[list[Any]] = (),
    origin: str = "",
    pictures: bool = False,  # noqa: FBT001, FBT002  of an array of JSON
) -> Shown:
    heard = tuple(Sound(*one) for one in sounds)
    small = _thumb(*thumb) if thumb else None
    return Shown(small, heard, origin, pictures or small is not None)


def _thumb(files: list[list[Any]], plain: list[Any]) -> Thumb:
    name, width, height = plain
    return Thumb(tuple((str(n), int(w)) for n, w in files), (name, width, height))
