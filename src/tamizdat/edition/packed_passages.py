"""Hold stories on pages of the pack against what their articles say.

A page writes days and times as its service does, in a zone that nobody tells; so what
stands there is held against all writings that an article's line may have.

Source: spec/pack.md, "Pages with the same text"; spec/releases.md, "The pack".
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from tamizdat.edition.cuts import clipped
from tamizdat.edition.dates import write_day
from tamizdat.edition.packed_sheet import BREAKING, CREDIT, PackedPage, Passage
from tamizdat.edition.packed_words import (
    AFTER,
    BEFORE,
    BODY,
    Line,
    Said,
    ends,
    is_same_body,
)
from tamizdat.edition.pages.cards import WITHDRAWN
from tamizdat.edition.pages.packed import SHORT
from tamizdat.edition.proofreader import Proofreader

_NEAR = [timedelta(minutes=m) for m in (0, -60, 60, -30, 30)]  # of summer time


def join(pages: Iterable[PackedPage]) -> list[Passage]:
    """Join the passages of pages that follow one another, into new ones.

    A page may have two pieces of one story: where its words are too dense for a whole
    page, both are short.
    """
    found: list[Passage] = []
    for passage in (passage for page in pages for passage in page.passages):
        if found and found[-1].story == passage.story:
            found[-1].go_on(passage)
        else:
            found.append(
                replace(
                    passage,
                    lines=list(passage.lines),
                    pages=list(passage.pages),
                    tongues=set(passage.tongues),
                )
            )
    return found


def differing(passage: Passage, article: Said) -> list[str]:
    """Name what pages of the pack say otherwise than the article.

    Args:
        passage: all of the story.
        article: what its pages say.
    """
    lines, above = passage.lines, (passage.kicker, passage.headline)
    headline, *_ = article.texts("h") or [""]
    if above != ("".join(article.texts("k")), headline):
        lines, above = _out_of_text(passage, lines, article)
    kickers = {"".join(article.texts("k"))} | (
        set() if article.texts("k") else {article.name}
    )
    gone = article.standing == WITHDRAWN
    standing = "" if passage.flag == BREAKING else passage.flag
    checks = {
        "kicker": above[0] in kickers,
        "headline": above[1] == headline,
        "standing": standing == ("" if gone else article.standing),
        "times": passage.moment == ("" if gone else "".join(article.moments[:1])),
        "salt": passage.salt == article.salt,
        "language": passage.reader.language == article.language
        and article.speaks(passage.tongues, above[0]),
        BODY: _says(passage, lines, article),
    }
    return [name for name, good in checks.items() if not good]


def is_end(passage: Passage, article: Said) -> bool:
    """Tell whether a passage says how an article ends, as a pack may begin."""
    known = passage.salt == article.salt and not passage.kicker
    known = known and article.speaks(passage.tongues, "")
    return known and ends(passage.lines, article, _same_as(passage))


def _out_of_text(
    passage: Passage, lines: list[Line], article: Said
) -> tuple[list[Line], tuple[str, str]]:
    """Take a headline and kicker out of the text, where a short one stands above."""
    ours = [*article.texts("k"), *article.texts("h")]
    for texts in (ours, [article.name, *ours]):
        short = clipped(texts[-1], SHORT) if texts else ""
        whole = [("p", text) for text in texts]
        if passage.headline == short != texts[-1] and lines[: len(texts)] == whole:
            kicker = texts[0] if len(texts) > 1 else ""
            return lines[len(texts) :], (kicker, texts[-1])
    return lines, (passage.kicker, passage.headline)


def _says(passage: Passage, lines: list[Line], article: Said) -> bool:
    """Tell whether a page says the lines of an article below its headline."""
    before = [line for line in article.lines if line[0] in BEFORE[2:]]
    after = [line for line in article.lines if line[0] in AFTER]
    end = len(lines) - len(after)
    same = _same_as(passage)
    return (
        len(before) <= end
        and all(map(same, lines[: len(before)], before))
        and all(map(same, lines[end:], after))
        and is_same_body(lines[len(before) : end], article.body, same)
    )


def _same_as(passage: Passage) -> Callable[[Line, Line], bool]:
    """Make what tells whether a line on a page is one of an article."""

    def same(found: Line, ours: Line) -> bool:
        letter, text = ours
        looks = "c" if letter in CREDIT else "u" if letter == "o" else letter
        return looks == found[0] and found[1] in set(_writings(passage, letter, text))

    return same


def _writings(passage: Passage, letter: str, text: str) -> Iterator[str]:
    """List how a page may write a line: days and times as services do."""
    reader = passage.reader
    if letter == "i":
        yield text.partition(" ")[2]
    elif letter == "d":
        day, _, place = text.partition(" ")
        yield from (
            [place] if day == "-" else (f"{place}, {one}" for one in _days(reader, day))
        )
    elif letter == "n":
        kind, day, note = text.split(" ", 2)
        yield from (f"{kind} {one} {note}" for one in _days(reader, day))
    elif letter == "o":
        moment, _, by = text.partition(" ")
        time = datetime.fromisoformat(moment)
        near = [(passage.offset or timedelta()) + by_ for by_ in _NEAR]
        for one in reader.moments(time, near):
            yield one if by == "-" else f"{one} {by}"
    else:
        yield text


def _days(reader: Proofreader, day: str) -> Iterator[str]:
    try:
        when = date.fromisoformat(day)
    except ValueError:
        return
    yield from (write_day(when, way, reader.language) for way in reader.ways)
