"""Keys on the command line: make, show and check them; ceremonies stand beside."""

import json
import sys
from datetime import datetime
from pathlib import Path

import click

from tamizdat.edition.note import Signer, Verifier
from tamizdat.press import ceremony, key_check, sealed
from tamizdat.press import keys as key_files
from tamizdat.press.commands import utc
from tamizdat.press.errors import KeyFileError
from tamizdat.press.prompts import new_passphrase, one_line, passphrase_file
from tamizdat.press.trust_commands import service, trust

_FOLDER = click.Path(file_okay=False, path_type=Path)
_FILE = click.Path(dir_okay=False, path_type=Path)


@click.group()
def keys() -> None:
    """Make, show, check and renew signing keys."""


@keys.command()
@click.argument("folder", type=_FOLDER)
@click.option("--organisation", required=True, help="DNS-like name, in every key.")
@click.option("--service", "services", multiple=True, required=True)
@click.option("--time", "now", callback=utc, help="Start of validity [default: now].")
def new(
    folder: Path, organisation: str, services: tuple[str, ...], now: datetime
) -> None:
    """Make all keys of an organisation at once, and its first trust note.

    All five root keys are written to FOLDER, open: good for a trial. For real use let
    five people make one each with `tamizdat keys root new`. A name with the label
    "demo" makes demonstration keys, refused off this machine.

    Example: tamizdat keys new keys/ --organisation press.example --service ru
    """
    with one_line():
        trust = key_files.new_organisation(folder, organisation, services, now)
    click.echo(f"fingerprint {trust.digest}")
    if not sys.stdout.isatty():
        return
    click.echo("This is what people compare. Read it on air, print it, keep it.")


@keys.group()
def root() -> None:
    """Root keys: one person, one key, one medium."""


@root.command(name="new")
@click.argument("files", nargs=-1, required=True, type=_FILE)
@click.option("--organisation", required=True, help="DNS-like name, in every key.")
@click.option("--number", default=1, type=click.IntRange(1), help="Of the first file.")
@passphrase_file
def root_new(
    files: tuple[Path, ...],
    organisation: str,
    number: int,
    source: Path | None,
) -> None:
    """Make a root key in each of FILES, sealed with a passphrase of its holder.

    Prints the public key of each, for `tamizdat keys trust draft --root`. Files that
    are there already are kept, so that it can be called again.

    Example: tamizdat keys root new stick/root-1.key --organisation press.example
    """
    for place, path in enumerate(files, number):
        name = f"{organisation}/root/{place}"
        with one_line():
            click.echo(_made(path, organisation, name, source))


@keys.group()
def opener() -> None:
    """The opener's key, which signs the box keys of letters."""


@opener.command(name="new")
@click.argument("file", type=_FILE)
@click.option("--organisation", required=True, help="DNS-like name, in every key.")
@click.option("--number", default=1, type=click.IntRange(1), help="1, 2, ...")
@passphrase_file
def opener_new(file: Path, organisation: str, number: int, source: Path | None) -> None:
    """Make the opener's key in FILE, sealed with a passphrase; print the public key.

    Example: tamizdat keys opener new stick/opener.key --organisation press.example
    """
    with one_line():
        name = f"{organisation}/opener/{number}"
        click.echo(_made(file, organisation, name, source))


def _made(path: Path, organisation: str, name: str, source: Path | None) -> Verifier:
    """Make a sealed key, or keep the one that is there."""
    key_files.check_name(organisation)
    if path.exists():
        text = key_files.read_key(path)
        held = sealed.read_sealed(text).key if sealed.is_sealed(text) else None
        if held is None or held.name != name:
            raise KeyFileError(f"{path}: is there already, expected the key {name}")
        click.echo(f"{path}: is there already, kept", err=True)
        return held
    key_files.make_private(path.parent)
    passphrase = new_passphrase(name, source)
    signer = Signer(name, key_files.new_seed())
    key_files.write_new(path, sealed.seal(signer, passphrase))
    return signer.verifier


keys.add_command(trust)
keys.add_command(service)


@keys.command()
@click.argument("folder", type=_FOLDER)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def show(folder: Path, *, as_json: bool) -> None:
    """Show the fingerprint, in words and numbers to read on air, and who may sign.

    FOLDER has trust notes, or a folder `trust` with them; a mirror does as well.

    Example: tamizdat keys show keys/
    """
    with one_line():
        place = folder / "trust" if (folder / "trust").is_dir() else folder
        chain = ceremony.chain_in(place)
        if not chain:
            raise KeyFileError(f"{place / '1.note'}: no such trust note")
    row = key_check.row_of(chain)
    if as_json:
        click.echo(json.dumps(row))
        return
    for line in key_check.shown(row):
        click.echo(line)


@keys.command()
@click.argument("folder", type=_FOLDER)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@click.option("--time", "now", callback=utc, help="[default: now]")
@click.pass_context
def check(
    context: click.Context, folder: Path, now: datetime, *, as_json: bool
) -> None:
    """Say what ends when, which keys are missing or open, and what is in the making.

    Example: tamizdat keys check keys/
    """
    with one_line():
        found = key_check.findings(folder, now)
    for row in found:
        click.echo(json.dumps(vars(row)) if as_json else f"{row.state}: {row.what}")
    if any(row.state == key_check.BAD for row in found):
        context.exit(1)
