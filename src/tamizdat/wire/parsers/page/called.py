"""Read headline and dates by the classes of old sites, where no mark has them."""

import re

from tamizdat.wire.draft.draft import Draft
from tamizdat.wire.draft.passages import Passage
from tamizdat.wire.markup.reader import Element
from tamizdat.wire.markup.tree import words
from tamizdat.wire.parsers.saved_text.dates import is_dates_only, read_instant

_OF_STORY = r"(?:article|story|news|post|entry|material|topic|text|publication|item)"
HEADLINES = re.compile(
    rf"(?:{_OF_STORY}[-_]{{0,2}}(?:title|headline|header|name)|headline)", re.IGNORECASE
)
_DATES = re.compile(
    rf"(?:{_OF_STORY}[-_]{{0,2}}(?:info[-_])?(?:date|time|datetime)|pub-?date|date"
    r"|date-?time|publish(?:ed|-date)|timestamp)",
    re.IGNORECASE,
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
    for text in _called(tree, _DATES, _DATE_WORDS):
        first, *changed = _CHANGED.split(text, maxsplit=1)
        published = read_instant(first)
        if published is not None:
            return published, read_instant(changed[0]) if changed else None
    return None, None


def take_dates(draft: Draft) -> None:
    """Take the lines that say when a page was published off the top of its text."""
    top = [part for part in draft.passages[:_TOP] if _is_date(part)]
    for part in top if len(draft.passages) > len(top) else []:
        draft.published_at = draft.published_at or read_instant(part.text)
        draft.receipt.drop(part.line, part.text, "date of the page")
        draft.passages.remove(part)


def _is_date(part: Passage) -> bool:
    plain = part.block.kind in {"paragraph", "subhead"}
    return plain and is_dates_only(part.text) and read_instant(part.text) is not None


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
