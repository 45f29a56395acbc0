"""Read WARC and ARC: the pages and pictures that answered, and where others led.

Source: ISO 28500:2017 (WARC 1.1), section 6.
"""

import re
import zlib
from collections.abc import Iterator
from contextlib import redirect_stderr, suppress
from io import SEEK_END, StringIO
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from tamizdat.wire.archive.bounded import MOST_BYTES, read_bounded
from tamizdat.wire.archive.members import Member

MOST_RECORDS = 10_000_000
_FINE = "200"
_MOVED = {"301", "302", "303", "307", "308"}
_WANTED = ("text/", "application/xhtml", "application/xml", "application/rss", "image/")
_WANTED_TOO = ("application/atom", "application/json", "application/feed+json")
_BLANK = 4  # bytes behind a record
_ITS_LENGTH = "a record as long as its Content-Length"
_SHORT = "the page was cut short"
_SIZE = re.compile(r"\d{1,15}")
_UNWANTED = ("text/css", "text/javascript", "image/svg")


def members_of_warc(stream: BinaryIO, name: str) -> Iterator[Member]:
    """Go through the answers in a web archive; a damaged end is told at last."""
    records = ArchiveIterator(stream, arc2warc=True)
    record, member = None, None
    for number in range(1, MOST_RECORDS):
        # The library tells of damage on standard error, with bytes of the file.
        damage = StringIO()
        try:
            with redirect_stderr(damage):
                following = next(records)
        except StopIteration:
            if record is not None and member is None:
                yield from _end(record, f"{name}#{number - 1}")
            left = stream.seek(0, SEEK_END) - records.offset
            if left > _BLANK:
                said = f"a whole record, found {left:,} bytes of one"
                yield Member(f"{name}#{number}", refused=said)
            return
        except _DAMAGES as error:
            place = f"{name}#{number}"
            known = isinstance(error, ArchiveLoadFailed | OSError | EOFError)
            said = str(error) if known else "headers that cannot be read"
            yield Member(place, refused=f"a sound WARC record, found: {said}")
            return
        if damage.getvalue():
            yield Member(f"{name}#{number - 1}", refused=f"{_ITS_LENGTH}, found more")
        record, member = following, _member(following, name, number)
        if member is not None:
            yield member


def _end(record: Any, place: str) -> Iterator[Member]:
    """Tell of a last record that nobody asked for, where the archive is cut in it."""
    cut = _cut(record)
    if cut is not None or record.rec_headers.get_header("Content-Length") is None:
        yield Member(place, refused=f"{_ITS_LENGTH}, found the end of the archive")


def _member(record: Any, name: str, number: int) -> Member | None:
    if record.rec_type not in {"response", "resource"}:
        return None
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    address = address.strip("<>") or None
    moment = record.rec_headers.get_header("WARC-Date")
    place = f"{name}#{number} {address or ''}".strip()
    headers = record.http_headers
    status = _FINE if headers is None else headers.get_statuscode()
    if status in _MOVED:
        target = headers.get_header("Location")
        return Member(place, address=address, moment=moment, leads_to=target)
    source = headers if headers is not None else record.rec_headers
    mime = (source.get_header("Content-Type") or "").partition(";")[0].strip().lower()
    if status != _FINE or not _is_wanted(mime):
        return None
    cut = _said_cut(record)
    data, refused = _unpacked(record)
    cut = _cut(record) or cut
    return Member(place, data, address, moment, mime=mime, refused=refused, cut=cut)


def _is_wanted(mime: str) -> bool:
    wanted = mime.startswith((*_WANTED, *_WANTED_TOO))
    return wanted and not mime.startswith(_UNWANTED)


def _unpacked(record: Any) -> tuple[bytes, str | None]:
    try:
        data = read_bounded(record.content_stream())
    except _DAMAGES as error:
        return b"", f"an answer that can be unpacked, found: {error}"
    if data is None:
        return b"", f"at most {MOST_BYTES:,} bytes, found more"
    return data, None


def _said_cut(record: Any) -> str | None:
    """Tell an answer whose headers promise more than it has, before it is read."""
    said = record.rec_headers.get_header("WARC-Truncated")
    if said:
        return f"{_SHORT}: its record says so ({said[:40]})"
    headers = record.http_headers
    promised = (headers.get_header("Content-Length") or "") if headers else ""
    there = getattr(record.raw_stream, "limit", None)
    if there is None or not _SIZE.fullmatch(promised) or int(promised) <= there:
        return None
    return f"{_SHORT}: {there:,} of {int(promised):,} bytes of the answer are there"


def _cut(record: Any) -> str | None:
    """Tell a record that ends before its Content-Length, after it was read."""
    stream = record.raw_stream
    with suppress(*_DAMAGES):
        read_bounded(stream)
    missing = getattr(stream, "limit", 0)
    if missing <= 0:
        return None
    return f"{_SHORT}: the archive ends {missing:,} bytes before the end of its record"


# What the library lets out on damaged records, besides its own error.
_DAMAGES = (
    *(ArchiveLoadFailed, EOFError, OSError, ValueError, TypeError, IndexError),
    *(AttributeError, KeyError, OverflowError, zlib.error),
)
