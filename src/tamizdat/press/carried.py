"""Tell which offline files an edition can name: those that were filed before it.

Decides nothing: what lies in `files/` beside the archive, in the memory of the press
and in each file's own seal is put together. A file made of an edition is named by the
next one; until then the one before it stays (`offline`).
"""

import sqlite3
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from tamizdat.edition.files import parse_file_statement, read_seal
from tamizdat.edition.pages import Carried
from tamizdat.edition.statement import parse_latest
from tamizdat.press import filing
from tamizdat.press.archive import Archive

KINDS = {  # by ending, in the order of the page
    ".txt": "text",
    ".html": "page",
    "-pictures.html": "pictures",
    ".epub": "book",
    ".zim": "library",
}


def carried(
    database: sqlite3.Connection, archive: Archive, service: str
) -> list[Carried]:
    """List the newest file of each kind, and what an increment continues."""
    found: dict[tuple[str, bool], Carried] = {}
    form = filing.of_service(service)
    rows = database.execute("SELECT name, text FROM file WHERE service = ?", (service,))
    statements: dict[str, bytes] = dict(rows.fetchall())
    for digest, size, name in filing.index_rows(archive):
        match = form.fullmatch(name)
        if match is None or match["most"] or name not in statements:
            continue
        kind = KINDS[match["ending"]]
        since = int(match["since"]) if match["since"] else None
        path, text = archive.root / filing.FILES / name, statements[name]
        one = Carried(name, kind, since, *_made(path, text), size, digest)
        key = one.kind, one.since is None
        if key not in found or found[key].edition < one.edition:
            found[key] = one
    base = found.get(("library", True))
    increment = found.get(("library", False))
    if base and increment and increment.since != base.edition:
        del found["library", False]  # of the month before
    order = list(KINDS.values())
    return sorted(
        found.values(), key=lambda one: (order.index(one.kind), one.since or 0)
    )


@lru_cache(maxsize=1024)
def _made(path: Path, text: bytes) -> tuple[int, datetime]:
    """Tell number and time of the edition a file is made from, by its own seal."""
    said = parse_file_statement(text)
    with path.open("rb") as file:
        file.seek(said.seal[0])
        seal, _used = read_seal(file.read(said.seal[1]))
    return said.edition, parse_latest(seal.latest).statement.time
