"""Bring the index of words of a service to a mirror: only files it lacks.

A mirror cannot always be listed, so what lies there stands in `index.txt` of a service,
and the hash of that list in `state.txt`, which is all that is read where nothing
changed. Both are signed by nobody, as the index is: a forged search can hide a story or
lead to another page, and shows no word as ours.

Source: spec/mirror-layout.md.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from tamizdat.mirrors.errors import MissingError
from tamizdat.mirrors.transports import Source, Transport
from tamizdat.press.archive import Archive
from tamizdat.press.finding import FOLDER, LIST, STATE

_LIST_BYTES = 1 << 26
_STATE_BYTES = 64  # hex
_ROW = re.compile(r"([0-9a-f]{64}) ([a-z0-9][a-zA-Z0-9._/-]{0,199})")


def send_index(archive: Archive, mirror: Transport, service: str) -> int:
    """Bring a mirror the files of an index that it lacks, take away those that went.

    Returns:
        Bytes written.

    Raises:
        MirrorError: the mirror cannot be written.
    """
    folder, place = archive.root / FOLDER / service, f"{FOLDER}/{service}"
    wanted, state = _kept(folder / LIST), _kept(folder / STATE)
    if _read(mirror, f"{place}/{STATE}", _STATE_BYTES) == state:
        return 0
    there = dict(_rows(_read(mirror, f"{place}/{LIST}", _LIST_BYTES)))
    here = dict(_rows(wanted))
    written = 0
    for name, digest in here.items():
        if there.get(name) != digest:
            content = (folder / name).read_bytes()
            mirror.write(f"{place}/{name}", content)
            written += len(content)
    for name in there.keys() - here.keys():
        mirror.remove(f"{place}/{name}")
    mirror.settle()
    for name, content in ((LIST, wanted), (STATE, state)):
        mirror.write(f"{place}/{name}", content)
    mirror.settle()
    return written + len(wanted) + len(state)


def _kept(path: Path) -> bytes:
    """Read a file of the archive; nothing where there is no index."""
    return path.read_bytes() if path.exists() else b""


def _read(mirror: Source, path: str, most: int) -> bytes:
    try:
        return mirror.read(path, most)
    except MissingError:
        return b""


def _rows(listed: bytes) -> Iterator[tuple[str, str]]:
    for line in listed.decode("utf-8", "replace").splitlines():
        if row := _ROW.fullmatch(line):
            yield row[2], row[1]
