"""Write what a page draws anew, operator by operator.

An operator of ISO 32000-2 stays with as many operands as it takes; others, marked
content and remarks among them, go. What it names goes by a new name.

Source: ISO 32000-2, annex A (operators), 8.9.7 (inline images).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    ContentStream,
    NameObject,
    TextStringObject,
)

from tamizdat.newsroom.cleaning.pdf.scalars import digits, named
from tamizdat.newsroom.cleaning.pdf.shapes import INTENTS
from tamizdat.newsroom.cleaning.pdf.sizes import INSTEAD, Sizes

# What each takes: n a number, s a string, t an array of both, d one of numbers, i an
# intent, a letter of `shapes.KINDS` a name. N and P: numbers, and a pattern at the end.
_BY_OPERANDS: Mapping[str, str] = {
    "": "q Q h S s f F f* B B* b b* n W W* BT ET T*",
    "n": "w J j M i Tc Tw Tz TL Tr Ts G g",
    "nn": "m l Td TD d0",
    "nnn": "RG rg",
    "nnnn": "v y re K k",
    "nnnnnn": "c cm Tm d1",
    "s": "Tj '",
    "nns": '"',
    "t": "TJ",
    "dn": "d",
    "i": "ri",
    "N": "SC sc",
    "NP": "SCN scn",
    "C": "CS cs",
    "G": "gs",
    "Fn": "Tf",
    "S": "sh",
    "X": "Do",
}
_TAKEN = {one: taken for taken, some in _BY_OPERANDS.items() for one in some.split()}
_MOST_COLOURS = 32  # values of one
_PLAIN = {"/DeviceGray", "/DeviceRGB", "/DeviceCMYK", "/Pattern"}
_INLINE = "INLINE IMAGE"

Use = Callable[[str, str], str]


@dataclass(frozen=True)
class Hand:
    """What knows the things that a stream draws with.

    Attributes:
        use: gives the new name for a letter of `KINDS` and the old name.
        place: keeps an inline image as `Do` draws it, and gives its name.
        heed: is told of each operator that is written, with its operands as they were;
            gives the size of the letters that a state chose, or None.
    """

    use: Use
    place: Callable[[Any], str]
    heed: Callable[[str, Sequence[Any]], float | None]


def operators(stream: Any, pdf: Any, hand: Hand, sizes: Sizes) -> bytes:
    """Write what a stream draws, but for what has no size.

    Args:
        stream: one, or an array of them.
        pdf: that holds it.
        hand: draws it.
        sizes: tell of what it draws whether it has any.
    """
    content, lines = ContentStream(stream, pdf, "bytes"), []
    for operands, operator in content.operations:
        name = operator.decode("latin-1")
        if sizes.is_nothing(name, operands if name != _INLINE else ()):
            lines.extend([INSTEAD[name]] if name in INSTEAD else [])
            continue
        if name == _INLINE:
            lines.append(f"{hand.place(operands)} Do")
            continue
        taken = _TAKEN.get(name)
        told = None if taken is None else _told(operands, taken, hand.use)
        if told is not None:
            lines.append(" ".join([*told, name]))
            sizes.choose(hand.heed(name, operands))
    return "\n".join(lines).encode()


def _told(operands: Sequence[Any], taken: str, use: Use) -> list[str] | None:
    """Write the last operands, as many as are taken; None where they do not fit."""
    if taken in ("N", "NP"):
        return _colour([*operands], taken, use)
    if len(operands) < len(taken):
        return None
    last = operands[len(operands) - len(taken) :]
    told = [_one(one, kind, use) for one, kind in zip(last, taken, strict=True)]
    return None if None in told else [one for one in told if one is not None]


def _colour(operands: list[Any], taken: str, use: Use) -> list[str] | None:
    pattern = []
    if operands and isinstance(operands[-1], NameObject):
        if taken == "N":
            return None
        pattern = [use("P", operands.pop())]
    told = [digits(one) for one in operands[-_MOST_COLOURS:]]
    return None if None in told else [one for one in told if one] + pattern


def _one(value: Any, kind: str, use: Use) -> str | None:
    if kind in "nstd":
        return _WRITTEN[kind](value)
    if not isinstance(value, NameObject):
        return None
    if kind == "i":
        intent: str | None = named(value, INTENTS)
        return intent
    return str(value) if kind == "C" and value in _PLAIN else use(kind, value)


def _list(value: Any) -> str | None:
    return _bracketed(digits(one) for one in value) if _is_list(value) else None


def _shown(value: Any) -> str | None:
    if not _is_list(value):
        return None
    return _bracketed(digits(one) or _string(one) for one in value)


def _is_list(value: Any) -> bool:
    return isinstance(value, ArrayObject)


def _bracketed(told: Iterable[str | None]) -> str:
    return f"[{' '.join(one for one in told if one)}]"


def _string(value: Any) -> str | None:
    if isinstance(value, TextStringObject):
        value = value.original_bytes
    if not isinstance(value, (ByteStringObject, bytes)):
        return None
    return f"<{bytes(value).hex()}>"


_WRITTEN: Mapping[str, Callable[[Any], str | None]] = {
    "n": digits,
    "s": _string,
    "t": _shown,
    "d": _list,
}
