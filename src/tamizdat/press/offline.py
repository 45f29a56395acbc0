"""Make the offline files of an edition, and keep the newest of each kind.

Decides which files are due. A library is a base once a month and an increment after:
what changed since the base. How each is written is for `formats`, how it is signed for
`filing`.

Source: spec/offline.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tamizdat.edition import tree
from tamizdat.edition.file_check import VerifiedFile
from tamizdat.press import filing
from tamizdat.press.formats.drafts import Basis, Draft
from tamizdat.press.formats.epub import write_epub
from tamizdat.press.formats.paper import Chapter, Paper
from tamizdat.press.formats.plain import write_plain
from tamizdat.press.formats.single import write_single
from tamizdat.press.formats.zim import write_zim
from tamizdat.press.run import Press

STORIES = 50  # newest, of every kind but a library
KINDS = ("text", "page", "pictures", "book", "library")
NAMED = "mirrors.html"  # names files; what it names stays until it names others
_ENDINGS = {
    "text": ".txt",
    "page": ".html",
    "pictures": "-pictures.html",
    "book": ".epub",
    "library": ".zim",
}


@dataclass(frozen=True)
class _Base:
    """The newest base of a library. `tree`: hex, of the edition it is made from."""

    number: int
    time: datetime
    tree: str


def make(
    press: Press, service: str, kind: str, now: datetime, stories: int = STORIES
) -> VerifiedFile | None:
    """Make one offline file of the newest edition of a service, and check it.

    Args:
        press: whose archive holds the edition, and which signs.
        service: id.
        kind: one of KINDS.
        now: UTC, whole seconds.
        stories: newest ones, at most; of a library all.

    Returns:
        None for an increment that would say what the newest library says.

    Raises:
        PressError: there is no edition, or it cannot be signed now.
        EditionError: the file does not verify, or the edition is damaged.
    """
    basis = press.basis(service)
    press.refuse_unsigned(service, now)
    base = _base(press, service, basis) if kind == "library" else None
    paper = Paper(basis)
    if base and _says_the_same(press, paper):
        return None
    name = _name(basis, kind, base, stories)
    path = filing.draft_folder(press.archive) / name
    draft = _write(paper, kind, path, base, stories)
    press.file(draft, basis, now)
    found = filing.check(press.archive.root / filing.FILES / name, service=service)
    shown = paper.content(NAMED).decode()
    gone = [old for old in _outdated(press, service, kind, name) if old not in shown]
    filing.delete(press.archive, gone)
    return found


def _name(basis: Basis, kind: str, base: _Base | None, stories: int) -> str:
    """Name a file: two of one edition that say different things have two names."""
    some = "" if kind == "library" or stories == STORIES else f"-newest-{stories}"
    since = f"-since-{base.number}" if base else ""
    return f"{basis.service}-{basis.number}{some}{since}{_ENDINGS[kind]}"


def _write(
    paper: Paper, kind: str, path: Path, base: _Base | None, stories: int
) -> Draft:
    if kind == "library":
        if base is None:
            return write_zim(paper, paper.stories(), path)
        changed = paper.changed(tree.root_of(base.tree))
        inside = (where for where in paper.stories() if where in changed)
        return write_zim(paper, inside, path, base.number)
    chapters = _newest(paper, stories)
    if kind == "text":
        return write_plain(paper, chapters, path)
    if kind == "book":
        return write_epub(paper, chapters, path)
    return write_single(paper, chapters, path, pictures=kind == "pictures")


def _newest(paper: Paper, stories: int) -> list[Chapter]:
    found = map(paper.chapter, paper.newest(stories))
    return [one for one in found if one is not None]


def _base(press: Press, service: str, basis: Basis) -> _Base | None:
    """Find the base that an increment continues: an older one of the same month."""
    found = [
        _read_base(press, name)
        for number, name, since in _libraries(press, service)
        if number < basis.number and since is None
    ]
    month = (basis.time.year, basis.time.month)
    return next((b for b in found if (b.time.year, b.time.month) == month), None)


def _says_the_same(press: Press, paper: Paper) -> bool:
    """Tell whether no story changed since the newest library, of an older edition."""
    number, name, _since = next(_libraries(press, paper.basis.service))
    newest = _read_base(press, name)
    return number < paper.basis.number and not paper.changed(tree.root_of(newest.tree))


def _libraries(press: Press, service: str) -> Iterator[tuple[int, str, str | None]]:
    """List the libraries of a service, newest first: number, name, base."""
    form = filing.of_service(service)
    rows = [(form.fullmatch(name), name) for name in filing.names(press.archive)]
    found = [
        (int(match["number"]), name, match["since"])
        for match, name in rows
        if match and match["ending"] == _ENDINGS["library"]
    ]
    yield from sorted(found, key=lambda row: row[0], reverse=True)


def _read_base(press: Press, name: str) -> _Base:
    edition = filing.check(press.archive.root / filing.FILES / name).edition.statement
    return _Base(edition.number, edition.time, edition.tree)


def _outdated(press: Press, service: str, kind: str, kept: str) -> Iterator[str]:
    """List files that the newest one of their kind makes needless."""
    form, ending = filing.of_service(service), _ENDINGS[kind]
    own = form.fullmatch(kept)
    for name in filing.names(press.archive):
        match = form.fullmatch(name)
        if own is None or match is None or name == kept or match["ending"] != ending:
            continue
        if match["most"] != own["most"]:
            continue  # of more stories, or of fewer
        if own["since"] and match["number"] == own["since"]:
            continue  # the base that it continues
        yield name
