"""A watched folder: files that an agency's receiver, or somebody, puts there.

Files stay where they are. One that was changed within two seconds may still be being
written: it comes with the next fetch.
"""

import os
import stat
import time
from fnmatch import fnmatchcase
from pathlib import Path

from tamizdat.newsroom.errors import SourceError
from tamizdat.newsroom.errors import said_later as _
from tamizdat.newsroom.sources.kinds import (
    FILE_BYTES,
    Fetched,
    Key,
    Road,
    is_unfinished,
    one_line,
)
from tamizdat.newsroom.sources.listed import Listed, TooLongError, fetch_listed
from tamizdat.newsroom.sources.said import at, say, system

KEYS = {
    "path": Key("a folder", read=one_line),
    "names": Key("a pattern of names, as *.xml", "*", one_line),
}
_STILL = 2.0  # seconds since a file was last written


def fetch(road: Road) -> Fetched:
    """Read the files that are new or changed. Raises as `kinds.fetch`."""
    folder = _allowed(Path(road.place["path"]), road.rules.folders)
    try:
        listing = list(_listed(folder, road.place["names"]))
    except OSError as error:
        raise SourceError(at(folder, system(error.strerror or ""))) from error
    return fetch_listed(listing, road.state, lambda name: _read(folder / name))


def _allowed(folder: Path, roots: tuple[Path, ...]) -> Path:
    whole = folder.resolve()
    if not any(whole.is_relative_to(root.resolve()) for root in roots):
        names = ", ".join(map(str, roots))
        said = say(_("expected a folder below %(names)s"), names=names)
        raise SourceError(at(folder, said))
    return whole


def _listed(folder: Path, pattern: str) -> list[Listed]:
    found, now = [], time.time()
    for entry in os.scandir(folder):
        if is_unfinished(entry.name) or not fnmatchcase(entry.name, pattern):
            continue
        about = entry.stat(follow_symlinks=False)
        if stat.S_ISREG(about.st_mode) and about.st_mtime <= now - _STILL:
            mark = f"{about.st_mtime_ns:020}-{about.st_size}"
            found.append(Listed(entry.name, about.st_size, mark))
    return found


def _read(path: Path) -> bytes:
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb") as file:
        data = file.read(FILE_BYTES + 1)
    if len(data) > FILE_BYTES:
        raise TooLongError(path.name)
    return data
