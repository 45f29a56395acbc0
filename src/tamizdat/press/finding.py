"""Make an index of the words of a service, by pagefind, beside its tree.

Decides what is indexed: each article of the newest edition, folded (`edition.folding`),
month by month, so that an edit costs the index of one month and never that of the
archive. What pagefind writes has the same bytes each time; still no tree, no signature
and no other file depends on them.

    find/<service>/months.txt       months with an index, newest first
    find/<service>/find.mjs         what find.html loads, and beside it folding.mjs
    find/<service>/2026-11/         pagefind's files; the newest month has its program
    find/<service>/2026-11/made.txt what it was made of
    find/<service>/index.txt        which files there are, and state.txt its hash

Source: spec/addresses.md, "Search by words".
"""

import hashlib
import html
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path

from tamizdat.edition import tree
from tamizdat.edition.errors import PageError
from tamizdat.edition.folding import indexed
from tamizdat.edition.reading import read_article
from tamizdat.edition.statement import parse_latest
from tamizdat.edition.tree import Target
from tamizdat.press.archive import Archive
from tamizdat.press.errors import ArchiveError, PressError

FOLDER = "find"  # of an archive and of a mirror
MONTHS = "months.txt"
LIST, STATE = "index.txt", "state.txt"
_MADE = "made.txt"
_RULES = "1"  # another number wherever another text is indexed of the same page
_OURS = ("find.mjs", "folding.mjs")
_PROGRAM = ("pagefind.js", "wasm.*.pagefind")
_KEPT = ("pagefind-entry.json", "*.pf_meta", "index", "fragment")
_INDEXED = ("headline", "standfirst", "body", "byline", "caption")
_MONTH = re.compile(r"\d{4}-\d\d")
_ARTICLE = re.compile(r"(a/\d{4}-\d\d/\d\d/[a-z0-9-]+)(?:\.(\d+))?\.html")
_LANGUAGE = re.compile(r'<html lang="([^"]+)"')
_DAY = re.compile(r'<time datetime="[^"]+">([^<]+)</time>')


@dataclass(frozen=True)
class Made:
    """What was done for a service: months indexed now, months that stood."""

    service: str
    indexed: tuple[str, ...]
    kept: tuple[str, ...]


def index(archive: Archive, service: str) -> Made:
    """Bring the index of a service up to its newest edition.

    Raises:
        ArchiveError: the archive lost a part of that edition; a page is none of ours.
        PressError: pagefind is not installed, or failed.
    """
    folder = archive.root / FOLDER / service
    months = _months(archive, service)
    folder.mkdir(parents=True, exist_ok=True)
    for name in _OURS:
        program = files("tamizdat.reader") / "find" / name
        _write(folder / name, program.read_bytes())
    stamp = f"{_RULES} {_pagefind()}"
    newest = max(months, default="")
    made, kept = [], []
    for month, target in sorted(months.items()):
        what = f"{target.digest} {stamp} {'newest' if month == newest else 'older'}\n"
        if _read(folder / month / _MADE) == what:
            kept.append(month)
            continue
        _make(archive, target, month, folder, program=month == newest)
        _write(folder / month / _MADE, what.encode())
        made.append(month)
    order = "".join(f"{month}\n" for month in sorted(months, reverse=True))
    _write(folder / MONTHS, order.encode())
    for other in folder.iterdir():
        if other.is_dir() and other.name not in months:
            shutil.rmtree(other)
    _list(folder)
    return Made(service, tuple(made), tuple(kept))


def forget(archive: Archive, service: str) -> None:
    """Delete an index, whose compressed words nothing can be taken out of."""
    shutil.rmtree(archive.root / FOLDER / service, ignore_errors=True)


def _list(folder: Path) -> None:
    """Write which files there are, for mirrors that cannot be listed."""
    rows = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()} {path.relative_to(folder)}\n"
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in {LIST, STATE}
    ]
    listed = "".join(rows).encode()
    _write(folder / LIST, listed)
    _write(folder / STATE, hashlib.sha256(listed).hexdigest().encode())


def _pagefind() -> str:
    try:
        return version("pagefind-bin")
    except PackageNotFoundError as error:
        reason = "pagefind is not installed: pip install tamizdat[search]"
        raise PressError(reason) from error


def _months(archive: Archive, service: str) -> dict[str, Target]:
    """Name the directory of each month in the newest edition of a service."""
    path = archive.root / service / "latest"
    if not path.exists():
        raise ArchiveError(f"{service}: no edition in {archive.root}")
    root = tree.root_of(parse_latest(path.read_bytes()).statement.tree)
    folder = next(
        (e for e in tree.entries_of(root, archive.object, "") if e.name == "a"), None
    )
    rows = tree.entries_of(folder.target, archive.object, "a") if folder else ()
    return {row.name: row.target for row in rows if _MONTH.fullmatch(row.name)}


def _make(
    archive: Archive, month: Target, name: str, folder: Path, *, program: bool
) -> None:
    """Index a month beside its place, then put it there."""
    with tempfile.TemporaryDirectory(dir=folder, prefix=".making-") as work:
        site, out = Path(work, "site"), Path(work, "out")
        site.mkdir()
        for path, page in _pages(archive, month, f"a/{name}"):
            place = site / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(page, encoding="utf-8")
        _run(site, out)
        kept = Path(work, "kept")
        kept.mkdir()
        for pattern in (*_KEPT, *(_PROGRAM if program else ())):
            for found in sorted(out.glob(pattern)):
                found.rename(kept / found.name)
        shutil.rmtree(folder / name, ignore_errors=True)
        kept.rename(folder / name)


def _run(site: Path, out: Path) -> None:
    command = [sys.executable, "-m", "pagefind_bin", "--site", str(site)]
    options = ["--output-path", str(out), "--silent"]
    done = subprocess.run(  # noqa: S603
        [*command, *options], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise PressError(f"pagefind: {(done.stderr or done.stdout).strip()[-300:]}")


def _pages(archive: Archive, month: Target, at: str) -> Iterator[tuple[str, str]]:
    """Write each article of a month as pagefind is to read it: path and page."""
    found: dict[str, dict[int, tuple[Target, str]]] = {}
    for inner, target in tree.walk(month, archive.object):
        path = f"{at}/{inner}"
        if match := _ARTICLE.fullmatch(path):
            found.setdefault(match[1], {})[int(match[2] or 1)] = target, path
    for stem, parts in sorted(found.items()):
        pages = [archive.object(*parts[number]) for number in sorted(parts)]
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
    title = html.escape(reading.parts["headline"][0])
    day = html.escape(html.unescape(_first(_DAY, first)))
    return (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8"><body>'
        f'<p data-pagefind-meta="title">{title}</p>'
        f'<p data-pagefind-meta="day">{day}</p>'
        f"<main data-pagefind-body>{words}</main></body></html>"
    )


def _texts(parts: Mapping[str, Iterable[str]]) -> Iterator[str]:
    for name in _INDEXED:
        yield from parts.get(name, ())


def _first(pattern: re.Pattern[str], page: str) -> str:
    match = pattern.search(page)
    return match[1] if match else ""


def _read(path: Path) -> str:
    return path.read_text("utf-8") if path.exists() else ""


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    draft = path.with_name(f".{path.name}")
    draft.write_bytes(content)
    draft.replace(path)
