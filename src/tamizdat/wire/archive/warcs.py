"""Read WARC and ARC: the pages and pictures that answered, and where others led.

Source: ISO 28500:2017 (WARC 1.1), section 6.
"""

from collections.abc import Iterator
from contextlib import redirect_stderr
from io import StringIO
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
_UNWANTED = ("text/css", "text/javascript", "image/svg")


def members_of_warc(stream: BinaryIO, name: str) -> Iterator[Member]:
    """Go through the answers in a web archive; a damaged end is told at last."""
    records = ArchiveIterator(stream, arc2warc=True)
    for number in range(1, MOST_RECORDS):
        try:
            # The library tells of damage on standard error, with bytes of the file.
            with redirect_stderr(StringIO()):
                record = next(records)
        except StopIteration:
            return
        except _DAMAGES as error:
            place = f"{name}#{number}"
            yield Member(place, refused=f"a sound WARC record, found: {error}")
            return
        member = _member(record, name, number)
        if member is not None:
            yield member


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
    data, refused = _unpacked(record)
    return Member(place, data, address, moment, mime=mime, refused=refused)


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


# What the library lets out on damaged records, besides its own error.
_DAMAGES = (
    *(ArchiveLoadFailed, EOFError, OSError, ValueError, TypeError, IndexError),
    *(AttributeError, KeyError),
)
