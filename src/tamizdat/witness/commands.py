"""A witness on the command line: make its key, name the logs it watches, run it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tamizdat.edition.errors import NoteError
from tamizdat.edition.note import Signer, parse_verifier
from tamizdat.edition.witness import witness_key
from tamizdat.mirrors.errors import HeldError
from tamizdat.mirrors.locks import alone
from tamizdat.press import keys
from tamizdat.press.errors import PressError
from tamizdat.press.prompts import one_line
from tamizdat.witness.book import Book
from tamizdat.witness.errors import WitnessRoomError

if TYPE_CHECKING:
    from tamizdat.witness.service import WitnessServer

ROLE = "witness"  # its key is FOLDER/witness.key
_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.group()
def witness() -> None:
    """Watch the logs of sister newsrooms and cosign their heads."""


@witness.command()
@click.argument("folder", type=_FOLDER)
@click.option("--name", required=True, help="Of the key, as watch.example/witness/1.")
@click.option("--url", help="Where it will be asked, for the line that is printed.")
def new(folder: Path, name: str, url: str | None) -> None:
    """Make a witness's key in FOLDER; print its line for a trust note.

    A newsroom that wants to be watched puts the line into its next trust note:
    `tamizdat keys trust draft --policy`.

    Example: tamizdat witness new witness/ --name watch.example/witness/1
    """
    with one_line():
        _check_name(name)
        keys.make_private(folder)
        signer = keys.new_signer(folder / f"{ROLE}.key", name)
    click.echo(_line(signer, url))


@witness.command()
@click.argument("folder", type=_FOLDER)
@click.argument("vkeys", nargs=-1, required=True, metavar="VKEY...")
def watch(folder: Path, vkeys: tuple[str, ...]) -> None:
    """Watch logs by their public keys, each as its trust note has it behind `log`.

    Example: tamizdat witness watch witness/ press.example/log/1+a9bb478a+AVp9...
    """
    with _opened(folder) as (book, _signer), one_line():
        for text in vkeys:
            try:
                book.watch(parse_verifier(text))
            except (NoteError, WitnessRoomError) as error:
                raise click.ClickException(f"{text[:60]!r}: {error}") from error
        for log in book.logs():
            click.echo(log.key.name)


@witness.command()
@click.argument("folder", type=_FOLDER)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def show(folder: Path, *, as_json: bool) -> None:
    """Show the witness's public key and how far it has followed each log.

    Example: tamizdat witness show witness/
    """
    with _opened(folder) as (book, signer):
        logs = [
            {"log": log.key.name, "size": log.size, "root": log.root.hex() or None}
            for log in book.logs()
        ]
        key = str(witness_key(signer))
    if as_json:
        click.echo(json.dumps({"key": key, "logs": logs}))
        return
    click.echo(key)
    for row in logs:
        click.echo(f"{row['log']}: {row['size']} leaves")


@witness.command()
@click.argument("folder", type=_FOLDER)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8500, show_default=True, type=click.IntRange(0, 65_535))
def run(folder: Path, host: str, port: int) -> None:
    """Cosign what the watched logs show until interrupted; keeps no log of who asks.

    Put a web server with TLS before it, and let nobody restore its folder from a
    backup: a witness that forgets lets a log fork unseen.

    Example: tamizdat witness run witness/ --port 8500
    """
    from tamizdat.witness.service import WitnessServer  # noqa: PLC0415 - quick start

    with _opened(folder) as (book, signer):
        if not book.logs():
            raise click.ClickException(
                f"{folder}: watches no log: tamizdat witness watch"
            )
        try:
            with alone(folder / "lock", "running this witness"):
                _serve(WitnessServer(book, signer, host, port))
        except HeldError as error:
            raise click.ClickException(str(error)) from error
        except OSError as error:
            raise click.ClickException(f"{host}:{port}: {error.strerror}") from error


def _serve(server: "WitnessServer") -> None:
    click.echo(server.url)
    try:
        server.wait()
    except KeyboardInterrupt:
        server.close()


@contextmanager
def _opened(folder: Path) -> Iterator[tuple[Book, Signer]]:
    """Open book and key of a witness; say what is wrong in one line."""
    try:
        signer = keys.load_signer(folder, ROLE)
        book = Book(folder / "book.sqlite3")
    except (PressError, WitnessRoomError) as error:
        raise click.ClickException(str(error)) from error
    try:
        yield book, signer
    finally:
        book.close()


def _check_name(name: str) -> None:
    """Refuse a name that no key can have."""
    try:
        parse_verifier(str(Signer(name, bytes(32)).verifier))
    except NoteError as error:
        words = "expected 1 to 100 characters, no white space, no +"
        raise click.ClickException(f"--name {name!r}: {words}") from error


def _line(signer: Signer, url: str | None) -> str:
    label = signer.name.partition("/")[0].partition(".")[0]
    return f"witness {label} {witness_key(signer)}{f' {url}' if url else ''}"
