"""Give the press its frozen input: service and story documents, one at a time.

Decides which documents fit together. What one document may say is for
`edition.documents`. No more than one story is held in memory.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from tamizdat.edition.documents import read_document, refuse_markup
from tamizdat.edition.errors import StoryError
from tamizdat.edition.fronts import Front
from tamizdat.edition.stories import Service, Story
from tamizdat.press.errors import ContentError
from tamizdat.press.recall import Remembered, Roll, Stretch
from tamizdat.press.stretches import (
    SERVICE_MARK,
    Cutter,
    Part,
    Span,
    Standing,
    digest_of,
)

Refuse = Callable[[StoryError], None]
Clock = Callable[[], int]


@dataclass(frozen=True)
class Frozen:
    """One story of the frozen input.

    Attributes:
        place: file and line, "" where there is no file.
        digest: of its document, 16 bytes.
    """

    place: str
    digest: bytes
    story: Story

    @property
    def named(self) -> str:
        """Where it stands, and its name, for messages."""
        name = f"{self.story.service}/{self.story.id}"
        return f"{self.place} ({name})" if self.place else name


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

    def stories(self, roll: Roll, refuse: Refuse) -> Iterator[Frozen]:
        """Give the stories that are new or changed, in any order.

        Args:
            roll: printed stories, each of which a whole source answers for.
            refuse: takes each document that cannot be used.

        Raises:
            ContentError: a story stands twice.
        """

    def remember(self, roll: Roll) -> None:
        """Have the roll remember what was read, all of which is printed now."""


class ContentFile:
    """A content: a file of JSON Lines, in any order, or a folder of such files.

    Raises:
        ContentError: a file is missing or cannot be read, there is no document at all,
            or a service document is not as specified.
    """

    whole = True

    def __init__(
        self,
        path: Path,
        remembered: Mapping[str, Remembered] | None = None,
        clock: Clock = time.time_ns,
    ) -> None:
        """Find the services, and what is new since it was remembered.

        Args:
            path: a file, or a folder of files named *.jsonl.
            remembered: what an archive remembers of its content.
            clock: tells the time that files are stamped with, ns.
        """
        before = remembered or {}
        now = clock()
        self._parts = {
            name: Part(file, before.get(name), now) for name, file in _files(path)
        }
        self._read: dict[str, Remembered] = {}
        self.fronts: dict[str, Front] = {}
        if all(part.empty for part in self._parts.values()):
            raise ContentError(f"{path}: empty, expected one document a line")
        self.services = dict(sorted(self._services()))

    def _services(self) -> Iterator[tuple[str, Service]]:
        seen = set()
        for place, line in (row for p in self._parts.values() for row in p.others):
            try:
                document = read_document(line, place)
            except StoryError as error:
                if not _is_story(line):
                    raise ContentError(str(error)) from error
                continue  # a story that quotes the mark; refused when it is read
            if isinstance(document, Service):
                _refuse_markup(line, place)
                if document.id in seen:
                    raise ContentError(f"{place}: id: {document.id!r} stands twice")
                seen.add(document.id)
                yield document.id, document

    def _arrange(self, refuse: Refuse) -> None:
        """Note every front document, in what did not change too."""
        self.fronts.clear()
        for place, line in (row for p in self._parts.values() for row in p.others):
            try:
                document = read_document(line, place)
            except StoryError:
                continue  # refused when its line is read as a new one
            try:
                if isinstance(document, Front):
                    note_front(self.fronts, document)
            except StoryError as error:
                refuse(error)

    def stories(self, roll: Roll, refuse: Refuse) -> Iterator[Frozen]:
        """Give new and changed stories. As `Source.stories`."""
        self._arrange(refuse)
        spans = (span for part in self._parts.values() for span in part.spans)
        standing = (span.stretch for span in spans if isinstance(span, Standing))
        roll.expect_all_but({s.id for s in standing if roll.holding(s)})
        for name, part in self._parts.items():
            stretches: list[Stretch] = []
            for span in part.spans:
                if isinstance(span, Standing) and roll.holding(span.stretch):
                    stretches.append(span.stretch)
                else:
                    yield from self._new(part, span, _Reading(roll, refuse, stretches))
            part.check()
            self._read[name] = Remembered(part.stamp, stretches)

    def _new(self, part: Part, span: Span, reading: "_Reading") -> Iterator[Frozen]:
        cutter = Cutter(span)
        for place, line in part.lines(span):
            digest = digest_of(line)
            story = reading.roll.answer(digest, place)
            if story is None and line.strip():
                frozen = self._frozen(place, line, digest, reading)
                if frozen:
                    story = reading.roll.come(frozen.story, place)
                    yield frozen
            if cutter.add(line, digest, story):
                reading.cut(cutter)
        reading.cut(cutter)

    def _frozen(
        self, place: str, line: bytes, digest: bytes, reading: "_Reading"
    ) -> Frozen | None:
        """Read a document; None for one that is no story for this press run."""
        try:
            story = read_document(line, place)
            if not isinstance(story, Story):
                return None
            if story.service in self.services.keys() - reading.roll.services:
                return None
            refuse_markup(line, place)
            check_fit(place, story, self.services.get(story.service))
        except StoryError as error:
            reading.refuse(error)
            return None
        return Frozen(place, digest, story)

    def remember(self, roll: Roll) -> None:
        """Have what was read remembered. As `Source.remember`."""
        roll.keep(self._read)


@dataclass(frozen=True)
class _Reading:
    """What the reading of one file works on. `stretches`: of it so far."""

    roll: Roll
    refuse: Refuse
    stretches: list[Stretch]

    def cut(self, cutter: Cutter) -> None:
        if cutter.lines:
            number = self.roll.add(cutter.stories)
            self.stretches.append(cutter.cut(number))


@dataclass(frozen=True)
class Documents:
    """Documents at hand: what a newsroom has just released, or all of it.

    Attributes:
        lines: documents as JSON; read once, so they need not be in memory.
    """

    services: dict[str, Service]
    lines: Iterable[bytes]
    whole: bool
    fronts: dict[str, Front] = field(default_factory=dict)

    def stories(self, roll: Roll, refuse: Refuse) -> Iterator[Frozen]:
        """Give new and changed stories. As `Source.stories`."""
        if self.whole:
            roll.expect_all_but(())
        for line in self.lines:
            digest = digest_of(line)
            if roll.answer(digest, "newsroom") is not None:
                continue
            try:
                story = read_document(line, "newsroom")
                if isinstance(story, Story):
                    check_fit("newsroom", story, self.services.get(story.service))
                    roll.come(story, "newsroom")
                    yield Frozen("", digest, story)
                elif isinstance(story, Front):
                    note_front(self.fronts, story)
            except StoryError as error:
                refuse(error)

    def remember(self, roll: Roll) -> None:
        """Have nothing remembered: it is read once."""
        roll.forget()


def documents_of(lines: Iterable[bytes], *, whole: bool) -> Documents:
    """Make a source of service and story documents in memory.

    Raises:
        StoryError: a service document is not as specified.
    """
    kept = list(lines)
    return Documents(services_of(kept), kept, whole)


def services_of(lines: Iterable[bytes]) -> dict[str, Service]:
    """Read the service documents among documents, in the order of their ids.

    Raises:
        StoryError: one is not as specified.
    """
    found = (read_document(x, "newsroom") for x in lines if SERVICE_MARK in x)
    return dict(sorted((s.id, s) for s in found if isinstance(s, Service)))


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
    sections = {section.id for section in service.sections}
    if story.section not in sections:
        raise StoryError(place, "tamizdat.section", f"no section {story.section!r}")
    for at, section in enumerate(story.also):
        if section not in sections:
            field = f"tamizdat.sections_also[{at}]"
            raise StoryError(place, field, f"no section {section!r}")


def picture_folder(folder: Path) -> Callable[[str], bytes | None]:
    """Make a reader of pictures kept as <h2>/<sha256> below a folder."""

    def read(digest: str) -> bytes | None:
        try:
            return (folder / digest[:2] / digest).read_bytes()
        except FileNotFoundError:
            return None

    return read


def _refuse_markup(line: bytes, place: str) -> None:
    try:
        refuse_markup(line, place)
    except StoryError as error:
        raise ContentError(str(error)) from error


def _is_story(line: bytes) -> bool:
    return b'"tamizdat-story/1"' in line


def _files(path: Path) -> Iterator[tuple[str, Path]]:
    """List the files of a content by their names in it; a single one has none."""
    if not path.is_dir():
        yield "", path
        return
    for file in sorted(path.glob("[!.]*.jsonl")):
        yield file.name, file
