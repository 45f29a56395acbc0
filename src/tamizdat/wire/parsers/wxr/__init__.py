"""Read a WordPress export (WXR 1.0 to 1.2): posts and pages with their authors.

It goes through the file item by item, so the size of an export does not matter, and a
damaged item stops no other. Each item's receipt speaks of that item's bytes.

Source: WordPress `wp-admin/includes/export.php`, the format's only description.
"""

from collections.abc import Iterator
from io import SEEK_END, BytesIO
from typing import BinaryIO

from tamizdat.wire import faults
from tamizdat.wire.errors import ArchiveError, NoEndError, WireError
from tamizdat.wire.items import WireItem, warned
from tamizdat.wire.parsers.wxr.post import FAMILY, Site, read_post
from tamizdat.wire.parsers.wxr.site import read_site
from tamizdat.wire.parsers.wxr.split import items_of

__all__ = ["parse", "parse_stream", "posts_of", "read_site"]
_LEAST = 60  # bytes of an item
_TAIL = 100_000  # bytes in which the end stands; plugins write comments behind it
_NAMED = 20  # refusals that are told one by one


def parse(data: bytes, file: str) -> list[WireItem]:
    """Turn an export into wire items, in its order.

    Raises:
        ArchiveError: there is no post in it that can be read.
    """
    items: list[WireItem] = []
    refused: list[str] = []
    for one in parse_stream(BytesIO(data), file):
        if isinstance(one, WireItem):
            items.append(one)
        elif len(refused) < _NAMED:
            refused.append(str(one))
    if not items:
        raise ArchiveError(file, refused[0] if refused else "an export without posts")
    if refused:
        items[0] = warned(items[0], refused)
    return items


def parse_stream(stream: BinaryIO, file: str) -> Iterator[WireItem | WireError]:
    """Go through an export of any size, twice: pictures stand behind their posts."""
    site = read_site(stream, file)
    for post, _data in posts_of(stream, file, site):
        yield post


def posts_of(
    stream: BinaryIO, file: str, site: Site
) -> Iterator[tuple[WireItem | WireError, bytes]]:
    """Go through the posts of an export, each with its bytes."""
    stream.seek(0)
    for number, data in enumerate(items_of(stream)[1], start=1):
        if len(data) < _LEAST:
            continue  # there is no post in so few bytes
        try:
            with faults.told(f"{file}#{number}", FAMILY, "the post"):
                post = read_post(data, f"{file}#{number}", site)
        except WireError as error:
            yield error.with_traceback(None), data
            continue
        if post is not None:
            yield post, data
    stream.seek(max(0, stream.seek(0, SEEK_END) - _TAIL))
    if b"</rss" not in stream.read().lower():
        yield NoEndError(file, "</rss>"), b""
