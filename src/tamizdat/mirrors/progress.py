"""Remember how far the reading of every byte of a mirror has come.

A whole reading of a large archive takes longer than news can wait. One that was put off
goes on from here: a directory of the same hash at the same path has been read, with all
below it; one that changed meanwhile is read anew.
"""

import time

from tamizdat.edition.tree import Target


class Progress:
    """The directories of one service on one mirror that are read whole."""

    def __init__(self) -> None:
        self.clear()

    @property
    def seconds(self) -> float:
        """Tell how long ago the first byte of it was read."""
        return time.monotonic() - self._began

    def has(self, path: str, directory: Target) -> bool:
        """Tell whether all below a directory has been read."""
        return self._read.get(path) == directory.digest

    def add(self, path: str, directory: Target) -> None:
        """Note that all below a directory was read and is as signed."""
        below = f"{path}/" if path else ""
        for inner in [inner for inner in self._read if inner.startswith(below)]:
            del self._read[inner]
        self._read[path] = directory.digest

    def clear(self) -> None:
        """Begin again: every byte is to be read."""
        self._began = time.monotonic()
        self._read: dict[str, str] = {}
