"""File an offline file: state its hash in the log, seal it, put it in its place.

The steps are those of spec/offline.md, "Order of writing"; each leaves files that
verify, and no statement is signed twice:

    1 the draft on the disk, in the press's own folder
    2 its statement recorded with its leaf        (from here on it is only finished)
    3 signed, entry and tiles written; log recorded; checkpoint in place
    4 sealed, put in its place, recorded as filed

Steps 3 and 4 are done by `signing`, after a crash by the next run.
"""

import hashlib
import os
import re
import shutil
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import tamizdat
from tamizdat.edition import log
from tamizdat.edition.file_check import Reader, VerifiedFile, check_file, digests
from tamizdat.edition.files import (
    CRC_BYTES,
    MD5_BYTES,
    FileStatement,
    Seal,
    read_seal,
    write_filed,
)
from tamizdat.edition.note import parse_note
from tamizdat.edition.statement import Latest, parse_latest, write_latest
from tamizdat.edition.word_index import ENDING, list_name
from tamizdat.press.archive import Archive
from tamizdat.press.errors import ArchiveError
from tamizdat.press.formats.drafts import Basis, Draft
from tamizdat.press.journal import flush

FILES = "files"  # of an archive and of a mirror
DRAFTS = "files"  # in the press's folder: drafts that are not sealed yet
INDEX = "index.txt"  # of FILES: what lies there, unsigned, for who cannot list
FIND = "find"  # of an archive and of a mirror: indexes of words
LIST, STATE = "index.txt", "state.txt"  # of one: its signed list, SHA-256 of that


def draft_folder(archive: Archive) -> Path:
    """Name the folder in which drafts are written."""
    folder = archive.private / DRAFTS
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def statement_of(
    draft: Draft, basis: Basis, organisation: str, trust: int
) -> FileStatement:
    """Say what the key is to say of a draft, which is on the disk after."""
    size = draft.path.stat().st_size
    with draft.path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    flush(str(draft.path))
    flush(str(draft.path.parent))
    return FileStatement(
        organisation=organisation,
        service=basis.service,
        edition=basis.number,
        leaf=basis.leaf,
        name=draft.path.name,
        size=size,
        sha256=digest,
        seal=draft.seal,
        crcs=draft.crcs,
        md5=draft.md5,
        trust=trust,
        press=tamizdat.VERSION,
    )


def place(
    archive: Archive, notes: Sequence[bytes], said: FileStatement, entry: bytes, at: int
) -> None:
    """Seal a file and put it in its place; one already there is sealed again.

    Args:
        archive: whose log holds the statement.
        notes: trust notes, the first one first.
        said: what the statement says.
        entry: the statement note whole.
        at: its leaf.

    Raises:
        ArchiveError: the file is not there.
    """
    draft, target = draft_folder(archive) / said.name, home_of(archive, said)
    if not draft.exists():
        if not target.exists():
            raise ArchiveError(f"{target}: the file of leaf {at} is gone")
        shutil.copyfile(target, draft)
    edition = _edition(archive, said, draft)
    checkpoint = (archive.root / "log" / "checkpoint").read_bytes()
    latest = write_latest(
        edition.entry, _proof(archive, edition.proof.index, checkpoint)
    )
    filed = write_filed(entry, _proof(archive, at, checkpoint))
    _fill(draft, said, Seal(tuple(notes), latest, filed).write(said.seal[1]))
    target.parent.mkdir(parents=True, exist_ok=True)
    flush(str(draft))
    draft.replace(target)
    flush(str(target.parent))
    flush(str(target.parent.parent))
    if target.name == said.name:
        write_index(archive, said.name)
    else:
        state = hashlib.sha256(target.read_bytes()).hexdigest()
        archive.write(target.with_name(STATE), state.encode())
        archive.settle()


def home_of(archive: Archive, said: FileStatement) -> Path:
    """Tell where a file lies: the list of an index with what it lists."""
    if said.name.endswith(ENDING):
        return archive.root / FIND / said.service / LIST
    return archive.root / FILES / said.name


def _edition(archive: Archive, said: FileStatement, draft: Path) -> Latest:
    """Find the statement of the edition a file is made from, and where it stands."""
    found = parse_latest((archive.root / said.service / "latest").read_bytes())
    if found.leaf.hex() == said.leaf:
        return found
    with draft.open("rb") as file:
        file.seek(said.seal[0])
        seal, _used = read_seal(file.read(said.seal[1]))
    return parse_latest(seal.latest)


def _proof(archive: Archive, leaf: int, checkpoint: bytes) -> bytes:
    size = log.parse_checkpoint(parse_note(checkpoint)).size
    path = log.inclusion_proof(archive.read_tile, leaf, size)
    return log.write_proof(leaf, path, checkpoint)


def _fill(draft: Path, said: FileStatement, seal: bytes) -> None:
    """Write a seal and the checksums that depend on it; may be cut and done again."""
    with draft.open("r+b") as file:
        file.seek(said.seal[0])
        file.write(seal)
        crc = zlib.crc32(seal).to_bytes(CRC_BYTES, "little")
        for at in said.crcs:
            file.seek(at)
            file.write(crc)
        file.flush()
        if said.md5 is not None:
            _sha, md5 = digests(reader(file.fileno()), said.size, (), said.md5)
            file.seek(said.md5)
            file.write(md5[:MD5_BYTES])


def reader(descriptor: int) -> Reader:
    """Read an open file by offset and size."""
    return lambda at, size: os.pread(descriptor, size, at)


def check(
    path: Path, fingerprint: str | None = None, service: str | None = None
) -> VerifiedFile:
    """Verify a file on the disk; raises as `check_file`."""
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        return check_file(reader(file.fileno()), size, fingerprint, service)


def names(archive: Archive) -> list[str]:
    """List the files of an archive."""
    folder = archive.root / FILES
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted(path.name for path in found if path.name != INDEX)


def write_index(archive: Archive, *changed: str) -> None:
    """List the files with hash and size, for mirrors and readers that cannot list.

    Args:
        archive: whose lock is held; a line that stands is not hashed again.
        changed: names of files that have other bytes now.
    """
    known = {name: (digest, size) for digest, size, name in index_rows(archive)}
    rows = []
    for name in names(archive):
        if name in changed or name not in known:
            known[name] = digest_of(archive.root / FILES / name)
        digest, size = known[name]
        rows.append(f"{digest} {size} {name}\n")
    archive.write(archive.root / FILES / INDEX, "".join(rows).encode())
    archive.settle()


def index_rows(archive: Archive) -> Iterator[tuple[str, int, str]]:
    """List SHA-256 in hex, size and name of each file."""
    path = archive.root / FILES / INDEX
    for line in path.read_text("ascii").splitlines() if path.exists() else ():
        digest, size, name = line.split(" ")
        yield digest, int(size), name


def digest_of(path: Path) -> tuple[str, int]:
    """Give SHA-256 in hex and size of a file.

    Raises:
        FileNotFoundError: it is gone.
    """
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return digest, os.fstat(file.fileno()).st_size


def of_service(service: str) -> re.Pattern[str]:
    """Give the form of the names of a service's files.

    Its groups: `number` of the edition; `most`, the newest stories at most, where that
    is not as usual; `since`, the edition that an increment continues; `ending`.
    """
    return re.compile(
        rf"{re.escape(service)}-(?P<number>[1-9]\d*)(?:-newest-(?P<most>[1-9]\d*))?"
        r"(?:-since-(?P<since>[1-9]\d*))?(?P<ending>(?:-pictures)?\.[a-z]+)"
    )


def newest(archive: Archive, service: str) -> dict[str, int]:
    """Tell of which edition the newest file of each ending is made, as it is usual."""
    found: dict[str, int] = {}
    form = of_service(service)
    for match in filter(None, map(form.fullmatch, names(archive))):
        if match["most"] is None:
            number, ending = int(match["number"]), match["ending"]
            found[ending] = max(number, found.get(ending, 0))
    return found


def delete(archive: Archive, gone: Sequence[str]) -> None:
    """Delete files; their statements stay in the log."""
    for name in gone:
        (archive.root / FILES / name).unlink(missing_ok=True)
    if gone:
        flush(str(archive.root / FILES))
        write_index(archive)


def index_folder(archive: Archive, service: str) -> Path:
    """Name the folder in which an index of words is made."""
    return draft_folder(archive) / f"{service}.find"


def delete_all(archive: Archive, service: str) -> None:
    """Delete every file of a service, its index and every draft: words were withdrawn.

    An index that is being made goes too; whoever makes it finds its folder gone.
    """
    shutil.rmtree(archive.root / FIND / service, ignore_errors=True)
    shutil.rmtree(index_folder(archive, service), ignore_errors=True)
    for path in (archive.private / DRAFTS).glob(list_name(service, "*")):
        path.unlink(missing_ok=True)
    form = of_service(service)
    for path in (archive.private / DRAFTS).glob("*"):
        if form.fullmatch(path.name):
            path.unlink(missing_ok=True)
    delete(archive, [name for name in names(archive) if form.fullmatch(name)])
