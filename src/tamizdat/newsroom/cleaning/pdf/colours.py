"""Write the spaces of a PDF's colours anew.

Source: ISO 32000-2, 8.6.
"""

from collections.abc import Callable
from typing import Any

from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from tamizdat.newsroom.cleaning.pdf import streams
from tamizdat.newsroom.errors import AttachmentError

_DEVICES = {"/DeviceGray": 1, "/DeviceRGB": 3, "/DeviceCMYK": 4}
_CALIBRATED = {"/CalGray": 1, "/CalRGB": 3, "/Lab": 3}
_BY_PARTS = {count: name for name, count in _DEVICES.items()}
_PROFILE_COLOURS = {b"GRAY", b"RGB ", b"CMYK"}
# Inks that mean something to a viewer; others are drawn by their second space.
_INKS = {"/All", "/None", "/Cyan", "/Magenta", "/Yellow", "/Black", "/Gray"}
_MOST_INKS, _MOST_INDEXED = 32, 255
_DEEPEST = 4
_SHORT = {"/G": "/DeviceGray", "/RGB": "/DeviceRGB", "/CMYK": "/DeviceCMYK"}

Below = Callable[[Any, str], Any]


def space(value: Any, below: Below, deep: int = 0) -> Any:
    """Write a space anew; profiles of devices become plain colours.

    Args:
        value: as it is.
        below: takes what lies below, and its shape; gives a reference to it.
        deep: how many spaces it stands in.

    Raises:
        AttachmentError: of a kind that is not known.
    """
    if deep > _DEEPEST:
        raise _unknown()
    if not isinstance(value, ArrayObject) or not value:
        is_name = isinstance(value, NameObject)
        return _name(value) if is_name else NameObject("/DeviceGray")
    name = str(value[0].get_object())
    if len(value) == 1:
        return _name(name)
    if name == "/ICCBased":
        return _plain(value[1].get_object())
    if name in _CALIBRATED:
        return ArrayObject([NameObject(name), below(value[1], "calibrated")])
    return _built(name, value, below, deep)


def _built(name: str, value: Any, below: Below, deep: int) -> ArrayObject:
    """Write a space that is built on another one."""
    rest = [one.get_object() for one in value[1:]]
    if name == "/Pattern":
        return ArrayObject([NameObject(name), space(rest[0], below, deep + 1)])
    if name in ("/Indexed", "/I"):
        return _indexed(rest, below, deep)
    return _inked(value, below, deep)


def _inked(value: Any, below: Below, deep: int) -> ArrayObject:
    """Write a space of inks: how they are called tells nothing that is drawn."""
    name, inks = value[0].get_object(), value[1].get_object()
    if name not in ("/Separation", "/DeviceN"):
        raise _unknown()
    several = inks if name == "/DeviceN" else [inks]
    told = [_ink(ink.get_object()) for ink in list(several)[:_MOST_INKS]]
    named = ArrayObject(told) if name == "/DeviceN" else told[0]
    second, by = value[2].get_object(), below(value[3], "function")
    parts = [NameObject(name), named, space(second, below, deep + 1), by]
    return ArrayObject(parts)


def _name(value: Any) -> NameObject:
    name = _SHORT.get(str(value), str(value))
    if name not in {*_DEVICES, "/Pattern"}:
        raise _unknown()
    return NameObject(name)


def _ink(name: Any) -> NameObject:
    return NameObject(name if name in _INKS else "/Ink")


def _indexed(rest: list[Any], below: Below, deep: int) -> ArrayObject:
    base, most = space(rest[0], below, deep + 1), int(rest[1])
    table, parts = rest[2], count(base)
    if isinstance(table, StreamObject):
        table = streams.unpacked(table)
    elif isinstance(table, TextStringObject):
        table = table.original_bytes
    if parts is None or not 0 <= most <= _MOST_INDEXED:
        raise _unknown()
    colours = ByteStringObject(bytes(table)[: (most + 1) * parts])
    return ArrayObject([NameObject("/Indexed"), base, NumberObject(most), colours])


def _plain(profile: Any) -> NameObject:
    """Name the plain colours for a profile: its words can tell a device."""
    data = streams.unpacked(profile)
    if data[16:20] not in _PROFILE_COLOURS or profile["/N"] not in _BY_PARTS:
        raise _unknown()
    return NameObject(_BY_PARTS[profile["/N"]])


def count(value: Any) -> int | None:
    """Count the values of a colour; None where it cannot be told."""
    value = value.get_object() if value is not None else None
    if not isinstance(value, ArrayObject):
        return _DEVICES.get(str(value))
    name = str(value[0])
    if name == "/DeviceN":
        return len(value[1])
    return _CALIBRATED.get(name, 1 if name in ("/Indexed", "/Separation") else None)


def _unknown() -> AttachmentError:
    return AttachmentError("this PDF has colours that are not known")
