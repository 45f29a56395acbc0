"""Say what a story and its service are: the frozen input of the press.

Decides which facts an article has. `documents` reads them from JSON, `pages` shows
them.

Source: spec/story-document.md; names from IPTC ninjs 3.1.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from tamizdat.edition.compare import Run

RELEASE_KINDS = (
    "publish",
    "update",
    "correction",
    "clarification",
    "retraction",
    "redaction",
    "withdrawal",
    "minor",
)
NOTED_KINDS = ("correction", "clarification", "retraction")  # readers are told why
STAMPED_KINDS = ("update", *NOTED_KINDS, "redaction", "withdrawal")  # move "Updated"
RETRACTED, WITHDRAWN = "retracted", "withdrawn"
PICTURE_TYPES = {"image/avif": "avif", "image/webp": "webp", "image/jpeg": "jpg"}

_STANDINGS = {
    "retraction": RETRACTED,
    "withdrawal": WITHDRAWN,
    "publish": "",
    "update": "",
}


def standing_after(kinds: Iterable[str]) -> str:
    """Say whether a story stands after releases: "", retracted or withdrawn.

    Only an update brings a text back. A correction, a redaction or a minor change made
    after a retraction speaks of the notice, not of the text that was taken down.
    """
    known = [kind for kind in kinds if kind in _STANDINGS]
    return _STANDINGS[known[-1]]


@dataclass(frozen=True)
class Notice:
    """What the law may do to a reader, as the service words it."""

    designation: str
    paragraphs: tuple[str, ...]
    more: str | None


@dataclass(frozen=True)
class Section:
    """A part of the paper: id is its path, name is what readers see.

    Attributes:
        retired: it takes no new stories; its pages stay for those it has.
    """

    id: str
    name: str
    retired: bool = False


@dataclass(frozen=True)
class Service:
    """One language service. `direction` is ltr or rtl."""

    organisation: str
    id: str
    name: str
    language: str
    direction: str
    time_zone: str
    calendar: str
    territories: tuple[str, ...]
    bio: str | None
    notice: Notice | None
    sections: tuple[Section, ...]

    @property
    def current(self) -> tuple[Section, ...]:
        """The sections of the front page and the bar: those not retired."""
        return tuple(section for section in self.sections if not section.retired)


@dataclass(frozen=True)
class Tag:
    """What a story is about: id is its path, name is what readers see."""

    id: str
    name: str


@dataclass(frozen=True)
class Mark:
    """Emphasis or a link over code points `start` to `end`, exclusive."""

    kind: str
    start: int
    end: int
    href: str | None


@dataclass(frozen=True)
class Block:
    """A part of a body. A paragraph, subhead or quote has text; others have rows.

    Attributes:
        rows: a list has one cell a row, a table has as many as it needs.
    """

    kind: str
    text: str = ""
    marks: tuple[Mark, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def lines(self) -> list[str]:
        """Its text as readers see it: one line, or one for each item or row."""
        return [" | ".join(row) for row in self.rows] if self.rows else [self.text]


@dataclass(frozen=True)
class Rendition:
    """One size of a picture. `digest`: SHA-256 in hex; `size`: bytes."""

    digest: str
    type: str
    width: int
    height: int
    size: int

    @property
    def name(self) -> str:
        """Name the file inside an edition: half the hash and an ending."""
        return f"{self.digest[:32]}.{PICTURE_TYPES[self.type]}"


@dataclass(frozen=True)
class Picture:
    """A picture with its words. `renditions`: narrowest first within a type."""

    caption: str
    alt: str
    credit: str | None
    renditions: tuple[Rendition, ...]


@dataclass(frozen=True)
class Byline:
    """Who answers for the text: a name, a role, a short life."""

    name: str
    role: str | None
    bio: str | None


@dataclass(frozen=True)
class Change:
    """What a release changed in one part. `runs`: an excerpt, see `compare`."""

    part: str
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Release:
    """One line of an article's ledger.

    Attributes:
        time: UTC.
        salt: 22 characters.
        changes: by part; () if no word differs, None where nothing is shown.
    """

    number: int
    kind: str
    time: datetime
    note: str | None
    salt: str
    changes: tuple[Change, ...] | None = None


@dataclass(frozen=True)
class Lineage:
    """Which release of which article this one derives from.

    Attributes:
        published: time of the original's first release, UTC; part of its address.
        language: BCP 47 tag of the original, or None where nobody noted it.
    """

    relation: str
    service: str
    id: str
    release: int
    headline: str
    published: datetime
    language: str | None = None


@dataclass(frozen=True)
class Translation:
    """A link to an article of another service that derives from this one.

    Attributes:
        published: time of that article's first release, UTC; part of its address.
    """

    service: str
    id: str
    language: str
    published: datetime


@dataclass(frozen=True)
class Dateline:
    """Where and when the reporting was done."""

    place: str
    date: date | None


@dataclass(frozen=True)
class Story:
    """One article at its newest release.

    Attributes:
        releases: oldest first, at least one.
        permalinks: addresses it had elsewhere before, as URLs.
    """

    service: str
    id: str
    uri: str
    language: str
    section: str
    urgency: int | None
    breaking: bool
    slugline: str | None
    kicker: str | None
    headline: str
    standfirst: str | None
    dateline: Dateline | None
    picture: Picture | None
    body: tuple[Block, ...]
    credit_line: str | None
    bylines: tuple[Byline, ...]
    lineage: Lineage | None
    translations: tuple[Translation, ...]
    tags: tuple[Tag, ...]
    releases: tuple[Release, ...]
    permalinks: tuple[str, ...] = ()

    @property
    def published(self) -> datetime:
        """Time of the first release, UTC."""
        return self.releases[0].time

    @property
    def release(self) -> Release:
        """The newest release."""
        return self.releases[-1]

    @property
    def updated(self) -> datetime | None:
        """Time of the newest release that moves the stamp, UTC, or None."""
        stamped = [r.time for r in self.releases if r.kind in STAMPED_KINDS]
        return stamped[-1] if stamped else None
