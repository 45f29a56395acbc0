"""Read what is new in a folder, wherever it is: what fits one fetch, and in order."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tamizdat.newsroom.errors import SourceError
from tamizdat.newsroom.errors import said_later as _
from tamizdat.newsroom.sources.kinds import (
    FETCH_BYTES,
    FILE_BYTES,
    FILES,
    Came,
    Fetched,
)
from tamizdat.newsroom.sources.said import Said, at, say, system


@dataclass(frozen=True)
class Listed:
    """One file of a listing; `mark` changes when the file does."""

    name: str
    size: int
    mark: str


def too_long() -> str:
    """Say how long a file may be."""
    return say(_("expected %(most)s bytes at most"), most=f"{FILE_BYTES:,}")


def too_many(most: int) -> str:
    """Say how many files a folder may have."""
    return say(_("expected %(most)s files at most in the folder"), most=f"{most:,}")


def _worded(why: str) -> str:
    return why if isinstance(why, Said) else system(why)


class TooLongError(OSError):
    """A file is longer than one may be."""

    def __init__(self, name: str) -> None:
        super().__init__(0, too_long(), name)


@dataclass
class _Basket:
    """What a fetch has so far."""

    kept: dict[str, str]  # name -> mark
    came: list[Came] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def has_room(self, one: Listed) -> bool:
        so_far = sum(len(file.data) for file in self.came)
        return not self.came or so_far + one.size <= FETCH_BYTES

    def put(self, one: Listed, read: Callable[[str], bytes]) -> None:
        """Read a file; one that cannot be read comes with a later fetch."""
        try:
            if one.size > FILE_BYTES:
                raise TooLongError(one.name)
            self.came.append(Came(one.name, read(one.name)))
        except OSError as error:
            why = error.strerror or type(error).__name__
            self.warnings.append(at(one.name, _worded(why)))
            if one.size <= FILE_BYTES:
                return
        self.kept[one.name] = one.mark


def fetch_listed(
    listing: list[Listed],
    state: Mapping[str, Any],
    read: Callable[[str], bytes],
    is_late: Callable[[], bool] = lambda: False,
) -> Fetched:
    """Fetch the files of a listing that are new or changed, the oldest first.

    Args:
        listing: all files there are now.
        state: `seen`: name -> mark, of those that came before.
        read: gives the bytes of one. OSError: that one cannot be read; SourceError:
            no other can, either.
        is_late: says that the rest had better come with the next fetch.

    Raises:
        SourceError: as `read`, with the first file. Later it ends the fetch with what
            came: a line that breaks would else bring the same files for ever.
    """
    now = {one.name: one.mark for one in listing}
    seen = state.get("seen", {})
    basket = _Basket({name: m for name, m in seen.items() if now.get(name) == m})
    fresh = [one for one in listing if one.name not in basket.kept]
    fresh.sort(key=lambda one: (one.mark, one.name))
    tried = 0
    for one in fresh[:FILES]:
        if not basket.has_room(one) or (basket.came and is_late()):
            break
        try:
            basket.put(one, read)
        except SourceError as error:
            if not basket.came:
                raise
            basket.warnings.append(error.said)
            break
        tried += 1
    state = {"seen": basket.kept}
    more = tried < len(fresh)
    return Fetched(tuple(basket.came), state, more, tuple(basket.warnings))


def bounded(parts: Iterator[bytes], name: str) -> bytes:
    """Put a file together that may have no end.

    Raises:
        TooLongError: it is longer than a file may be.
    """
    whole = bytearray()
    for part in parts:
        whole += part
        if len(whole) > FILE_BYTES:
            raise TooLongError(name)
    return bytes(whole)
