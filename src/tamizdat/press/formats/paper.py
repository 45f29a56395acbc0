"""Read an edition back from its tree: stories with their pages joined, and the rest.

Decides which pages of an edition a file is made of. Only what the tree names is read,
so a file says what the edition says, and anyone with its objects can make it again.
"""

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from lxml import html

from tamizdat.edition import tree
from tamizdat.edition.blocks import Foreign
from tamizdat.edition.cuts import may_go_on
from tamizdat.edition.pages import continued
from tamizdat.edition.pages.addresses import told_path
from tamizdat.edition.stories import SHOWN_KINDS
from tamizdat.edition.told import read_told
from tamizdat.edition.tree import Entry, Target
from tamizdat.edition.wording import wording
from tamizdat.press.errors import ArchiveError
from tamizdat.press.formats.drafts import Basis

Element = Any  # of lxml, which ships no types

_STORY = re.compile(r"[a-z0-9][a-z0-9-]*\.html")
_CREDITED = frozenset({"credit", "by"})  # who answers for a story
_MOST_PAGES = 1_000  # of one text
_MONTH, _DAY = re.compile(r"\d{4,}-\d\d"), re.compile(r"\d\d")


@dataclass(frozen=True)
class Chapter:
    """A story as its pages show it.

    Attributes:
        path: of its first page, inside the service's tree.
        published: time of its first release, with the offset of its page.
        salt: of its newest release; stands wherever its words stand.
        article: its pages as one, changed by whoever sets it.
        foreign: words of other languages in its headline.
    """

    path: str
    headline: str
    published: datetime
    salt: str
    article: Element
    foreign: tuple[Foreign, ...] = ()

    @property
    def place(self) -> tuple[datetime, str]:
        """Tell where it stands among others: by first release, then by id."""
        return self.published, self.path


@dataclass(frozen=True)
class Cover:
    """What every page of a service says, as its front page does."""

    language: str
    direction: str
    name: str


def named_in(heading: Element) -> tuple[Foreign, ...]:
    """Read which words of a headline are in another language."""
    return tuple(
        Foreign("".join(one.itertext()), one.get("lang"))
        for one in heading.iter("span")
        if one.get("lang")
    )


class Paper:
    """One edition, read through its tree."""

    def __init__(self, basis: Basis) -> None:
        self.basis = basis
        self.cover = self._cover()

    def _cover(self) -> Cover:
        page = self.page("index.html")
        name = page.findtext("head/title")
        return Cover(page.get("lang"), page.get("dir"), name or self.basis.service)

    @property
    def signed(self) -> datetime:
        """Tell when the edition was signed, UTC."""
        return self.basis.time

    def content(self, path: str) -> bytes:
        """Give the bytes of a file of the tree.

        Raises:
            ArchiveError: the tree has none there.
        """
        target = tree.find(self.basis.root, path, self.basis.fetch)
        if target is None:
            raise ArchiveError(f"{self.basis.service}/{path}: not in the edition")
        return self.basis.fetch(target, path)

    def page(self, path: str) -> Element:
        """Read a page."""
        reading = html.HTMLParser(encoding="utf-8")
        return html.document_fromstring(self.content(path), parser=reading)

    def article(self, path: str) -> Element:
        """Read what stands between head and foot of a page.

        Raises:
            ArchiveError: it has no article.
        """
        found = self.page(path).find(".//main/article")
        if found is None:
            raise ArchiveError(f"{self.basis.service}/{path}: no page of a press")
        return found

    # Stories

    def newest(self, most: int) -> list[str]:
        """List paths of the newest stories that stand, newest first."""
        found: list[tuple[datetime, str]] = []
        for day in self._days():
            found += [one.place for one in self.chapters(day)]
            if len(found) >= most:
                break
        return [path for _time, path in sorted(found, reverse=True)[:most]]

    def stories(self) -> Iterator[str]:
        """List paths of all stories, by day, the newest day first."""
        return (path for day in self._days() for path in day)

    def chapters(self, paths: Iterable[str]) -> Iterator[Chapter]:
        """Read stories that stand, the newest first of each day; days in their order.

        Args:
            paths: of stories, those of a day together.
        """
        for _day, some in groupby(paths, posixpath.dirname):
            found = [one for one in map(self.chapter, some) if one is not None]
            yield from sorted(found, key=lambda one: one.place, reverse=True)

    def changed(self, before: Target) -> set[str]:
        """List paths of stories of which a page differs from an older tree's."""
        found = set()
        rows = tree.changes(before, self.basis.root, self.basis.fetch)
        for path, _old, new in rows:
            folder, _, name = path.rpartition("/")
            if new is not None and path.startswith("a/") and folder.count("/") == 2:  # noqa: PLR2004 - a/<month>/<day>
                found.add(f"{folder}/{name.partition('.')[0]}.html")
        return found & set(self.stories()) if found else found

    def _days(self) -> Iterator[list[str]]:
        """List the stories of each folder, of a UTC day, the newest first."""
        root = self.basis.root
        for month in self._named(self._folder(root, "a"), _MONTH, "a"):
            where = f"a/{month.name}"
            for day in self._named(month.target, _DAY, where):
                rows = tree.entries_of(
                    day.target, self.basis.fetch, f"{where}/{day.name}"
                )
                yield [
                    f"{where}/{day.name}/{row.name}"
                    for row in rows
                    if row.kind == "f" and _STORY.fullmatch(row.name)
                ]

    def days(self) -> dict[str, str]:
        """Tell how the archive by date writes each of its days, by ISO date."""
        root, found = self.basis.root, {}
        for month in self._named(self._folder(root, "a"), _MONTH, "a"):
            path = f"a/{month.name}/index.html"
            if tree.find(root, path, self.basis.fetch) is not None:
                for time in self.page(path).iterfind(".//main/ul//time"):
                    found[str(time.get("datetime"))] = str(time.text)
        return found

    def _folder(self, target: Target, name: str) -> Target | None:
        rows = tree.entries_of(target, self.basis.fetch, "")
        return next((row.target for row in rows if row.name == name), None)

    def _named(
        self, target: Target | None, names: re.Pattern[str], path: str
    ) -> list[Entry]:
        if target is None:
            return []
        rows = tree.entries_of(target, self.basis.fetch, path)
        some = [row for row in rows if names.fullmatch(row.name)]
        return sorted(some, key=lambda row: row.name, reverse=True)

    def chapter(self, path: str) -> Chapter | None:
        """Read a story, its pages joined; None for one withdrawn."""
        page = self.page(path)
        article = page.find(".//main/article")
        salt = page.find("head/meta[@name='salt']")
        heading = article.find("header/h1") if article is not None else None
        if article is None or salt is None or heading is None:
            raise ArchiveError(f"{self.basis.service}/{path}: no story of a press")
        gone = article.find("div[@class='gone']") is not None
        if gone and article.find("header/p[@class='flag']") is None:
            return None
        for number in range(2, _MOST_PAGES):
            more = continued(path, number)
            if tree.find(self.basis.root, more, self.basis.fetch) is None:
                break
            _join(article, self.article(more))
        self._add_notes(article, path, str(page.get("lang")))
        _sort_notes(article)
        time = article.find("header/p[@class='when']/time")  # that of updates follows
        if time is None:
            raise ArchiveError(f"{self.basis.service}/{path}: expected a time")
        published = datetime.fromisoformat(time.get("datetime"))
        headline = "".join(heading.itertext())  # with what stands in it in its order
        return Chapter(
            path, headline, published, salt.get("content"), article, named_in(heading)
        )

    def _add_notes(self, article: Element, path: str, language: str) -> None:
        """Put notes at their story that stand beside what changed for want of room."""
        line = article.find("p[@class='change']")
        if line is None:
            return
        words, there = wording(language).html, {one.get("id") for one in article}
        for one in read_told(list(self._pages(told_path(path))), path).entries:
            if one.kind in SHOWN_KINDS and f"r{one.number}" not in there:
                line.addprevious(
                    html.fragment_fromstring(
                        f'<aside class="note" id="r{one.number}"><p><strong>'
                        f"{words[one.kind]}</strong> {one.when} – {one.shown}"  # noqa: RUF001
                        "</p></aside>"
                    )
                )

    def _pages(self, path: str) -> Iterator[bytes]:
        """Read the pages of a text."""
        for number in range(1, _MOST_PAGES):
            name = continued(path, number)
            target = tree.find(self.basis.root, name, self.basis.fetch)
            if target is None:
                break
            yield self.basis.fetch(target, name)


def _join(article: Element, later: Element) -> None:
    """Add a later page to the first; a text that was cut goes on there.

    A later page is text alone, and the text of the first page ends before its turns.
    """
    text = [one for one in later if one.tag not in {"header", "nav"}]
    turns = article.find("nav[@class='pager']")
    last = turns.getprevious()
    if text and last.tag == text[0].tag and may_go_on("".join(last.itertext())):
        _pour(text.pop(0), last)
    for one in text:
        turns.addprevious(one)


def _sort_notes(article: Element) -> None:
    """Put the notes newest first, before who answers for the text.

    Pages have the oldest first.
    """
    notes = article.findall("aside[@class='note']")
    if not notes:
        return
    before = notes[0].getprevious()
    notes.sort(key=_release, reverse=True)
    credited = next((one for one in article if one.get("class") in _CREDITED), None)
    if credited is not None:
        for one in notes:
            credited.addprevious(one)
    else:
        for one in reversed(notes):
            before.addnext(one)


def _release(note: Element) -> int:
    """Tell the number of the release that a note is of."""
    return int(note.get("id", "r0")[1:])


def _pour(source: Element, target: Element) -> None:
    """Move all that an element holds to the end of another."""
    if len(target):
        target[-1].tail = (target[-1].tail or "") + (source.text or "")
    else:
        target.text = (target.text or "") + (source.text or "")
    for child in list(source):
        target.append(child)
