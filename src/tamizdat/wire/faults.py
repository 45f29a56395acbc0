"""Make errors of this room of what Python raises where a rule of ours is wrong.

Copy that nobody foresaw must stop neither the items beside it nor the files behind it;
the raw bytes are kept, and a better parser reads them.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from tamizdat.wire.draft.draft import Draft
from tamizdat.wire.errors import ParserFaultError, WireError

_FAULTS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
Part = TypeVar("Part")


@contextmanager
def told(file: str, family: str, place: str = "the whole file") -> Iterator[None]:
    """Raise a fault of the rules as an error that names the place in the file.

    Raises:
        ParserFaultError: a rule failed.
    """
    try:
        yield
    except _FAULTS as error:
        fault = type(error).__name__
        raise ParserFaultError(file, family, fault, place) from error


def drafts_of(
    parts: Iterable[Part], make: Callable[[Part], Draft], file: str, family: str
) -> list[Draft | WireError]:
    """Make the draft of each part of a file; of a bad part, the error instead."""
    drafts: list[Draft | WireError] = []
    for number, part in enumerate(parts, start=1):
        try:
            with told(file, family, f"item {number}"):
                drafts.append(make(part))
        except WireError as error:
            # A traceback would keep every tree that was refused.
            drafts.append(error.with_traceback(None))
    return drafts


def sound(drafts: Sequence[Draft | WireError]) -> list[Draft]:
    """List the drafts that could be made."""
    return [draft for draft in drafts if isinstance(draft, Draft)]
