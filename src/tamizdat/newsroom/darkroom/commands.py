"""The key to private originals, on the command line."""

import os
from pathlib import Path
from typing import Any

import click

from tamizdat.newsroom.commands import refusals, start_django


@click.group()
def originals() -> None:
    """Private originals of pictures: the key that opens them."""


@originals.command("key")
@click.option(
    "--passphrase-file", type=click.File(), help="One line; else it is asked for."
)
def make_key(passphrase_file: Any) -> None:
    """Make the key, after which editors may keep originals.

    Its private half is sealed with a passphrase: write that down, keep it elsewhere.

    Example: tamizdat originals key
    """
    start_django()
    from tamizdat.newsroom.darkroom import vault  # noqa: PLC0415 (needs Django)
    from tamizdat.newsroom.darkroom.originals import key_path  # noqa: PLC0415 (it too)

    path = key_path()
    if path.exists():
        raise click.ClickException(f"{path}: there is a key already")
    if passphrase_file is not None:
        passphrase = passphrase_file.readline().removesuffix("\n")
    else:
        passphrase = click.prompt(
            "Passphrase", hide_input=True, confirmation_prompt=True, err=True
        )
    with refusals():
        _write(path, vault.new_key(passphrase))
    click.echo(f"{path}: originals can be kept now. Without the passphrase none opens.")


def _write(path: Path, text: str) -> None:
    # Exclusive, and closed to others from the first instant.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text)
