"""Ask for passphrases on the command line, and say what is wrong in one line.

A passphrase is typed, or read from a file that is closed to others; it is never an
argument and stands in no environment.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from tamizdat.edition.errors import EditionError
from tamizdat.press import keys
from tamizdat.press.errors import PressError

passphrase_file = click.option(
    "--passphrase-file",
    "source",
    type=click.Path(dir_okay=False, path_type=Path),
    help="One line, closed to others; otherwise it is asked for.",
)


@contextmanager
def one_line() -> Iterator[None]:
    """Say what is wrong in one line."""
    try:
        yield
    except (PressError, EditionError, OSError) as error:
        raise click.ClickException(str(error)) from error


def new_passphrase(name: str, source: Path | None) -> str:
    """Ask for the passphrase of a new key, twice, or read it from a file."""
    if source is not None:
        return read_passphrase(source)
    typed: str = click.prompt(
        f"Passphrase for {name}", hide_input=True, confirmation_prompt=True, err=True
    )
    return typed


def read_passphrase(path: Path) -> str:
    """Read a passphrase from a file.

    Raises:
        KeyFileError: it is missing or open to others.
    """
    return keys.read_key(path, "utf-8").removesuffix("\n")
