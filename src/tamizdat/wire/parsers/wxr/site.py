"""Read what an export says of the whole site: its authors, and where pictures lie."""

import re
from dataclasses import dataclass, field
from typing import BinaryIO

from tamizdat.wire.decode import decode
from tamizdat.wire.draft.text import unescaped
from tamizdat.wire.errors import WireError
from tamizdat.wire.markup.reader import Element, read_xml
from tamizdat.wire.markup.tree import every, first, words
from tamizdat.wire.parsers.feed.names import PREFIXES
from tamizdat.wire.parsers.wxr.split import items_of
from tamizdat.wire.receipt import ReceiptWriter

_ATTACHMENT = re.compile(rb"attachment_url\b")
_MOST_PICTURES = 2_000_000


@dataclass(frozen=True)
class Picture:
    """Hold what an export says of one file: address, caption, alternative text."""

    href: str
    caption: str | None = None
    alt: str | None = None


@dataclass(frozen=True)
class Site:
    """Hold what holds for all posts.

    Attributes:
        head: bytes before the first item: they name the namespaces.
        authors: names as readers see them, by login.
        pictures: by the number of their attachment.
    """

    head: bytes = b""
    title: str | None = None
    address: str | None = None
    language: str | None = None
    authors: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, Picture] = field(default_factory=dict)


def read_site(stream: BinaryIO, file: str) -> Site:
    """Go through an export for its head and its attachments.

    Raises:
        WireError: the head is no XML.
    """
    stream.seek(0)
    head, items = items_of(stream)
    tree = tree_of(head, b"", file, ReceiptWriter())
    channel = first(tree, "channel", ".//channel")
    pictures: dict[str, Picture] = {}
    for data in items:
        if _ATTACHMENT.search(data) and len(pictures) < _MOST_PICTURES:
            pictures |= _picture(data, head, file)
    return Site(
        head=head,
        title=words(channel, "title"),
        address=words(channel, "wp.base_blog_url", "link", "wp.base_site_url"),
        language=words(channel, "language"),
        authors=dict(_author(one) for one in every(channel, "wp.author")),
        pictures=pictures,
    )


def tree_of(head: bytes, item: bytes, file: str, receipt: ReceiptWriter) -> Element:
    """Read one item with the namespaces of the file it came from."""
    decoded = decode(head + item + b"</channel></rss>", file, receipt)
    return read_xml(decoded.text, file, receipt, PREFIXES)


def _author(author: Element) -> tuple[str, str]:
    login = words(author, "wp.author_login") or ""
    parts = (words(author, f"wp.author_{n}_name") for n in ("first", "last"))
    full = " ".join(filter(None, parts))
    return login, words(author, "wp.author_display_name") or full or login


def _picture(data: bytes, head: bytes, file: str) -> dict[str, Picture]:
    try:
        tree = tree_of(head, data, file, ReceiptWriter())
    except WireError:
        return {}  # it is refused with a reason when the posts are read
    item = first(tree, ".//item")
    number = words(item, "wp.post_id")
    href = words(item, "wp.attachment_url")
    if number is None or href is None:
        return {}
    caption = words(item, "excerpt.encoded") or words(item, "content.encoded")
    return {
        number: Picture(
            href=href,
            caption=unescaped(caption) if caption else None,
            alt=postmeta(item).get("_wp_attachment_image_alt"),
        )
    }


def postmeta(item: Element | None) -> dict[str, str]:
    """Read the fields that plugins and themes keep beside a post."""
    found: dict[str, str] = {}
    for meta in every(item, "wp.postmeta"):
        key, value = words(meta, "wp.meta_key"), words(meta, "wp.meta_value")
        if key and value:
            found.setdefault(key, value)
    return found
