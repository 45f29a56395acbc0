"""Undo a press run that recorded no statement, so that it never was.

The journal of the archive ends after statements are recorded and before the first is
signed, and those of a run before are finished before a run begins. So while there is a
journal nothing of its run is signed, and statements are pending if, and only if, the
run was recorded.

Source: spec/mirror-layout.md, "Order of writing".
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial

from tamizdat.edition import tree
from tamizdat.edition.errors import EditionError
from tamizdat.edition.pages.constant import ROOT_PAGE
from tamizdat.edition.tree import Target
from tamizdat.press.archive import Archive
from tamizdat.press.build import INDEX
from tamizdat.press.errors import PressError
from tamizdat.press.signing import statement_of
from tamizdat.press.state import State

_FAILURES = (OSError, sqlite3.Error, EditionError, PressError)


def end_journal(archive: Archive, state: State) -> None:
    """End the journal of a run: if recorded the run stays, else it is undone.

    Raises:
        EditionError: a directory of the newest edition is damaged.
        ArchiveError: it is missing.
    """
    if not archive.journal.exists():
        return
    if state.pending():
        archive.journal.end()
    else:
        state.empty_writes()
        archive.undo(partial(_standing, archive, state))


@contextmanager
def undone_if_unrecorded(archive: Archive, state: State) -> Iterator[None]:
    """Undo a run that is refused or fails, at once if that is possible."""
    try:
        yield
    except BaseException:
        with suppress(*_FAILURES):  # then the next run does
            end_journal(archive, state)
        raise


def _standing(archive: Archive, state: State, place: str) -> Target | None:
    """Look up what the newest complete editions have at a friendly path."""
    service, _, path = place.partition("/")
    if place == INDEX:
        service, path = state.newest_service() or "", ROOT_PAGE
    printed = state.printed(service)
    if printed is None:
        return None
    root = tree.root_of(statement_of(printed.entry).tree)
    return tree.find(root, path, archive.object)
