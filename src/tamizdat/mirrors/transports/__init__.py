"""Ways to a mirror. Each gives bytes back; some take bytes too.

A source promises: `read` stops one byte after `limit`, so that the caller sees the
excess, and never decides whether the bytes are the right ones. A transport promises
besides: after `write` or `remove` returns, a reader sees the whole new file or the
whole old one; after `settle` returns, everything written or removed before is still so
when the power fails.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol, runtime_checkable

from tamizdat.mirrors.transports.directory import Writable


class Source(Protocol):
    """Somewhere a mirror can be read."""

    def read(self, path: str, limit: int) -> bytes:
        """Read a file whole.

        Args:
            path: below the mirror's root.
            limit: bytes; reading stops one byte after.

        Raises:
            MissingError: there is no such file.
            RoadError: no answer; trying again can help.
        """


class Sending(Source, Protocol):
    """Somewhere a file can be read whose own bytes may begin as those of gzip do."""

    def read_sent(self, path: str, limit: int) -> bytes:
        """Read a file whole as it is sent, gzip or not. Raises as `Source.read`."""


class Saving(Source, Protocol):
    """Somewhere a file can be read that is too large for memory."""

    def save(self, path: str, limit: int, file: Writable) -> int:
        """Read a file into another, piece by piece. Raises as `Source.read`.

        Args:
            path: below the mirror's root.
            limit: bytes; reading stops one byte after.
            file: open for writing, empty.

        Returns:
            Bytes written.
        """


class Reading(Sending, Saving, Protocol):
    """Somewhere a whole mirror can be read, with all that stands beside its trees."""


@runtime_checkable
class Listing(Source, Protocol):
    """Somewhere the files of a mirror can be listed, too."""

    def list(self, folder: str) -> Iterator[str]:
        """List the files below a folder, by path, sorted; no name that has a dot first.

        A folder that is not there has none.
        """


class Transport(Saving, Protocol):
    """Somewhere a mirror can be written."""

    def exists(self, path: str) -> bool:
        """Tell whether a file is there, without reading it."""

    def write(self, path: str, content: bytes) -> None:
        """Put a whole file in place."""

    def bring(self, path: str, file: Path) -> int:
        """Put a whole file in place, piece by piece; returns its bytes."""

    def place(self, path: str, digest: str) -> None:
        """Put an object already written at a friendly path."""

    def remove(self, path: str) -> None:
        """Take a friendly path away."""

    def settle(self) -> None:
        """Make all that was written or removed so far durable."""

    def sweep(self) -> None:
        """Take away what a delivery that died left half-written, once it is old."""

    def held(self) -> AbstractContextManager[None]:
        """Keep every other delivery away from this mirror; waits for its end."""
