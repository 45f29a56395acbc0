"""Have a trust note signed by people who each hold one root key, one after another.

In the folder of the notes, note n is in the making while `<n>.draft` lies there: its
text, unsigned. `<n>.signatures` has the lines that came in. Both go when `<n>.note` is
written, which readers would take. Whoever holds a root keeps `<key>.signed` beside it:
for each version the text that was signed, so that no holder signs two notes of one
number without saying so.

Promises: each file is whole or absent; a draft is never changed, only begun anew; what
a ceremony that stops leaves behind is no note. Nothing here prints a secret.

Source: spec/trust-note.md; docs/decisions/0037-keys-and-ceremonies.md.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tamizdat.edition.errors import EditionError, NoteError
from tamizdat.edition.note import (
    SIGNATURE_LINES,
    Note,
    Signer,
    Verifier,
    parse_note,
    parse_signer,
)
from tamizdat.edition.trust import Trust, check_draft, verify_chain, verify_next
from tamizdat.press import keys, sealed
from tamizdat.press.errors import CeremonyError, KeyFileError, PassphraseError

_SIGNED = re.compile(r"([1-9][0-9]*) ([0-9a-f]{64})")


@dataclass(frozen=True)
class Draft:
    """A trust note in the making.

    Attributes:
        chain: the notes before it, verified.
        text: what is signed, bytes.
        trust: what it says.
    """

    folder: Path
    chain: Sequence[Trust]
    text: bytes
    trust: Trust

    @property
    def digest(self) -> str:
        """Name the text: SHA-256 in hex."""
        return hashlib.sha256(self.text).hexdigest()

    @property
    def path(self) -> Path:
        """Name its file."""
        return self.folder / f"{self.trust.version}.draft"

    @property
    def collected(self) -> Path:
        """Name the file of signature lines that came in."""
        return self.folder / f"{self.trust.version}.signatures"

    @property
    def groups(self) -> list[tuple[Trust, str]]:
        """List whose roots must sign, and how they are called."""
        own = (self.trust, f"roots of note {self.trust.version}")
        old = [(t, f"roots of note {t.version}") for t in self.chain[-1:]]
        return [own, *old]

    @property
    def holders(self) -> list[Verifier]:
        """List every root that may sign, those before first, each once."""
        rows = [root for trust, _ in reversed(self.groups) for root in trust.roots]
        return list({root.key: root for root in rows}.values())


def begin(folder: Path, text: bytes, *, anew: bool) -> Draft:
    """Write a draft.

    Args:
        folder: of the trust notes.
        text: of the next one.
        anew: whether a draft that lies there is given up.

    Raises:
        CeremonyError: another draft of this note waits for signatures.
        TrustError: no signatures could make it follow.
    """
    chain = chain_in(folder)
    draft = Draft(folder, chain, text, check_draft(chain, text))
    folder.mkdir(exist_ok=True, parents=True)
    refuse_begun(folder, chain, anew=anew)
    draft.collected.unlink(missing_ok=True)
    keys.write_over(draft.path, text.decode(), keys.PUBLIC)
    return draft


def refuse_begun(folder: Path, chain: Sequence[Trust], *, anew: bool) -> None:
    """Refuse a second draft of one note, unless the first one is given up.

    Raises:
        CeremonyError: it waits for signatures.
    """
    path = folder / f"{len(chain) + 1}.draft"
    if path.exists() and not anew:
        raise CeremonyError(
            f"{path}: waits for signatures; go on with it, or begin --anew"
        )


def chain_in(folder: Path) -> list[Trust]:
    """Verify the trust notes of a folder; there may be none yet.

    Raises:
        KeyFileError: they do not hold.
    """
    notes = keys.read_notes(folder)
    return verify_chain(notes) if notes else []


def open_draft(folder: Path, path: Path | None = None) -> Draft:
    """Read the draft of the note after those in a folder.

    Raises:
        CeremonyError: there is none, or it does not follow these notes.
    """
    chain = chain_in(folder)
    path = path or folder / f"{len(chain) + 1}.draft"
    try:
        text = path.read_bytes()
        trust = check_draft(chain, text)
    except FileNotFoundError as error:
        raise CeremonyError(f"{path}: no such draft; make one first") from error
    except (EditionError, UnicodeDecodeError) as error:
        raise CeremonyError(f"{path}: {error}") from error
    return Draft(folder, chain, text, trust)


def told(draft: Draft) -> list[str]:
    """Say in words what a draft changes, for whoever is to sign it."""
    new = draft.trust
    if not draft.chain:
        roots = ", ".join(root.name for root in new.roots)
        return [
            f"first trust note of {new.organisation}",
            f"roots: {new.threshold} of {len(new.roots)}: {roots}",
            f"services: {', '.join(new.services)}",
            f"log: {new.log.name}",
            *_told_watch(None, new),
        ]
    old = draft.chain[-1]
    return [
        f"trust note {new.version} of {new.organisation}",
        *_told_roots(old, new),
        *_told_services(old, new),
        *([] if new.opener == old.opener else [f"opener: {new.opener} is new"]),
        *([] if new.log == old.log else [_told_log(new)]),
        *_told_watch(old, new),
        _told_binding(new),
    ]


def _told_roots(old: Trust, new: Trust) -> list[str]:
    gone = ", ".join(root.name for root in old.roots if root not in new.roots)
    come = ", ".join(root.name for root in new.roots if root not in old.roots)
    if not gone and not come and old.threshold == new.threshold:
        return []
    counted = f"roots: {new.threshold} of {len(new.roots)}"
    return [f"{counted}; gone: {gone or 'none'}; new: {come or 'none'}"]


def _told_services(old: Trust, new: Trust) -> list[str]:
    changed = [s for s in new.services if new.services[s] != old.services.get(s)]
    return [
        f"service {service}: {'new key' if service in old.services else 'added'},"
        f" valid until {new.services[service].until:%Y-%m-%d %H:%M} UTC"
        for service in changed
    ]


def _told_watch(old: Trust | None, new: Trust) -> list[str]:
    """Say who watches the log, line by line, where that is another than before."""
    watch = [line for line in new.policy if not line.startswith("log ")]
    before = [] if old is None else old.policy
    if all(line in before for line in watch) and len(before) == len(new.policy):
        return []
    return [f"watched: {line}" for line in watch]


def _told_log(new: Trust) -> str:
    given_up = new.oldlogs[-1]
    return (
        f"log: {new.log.name} is new; {given_up.key.name} given up at"
        f" {given_up.size} leaves"
    )


def _told_binding(new: Trust) -> str:
    if new.since <= new.seen[0]:
        void = f"from leaf {new.since} to {new.seen[0] - 1} every entry is void"
        return f"binds at once: {void if new.since < new.seen[0] else 'none is void'}"
    return f"binds from leaf {new.since}; the log has {new.seen[0]} now"


def open_root(path: Path, passphrase: Callable[[], str]) -> Signer:
    """Open the key of somebody who is present.

    Args:
        path: a sealed key, or an open one.
        passphrase: asks for it; not called for an open key.

    Raises:
        KeyFileError: it cannot be used; a PassphraseError can be tried again.
    """
    text = keys.read_key(path)
    try:
        if sealed.is_sealed(text):
            return sealed.open_sealed(text, passphrase())
        return parse_signer(text.strip())
    except PassphraseError as error:
        raise PassphraseError(f"{path}: {error}") from error
    except KeyFileError as error:
        raise KeyFileError(f"{path}: {error}") from error
    except NoteError as error:
        raise KeyFileError(f"{path}: {error}") from error


def check_may_sign(draft: Draft, key: Path, instead_of: str | None = None) -> None:
    """Refuse to sign a second text of one version.

    Args:
        draft: what is to be signed.
        key: the file of a root; what it signed stands beside it.
        instead_of: the first 16 digits or more of the text that is given up.

    Raises:
        CeremonyError: the root signed another text of this version.
    """
    before = _signed(key).get(draft.trust.version)
    if before in {None, draft.digest}:
        return
    if instead_of is None or len(instead_of) < _SHORT or not before:
        raise CeremonyError(_twice(draft, key, before or ""))
    if not before.startswith(instead_of):
        raise CeremonyError(_twice(draft, key, before))


_SHORT = 16  # hex digits that name a text to a person


def _twice(draft: Draft, key: Path, before: str) -> str:
    version = draft.trust.version
    return (
        f"{key}: has signed another note {version}, {before[:_SHORT]}, and this is"
        f" {draft.digest[:_SHORT]}; if that one was given up for good, sign this"
        f" --instead-of {before[:_SHORT]}"
    )


def sign(draft: Draft, key: Path, signer: Signer, instead_of: str | None = None) -> str:
    """Note what is signed, then sign it.

    Args:
        draft: a note in the making.
        key: the root's file.
        signer: the key in it.
        instead_of: as `check_may_sign`.

    Returns:
        The signature line.

    Raises:
        CeremonyError: no note asks for this key, or it signed another text.
    """
    check_may_sign(draft, key, instead_of)
    if signer.verifier not in draft.holders:
        names = ", ".join(holder.name for holder in draft.holders)
        raise CeremonyError(f"{key}: {signer.name} is none of its roots, {names}")
    record = {**_signed(key), draft.trust.version: draft.digest}
    rows = "".join(f"{version} {digest}\n" for version, digest in record.items())
    keys.write_over(_record(key), rows)  # state before signing
    return signer.line(draft.text)


def _record(key: Path) -> Path:
    return key.with_name(f"{key.name}.signed")


def _signed(key: Path) -> dict[int, str]:
    try:
        rows = _record(key).read_text(encoding="ascii").splitlines()
    except FileNotFoundError:
        return {}
    found = [_SIGNED.fullmatch(row) for row in rows]
    if not all(found):
        raise CeremonyError(f"{_record(key)}: expected lines `<version> <sha256>`")
    return {int(match[1]): match[2] for match in found if match}


def collect(draft: Draft, lines: Iterable[str]) -> Note:
    """Keep signature lines that came in, each verified, with those before.

    Raises:
        CeremonyError: a line is by no root, or not for this text; none is kept then.
    """
    rows = _rows(draft)
    before = len(rows)
    for line in lines:
        _check_line(draft, line)
        if line not in rows:
            rows.append(line)
    if len(rows) > SIGNATURE_LINES:
        raise CeremonyError(f"{len(rows)} signatures, at most {SIGNATURE_LINES}")
    if not rows:
        return Note(draft.text, ())
    text = "".join(f"{row}\n" for row in rows)
    if len(rows) > before:
        keys.write_over(draft.collected, text, keys.PUBLIC)
    return parse_note(draft.text + b"\n" + text.encode())


def _rows(draft: Draft) -> list[str]:
    if not draft.collected.exists():
        return []
    return draft.collected.read_text("utf-8").splitlines()


def _check_line(draft: Draft, line: str) -> None:
    shown = line[:40]
    try:
        note = parse_note(draft.text + f"\n{line}\n".encode())
        signers = note.signers(draft.holders)
    except NoteError as error:
        raise CeremonyError(
            f"{shown!r}: {error}: expected a signature line of {draft.path.name},"
            f" text {draft.digest[:_SHORT]}"
        ) from error
    if not signers:
        raise CeremonyError(f"{shown!r}: by no root of this note or the one before")


def missing(draft: Draft, note: Note) -> list[str]:
    """Say whose signatures a note still needs; nothing if it is complete."""
    found = []
    for trust, called in draft.groups:
        have = {signer.key for signer in note.signers(trust.roots)}
        if len(have) < trust.threshold:
            left = ", ".join(r.name for r in trust.roots if r.key not in have)
            counted = f"{len(have)} of {trust.threshold} signatures of the {called}"
            found.append(f"{counted}; may still sign: {left}")
    return found


def finish(draft: Draft, note: Note) -> Trust:
    """Write the note, if readers would take it, and end the ceremony.

    Raises:
        CeremonyError: signatures are missing.
        TrustError: readers would refuse it.
    """
    if left := missing(draft, note):
        raise CeremonyError("; ".join(left))
    lines = draft.collected.read_bytes()
    data = draft.text + b"\n" + lines
    trust = verify_next(draft.chain, data)
    path = draft.folder / f"{trust.version}.note"
    keys.write_new(path, data.decode(), keys.PUBLIC)
    draft.path.unlink(missing_ok=True)
    draft.collected.unlink(missing_ok=True)
    return trust
