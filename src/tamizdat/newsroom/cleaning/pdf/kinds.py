"""Tell which shape a thing has, where it says so itself.

Source: ISO 32000-2, 8.7.3 (patterns), 8.8 (external objects), 9.5 (fonts).
"""

from collections.abc import Callable, Mapping
from typing import Any

from pypdf.generic import NumberObject

from tamizdat.newsroom.cleaning.pdf import lettering


def _xobject(thing: Any) -> str:
    return {"/Image": "image", "/Form": "form"}.get(str(thing.get("/Subtype")), "")


def _pattern(thing: Any) -> str:
    kind = thing.get("/PatternType")
    return (
        {1: "tiling", 2: "shaded"}.get(kind, "")
        if isinstance(kind, NumberObject)
        else ""
    )


NARROWED: Mapping[str, Callable[[Any], str]] = {
    "xobject": _xobject,
    "pattern": _pattern,
    "font": lettering.kind_of,
}
