"""Give the press its frozen input: service and story documents, one at a time.

Decides which documents fit together. What one document may say is for
`edition.documents`. No more than one story is held in memory.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from tamizdat.edition.documents import DOCUMENT_BYTES, read_document
from tamizdat.edition.errors import StoryError
from tamizdat.edition.fronts import Front
from tamizdat.edition.stories import Service, Story
from tamizdat.press.errors import ContentError
from tamizdat.press.stock import DIGEST_BYTES

Known = Mapping[str, dict[bytes, str]]  # by service: digests of documents, and their id
Refuse = Callable[[StoryError], None]

_SERVICE_MARK = b'"tamizdat-service/1"'


@dataclass(frozen=True)
class Frozen:
    """One story of the frozen input. `digest`: of its document, 16 bytes."""

    place: str
    digest: bytes
    story: Story


class Source(Protocol):
    """Frozen input."""

    @property
    def services(self) -> dict[str, Service]:
        """Services by id, in the order of their ids."""

    @property
    def fronts(self) -> dict[str, Front]:
        """Arranged front pages by service; complete once the stories were read."""

    @property
    def whole(self) -> bool:
        """Whether it holds every story, so that one not in it is missing."""

    def stories(self, known: Known, refuse: Refuse) -> Iterator[Frozen]:
        """Give the stories that are new or changed, in any order.

        Args:
            known: printed documents; a story found unchanged is taken out of it, so
                that what is left in the end was not found.
            refuse: takes each document that cannot be used.
        """


class ContentFile:
    """A content file: JSON Lines, in any order.

    Raises:
        ContentError: the file is missing, empty or cannot be read, or a service
            document is not as specified.
    """

    whole = True

    def __init__(self, path: Path) -> None:
        self._path = path
        self.fronts: dict[str, Front] = {}
        self.services = dict(sorted(self._services()))

    def _services(self) -> Iterator[tuple[str, Service]]:
        seen, empty = set(), True
        for place, line in self._lines():
            empty = False
            if _SERVICE_MARK not in line:
                continue
            try:
                document = read_document(line, place)
            except StoryError as error:
                if not _is_story(line):
                    raise ContentError(str(error)) from error
                continue  # a story that quotes the mark; refused when it is read
            if isinstance(document, Service):
                if document.id in seen:
                    raise ContentError(f"{place}: id: {document.id!r} stands twice")
                seen.add(document.id)
                yield document.id, document
        if empty:
            raise ContentError(f"{self._path}: empty, expected one document a line")

    def stories(self, known: Known, refuse: Refuse) -> Iterator[Frozen]:
        """Give new and changed stories. As `Source.stories`."""
        unchanged = {digest: rows for rows in known.values() for digest in rows}
        seen: set[bytes] = set()
        self.fronts.clear()
        for place, line in self._lines():
            digest = digest_of(line)
            if (rows := unchanged.pop(digest, None)) is not None:
                del rows[digest]
                continue
            try:
                document = read_document(line, place)
                if isinstance(document, Story):
                    key = digest_of(f"{document.service}/{document.id}".encode())
                    self._check(place, document, key in seen)
                    seen.add(key)
                    yield Frozen(place, digest, document)
                elif isinstance(document, Front):
                    note_front(self.fronts, document)
            except StoryError as error:
                refuse(error)

    def _check(self, place: str, story: Story, twice: bool) -> None:  # noqa: FBT001
        if twice:
            where = f"{place} ({story.service}/{story.id})"
            raise StoryError(where, "tamizdat.id", f"{story.id!r} stands twice")
        check_fit(place, story, self.services.get(story.service))

    def _lines(self) -> Iterator[tuple[str, bytes]]:
        try:
            with self._path.open("rb") as file:
                number = 0
                while line := file.readline(DOCUMENT_BYTES + 2):
                    number += 1
                    while not line.endswith(b"\n") and len(line) > DOCUMENT_BYTES:
                        rest = file.readline(DOCUMENT_BYTES)
                        if not rest or rest.endswith(b"\n"):
                            break  # the end of a line too long to be a document
                    if line.strip():
                        yield f"{self._path.name} line {number}", line
        except OSError as error:
            raise ContentError(f"{self._path}: {error.strerror}") from error


@dataclass(frozen=True)
class Documents:
    """Documents in memory: what a newsroom has just released, or all of it.

    Attributes:
        lines: documents as JSON.
    """

    services: dict[str, Service]
    lines: list[bytes]
    whole: bool
    fronts: dict[str, Front] = field(default_factory=dict)

    def stories(self, known: Known, refuse: Refuse) -> Iterator[Frozen]:
        """Give new and changed stories. As `Source.stories`."""
        unchanged = {digest: rows for rows in known.values() for digest in rows}
        for line in self.lines:
            digest = digest_of(line)
            if (rows := unchanged.pop(digest, None)) is not None:
                del rows[digest]
                continue
            try:
                story = read_document(line, "newsroom")
                if isinstance(story, Story):
                    check_fit("newsroom", story, self.services.get(story.service))
                    yield Frozen("newsroom", digest, story)
                elif isinstance(story, Front):
                    note_front(self.fronts, story)
            except StoryError as error:
                refuse(error)


def documents_of(lines: Iterable[bytes], *, whole: bool) -> Documents:
    """Make a source of documents in memory.

    Raises:
        StoryError: a service document is not as specified.
    """
    kept = list(lines)
    found = (read_document(x, "newsroom") for x in kept if _SERVICE_MARK in x)
    services = {s.id: s for s in found if isinstance(s, Service)}
    return Documents(dict(sorted(services.items())), kept, whole)


def digest_of(line: bytes) -> bytes:
    """Digest a document as it stands in its line."""
    return hashlib.sha256(line.strip()).digest()[:DIGEST_BYTES]


def note_front(fronts: dict[str, Front], front: Front) -> None:
    """Keep a front document.

    Raises:
        StoryError: its service has one already.
    """
    if front.service in fronts:
        front.fail("service", f"a second front document of {front.service!r}")
    fronts[front.service] = front


def check_fit(place: str, story: Story, service: Service | None) -> None:
    """Check that a story fits its service.

    Raises:
        StoryError: there is no such service or section, or another language.
    """
    place = f"{place} ({story.service}/{story.id})"
    if service is None:
        raise StoryError(place, "tamizdat.service", f"no service {story.service!r}")
    if story.language != service.language:
        raise StoryError(place, "language", f"expected {service.language}")
    if story.section not in {section.id for section in service.sections}:
        raise StoryError(place, "tamizdat.section", f"no section {story.section!r}")


def picture_folder(folder: Path) -> Callable[[str], bytes | None]:
    """Make a reader of pictures kept as <h2>/<sha256> below a folder."""

    def read(digest: str) -> bytes | None:
        try:
            return (folder / digest[:2] / digest).read_bytes()
        except FileNotFoundError:
            return None

    return read


def _is_story(line: bytes) -> bool:
    return b'"tamizdat-story/1"' in line
