"""Take the pages of an article apart, whole, to tell whether a reprint says the same.

A page is what this version of the program would print, or it is refused: nothing is
passed over because nobody expected it. Words of the paper itself that this version
does not print in that place are noted as unknown.

Source: spec/releases.md, "Reprinted"; `templates/article.html`.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

from minijinja import Markup, escape

from tamizdat.edition import below
from tamizdat.edition.dates import write_day
from tamizdat.edition.displays import Told, face_of, kept_in, lead_of, shown_in
from tamizdat.edition.errors import PageError
from tamizdat.edition.languages import direction, listed
from tamizdat.edition.markup import Element, only, parse, strange
from tamizdat.edition.pages.budget import PAGE_BYTES
from tamizdat.edition.pages.cards import RETRACTED, WITHDRAWN
from tamizdat.edition.pages.directed import undirected
from tamizdat.edition.pages.foot import counted
from tamizdat.edition.pages.theme import (
    LATER_PAGE,
    PORTRAIT,
    fitting,
    stylesheet,
    undressed,
)
from tamizdat.edition.printing import (
    BARE,
    FRAME,
    LATER,
    PARTS,
    STYLE,
    Flow,
    Printing,
    Run,
    Text,
    runs_of,
    tongues_of,
    words_of,
    write,
)
from tamizdat.edition.proofreader import SAID, Proofreader
from tamizdat.edition.sheet import Sheet, open_sheet
from tamizdat.edition.stories import ENDED, LIVE, SHOWN_KINDS
from tamizdat.edition.told import Telling, read_told
from tamizdat.edition.unsaid import LIFE, ROLE, seal_author, seal_life

_FLOWS = ("body", "note", "credit", "byline", "related")
_SAME = {"body", "credit", "related"}  # whose labels go on as they are
_DAYS = 20_000  # searched for the one that a note names
_LIFE = 4_000  # bytes; with less to spare, a page may say nothing of who answers for it
_RELATIONS = ("translated", "adapted", "condensed")
_BLOCKS = {"p": "p", "h2": "h", "h3": "h3", "blockquote": "q"}
_LIVE = {"p live": LIVE, "p live over": ENDED}
_CELLS: dict[str, dict[str, str]] = {"th": {"scope": "col"}, "td": {}}
_GIVEN = {  # attributes of an article's elements, beside their class
    "aside note": {"id"},
    "ul": {"lang", "dir"},
    "div wide": {"role", "tabindex", "aria-label"},
    "nav pager": {"aria-label"},
    "p post": {"id"},
    "div by": {f"data-{ROLE}", f"data-{LIFE}"},
}
_SEAL = re.compile(r"[A-Za-z0-9_-]{22}")
_NOBODY = json.dumps(["", "", "", [], ["", ""]])  # a byline without a name
_EVERY_PAGE = ("salt", "title", "headline", "standing")  # parts of a long story

_UP = r"(?:\.\./){3}"
_KICK = re.compile(
    rf'(?:<a href="{_UP}s/([a-z0-9-]+)\.html">([^<]*)</a>)?'
    rf"(?: (?:·\xa0)?<small>({SAID})</small>)?"
)
_TIME = r'<time datetime="([^"<>]*)">([^<]*)</time>'
_WHEN = re.compile(rf"(.*) {_TIME}", re.DOTALL)
_CHANGE = re.compile(
    r'<a href="(?:[a-z0-9-]+(?:\.changes)?(?:\.[1-9]\d*)?\.html)?#r([1-9]\d*)">'
    r"(.*)</a>",
    re.DOTALL,
)
_ONWARD = re.compile(
    r'<a href="[a-z0-9-]+\.changes(?:\.[1-9]\d*)?\.html#r([1-9]\d*)">'
    r"(.*) – (.*)</a>",  # noqa: RUF001
    re.DOTALL,
)
_CHANGES = re.compile(
    r' ·\xa0<a href="[a-z0-9-]+\.changes\.html">((?:<span[^>]*>)?[^<]*(?:</span>)?)</a>'
)
_TEXT = re.compile(
    r' ·\xa0<a href="[a-z0-9-]+\.text\.html">((?:<span[^>]*>)?[^<]*(?:</span>)?)</a>$'
)
_STYLED = re.compile("<style>[^<]*</style>")
_EMBED = re.compile(
    rf'<a href="(https://[^"<>\s]+)" rel="noopener noreferrer">({SAID})</a>'
    rf"(?: <small>({SAID})</small>)?"
)
_POST = re.compile(rf'<a href="#(post-[a-z0-9-]+)">{_TIME}</a>')
_LINE = re.compile(rf"([^<]*?)(?: – {_TIME})?")  # noqa: RUF001
_LABELLED = re.compile(
    r"<strong>((?:<span[^>]*>)?[^<]*(?:</span>)?)</strong> ([^<]*?)"
    r'(?: \(<a href="[a-z0-9-]+\.changes(?:\.[1-9]\d*)?\.html#r([1-9]\d*)">'
    r"((?:<span[^>]*>)?[^<]*(?:</span>)?)</a>\))? – (.*)",  # noqa: RUF001
    re.DOTALL,
)
_BYLINE = re.compile(
    r"(?P<face><picture>.*</picture>)?"
    rf'(?:<p><strong>(?:<a href="{_UP}by/([a-z0-9-]+)\.html">)?([^<]*)(?:</a>)?'
    r"</strong>(?: ·\xa0<span>([^<]*)</span>)?</p>)?(?:<p>(.*)</p>)?",
    re.DOTALL,
)


def read_printing(
    pages: Sequence[bytes], path: str, told: Sequence[bytes] = ()
) -> Printing:
    """Take the pages of one article apart, in their order.

    Args:
        pages: identity bytes; at least one.
        path: of the article, for the message.
        told: the pages of what its releases changed; with them, notes that stand there
            alone are read as notes of the article.

    Raises:
        PageError: something stands there that this press does not print.
    """
    whole = _Page(pages[0], path)
    later = [_Page(page, path, whole) for page in pages[1:]]
    if len({page.around[LATER] for page in later}) > 1:
        raise PageError(f"{path}: its pages have more than one frame")
    for page in later:
        whole.go_on(page)
    if told:
        whole.add_told(read_told(told, path))
    return whole.printing()


class _Page(Proofreader):
    """One page, taken apart. `first`: the page of the article that comes first."""

    def __init__(self, content: bytes, path: str, first: "_Page | None" = None) -> None:
        sheet = open_sheet(content, path)
        if sheet.later != bool(first):
            raise strange(path, "a first page" if first else "a later page")
        super().__init__(path, sheet.language)
        self.words: dict[str, list[str]] = {p: [t] for p, t in sheet.head.items()}
        self._frame = LATER if first else FRAME
        self._first = first or self
        self.ways = first.ways if first else self.ways
        self.around = {self._frame: sheet.frame}
        self.kinds: dict[str, list[str]] = {"change": [], "note": [], "lineage": []}
        self.flows = {name: Flow() for name in _FLOWS}
        self._links: list[str] = []
        self.heads = ""  # of the last table, a cell behind the other
        self.again = ""  # those said again of one that goes on
        self._above = ""  # names above the text
        self._earlier = ""  # which notes stand elsewhere, as it is told
        self._spare = PAGE_BYTES - len(content)
        self._authors: list[str] = []
        self._names = {sheet.mast, sheet.publisher}
        self._style(sheet, content.decode())
        article = undirected(sheet.article, direction(sheet.language), path)
        children = [c for one in parse(article, path) for c in _header(one)]
        kinds = {child.kind for child in children if isinstance(child, Element)}
        gone = WITHDRAWN if "div gone" in kinds else ""
        self._standing = RETRACTED if "p flag" in kinds else gone
        for child in children:
            self._child(child)

    def _style(self, sheet: Sheet, html: str) -> None:
        """Note a stylesheet that is none of ours, and have one frame for both."""
        ours = _sheets(sheet, html)
        usual = stylesheet("article.html", sheet.language)
        if undressed(sheet.style) in ours:
            self.around[self._frame] = sheet.frame.replace(sheet.style, usual, 1)
        else:
            digest = hashlib.sha256(sheet.style.encode()).hexdigest()
            self.unknown.add(f"{STYLE}: sha256 {digest}")

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

    def _add(self, part: str, *texts: str) -> None:
        self.words.setdefault(part, []).extend(texts)

    def _kind(self, what: str, found: str, said: Mapping[str, str]) -> None:
        """Tell a kind by the paper's own words for it."""
        kinds = [kind for kind, words in said.items() if str(words) == found]
        self.own(what, found, said.values())
        self.kinds[what].append(kinds[0] if kinds else "")

    # The head of the article

    def _kick(self, child: Element) -> None:
        section, name, kicker = self.match(_KICK, child).groups()
        if section:
            self._add("section", section)
            self.around[f"section {section}"] = self.plain(name)
        if kicker is not None:
            self._add("kicker", self.said("kicker", kicker))

    def _flag(self, child: Element) -> None:
        self._add("standing", RETRACTED)
        self.own("flag", child.inner, [self.w.html["retracted"]])

    def _headline(self, child: Element) -> None:
        if self._standing == WITHDRAWN:
            self.own("headline", child.inner, [self.w.html["withdrawn_title"]])
            [title] = self.words.pop("title")
            self.own("title", title, [self.w.plain["withdrawn_title"]])
            return
        self._add("headline", self.said("headline", child.inner))

    def _from(self, child: Element) -> None:
        """Keep who is named above; whether those are the bylines is told at the end."""
        self._above = words_of(child.children, self.path)

    def _when(self, child: Element) -> None:
        if self._first is not self:
            here = below.check_here(self, child.inner)
            titles = self.words["title"]
            self.words["title"] = [t.removesuffix(f" – {here}") for t in titles]  # noqa: RUF001
            return
        first = "withdrawn_time" if self._standing == WITHDRAWN else "published"
        inner = child.inner
        if text := _TEXT.search(inner):
            self.own("link", text[1], [self.w.html["text_only"]])
            inner = inner[: text.start()]
        if told := _CHANGES.search(inner):
            self.own("link", told[1], [self.w.html["what_changed"]])
            self._add("changes", "told")
            inner = inner[: told.start()] + inner[told.end() :]
        for number, line in enumerate(inner.split("<br>")):
            match = _WHEN.fullmatch(line)
            if match is None:
                raise strange(self.path, line)
            self.own("time", match[1], [self.w.html["updated" if number else first]])
            self._add("when", self.moment(match[2], match[3], day=False))

    def _change(self, child: Element) -> None:
        if "<time" not in child.inner:
            number, kinds, words = self.match(_ONWARD, child).groups()
            self.own("link", words, [self.w.html["what_changed"]])
            self._earlier = f"{number} {kinds}"
            return
        number, words = self.match(_CHANGE, child).groups()
        time = re.search(_TIME, words)
        if time is None:
            raise strange(self.path, words)
        self._add("change", number, self.moment(time[1], time[2], day=True))
        day = Markup(time[0])
        said = {kind: self.w.fill(f"see_{kind}", date=day) for kind in SHOWN_KINDS}
        self._kind("change", words, said)

    def _figure(self, child: Element) -> None:
        for part, texts in lead_of(self, child).items():
            self._add(part, *texts)

    # What a body shows: each is one text of it, told by all it is made of

    def _shown(self, child: Element) -> None:
        self._tell(shown_in(self, child))

    def _kept(self, child: Element) -> None:
        self._tell(kept_in(self, child))

    def _tell(self, told: Told) -> None:
        """Note a text of the body that is more than words."""
        self._text("body", json.dumps(told, ensure_ascii=False), [])

    def _box(self, child: Element) -> None:
        for one in child.children:
            if not isinstance(one, Element):
                raise strange(self.path, one)
            if one.kind == "h2" and one is child.children[0] and not one.given:
                self._text("body", "box", runs_of(one.children, self.path))
            elif one.kind in {"ul", "div wide"}:
                self._readers[one.kind](self, one)
            elif one.kind in _BLOCKS and one.kind != "h2" and not one.given:
                self._block(one, "box ")
            else:
                raise strange(self.path, child.inner)

    def _embed(self, child: Element) -> None:
        href, text, source = self.match(_EMBED, child).groups()
        words = [self.said("embed", one) for one in (text, source or "")]
        self._tell(["embed", self.plain(href), *words])

    def _post(self, child: Element) -> None:
        anchor, iso, text = self.match(_POST, child).groups()
        if anchor != child.given.get("id"):
            raise strange(self.path, child.inner)
        self._tell(["post", anchor, self.moment(iso, text, day=False)])

    def _line(self, child: Element) -> None:
        """Read a text of the body that has no emphasis: a title, speech, a name."""
        self._text("body", child.kind, runs_of(child.children, self.path))

    def _live(self, child: Element) -> None:
        state = _LIVE[child.kind]
        words = {LIVE: "live", ENDED: "live_ended"}[state]
        self.own("flag", child.inner, [self.w.html[words]])
        self._add("live", state)

    def _standfirst(self, child: Element) -> None:
        self._add("standfirst", self.said("standfirst", child.inner))

    def _dateline(self, child: Element) -> None:
        place, day, text = self.match(_LINE, child).groups()
        self._add("dateline", self.plain(place))
        if day is None:
            return
        try:
            when = date.fromisoformat(day)
        except ValueError as error:
            raise strange(self.path, day) from error
        self._add("dateline", when.isoformat())
        ours = {way: write_day(when, way, self.language) for way in self.ways}
        self.dated(self.plain(text), ours)

    def _gone(self, child: Element) -> None:
        if self._standing == WITHDRAWN:
            self._add("standing", WITHDRAWN)
        text = self.w.html[f"{self._standing}_text"]
        self.own("notice", child.inner, [f"<p>{text}</p>"])

    # Texts, which may go on on the next page

    def _block(self, child: Element, inside: str = "") -> None:
        quoted = child.name == "blockquote"
        inner = only(child, "p", self.path) if quoted else child
        label = inside + _BLOCKS[child.name]
        self._text("body", label, runs_of(inner.children, self.path))

    def _text(self, flow: str, label: str | None, runs: Iterable[Run]) -> None:
        if flow == "body" and label != "|":
            self.heads = ""  # of a table that has ended
        self.flows[flow].texts.append(Text(label, list(runs)))

    def _speech(self, child: Element) -> Run:
        return BARE._replace(language=self.speech(child))

    def _list(self, child: Element) -> None:
        speech = self._speech(child)
        for item in child.children:
            if not isinstance(item, Element) or item.name != "li" or item.given:
                raise strange(self.path, child.inner)
            self._text("body", "-", runs_of(item.children, self.path, speech))

    def _table(self, child: Element) -> None:
        table = self.table(child)
        speech = self._speech(table)
        first, *rows = table.children
        if isinstance(first, Element) and (first.name, *first.given) == ("thead",):
            if self._first is self or self.flows["body"].texts:
                raise strange(self.path, "heads of a table that does not go on")
            self.again = self._row(only(first, "tr", self.path), "heads")
        else:
            rows.insert(0, first)
        for row in rows:
            cells = self._row(row)
            if "<th" in (row.inner if isinstance(row, Element) else ""):
                self.heads = cells
            self._text("body", "|", runs_of([cells], self.path, speech))

    def _row(self, row: Element | str, where: str = "cell") -> str:
        if not isinstance(row, Element) or row.name != "tr" or row.given:
            raise strange(self.path, str(row))
        return "\t".join(self._cell(cell, where) for cell in row.children)

    def _cell(self, cell: Element | str, where: str) -> str:
        if not isinstance(cell, Element) or cell.given != _CELLS.get(cell.name):
            raise strange(self.path, str(cell))
        return self.said(where, cell.inner)

    def _note(self, child: Element) -> None:
        paragraph = only(child, "p", self.path)
        anchor = child.given.get("id")
        if anchor is None:
            self._text("note", None, runs_of(paragraph.children, self.path))
            return
        number = re.fullmatch(r"r([1-9]\d{0,6})", anchor)
        match = _LABELLED.fullmatch(paragraph.inner)
        if number is None or match is None:
            raise strange(self.path, child.inner)
        label, day, release, words, text = match.groups()
        told = "" if release is None else f" told at {release}"
        if told:
            self.own("link", words, [self.w.html["what_changed"]])
        self._kind("note", label, {kind: self.w.html[kind] for kind in SHOWN_KINDS})
        text = text.removeprefix(f"{self.w.html['redaction_text']} ")
        if text == self.w.html["note_removed"]:
            text = str(escape(self.w.plain["note_removed"]))
        runs = runs_of(parse(text, self.path), self.path)
        self._text("note", f"{number[1]} {self._day(self.plain(day))}{told}", runs)

    def _day(self, text: str) -> str:
        """Find which day a note names: one from the first release to the newest."""
        times = [
            datetime.fromisoformat(time) for time in self._first.words.get("when", ())
        ]
        if not times:
            raise strange(self.path, text)
        first, last = times[0].toordinal() - 1, times[-1].toordinal() + 1
        for ordinal in range(max(first, last - _DAYS), last + 1):
            day = date.fromordinal(ordinal)
            if text in {write_day(day, way, self.language) for way in self.ways}:
                return day.isoformat()
        return text

    def _credit(self, child: Element) -> None:
        self._text("credit", "", runs_of(child.children, self.path))

    def _byline(self, child: Element) -> None:
        face, list_, name, role, bio = self.match(_BYLINE, child).groups()
        label = None
        if name is not None:
            names = [self.plain(name), self.plain(role or ""), list_ or ""]
            label = json.dumps([*names, face_of(self, face), _unsaid(child, self.path)])
        elif face:
            raise strange(self.path, face)
        self._text("byline", label, runs_of(parse(bio or "", self.path), self.path))

    # Below the text

    def _where(self, child: Element) -> None:
        self._add("places", words_of(child.children, self.path))

    def _related(self, child: Element) -> None:
        for words in below.related(self, child):
            self._text("related", words, [])

    def _pager(self, child: Element) -> None:
        below.check_turns(self, child)
        self._spare = 0

    def _lines(self, child: Element) -> None:
        """Read the line about the original, or the line of tags."""
        found = below.original(self, child)
        if found is None:
            self._add("tags", *below.tags(self, child))
            return
        label, words = found
        self._add("lineage", *words)
        said = {relation: self.w.html[relation] for relation in _RELATIONS}
        self._kind("lineage", label, said)

    def _translations(self, child: Element) -> None:
        self._links.extend(below.translations(self, child))

    _readers = {  # noqa: RUF012  never changed; by element and class
        "p kick": _kick,
        "p flag": _flag,
        "h1": _headline,
        "h1 long": _headline,
        "p from": _from,
        "p when": _when,
        "p change": _change,
        "figure": _figure,
        "figure in": _shown,
        "figure set": _shown,
        "figure file": _kept,
        "h2 set": _line,
        "p said": _line,
        "p who": _line,
        "p embed": _embed,
        "p post": _post,
        "p live": _live,
        "p live over": _live,
        "p where": _where,
        "aside box": _box,
        "div related": _related,
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
        if page.again not in ("", self.heads):
            raise strange(self.path, page.again)
        self._check_again(page)
        goes_on = all(text.label == "|" for text in page.flows["body"].texts)
        self.heads = page.heads or (self.heads if goes_on else "")
        for name, flow in self.flows.items():
            flow.go_on(page.flows[name], same=name in _SAME)
        self.kinds["note"].extend(page.kinds["note"])
        self.around.update(page.around)
        self.unknown |= page.unknown

    def _check_again(self, page: "_Page") -> None:
        """Take words of other languages of the next page, but what it says again."""
        for kind, first in (("headline", "headline"), ("heads", "cell")):
            again = {one[1:] for one in page.spoken if one[0] == kind}
            known = {one[1:] for one in self.spoken if one[0] == first}
            if not again <= known or (kind == first and again != known):
                raise strange(self.path, f"{kind} {sorted(again)}")
        again_said = {"headline", "heads"}
        self.spoken += [one for one in page.spoken if one[0] not in again_said]

    def add_told(self, told: Telling) -> None:
        """Add the notes that stand alone where it is told what releases changed.

        What is told twice must be the same, and the line that leads there be true.
        """
        here = {_beginning(text): text for text in self.flows["note"].texts}
        away = []
        for one in told.entries:
            if one.kind not in SHOWN_KINDS:
                continue
            label = f"{one.number} {one.day}"
            text = Text(label, list(runs_of(parse(one.note, self.path), self.path)))
            known = here.get(str(one.number))
            if known is None:
                away.append(one)
                text.label = f"{label} told at {one.number}" if one.changed else label
                self.flows["note"].texts.append(text)
                self.kinds["note"].append(one.kind)
            elif not _same_note(known, text):
                self.unknown.add(f"note {label}")
        if not (away or told.whole):
            self.unknown.add("a page of changes that nothing leads to")
        self.unknown |= told.unknown
        ours = {one[1:] for one in self.spoken if one[0] == "headline"}
        if not {one[1:] for one in told.spoken} <= ours:
            self.unknown.add(f"languages of the headline: {sorted(told.spoken)}")
        self._check_line([(one.number, one.kind) for one in away])

    def _check_line(self, away: Sequence[tuple[int, str]]) -> None:
        kinds = counted([kind for _number, kind in away], self.language)
        said = " ·\xa0".join(
            f"{self.w.html[kind]}{f' ({many})' if many else ''}" for kind, many in kinds
        )
        line = f"{away[-1][0]} {said}" if away else ""
        self.own("notes elsewhere", self._earlier, [line])
        self._earlier = ""

    def printing(self) -> Printing:
        """Give all of it."""
        lines = self.flows["byline"].texts
        if self._above:
            names = [json.loads(text.label)[0] for text in lines if text.label]
            self.own("names", self._above, [listed(names, self.language)])
        if self._earlier:
            self._add("earlier", self._earlier)
        notes = self.flows["note"]
        if len(notes.texts) != len(self.kinds["note"]):
            raise strange(self.path, "a part of a note that does not go on")
        self.kinds["note"] = notes.sort(self.kinds["note"])
        said, tongues = self._said(), frozenset(self._tongues())
        for text in lines:
            self._set_apart(text)
        for text in self.flows.pop("byline").texts:
            name, role, list_, face, unsaid = json.loads(text.label or _NOBODY)
            self._add("byline", f"{name} {list_}")
            bio = write(text.runs)
            self._add("bio", json.dumps([role, *face, bio], ensure_ascii=False))
            self._authors.append(self._sealed(role, face, text.runs, unsaid))
        for name, flow in self.flows.items():
            if flow.texts:
                self._add(name, *(text.written() for text in flow.texts))
        if self.spoken:
            self._add("languages", *sorted(map(" ".join, self.spoken)))
        self._add("kinds", *(kind for some in self.kinds.values() for kind in some))
        return Printing(
            words={name: tuple(texts) for name, texts in self.words.items()},
            around=self.around,
            unknown=frozenset(self.unknown),
            links=tuple(self._links),
            authors=tuple(self._authors),
            said=said,
            tongues=tongues,
        )

    def _said(self) -> dict[str, tuple[tuple[str, str], ...]]:
        """Give what texts say without marks; the label of a note begins by its kind."""
        said = {n: tuple(t.bare() for t in f.texts) for n, f in self.flows.items()}
        kinds = zip(self.kinds["note"], said["note"], strict=True)
        said["note"] = tuple((f"{kind} {label}", text) for kind, (label, text) in kinds)
        return {**said, "above": (("", self._above),) if self._above else ()}

    def _tongues(self) -> Iterator[tuple[str, str]]:
        """List what is in another language, whatever text it stands in."""
        yield from ((language, words) for _where, language, words in self.spoken)
        for text in (text for flow in self.flows.values() for text in flow.texts):
            yield from tongues_of(text.runs)

    def _set_apart(self, text: Text) -> None:
        """Set apart what the service says of itself, which is one for all articles."""
        name, *rest = json.loads(text.label or _NOBODY)
        if name and name in self._names:
            if text.runs or self._spare > _LIFE:
                self._note_bio(text.runs)
            text.label, text.runs = json.dumps(["", *rest]), []

    def _note_bio(self, runs: Sequence[Run]) -> None:
        """Note what the service says of itself, and apart what it names in there.

        Older articles may have an older bio, which names nothing.
        """
        bare = write(run._replace(language="") for run in runs)
        self.around["bio"] = bare
        digest = hashlib.sha256(bare.encode()).hexdigest()[:16]
        self.around[f"languages of the bio {digest}"] = write(runs)

    def _sealed(
        self, role: str, face: list[str], runs: Sequence[Run], unsaid: Sequence[str]
    ) -> str:
        """Hash all that is said of an author, with what the page leaves out.

        Raises:
            PageError: it says that it leaves out what stands there.
        """
        [salt] = self.words["salt"]
        what, seal = unsaid
        if what and (face or runs or (role and what == ROLE)):
            raise strange(self.path, f"data-{what}")
        if what == ROLE:
            return seal
        bio = "".join(run.text for run in runs)
        return seal_author(salt, role, seal or seal_life(salt, face, bio))


def _unsaid(byline: Element, path: str) -> Sequence[str]:
    """Read what a page says instead of role, portrait or bio; nothing if all stands."""
    found = [
        (w, byline.given[f"data-{w}"])
        for w in (ROLE, LIFE)
        if f"data-{w}" in byline.given
    ]
    if len(found) > 1 or any(not _SEAL.fullmatch(seal) for _what, seal in found):
        raise strange(path, str(dict(byline.given)))
    return found[0] if found else ("", "")


def _sheets(sheet: Sheet, html: str) -> set[str]:
    """List the stylesheets that a page may have: rules for what stands on it."""
    bare = _STYLED.sub("<style></style>", html)
    base = (LATER_PAGE,) if sheet.later else ()
    return {
        fitting(stylesheet("article.html", sheet.language, some), bare)
        for some in (base, (*base, PORTRAIT))
    }


def _beginning(note: Text) -> str:
    """Give the number of the release that the label of a note begins with."""
    return str(note.label).partition(" ")[0]


def _same_note(one: Text, other: Text) -> bool:
    """Tell whether two notes say the same, whatever the link beside one of them."""
    days = [str(text.label).split(" ")[:2] for text in (one, other)]
    return days[0] == days[1] and write(one.runs) == write(other.runs)


def _header(child: Element | str) -> list[Element | str]:
    """Open the header, which holds no words of its own."""
    if isinstance(child, Element) and child.name == "header" and not child.given:
        return child.children
    return [child]
