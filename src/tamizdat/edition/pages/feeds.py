"""Print the feeds that stand beside lists, cut where the lists are cut: Atom first.

Decides what a feed reader is told of a story. Atom is the readers' feed: all its links
are relative, so they lead to the mirror that served it. What names the home address
instead is for `syndication`.

Source: RFC 4287; RFC 5005 section 3 for feeds that go on; spec/feeds.md.
"""

import uuid
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from xml.sax.saxutils import escape, quoteattr

from tamizdat.edition.cuts import clipped, shortened
from tamizdat.edition.dates import utc_stamp
from tamizdat.edition.pages.addresses import up
from tamizdat.edition.pages.budget import PAGE_BYTES
from tamizdat.edition.pages.cards import RETRACTED, Card, Sound
from tamizdat.edition.stories import Service
from tamizdat.edition.wording import wording

TOLD = 20  # newest entries of a feed's first document, at least
_STEP, _FEWEST = 10, 30  # letters of a part where all of it has no room
_LONGEST = 320  # of a title: what lists leave of a headline, with what it is called
NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # when a feed without entries changed

_ATOM = "http://www.w3.org/2005/Atom"
# Names feeds by RFC 9562, section 5.5; a random UUID, made once.
_NAMES = uuid.UUID("6f1c1d0e-6a0b-4b7e-9d59-0c2f3b8f7a41")


@dataclass(frozen=True)
class Told:
    """A part of a summary. `lead`: stays whole, as the kind of a note, or is empty."""

    lead: str
    text: str

    def shorter(self, most: int) -> "Told":
        """Leave so many characters of the text; 0 for a sign that there is one."""
        return Told(self.lead, shortened(self.text, most) if self.text else "")


@dataclass(frozen=True)
class FeedEntry:
    """One entry of a feed.

    Attributes:
        uri: never changes.
        path: of the page it leads to, inside the service's tree.
        parts: of its summary.
        updated: UTC.
        salt: of the newest release; stands wherever the story's words stand.
        sounds: what can be heard in it.
    """

    uri: str
    path: str
    title: str
    parts: tuple[Told, ...]
    published: datetime
    updated: datetime
    salt: str
    sounds: tuple[Sound, ...] = ()

    @property
    def summary(self) -> str | None:
        """The parts in one text, if there is any."""
        words = (word for part in self.parts for word in (part.lead, part.text))
        return " ".join(filter(None, words)) or None

    def titled(self, most: int) -> "FeedEntry":
        """Leave so many characters of the title."""
        return replace(self, title=shortened(self.title, most))

    def shorter(self, most: int) -> "FeedEntry":
        """Leave so many characters of each part of the summary."""
        return replace(self, parts=tuple(part.shorter(most) for part in self.parts))


@dataclass(frozen=True)
class FeedPage:
    """Where one document of a feed stands.

    Attributes:
        path: of the document.
        first: path of the feed's newest document.
        page: of the HTML page beside the newest document.
        older: path of the document with older entries, if there is one.
        title: of the feed.
    """

    path: str
    first: str
    page: str
    older: str | None
    title: str


Writer = Callable[[FeedPage, Sequence[FeedEntry], Service], str]


@dataclass(frozen=True)
class Format:
    """One way to write a feed.

    Attributes:
        ending: of its documents, without the dot.
        type: media type.
        write: writes a document; its entries are the newest first.
    """

    ending: str
    type: str
    write: Writer

    def path(self, page: str) -> str:
        """Give the path of the feed beside a page of a list.

        Atom stands beside every page. Of others, those of a root stand in a folder of
        their own: a root has few entries.
        """
        stem = page.removesuffix(".html")
        beside = "/" in stem or self.ending == "atom"
        return f"{stem}.{self.ending}" if beside else f"feeds/{stem}.{self.ending}"


def story_entry(card: Card) -> FeedEntry:
    """Tell of a story: its headline, what it is about, what was corrected."""
    words = wording(card.language).plain
    parts = []
    if card.note:
        kind, note = card.note
        parts.append(Told(f"{words[kind]}:", clipped(note)))
    if card.standfirst:
        parts.append(Told("", clipped(card.standfirst)))
    retracted = card.standing == RETRACTED
    headline = clipped(card.headline)
    return FeedEntry(
        uri=card.uri,
        path=card.path,
        title=f"{words['retracted']}: {headline}" if retracted else headline,
        parts=tuple(parts),
        published=card.published,
        updated=card.updated or card.published,
        salt=card.salt,
        sounds=card.beside.sounds,
    )


def filled(
    entries: Sequence[FeedEntry], write: Callable[[Sequence[FeedEntry]], bytes]
) -> bytes:
    """Write entries into one document, their summaries as long as fit, then titles.

    Args:
        entries: the newest first.
        write: writes a document of them.

    Returns:
        The document; too long if that does not do.

    Source: spec/feeds.md, "Documents", 2.
    """
    if (over := len(content := write(entries)) - PAGE_BYTES) <= 0:
        return content
    longest = max((len(p.text) for one in entries for p in one.parts), default=0)
    lengths = (0, *range(_FEWEST, longest, _STEP))
    at = bisect_right(lengths, _size(entries) - over, key=partial(_size, entries)) - 1
    content = write([one.shorter(lengths[max(at, 0)]) for one in entries])
    for most in lengths[max(at, 0) + 1 :]:  # escapes that are gone, too, give room
        more = write([one.shorter(most) for one in entries])
        if len(more) > PAGE_BYTES:
            break
        content = more
    return content if len(content) <= PAGE_BYTES else _titled(entries, write)


def _titled(
    entries: Sequence[FeedEntry], write: Callable[[Sequence[FeedEntry]], bytes]
) -> bytes:
    """Write entries without summaries, their titles as long as fit."""
    bare = [one.shorter(0) for one in entries]
    lengths = range(_LONGEST, _FEWEST - _STEP, -_STEP)
    for most in lengths:
        content = write([one.titled(most) for one in bare])
        if len(content) <= PAGE_BYTES:
            break
    return content


def _size(entries: Sequence[FeedEntry], most: int | None = None) -> int:
    """Count the bytes of all summaries, without escapes."""
    some = entries if most is None else [one.shorter(most) for one in entries]
    return sum(len((one.summary or "").encode()) for one in some)


def last_change(entries: Sequence[FeedEntry]) -> datetime:
    """Tell when the newest of some entries changed, UTC."""
    return max((entry.updated for entry in entries), default=NEVER)


def feed_name(service: Service, first: str) -> uuid.UUID:
    """Name a feed for good, by where its first document stands."""
    return uuid.uuid5(_NAMES, f"{service.organisation}\n{service.id}\n{first}")


def _write(where: FeedPage, entries: Sequence[FeedEntry], service: Service) -> str:
    root = up(where.path)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="{_ATOM}" xml:lang={quoteattr(service.language)}>',
        f"<id>{feed_name(service, where.first).urn}</id>",
        f"<title>{escape(where.title)}</title>",
        f"<updated>{utc_stamp(last_change(entries))}</updated>",
        f"<author><name>{escape(service.organisation)}</name></author>",
        f'<link rel="self" href="{root}{where.path}"/>',
        f'<link href="{root}{where.page}"/>',
        f'<link rel="first" href="{root}{where.first}"/>',
    ]
    if where.older:
        lines.append(f'<link rel="next" href="{root}{where.older}"/>')
    lines.extend(_entry(entry, root) for entry in entries)
    return "\n".join([*lines, "</feed>\n"])


def _entry(entry: FeedEntry, root: str) -> str:
    summary = entry.summary and f"<summary>{escape(entry.summary)}</summary>"
    return (
        f"<entry><?salt {entry.salt}?><id>{escape(entry.uri)}</id>"
        f"<title>{escape(entry.title)}</title>"
        f'<link href="{root}{entry.path}"/>'
        f"{''.join(_enclosure(sound, root) for sound in entry.sounds)}"
        f"<published>{utc_stamp(entry.published)}</published>"
        f"<updated>{utc_stamp(entry.updated)}</updated>{summary or ''}</entry>"
    )


def _enclosure(sound: Sound, root: str) -> str:
    return (
        f'<link rel="enclosure" type="{sound.type}" length="{sound.size}"'
        f' title={quoteattr(sound.title)} href="{root}m/{sound.file}"/>'
    )


ATOM = Format("atom", "application/atom+xml", _write)
