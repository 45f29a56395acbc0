"""Read headline and dates by the classes of old sites, where no mark has them."""

import re

from tamizdat.wire.draft.credit import are_agencies
from tamizdat.wire.draft.draft import Draft
from tamizdat.wire.draft.habits import SOURCE
from tamizdat.wire.draft.passages import Passage
from tamizdat.wire.markup.reader import Element
from tamizdat.wire.markup.tree import words
from tamizdat.wire.parsers.page.printed import is_printed_date, read_printed
from tamizdat.wire.parsers.saved_text.spelling import plain

_OF_STORY = r"(?:article|story|news|post|entry|material|topic|text|publication|item)"
HEADLINES = re.compile(
    rf"(?:{_OF_STORY}[-_]{{0,2}}(?:title|headline|header|name)|headline)", re.IGNORECASE
)
_DATES = re.compile(
    rf"(?:{_OF_STORY}[-_]{{0,2}}(?:info[-_])?(?:date|time|datetime)|pub-?date|date"
    rf"|date-?time|publish(?:ed|-date)|timestamp|date-header|(?:{_OF_STORY}[-_]{{0,2}})?(?:info|meta))",
    re.IGNORECASE,
)
KICKERS = re.compile(
    rf"(?:{_OF_STORY}[-_]{{0,2}})?(?:kicker|overline|dachzeile|roofline|topline|surtitre)",
    re.IGNORECASE,
)
_SOURCES = re.compile(
    rf"(?:{_OF_STORY}[-_]{{0,2}})?(?:source|origin|info|agency|credits?)", re.IGNORECASE
)
_TITLE_JOINTS = re.compile(
    r"\s+(?:::|[|\u2013\u2014\u00b7\u2022\u00bb-])\s+|\s*[|_]\s*"
)
_CHANGED = re.compile(
    r"(?:updated|modified|обновлен\w*|изменен\w*|оновлен\w*|aktualisiert|mis à jour"
    r"|actualizado|aggiornato|güncelle\w*|zaktualizowan\w*)\W*",
    re.IGNORECASE,
)
_LONGEST = 40  # words of a headline
_DATE_WORDS = 14
_TOP = 3  # passages among which the date of an old page stands
_BESIDE = ("nav", "aside", "footer", "ul", "form")


def words_called(tree: Element, form: re.Pattern[str]) -> str | None:
    """Read the first element with a class of a form, outside of lists and margins."""
    return next((text for text in _called(tree, form, _LONGEST)), None)


def dates_called(tree: Element) -> tuple[str | None, str | None]:
    """Read when a story was published and changed, as far as both are printed."""
    stamped = [told for one in tree.iter("abbr") if (told := _stamp(one))]
    if stamped:
        return stamped[0], None
    for text in _called(tree, _DATES, _DATE_WORDS):
        first, *changed = _CHANGED.split(text, maxsplit=1)
        published = read_printed(first)
        if published is not None:
            return published, read_printed(changed[0]) if changed else None
    return None, None


def take_lines(draft: Draft) -> None:
    """Take date and headline of an old page off the top of its text."""
    _take_dates(draft)
    _take_headline(draft)


def _stamp(one: Element) -> str | None:
    """Read the date for machines of microformats: `<abbr class="published" title>`."""
    classes = (one.get("class") or "").split()
    title = one.get("title") if {"published", "dtstart", "date"} & {*classes} else None
    return title if title and title[:4].isdigit() else None


def _take_dates(draft: Draft) -> None:
    """Take the lines that say when a page was published off the top of its text."""
    top = [part for part in draft.passages[:_TOP] if _is_date(part)]
    for part in top if len(draft.passages) > len(top) else []:
        draft.published_at = draft.published_at or read_printed(part.text)
        draft.receipt.drop(part.line, part.text, "date of the page")
        draft.passages.remove(part)


def _is_date(part: Passage) -> bool:
    plain = part.block.kind in {"paragraph", "subhead"}
    return plain and is_printed_date(part.text)


def _take_headline(draft: Draft) -> None:
    """Take for the headline of an old page what its title and its text begin with."""
    title = draft.headlines[0] if len(draft.headlines) == 1 else ""
    first = draft.passages[0].text if len(draft.passages) > 1 else ""
    if first and first != title and first in _TITLE_JOINTS.split(title):
        draft.headlines.insert(0, first)


def credits_called(tree: Element) -> list[str]:
    """Read whose copy a page says it is, where a line of its head names agencies."""
    found = []
    for text in _called(tree, _SOURCES, _DATE_WORDS):
        source = SOURCE.search(plain(text))
        names = text[source.end() :].split("  ")[0].strip(" .,|") if source else ""
        found += [names] if names and are_agencies(names) else []
    return found[:1]


def _called(tree: Element, form: re.Pattern[str], most: int) -> list[str]:
    found = []
    for one in tree.iter():
        classes = (one.get("class") or "").split()
        if not any(form.fullmatch(name) for name in classes):
            continue
        text = words(one)
        beside = next(one.iterancestors(*_BESIDE), None) is not None
        if text and len(text.split()) <= most and not beside:
            found.append(text)
    return found
