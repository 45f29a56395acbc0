"""Read the list of the pack, whole, and hold its rows against what they lead to.

What stands around the list must be what stands around an article of the edition, but
for the links below it, which an article has fewer of.

Source: spec/pack.md, "Pages with the same text"; `templates/packlist.html`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from functools import cache

from tamizdat.edition.cuts import clipped
from tamizdat.edition.dates import Way, write_day, write_moment
from tamizdat.edition.errors import PageError
from tamizdat.edition.languages import direction
from tamizdat.edition.markup import strange
from tamizdat.edition.packed_sheet import BREAKING, Passage
from tamizdat.edition.packed_words import Said
from tamizdat.edition.pages.addresses import continued
from tamizdat.edition.pages.directed import undirected
from tamizdat.edition.pages.packed import INDEX
from tamizdat.edition.pages.shelves import SHORTER
from tamizdat.edition.pages.theme import stylesheet
from tamizdat.edition.proofreader import SAID, Proofreader
from tamizdat.edition.sheet import check_frame, undirected_foot
from tamizdat.edition.stories import LIVE, RETRACTED

_TEMPLATE = "packlist.html"
_OWN = r"[^<]*|<span[^<>]*>[^<]*</span>"  # words of the paper
_SHEET = re.compile(
    r'(?P<before><!doctype html><html lang="(?P<lang>[A-Za-z0-9-]+)" dir="(?:ltr|rtl)">'
    r'<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    r'<meta name="referrer" content="no-referrer"><link rel="icon" href="data:,">)'
    r"<title>(?P<title>[^<]*)</title><style>(?P<style>[^<]*)</style>"
    r'(?P<top></head><body>.*?<main id="text">)(?P<main>.*)'
    r"(?P<foot></main><footer>.*)",
    re.DOTALL,
)
_MAIN = re.compile(
    r'<h1>(?P<heading>[^<]*)</h1><p class="stand">(?P<about>[^<]*)</p>'
    rf"(?:<p>(?P<none>{_OWN})</p>)?(?P<days>(?:<section>.*</section>)?)"
    r'(?:<nav class="pager" aria-label="(?P<label>[^"<>]*)">'
    rf'(?:<a href="index\.html">(?P<newest>{_OWN})</a>)?'
    rf'(?:<a rel="next" href="(?P<after>[a-z0-9.]+)">(?P<older>{_OWN})</a>)?</nav>)?',
    re.DOTALL,
)
_DAY = re.compile(
    r'<section><h2><time datetime="(?P<day>\d{4}-\d\d-\d\d)">(?P<text>[^<]*)</time>'
    r"</h2><ul>(?P<rows>(?:(?!</ul>).)*)</ul></section>",
    re.DOTALL | re.ASCII,
)
_ROW = re.compile(
    r'<li data-salt="(?P<salt>[A-Za-z0-9_-]{22})"><small>(?P<clock>[^<]*)</small> '
    rf'(?:<b class="flag">(?P<flag>{_OWN})</b> )?'
    rf"(?:<small>(?P<kicker>{SAID})</small> )?"
    r'<a href="(?P<page>[0-9a-z-]+\.html)#story-(?P<story>[a-z0-9-]+)">'
    rf"(?P<headline>{SAID})</a></li>"
)
_ENDS = re.compile(r'<p class="ends">.*?</p>', re.DOTALL)
_STYLE = re.compile(r'<link rel="canonical" href="[^"<>]*">|<style>[^<]*</style>')
_LINKS = (  # of the paper's own, below every list
    ("trust.html", "trust"),
    ("corrections.html", "corrections"),
    ("about.html", "about"),
    ("notice.html", "notice_page_title"),
    ("search.html", "search"),
    ("a/index.html", "archive"),
    ("feeds/index.html", "feeds"),
    ("mirrors.html", "mirrors"),
    ("shared/index.html", "languages"),
)
_FLAGS = (RETRACTED, BREAKING, LIVE)
_MINUTES = 24 * 60


@dataclass(frozen=True)
class Row:
    """A story as the list names it.

    Attributes:
        page: name of the page that it leads to.
        day: under which it stands, where the paper is; `clock`: as it is written.
        flag: retracted, breaking, live or "".
        tongues: words in other languages: language and words.
    """

    story: str
    page: str
    salt: str
    day: str
    clock: str
    flag: str
    kicker: str
    headline: str
    tongues: tuple[tuple[str, str], ...] = ()


@dataclass
class PackedList:
    """A page of the list.

    Attributes:
        rows: newest first.
        after: name of the page on which it goes on, or None.
        frame: what stands around it, without its style.
        reader: of the page; it knows which ways of writing a day were found.
        unknown: words of the paper that this version does not print there.
    """

    rows: list[Row]
    after: str | None
    frame: str
    reader: Proofreader
    unknown: set[str] = field(default_factory=set)


def read_list(content: bytes, path: str) -> PackedList:
    """Read one page of the list.

    Raises:
        PageError: something stands there that this press does not print.
    """
    try:
        sheet = _SHEET.fullmatch(content.decode())
    except UnicodeDecodeError as error:
        raise PageError(f"{path}: expected a page in UTF-8") from error
    if sheet is None:
        raise PageError(f"{path}: not a page of this press")
    reader = _Reader(path, sheet["lang"])
    way = direction(reader.language)
    main = reader.matched(_MAIN, undirected(sheet["main"], way, path))
    reader.check_own(main, reader.plain(sheet["title"]), sheet["style"])
    foot = undirected_foot(sheet["foot"], way, path)
    check_frame(sheet["top"] + foot, path)
    reader.check_ends(foot)
    return PackedList(
        rows=list(reader.rows(main["days"])),
        after=main["after"],
        frame=_bare(f"{sheet['before']}{sheet['top']}{foot}"),
        reader=reader,
        unknown=reader.unknown,
    )


class _Reader(Proofreader):
    """One page of the list."""

    def check_own(self, main: re.Match[str], title: str, style: str) -> None:
        """Note what is said of the list, and is none of the paper's own words."""
        ours = [self.w.plain["packed"]]
        self.own("title", title, ours)
        self.own("heading", self.plain(main["heading"]), ours)
        self.own("text above", main["about"], [self.w.html["packed_text"]])
        if main["label"] is not None:
            self.own("label", self.plain(main["label"]), ours)
        if main["none"] is not None:
            self.own("text above", main["none"], [] if main["days"] else self._none)
        first = self.path == INDEX
        for part, there in (("newest", not first), ("older", bool(main["after"]))):
            if there or main[part] is not None:
                self.own("link", main[part] or "", [self.w.html[part]] if there else [])
        self.dressed(style, stylesheet(_TEMPLATE, self.language))

    @property
    def _none(self) -> list[str]:
        return [str(self.w.html["no_stories"])]

    def check_ends(self, foot: str) -> None:
        """Note links below the list that are none of the paper's own."""
        links = " ".join(
            f'<a href="../{page}">{self.w.html[word]}</a>' for page, word in _LINKS
        )
        found = _ENDS.search(foot)
        self.own(
            "links below", found[0] if found else "", [f'<p class="ends">{links}</p>']
        )

    def rows(self, markup: str) -> Iterator[Row]:
        """Read the rows of all days."""
        at = 0
        while at < len(markup):
            day = _DAY.match(markup, at)
            if day is None:
                raise strange(self.path, markup[at:])
            at = day.end()
            yield from self._day(day)

    def _day(self, day: re.Match[str]) -> Iterator[Row]:
        try:
            when = date.fromisoformat(day["day"])
        except ValueError as error:
            raise strange(self.path, day["day"]) from error
        ours = {way: write_day(when, way, self.language) for way in self.ways}
        self.dated(self.plain(day["text"]), ours)
        at, markup = 0, day["rows"]
        while at < len(markup):
            row = _ROW.match(markup, at)
            if row is None:
                raise strange(self.path, markup[at:])
            at = row.end()
            yield self._row(row, day["day"])

    def _row(self, row: re.Match[str], day: str) -> Row:
        flags = {str(self.w.html[flag]): flag for flag in _FLAGS}
        if row["flag"] is not None:
            self.own("flag", row["flag"], flags)
        self.spoken = []
        texts = [self.said(part, row[part] or "") for part in ("kicker", "headline")]
        return Row(
            story=row["story"],
            page=row["page"],
            salt=row["salt"],
            day=day,
            clock=self.plain(row["clock"]),
            flag=flags.get(row["flag"] or "", ""),
            kicker=texts[0],
            headline=texts[1],
            tongues=tuple((language, words) for _, language, words in self.spoken),
        )


def unlike_frame(page: PackedList, article: Said) -> bool:
    """Tell whether something stands around the list that is around no article."""
    ours = article.frame.replace("../../../", "../")
    return page.frame != _bare(ours)


def _bare(frame: str) -> str:
    """Leave out what a list and an article have each in its own way."""
    before, begin, foot = _STYLE.sub("", frame).partition("</main><footer>")
    return before + begin + _ENDS.sub("", foot, count=1)


def differing_row(
    row: Row, passage: Passage, article: Said, reader: Proofreader, *, begun: bool
) -> list[str]:
    """Name what a row says otherwise than the page that it leads to, and its article.

    Args:
        row: of the list.
        passage: its story, on the page that it leads to.
        article: what the story's article says.
        reader: of the list.
        begun: the page has not what the story begins with.
    """
    headline, *_ = article.texts("h") or [""]
    kickers = ["".join(article.texts("k"))]
    kickers += [] if kickers[0] else [article.name]
    live = LIVE if article.live == LIVE else ""
    flags = {RETRACTED} if article.standing == RETRACTED else {"", BREAKING, live}
    flags = flags if begun else {passage.flag or live}
    checks = {
        "kicker": any(row.kicker in _shortened(one) for one in kickers),
        "headline": row.headline in _shortened(headline),
        "standing": row.flag in flags,
        "times": _is_at(row, passage, reader.ways),
        "language": reader.language == article.language
        and article.speaks(row.tongues, row.kicker),
        "salt": row.salt == article.salt,
    }
    return [name for name, good in checks.items() if not good]


def _shortened(text: str) -> set[str]:
    """List how a list may show a text."""
    return {clipped(text), *(clipped(text, most) for most in SHORTER)}


def _is_at(row: Row, passage: Passage, ways: Sequence[Way]) -> bool:
    """Tell whether day and clock are those of a story's first release.

    No page says when a withdrawn story was released: but for the day, which its address
    has as it is in UTC, any time may stand there.
    """
    language = passage.reader.language
    if not passage.moment or passage.offset is None:
        there = date.fromisoformat(row.day) - _day_of(passage.path)
        return abs(there) <= timedelta(days=1) and row.clock in _clocks(language)
    local = datetime.fromisoformat(passage.moment).astimezone(timezone(passage.offset))
    clocks = {write_moment(local, way, language).clock for way in ways}
    return row.day == local.date().isoformat() and row.clock in clocks


def _day_of(address: str) -> date:
    _a, month, day, _name = address.split("/")
    try:
        return date.fromisoformat(f"{month}-{day}")
    except ValueError:
        return date.min  # no press gives such an address


@cache
def _clocks(language: str) -> frozenset[str]:
    """List every writing of a time of day."""
    day = datetime(2026, 1, 1)  # noqa: DTZ001 - of no zone
    times = (day + timedelta(minutes=at) for at in range(_MINUTES))
    return frozenset(
        write_moment(time, Way("gregorian"), language).clock for time in times
    )


def next_of(path: str, number: int) -> str:
    """Name the page on which the list goes on behind so many."""
    return continued(path, number + 1).rpartition("/")[2]
