"""Trust notes on the command line: draft the next one, have it signed, finish it.

The signature line that a holder passes on goes to standard output, everything else to
standard error.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from tamizdat.edition.errors import EditionError, NoteError
from tamizdat.edition.note import Note, Signer, Verifier, parse_verifier
from tamizdat.edition.policy import parse_policy
from tamizdat.edition.trust import Trust
from tamizdat.press import ceremony, drafts, spoken, standing
from tamizdat.press import keys as key_files
from tamizdat.press.ceremony import Draft
from tamizdat.press.commands import utc
from tamizdat.press.drafts import Changes
from tamizdat.press.errors import CeremonyError, KeyFileError, PassphraseError
from tamizdat.press.prompts import one_line, passphrase_file, read_passphrase

_FOLDER = click.Path(file_okay=False, path_type=Path)
_FILE = click.Path(dir_okay=False, path_type=Path)
_TRIES = 3  # of a passphrase typed by hand
_T = TypeVar("_T", bound=Callable[..., Any])


@click.group()
def trust() -> None:
    """Trust notes: draft the next one, have it signed, finish it."""


def _changes(command: _T) -> _T:
    """Add the options that say what the next note changes."""
    for option in reversed(
        (
            click.option("--renew-services", is_flag=True, help="New service keys."),
            click.option("--service", "services", multiple=True, help="Add it."),
            click.option("--root", "roots", multiple=True, help="Public key; all."),
            click.option("--threshold", type=click.IntRange(1), help="Of the roots."),
            click.option("--opener", help="Public key of a new opener."),
            click.option(
                "--policy",
                type=click.Path(exists=True, dir_okay=False, path_type=Path),
                help="Witness, group and quorum lines; all.",
            ),
            click.option("--new-log", is_flag=True, help="Give the log up."),
        )
    ):
        command = option(command)
    return command


_void_from = click.option(
    "--void-from",
    type=click.IntRange(0),
    help="After a theft: first leaf that does not count.",
)
_archive = click.option(
    "--archive", type=_FOLDER, help="Of the press [default: archive beside FOLDER]."
)
_anew = click.option("--anew", is_flag=True, help="Give up a draft that lies there.")
_time = click.option("--time", "now", callback=utc, help="[default: now]")


@trust.command(name="draft")
@click.argument("folder", type=_FOLDER)
@click.option("--organisation", help="For a first note: DNS-like name.")
@_changes
@_void_from
@_archive
@_anew
@_time
def trust_draft(  # noqa: PLR0913, PLR0917 - one argument an option
    folder: Path,
    organisation: str | None,
    roots: tuple[str, ...],
    opener: str | None,
    archive: Path | None,
    now: datetime,
    *,
    renew_services: bool,
    services: tuple[str, ...],
    threshold: int | None,
    policy: Path | None,
    new_log: bool,
    void_from: int | None,
    anew: bool,
) -> None:
    """Draft the next trust note of the keys in FOLDER, or the first one.

    What is not named stays. New service and log keys are made in FOLDER. Carry
    FOLDER/trust to each root holder, who signs with `tamizdat keys trust sign`.

    Example: tamizdat keys trust draft keys/ --service fa
    """
    with one_line():
        changes = Changes(
            renew=renew_services,
            services=services,
            roots=tuple(_vkey(text) for text in roots),
            threshold=threshold,
            opener=_vkey(opener) if opener else None,
            watch=_watch(policy) if policy else (),
            new_log=new_log,
            void_from=void_from,
        )
        if organisation is not None:
            key_files.check_name(organisation)
            _begin_first(folder, organisation, changes, now, anew=anew)
        else:
            _begin_next(folder, changes, archive, now, anew=anew)


@click.group()
def service() -> None:
    """Service keys, which the press signs with: 120 days each."""


@service.command()
@click.argument("folder", type=_FOLDER)
@_void_from
@_archive
@_anew
@_time
def renew(
    folder: Path,
    archive: Path | None,
    now: datetime,
    *,
    void_from: int | None,
    anew: bool,
) -> None:
    """Draft a trust note with new keys for all services, valid for 120 days.

    The same as `tamizdat keys trust draft FOLDER --renew-services`.

    Example: tamizdat keys service renew keys/
    """
    with one_line():
        changes = Changes(renew=True, void_from=void_from)
        _begin_next(folder, changes, archive, now, anew=anew)


def _watch(path: Path) -> tuple[str, ...]:
    """Read the lines of a trust note that say who watches the log.

    Raises:
        CeremonyError: no such lines; names the file.
    """
    try:
        lines = path.read_text(encoding="ascii").splitlines()
        watch = tuple(line for line in lines if line and not line.startswith("#"))
        log = Signer("log.example/log/1", key_files.new_seed()).verifier  # any will do
        parse_policy((f"log {log}", *watch))
    except (EditionError, OSError, UnicodeDecodeError) as error:
        raise CeremonyError(f"{path}: {error}") from error
    return watch


def _vkey(text: str) -> Verifier:
    try:
        return parse_verifier(text)
    except NoteError as error:
        raise KeyFileError(f"{text[:60]!r}: {error}") from error


def _begin_first(
    folder: Path, organisation: str, changes: Changes, now: datetime, *, anew: bool
) -> None:
    if key_files.read_notes(folder / "trust"):
        raise CeremonyError(f"{folder / 'trust'}: has a first trust note already")
    key_files.make_private(folder)
    text = drafts.first_text(folder, organisation, changes, now)
    _say_begun(ceremony.begin(folder / "trust", text, anew=anew))


def _begin_next(
    folder: Path, changes: Changes, archive: Path | None, now: datetime, *, anew: bool
) -> None:
    if changes == Changes():
        raise CeremonyError("a note that changes nothing: name what is to change")
    key_files.load_chain(folder)
    chain = ceremony.chain_in(folder / "trust")
    head = standing.head_of(standing.archive_beside(folder, archive), chain, now)
    ceremony.refuse_begun(folder / "trust", chain, anew=anew)
    text = drafts.next_text(folder, chain, changes, head, now)
    _say_begun(ceremony.begin(folder / "trust", text, anew=anew))


def _say_begun(draft: Draft) -> None:
    for line in ceremony.told(draft):
        click.echo(line, err=True)
    for line in ceremony.missing(draft, ceremony.collect(draft, ())):
        click.echo(line, err=True)
    click.echo(f"draft {draft.path} {draft.digest}")


@trust.command(name="sign")
@click.argument("draft", type=_FILE)
@click.argument("key", type=_FILE)
@click.option("--instead-of", help="Of an earlier draft given up: 16 digits.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@passphrase_file
def trust_sign(
    draft: Path,
    key: Path,
    instead_of: str | None,
    source: Path | None,
    *,
    yes: bool,
) -> None:
    """Sign DRAFT with the root key in KEY; prints the signature line to pass on.

    The trust notes before must lie beside DRAFT. What it changes is said first. The
    text signed is noted in KEY.signed: a root signs no second note of one number.

    Example: tamizdat keys trust sign trust/2.draft stick/root-1.key
    """
    with one_line():
        opened = ceremony.open_draft(draft.parent, draft)
        ceremony.check_may_sign(opened, key, instead_of)
        _say_what(opened)
        if not yes:
            click.confirm("Sign this?", abort=True, err=True)
        signer = _open(key, source)
        click.echo(ceremony.sign(opened, key, signer, instead_of))


def _say_what(draft: Draft) -> None:
    if draft.chain:
        said = " ".join(spoken.words(draft.chain[0].digest))
        click.echo(f"fingerprint {draft.chain[0].digest}\n  {said}", err=True)
    for line in ceremony.told(draft):
        click.echo(line, err=True)
    click.echo(f"text {draft.digest}", err=True)


def _open(key: Path, source: Path | None) -> Signer:
    """Open a root's key; a passphrase that was typed wrong may be typed again."""
    if source is not None:
        return ceremony.open_root(key, lambda: read_passphrase(source))

    def ask() -> str:
        typed: str = click.prompt(f"Passphrase of {key}", hide_input=True, err=True)
        return typed

    for _try in range(_TRIES - 1):
        try:
            return ceremony.open_root(key, ask)
        except PassphraseError as error:
            click.echo(str(error), err=True)
    return ceremony.open_root(key, ask)


@trust.command(name="finish")
@click.argument("folder", type=_FOLDER)
@click.argument("signatures", nargs=-1, type=click.File(encoding="utf-8"))
@_archive
@_time
def trust_finish(
    folder: Path, signatures: tuple[Any, ...], archive: Path | None, now: datetime
) -> None:
    """Take signature lines from files, - for standard input; write the note if enough.

    Lines that came in before are kept. Nothing is written that a reader would refuse.

    Example: tamizdat keys trust finish keys/ root-1.txt root-2.txt root-3.txt
    """
    with one_line():
        draft = ceremony.open_draft(folder / "trust")
        lines = [line.rstrip("\n") for file in signatures for line in file]
        note = ceremony.collect(draft, [line for line in lines if line.strip()])
        if left := ceremony.missing(draft, note):
            raise CeremonyError(f"{draft.path}: not finished: {'; '.join(left)}")
        done = _finish(draft, note, folder, archive, now)
    click.echo(f"trust note {done.version} {done.digest}")
    if done.version == 1:
        click.echo(f"fingerprint {done.digest}")


def _finish(
    draft: Draft, note: Note, folder: Path, archive: Path | None, now: datetime
) -> Trust:
    if not draft.chain:
        return ceremony.finish(draft, note)
    place = standing.archive_beside(folder, archive)
    with place.locked():
        head = standing.head_of(place, draft.chain, now)
        standing.check_binding(draft.trust, head)
        return ceremony.finish(draft, note)
