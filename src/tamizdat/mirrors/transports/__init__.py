"""Ways to a mirror. Each gives bytes back; some take bytes too.

A source promises: `read` stops one byte after `limit`, so that the caller sees the
excess, and never decides whether the bytes are the right ones. A transport promises
besides: after `write` or `remove` returns, a reader sees the whole new file or the
whole old one.
"""

from typing import Protocol


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


class Transport(Source, Protocol):
    """Somewhere a mirror can be written."""

    def exists(self, path: str) -> bool:
        """Tell whether a file is there, without reading it."""

    def write(self, path: str, content: bytes) -> None:
        """Put a whole file in place."""

    def place(self, path: str, digest: str) -> None:
        """Put an object already written at a friendly path."""

    def remove(self, path: str) -> None:
        """Take a friendly path away."""
