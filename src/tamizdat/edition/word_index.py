"""Write and read the list of an index of words, which one statement signs.

Decides the lines of that list: a file of the index each, below its folder. The list is
itself a file that proves itself (`files`), its seal at its end; so each byte of the
index is one that was signed. What pagefind writes into those files is not asked.

Source: spec/offline.md, "The index of words".
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from tamizdat.edition.errors import FileError
from tamizdat.edition.files import SEAL_LINE

ENDING = "-find.txt"  # of the name of such a list
LIST_BYTES = 1 << 26  # of a list, at most: some 500,000 files

_ROW = re.compile(
    rb"([0-9a-f]{64}) (0|[1-9][0-9]{0,11})"
    rb" ([a-z0-9][a-zA-Z0-9._-]*(?:/[a-zA-Z0-9._-]+)*)"
)
_PATH_CHARACTERS = 200  # at most
_UP = re.compile(rb"(^|/)\.")


class Row(NamedTuple):
    """A file of an index. `path`: below its folder; `digest`: SHA-256, hex."""

    path: str
    size: int
    digest: str


def list_name(service: str, edition: int | str) -> str:
    """Name the list of an index. `edition`: its number, or a pattern of all."""
    return f"{service}-{edition}{ENDING}"


def write_list(rows: Iterable[Row]) -> bytes:
    """Write the lines of a list, by path."""
    lines = sorted((path, f"{digest} {size} {path}\n") for path, size, digest in rows)
    return "".join(line for _path, line in lines).encode()


def read_list(content: bytes) -> list[Row]:
    """Read the lines of a list, as far as its seal.

    Raises:
        FileError: a line of another form, or out of its order; no path leads out of
            the folder.
    """
    rows: list[Row] = []
    for number, line in enumerate(_lines(content), 1):
        match = _ROW.fullmatch(line)
        path = match[3].decode() if match else ""
        if match is None or len(path) > _PATH_CHARACTERS or _UP.search(match[3]):
            raise FileError(f"line {number}: expected `<sha256> <bytes> <path>`")
        if rows and rows[-1].path >= path:
            raise FileError(f"line {number}: {path} after {rows[-1].path}")
        rows.append(Row(path, int(match[2]), match[1].decode()))
    return rows


def _lines(content: bytes) -> list[bytes]:
    """Take the lines before the seal; the first line that begins it ends them."""
    end = 0 if content.startswith(SEAL_LINE) else content.find(b"\n" + SEAL_LINE) + 1
    lines = content[:end].split(b"\n")
    return lines[:-1]
