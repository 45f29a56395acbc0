"""Keep what the parts of a PDF draw with, under new names.

Source: ISO 32000-2, 7.8.3 (resources), 8.9.7 (inline images).
"""

from dataclasses import dataclass, field
from typing import Any

from pypdf.generic import DictionaryObject, NameObject, StreamObject

_LONG = {  # names of what inline images have. Table 91
    "/W": "/Width",
    "/H": "/Height",
    "/BPC": "/BitsPerComponent",
    "/F": "/Filter",
    "/CS": "/ColorSpace",
    "/DP": "/DecodeParms",
    "/D": "/Decode",
    "/I": "/Interpolate",
    "/IM": "/ImageMask",
}


@dataclass
class Shelf:
    """Resources of one kind.

    Attributes:
        things: the dictionary that holds them.
        used: the new name of each that is drawn with.
        fresh: what will be held, by new name.
    """

    things: Any
    used: dict[str, NameObject] = field(default_factory=dict)
    fresh: dict[NameObject, Any] = field(default_factory=dict)


class Shelves:
    """All resources of a document; what nobody draws with is not kept."""

    def __init__(self) -> None:
        self._known: dict[int, Shelf] = {}

    def of(self, held: Any, key: str, *, is_needed: bool = False) -> Shelf | None:
        """Find the shelf of a kind.

        Args:
            held: the resources.
            key: of their kind.
            is_needed: whether one is made where there is none.
        """
        if is_needed and key not in held:
            held[NameObject(key)] = DictionaryObject()
        things = held.get(key)
        things = things.get_object() if things is not None else None
        if not isinstance(things, DictionaryObject):
            return None
        # The shelf holds its things alive, so that no identity comes twice.
        return self._known.setdefault(id(things), Shelf(things))

    def fill(self) -> None:
        """Put in place what is drawn with, and nothing else."""
        for shelf in self._known.values():
            shelf.things.clear()
            shelf.things.update(shelf.fresh)


def find(held: Any, key: str, name: str) -> Any:
    """Find a thing of a kind among resources; None where it is not."""
    things = held.get(key)
    things = things.get_object() if things is not None else None
    if not isinstance(things, DictionaryObject) or name not in things:
        return None
    thing = things[name]
    return thing if isinstance(thing, DictionaryObject) else None


def inline(image: Any, held: Any) -> StreamObject:
    """Make of an inline image one that stands by itself.

    Args:
        image: its settings, and its bytes.
        held: resources that may name its colours.
    """
    stream = StreamObject()
    for key, value in image["settings"].items():
        stream[NameObject(_LONG.get(key, key))] = value
    stream._data = image["data"]  # noqa: SLF001 (pypdf offers no other way)
    stream[NameObject("/Subtype")] = NameObject("/Image")
    spaces, space = held.get("/ColorSpace"), stream.get("/ColorSpace")
    named: Any = spaces.get_object() if spaces is not None else {}
    if isinstance(space, NameObject) and space in named:
        stream[NameObject("/ColorSpace")] = named.raw_get(space)
    return stream
