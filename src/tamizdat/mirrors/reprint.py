"""Judge whether an edition that printed an article without a release says the same.

Reads its pages as they were and as they are. What stands around articles may change,
but then on every article of the edition alike: a frame that differs from article to
article could say something about one of them.

Source: spec/releases.md, "Reprinted".
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import count
from typing import NamedTuple

from tamizdat.edition import tree
from tamizdat.edition.compare import Run, compare, visible
from tamizdat.edition.cuts import clipped
from tamizdat.edition.errors import PageError
from tamizdat.edition.pages.addresses import continued, told_path
from tamizdat.edition.pages.directed import undirected
from tamizdat.edition.pages.textonly import text_of
from tamizdat.edition.pages.theme import Page, stylesheet, undressed
from tamizdat.edition.printing import FRAME, STYLE, UNKNOWN, Printing, differing
from tamizdat.edition.reprint import read_printing
from tamizdat.edition.sheet import Sheet, frame_text, open_sheet, undirected_foot
from tamizdat.edition.told import Entry, read_told
from tamizdat.edition.tree import PAGE_BYTES, Change, Target
from tamizdat.edition.verify import VerifiedEdition
from tamizdat.mirrors.errors import MissingError
from tamizdat.mirrors.shelf import TEXT, Shelf, pages_of, root_of

UNKNOWN_STYLE = "a stylesheet that this version does not know, and that may hide words"
_REWRITTEN = "what is told of its changes"
_STRAY = "a page that none before it leads to"
_OTHER_TEXT = "its page without pictures"
_TEMPLATE = "changes.html"
_NOTES = {"note", "kinds", "earlier"}  # parts that may stand beside what changed
_ARTICLES = re.compile(  # what the frame of an article has and that of changes has not
    r'<style>[^<]*</style>|<link rel="canonical" href="[^"<>]*">'
)
_TOLD = re.compile(  # title, salt, stylesheet and article, in their order
    r'<title>[^<]*</title>|<meta name="salt" content="[\w-]{22}">|<style>[^<]*</style>'
    r"|<article>.*</article>",
    re.DOTALL,
)
_FROM_THE_RIGHT = re.compile('<!doctype html><html lang="[^"<>]*" dir="rtl">')
Found = Mapping[str, Sequence[Run]]
Pages = Sequence[tuple[str, Target]]


class Reprint:
    """One edition, asked about articles that it changed without a release line.

    Attributes:
        frames: the words around articles before and after, once they differ.
    """

    def __init__(
        self,
        shelf: Shelf,
        edition: VerifiedEdition,
        before: VerifiedEdition | None = None,
    ) -> None:
        """Ask about an edition, and the one that it came after."""
        self.frames: tuple[str, str] | None = None
        self._shelf = shelf
        self._edition = edition
        self._before = before

    def judge(self, pages: Sequence[Change]) -> Found:
        """Find what differs in the words of an article; nothing if they are the same.

        Returns:
            By what differs, in an editor's words; with no difference where that is a
            reason why the words cannot be compared.
        """
        old = [(path, before) for path, before, _after in pages if before]
        new = [(path, after) for path, _before, after in pages if after]
        if not old or not new:
            return {"a page came or went" if "." in pages[0][0][:-5] else "all": ()}
        try:
            if self._strays(pages, _beside(pages[0][0])):
                return {_STRAY: ()}
            before, after = self._read(old), self._read(new)
            if _NOTES & set(differing(before, after)):
                before, after = self._noted(pages[0][0])
        except PageError as error:
            return {str(error): ()}
        except MissingError:
            return {"its words are not there any more to be compared": ()}
        return _differences(before, after) or self._around(before, after)

    def judge_changes(self, pages: Sequence[Change]) -> Found:
        """Find out whether the pages of what releases changed say the same.

        Args:
            pages: of one article, those that differ.
        """
        path = pages[0][0]
        try:
            if self._strays(pages, told_path(_beside(path))):
                return {_REWRITTEN: ()}
            both = [(self._told(p, old), self._told(p, new)) for p, old, new in pages]
            same = all(old and new and old.words == new.words for old, new in both)
            found: Found = {} if same else self._judge_told(path)
            beside = self._sheet_beside(path)
        except PageError as error:
            return {str(error): ()}
        except MissingError:
            return {"what changed is not there any more to be compared": ()}
        shells = [_judge_shell(old, new, beside) for old, new in both if new]
        return {what: () for what in shells if what} or found

    def _told(self, path: str, target: Target | None) -> "_Told | None":
        if target is None:
            return None
        [content] = pages_in(self._shelf, [(path, target)])
        return _told(content, path)

    def _judge_told(self, path: str) -> Found:
        """Compare what two editions tell of an article's releases, word by word.

        Where nothing is told but notes, it follows from the article: they stand there
        or here, as room allows. What releases changed stands here alone.
        """
        article = _beside(path)
        before, after = (
            read_told(self._pages(edition, told_path(article)), path)
            for edition in (self._before, self._edition)
        )
        both = self._noted(path)
        shown = both[1].words
        head = (
            article.rpartition("/")[2],
            *map(clipped, shown.get("headline", ())),
            *shown["salt"],
        )
        linked = "changes" in shown
        rewritten = linked and not _same_facts(before.entries, after.entries)
        if rewritten or after.whole != linked or (after.head and after.head != head):
            return {_REWRITTEN: ()}
        return _differences(*both)

    def _noted(self, path: str) -> tuple[Printing, Printing]:
        """Read an article whole, with notes that stand beside what changed alone."""
        article = _beside(path)
        before, after = (
            read_printing(
                self._pages(edition, article),
                article,
                self._pages(edition, told_path(article)),
            )
            for edition in (self._before, self._edition)
        )
        return before, after

    def _strays(self, pages: Sequence[Change], first: str) -> bool:
        """Tell whether a page stands where `_pages` of its text does not come.

        Args:
            pages: those that differ.
            first: path of the text's first page.
        """
        new = {path for path, _before, after in pages if after}
        if new == {continued(first, number) for number in range(1, len(new) + 1)}:
            return False  # without a look at the tree: a reprint of a paper is long
        standing = self._standing(self._edition, first)
        return not new <= {path for path, _target in standing}

    def _pages(self, edition: VerifiedEdition | None, path: str) -> list[bytes]:
        """Read all pages of a text; none where it has none."""
        found: list[bytes] = []
        for page in self._standing(edition, path):
            found += pages_in(self._shelf, [page])
        return found

    def _standing(
        self, edition: VerifiedEdition | None, path: str
    ) -> Iterator[tuple[str, Target]]:
        """Find all pages of a text, from its first to the one with none after it."""
        root = root_of(edition)
        if root is None:
            return
        for number in count(1):
            name = continued(path, number)
            target = tree.find(root, name, self._shelf.object)
            if target is None:
                return
            yield name, target

    def judge_text(self, page: Change) -> Found:
        """Find out whether a page without pictures says what its article says.

        It must be what the page with pictures of this edition gives, byte by byte, with
        letters in order or all as they come; one that went leaves nobody with other
        words.
        """
        path, _before, after = page
        match = TEXT.fullmatch(path)
        if after is None or match is None:
            return {}
        try:
            there = f"{match[1]}{match[3]}"
            whole = Page(there, self._content_of(there))
            (text,) = pages_in(self._shelf, [(path, after)])
            ours = text_of(whole), text_of(whole, ordered=False)
        except PageError as error:
            return {str(error): ()}
        except MissingError:
            return {"its page without pictures is not there any more": ()}
        return {} if text in ours else {_OTHER_TEXT: ()}

    def _sheet_beside(self, path: str) -> Sheet:
        """Open the article that a page of changes stands beside."""
        article = _beside(path)
        return open_sheet(self._content_of(article), article)

    def _content_of(self, path: str) -> bytes:
        """Read a page of this edition."""
        root = tree.root_of(self._edition.statement.tree)
        target = tree.find(root, path, self._shelf.object)
        if target is None:
            raise PageError(f"{path}: not there")
        return pages_in(self._shelf, [(path, target)])[0]

    def _read(self, pages: Pages) -> Printing:
        return read_printing(pages_in(self._shelf, pages), pages[0][0])

    def _around(self, before: Printing, after: Printing) -> Found:
        moved = [
            name
            for name, found in after.around.items()
            if before.around.get(name) != found
        ]
        for name in moved:
            if len(self._found.get(name, ())) > 1:
                return {f"what stands around it ({name}), unlike other articles": ()}
        if FRAME in moved and self.frames is None:
            both = before.around[FRAME], after.around[FRAME]
            self.frames = frame_text(both[0]), frame_text(both[1])
        return {}

    @cached_property
    def _found(self) -> dict[str, set[bytes]]:
        """Everything that stands around any article of the edition, by what it is."""
        found: dict[str, set[bytes]] = {}
        for pages in self._all():
            try:
                around = self._read(pages).around
            except MissingError:
                continue  # withdrawn since
            except PageError:
                continue  # says nothing of others; if it changed, it is told itself
            for name, text in around.items():
                digest = hashlib.sha256(text.encode()).digest()
                found.setdefault(name, set()).add(digest)
        return found

    def _all(self) -> Iterator[Pages]:
        root = root_of(self._edition)
        whole = tree.changes(None, root, self._shelf.object)
        for pages in pages_of(whole).values():
            yield [(path, after) for path, _before, after in pages if after]


class _Told(NamedTuple):
    """A page of what releases changed, taken apart."""

    words: tuple[str, ...]
    style: str
    frame: str


def _told(content: bytes, path: str) -> _Told:
    text = content.decode("utf-8", "replace")
    way = "rtl" if _FROM_THE_RIGHT.match(text) else "ltr"
    found = [match[0] for match in _TOLD.finditer(text)]
    if len(found) != len(("title", "salt", "style", "article")):
        raise PageError(f"{path}: not a page of this press")
    title, salt, style, article = found
    words = title, salt, undirected(article, way, path)
    return _Told(words, style, undirected_foot(_TOLD.sub("", text), way, path))


def _beside(path: str) -> str:
    """Name the first page of the article that a page belongs to."""
    return f"{path.partition('.')[0]}.html"


def _judge_shell(old: "_Told | None", new: "_Told", beside: Sheet) -> str:
    """Judge what stands around what is told; give what is wrong with it, or "".

    The stylesheet must be ours, and the frame that of the article beside it.
    """
    ours = f"<style>{stylesheet(_TEMPLATE, beside.language)}</style>"
    known = old is not None and new.style == old.style
    if not known and undressed(new.style) != ours:
        return UNKNOWN_STYLE
    return "" if new.frame == _ARTICLES.sub("", beside.frame) else _REWRITTEN


def _same_facts(old: Sequence[Entry], new: Sequence[Entry]) -> bool:
    """Tell whether releases are told of alike; a kind unknown before is no other."""
    return len(old) == len(new) and all(
        one.kind in {"", other.kind} and _facts(one) == _facts(other)
        for one, other in zip(old, new, strict=True)
    )


def _facts(one: Entry) -> tuple[object, ...]:
    return one.number, one.moment, one.note, one.lines


def _differences(before: Printing, after: Printing) -> dict[str, Sequence[Run]]:
    """Say which parts of two printings differ, each with its difference."""
    parts = differing(before, after)
    added = after.unknown - before.unknown
    if parts == [UNKNOWN] and all(one.startswith(STYLE) for one in added):
        return {UNKNOWN_STYLE: ()}
    return {part: _compared(before, after, part) for part in parts}


def _compared(old: Printing, new: Printing, part: str) -> list[Run]:
    if part == UNKNOWN:
        return compare(_lines(old.unknown), _lines(new.unknown))
    return compare(_lines(old.words.get(part, ())), _lines(new.words.get(part, ())))


def _lines(texts: Iterable[str]) -> str:
    """Put texts one under the other; what cannot be seen is shown by its number."""
    return "\n".join(visible(text.strip()) for text in texts)


def pages_in(shelf: Shelf, pages: Pages) -> list[bytes]:
    """Read pages of an article.

    Raises:
        PageError: one is longer than any page of a paper.
        MissingError: one is not there.
    """
    for path, target in pages:
        if target.size > PAGE_BYTES:
            raise PageError(f"{path}: {target.size} bytes, at most {PAGE_BYTES}")
    return [shelf.object(target, path) for path, target in pages]
