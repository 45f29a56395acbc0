"""Read the pages that tell what the releases of a story changed, whole.

Every note stands there whole, and some stand there alone. As `reprint`, it reads what
this version prints and refuses all else: nothing stands there but words of the paper,
the story's headline, and of each release its kind, its time, its note, what it changed.

Source: spec/addresses.md, "Stories"; `templates/changes.html`,
`templates/changed.html`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import unescape

from minijinja import escape

from tamizdat.edition import below
from tamizdat.edition.changes import PARTS
from tamizdat.edition.compare import ADDED, REMOVED
from tamizdat.edition.cuts import may_go_on
from tamizdat.edition.dates import write_day
from tamizdat.edition.languages import direction
from tamizdat.edition.markup import Element, parse, strange
from tamizdat.edition.pages.directed import undirected
from tamizdat.edition.proofreader import SAID, Proofreader
from tamizdat.edition.sheet import Sheet, local_of, open_sheet
from tamizdat.edition.stories import RELEASE_KINDS, SHOWN_KINDS

_HEADLINE = re.compile(rf'<a href="([a-z0-9-]+\.html)">({SAID})</a>')
_HEADING = re.compile(
    r"((?:<span[^>]*>)?[^<]*(?:</span>)?)"
    r' <small><time datetime="([^"<>]*)">([^<]*)</time></small>'
)
_NUMBER = re.compile(r"r([1-9]\d{0,6})")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_RUN = re.compile(
    r"<(?P<tag>del|ins)><span>\[(?P<said>(?:<span[^>]*>)?[^<]*(?:</span>)?) </span>"
    rf'<bdi dir="(?P<dir>ltr|rtl)">(?P<text>{SAID})</bdi><span>\]</span></(?P=tag)>'
)
_SPAN_ENDS = re.compile(  # where a page ended
    r'(<span lang="([A-Za-z0-9-]+)" dir="(?:ltr|rtl)">[^<]*)</span>'
    r'<span lang="\2" dir="(?:ltr|rtl)">'
)
_RUNS = {"del": REMOVED, "ins": ADDED}
_GIVEN: dict[str, set[str]] = {
    "h2": {"id"},
    "p": set(),
    "p how": {"class"},
    "h3": set(),
}
_GIVEN |= {"blockquote": set(), "nav pager": {"class", "aria-label"}}
_SHOWN = 40  # characters of what stands where nothing should

Line = tuple[str, str]  # kind of a run or of an element, and its text


@dataclass
class Entry:
    """What is told of one release.

    Attributes:
        number: of the release.
        kind: of it, by the paper's own words; "" for words that are not ours.
        day: of it where the paper is, as 2026-11-20.
        when: its time as it is written, as markup.
        moment: its time, UTC; "" where only its day is told.
        note: as markup, without what the paper says of its own.
        shown: all of it that a reader sees, as markup.
        lines: what is told of what it changed: "h3" begins a part, "p how" says that
            there is nothing; else the runs of a line each.
    """

    number: int
    kind: str
    day: str
    when: str
    moment: str
    note: str = ""
    shown: str = ""
    lines: list[list[Line]] = field(default_factory=list)

    @property
    def said(self) -> str:
        """All of it that a reader sees, as text."""
        return unescape(re.sub("<[^>]*>", "", self.shown))

    @property
    def changed(self) -> bool:
        """Whether something is told of what it changed."""
        return any(line[:1] != [("p how", "")] for line in self.lines)


@dataclass(frozen=True)
class Telling:
    """What stands on all of the pages.

    Attributes:
        entries: what is told of releases, from the oldest.
        head: address and headline of the story, and the salt; () without a page.
        whole: it tells of every release, and not of those alone that have notes.
        spoken: words of other languages in the headline, as `Proofreader.spoken`.
        unknown: words that this version does not print there.
    """

    entries: tuple[Entry, ...] = ()
    head: tuple[str, ...] = ()
    whole: bool = False
    spoken: frozenset[tuple[str, str, str]] = frozenset()
    unknown: frozenset[str] = frozenset()


def read_told(pages: Sequence[bytes], path: str) -> Telling:
    """Read the pages of one story, in their order.

    Args:
        pages: identity bytes; may be none.
        path: of the story, for messages.

    Raises:
        PageError: not a page that this press prints, or not all are of one story.
    """
    sheets = [open_sheet(page, path) for page in pages]
    if not sheets:
        return Telling()
    reader = _Reader(path, sheets[0].language)
    heads = {reader.read(sheet) for sheet in sheets}
    if len(heads) > 1:
        raise strange(path, f"{len(heads)} titles, headlines or salts on its pages")
    reader.check()
    return Telling(
        entries=tuple(sorted(reader.entries, key=lambda one: one.number)),
        head=heads.pop(),
        whole=reader.whole,
        spoken=frozenset(reader.spoken),
        unknown=frozenset(reader.unknown),
    )


class _Reader(Proofreader):
    """All pages, one after the other."""

    def __init__(self, path: str, language: str) -> None:
        super().__init__(path, language)
        self.entries: list[Entry] = []
        self._intros: set[bool] = set()
        self._noted = False  # a note of the newest entry stands on this page
        self._way = direction(language)

    @property
    def whole(self) -> bool:
        """Whether times are told, as they are of all releases or of none."""
        return any(one.moment for one in self.entries)

    def read(self, sheet: Sheet) -> tuple[str, ...]:
        """Read one page; give what must be the same on all of them."""
        article = undirected(sheet.article, self._way, self.path)
        found = [self._element(one) for one in parse(article, self.path)]
        kinds = [one.kind for one in found]
        if kinds[:2] != ["h1", "p stand"] or found[0].given or len(found[1].given) > 1:
            raise strange(self.path, sheet.article)
        self.own("heading", found[0].inner, [self.w.html["changes_title"]])
        address, headline = self.match(_HEADLINE, found[1]).groups()
        headline = self.said("headline", headline)
        title = f"{self.w.plain['changes_title']} – {headline}"  # noqa: RUF001
        self.own("title", sheet.head["title"], [title])
        intro = kinds[2:3] == ["p how"]
        self._intros.add(intro)
        if intro:
            self.own("above", found[2].inner, [self.w.html["changes_intro"]])
        self._noted = False
        for at, one in enumerate(found[3 if intro else 2 :]):
            self._child(one, begins=at == 0)
        return address, headline, sheet.head["salt"]

    def _element(self, one: Element | str) -> Element:
        if isinstance(one, str):
            raise strange(self.path, one)
        return one

    def _child(self, one: Element, *, begins: bool) -> None:
        if set(one.given) != _GIVEN.get(one.kind):
            raise strange(self.path, f"{one.name} {dict(one.given)}")
        if one.kind == "h2":
            self.entries.append(self._release(one))
            self._noted = False
        elif one.kind == "nav pager":
            below.check_turns(self, one)
        elif not self.entries:
            raise strange(self.path, one.inner)
        elif one.kind == "p":
            self._paragraph(one, self.entries[-1])
        else:
            self._line(one, self.entries[-1].lines, begins=begins)

    def _release(self, heading: Element) -> Entry:
        number = _NUMBER.fullmatch(heading.given["id"])
        label, iso, text = self.match(_HEADING, heading).groups()
        if number is None:
            raise strange(self.path, heading.given["id"])
        kinds = {str(self.w.html[kind]): kind for kind in reversed(RELEASE_KINDS)}
        self.own("kind", label, kinds)
        kind = kinds.get(label, "")
        if not _DAY.fullmatch(iso):
            moment = self.moment(iso, text, day=False)
            day = local_of(iso, self.path).date()
            return Entry(int(number[1]), kind, day.isoformat(), text, moment)
        try:
            day = date.fromisoformat(iso)
        except ValueError as error:
            raise strange(self.path, iso) from error
        ours = {way: write_day(day, way, self.language) for way in self.ways}
        self.dated(self.plain(text), ours)
        return Entry(int(number[1]), kind, iso, text, "")

    def _paragraph(self, one: Element, entry: Entry) -> None:
        """Add a paragraph; the note of one that ends a page goes on with the next."""
        inner = one.inner
        if inner == self.w.html["redaction_text"] and not entry.shown:
            self.own("redaction", entry.kind, ["redaction"])
            entry.shown = f"{inner} "
            return
        if self._noted or entry.lines:
            self.unknown.add(f"release {entry.number}: {inner}")
        self._noted = True
        entry.shown += inner
        if inner == self.w.html["note_removed"]:
            inner = str(escape(self.w.plain["note_removed"]))
        else:
            list(self.parts(inner))  # or it is strange
        entry.note = _SPAN_ENDS.sub(r"\1", entry.note + inner)

    def _line(self, one: Element, lines: list[list[Line]], *, begins: bool) -> None:
        """Read one line of what changed, or go on with the one that ended a page."""
        if one.kind == "h3":
            parts = [escape(self.w.plain[f"part_{part}"]) for part in PARTS]
            self.own("part", one.inner, map(str, parts))
            lines.append([("h3", one.inner)])
        elif one.kind == "p how":
            self.own("nothing", one.inner, [self.w.html["changes_none"]])
            lines.append([("p how", "")])
        else:
            found = self._runs(one)
            if begins and lines and may_go_on("".join(t for _, t in lines[-1])):
                found = [*lines.pop(), *found]
            lines.append(_joined(found))

    def _runs(self, quote: Element) -> list[Line]:
        """Read what was kept, removed and added."""
        found: list[Line] = []
        at = 0
        for match in _RUN.finditer(quote.inner):
            kind = _RUNS[match["tag"]]
            self.own(kind, match["said"], [self.w.html[kind]])
            if match["dir"] != self._way:
                raise strange(self.path, match[0])
            found += self._spoken("", quote.inner[at : match.start()])
            found += self._spoken(kind, match["text"])
            at = match.end()
        return [*found, *self._spoken("", quote.inner[at:])]

    def _spoken(self, kind: str, markup: str) -> Iterator[Line]:
        """Part a run where its language changes, which its kind then names."""
        for language, text in self.parts(markup):
            yield f"{kind} in {language}" if language else kind, text

    def check(self) -> None:
        """Note what goes on no page, or is missing, once all pages are read."""
        numbers = [one.number for one in self.entries]
        last = len(numbers) if self.whole else max(numbers, default=0)
        if numbers != [n for n in range(last, 0, -1) if self.whole or n in numbers]:
            self.unknown.add(f"releases: {' '.join(map(str, numbers))}")
        if self._intros != {self.whole}:
            self.unknown.add("above: whether every release is told of")
        for one in self.entries:
            alone = one.kind in SHOWN_KINDS and not one.moment and not one.lines
            if not (self.whole and one.moment) and not alone:
                self.unknown.add(f"release {one.number}: not of those with notes")
            said = f"{self.w.html['redaction_text']} "
            if one.kind == "redaction" and not one.shown.startswith(said):
                self.unknown.add(f"release {one.number}: {one.shown[:_SHOWN]}")


def _joined(runs: Sequence[Line]) -> list[Line]:
    """Join neighbours of one kind, wherever a page ended."""
    found: list[Line] = []
    for kind, text in runs:
        if found and found[-1][0] == kind:
            found[-1] = kind, found[-1][1] + text
        elif text:
            found.append((kind, text))
    return found
