"""Bring the index of words of a service to a mirror: only files it lacks; check it.

What lies there stands in a signed list, `index.txt`, and the hash of that list in
`state.txt`, which is all that is read where nothing changed. `state.txt` is taken away
before the first file is written and comes back last: without it nothing is claimed.

Source: spec/offline.md, "The index of words"; spec/mirror-layout.md.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from tamizdat.edition.errors import EditionError, FileError
from tamizdat.edition.file_check import check_file
from tamizdat.edition.tree import target_of
from tamizdat.edition.word_index import LIST_BYTES, Row, list_name, read_list
from tamizdat.mirrors.errors import MirrorError, MissingError
from tamizdat.mirrors.findings import Problem, refused
from tamizdat.mirrors.progress import Progress
from tamizdat.mirrors.transports import Listing, Sending, Source, Transport
from tamizdat.press.archive import Archive
from tamizdat.press.filing import FIND, LIST, STATE
from tamizdat.press.finding import MONTHS

TIMES = 3  # that an index is read which is another one every time
_STATE_BYTES = 64  # hex


def send_index(archive: Archive, mirror: Transport, service: str) -> int:
    """Bring a mirror the files of an index that it lacks, take away those that went.

    An index that changes meanwhile is left to the next delivery.

    Returns:
        Bytes written.

    Raises:
        MirrorError: the mirror cannot be written.
    """
    folder, place = archive.root / FIND / service, f"{FIND}/{service}"
    wanted, state = _kept(folder / LIST), _kept(folder / STATE)
    if _read(mirror, f"{place}/{STATE}", _STATE_BYTES) == state:
        return 0
    if wanted and _hash(wanted).encode() != state:
        return 0  # it is being made
    there = _rows(_read(mirror, f"{place}/{LIST}", LIST_BYTES))
    here = _rows(wanted)
    mirror.remove(f"{place}/{STATE}")
    mirror.settle()
    written = 0
    for path, row in here.items():
        if there.get(path) != row:
            content = _kept(folder / path)
            if _hash(content) != row.digest:
                return written
            mirror.write(f"{place}/{path}", content)
            written += len(content)
    for path in there.keys() - here.keys():
        mirror.remove(f"{place}/{path}")
    if not wanted:
        mirror.remove(f"{place}/{LIST}")
        mirror.settle()
        return written
    mirror.settle()
    for name, content in ((LIST, wanted), (STATE, state)):
        mirror.write(f"{place}/{name}", content)
        mirror.settle()
    return written + len(wanted) + len(state)


def mend_index(archive: Archive, mirror: Transport, service: str) -> int:
    """Write again what a mirror holds wrongly of an index, and take strays away.

    Returns:
        Files mended.
    """
    folder, place = archive.root / FIND / service, f"{FIND}/{service}"
    wanted = _kept(folder / LIST)
    mended = 0
    for path, row in _rows(wanted).items():
        content = _kept(folder / path)
        if _hash(content) == row.digest and _differs(
            mirror, f"{place}/{path}", content
        ):
            mirror.write(f"{place}/{path}", content)
            mended += 1
    named = {f"{place}/{name}" for name in (*_rows(wanted), LIST, STATE)}
    for path in list(mirror.list(place)) if isinstance(mirror, Listing) else ():
        if path not in named:
            mirror.remove(path)
            mended += 1
    for name in (LIST, STATE):
        content = _kept(folder / name)
        if content and _differs(mirror, f"{place}/{name}", content):
            mirror.write(f"{place}/{name}", content)
            mended += 1
    mirror.settle()
    return mended


def _differs(mirror: Source, path: str, content: bytes) -> bool:
    return _read(mirror, path, len(content)) != content


def _kept(path: Path) -> bytes:
    """Read a file of the archive; nothing where there is none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _read(mirror: Source, path: str, most: int) -> bytes:
    try:
        return mirror.read(path, most)
    except MissingError:
        return b""


def _rows(listed: bytes) -> dict[str, Row]:
    """Read a list that need not be believed; one that is none says nothing."""
    try:
        return {row.path: row for row in read_list(listed)}
    except FileError:
        return {}


# Checking


def check_index(
    source: Sending, fingerprint: str, service: str, progress: Progress | None = None
) -> tuple[int, list[Problem]]:
    """Verify every byte of the index of words that a mirror shows of a service.

    Args:
        source: the mirror.
        fingerprint: SHA-256 in hex of its first trust note.
        service: id.
        progress: of a reading of every byte; an index it knows is not read again.

    Returns:
        How many files were read, and what is wrong with some of them.
    """
    progress = progress or Progress()
    found: tuple[int, list[Problem]] = 0, []
    place = f"{FIND}/{service}"
    try:
        for _time in range(TIMES):
            state = _state(source, service)
            if state and progress.has(place, target_of(state)):
                break
            found = _check(source, fingerprint, service, state)
            if not found[1] or state == _state(source, service):
                break  # or another one was delivered meanwhile
        if state and not found[1]:
            progress.add(place, target_of(state))
    except MirrorError as error:
        return 0, [refused(place, error)]
    return found


def _state(source: Source, service: str) -> bytes:
    return _read(source, f"{FIND}/{service}/{STATE}", _STATE_BYTES)


def _check(
    source: Sending, fingerprint: str, service: str, state: bytes
) -> tuple[int, list[Problem]]:
    place = f"{FIND}/{service}"
    if not state:
        used = _read(source, f"{place}/{MONTHS}", LIST_BYTES)
        why = Problem("unfinished", f"{place}/{STATE}", "a signed list", "no file")
        return 0, [why] if used else []
    path = f"{place}/{LIST}"
    listed = _read(source, path, LIST_BYTES)
    try:
        if _hash(listed) != state.decode("ascii", "replace"):
            raise FileError(f"not the list that {STATE} names")
        rows = _listed(listed, fingerprint, service)
    except EditionError as error:
        return 0, [Problem("forged", path, "a list that proves itself", str(error))]
    return len(rows) + 1, list(_problems(source, place, rows))


def _listed(listed: bytes, fingerprint: str, service: str) -> list[Row]:
    said = check_file(
        lambda at, size: listed[at : at + size], len(listed), fingerprint, service
    ).statement
    if said.name != list_name(service, said.edition):
        raise FileError(f"signed under the name {said.name}")
    return read_list(listed)


def _problems(source: Sending, place: str, rows: list[Row]) -> Iterator[Problem]:
    """Read files until the mirror does not answer: each might cost its time-out."""
    for row in rows:
        path = f"{place}/{row.path}"
        try:
            problem = _check_file(source, path, row)
        except MirrorError as error:
            yield refused(path, error)
            if not isinstance(error, MissingError):
                return
        else:
            if problem:
                yield problem


def _check_file(source: Sending, path: str, row: Row) -> Problem | None:
    """Judge a file as it is sent, for many are gzip themselves; else without gzip."""
    if _hash(source.read_sent(path, row.size)) == row.digest:
        return None
    found = _hash(source.read(path, row.size))
    return None if found == row.digest else Problem("forged", path, row.digest, found)
