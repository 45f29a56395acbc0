"""Take a page of the pack apart, whole.

A page is what this version of the program would print, or it is refused. Words of the
paper itself that this version does not print in that place are noted as unknown. What
its stories say is held against their articles in `packed_passages`.

Source: spec/pack.md, "Pages with the same text"; `templates/packed.html`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tamizdat.edition.cuts import may_go_on
from tamizdat.edition.errors import PageError
from tamizdat.edition.languages import direction
from tamizdat.edition.markup import Element, only, parse, strange
from tamizdat.edition.packed_words import Line
from tamizdat.edition.pages.cards import RETRACTED
from tamizdat.edition.pages.directed import undirected
from tamizdat.edition.pages.theme import stylesheet
from tamizdat.edition.printing import runs_of, tongues_of
from tamizdat.edition.proofreader import Proofreader
from tamizdat.edition.sheet import local_of, undirected_foot

_OWN = r"[^<]*|<span[^<>]*>[^<]*</span>"  # words of the paper
_SHEET = re.compile(
    r'<!doctype html><html lang="(?P<lang>[A-Za-z0-9-]+)" dir="(?P<dir>ltr|rtl)">'
    r'<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    r'<meta name="referrer" content="no-referrer"><link rel="icon" href="data:,">'
    r"<title>(?P<title>[^<]*)</title><style>(?P<style>[^<]*)</style></head><body>"
    r'(?P<main><main id="text">.*</main>)<footer><p class="ends">'
    rf'<a href="\.\./notice\.html">(?P<notice>{_OWN})</a>'
    r"</p></footer></body></html>\s*",
    re.DOTALL,
)
_MAIN = re.compile(
    r'<main id="text"><p class="kick"><a href="\.\./index\.html">(?P<name>[^<]*)</a>'
    r"</p><h1>(?P<heading>[^<]*)</h1>(?P<stories><article .*</article>)"
    r'<nav class="pager" aria-label="(?P<label>[^"<>]*)">'
    rf'(?:<a rel="prev" href="(?P<before>[^"<>]*)">(?P<prev>{_OWN})</a>)?'
    rf'<a href="index\.html">(?P<list>{_OWN})</a>'
    rf'(?:<a rel="next" href="(?P<after>[^"<>]*)">(?P<next>{_OWN})</a>)?'
    r"</nav></main>",
    re.DOTALL,
)
_NAME = re.compile(r"p/([12]\d{7}t\d{6})-[0-9a-f]{8}-[1-9]\d{0,2}\.html", re.ASCII)
_STORY = re.compile(r"story-([a-z0-9][a-z0-9-]{0,59})")
_SALT = re.compile(r"[A-Za-z0-9_-]{22}")
_HREF = re.compile(r"\.\./(a/\d{4}-\d\d/\d\d/([a-z0-9-]+)\.html)", re.ASCII)
_TIME = re.compile(r'<time datetime="([^"<>]*)">([^<]*)</time>')
_NOTE = re.compile(
    r"<strong>((?:<span[^>]*>)?[^<]*(?:</span>)?)</strong> ([^<]*?) – (.*)",  # noqa: RUF001
    re.DOTALL,
)
BREAKING = "breaking"  # flag of a story
_GOES_ON = "n+"  # letter of what a note goes on with
CREDIT = "bdic"  # letters of lines that look alike
_HOURS = range(-12, 15)  # of zones
_CELLS: dict[str, dict[str, str]] = {"th": {"scope": "col"}, "td": {}}


@dataclass
class Passage:
    """A story on one page, or on some that follow one another.

    Attributes:
        path: of its article; `salt`: of it.
        flag: retracted, breaking or ""; no article says that it is breaking.
        kicker, headline: as they stand above.
        moment: of its first release, UTC, or "".
        lines: in the order in which they stand; lines of CREDIT all have "c", what
            begins a post has "u", a note its kind, its day as it is written, its text.
        reader: of the page on which it begins; `offset`: of the zone there.
        pages: paths of those on which it stands.
        tongues: words in other languages: language and words.
        whole: its pieces belong together.
    """

    story: str
    path: str
    salt: str
    flag: str
    kicker: str
    headline: str
    moment: str
    lines: list[Line]
    reader: Proofreader
    pages: list[str]
    tongues: set[tuple[str, str]]
    offset: timedelta | None = None
    whole: bool = True

    def go_on(self, more: "Passage") -> None:
        """Add what the next page has."""
        rest = list(more.lines)
        if rest and rest[0] == ("heads", _first_row(self.lines)):
            rest.pop(0)
        if self.lines and rest:
            (letter, text), (other, tail) = self.lines[-1], rest[0]
            if other == _GOES_ON or (letter == other != "n" and may_go_on(text)):
                self.lines[-1] = letter, text + tail
                rest.pop(0)
        self.lines += rest
        above = more.flag, more.kicker, more.moment
        ours = self.path, self.salt, self.headline, self.reader.language
        theirs = more.path, more.salt, more.headline, more.reader.language
        self.whole = self.whole and not any(above) and ours == theirs
        self.pages += more.pages
        self.tongues |= more.tongues


def _first_row(lines: Sequence[Line]) -> str | None:
    """Find the first row of the table that lines end with."""
    row = None
    for letter, text in reversed(lines):
        if letter != "t":
            break
        row = text
    return row


@dataclass
class PackedPage:
    """A page of the pack.

    Attributes:
        passages: at least one.
        name: of the service, as it stands there.
        before, after: names of the pages that it leads to, or None.
        unknown: words of the paper that this version does not print there.
    """

    passages: list[Passage]
    name: str
    before: str | None
    after: str | None
    unknown: set[str] = field(default_factory=set)


def read_packed(content: bytes, path: str) -> PackedPage:
    """Read one page.

    Raises:
        PageError: something stands there that this press does not print.
    """
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        raise PageError(f"{path}: expected a page in UTF-8") from error
    language = re.search(r'<html lang="([A-Za-z0-9-]+)"', text)
    way = direction(language[1]) if language else "ltr"
    sheet = _SHEET.fullmatch(undirected_foot(text, way, path))
    main = _MAIN.fullmatch(undirected(sheet["main"], way, path)) if sheet else None
    if sheet is None or main is None or sheet["dir"] != way:
        raise PageError(f"{path}: not a page of this press")
    reader = _Reader(path, sheet["lang"])
    passages = [reader.passage(one) for one in parse(main["stories"], path)]
    reader.check_frame(sheet, main, passages[0])
    return PackedPage(
        passages=passages,
        name=reader.plain(main["name"]),
        before=main["before"],
        after=main["after"],
        unknown=reader.unknown,
    )


class _Reader(Proofreader):
    """One page. `tongues`: words in other languages, of the story that is read."""

    tongues: set[tuple[str, str]]

    def check_frame(
        self, sheet: re.Match[str], main: re.Match[str], first: Passage
    ) -> None:
        """Note what stands around stories and is none of the paper's own words."""
        heading = self.w.plain["packed"]
        self.own("heading", self.plain(main["heading"]), [heading])
        self.own("label", self.plain(main["label"]), [heading])
        self.own("link", main["list"], [self.w.html["packed"]])
        self.own("link", sheet["notice"], [self.w.html["skip_notice"]])
        for part, word in (("prev", "previous_page"), ("next", "next_page")):
            if main[part] is not None:
                self.own("link", main[part], [self.w.html[word]])
        extras = ("table",) if "<table" in main["stories"] else ()
        ours = stylesheet("packed.html", self.language, extras)
        self.dressed(sheet["style"], ours)
        self._check_title(self.plain(sheet["title"]), heading, first.offset)

    def _check_title(self, title: str, heading: str, offset: timedelta | None) -> None:
        """Check that a title tells the first time of its page, in whatever zone."""
        named = _NAME.fullmatch(self.path)
        try:
            time = datetime.strptime(f"{named and named[1]}Z", "%Y%m%dt%H%M%S%z")
        except ValueError as error:
            reason = "not the name of a page of a pack"
            raise PageError(f"{self.path}: {reason}") from error
        quarters = [
            timedelta(hours=h, minutes=m) for h in _HOURS for m in (0, 15, 30, 45)
        ]
        for some in ([offset] if offset is not None else [], quarters):
            said = [f"{heading} – {text}" for text in self.moments(time, some)]  # noqa: RUF001
            if title in said:
                return
        self.own("title", title, [])

    def passage(self, article: Element | str) -> Passage:
        """Read one story."""
        if not isinstance(article, Element) or article.name != "article":
            raise strange(self.path, str(article))
        given = dict(article.given)
        story = _STORY.fullmatch(given.pop("id", ""))
        salt = given.pop("data-salt", "")
        if story is None or given or not _SALT.fullmatch(salt):
            raise strange(self.path, str(article.given))
        found = Passage(
            story[1], "", salt, "", "", "", "", [], self, [self.path], set()
        )
        self.tongues = found.tongues
        rest = self._above(list(article.children), found)
        found.lines = [line for child in rest for line in self._lines(child)]
        return found

    def _above(
        self, children: list[Element | str], found: Passage
    ) -> list[Element | str]:
        """Read what stands above the text; give the rest."""
        kinds = [one.kind if isinstance(one, Element) else "" for one in children]
        order = ("p flag", "p kick", "h2", "p when")
        for kind in order:
            if kinds[:1] != [kind]:
                continue
            child = children.pop(0)
            kinds.pop(0)
            if not isinstance(child, Element) or set(child.given) > {"class"}:
                raise strange(self.path, str(child))
            if kind == "p flag":
                self._flag(child, found)
            elif kind == "p kick":
                found.kicker = self._words(child.children)
            elif kind == "h2":
                self._headline(child, found)
            else:
                iso, text = self.match(_TIME, child).groups()
                found.moment = self.moment(iso, text, day=False)
                found.offset = local_of(iso, self.path).utcoffset()
        if not found.path:
            raise PageError(f"{self.path}: expected a headline that leads to a story")
        return children

    def _flag(self, child: Element, found: Passage) -> None:
        flags = {str(self.w.html[flag]): flag for flag in (RETRACTED, BREAKING)}
        self.own("flag", child.inner, flags)
        found.flag = flags.get(child.inner, "")

    def _headline(self, child: Element, found: Passage) -> None:
        match child.children:
            case [Element(name="a", given=given) as link] if set(given) == {"href"}:
                address = _HREF.fullmatch(given["href"])
            case _:
                raise strange(self.path, child.inner)
        if address is None or address[2] != found.story or child.given:
            raise strange(self.path, child.inner)
        found.path, found.headline = address[1], self._words(link.children)

    def _words(self, children: Sequence[Element | str]) -> str:
        """Read a text that has no emphasis, and note what is in another language.

        Raises:
            PageError: it has emphasis, or another element.
        """
        text, strong = self._emphasised(children)
        if strong:
            raise strange(self.path, text)
        return text

    def _emphasised(self, children: Sequence[Element | str]) -> tuple[str, bool]:
        """Read a text; tell whether all of it is strong, as a standfirst is."""
        runs = [run for run in runs_of(children, self.path) if run.text]
        looks = {(run.strong, run.em, run.href) for run in runs} or {(False, False, "")}
        if not looks <= {(True, False, ""), (False, False, "")} or len(looks) > 1:
            raise strange(self.path, str(looks))
        self.tongues.update(tongues_of(runs))
        return "".join(run.text for run in runs), looks.pop()[0]

    # The text

    def _lines(self, child: Element | str) -> Iterator[Line]:
        if not isinstance(child, Element):
            raise strange(self.path, child)
        if child.kind not in {"div wide", "ul"} and set(child.given) - {"class"}:
            raise strange(self.path, f"{child.name} {dict(child.given)}")
        match child.kind:
            case "p":
                yield self._paragraph(child)
            case "h3":
                yield "u", self._words(child.children)
            case "blockquote":
                yield "q", self._words(only(child, "p", self.path).children)
            case "p credit":
                yield "c", self._words(child.children)
            case "ul":
                yield from self._list(child)
            case "div wide":
                yield from self._table(child)
            case "aside note":
                yield self._note(only(child, "p", self.path))
            case _:
                raise strange(self.path, f"{child.name} {dict(child.given)}")

    def _list(self, child: Element) -> Iterator[Line]:
        language = self.speech(child)
        for item in child.children:
            if not isinstance(item, Element) or item.name != "li" or item.given:
                raise strange(self.path, child.inner)
            yield "l", self._spoken(self._words(item.children), language)

    def _spoken(self, text: str, language: str) -> str:
        if language:
            self.tongues.add((language, text))
        return text

    def _paragraph(self, child: Element) -> Line:
        text, strong = self._emphasised(child.children)
        return "s" if strong else "p", text

    def _table(self, child: Element) -> Iterator[Line]:
        table = self.table(child)
        language = self.speech(table)
        for row in table.children:
            if isinstance(row, Element) and row.name == "thead" and not row.given:
                heads = self._row(only(row, "tr", self.path))
                yield "heads", self._spoken(heads, language)
            else:
                yield "t", self._spoken(self._row(row), language)

    def _row(self, row: Element | str) -> str:
        if not isinstance(row, Element) or row.name != "tr" or row.given:
            raise strange(self.path, str(row))
        cells = []
        for cell in row.children:
            if not isinstance(cell, Element) or cell.given != _CELLS.get(cell.name):
                raise strange(self.path, str(cell))
            cells.append(self._words(cell.children))
        return "\t".join(cells)

    def _note(self, paragraph: Element) -> Line:
        match = _NOTE.fullmatch(paragraph.inner)
        if match is None:
            return _GOES_ON, self._words(paragraph.children)
        label, day, text = match.groups()
        kinds = {str(self.w.html[k]): k for k in ("correction", "clarification")}
        kinds[str(self.w.html["retraction"])] = "retraction"
        if text == self.w.html["note_removed"]:
            text = self.w.plain["note_removed"]
        else:
            text = self._words(parse(text, self.path))
        self.own("kind", label, kinds)
        return "n", f"{kinds.get(label, '')} {self.plain(day)} {text}"
