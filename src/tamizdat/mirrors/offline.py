"""Bring the offline files of an archive to a mirror, and take away those that went.

A mirror cannot always be listed, so what lies there stands in `files/index.txt`: hash,
size and name of each. It is a convenience and signed by nobody: every file proves
itself.

Source: spec/mirror-layout.md.
"""

import hashlib
import re
from collections.abc import Iterator
from tempfile import TemporaryFile

from tamizdat.edition.errors import EditionError, FileError
from tamizdat.edition.file_check import check_file
from tamizdat.edition.tree import UNSTATED, Target
from tamizdat.mirrors.errors import MirrorError, MissingError
from tamizdat.mirrors.findings import Problem, refused
from tamizdat.mirrors.progress import Progress
from tamizdat.mirrors.transports import Listing, Saving, Source, Transport
from tamizdat.press import filing
from tamizdat.press.archive import Archive

INDEX = f"{filing.FILES}/{filing.INDEX}"
INDEX_BYTES = 65_536  # of the list, at most: some 500 files
FILE_BYTES = 1 << 32  # of a file that is read, at most
TIMES = 3  # that files are read of which the list is another one every time

_ROW = re.compile(r"([0-9a-f]{64}) ([1-9][0-9]{0,14}) ([a-z0-9][a-z0-9._-]{0,99})")


def send_files(archive: Archive, mirror: Transport) -> int:
    """Bring a mirror the files it lacks, and take away what the archive has no more.

    Returns:
        Bytes written.

    Raises:
        MirrorError: the mirror cannot be written.
    """
    path = archive.root / INDEX
    wanted = path.read_bytes() if path.exists() else b""
    held = _read(mirror)
    if held == wanted:
        return 0
    there, here = dict(_rows(held)), dict(_rows(wanted))
    for name in there.keys() - here.keys():
        mirror.remove(f"{filing.FILES}/{name}")
    written = 0
    for name, digest in here.items():
        if there.get(name) != digest:
            source = archive.root / filing.FILES / name
            written += mirror.bring(f"{filing.FILES}/{name}", source)
    mirror.settle()
    mirror.write(INDEX, wanted)
    mirror.settle()
    return written + len(wanted)


def _read(mirror: Source) -> bytes:
    try:
        return mirror.read(INDEX, INDEX_BYTES)
    except MissingError:
        return b""


def _rows(index: bytes) -> Iterator[tuple[str, str]]:
    """List name and hash (hex) of each file; lines of another form are left out."""
    for line in index.decode("ascii", "replace").splitlines():
        if row := _ROW.fullmatch(line):
            yield row[3], row[1]


def mend_files(archive: Archive, mirror: Transport, service: str) -> int:
    """Write again what a mirror holds wrongly of a service's files; take strays away.

    Returns:
        Files mended.
    """
    path = archive.root / INDEX
    wanted = path.read_bytes() if path.exists() else b""
    here = dict(_rows(wanted))
    form = filing.of_service(service)
    mended = 0
    for name in filter(form.fullmatch, here):
        source = archive.root / filing.FILES / name
        good = filing.digest_of(source)[0] == here[name]  # else the archive is damaged
        if good and _digest(mirror, name) != here[name]:
            mirror.bring(f"{filing.FILES}/{name}", source)
            mended += 1
    named = {INDEX, *(f"{filing.FILES}/{name}" for name in here)}
    for stray in list(mirror.list(filing.FILES)) if isinstance(mirror, Listing) else ():
        if stray not in named:
            mirror.remove(stray)
            mended += 1
    if wanted and _read(mirror) != wanted:
        mirror.write(INDEX, wanted)
        mended += 1
    mirror.settle()
    return mended


def _digest(mirror: Saving, name: str) -> str:
    """Hash a file of a mirror; nothing where there is none."""
    with TemporaryFile() as copy:
        try:
            mirror.save(f"{filing.FILES}/{name}", FILE_BYTES, copy)
        except MissingError:
            return ""
        copy.seek(0)
        return hashlib.file_digest(copy, "sha256").hexdigest()


# Checking


def check_files(
    source: Saving,
    fingerprint: str,
    service: str | None = None,
    progress: Progress | None = None,
) -> tuple[list[str], list[Problem]]:
    """Verify the offline files that a mirror lists.

    Args:
        source: the mirror.
        fingerprint: SHA-256 in hex of its first trust note.
        service: id, for its files alone; None for all.
        progress: of a reading of every byte; a file it knows is not read again.

    Returns:
        Their names, and what is wrong with some of them.
    """
    progress = progress or Progress()
    found: tuple[list[str], list[Problem]] = [], []
    try:
        for _time in range(TIMES):
            listed = _read(source)
            rows = _chosen(listed, service)
            found = [*rows], list(_problems(source, fingerprint, rows, progress))
            if not found[1] or listed == _read(source):
                break  # or others were delivered meanwhile
    except MirrorError as error:
        return [], [refused(INDEX, error)]
    return found


def _chosen(listed: bytes, service: str | None) -> dict[str, str]:
    """Take the files of a service from a list: hash in hex by name."""
    rows = dict(_rows(listed))
    form = filing.of_service(service) if service else None
    return {n: d for n, d in rows.items() if form is None or form.fullmatch(n)}


def _problems(
    source: Saving, fingerprint: str, rows: dict[str, str], progress: Progress
) -> Iterator[Problem]:
    """Read files until the mirror does not answer."""
    for name, digest in rows.items():
        path, target = f"{filing.FILES}/{name}", Target(UNSTATED, digest)
        if progress.has(path, target):
            continue
        problem = _check(source, path, fingerprint)
        if problem is None:
            progress.add(path, target)
            continue
        yield problem
        if problem.kind == "unreachable":
            return


def _check(source: Saving, path: str, fingerprint: str) -> Problem | None:
    """Verify a file from a copy on the disk: a library may be larger than memory."""
    try:
        with TemporaryFile() as copy:
            size = source.save(path, FILE_BYTES, copy)
            copy.flush()
            said = check_file(filing.reader(copy.fileno()), size, fingerprint).statement
        if path != f"{filing.FILES}/{said.name}":
            raise FileError(f"signed under the name {said.name}")
    except MirrorError as error:
        return refused(path, error)
    except EditionError as error:
        return Problem("forged", path, "a file that proves itself", str(error))
    return None
