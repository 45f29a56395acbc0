"""Find which pictures the articles of all editions showed.

A press remembers them, so that a story that is taken back takes its pictures along; one
that lost its memory finds them here. A page names its files below `m/`, and the tree
says which bytes have that name.

Source: spec/withdrawals.md.
"""

import re
from collections.abc import Callable, Iterator

from tamizdat.edition import tree
from tamizdat.edition.media import NAME
from tamizdat.edition.tree import Target
from tamizdat.mirrors.errors import MissingError
from tamizdat.mirrors.shelf import ARTICLE

# Editions printed before named files in hex; their words are withdrawn all the same.
_FILE = re.compile(NAME.encode() + rb"|m/[0-9a-f]{32}\.[a-z0-9]+")

Read = Callable[[Target, str], bytes]  # gives a checked object, or MissingError


class Shown:
    """The editions of one service, looked through one after another."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._named: set[tuple[str, str]] = set()  # story, and name of a file
        self._digests: dict[str, str] = {}
        self._done: set[str] = set()  # directories

    def look(self, root: Target) -> None:
        """Look through what an edition has that none before had."""
        for path, target in self._files(root, ""):
            if path.startswith("m/"):
                self._digests[path] = target.digest
            elif match := ARTICLE.fullmatch(path):
                self._named |= {
                    (match[2], name) for name in self._files_in(target, path)
                }

    def rows(self) -> list[tuple[str, str, str]]:
        """List what was shown: story, name of the file, its SHA-256 in hex."""
        known = self._digests
        return [(s, name, known[name]) for s, name in self._named if name in known]

    def _files(self, directory: Target, path: str) -> Iterator[tuple[str, Target]]:
        if directory.digest in self._done:
            return
        self._done.add(directory.digest)
        try:
            entries = list(tree.entries_of(directory, self._read, path))
        except MissingError:
            return  # of an old edition, and on no source
        for entry in entries:
            inner = f"{path}/{entry.name}".lstrip("/")
            if entry.kind == "d":
                yield from self._files(entry.target, inner)
            else:
                yield inner, entry.target

    def _files_in(self, page: Target, path: str) -> list[str]:
        try:
            return [name.decode() for name in _FILE.findall(self._read(page, path))]
        except MissingError:
            return []  # withdrawn
