"""Read what a feed says about all its entries."""

from dataclasses import dataclass

from tamizdat.wire.draft.text import unescaped
from tamizdat.wire.markup.pictures import absolute
from tamizdat.wire.markup.reader import Element
from tamizdat.wire.markup.tree import attribute, every, first, words
from tamizdat.wire.parsers.feed import names

# What a feed says holds for each of its entries, and is read with each of them.
MOST_PEOPLE = 20
_MOST_NAME, _MOST_RIGHTS = 500, 5_000  # characters


@dataclass(frozen=True)
class Channel:
    """Hold what holds for all entries of a feed.

    Attributes:
        family: "rss", "rdf" or "atom".
        base: address by which relative ones are read, None where nobody knows.
        names_base: whether the feed itself says so, by `xml:base`.
        people: names of who writes the whole feed, where it says so.
    """

    family: str
    provider: str | None = None
    language: str | None = None
    rights: str | None = None
    base: str | None = None
    names_base: bool = False
    people: tuple[str, ...] = ()


def read_channel(tree: Element, family: str) -> Channel:
    """Read the head of a feed."""
    head = first(tree, "channel", ".//channel")
    head = tree if head is None else head
    publisher = words(head, *names.PUBLISHERS)
    language = words(head, *names.LANGUAGES) or attribute(tree, "lang")
    people: tuple[str, ...] = ()
    if family == "atom":
        authors = (words(one, "name") for one in every(head, "author"))
        people = tuple(dict.fromkeys(name for name in authors if name))[:MOST_PEOPLE]
    base = attribute(tree, "base") or attribute(head, "base")
    return Channel(
        family=family,
        provider=unescaped(publisher)[:_MOST_NAME] if publisher else None,
        language=language or attribute(head, "lang"),
        rights=(words(head, *names.RIGHTS) or "")[:_MOST_RIGHTS] or None,
        base=base or link_of(head, None),
        names_base=base is not None,
        people=people,
    )


def link_of(element: Element | None, base: str | None) -> str | None:
    """Find the address of the page that a feed or an entry is about."""
    links = every(element, "link") + every(element, "atom.link")
    ranked = sorted(links, key=_rank)
    for link in ranked:
        href = words(link) or attribute(link, "href", "resource")
        if href and _rank(link) < _LAST:
            return absolute(href, base)
    return None


_LAST = 9


def _rank(link: Element) -> int:
    rel = (attribute(link, "rel") or "").lower()
    if rel == "alternate":
        kind = (attribute(link, "type") or "text/html").lower()
        return 1 if "html" in kind else 3
    return {"": 2, "canonical": 0}.get(rel, _LAST)
