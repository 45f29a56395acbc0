"""Say in which languages pasted texts are, and when none of these is to be named.

Decides what an element says of the words in it, when a list or a table is in one
language as a whole, and when nothing of an article is to be named. Which of these
languages are believed `tongues` decides. Pure: no Django.

Source: docs/decisions/0095-passages-in-other-languages.md.
"""

from collections.abc import Mapping
from typing import Any

from tamizdat.newsroom.desk.letters import Letters
from tamizdat.newsroom.desk.markup import Element


def named_by(element: Element, around: str | None) -> str | None:
    """Tell in which language text inside an element is; an empty one is not known.

    Args:
        element: as it was pasted.
        around: the tag that text around it has, None where none is known.

    Source: HTML Standard, 3.2.6.2.
    """
    named = element.attributes.get("lang", element.attributes.get("xml:lang"))
    return around if named is None else named.strip() or None


class Spoken:
    """The languages of letters that will have no marks."""

    def __init__(self) -> None:
        self._found: set[str | None] = set()

    def add(self, letters: Letters) -> None:
        """Note in which languages letters are."""
        self._found |= {
            language for letter, *_, language in letters if letter.isalpha()
        }

    @property
    def of_all(self) -> dict[str, str]:
        """Give the language of a list or a table, where all of it is in one."""
        only = next(iter(self._found)) if len(self._found) == 1 else None
        return {"language": only} if only else {}


def to_be_translated(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Name no language in a whole article of which all is in another one.

    Somebody is to translate it, and what is written over a passage would be named as in
    its language, too.
    """
    texts = [one for one in blocks if _has_letters(_words(one))]
    some_own = any(_has_letters(_own_words(one)) for one in texts)
    if len(texts) < 2 or some_own:  # noqa: PLR2004  one is quoted
        return blocks
    return [_unnamed(block) for block in blocks]


def _has_letters(text: str) -> bool:
    return any(map(str.isalpha, text))


def _words(block: Mapping[str, Any]) -> str:
    """Read a text, the points of a list or the cells of a table."""
    cells = (cell for row in block.get("rows", ()) for cell in row)
    return " ".join([block.get("text", ""), *block.get("items", ()), *cells])


def _own_words(block: Mapping[str, Any]) -> str:
    """Read what is outside of passages, which go in order."""
    if "language" in block:
        return ""
    text, own, at = _words(block), "", 0
    for mark in block.get("marks", ()):
        if mark["kind"] == "language":
            own += text[at : mark["from"]]
            at = mark["to"]
    return own + text[at:]


def _unnamed(block: Mapping[str, Any]) -> dict[str, Any]:
    bare = {key: held for key, held in block.items() if key != "language"}
    if "marks" in block:
        bare["marks"] = [m for m in block["marks"] if m["kind"] != "language"]
    return bare
