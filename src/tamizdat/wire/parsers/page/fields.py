"""Read all of a page but its body: each field from the surest mark that has it."""

import re
from typing import Any

from tamizdat.wire.draft.credit import is_agency
from tamizdat.wire.draft.draft import Draft
from tamizdat.wire.draft.people import people_of
from tamizdat.wire.draft.text import one_line, unescaped
from tamizdat.wire.items import Association, Credited, Media, Rendition
from tamizdat.wire.markup.pictures import absolute, pixels
from tamizdat.wire.markup.reader import Element
from tamizdat.wire.markup.tree import attribute, every, first, words
from tamizdat.wire.parsers.page.called import (
    HEADLINES,
    KICKERS,
    credits_called,
    dates_called,
    words_called,
)
from tamizdat.wire.parsers.page.marks import Marks, people
from tamizdat.wire.records.values import first_text, rows, text_of, texts

_JOINTS = re.compile(r"\s+(?:::|[|\u2013\u2014\u00b7\u2022\u00bb-])\s+|\s*\|\s*")
_CREATED = (
    *("article:published_time", "og:published_time", "datepublished", "pubdate"),
    *("parsely-pub-date", "dc.date.issued", "dc.date", "dcterms.created", "date"),
    *(
        "sailthru.date",
        "publish-date",
        "publication_date",
        "cxenseparse:recs:publishtime",
    ),
    *(
        "publishdate",
        "originalpublicationdate",
        "article.published",
        "mediator_published_time",
    ),
)
_CHANGED = (
    *("article:modified_time", "og:updated_time", "datemodified", "lastmod"),
    *("dcterms.modified", "dc.date.modified", "last-modified", "article.updated"),
)
_AUTHORS = (
    *(
        "author",
        "article:author",
        "article:author_name",
        "parsely-author",
        "dc.creator",
        "sailthru.author",
    ),
    *(
        "byl",
        "mediator_author",
        "dcterms.creator",
        "cxenseparse:author",
        "twitter:creator:name",
    ),
)
_BYLINES = (
    ".//*[@rel='author']",
    ".//*[@itemprop='author']",
    ".//*[@class='byline']",
    ".//*[@class='author']",
    ".//*[@class='author-name']",
    ".//*[@class='article__author']",
    ".//*[@class='article-author']",
    ".//*[@class='links__item-link']",
    # As the themes of WordPress have it, and microformats.
    ".//*[@class='url fn n']",
    ".//*[@class='author vcard']",
    ".//*[@class='fn']",
)
_HEADLINES = (
    ".//h1[@itemprop='headline']",
    ".//*[@itemprop='headline']",
    ".//article//h1",
    ".//main//h1",
    ".//h1",
)
_MOST_AUTHORS = 12


def read_fields(marks: Marks, draft: Draft) -> None:
    """Fill a draft with what a page says outside of its text."""
    draft.guid = marks.address
    draft.provider = _provider(marks)
    draft.language = _language(marks)
    draft.headlines += _headlines(marks)
    draft.published_at = _date(marks, "datepublished", "datecreated", names=_CREATED)
    draft.updated_at = _date(marks, "datemodified", names=_CHANGED)
    if draft.published_at is None:
        draft.published_at = _time(marks)
    if draft.published_at is None:
        draft.published_at, updated = dates_called(marks.tree)
        draft.updated_at = draft.updated_at or updated
    draft.kicker = words_called(marks.tree, KICKERS)
    updated = first(marks.tree, ".//time[@class='updated'][@datetime]")
    draft.updated_at = draft.updated_at or attribute(updated, "datetime")
    _byline(marks, draft)
    draft.credits += [] if draft.credits else credits_called(marks.tree)
    draft.subjects += _subjects(marks)
    draft.rights = marks.said("copyright", "dc.rights", "rights", "dcterms.rights")
    draft.abstract = _abstract(marks)
    draft.media += _pictures(marks)
    shortlink = marks.said("shortlink", "og:shortlink")
    if shortlink and shortlink != marks.address:
        draft.associations.append(Association("permalink", shortlink))


def _provider(marks: Marks) -> str | None:
    publisher = first_text(marks.row(marks.story.get("publisher")), "name")
    site = marks.said("og:site_name", "application-name", "dc.publisher")
    return publisher or site or text_of(marks.story.get("publisher"))


def _language(marks: Marks) -> str | None:
    said = first_text(marks.story, "inlanguage")
    page = attribute(marks.tree, "lang")
    locale = marks.said("og:locale", "content-language", "language", "dc.language")
    return page or said or locale


def _headlines(marks: Marks) -> list[str]:
    told = first_text(marks.story, "headline")
    shown = next((t for path in _HEADLINES if (t := words(marks.tree, path))), None)
    named = marks.said("og:title", "twitter:title", "dc.title", "title")
    shown = shown or words_called(marks.tree, HEADLINES)
    title = words(marks.tree, "head/title", ".//title")
    site = _provider(marks) or ""
    found: list[str | None] = [unescaped(told) if told else None, shown]
    if told and shown and len(shown) > len(told):
        start = unescaped(told).rstrip(". \u2026")
        if start and shown.startswith(start):  # cut for search engines
            found.reverse()
    found += [_without_site(text, site) for text in (named, title) if text]
    if shown is not None and not told and named:
        # Of a page with several first headings, the one that its title repeats.
        others = [words(one) or "" for one in every(marks.tree, ".//h1")]
        found.sort(key=lambda text: text not in others)
        again = [text for text in others if text and text in named]
        found = [*again[:1], *found]
    return [text for text in found if text]


def _without_site(title: str, site: str) -> str:
    """Take the name of the site off a title."""
    title = unescaped(title)
    parts = _JOINTS.split(title)
    if len(parts) < 2:  # noqa: PLR2004 - nothing to part
        return title
    if site and parts[-1].lower() == site.lower():
        return title[: title.rindex(parts[-1])].rstrip(
            " |\u2013\u2014\u00b7\u2022-\u00bb"
        )
    if site and parts[0].lower() == site.lower():
        return title[len(parts[0]) :].lstrip(" |\u2013\u2014\u00b7\u2022-\u00bb")
    return title


def _date(marks: Marks, *properties: str, names: tuple[str, ...]) -> str | None:
    found = first_text(marks.story, *properties) or marks.said(*names)
    if found:
        return found
    wanted = {"datepublished": "datePublished", "datemodified": "dateModified"}
    element = marks.property(*(wanted[p] for p in properties if p in wanted))
    return attribute(element, "datetime", "content") or (
        words(element) if element is not None else None
    )


def _time(marks: Marks) -> str | None:
    for path in (".//article//time", ".//main//time", ".//header//time", ".//time"):
        for one in every(marks.tree, path):
            if one.get("pubdate") is not None or path != ".//time":
                found = attribute(one, "datetime")
                if found:
                    return found
    return attribute(first(marks.tree, ".//time[@datetime]"), "datetime")


def _byline(marks: Marks, draft: Draft) -> None:
    for name, title in list(people(marks, marks.story.get("author")))[:_MOST_AUTHORS]:
        _person(name, title, draft)
    if draft.byline:
        return
    said = [t for t in marks.all_said(*_AUTHORS) if not t.startswith(("http", "@"))]
    if said:
        draft.bylines += list(dict.fromkeys(said))[:_MOST_AUTHORS]
        return
    for path in _BYLINES:
        told = [one for one in every(marks.tree, path) if not _of_picture(one)]
        shown = [text for one in told if (text := _shown(one))]
        shown = [text for text in dict.fromkeys(shown) if people_of(text)]
        if shown:
            draft.bylines += shown[:_MOST_AUTHORS]
            return


def _of_picture(element: Element) -> bool:
    """Tell whoever made a picture from whoever wrote the story."""
    return any(
        one.tag == "figure" or (one.get("itemtype") or "").endswith("ImageObject")
        for one in element.iterancestors()
    )


def _person(name: str, title: str | None, draft: Draft) -> None:
    if is_agency(name):
        draft.credits.append(name)
        return
    named = people_of(name)
    for one in named or [Credited(one_line(name))]:
        draft.byline.append(Credited(one.name, one.role, one.title or title))


def _shown(element: Element) -> str | None:
    return words(element, ".//*[@itemprop='name']", ".") or attribute(
        element, "content"
    )


def _subjects(marks: Marks) -> list[str]:
    found = [*texts(marks.story.get("articlesection"))]
    found += marks.all_said("article:section", "section", "parsely-section")
    found += marks.all_said("article:tag")
    keywords = [*texts(marks.story.get("keywords")), *marks.all_said("news_keywords")]
    if not found and not keywords:
        keywords = marks.all_said("keywords")
    for text in keywords:
        found += [part for one in text.split(",") if (part := one_line(one))]
    return list(dict.fromkeys(unescaped(text) for text in found))


def _abstract(marks: Marks) -> str | None:
    told = first_text(marks.story, "description", "abstract", "alternativeheadline")
    text = told or marks.said("og:description", "description", "dc.description")
    return unescaped(text) if text else None


def _pictures(marks: Marks) -> list[Media]:
    """Read the picture that stands for the story; its caption comes with the text."""
    found = [_picture(marks, part) for part in rows(marks.story.get("image"))]
    alts = marks.all_said("og:image:alt", "twitter:image:alt")
    for number, href in enumerate(marks.all_said("og:image", "og:image:url")):
        alt = alts[number] if number < len(alts) else None
        found.append(_media(absolute(href, marks.base), marks, alt))
    seen: set[str | None] = {None}
    media = []
    for one in found:
        file = one.renditions[0].href if one and one.renditions else None
        if one and file not in seen:
            seen.add(file)
            media.append(one)
    return media[:1]


def _media(href: str | None, marks: Marks, alt: str | None) -> Media | None:
    if href is None:
        return None
    width, height = marks.said("og:image:width"), marks.said("og:image:height")
    rendition = Rendition(href=href, width=pixels(width), height=pixels(height))
    return Media("picture", alt=alt, renditions=(rendition,))


def _picture(marks: Marks, part: Any) -> Media | None:
    row = marks.row(part)
    named = first_text(row, "contenturl", "url") if row else None
    href = absolute(named or (part if isinstance(part, str) else ""), marks.base) or ""
    if not href:
        return None
    credit = first_text(row, "credittext", "copyrightnotice") or first_text(
        marks.row(row.get("creator") or row.get("author")), "name"
    )
    rendition = Rendition(
        href=href,
        width=pixels(first_text(row, "width")),
        height=pixels(first_text(row, "height")),
    )
    caption = first_text(row, "caption", "description")
    return Media(
        "picture",
        caption=unescaped(caption) if caption else None,
        credit=credit,
        renditions=(rendition,),
    )
