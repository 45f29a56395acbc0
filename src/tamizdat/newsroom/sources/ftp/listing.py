"""List a folder of an FTP server, by the best list that the server has.

MLSD says for programs what LIST says for people, in words of two kinds of machines;
NLST says names alone, folders among them.

Source: RFC 959, RFC 3659 (MLSD).
"""

import ftplib
import re
from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any

from tamizdat.newsroom.errors import SourceError
from tamizdat.newsroom.sources import kinds
from tamizdat.newsroom.sources.listed import Listed, too_many

_MOST = 20_000  # files of a folder
_UNIX = re.compile(
    r"(?P<type>[-a-z])[-rwxsStTlL]{9}[+.@]?\s+\d+\s+\S+(?:\s+\S+)?\s+(?P<size>\d+)\s+"
    r"(?P<day>[A-Za-z]{3}\s+\d{1,2})\s+(?P<time>\d{1,2}:\d\d|\d{4})\s(?P<name>.+)"
)
_DOS = re.compile(
    r"(?P<day>\d\d-\d\d-\d{2,4})\s+(?P<time>\d\d:\d\d[AP]M)\s+"
    r"(?P<size>\d+|<DIR>)\s+(?P<name>.+)"
)


def of_folder(
    server: ftplib.FTP, pattern: str, seen: Mapping[str, str]
) -> list[Listed]:
    """List the files of the folder that a server is in.

    Args:
        server: signed in.
        pattern: of the names that are wanted.
        seen: name -> mark, as a listing before had it.

    Raises:
        SourceError: there are too many.
    """
    found = _for_programs(server)
    if found is None:
        found = _for_people(server, seen)
    if found is None:
        found = _names(server, pattern)
    return [one for one in found if _is_wanted(one.name, pattern)]


def _for_programs(server: ftplib.FTP) -> list[Listed] | None:
    """List by MLSD; None where a server has none."""
    try:
        rows = list(_bounded(server.mlsd()))
    except ftplib.error_perm:
        return None
    return [
        Listed(name, int(size), f"{facts.get('modify', '')}-{size}")
        for name, facts in rows
        if (size := facts.get("size", "0")).isdecimal()
        and facts.get("type", "file") == "file"
    ]


def _for_people(server: ftplib.FTP, seen: Mapping[str, str]) -> list[Listed] | None:
    """List by LIST; None where its lines are of a third kind."""
    lines = list[str]()
    try:
        server.retrlines("LIST", lines.append)
    except ftplib.error_perm:
        return None
    found = list[Listed]()
    for text in _bounded(lines):
        row = _UNIX.fullmatch(text) or _DOS.fullmatch(text)
        if row is None and not text.startswith("total "):
            return None
        # Of the first kind a letter tells a file, of the second a size.
        if row and row["size"] != "<DIR>" and row.groupdict().get("type", "-") == "-":
            found.append(Listed(row["name"], int(row["size"]), _mark(row, seen)))
    return found


def _mark(row: re.Match[str], seen: Mapping[str, str]) -> str:
    """Say what changes with the file.

    A file of half a year is shown with its year in place of its hour, and is the same.
    """
    day = f"{row['size']} {' '.join(row['day'].split())}"
    known = seen.get(row["name"], "")
    if ":" not in row["time"] and known.startswith(f"{day} "):
        return known
    return f"{day} {row['time']}"


def _names(server: ftplib.FTP, pattern: str) -> list[Listed]:
    names = [one.rpartition("/")[2] for one in server.nlst()[:_MOST]]
    wanted = [one for one in names if _is_wanted(one, pattern)]
    return [Listed(one, 0, _size(server, one)) for one in wanted]


def _size(server: ftplib.FTP, name: str) -> str:
    try:
        return f"{server.size(name)}"
    except ftplib.error_perm:
        return ""


def _bounded(rows: Iterable[Any]) -> Iterator[Any]:
    for number, row in enumerate(rows):
        if number >= _MOST:
            raise SourceError(too_many(_MOST))
        yield row


def _is_wanted(name: str, pattern: str) -> bool:
    odd = not name or "/" in name or "\r" in name or "\n" in name
    return not odd and not kinds.is_unfinished(name) and fnmatchcase(name, pattern)
