"""Bring the offline files of an archive to a mirror, and take away those that went.

A mirror cannot always be listed, so what lies there stands in `files/index.txt`: hash,
size and name of each. It is a convenience and signed by nobody: every file proves
itself.

Source: spec/mirror-layout.md.
"""

import re
from collections.abc import Iterator
from tempfile import TemporaryFile

from tamizdat.edition.errors import EditionError, FileError
from tamizdat.edition.file_check import check_file
from tamizdat.mirrors.errors import MirrorError, MissingError
from tamizdat.mirrors.findings import Problem
from tamizdat.mirrors.transports import Saving, Source, Transport
from tamizdat.press import filing
from tamizdat.press.archive import Archive

INDEX = f"{filing.FILES}/{filing.INDEX}"
INDEX_BYTES = 65_536  # of the list, at most: some 500 files
FILE_BYTES = 1 << 32  # of a file that is read, at most

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


def check_files(source: Saving, fingerprint: str) -> tuple[list[str], list[Problem]]:
    """Verify the offline files that a mirror lists.

    Args:
        source: the mirror.
        fingerprint: SHA-256 in hex of its first trust note.

    Returns:
        Their names, and what is wrong with some of them.
    """
    try:
        names = [name for name, _digest in _rows(_read(source))]
    except MirrorError:
        return [], []  # that the mirror does not answer others have found
    found = (_check(source, name, fingerprint) for name in names)
    return names, [problem for problem in found if problem]


def _check(source: Saving, name: str, fingerprint: str) -> Problem | None:
    """Verify a file from a copy on the disk: a library may be larger than memory."""
    path = f"{filing.FILES}/{name}"
    try:
        with TemporaryFile() as copy:
            size = source.save(path, FILE_BYTES, copy)
            copy.flush()
            said = check_file(filing.reader(copy.fileno()), size, fingerprint).statement
        if said.name != name:
            raise FileError(f"signed under the name {said.name}")
    except MirrorError as error:
        return Problem("missing", path, "an offline file", str(error))
    except EditionError as error:
        return Problem("forged", path, "a file that proves itself", str(error))
    return None
