"""Go through folders, archives and exports, one candidate at a time.

Nothing is read as a whole that need not be: a folder file by file, an archive member by
member, an export post by post. No link is followed, no name leads out of its folder.
"""

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import unquote, urljoin, urlsplit

from tamizdat.wire import parsers
from tamizdat.wire.archive.bounded import MOST_BYTES
from tamizdat.wire.archive.members import Member, members_of
from tamizdat.wire.errors import WireError
from tamizdat.wire.items import WireItem
from tamizdat.wire.parsers import docx
from tamizdat.wire.parsers.head import LOOKED_AT
from tamizdat.wire.parsers.mail.attached import picture_files

Find = Callable[[str], bytes | None]
# Files beside stories; pictures among them are found by the pages that show them.
BESIDE = frozenset(
    {
        *("jpg", "jpeg", "png", "gif", "webp", "avif", "svg", "ico", "bmp", "tif"),
        *("css", "js", "mjs", "map", "woff", "woff2", "ttf", "eot", "otf", "wasm"),
        *("mp3", "m4a", "mp4", "webm", "ogg", "pdf", "doc", "docx", "ds_store", "db"),
        *("cdx", "cdxj", "idx", "tmp", "part", "log", "md5", "sha256"),
    }
)
_COMPANIONS = (
    "_files",
    ".files",
    "-filer",
    "_bestanden",
    "_fichiers",
)  # of saved pages
_MOST_NEAR = 6  # segments of an address that may stand in a folder


@dataclass(frozen=True)
class Candidate:
    """Hold what may be a story.

    Attributes:
        name: for people.
        data: its bytes.
        address: where it stood, None where nobody knows.
        moment: when it was fetched, ISO 8601, None where nobody knows.
        parse: yields its items; a refusal is raised.
        find: gives the bytes of a picture by its address; None where it is not here.
        olds: addresses that led to this one.
        why: it cannot be read; None for all others.
        apart: its bytes are all that `parse` needs: another process may do it.
        cut: in words, what of its bytes is missing; None where they are whole.
    """

    name: str
    data: bytes = b""
    address: str | None = None
    moment: str | None = None
    parse: Callable[[], list[WireItem]] = list
    find: Find = lambda _href: None
    olds: list[str] = field(default_factory=list)
    why: str | None = None
    apart: bool = False
    cut: str | None = None

    @cached_property
    def sha256(self) -> str:
        """Hash its bytes, in hex."""
        return hashlib.sha256(self.data).hexdigest()


def is_archive(path: Path) -> bool:
    """Tell what holds many stories from a file of one. Never raises."""
    try:
        if path.is_dir():
            return True
        with path.open("rb") as stream:
            head = stream.read(LOOKED_AT)
    except (OSError, ValueError):
        return False
    name = parsers.family_of(head).name if head else ""
    if name == "zip" and docx.is_docx(path):
        return False
    return name in {*parsers.ARCHIVES, "wxr"}


def candidates(path: Path) -> Iterator[Candidate]:
    """Go through one path."""
    if path.is_dir():
        for file in files_in(path):
            yield from _of_file(file, path)
    else:
        yield from _of_file(path, path.parent)


def files_in(folder: Path) -> Iterator[Path]:
    """List the files of a folder in the order of their names."""
    for place, names, files in os.walk(folder):
        pages = {Path(name).stem for name in files}
        names[:] = sorted(n for n in names if not _is_companion(n, pages))
        for name in sorted(files):
            ending = name.rpartition(".")[2].lower()
            if not name.startswith(".") and ending not in BESIDE:
                yield Path(place) / name


def _is_companion(name: str, pages: set[str]) -> bool:
    stem = next((name.removesuffix(e) for e in _COMPANIONS if name.endswith(e)), None)
    return name.startswith(".") or (stem is not None and stem in pages)


def _of_file(path: Path, root: Path) -> Iterator[Candidate]:
    name = str(path)
    if path.is_symlink():
        yield Candidate(name, why="expected a file, found a link")
        return
    try:
        with path.open("rb") as stream:
            yield from _of_stream(stream, path, root)
    except (OSError, WireError) as error:
        said = getattr(error, "strerror", None) or str(error)
        yield Candidate(name, why=said)


def _of_stream(stream: BinaryIO, path: Path, root: Path) -> Iterator[Candidate]:
    name, head = str(path), stream.read(LOOKED_AT)
    family = parsers.family_of(head).name if head else ""
    find = _near(path.parent, root)
    if family in parsers.ARCHIVES:
        stream.seek(0)
        yield from _of_archive(stream, name)
    elif family == "wxr":
        from tamizdat.wire.parsers import wxr  # noqa: PLC0415 - it is large

        site = wxr.read_site(stream, name)
        posts = wxr.posts_of(stream, name, site)
        for number, (post, data) in enumerate(posts, start=1):
            yield Candidate(f"{name}#{number}", data, parse=_given(post), find=find)
    else:
        data = head + stream.read(MOST_BYTES + 1 - len(head))
        parse = _parsed(data, name, None)
        find = picture_files(data).get if family == "mhtml" else find
        yield Candidate(name, data, parse=parse, find=find, apart=True)


def _parsed(
    data: bytes, name: str, address: str | None, cut: str | None = None
) -> Callable[[], list[WireItem]]:
    return lambda: parsers.parse_member(data, name, address, cut)


def _given(post: Any) -> Callable[[], list[WireItem]]:
    def parse() -> list[WireItem]:
        if isinstance(post, WireError):
            raise post
        return [post]

    return parse


def _of_archive(stream: BinaryIO, name: str) -> Iterator[Candidate]:
    """Go through an archive twice: pictures and redirects stand anywhere in it."""
    from tamizdat.newsroom.archives.shelf import Shelf  # noqa: PLC0415

    shelf = Shelf()
    for member in members_of(stream, name):
        shelf.put(member)
    stream.seek(0)
    for member in members_of(stream, name):
        candidate = _of_member(member, name, shelf)
        if candidate is not None:
            yield candidate


def _of_member(member: Member, name: str, shelf: Any) -> Candidate | None:
    ending = member.name.partition("?")[0].rpartition(".")[2].lower()
    if member.leads_to is not None or (member.mime or "").startswith("image/"):
        return None
    if member.mime is None and ending in BESIDE:
        return None
    if member.refused is not None:
        return Candidate(member.name, why=f"expected {member.refused}")
    near = member.address or member.name.removeprefix(name).lstrip("/")
    return Candidate(
        member.name,
        member.data,
        member.address,
        member.moment,
        parse=_parsed(member.data, member.name, member.address, member.cut),
        find=lambda href: shelf.find(href, near),
        olds=shelf.leading_to(member.address),
        apart=True,
        cut=member.cut,
    )


def _near(folder: Path, root: Path) -> Find:
    """Find a picture by the end of its address, near the page that shows it."""
    top = root.resolve()

    def find(href: str) -> bytes | None:
        parts = [
            p for p in unquote(urlsplit(href).path).split("/") if p not in {"", "."}
        ]
        if not parts or ".." in parts or "\x00" in href:
            return None
        for place in (folder, root):
            for start in range(max(0, len(parts) - _MOST_NEAR), len(parts)):
                data = _read_below(place.joinpath(*parts[start:]), top)
                if data is not None:
                    return data
        return None

    return find


def _read_below(path: Path, top: Path) -> bytes | None:
    try:
        whole = path.resolve()
        if not whole.is_relative_to(top) or not whole.is_file():
            return None
        if whole.stat().st_size > MOST_BYTES:
            return None
        return whole.read_bytes()
    except (OSError, ValueError):
        return None


def address_of(href: str, base: str | None) -> str:
    """Read an address by another one; what cannot be read stays as it is."""
    try:
        return urljoin(base or "", href)
    except ValueError:
        return href
