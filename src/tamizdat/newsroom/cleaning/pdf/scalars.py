"""Write numbers, truths and names of a PDF anew, as `shapes` says what each may be.

Source: ISO 32000-2, 7.3.
"""

import re
from typing import Any

from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from tamizdat.newsroom.cleaning.pdf.shapes import BLENDS

_LARGEST = 1 << 31
_MOST = 100_000  # numbers of one array
_WEB = re.compile(r"https?://[^\s@\\<>\"{}|^`]{1,2000}", re.ASCII | re.IGNORECASE)
_ORDERINGS = {"Identity", "UCS", "GB1", "CNS1", "Japan1", "Japan2", "Korea1", "KR"}


def digits(value: Any) -> str | None:
    """Write a number with as many digits as can be seen; None if it is none."""
    if isinstance(value, NumberObject):
        return str(int(value)) if abs(value) < _LARGEST else None
    if not isinstance(value, FloatObject) or not abs(value) < _LARGEST:
        return None
    told = f"{float(value):.9f}".rstrip("0").rstrip(".")
    return "0" if told in ("-0", "") else told


def is_true(value: Any) -> bool:
    """Tell whether a truth is true: as an object it always is."""
    return bool(isinstance(value, BooleanObject) and value.value)


def anew(value: Any, kind: str) -> Any:
    """Write a value anew.

    Args:
        value: resolved.
        kind: as `shapes` spells it, of those below.

    Returns:
        None where it is none of its kind.

    Raises:
        KeyError: the kind is none of these.
    """
    if kind.startswith("/"):
        return named(value, kind)
    if kind[0] in "nb" and len(kind) <= len("n*"):
        one = _number if kind[0] == "n" else _truth
        if len(kind) == 1:
            return one(value)
        most = _MOST if kind[1] == "*" else int(kind[1])
        return _several(value, one, most)
    return _WRITTEN[kind](value)


def named(value: Any, choice: str) -> Any:
    """Choose a name; where there is but one, whatever it was called."""
    names = choice[1:].split("/")
    if isinstance(value, NameObject) and value[1:] in names:
        return NameObject(value)
    return NameObject(choice) if len(names) == 1 else None


def _number(value: Any) -> Any:
    told = digits(value)
    if told is None:
        return None
    return FloatObject(told) if "." in told else NumberObject(told)


def _truth(value: Any) -> Any:
    return BooleanObject(value.value) if isinstance(value, BooleanObject) else None


def _several(value: Any, one: Any, most: int) -> Any:
    if not isinstance(value, ArrayObject):
        return None
    told = [one(each.get_object()) for each in value[:most]]
    return ArrayObject(each for each in told if each is not None)


def _dash(value: Any) -> Any:
    if not isinstance(value, ArrayObject) or len(value) < 2:  # noqa: PLR2004 (a pair)
        return None
    lengths, phase = anew(value[0].get_object(), "n*"), _number(value[1].get_object())
    return None if None in (lengths, phase) else ArrayObject([lengths, phase])


def _blend(value: Any) -> Any:
    if isinstance(value, ArrayObject):
        told = [named(one.get_object(), BLENDS) for one in value]
        return next((one for one in told if one is not None), None)
    return named(value, BLENDS)


def _gamma(value: Any) -> Any:
    return _number(value) if isinstance(value, (int, float)) else anew(value, "n3")


def _widths(value: Any) -> Any:
    """Write widths by number: a code, then widths; or two codes and one width."""
    if not isinstance(value, ArrayObject):
        return None
    told = [each.get_object() for each in value[:_MOST]]
    kinds = ["n*" if isinstance(each, ArrayObject) else "n" for each in told]
    again = [anew(each, kind) for each, kind in zip(told, kinds, strict=True)]
    return ArrayObject(each for each in again if each is not None)


def _web(value: Any) -> Any:
    """Keep an address of the web without an account; others name files and people."""
    if isinstance(value, (TextStringObject, bytes)):
        text = value.decode("latin-1") if isinstance(value, bytes) else str(value)
        return TextStringObject(text) if _WEB.fullmatch(text) else None
    return None


def _system(value: Any) -> Any:
    if not isinstance(value, DictionaryObject):
        return None
    ordering = str(value.get("/Ordering", ""))
    return DictionaryObject(
        {
            NameObject("/Registry"): TextStringObject("Adobe"),
            NameObject("/Ordering"): TextStringObject(
                ordering if ordering in _ORDERINGS else "Identity"
            ),
            NameObject("/Supplement"): _number(value.get("/Supplement"))
            or NumberObject(0),
        }
    )


_WRITTEN = {
    "dash": _dash,
    "blend": _blend,
    "gamma": _gamma,
    "widths": _widths,
    "web": _web,
    "system": _system,
}
