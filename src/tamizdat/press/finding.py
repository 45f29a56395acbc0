"""Make an index of the words of a service, by pagefind, beside its tree, and sign it.

Decides what is indexed: each article of the newest edition, folded (`edition.folding`),
month by month, so that an edit costs the index of one month and never that of the
archive. Months are made in the press's own folder, without its lock; what an edition
waits for is only that they are moved to their places and their list is signed.

    find/<service>/months.txt       months with an index, newest first
    find/<service>/find.mjs         what find.html loads, and beside it folding.mjs
    find/<service>/2026-11/         pagefind's files; the newest month has its program
    find/<service>/2026-11/made.txt what it was made of
    find/<service>/index.txt        the signed list of these files
    find/<service>/state.txt        its SHA-256; not there while files are changed

Source: spec/offline.md, "The index of words"; spec/addresses.md, "Search by words".
"""

import hashlib
import html
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path

from tamizdat.edition import tree
from tamizdat.edition.errors import EditionError, PageError
from tamizdat.edition.folding import indexed
from tamizdat.edition.reading import read_article
from tamizdat.edition.tree import Target
from tamizdat.edition.word_index import Row, list_name, read_list, write_list
from tamizdat.press import filing
from tamizdat.press.archive import Archive
from tamizdat.press.errors import ArchiveError, PressError
from tamizdat.press.filing import FIND, LIST, STATE
from tamizdat.press.formats.drafts import Basis, Draft
from tamizdat.press.journal import flush
from tamizdat.press.run import Press

MONTHS = "months.txt"
_MADE = "made.txt"
_RULES = "2"  # another number wherever another text is indexed of the same page
_OURS = ("find.mjs", "folding.mjs")
_PROGRAM = ("pagefind.js", "wasm.*.pagefind")
_KEPT = ("pagefind-entry.json", "*.pf_meta", "index", "fragment")
_INDEXED = ("headline", "standfirst", "body", "byline", "caption")
_MONTH = re.compile(r"\d{4}-\d\d")
_ARTICLE = re.compile(r"(a/\d{4}-\d\d/\d\d/[a-z0-9-]+)(?:\.(\d+))?\.html")
_LANGUAGE = re.compile(r'<html lang="([^"]+)"')
_HEADLINE = re.compile(r"<h1(?: [^<>]*)?>(.*?)</h1>")
_SPOKEN = (" lang=", " dir=")  # what a headline says that is not plain text
_DAY = re.compile(r'<time datetime="[^"]+">([^<]+)</time>')


@dataclass(frozen=True)
class Made:
    """What was done for a service: months indexed now, months that stood."""

    service: str
    indexed: tuple[str, ...]
    kept: tuple[str, ...]


def index(press: Press, service: str, now: datetime) -> Made:
    """Bring the index of a service up to its newest edition, and sign its list.

    Nothing is signed where the files are those that are signed already; with a newer
    edition, or a log that has grown, the same list may be sealed again.

    Args:
        press: whose archive holds the edition, and which signs.
        service: id.
        now: UTC; the service's key must be valid.

    Raises:
        ArchiveError: the archive lost a part of that edition; a page is none of ours.
        PressError: there is no edition, pagefind is not installed or failed, or nothing
            can be signed now.
        EditionError: what was signed does not verify.
    """
    basis = press.basis(service)
    press.refuse_unsigned(service, now)
    making = _Making(press.archive, basis)
    try:
        making.make()
        rows = making.rows()
        if rows != making.signed or making.number == basis.number:
            draft = making.draft(rows)
            os.sync()  # thousands of files, before the lock that editions wait for
            press.file(draft, basis, now, making.place)
            filing.check(press.archive.root / FIND / service / LIST, service=service)
    except OSError as error:  # withdrawals take away what is being made, too
        raise ArchiveError(f"{service}: {error}; make the index again") from error
    finally:
        making.clear()
    return making.done


class _Making:
    """An index being made beside the one that stands.

    Attributes:
        signed: the files of the one that stands; none if it is not whole.
        number: of the edition that list names, 0 for none.
    """

    def __init__(self, archive: Archive, basis: Basis) -> None:
        self.signed: list[Row] = []
        self.number = 0
        self._archive, self._basis = archive, basis
        self._folder = archive.root / FIND / basis.service
        self._work = filing.index_folder(archive, basis.service)
        self._months = _months(basis)
        self._made: list[str] = []
        self._kept: list[str] = []
        self._read_signed()

    @property
    def done(self) -> Made:
        """Tell what was done."""
        made, kept = sorted(self._made), sorted(self._kept)
        return Made(self._basis.service, tuple(made), tuple(kept))

    def _read_signed(self) -> None:
        if not (self._folder / STATE).exists():
            return
        try:
            found = filing.check(self._folder / LIST, service=self._basis.service)
            self.signed = read_list((self._folder / LIST).read_bytes())
            self.number = found.statement.edition
        except (EditionError, FileNotFoundError):
            self.signed = []  # damaged: every month is made again

    def make(self) -> None:
        """Index the months whose pages changed; one without words to find is none."""
        self.clear()
        self._work.mkdir(parents=True)
        stamp, age = f"{_RULES} {_pagefind()}", "newest"
        listed = {row.path for row in self.signed}
        for month, target in sorted(self._months.items(), reverse=True):
            what = f"{target.digest} {stamp} {age}\n"
            stands = f"{month}/{_MADE}" in listed
            if stands and (self._folder / month / _MADE).read_text("utf-8") == what:
                self._kept.append(month)
            elif _make(self._basis, target, month, self._work, program=age == "newest"):
                (self._work / month / _MADE).write_text(what, "utf-8")
                self._made.append(month)
            else:
                del self._months[month]
                continue
            age = "older"
        for name in _OURS:
            program = files("tamizdat.reader") / "find" / name
            (self._work / name).write_bytes(program.read_bytes())
        order = "".join(f"{month}\n" for month in sorted(self._months, reverse=True))
        (self._work / MONTHS).write_text(order, "utf-8")

    def rows(self) -> list[Row]:
        """List what the index will be, by path; what stands was hashed before."""
        found = [row for row in self.signed if row.path.partition("/")[0] in self._kept]
        for path in self._work.rglob("*"):
            if path.is_file():
                content = path.read_bytes()
                digest = hashlib.sha256(content).hexdigest()
                name = path.relative_to(self._work).as_posix()
                found.append(Row(name, len(content), digest))
        return sorted(found)

    def draft(self, rows: Sequence[Row]) -> Draft:
        """Write the list with an empty seal."""
        service, number = self._basis.service, self._basis.number
        path = filing.draft_folder(self._archive) / list_name(service, number)
        listed = write_list(rows)
        path.write_bytes(listed + bytes(self._basis.seal))
        return Draft(path, (len(listed), self._basis.seal))

    def place(self) -> None:
        """Move what was made to its place; until it is signed no list is whole."""
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / STATE).unlink(missing_ok=True)
        flush(str(self._folder))
        for made in sorted(self._work.iterdir()):
            target = self._folder / made.name
            if target.is_dir():
                shutil.rmtree(target)
            made.replace(target)
        for other in self._folder.iterdir():
            if other.is_dir() and other.name not in self._months:
                shutil.rmtree(other)
        flush(str(self._folder))

    def clear(self) -> None:
        """Take away what was not placed."""
        shutil.rmtree(self._work, ignore_errors=True)


def can_index() -> bool:
    """Tell whether pagefind is installed."""
    try:
        return bool(_pagefind())
    except PressError:
        return False


def _pagefind() -> str:
    try:
        return version("pagefind-bin")
    except PackageNotFoundError as error:
        reason = "pagefind is not installed: pip install tamizdat[search]"
        raise PressError(reason) from error


def _months(basis: Basis) -> dict[str, Target]:
    """Name the directory of each month in an edition."""
    rows = tree.entries_of(basis.root, basis.fetch, "")
    folder = next((entry for entry in rows if entry.name == "a"), None)
    inner = tree.entries_of(folder.target, basis.fetch, "a") if folder else ()
    return {row.name: row.target for row in inner if _MONTH.fullmatch(row.name)}


def _make(basis: Basis, month: Target, name: str, work: Path, *, program: bool) -> bool:
    """Index a month into a folder of its name; tell whether it has words to find."""
    with tempfile.TemporaryDirectory(dir=work, prefix=".making-") as beside:
        site, out = Path(beside, "site"), Path(beside, "out")
        site.mkdir()
        for path, page in _pages(basis, month, f"a/{name}"):
            place = site / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(page, encoding="utf-8")
        if not any(site.iterdir()):
            return False
        _run(site, out)
        kept = work / name
        kept.mkdir()
        for pattern in (*_KEPT, *(_PROGRAM if program else ())):
            for found in sorted(out.glob(pattern)):
                found.rename(kept / found.name)
    return True


def _run(site: Path, out: Path) -> None:
    command = [sys.executable, "-m", "pagefind_bin", "--site", str(site)]
    options = ["--output-path", str(out), "--silent"]
    done = subprocess.run(  # noqa: S603
        [*command, *options], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise PressError(f"pagefind: {(done.stderr or done.stdout).strip()[-300:]}")


def _pages(basis: Basis, month: Target, at: str) -> Iterator[tuple[str, str]]:
    """Write each article of a month as pagefind is to read it: path and page."""
    found: dict[str, dict[int, tuple[Target, str]]] = {}
    for inner, target in tree.walk(month, basis.fetch):
        path = f"{at}/{inner}"
        if match := _ARTICLE.fullmatch(path):
            found.setdefault(match[1], {})[int(match[2] or 1)] = target, path
    for stem, parts in sorted(found.items()):
        pages = [basis.fetch(*parts[number]) for number in sorted(parts)]
        if page := _folded(pages, f"{stem}.html"):
            yield f"{stem}.html", page


def _folded(pages: Sequence[bytes], path: str) -> str | None:
    """Write the words of an article, folded; None for one that was taken down."""
    try:
        reading = read_article(pages, path)
    except PageError as error:
        raise ArchiveError(str(error)) from error
    if reading.standing:
        return None
    first = pages[0].decode()
    language = _first(_LANGUAGE, first)
    texts = _texts(reading.parts)
    words = "".join(f"<p>{html.escape(indexed(t, language))}</p>" for t in texts)
    title = _title(reading.parts["headline"][0], _first(_HEADLINE, first))
    day = html.escape(html.unescape(_first(_DAY, first)))
    return (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8"><body>'
        f"{title}"
        f'<p data-pagefind-meta="day">{day}</p>'
        f"<main data-pagefind-body>{words}</main></body></html>"
    )


def _title(headline: str, shown: str) -> str:
    """Write a headline, with its markup where it says languages or directions."""
    said = f'<p data-pagefind-meta="title">{html.escape(headline)}</p>'
    if any(one in shown for one in _SPOKEN):
        told = html.escape(shown)
        said += f'<p data-told="{told}" data-pagefind-meta="told[data-told]"></p>'
    return said


def _texts(parts: Mapping[str, Iterable[str]]) -> Iterator[str]:
    for name in _INDEXED:
        yield from parts.get(name, ())


def _first(pattern: re.Pattern[str], page: str) -> str:
    match = pattern.search(page)
    return match[1] if match else ""
