"""Keep of what an item says in several languages what it says in its own.

An agency of a country with several languages writes headline, slug, caption and its
own name in each of them, side by side. What is in another language goes, with a
receipt, but only where its own stands beside it.
"""

from collections.abc import Iterator

from tamizdat.wire.draft.text import one_line
from tamizdat.wire.markup.reader import Element
from tamizdat.wire.markup.tree import attribute, line_of
from tamizdat.wire.receipt import ReceiptWriter

_HOLDERS = ("itemmeta", "contentmeta", "rightsinfo", "provider", "name", "creator")


def keep_language(item: Element, language: str | None, receipt: ReceiptWriter) -> None:
    """Take out of the metadata of an item what it says again in other languages.

    Args:
        item: of NewsML-G2.
        language: as declared; without one nothing is taken out.
        receipt: is told what went.
    """
    if language is None:
        return
    for holder in [one for one in item.iter(*_HOLDERS) if len(one) > 1]:
        for group in _groups(holder):
            own = [one for one in group if _agrees(one, language)]
            for one in group if own else []:
                if not _agrees(one, language) and attribute(one, "lang"):
                    said = one_line("".join(one.itertext()))
                    told = said if one.tag in {"headline", "description"} else None
                    why = f"{one.tag} in {attribute(one, 'lang')}"
                    receipt.drop(line_of(one), told, why)
                    holder.remove(one)


def _groups(holder: Element) -> Iterator[list[Element]]:
    """List children of one name and one role, if some say a language."""
    groups: dict[tuple[str, str | None], list[Element]] = {}
    for one in holder:
        if isinstance(one.tag, str):
            groups.setdefault((one.tag, attribute(one, "role")), []).append(one)
    for group in groups.values():
        if len(group) > 1 and len({attribute(one, "lang") for one in group}) > 1:
            yield group


def _agrees(element: Element, language: str) -> bool:
    said = attribute(element, "lang") or ""
    return said.lower().partition("-")[0] == language.lower().partition("-")[0]
