"""Lead from one page of a long text to the next."""

from typing import Any

from tamizdat.edition.languages import own_digits
from tamizdat.edition.pages.addresses import continued, link
from tamizdat.edition.wording import wording


def pager(path: str, language: str, number: int, total: int) -> dict[str, Any]:
    """Prepare the links between the pages of one text.

    Args:
        path: of its first page.
        language: BCP 47 tag of its words.
        number: of this page, from 1.
        total: how many there are.
    """
    words = wording(language)
    numbers = {
        "number": own_digits(str(number), language),
        "total": own_digits(str(total), language),
    }
    before = link(page_name(path, number - 1)) if number > 1 else None
    after = link(page_name(path, number + 1)) if number < total else None
    return {
        "label": words.plain["page_of"].format(**numbers),
        "here": words.fill("page_of", **numbers),
        "before": before,
        "after": after,
    }


def page_name(path: str, number: int) -> str:
    """Name one page of a text as its other pages link to it."""
    return continued(path, number).rpartition("/")[2]
