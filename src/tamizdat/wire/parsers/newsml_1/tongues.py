"""Part an item that says the same in several languages: one item for each.

An agency of a country with several languages sends them as components side by
side. Captions in several languages are no such thing: they go with their picture.
"""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

from tamizdat.wire.markup.reader import Element
from tamizdat.wire.markup.tree import attribute, every, first, words
from tamizdat.wire.parsers.newsml_1.content import CAPTIONS, kind_of, role_of

_MOST = 24  # languages; each costs a copy of the item, and no agency writes in more


@dataclass(frozen=True, slots=True)
class Spoken:
    """Hold an item with the components of one language.

    Attributes:
        item: a copy without the components of the other languages.
        language: as declared; None where the item was not parted.
        first: whether it stood first, and so keeps the identifier.
    """

    item: Element
    language: str | None = None
    first: bool = True


def by_language(item: Element) -> Iterator[Spoken]:
    """Part an item where components side by side hold texts in several languages."""
    for place, parent in enumerate(item.iter("newscomponent")):
        spoken = _languages(parent)
        if 1 < len(spoken) <= _MOST:
            for number, language in enumerate(spoken):
                yield Spoken(_only(item, place, language), language, number == 0)
            return
    yield Spoken(item)


def _languages(parent: Element) -> list[str]:
    """List the languages in which the components of a component hold a text."""
    told = [
        language
        for one in every(parent, "newscomponent")
        if (language := _language(one)) and _holds_text(one)
    ]
    return list(dict.fromkeys(told))


def _language(component: Element) -> str | None:
    declared = first(component, "descriptivemetadata/language")
    told = attribute(component, "lang") or attribute(declared, "formalname")
    return told.lower() if told else None


def _holds_text(component: Element) -> bool:
    return any(
        kind_of(content) is None
        and role_of(content) not in CAPTIONS
        and words(content, "datacontent", "encoding/datacontent") is not None
        for content in component.iter("contentitem")
    )


def _only(item: Element, place: int, language: str) -> Element:
    """Copy an item without what is in another language."""
    copy = deepcopy(item)
    parent = list(copy.iter("newscomponent"))[place]
    for one in every(parent, "newscomponent"):
        if _language(one) not in {None, language}:
            parent.remove(one)
    return copy
