"""Check the paper's own words on a page against those this version prints.

Decides what is noted as unknown: words of the paper, not of a story, that this version
does not print in that place.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta, timezone

from tamizdat.edition.dates import CALENDARS, STYLES, Way, utc_stamp, write_moment
from tamizdat.edition.languages import direction, is_known
from tamizdat.edition.markup import Element, plain, strange
from tamizdat.edition.measures import write_length, write_size
from tamizdat.edition.pages.theme import undressed
from tamizdat.edition.sheet import local_of
from tamizdat.edition.wording import Wording, wording

LOOK = "a stylesheet, which may hide words"
_WAYS = tuple(Way(c, s) for c in CALENDARS for s in STYLES)
_SPOKEN = r'<span lang="([A-Za-z0-9-]+)" dir="(ltr|rtl)">([^<]*)</span>'
_SPAN = re.compile(_SPOKEN)
# A text without marks, in which words of other languages may stand; it has no group.
SAID = rf"[^<]*(?:{_SPOKEN.replace('(', '(?:')}[^<]*)*"
_SAYS = ": "  # between what it is that is unknown, and its words
_DIGITS = 9  # of a length in seconds or a size in bytes


def named(unknown: str) -> str:
    """Say what is unknown without its words: they may be those of a story."""
    return unknown.partition(_SAYS)[0]


class Proofreader:
    """A page that is read word by word.

    Attributes:
        path: of the article, for messages.
        language: BCP 47 tag of the page.
        w: the paper's own words in it.
        unknown: words of the paper that this version does not print there.
        ways: of writing a day, as far as all days agree that were read.
        pictures: that were read; all but the first load when they are near.
        spoken: words of other languages in texts without marks: where, which, what.
    """

    def __init__(self, path: str, language: str) -> None:
        self.path = path
        self.language = language
        self.w: Wording = wording(language)
        self.unknown: set[str] = set()
        self.ways: Sequence[Way] = _WAYS
        self.pictures = 0
        self.spoken: list[tuple[str, str, str]] = []

    def plain(self, text: str) -> str:
        """Take the escapes out of a text.

        Raises:
            PageError: another escape than those the press writes.
        """
        return plain(text, self.path)

    def said(self, where: str, markup: str) -> str:
        """Read a text without marks; note the words of other languages in it.

        Raises:
            PageError: something else than such words stands in it.
        """
        parts = list(self.parts(markup))
        self.spoken += [(where, language, text) for language, text in parts if language]
        return "".join(text for _language, text in parts)

    def parts(self, markup: str) -> Iterator[tuple[str, str]]:
        """Cut a text where its language changes: the language, "" for none; a text.

        Raises:
            PageError: as `said`.
        """
        at = 0
        for match in _SPAN.finditer(markup):
            language, way, words = match.groups()
            if not is_known(language) or way != direction(language):
                raise strange(self.path, match[0])
            yield "", self._bare(markup[at : match.start()])
            yield language, self.plain(words)
            at = match.end()
        yield "", self._bare(markup[at:])

    def _bare(self, markup: str) -> str:
        if "<" in markup:
            raise strange(self.path, markup)
        return self.plain(markup)

    def speech(self, child: Element) -> str:
        """Read which language all of a list or a table is in, "" for that of the page.

        Raises:
            PageError: it is given something else.
        """
        language = child.given.get("lang", "")
        told = {"lang": language, "dir": direction(language)} if language else {}
        if child.given != told or (language and not is_known(language)):
            raise strange(self.path, f"{child.name} {dict(child.given)}")
        return language

    def table(self, child: Element) -> Element:
        """Read what a table stands in, which scrolls where it may not fit on a phone.

        Raises:
            PageError: it is of another shape, or no row stands in the table.
        """
        given = dict(child.given)
        if given.keys() != {"class"}:  # it may be wider than a phone
            if (given.get("role"), given.get("tabindex")) != ("group", "0"):
                raise strange(self.path, str(given))
            self.own("table", given.get("aria-label", ""), [self.w.plain["table"]])
        match child.children:
            case [Element(name="table", children=[_, *_]) as table]:
                return table
            case _:
                raise strange(self.path, child.inner)

    def own(self, what: str, found: str, expected: Iterable[str]) -> None:
        """Note words of the paper that this version of it does not say."""
        if found not in {str(one) for one in expected}:
            self.unknown.add(f"{what}{_SAYS}{found}")

    def match(self, pattern: re.Pattern[str], child: Element) -> re.Match[str]:
        """Match the markup of an element whole.

        Raises:
            PageError: it is of another shape.
        """
        return self.matched(pattern, child.inner)

    def matched(self, pattern: re.Pattern[str], markup: str) -> re.Match[str]:
        """Match markup whole.

        Raises:
            PageError: it is of another shape.
        """
        match = pattern.fullmatch(markup)
        if match is None:
            raise strange(self.path, markup)
        return match

    def moment(self, iso: str, text: str, *, day: bool) -> str:
        """Read a moment, and note it if its writing is not one of ours."""
        local = local_of(iso, self.path)
        stamps = {way: write_moment(local, way, self.language) for way in self.ways}
        ours = {w: stamp.day if day else stamp.text for w, stamp in stamps.items()}
        self.dated(self.plain(text), ours)
        return utc_stamp(local)

    def dressed(self, style: str, ours: str) -> None:
        """Note a stylesheet that is none of ours, by its hash."""
        if undressed(style) != ours:
            digest = hashlib.sha256(style.encode()).hexdigest()
            self.unknown.add(f"{LOOK} ({digest[:16]})")

    def moments(self, time: datetime, zones: Iterable[timedelta]) -> Iterator[str]:
        """List how a moment may be written where clocks are ahead of UTC by so much."""
        for ahead in zones:
            local = time.astimezone(timezone(ahead))
            for way in self.ways:
                yield write_moment(local, way, self.language).text

    def dated(self, found: str, ours: Mapping[Way, str]) -> None:
        """Check a date, and keep the ways of writing one that it agrees with."""
        self.own("date", found, ours.values())
        agreeing = [way for way, text in ours.items() if text == found]
        self.ways = agreeing or self.ways

    def length(self, seconds: str, text: str) -> None:
        """Check how the length of a sound or a video is written."""
        ours = write_length(self._number(seconds), self.language)
        self.own("length", self.plain(text), [ours])

    def size(self, size: str, text: str) -> None:
        """Check how the size of a file, in bytes, is written."""
        ours = write_size(self._number(size), self.language)
        self.own("size", self.plain(text), [ours])

    def _number(self, digits: str) -> int:
        """Read a number that no file is larger or longer than."""
        if len(digits) > _DIGITS:
            raise strange(self.path, digits)
        return int(digits)
