"""Hold what a pack says of a story against what the story's article says.

Writes both as the same lines, each a letter of the pack and a text, and names the kinds
of lines that differ. Which stories are held, and where they come from, is for others;
what stands on pages of the pack is for `packed_sheet`.

Source: spec/pack.md; docs/decisions/0097-words-of-the-pack.md.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from tamizdat.edition.cuts import LEAST_CUT, may_go_on
from tamizdat.edition.errors import PageError
from tamizdat.edition.pack import Item, lines_of, sourced
from tamizdat.edition.pages.cards import RETRACTED, WITHDRAWN
from tamizdat.edition.printing import FRAME, STYLE, Printing
from tamizdat.edition.reprint import read_printing
from tamizdat.edition.sheet import open_sheet
from tamizdat.edition.stories import NOTED_KINDS
from tamizdat.edition.wording import wording

Line = tuple[str, str]  # a letter of the pack and a text

BEFORE, AFTER = "khsbd", "nc"  # letters of what stands around a body
_JOINED = "puqlt"  # letters of texts that a page may cut
_NAMES = {
    "k": "kicker",
    "h": "headline",
    "s": "standfirst",
    "b": "byline",
    "d": "dateline",
    "n": "notes",
    "c": "credit line",
}
BODY = "body"
_LETTERS = {  # of texts of an article's body, by their labels
    **dict.fromkeys(("p", "box p", "p said"), "p"),
    **dict.fromkeys(("h", "h3", "box", "box h3", "h2 set"), "u"),
    **dict.fromkeys(("q", "box q"), "q"),
    "-": "l",
    "|": "t",
}
_SHOWN = {"figure in": "picture", "figure set": "picture", "sound": "audio"}
_VIDEO = 8  # facts of a figure that leads to a video, which a picture lacks
_NOT_SAID = {"-", "breaking"}  # of a standing: no article says it
_STYLED = re.compile("<style>[^<]*</style>")
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Said:
    """What is said of a story.

    Attributes:
        standing: "", retracted or withdrawn; of a pack, perhaps a word of its own.
        section: its id, "" where nothing says it.
        name: of the section, "" where nothing says it.
        mast: name of the service, "" where nothing says it.
        language: of the page, "" in a part.
        salt: of its newest release, "" in a part.
        tongues: words in other languages: language and words; none in a part.
        live: LIVE, ENDED or "".
        known: its stylesheet is one of this version.
        frame: what stands around its first page, without stylesheet, "" in a part.
        moments: of the first release and of the newest that moves the stamp, UTC.
        lines: in the order of a pack; a note is its kind, its day or time, its text.
    """

    standing: str
    section: str
    name: str
    mast: str
    language: str
    salt: str
    tongues: frozenset[tuple[str, str]]
    live: str
    known: bool
    frame: str
    moments: tuple[str, ...]
    lines: tuple[Line, ...]

    def texts(self, letter: str) -> list[str]:
        """Give the texts of one letter."""
        return [text for one, text in self.lines if one == letter]

    def speaks(self, tongues: Iterable[tuple[str, str]], kicker: str) -> bool:
        """Tell whether all words in other languages are, perhaps cut, in these here.

        Args:
            tongues: language and words.
            kicker: that stands with them. Where the article has none it is the name of
                a section, of which no article says what language its words are in.
        """
        name = "" if self.texts("k") else kicker
        return all(
            words in name
            or any(one == language and words in whole for one, whole in self.tongues)
            for language, words in tongues
        )

    @property
    def body(self) -> list[Line]:
        """The lines between what stands around them."""
        return [line for line in self.lines if line[0] not in BEFORE + AFTER]


def article_said(pages: Sequence[bytes], path: str, told: Sequence[bytes]) -> Said:
    """Read what the pages of an article say, as a pack would say it.

    Args:
        pages: identity bytes; at least one.
        path: of the article.
        told: the pages of what its releases changed.

    Raises:
        PageError: not pages that this press prints.
    """
    printing = read_printing(pages, path, told)
    words = printing.words
    standing = "".join(words.get("standing", ())[:1])
    section = "".join(words.get("section", ()))
    sheet = open_sheet(pages[0], path)
    if standing == WITHDRAWN:
        title = wording(sheet.language).plain["withdrawn_title"]
        lines: Iterable[Line] = [("h", title)]
    else:
        lines = _lines(printing, path, whole=standing != RETRACTED)
    return Said(
        standing=standing,
        section=section,
        name=printing.around.get(f"section {section}", ""),
        mast=sheet.mast,
        language=sheet.language,
        salt="".join(words["salt"]),
        tongues=printing.tongues,
        live="".join(words.get("live", ())),
        known=not any(one.startswith(STYLE) for one in printing.unknown),
        frame=_STYLED.sub("", printing.around[FRAME]),
        moments=tuple(words.get("when", ())),
        lines=tuple(lines),
    )


def _lines(printing: Printing, path: str, *, whole: bool) -> Iterator[Line]:
    words, said = printing.words, printing.said
    for letter, part in (("k", "kicker"), ("h", "headline"), ("s", "standfirst")):
        yield from ((letter, text) for text in words.get(part, ()))
    if said["above"]:
        names = [json.loads(label)[0] for label, _ in said["byline"] if label]
        yield "b", ", ".join(names)
    if place := words.get("dateline"):
        yield "d", f"{''.join(place[1:]) or '-'} {place[0]}"
    if whole:
        yield from _body(said["body"], path)
    for label, text in reversed(said["note"]):
        kind, _number, day, *_told = label.split(" ")
        if kind in NOTED_KINDS:
            yield "n", f"{kind} {day} {text}"
    yield from (("c", text) for _label, text in said["credit"])


def _body(texts: Sequence[tuple[str, str]], path: str) -> Iterator[Line]:
    """Write the body of an article; each text or display is a line, a post up to two.

    Raises:
        PageError: something stands there that no pack would have.
    """
    waiting = list(reversed(texts))
    while waiting:
        label, text = waiting.pop()
        if label in _LETTERS:
            yield _LETTERS[label], text
            continue
        if not label.startswith("["):
            raise PageError(f"{path}: not the body of a story: found {label}")
        kind, *facts = json.loads(label)
        if kind == "post":
            yield from _post(facts[1], waiting)
        elif kind == "embed":
            yield "p", sourced(*facts[1:])
        elif kind in {"sound", "document"}:
            yield "i", f"{_SHOWN.get(kind, kind)} {facts[0]}"
        else:
            shown = "video" if len(facts) + 1 == _VIDEO else _SHOWN[kind]
            yield "i", f"{shown} {facts[-3] or ''}"


def _post(moment: str, waiting: list[tuple[str, str]]) -> Iterator[Line]:
    """Write the head of a post: what follows it says its headline and who wrote it."""
    headline = waiting.pop()[1] if waiting and waiting[-1][0] == "h" else ""
    by = waiting.pop()[1] if waiting and waiting[-1][0] == "p who" else "-"
    yield "o", f"{moment} {by}"
    if headline:
        yield "u", headline


def end_of(items: Sequence[Item]) -> list[Line]:
    """Read the lines of a story whose first items are left out."""
    first, *rest = items
    head, _, text = first.content.partition(b"\n")
    if text.startswith(b"."):  # of a text that began before
        text = b"p" + text[1:]
    return lines_of([replace(first, content=head + b"\n" + text), *rest])


def packed_said(items: Sequence[Item]) -> Said:
    """Read what all items of a story say."""
    line = items[0].content.decode().split("\n", 1)[0]
    _sign, _id, _item, _release, standing, published, updated, section = line.split(" ")
    return Said(
        standing="" if standing in _NOT_SAID else standing,
        section=section,
        name="",
        mast="",
        language="",
        salt="",
        tongues=frozenset(),
        live="",
        known=True,
        frame="",
        moments=(published,) if updated == "-" else (published, updated),
        lines=tuple(lines_of(items)),
    )


def differing(packed: Said, article: Said) -> list[str]:
    """Name what a pack says otherwise than the article; nothing if it says the same."""
    found = [
        name
        for letter, name in _NAMES.items()
        if not _same(letter, packed.texts(letter), article)
    ]
    if not is_same_body(packed.body, article.body, lambda one, other: one == other):
        found.append(BODY)
    if packed.standing != article.standing:
        found.append("standing")
    if article.section and packed.section != article.section:
        found.append("section")
    gone = article.standing == WITHDRAWN  # its page says one moment, the newest
    if (packed.moments[-1:] if gone else packed.moments) != article.moments:
        found.append("times")
    return found


def ends(
    lines: Sequence[Line], article: Said, same: Callable[[Line, Line], bool]
) -> bool:
    """Tell whether lines are of an article, the first perhaps only the end of one.

    Where a pack begins, what a story began with may be left out.
    """

    def is_there(line: Line, *, end: bool) -> bool:
        return any(
            same(line, ours) or (end and ours[1].endswith(line[1]))
            for ours in article.lines
        )

    return all(is_there(line, end=not at) for at, line in enumerate(lines))


def same_line(packed: Line, ours: Line) -> bool:
    """Tell whether a line of a pack is one of an article."""
    if packed[0] == ours[0] == "n":
        return _same_note(packed[1], ours[1])
    return packed == ours


def _same(letter: str, texts: list[str], article: Said) -> bool:
    ours = article.texts(letter)
    if letter == "k":
        return texts in (ours, ours or [article.name])
    if letter != "n":
        return texts == ours
    return len(texts) == len(ours) and all(map(_same_note, texts, ours))


def _same_note(packed: str, ours: str) -> bool:
    """Compare kind and text; a time may be on the day before or after another zone's.

    Args:
        packed: kind, time and text.
        ours: kind, day and text.
    """
    kind, time, text = packed.split(" ", 2)
    our_kind, day, our_text = ours.split(" ", 2)
    try:
        apart = abs(date.fromisoformat(time[:10]) - date.fromisoformat(day))
    except ValueError:
        return False
    return (kind, text) == (our_kind, our_text) and apart <= _DAY


def is_same_body(
    found: Sequence[Line], ours: Sequence[Line], same: Callable[[Line, Line], bool]
) -> bool:
    """Tell whether two bodies are the same, wherever pages cut them.

    Args:
        found: in a pack, or on its pages.
        ours: in an article, where posts may stand before what can wait.
        same: tells it of two lines.
    """

    def all_same(some: Sequence[Line], others: Sequence[Line]) -> bool:
        return len(some) == len(others) and all(map(same, some, others))

    found, ours = joined(found), joined(ours)
    posts = [at for at, (letter, _text) in enumerate(ours) if letter == "o"]
    if all_same(found, ours):
        return True
    if not posts or not all_same(found[: posts[0]], ours[: posts[0]]):
        return False
    rest = found[posts[0] :]
    ours = _parted(ours, posts[-1], rest[-1:])
    return any(
        all_same(rest, [*ours[at:], *ours[posts[0] : at]])
        for at in range(posts[-1] + 1, len(ours))
    )


def _parted(ours: list[Line], after: int, last: Sequence[Line]) -> list[Line]:
    """Part the last text of a post from what waited behind the posts.

    Pages say that one goes on with the other where the first ends as one that was cut.

    Args:
        ours: lines of an article; no post begins behind the one with number `after`.
        after: as above.
        last: line of the pack that ends its last post, if there is any.
    """
    for letter, text in last if last and may_go_on(last[0][1]) else ():
        for at in range(after + 1, len(ours)):
            more = ours[at][1].removeprefix(text)
            if letter == ours[at][0] != "o" and more != ours[at][1] and more:
                return [*ours[:at], (letter, text), (letter, more), *ours[at + 1 :]]
    return ours


def joined(lines: Iterable[Line]) -> list[Line]:
    """Join texts of one letter where the first ends as one that was cut.

    A row of a table that is longer than a page is cut between or in its cells, so that
    nobody can tell them apart.
    """
    found: list[Line] = []
    for letter, some in groupby(lines, key=lambda line: line[0]):
        texts: list[str] = []
        for _letter, text in some:
            if letter in _JOINED and texts and may_go_on(texts[-1]):
                texts[-1] += text
            else:
                texts.append(text)
        found += [
            (letter, _uncelled(text) if letter == "t" else text) for text in texts
        ]
    return found


def _uncelled(row: str) -> str:
    return row if len(row.encode()) < LEAST_CUT else row.replace("\t", "")
