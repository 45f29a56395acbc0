"""Seal offline files again once witnesses have cosigned a head that proves them.

A file is filed at once, when no witness has seen its statement yet. Decides which files
there are want the newest head. Each is sealed by itself, so that no edition waits for
all of them.

Source: spec/offline.md, "Order of writing".
"""

from collections.abc import Iterator

from tamizdat.edition.errors import EditionError
from tamizdat.edition.files import (
    FileStatement,
    parse_file_statement,
    parse_filed,
    read_seal,
)
from tamizdat.edition.log import parse_checkpoint
from tamizdat.edition.note import Note, parse_note
from tamizdat.edition.policy import parse_policy
from tamizdat.edition.witness import cosigned, is_witnessed
from tamizdat.press import filing
from tamizdat.press.run import Press


def seal_again(press: Press) -> Iterator[str]:
    """Seal the files again that the newest head proves and their seals do not show.

    Nothing is done while that head is not cosigned.

    Returns:
        Names of those sealed, each when it is in its place.

    Raises:
        PressError: another process holds the archive, or it is damaged.
        EditionError: its checkpoint is none.
    """
    for service in press.state.numbers():
        for name in press.state.filed_names(service):
            with press.archive.locked():
                sealed = _seal(press, name)
            if sealed:
                yield name


def waiting(press: Press) -> bool:
    """Tell whether any file would be sealed now. Raises as `seal_again`."""
    head = _head(press)
    return head is not None and any(
        _wants(press, name, head)
        for service in press.state.numbers()
        for name in press.state.filed_names(service)
    )


def _seal(press: Press, name: str) -> bool:
    head, before = _head(press), press.state.filed(name)
    if head is None or before is None or not _wants(press, name, head):
        return False
    folder = press.archive.root / "trust"
    notes = [(folder / f"{one.version}.note").read_bytes() for one in press.chain]
    said = parse_file_statement(before.text)
    filing.place(press.archive, notes, said, before.entry, before.leaf)
    return True


def _head(press: Press) -> Note | None:
    """Read the head of the log, if it is witnessed."""
    path = press.archive.root / "log" / "checkpoint"
    note = parse_note(path.read_bytes()) if path.exists() else None
    return note if note and _is_witnessed(press, note) else None


def _is_witnessed(press: Press, note: Note) -> bool:
    policy = parse_policy(press.chain[-1].policy)
    return is_witnessed(policy, cosigned(note, policy))


def _wants(press: Press, name: str, head: Note) -> bool:
    """Tell whether a file stands whose seal shows no witness, where this head could."""
    before = press.state.filed(name)
    if before is None or before.leaf >= parse_checkpoint(head).size:
        return False
    seal = _seal_of(press, parse_file_statement(before.text), before.entry)
    return seal is not None and not _is_witnessed(press, seal)


def _seal_of(press: Press, said: FileStatement, entry: bytes) -> Note | None:
    """Read the head in the seal of a file; None if it is to be left alone."""
    path = filing.home_of(press.archive, said)
    draft = filing.draft_folder(press.archive) / said.name
    if draft.exists() or not path.exists():
        return None  # it is being made again, by whoever holds the draft
    with path.open("rb") as file:
        file.seek(said.seal[0])
        data = file.read(said.seal[1])
    try:
        filed = parse_filed(read_seal(data)[0].filed)
    except EditionError:
        return None  # whoever verifies it says what is wrong
    return filed.proof.note if filed.entry == entry else None
