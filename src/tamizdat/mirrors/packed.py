"""Hold the pack of an edition, and its pages, against the articles of the edition.

Decides which stories of a pack are read: those in files that changed, those whose
articles changed, those that stood in such files before. What must be the same is for
`edition.packed_words` and `edition.packed_sheet`; how files are found and read is for
`packed_files`.

Source: spec/releases.md, "The pack"; docs/decisions/0097-words-of-the-pack.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from functools import cached_property
from itertools import islice
from typing import Any

from tamizdat.edition import tree
from tamizdat.edition.compare import visible
from tamizdat.edition.errors import PackError, PageError
from tamizdat.edition.pack import Held
from tamizdat.edition.packed_list import Row
from tamizdat.edition.packed_words import Said, article_said
from tamizdat.edition.pages.addresses import continued, dated_path, told_path
from tamizdat.edition.pages.cards import WITHDRAWN
from tamizdat.edition.pages.packed import INDEX
from tamizdat.edition.parts import WINDOW
from tamizdat.edition.proofreader import LOOK, named
from tamizdat.edition.releases import Line
from tamizdat.edition.tree import Change, Target
from tamizdat.edition.verify import VerifiedEdition
from tamizdat.mirrors.errors import MissingError
from tamizdat.mirrors.packed_files import Files, Pages, Parts, Standing
from tamizdat.mirrors.packed_names import FOLDER, LIST, Name, bounds_of, name_of
from tamizdat.mirrors.packed_rows import ListJudge, Rows
from tamizdat.mirrors.shelf import ARTICLE, CHANGES, Shelf, root_of

_STRANGE = "not as this press prints it"
_STRAY = "none of a pack"
_LOST = "not there to be compared"
_NO_ARTICLE = "no article of this edition"
_UNREAD = "its article cannot be read"
_LATE = "begins later than with its newest stories"
_MISSING = "missing"
_ORDER = "order of stories"
_NUMBER = "number of its release"
_MANY = "more files than a pack has"
_MOST = 4_096  # files below FOLDER: parts and pages of 128 stories of a dozen each
_LONGEST = 999  # pages of an article that are read
_KEPT = 2_048  # pages of articles whose words are kept

Found = dict[str, list[str]]  # by id of a story, or path of a file: what differs
_AnyFiles = Files[Any, Any]


class _GoneError(MissingError):
    """A file is not there any more because it is withdrawn."""


class Packed:
    """The pack of one edition, beside that of the edition before."""

    def __init__(
        self, shelf: Shelf, edition: VerifiedEdition, before: VerifiedEdition | None
    ) -> None:
        self._shelf = shelf
        self._edition = edition
        self._root = root_of(edition)
        self._service = shelf.service
        number = edition.statement.number
        self._follows = before is not None and before.statement.number + 1 == number
        self._folders: dict[str, bytes] = {}
        self._articles: dict[str, Said | None] = {}
        self._kept = 0  # pages that they were read from
        self._found: Found = {}
        self._gone: set[str] = set()  # files that are withdrawn since
        old, new = self._targets(root_of(before)), self._targets(self._root)
        self._parts = Parts(new, self._content)
        self._pages = Pages(new, self._content)
        self._parts_before = Parts(old, self._content)
        self._pages_before = Pages(old, self._content)
        self._kinds: Sequence[tuple[_AnyFiles, _AnyFiles]] = (
            (self._parts, self._parts_before),
            (self._pages, self._pages_before),
        )
        self._lists = Rows(new, self._content), Rows(old, self._content)
        self._any, self._many = bool(old or new), len(new) > _MOST

    def judge(self, changes: Sequence[Change], lines: Sequence[Line]) -> Found:
        """Find what the pack says otherwise than the articles of its edition.

        Args:
            changes: all files that differ from the edition before.
            lines: of the releases of this edition.
        """
        if not self._any:
            return {}  # of a press that prints no pack
        if self._many:
            return {FOLDER: [_MANY]}
        moved = [one for one in changes if one[0].startswith(f"{FOLDER}/")]
        touched = {path for path, _old, new in moved if new}
        went = {path for path, old, _new in moved if old}
        for path in sorted(touched):
            if not name_of(path) and not LIST.fullmatch(path):
                self._say(path, _STRAY)
        sought = _changed(changes)
        for files, before in self._kinds:
            self._read(files, files.reached(touched))
            self._read_before(before, went)
            self._check_begin(files, before)
            for standing in (*before.standings, *files.standings):
                if not standing.begun and standing.paths & (touched | went):
                    sought.setdefault(standing.story, standing.article)
        for files, _before in self._kinds:
            for story, address in sorted(sought.items()):
                self._seek(files, story, address)
            self._hold_all(files, sought.keys(), touched)
        self._check_numbers(
            self._parts_before, {line.article: line.number for line in lines}
        )
        self._check_files(touched)
        self._check_list(touched, went)
        return self._found

    def _say(self, name: str, *found: str) -> None:
        if not found:
            return
        known = self._found.setdefault(name, [])
        known.extend(one for one in map(visible, found) if one not in known)

    # Which stories are held

    def _read(self, files: _AnyFiles, names: Iterable[Name]) -> None:
        for name in names:
            try:
                files.read(name)
            except (PackError, PageError):
                self._say(name.path, _STRANGE)
            except _GoneError:
                self._gone.add(name.path)
            except MissingError:
                self._say(name.path, _LOST)

    def _read_before(self, files: _AnyFiles, went: set[str]) -> None:
        """Read files of the edition before, as far as they are there and to be read."""
        for name in files.names:
            if name.path in went:
                try:
                    files.read(name)
                except (PackError, PageError, MissingError):
                    continue  # was judged when it was printed

    def _check_begin(self, files: _AnyFiles, before: _AnyFiles) -> None:
        """Count the stories of a pack that begins later than the one before."""
        if not files.names:
            if before.names:
                self._say(files.where, _LATE)
            return
        if before.names and files.names[0].time <= before.names[0].time:
            return
        self._read(files, files.names)
        few = len(files.stories) < WINDOW
        if (
            few
            and _all_read(files, files.names)
            and (before.names or self._has_more(files))
        ):
            self._say(files.where, _LATE)

    def _has_more(self, files: _AnyFiles) -> bool:
        """Tell whether there are articles that are none of the stories."""
        known = {one.article for one in files.standings}
        whole = tree.changes(None, self._root, self._shelf.object)
        found = (ARTICLE.fullmatch(path) for path, _old, _new in whole)
        return any(one and f"{one[1]}.html" not in known for one in found)

    def _seek(self, files: _AnyFiles, story: str, address: str) -> None:
        """Read the files where a story can stand, and miss one that must be there."""
        first, last = bounds_of(address)
        if not files.names or last <= files.names[0].time:
            return
        if story in files.stories:
            return
        try:
            article = self._article(address)
        except PageError:
            if first > files.names[0].time:
                self._say(story, f"{_UNREAD} {files.where}")
            return
        except MissingError:
            return  # told where the article is judged
        if article is None:
            return
        if article.standing != WITHDRAWN and article.moments:
            first = last = datetime.fromisoformat(article.moments[0])
        names = files.holding(first, last)
        self._read(files, names)
        if (
            story in files.stories
            or first <= files.names[0].time
            or not _all_read(files, names)
        ):
            return
        self._say(story, f"{_MISSING} {files.where}")

    # What they say

    def _hold_all(
        self, files: _AnyFiles, sought: AbstractSet[str], touched: set[str]
    ) -> None:
        for standing in files.standings:
            if standing.story in sought or standing.paths & touched:
                self._hold(files, standing)

    def _hold(self, files: _AnyFiles, standing: Standing[Any]) -> None:
        if self._gone & {name.path for name in files.around(standing.paths)}:
            return  # a part of it may be withdrawn
        try:
            article = self._article(standing.article)
        except PageError:
            found = [_UNREAD]
        except _GoneError:
            return
        except MissingError:
            found = [_LOST]
        else:
            found = files.differing(standing, article) if article else [_NO_ARTICLE]
        if found:
            self._say(standing.story, *(f"{one} {files.where}" for one in found))

    def _check_numbers(self, before: Parts, released: Mapping[str, int]) -> None:
        """Hold numbers of releases against the lines of this edition, or the last ones.

        Args:
            before: the parts of the edition before.
            released: numbers of the newest lines of this edition, by story.
        """
        stood = {one.story: one.pieces[0].release for one in before.standings}
        known = {**(stood if self._follows else {}), **released}
        for standing in self._parts.standings:
            number = standing.pieces[0].release
            if known.get(standing.story, number) != number:
                self._say(standing.story, f"{_NUMBER} {self._parts.where}")

    def _check_files(self, touched: set[str]) -> None:
        masts = {said.mast for said in self._articles.values() if said}
        mast = masts.pop() if len(masts) == 1 else ""
        for path in sorted(touched & self._parts.files.keys()):
            salts = self._salts(self._parts.files[path])
            self._say(path, *sorted(self._parts.strange(path, self._service, salts)))
        for path in sorted(touched & self._pages.files.keys()):
            strange = self._pages.strange(path, mast)
            self._say(
                path, *sorted({named(one) for one in strange if self._is_told(one)})
            )
        for files, _before in self._kinds:
            for path in files.unordered(touched):
                self._say(path, _ORDER)

    def _check_list(self, touched: set[str], went: set[str]) -> None:
        """Hold the list against its pages, once it or any of them is another."""
        new, old = self._lists
        moved = touched | went
        if not (moved & (new.paths | old.paths) or moved & self._pages.paths):
            return
        try:
            leaves = new.read()
        except PageError:
            self._say(INDEX, _STRANGE)
            return
        except MissingError as error:
            if not isinstance(error, _GoneError):
                self._say(INDEX, _LOST)
            return
        for path in sorted(new.paths - {path for path, _page in leaves}):
            self._say(path, _STRAY)
        judge = ListJudge(
            leaves, _rows_of(old), self._pages, self._read_pages, self._article
        )
        for name, what in judge.judge(touched):
            if self._is_told(what):
                self._say(name, named(what))

    def _is_told(self, what: str) -> bool:
        """Tell whether something strange is more than a sign of another release.

        What stood there before was told when it came, and a stylesheet at a first look
        is taken for that of the press, as those of articles are.
        """
        if what.startswith(LOOK):
            looks = {said.known for said in self._articles.values() if said}
            if not self._pages_before.names or looks == {False}:
                return False
        return what not in self._stood

    @cached_property
    def _stood(self) -> set[str]:
        """What was strange on pages of the edition before, and on their list."""
        self._read_before(self._pages_before, self._pages_before.paths)
        _new, old = self._lists
        pages = self._pages_before.files.values()
        found = set[str]().union(*(page.unknown for page in pages))
        try:
            return found.union(*(page.unknown for _path, page in old.read()))
        except (PageError, MissingError):
            return found

    def _read_pages(self, names: Iterable[Name]) -> None:
        self._read(self._pages, names)

    def _salts(self, part: Held) -> list[str] | None:
        """List the salts of a part's articles; None if one cannot be read."""
        paths = [dated_path(item.story, item.published) for item in part.items]
        try:
            articles = [self._article(path) for path in paths]
        except (PageError, MissingError):
            return None
        found = [article.salt for article in articles if article]
        return found if len(found) == len(articles) else None

    def _article(self, path: str) -> Said | None:
        """Read what an article says; None if there is none.

        Raises:
            PageError: not an article that this press prints.
            MissingError: a page is not there.
        """
        if path not in self._articles:
            pages, told = self._text(path), self._text(told_path(path))
            self._kept += len(pages) + len(told)
            if self._kept > _KEPT:
                self._articles.clear()
                self._kept = len(pages) + len(told)
            self._articles[path] = article_said(pages, path, told) if pages else None
        return self._articles[path]

    # What is read

    def _text(self, path: str) -> list[bytes]:
        """Read all pages of a text; none where there is none.

        Raises:
            PageError: a page is longer than any, or there are more than any text has.
            MissingError: one is not there.
        """
        found: list[bytes] = []
        for number in range(1, _LONGEST + 2):
            name = continued(path, number)
            target = tree.find(self._root, name, self._folder) if self._root else None
            if target is None:
                return found
            found.append(self._content(name, target))
        raise PageError(f"{path}: expected at most {_LONGEST} pages")

    def _targets(self, root: Target | None) -> dict[str, Target]:
        """List the files of a pack, by their paths."""
        if root is None:
            return {}
        top = tree.entries_of(root, self._folder, "")
        folder = next((e for e in top if e.kind == "d" and e.name == FOLDER), None)
        if folder is None:
            return {}
        inside = tree.entries_of(folder.target, self._folder, FOLDER)
        files = islice((one for one in inside if one.kind == "f"), _MOST + 1)
        return {f"{FOLDER}/{one.name}": one.target for one in files}

    def _folder(self, target: Target, path: str) -> bytes:
        """Read a directory, once."""
        if target.digest not in self._folders:
            self._folders[target.digest] = self._shelf.object(target, path)
        return self._folders[target.digest]

    def _content(self, path: str, target: Target) -> bytes:
        """Read a part or a page.

        Raises:
            PageError: it is longer than any.
            MissingError: it is not there.
        """
        if target.size > tree.PAGE_BYTES:
            raise PageError(f"{path}: {target.size} bytes, at most {tree.PAGE_BYTES}")
        try:
            return self._shelf.object(target, path)
        except MissingError as error:
            if target.digest in self._withdrawn:
                raise _GoneError(str(error)) from error
            raise

    @cached_property
    def _withdrawn(self) -> set[str]:
        """What went since. What an edition itself names as gone is not to be in it."""
        known = self._shelf.withdrawn(self._edition)
        return known - self._shelf.withdrawn_by(self._edition)


def _rows_of(rows: Rows) -> list[Row] | None:
    """List the rows of the edition before; None if they cannot be read any more."""
    try:
        return [row for _path, page in rows.read() for row in page.rows]
    except (PageError, MissingError):
        return None  # was judged when it was printed


def _all_read(files: _AnyFiles, names: Iterable[Name]) -> bool:
    """Tell whether files were read: what is in others is not known."""
    return all(name.path in files.files for name in names)


def _changed(changes: Sequence[Change]) -> dict[str, str]:
    """List articles that changed or came: the paths of their first pages by id."""
    found = {}
    for path, _old, new in changes:
        match = ARTICLE.fullmatch(path) or CHANGES.fullmatch(path)
        if match and new:
            found[match[2]] = f"{match[1]}.html"
    return found
