"""Refuse layers that are hidden: without the list of layers they would be seen.

Source: ISO 32000-2, 8.11.
"""

from typing import Any

from pypdf.generic import DictionaryObject

from tamizdat.newsroom.errors import AttachmentError

_SHOWN = ("/AnyOn", "/AllOn")


def refuse_hidden(root: Any) -> None:
    """Refuse a document of whose layers some are off.

    Raises:
        AttachmentError: it is one.
    """
    nothing = DictionaryObject()
    layers = root.get("/OCProperties", nothing).get_object()
    shown = layers.get("/D", nothing).get_object()
    is_all_on = shown.get("/BaseState", "/ON") == "/ON" and not shown.get("/OFF")
    if not is_all_on or shown.get("/AS"):
        raise _hidden()


def refuse_hiding(thing: Any) -> None:
    """Refuse what is shown where layers are off, or by a sum of them.

    Args:
        thing: that may belong to a layer, or resources that name some.

    Raises:
        AttachmentError: it is hidden now.
    """
    named = thing.get("/Properties")
    named = named.get_object() if named is not None else {}
    for one in (thing.get("/OC"), *named.values()):
        group = one.get_object() if one is not None else None
        if not isinstance(group, DictionaryObject) or group.get("/Type") != "/OCMD":
            continue
        if "/VE" in group or group.get("/P", _SHOWN[0]) not in _SHOWN:
            raise _hidden()


def _hidden() -> AttachmentError:
    return AttachmentError(
        "this PDF has layers that are not shown: print it to a new PDF"
    )
