"""Take the pages of an article apart, whole, to tell whether a reprint says the same.

A page is what this version of the program would print, or it is refused: nothing is
passed over because nobody expected it. Words of the paper itself that this version
does not print in that place are noted as unknown.

Source: spec/releases.md, "Reprinted"; `templates/article.html`.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from minijinja import Markup, escape

from tamizdat.edition.dates import (
    CALENDARS,
    STYLES,
    Way,
    utc_stamp,
    write_day,
    write_moment,
)
from tamizdat.edition.errors import PageError
from tamizdat.edition.languages import direction, own_digits, own_name
from tamizdat.edition.markup import Element, only, parse, plain, strange
from tamizdat.edition.pages.cards import RETRACTED, WITHDRAWN
from tamizdat.edition.pages.theme import stylesheet
from tamizdat.edition.printing import (
    FRAME,
    PARTS,
    STYLE,
    Flow,
    Printing,
    Run,
    Text,
    runs_of,
    words_of,
    write,
)
from tamizdat.edition.sheet import local_of, open_sheet
from tamizdat.edition.wording import Wording, wording

_DAYS = 20_000  # searched for the one that a note names
_WAYS = tuple(Way(c, s) for c in CALENDARS for s in STYLES)
_KINDS = ("correction", "clarification", "retraction", "redaction")
_RELATIONS = ("translated", "adapted", "condensed")
_BLOCKS = {"p": "p", "h2": "h", "blockquote": "q"}
_CELLS: dict[str, dict[str, str]] = {"th": {"scope": "col"}, "td": {}}
_GIVEN = {  # attributes of an article's elements, beside their class
    "aside note": {"id"},
    "div wide": {"role", "tabindex", "aria-label"},
    "nav pager": {"aria-label"},
}
_EVERY_PAGE = (  # parts that stand on each page of a long story
    "salt",
    "title",
    "headline",
    "standing",
    "section",
    "kicker",
    "when",
    "change",
    "changes",
    "lineage",
    "tags",
)

_UP = r"(?:\.\./){3}"
_OTHER = r"(?:\.\./){4}[a-z0-9-]+/a/\d{4}-\d\d/\d\d/[a-z0-9-]+\.html"
_KICK = re.compile(
    rf'(?:<a href="{_UP}s/([a-z0-9-]+)\.html">([^<]*)</a>)?(?: <span>([^<]*)</span>)?'
)
_TIME = r'<time datetime="([^"<>]*)">([^<]*)</time>'
_WHEN = re.compile(rf"(.*) {_TIME}", re.DOTALL)
_CHANGE = re.compile(
    r'<a href="(?:[a-z0-9-]+(?:\.[1-9]\d*)?\.html)?#r([1-9]\d*)">(.*)</a>', re.DOTALL
)
_CHANGES = re.compile(
    r' · <a href="[a-z0-9-]+\.changes\.html">((?:<span[^>]*>)?[^<]*(?:</span>)?)</a>'
)
_FIGURE = re.compile(
    r'<picture>(?P<sources>(?:<source type="image/(?:avif|webp)" srcset="[^"<>]+"'
    r' sizes="\(min-width:60rem\) 58rem,50vw">)*)'
    rf'<img src="{_UP}(?P<src>m/[0-9a-f]{{32}}\.[a-z]+)" width="(?P<w>\d+)"'
    r' height="(?P<h>\d+)" alt="(?P<alt>[^"<>]*)"></picture>'
    r"<figcaption>(?P<caption>[^<]*?)(?: <small>(?P<by>[^<]*)</small>)?</figcaption>"
)
_SET = re.compile(rf"{_UP}(m/[0-9a-f]{{32}}\.[a-z]+) (\d+)w")
_LINE = re.compile(rf"([^<]*?)(?: – {_TIME})?")  # noqa: RUF001
_LABELLED = re.compile(
    r"<strong>((?:<span[^>]*>)?[^<]*(?:</span>)?)</strong> ([^<]*?)"
    r'(?: \(<a href="[a-z0-9-]+\.changes(?:\.[1-9]\d*)?\.html#r([1-9]\d*)">'
    r"((?:<span[^>]*>)?[^<]*(?:</span>)?)</a>\))? – (.*)",  # noqa: RUF001
    re.DOTALL,
)
_BYLINE = re.compile(
    r"(?:<p><strong>([^<]*)</strong>(?: <span>([^<]*)</span>)?</p>)?(?:<p>(.*)</p>)?",
    re.DOTALL,
)
_ORIGINAL = re.compile(
    rf'(.*) <a href="({_OTHER})"'
    r'(?: lang="([A-Za-z0-9-]+)" hreflang="([A-Za-z0-9-]+)" dir="(ltr|rtl)")?>'
    r"([^<]*)</a>",
    re.DOTALL,
)
_TAG = re.compile(rf'<a href="{_UP}t/([a-z0-9-]+)\.html">([^<]*)</a>')
_OTHERS = re.compile(r"<h2>(.*)</h2><ul>(.*)</ul>", re.DOTALL)
_TRANSLATION = re.compile(
    rf'<li><a href="({_OTHER})" lang="([A-Za-z0-9-]+)" hreflang="([A-Za-z0-9-]+)"'
    r' dir="(ltr|rtl)">([^<]*)</a></li>'
)
_TURN = re.compile(r'href="[a-z0-9-]+(?:\.[1-9]\d*)?\.html"')


def read_printing(pages: Sequence[bytes], path: str) -> Printing:
    """Take the pages of one article apart, in their order.

    Args:
        pages: identity bytes; at least one.
        path: of the article, for the message.

    Raises:
        PageError: something stands there that this press does not print.
    """
    read = [_Page(page, path) for page in pages]
    if len({page.around[FRAME] for page in read}) > 1:
        raise PageError(f"{path}: its pages have more than one frame")
    whole = read[0]
    for page in read[1:]:
        whole.go_on(page)
    return whole.printing()


class _Page:
    """One page, taken apart."""

    def __init__(self, content: bytes, path: str) -> None:
        sheet = open_sheet(content, path)
        self.path = path
        self.words: dict[str, list[str]] = {p: [t] for p, t in sheet.head.items()}
        self.around = {FRAME: sheet.frame}
        self.unknown: set[str] = set()
        self.kinds: dict[str, list[str]] = {"change": [], "note": [], "lineage": []}
        self.flows = {name: Flow() for name in ("body", "note", "credit", "byline")}
        self._links: list[str] = []
        self._language = sheet.language
        self._ways: Sequence[Way] = _WAYS
        self._w: Wording = wording(sheet.language)
        self._names = {sheet.mast, sheet.publisher}
        if sheet.style != stylesheet("article.html", sheet.language):
            digest = hashlib.sha256(sheet.style.encode()).hexdigest()
            self.unknown.add(f"{STYLE}: sha256 {digest}")
        children = [c for one in parse(sheet.article, path) for c in _header(one)]
        kinds = {child.kind for child in children if isinstance(child, Element)}
        gone = WITHDRAWN if "div gone" in kinds else ""
        self._standing = RETRACTED if "p flag" in kinds else gone
        for child in children:
            self._child(child)

    def _child(self, child: Element | str) -> None:
        if isinstance(child, str):
            raise strange(self.path, child)
        if child.kind in _BLOCKS and not child.given:
            self._block(child)
            return
        read = self._readers.get(child.kind)
        given = child.given.keys() - {"class"}
        if read is None or not given <= _GIVEN.get(child.kind, set()):
            raise strange(self.path, f"{child.name} {dict(child.given)}")
        read(self, child)

    def _plain(self, text: str) -> str:
        return plain(text, self.path)

    def _add(self, part: str, *texts: str) -> None:
        self.words.setdefault(part, []).extend(texts)

    def _own(self, what: str, found: str, expected: Iterable[str]) -> None:
        """Note words of the paper that this version of it does not say."""
        if found not in {str(one) for one in expected}:
            self.unknown.add(f"{what}: {found}")

    def _kind(self, what: str, found: str, said: Mapping[str, str]) -> None:
        """Tell a kind by the paper's own words for it."""
        kinds = [kind for kind, words in said.items() if str(words) == found]
        self._own(what, found, said.values())
        self.kinds[what].append(kinds[0] if kinds else "")

    def _match(self, pattern: re.Pattern[str], child: Element) -> re.Match[str]:
        match = pattern.fullmatch(child.inner)
        if match is None:
            raise strange(self.path, child.inner)
        return match

    # The head of the article

    def _kick(self, child: Element) -> None:
        section, name, kicker = self._match(_KICK, child).groups()
        if section:
            self._add("section", section)
            self.around[f"section {section}"] = self._plain(name)
        if kicker is not None:
            self._add("kicker", self._plain(kicker))

    def _flag(self, child: Element) -> None:
        self._add("standing", RETRACTED)
        self._own("flag", child.inner, [self._w.html["retracted"]])

    def _headline(self, child: Element) -> None:
        if self._standing == WITHDRAWN:
            self._own("headline", child.inner, [self._w.html["withdrawn_title"]])
            [title] = self.words.pop("title")
            self._own("title", title, [self._w.plain["withdrawn_title"]])
            return
        self._add("headline", words_of(child.children, self.path))

    def _when(self, child: Element) -> None:
        first = "withdrawn_time" if self._standing == WITHDRAWN else "published"
        inner = child.inner
        if told := _CHANGES.search(inner):
            self._own("link", told[1], [self._w.html["what_changed"]])
            self._add("changes", "told")
            inner = inner[: told.start()] + inner[told.end() :]
        for number, line in enumerate(inner.split("<br>")):
            match = _WHEN.fullmatch(line)
            if match is None:
                raise strange(self.path, line)
            self._own("time", match[1], [self._w.html["updated" if number else first]])
            self._add("when", self._moment(match[2], match[3], day=False))

    def _moment(self, iso: str, text: str, *, day: bool) -> str:
        """Read a moment, and note it if its writing is not one of ours."""
        local = local_of(iso, self.path)
        stamps = {way: write_moment(local, way, self._language) for way in self._ways}
        ours = {w: stamp.day if day else stamp.text for w, stamp in stamps.items()}
        self._dated(self._plain(text), ours)
        return utc_stamp(local)

    def _dated(self, found: str, ours: Mapping[Way, str]) -> None:
        """Check a date, and keep the ways of writing one that it agrees with."""
        self._own("date", found, ours.values())
        agreeing = [way for way, text in ours.items() if text == found]
        self._ways = agreeing or self._ways

    def _change(self, child: Element) -> None:
        number, words = self._match(_CHANGE, child).groups()
        time = re.search(_TIME, words)
        if time is None:
            raise strange(self.path, words)
        self._add("change", number, self._moment(time[1], time[2], day=True))
        day = Markup(time[0])
        said = {kind: self._w.fill(f"see_{kind}", date=day) for kind in _KINDS}
        self._kind("change", words, said)

    def _figure(self, child: Element) -> None:
        match = self._match(_FIGURE, child)
        files = {f"{match['src']} {match['w']}x{match['h']}"}
        for srcset in re.findall(r'srcset="([^"]*)"', match["sources"]):
            for one in srcset.split(","):
                part = _SET.fullmatch(one)
                if part is None:
                    raise strange(self.path, one)
                files.add(f"{part[1]} {part[2]}w")
        self._add("picture", *sorted(files))
        self._add("alt", self._plain(match["alt"]))
        self._add("caption", self._plain(match["caption"]))
        if match["by"] is not None:
            self._add("picture credit", self._plain(match["by"]))

    def _standfirst(self, child: Element) -> None:
        self._add("standfirst", words_of(child.children, self.path))

    def _dateline(self, child: Element) -> None:
        place, day, text = self._match(_LINE, child).groups()
        self._add("dateline", self._plain(place))
        if day is None:
            return
        try:
            when = date.fromisoformat(day)
        except ValueError as error:
            raise strange(self.path, day) from error
        self._add("dateline", when.isoformat())
        ours = {way: write_day(when, way, self._language) for way in self._ways}
        self._dated(self._plain(text), ours)

    def _gone(self, child: Element) -> None:
        if self._standing == WITHDRAWN:
            self._add("standing", WITHDRAWN)
        text = self._w.html[f"{self._standing}_text"]
        self._own("notice", child.inner, [f"<p>{text}</p>"])

    # Texts, which may go on on the next page

    def _block(self, child: Element) -> None:
        quoted = child.name == "blockquote"
        inner = only(child, "p", self.path) if quoted else child
        self._text("body", _BLOCKS[child.name], runs_of(inner.children, self.path))

    def _text(self, flow: str, label: str | None, runs: Iterable[Run]) -> None:
        self.flows[flow].texts.append(Text(label, list(runs)))

    def _list(self, child: Element) -> None:
        for item in child.children:
            if not isinstance(item, Element) or item.name != "li" or item.given:
                raise strange(self.path, child.inner)
            text = words_of(item.children, self.path)
            self._text("body", "-", runs_of([text], self.path))

    def _table(self, child: Element) -> None:
        given = child.given
        if (given.get("role"), given.get("tabindex")) != ("region", "0"):
            raise strange(self.path, str(dict(given)))
        self._own("table", given.get("aria-label", ""), [self._w.plain["table"]])
        for row in only(child, "table", self.path).children:
            if not isinstance(row, Element) or row.name != "tr" or row.given:
                raise strange(self.path, child.inner)
            cells = "\t".join(self._cell(cell) for cell in row.children)
            self._text("body", "|", runs_of([cells], self.path))

    def _cell(self, cell: Element | str) -> str:
        if not isinstance(cell, Element) or cell.given != _CELLS.get(cell.name):
            raise strange(self.path, str(cell))
        return words_of(cell.children, self.path)

    def _note(self, child: Element) -> None:
        paragraph = only(child, "p", self.path)
        anchor = child.given.get("id")
        if anchor is None:
            self._text("note", None, runs_of(paragraph.children, self.path))
            return
        number = re.fullmatch(r"r([1-9]\d*)", anchor)
        match = _LABELLED.fullmatch(paragraph.inner)
        if number is None or match is None:
            raise strange(self.path, child.inner)
        label, day, release, words, text = match.groups()
        told = "" if release is None else f" told at {release}"
        if told:
            self._own("link", words, [self._w.html["what_changed"]])
        self._kind("note", label, {kind: self._w.html[kind] for kind in _KINDS})
        text = text.removeprefix(f"{self._w.html['redaction_text']} ")
        if text == self._w.html["note_removed"]:
            text = str(escape(self._w.plain["note_removed"]))
        runs = runs_of(parse(text, self.path), self.path)
        self._text("note", f"{number[1]} {self._day(self._plain(day))}{told}", runs)

    def _day(self, text: str) -> str:
        """Find which day a note names: one from the first release to the newest."""
        times = [datetime.fromisoformat(time) for time in self.words.get("when", ())]
        if not times:
            raise strange(self.path, text)
        first, last = times[0].toordinal() - 1, times[-1].toordinal() + 1
        for ordinal in range(max(first, last - _DAYS), last + 1):
            day = date.fromordinal(ordinal)
            if text in {write_day(day, way, self._language) for way in self._ways}:
                return day.isoformat()
        return text

    def _credit(self, child: Element) -> None:
        self._text("credit", "", runs_of(child.children, self.path))

    def _byline(self, child: Element) -> None:
        name, role, bio = self._match(_BYLINE, child).groups()
        label = None
        if name is not None:
            names = [self._plain(name), self._plain(role or "")]
            label = json.dumps(names, ensure_ascii=False)
        self._text("byline", label, runs_of(parse(bio or "", self.path), self.path))

    # Below the text

    def _pager(self, child: Element) -> None:
        """Check the turns of a long story; how many pages it has may change."""
        here = re.search("<span>(.*)</span>", child.inner)
        number, total = self._numbers(here[1] if here else "")
        said = self._w.fill("page_of", number=number, total=total)
        turn = '<a rel="{}" >{}</a>'
        back = turn.format("prev", self._w.html["previous_page"])
        on = turn.format("next", self._w.html["next_page"])
        span = f"<span>{said}</span>"
        found = _TURN.sub("", child.inner)
        self._own("pager", found, [back + span, span + on, back + span + on])
        label = self._w.plain["page_of"].format(number=number, total=total)
        self._own("label of the pager", child.given.get("aria-label", ""), [label])

    def _numbers(self, text: str) -> tuple[str, str]:
        """Find the two numbers in the line of a pager, whatever their digits."""
        found = re.findall(r"\d{1,4}", re.sub("<[^>]*>", "", text))
        one, total = [*map(int, found), 0, 0][:2]
        return own_digits(str(one), self._language), own_digits(
            str(total), self._language
        )

    def _lines(self, child: Element) -> None:
        """Read the line about the original, or the line of tags."""
        original = _ORIGINAL.fullmatch(child.inner)
        if original is None:
            for one in child.inner.split(" · "):
                tag = _TAG.fullmatch(one)
                if tag is None:
                    raise strange(self.path, one)
                self._add("tags", f"{tag[1]} {self._plain(tag[2])}")
            return
        label, href, lang, again, side, headline = original.groups()
        if lang != again or (lang and side != direction(lang)):
            raise strange(self.path, child.inner)
        self._add("lineage", href, lang or "", self._plain(headline))
        said = {relation: self._w.html[relation] for relation in _RELATIONS}
        self._kind("lineage", label, said)

    def _translations(self, child: Element) -> None:
        """Read the links to translations: a name of a language each, no words."""
        label, items = self._match(_OTHERS, child).groups()
        self._own("translations", label, [self._w.html["translations"]])
        if _TRANSLATION.sub("", items):
            raise strange(self.path, _TRANSLATION.sub("", items))
        for href, lang, again, side, name in _TRANSLATION.findall(items):
            if (lang, side) != (again, direction(lang)):
                raise strange(self.path, href)
            self._own("language", self._plain(name), [own_name(lang)])
            self._links.append(href)

    _readers = {  # noqa: RUF012  never changed; by element and class
        "p kick": _kick,
        "p flag": _flag,
        "h1": _headline,
        "p when": _when,
        "p change": _change,
        "figure": _figure,
        "p stand": _standfirst,
        "p line": _dateline,
        "div gone": _gone,
        "ul": _list,
        "div wide": _table,
        "aside note": _note,
        "p credit": _credit,
        "div by": _byline,
        "nav pager": _pager,
        "p links": _lines,
        "div links": _translations,
    }

    # All pages together

    def go_on(self, page: "_Page") -> None:
        """Add the next page of the article."""
        for name in _EVERY_PAGE:
            if self.words.get(name) != page.words.get(name):
                raise PageError(f"{self.path}: its pages differ in the {PARTS[name]}")
        for name, flow in self.flows.items():
            flow.go_on(page.flows[name], same=name in {"body", "credit"})
        self.kinds["note"].extend(page.kinds["note"])
        self.around.update(page.around)
        self.unknown |= page.unknown

    def printing(self) -> Printing:
        """Give all of it."""
        for text in self.flows["byline"].texts:
            self._set_apart(text)
        for name, flow in self.flows.items():
            if flow.texts:
                self._add(name, *(text.written() for text in flow.texts))
        self._add("kinds", *(kind for some in self.kinds.values() for kind in some))
        return Printing(
            words={name: tuple(texts) for name, texts in self.words.items()},
            around=self.around,
            unknown=frozenset(self.unknown),
            links=tuple(self._links),
        )

    def _set_apart(self, text: Text) -> None:
        """Set apart what the service says of itself, which is one for all articles."""
        name, role = json.loads(text.label) if text.label else ("", "")
        if name and name in self._names:
            self.around["bio"] = write(text.runs)
            text.label, text.runs = json.dumps(["", role]), []


def _header(child: Element | str) -> list[Element | str]:
    """Open the header, which holds no words of its own."""
    if isinstance(child, Element) and child.name == "header" and not child.given:
        return child.children
    return [child]
