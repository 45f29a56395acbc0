"""Find the text of a story in a page, and the pictures that belong to it."""

import copy
import re
from collections.abc import Iterator

from tamizdat.wire.draft.draft import Draft
from tamizdat.wire.draft.passages import Passage
from tamizdat.wire.draft.text import count_words, one_line
from tamizdat.wire.items import Media
from tamizdat.wire.markup.blocks import passages_of
from tamizdat.wire.markup.loose import passages_of_loose
from tamizdat.wire.markup.pictures import media_of
from tamizdat.wire.markup.reader import Element
from tamizdat.wire.markup.tree import first
from tamizdat.wire.parsers.page.junk import is_junk, without_junk
from tamizdat.wire.parsers.page.marks import Marks
from tamizdat.wire.parsers.page.unknown import element_of, passages_of_unknown
from tamizdat.wire.records.values import raw

# Where newsrooms put the text, the surest name first.
_CONTAINERS = re.compile(
    r"(?:^|\s)(?:article[-_]*(?:body|text|content)|articlebody|story[-_]*(?:body|text)"
    r"|entry-content|post-content|post[-_]body|wsw|body-text|article__(?:body|content|text)"
    r"|news[-_]*(?:text|body|content)|js-article-body|content__article-body|b-article__body"
    r"|text-content|field--name-body|article-formatted-body|story-content)(?:\s|$)",
    re.IGNORECASE,
)
# Words of an element that is believed, by what it is known by.
_MOST_NAMED = 10  # elements of one name that are read, each with all that is in it
_NAMED, _CLASSED, _ARTICLE, _DENSE = 8, 25, 40, 30
_MOST_LINKED = 0.5  # share of words that are links: more, and it is a list
# Of an element that is known by its paragraphs alone: how many it has, words of each,
# and its share of the words of all such paragraphs of the page.
_PARAGRAPHS, _WORDS, _MOST_OF_ALL = 2, 8, 0.8
_SOUND = 0.6  # share of the words of `articleBody` that a container has at least
_TITLES = {"h1"}
# Times the words that were found: an element that holds more has more than the story.
_MOST_MORE = 1.3


def find_body(marks: Marks, draft: Draft, text: str) -> None:
    """Fill a draft with the passages and the media of a page."""
    _find(marks, draft, text)
    lead = draft.media[0] if draft.media else None
    if lead is not None and lead.caption:
        return
    # The lead picture often stands above the element that has the text.
    for one in _figures(marks, lead):
        if lead is None or (_file(one) and _file(one) == _file(lead)):
            draft.media[:1] = [one]
            return


def _figures(marks: Marks, lead: Media | None) -> Iterator[Media]:
    """List the pictures of a page that stand beside its text.

    Without a known lead they must stand in the story's element; where a page has
    none, only a picture with words is no ornament.
    """
    around = marks.item if marks.item is not None else first(marks.tree, ".//article")
    tree = marks.tree if around is None or lead is not None else around
    for one in tree.iter("figure", "img"):
        if next(one.iterancestors("figure"), None) is not None:
            continue  # it was read with the figure that it stands in
        if one.tag == "img" and "wp-post-image" not in (one.get("class") or ""):
            continue
        if lead is None and any(is_junk(part) for part in [one, *one.iterancestors()]):
            continue
        found = media_of(one, marks.base)
        yield from (m for m in found if around is not None or lead or m.caption)


def _find(marks: Marks, draft: Draft, text: str) -> None:
    told = _told(marks)
    best: list[Passage] = []
    for element, least in _candidates(marks):
        part = without_junk(copy.deepcopy(element))
        passages = _passages(part)
        best = max(best, passages, key=_count)
        if _is_enough(passages, part, least, told):
            draft.passages = passages
            draft.media = _with_text(draft.media, media_of(part, marks.base))
            return
    found = passages_of_unknown(text)
    holder = element_of(marks.tree, found)
    if holder is not None:
        part = without_junk(copy.deepcopy(holder))
        passages = _passages(part)
        if _count(passages) <= _count(found) * _MOST_MORE + _NAMED:
            draft.passages = passages
            draft.media = _with_text(draft.media, media_of(part, marks.base))
            return
    draft.passages = _better(found, best)
    if told and _count(draft.passages) < count_words(told) * _SOUND:
        draft.receipt.warn("the page has its text for machines alone")
        draft.passages = passages_of_loose(told)[0]
    article = next(marks.tree.iter("article"), None)
    if article is not None:
        media = media_of(without_junk(copy.deepcopy(article)), marks.base)
        draft.media = _with_text(draft.media, media[:3])


def _better(found: list[Passage], own: list[Passage]) -> list[Passage]:
    """Choose what was found, unless it ran together what the page keeps apart."""
    if len(found) <= 1 < len(own) or _count(found) < _count(own) / 2:
        return own
    return found


def _told(marks: Marks) -> str | None:
    """Give the text that the page has for machines, without paragraphs mostly."""
    found = raw(marks.story.get("articlebody"))
    return re.sub(r"<[^>]+>", " ", found) if found else None


def _candidates(marks: Marks) -> Iterator[tuple[Element, int]]:
    """List the elements that may hold the text, each with the words it needs."""
    seen: set[Element] = set()
    named = [
        element
        for element in marks.tree.iter()
        if "articlebody" in (element.get("itemprop") or "").lower()
    ][:_MOST_NAMED]
    classed = [
        element
        for element in marks.tree.iter("div", "section", "article", "main")
        if _CONTAINERS.search(f"{element.get('class') or ''} {element.get('id') or ''}")
    ]
    articles = sorted(marks.tree.iter("article"), key=_letters, reverse=True)
    if len(articles) > 1 and not marks.is_story:
        articles = []  # a list of stories
    for elements, least in (
        (named, _NAMED),
        (sorted(classed, key=_letters, reverse=True)[:3], _CLASSED),
        (articles[:1], _ARTICLE),
        (_dense(marks.tree), _DENSE),
        (_broken(marks.tree), _ARTICLE),
    ):
        for element in elements:
            if element not in seen:
                seen.add(element)
                yield element, least


def _dense(tree: Element) -> list[Element]:
    """Find the element in which nearly all paragraphs of a page stand."""
    counts: dict[Element, list[int]] = {}
    for one in tree.iter("p"):
        words = count_words("".join(one.itertext()))
        linked = sum(count_words("".join(a.itertext())) for a in one.iter("a"))
        parent = one.getparent()
        if words - linked >= _WORDS and parent is not None:
            counts.setdefault(parent, []).append(words)
    total = sum(map(sum, counts.values()))
    best = max(counts, key=lambda one: sum(counts[one]), default=None)
    if best is None or best.tag in {"body", "html"}:
        return []
    enough = sum(counts[best]) >= total * _MOST_OF_ALL
    return [best] if enough and len(counts[best]) >= _PARAGRAPHS else []


def _broken(tree: Element) -> list[Element]:
    """Find the element whose text line breaks part, on a page without paragraphs."""
    if any(count_words("".join(p.itertext())) >= _WORDS for p in tree.iter("p")):
        return []
    breaks: dict[Element, int] = {}
    for one in tree.iter("br"):
        parent = one.getparent()
        if parent is not None:
            words = count_words(one.tail or "")
            breaks[parent] = breaks.get(parent, 0) + (words if words >= _WORDS else 0)
    best = max(breaks, key=lambda one: breaks[one], default=None)
    return [best] if best is not None and breaks[best] else []


def _letters(element: Element) -> int:
    return sum(len("".join(p.itertext())) for p in element.iter("p"))


def _passages(element: Element) -> list[Passage]:
    """Read a container; headings that repeat the title go, so do labels of times."""
    for one in list(element.iter(*_TITLES)):
        _cut(one)
    return passages_of(element, page=True)


def _cut(element: Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    tail = element.tail or ""
    before = element.getprevious()
    if before is None:
        parent.text = (parent.text or "") + tail
    else:
        before.tail = (before.tail or "") + tail
    parent.remove(element)


def _count(passages: list[Passage]) -> int:
    return sum(count_words(part.text) for part in passages)


def _is_enough(
    passages: list[Passage], element: Element, least: int, told: str | None
) -> bool:
    words = _count(passages)
    if words < max(least, count_words(told) * _SOUND if told else 0):
        return False
    linked = sum(count_words("".join(a.itertext())) for a in element.iter("a"))
    return linked < words * _MOST_LINKED


def _with_text(lead: list[Media], found: list[Media]) -> list[Media]:
    """Join the picture that stands for a story with those in its text.

    One that stands in the text has its caption there; it is the same file, or the
    same file in another size.
    """
    if not lead:
        return found
    names = {_file(lead[0])}
    again = [one for one in found if _file(one) in names and _file(one)]
    if again:
        return [again[0], *(one for one in found if one is not again[0])]
    return [*lead, *found]


def _file(media: Media) -> str:
    href = media.renditions[0].href if media.renditions else ""
    name = (href or "").partition("?")[0].rpartition("/")[2]
    return one_line(re.sub(r"(?:[-_](?:\d+x\d+|w\d+|scaled|r\d).*)?\.\w+$", "", name))
