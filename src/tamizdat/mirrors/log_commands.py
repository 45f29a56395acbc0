"""The log on the command line: recover it, and the press's memory, from mirrors."""

import json
from pathlib import Path

import click

from tamizdat.edition.errors import EditionError
from tamizdat.mirrors.commands import source_at
from tamizdat.mirrors.errors import MirrorError
from tamizdat.mirrors.recover import Recovery
from tamizdat.mirrors.recover import recover as rebuild
from tamizdat.press import keys as key_files
from tamizdat.press.archive import Archive
from tamizdat.press.errors import PressError

_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.argument("archive", type=_FOLDER)
@click.option("--keys", "keys", type=_FOLDER, required=True, help="Key directory.")
@click.option("--mirror", "mirrors", multiple=True, help="DIR or URL; each of them.")
@click.option(
    "--accept-loss", is_flag=True, help="Give up what only the old memory knows."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def recover(
    archive: Path,
    keys: Path,
    mirrors: tuple[str, ...],
    *,
    accept_loss: bool,
    as_json: bool,
) -> None:
    """Rebuild ARCHIVE and the memory of its press from what verifies.

    Takes the longest log that ARCHIVE or a mirror has, and stops if they hold two
    histories. Nothing is signed. After --accept-loss give the log up before the press
    starts, with `tamizdat keys trust draft --new-log`. The next run of the press prints
    every story again.

    Example: tamizdat log recover archive/ --keys keys/ --mirror https://a.example
    """
    try:
        notes = key_files.load_chain(keys)
        place = Archive(archive)
        with place.locked():
            sources = {where: source_at(where) for where in mirrors}
            done = rebuild(place, notes, sources, _announce, accept_loss=accept_loss)
    except (PressError, EditionError, MirrorError, OSError) as error:
        raise click.ClickException(f"{archive}: {error}") from error
    if as_json:
        click.echo(json.dumps(vars(done)))
    else:
        _show(done)


def _announce(words: str) -> None:
    click.echo(words, err=True)


def _show(done: Recovery) -> None:
    for where, reason in done.skipped.items():
        click.echo(f"not used: {where}: {reason}", err=True)
    for service, number in done.newest.items():
        click.echo(f"{service}: edition {number}")
    click.echo(
        f"log of {done.leaves} leaves, {done.stories} stories, {done.fetched} objects"
        " fetched; the next run of the press prints every story again"
    )
