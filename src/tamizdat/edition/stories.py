"""Say what a story and its service are: the frozen input of the press.

Decides which facts an article has. `documents` reads them from JSON, `pages` shows
them.

Source: spec/story-document.md; names from IPTC ninjs 3.1.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from tamizdat.edition.blocks import Foreign, Passage, exhibits
from tamizdat.edition.compare import Run
from tamizdat.edition.media import Medium, Picture

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
SHOWN_KINDS = (*NOTED_KINDS, "redaction")  # each has a note on the page
STAMPED_KINDS = ("update", *NOTED_KINDS, "redaction", "withdrawal")  # move "Updated"
RETRACTED, WITHDRAWN = "retracted", "withdrawn"
LIVE, ENDED = "live", "ended"

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
class Look:
    """What a newsroom changed of how pages look.

    Attributes:
        accent: colour of flags and links on light paper and on dark, as "9d1220".
        footer: a line of its own at the foot of every page.
        mast, foot: templates in place of what stands in the head and at the foot.
        logo: an svg element of shapes alone, before the name.
        style: rules of its own, behind those of the theme.
    """

    accent: tuple[str, str] | None = None
    footer: str | None = None
    mast: str | None = None
    foot: str | None = None
    logo: str | None = None
    style: str | None = None


@dataclass(frozen=True)
class Service:
    """One language service.

    Attributes:
        direction: ltr or rtl.
        territories: codes of ISO 3166-1 or 3166-2.
        date_style: of CLDR: full, long, medium or short.
        home: address that names its pages elsewhere, without a slash at the end.
        about: what it says of itself, by paragraph.
        mirrors: addresses of public mirrors.
        look: what its newsroom changed of how pages look.
        foreign: words of other languages in its bio, notice and `about`.
    """

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
    date_style: str = "long"
    home: str | None = None
    about: tuple[str, ...] = ()
    mirrors: tuple[str, ...] = ()
    look: Look = Look()
    foreign: tuple[Foreign, ...] = ()

    def __hash__(self) -> int:
        """Hash the id alone: much is cached by service, and asked for by each story."""
        return hash(self.id)

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
class Byline:
    """Who answers for the text: a name, a role, a short life.

    Attributes:
        kind: person or service, None where it is not known. A protected name is a
            person's like any other.
        wide, square: portraits.
        id: of the list of what they wrote, None where there is none.
    """

    name: str
    role: str | None
    bio: str | None
    kind: str | None = None
    wide: Picture | None = None
    square: Picture | None = None
    id: str | None = None


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
        foreign: words in other languages in its changes that the story does not name.
    """

    number: int
    kind: str
    time: datetime
    note: str | None
    salt: str
    changes: tuple[Change, ...] | None = None
    foreign: tuple[Foreign, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Original:
    """An article that another derives from, as a line about it names it.

    Attributes:
        published: time of its first release, UTC; part of its address.
        language: BCP 47 tag, or None where nobody noted it.
        name: of the service that tells it, or None.
        foreign: words in its headline that are in another language than that.
    """

    service: str
    id: str
    headline: str
    published: datetime
    language: str | None = None
    name: str | None = None
    foreign: tuple[Foreign, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Lineage(Original):
    """Which release of which article this one derives from.

    Attributes:
        by: who translated, or None.
        original: where that article derives from another itself, the one at the
            beginning, which readers are led to.
    """

    relation: str
    release: int
    by: str | None = None
    original: Original | None = None


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
class Place:
    """What place a story is about. `territory`: ISO 3166-1 or 3166-2 code."""

    id: str
    name: str
    territory: str | None


@dataclass(frozen=True)
class Related:
    """Another story an editor chose to go with this one.

    Attributes:
        published: time of that story's first release, UTC; part of its address.
        language: BCP 47 tag, None for the language of this story.
    """

    service: str
    id: str
    published: datetime
    headline: str
    language: str | None


@dataclass(frozen=True)
class Story:
    """One article at its newest release.

    Attributes:
        also: ids of further sections in whose lists it stands.
        live: "", LIVE or ENDED.
        releases: oldest first, at least one.
        permalinks: addresses it had elsewhere before, as URLs.
        foreign: words in other languages, wherever its texts have them.
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
    body: tuple[Passage, ...]
    credit_line: str | None
    bylines: tuple[Byline, ...]
    lineage: Lineage | None
    translations: tuple[Translation, ...]
    tags: tuple[Tag, ...]
    releases: tuple[Release, ...]
    permalinks: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    live: str = ""
    places: tuple[Place, ...] = ()
    related: tuple[Related, ...] = ()
    foreign: tuple[Foreign, ...] = ()

    def __hash__(self) -> int:
        """Hash what tells most stories apart, and not every word."""
        return hash((self.service, self.id, self.releases[-1].salt))

    @cached_property
    def media(self) -> tuple[Medium, ...]:
        """All that it shows beside words: lead, body, portraits."""
        shown = (medium for one in exhibits(self.body) for medium in one.media)
        faces = (face for line in self.bylines for face in (line.wide, line.square))
        return tuple(one for one in (self.picture, *shown, *faces) if one)

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
