"""Read what a page says about itself to machines: JSON-LD, Open Graph, microdata."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tamizdat.wire.draft.text import one_line
from tamizdat.wire.errors import WireError
from tamizdat.wire.markup.figures import spell_figures
from tamizdat.wire.markup.pictures import absolute
from tamizdat.wire.markup.reader import Element
from tamizdat.wire.markup.tree import attribute, every
from tamizdat.wire.receipt import ReceiptWriter
from tamizdat.wire.records.reader import read_json
from tamizdat.wire.records.values import Record, first_text, keyed, rows, texts

_MOST_NODES = 2_000  # of JSON-LD in one page
_SAVED_FROM = re.compile(
    r"(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(https?://[^\s>]+)"
)
_STORIES = (
    *("newsarticle", "reportagenewsarticle", "liveblogposting", "blogposting"),
    *("analysisnewsarticle", "opinionnewsarticle", "backgroundnewsarticle"),
    *("reviewnewsarticle", "askpublicnewsarticle", "satiricalarticle", "article"),
    *("socialmediaposting", "report", "technicalarticle", "scholarlyarticle"),
)
_AMP = ("amp-img", "amp-video", "amp-audio")
_ARTICLE_CLASSES = re.compile(
    r"\b(?:single-post|post-template|article-page|node-type-article)\b"
)


@dataclass(frozen=True)
class Marks:
    """Hold the marks of one page.

    Attributes:
        tree: the page.
        story: the node of JSON-LD that is the story; empty where there is none.
        nodes: all nodes of JSON-LD by their `@id`.
        meta: `<meta>` by name or property, lower case, in order.
        item: the element of microdata that is the story.
        address: where the page was, None where nobody knows.
        is_story: whether a mark calls it a story.
    """

    tree: Element
    story: Record
    nodes: dict[str, Record]
    meta: dict[str, list[str]]
    item: Element | None
    address: str | None
    is_story: bool
    base: str | None = field(default=None)

    def said(self, *names: str) -> str | None:
        """Give the first `<meta>` of these names."""
        return next((self.meta[n][0] for n in names if n in self.meta), None)

    def all_said(self, *names: str) -> list[str]:
        """Give every `<meta>` of these names."""
        return [text for name in names for text in self.meta.get(name, [])]

    def row(self, value: Any) -> Record:
        """Read a node, or the one that it names by `@id`."""
        found = keyed(value)
        key = first_text(found, "@id")
        return {**self.nodes.get(key, {}), **found} if key else found

    def property(self, *names: str) -> Element | None:
        """Find the first element of microdata with one of these properties."""
        for name in names:
            for where in (self.item, self.tree):
                if where is not None:
                    for one in where.iter():
                        if name in (one.get("itemprop") or "").split():
                            return one
        return None


def read_marks(
    tree: Element, text: str, address: str | None, receipt: ReceiptWriter
) -> Marks:
    """Gather the marks of a page, the names of AMP spelled as those of HTML."""
    _spell_plainly(tree)
    rows_ = list(_nodes(tree, receipt))
    meta = _meta(tree)
    saved = _SAVED_FROM.search(text[:4096])
    address = _canonical(tree, meta, address or (saved[1] if saved else None))
    story = _story(rows_, address)
    item = _item(tree)
    base = attribute(tree.find(".//base[@href]"), "href")
    kind = " ".join(meta.get("og:type", [])).lower()
    classes = (tree.find("body").get("class") or "") if _has_body(tree) else ""
    return Marks(
        tree=tree,
        story=story,
        nodes=_by_id(rows_),
        meta=meta,
        item=item,
        address=address,
        is_story=bool(
            story
            or item is not None
            or kind == "article"
            or "article:published_time" in meta
            or _ARTICLE_CLASSES.search(classes)
        ),
        base=absolute(base or "", address) or address,
    )


def _spell_plainly(tree: Element) -> None:
    """Spell AMP's elements, and boxes of pictures and captions, as HTML does."""
    for one in tree.iter(*_AMP):
        one.tag = one.tag.removeprefix("amp-")
    spell_figures(tree)


def _has_body(tree: Element) -> bool:
    return tree.find("body") is not None


def _nodes(tree: Element, receipt: ReceiptWriter) -> Iterator[Record]:
    """List all nodes of JSON-LD, those in a graph and those inside others too."""
    count = 0
    for script in every(tree, ".//script[@type]"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        try:
            values = read_json(script.text or "", "JSON-LD", ReceiptWriter())
        except WireError as error:
            receipt.warn(f"JSON-LD that nobody can read: {error.found}")
            continue
        for node in _inside(values):
            count += 1
            if count > _MOST_NODES:
                return
            yield node


def _by_id(nodes: list[Record]) -> dict[str, Record]:
    """Put together what several nodes of one `@id` say."""
    found: dict[str, Record] = {}
    for row in nodes:
        key = first_text(row, "@id")
        if key:
            found[key] = {**found.get(key, {}), **row}
    return found


def _inside(value: Any) -> Iterator[Record]:
    if isinstance(value, list):
        for part in value:
            yield from _inside(part)
    elif isinstance(value, dict):
        row = keyed(value)
        if "@type" in row:
            yield row
        for part in value.values():
            if isinstance(part, dict | list):
                yield from _inside(part)


def _types(row: Record) -> set[str]:
    said = (text.lower() for text in texts(row.get("@type")))
    return {text.rpartition("/")[2].rpartition(":")[2] for text in said}


def _story(nodes: list[Record], address: str | None) -> Record:
    stories = [row for row in nodes if _types(row) & set(_STORIES)]
    if not stories:
        return {}
    here = [row for row in stories if address and address in _addresses(row)]
    if here:
        return here[0]
    # A list of stories is no story; neither is what stands beside one.
    heads = [row for row in stories if first_text(row, "articlebody", "datepublished")]
    return (heads or stories)[0] if len(stories) < 6 else {}  # noqa: PLR2004


def _addresses(row: Record) -> set[str]:
    page = row.get("mainentityofpage")
    found = [*texts(row.get("url")), *texts(row.get("@id")), *texts(page)]
    found.append(first_text(keyed(page), "@id", "url") or "")
    return {text.partition("#")[0] for text in found}


def _meta(tree: Element) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in tree.iter("meta"):
        name = attribute(one, "property", "name", "itemprop", "http-equiv")
        value = one_line(one.get("content") or "")
        if name and value:
            found.setdefault(name.lower(), []).append(value)
    return found


def _item(tree: Element) -> Element | None:
    for one in tree.iter():
        kind = (one.get("itemtype") or "").lower().rpartition("/")[2]
        if kind in _STORIES:
            item: Element = one
            return item
    return None


def _canonical(
    tree: Element, meta: dict[str, list[str]], saved: str | None
) -> str | None:
    links = [
        attribute(link, "href")
        for link in every(tree, ".//link[@rel]")
        if "canonical" in (link.get("rel") or "").lower().split()
    ]
    for text in (*links, *meta.get("og:url", []), saved):
        whole = absolute(text or "", saved)
        if whole and whole.startswith(("http:", "https:")):
            return whole
    return None


def people(marks: Marks, value: Any) -> Iterator[tuple[str, str | None]]:
    """List names of people or newsrooms in a property of JSON-LD, with job titles."""
    for part in rows(value):
        row = marks.row(part)
        title = first_text(row, "jobtitle") if row else None
        named = [*texts(row.get("name"))] if row else []
        for name in named or ([one_line(part)] if isinstance(part, str) else []):
            if name and not name.startswith(("http:", "https:")):
                yield name, title
