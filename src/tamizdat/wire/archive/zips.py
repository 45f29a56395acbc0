"""Read zip and WACZ. Source: APPNOTE.TXT; WACZ 1.1.1, "Directory layout"."""

import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO, cast

from tamizdat.wire.archive.bounded import MOST_BYTES, read_bounded
from tamizdat.wire.archive.members import GZIP, WARC, ZIP, Member

MOST_MEMBERS = 1_000_000
MOST_OF_ALL = 64 << 30  # bytes unpacked; a bomb of many names ends here
_PLAIN, _RATIO = 1 << 20, 200  # bytes below which, times above which nothing is a page
_MOST_SPOOLED = 16 << 20  # bytes of a WARC inside that stay in memory
_MOST_WARC = 8 << 30  # bytes of one WARC inside
_NOT_PAGES = (".cdx", ".cdxj", ".idx", ".sha256")


def members_of_zip(stream: BinaryIO, name: str) -> Iterator[Member]:
    """Go through a zip; a WARC in it, as in WACZ, is gone through as well."""
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError) as error:
        said = "a sound zip with the list of its files at the end, found"
        yield Member(name, refused=f"{said}: {error}")
        return
    with archive:
        entries = archive.infolist()
        is_wacz = any(entry.filename == "datapackage.json" for entry in entries)
        if len(entries) > MOST_MEMBERS:
            yield Member(name, refused=f"at most {MOST_MEMBERS:,} files, found more")
            return
        left = MOST_OF_ALL
        for entry in entries:
            if entry.is_dir() or entry.filename.endswith(_NOT_PAGES):
                continue
            inner = f"{name}/{entry.filename}"
            if ".warc" in entry.filename.lower():
                yield from _warc(archive, entry, inner)
            elif not is_wacz:
                member = _member(archive, entry, inner)
                left -= len(member.data)
                if left < 0:
                    yield Member(inner, refused="a zip below 64 GB, found more")
                    return
                yield member


def _member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> Member:
    if entry.file_size > max(_PLAIN, _RATIO * entry.compress_size):
        said = f"packed at most {_RATIO} to 1, found {entry.file_size:,} bytes in"
        return Member(name, refused=f"{said} {entry.compress_size:,}")
    try:
        with archive.open(entry) as packed:
            data = read_bounded(packed)
    except DAMAGES as error:
        return Member(name, refused=f"a file that can be unpacked, found: {error}")
    if data is None:
        return Member(name, refused=f"at most {MOST_BYTES:,} bytes, found more")
    if data.startswith((ZIP, GZIP)) and not _is_docx(data):
        return Member(name, refused="no archive inside an archive, found one")
    return Member(name, data)


def _is_docx(data: bytes) -> bool:
    from tamizdat.wire.parsers.docx import is_docx  # noqa: PLC0415 - it names us

    return is_docx(data)


def _warc(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str
) -> Iterator[Member]:
    """Unpack a WARC that lies in a zip, into memory or beside it on the disk."""
    from tempfile import SpooledTemporaryFile  # noqa: PLC0415 - only here

    from tamizdat.wire.archive.warcs import members_of_warc  # noqa: PLC0415

    with SpooledTemporaryFile(_MOST_SPOOLED) as inside:
        size = 0
        try:
            with archive.open(entry) as packed:
                while chunk := packed.read(1 << 16):
                    size += len(chunk)
                    if size > _MOST_WARC:
                        yield Member(name, refused="a WARC below 8 GB, found more")
                        return
                    inside.write(chunk)
        except DAMAGES as error:
            yield Member(name, refused=f"a file that can be unpacked, found: {error}")
            return
        inside.seek(0)
        if inside.read(2) != GZIP and size:
            inside.seek(0)
            if inside.read(5) != WARC:
                yield Member(name, refused="a WARC, found other bytes")
                return
        inside.seek(0)
        yield from members_of_warc(cast("BinaryIO", inside), name)


DAMAGES = (
    *(zipfile.BadZipFile, OSError, EOFError, zlib.error, ValueError),
    RuntimeError,  # a password, a way of packing
)
