"""Read headline and dates by the classes of old sites, where no mark has them."""

import re

from tamizdat.wire.markup.reader import Element
from tamizdat.wire.markup.tree import words
from tamizdat.wire.parsers.saved_text.dates import read_instant

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
