"""Hold a ceremony in one go: draft, sign by some roots, finish."""

from pathlib import Path

from cast import NOW
from tamizdat.edition.note import Verifier
from tamizdat.edition.trust import Trust
from tamizdat.press import ceremony, drafts, keys, standing
from tamizdat.press.archive import Archive
from tamizdat.press.drafts import Changes


def new_root(folder: Path, number: int, organisation: str = "press.example") -> Path:
    """Make an open root key in a file of its own."""
    path = folder / f"root-{number}.key"
    keys.new_signer(path, f"{organisation}/root/{number}")
    return path


def public(path: Path) -> Verifier:
    """Tell the public half of an open key."""
    return ceremony.open_root(path, str).verifier


def begin(folder: Path, archive: Archive, changes: Changes, now=NOW):
    """Draft the next note of a key folder."""
    notes = folder / "trust"
    chain = ceremony.chain_in(notes)
    head = standing.head_of(archive, chain, now)
    text = drafts.next_text(folder, chain, changes, head, now)
    return ceremony.begin(notes, text, anew=False)


def sign(draft, key: Path) -> str:
    """Sign with the open key of one holder."""
    return ceremony.sign(draft, key, ceremony.open_root(key, str))


def issue(
    folder: Path, archive: Archive, changes: Changes, holders: list[Path], now=NOW
) -> Trust:
    """Issue the next note, signed by these holders."""
    draft = begin(folder, archive, changes, now)
    note = ceremony.collect(draft, [sign(draft, key) for key in holders])
    standing.check_binding(draft.trust, standing.head_of(archive, draft.chain, now))
    return ceremony.finish(draft, note)
