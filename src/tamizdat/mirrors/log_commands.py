"""The log on the command line: follow it from outside, recover it from mirrors."""

import json
import time
from pathlib import Path

import click

from tamizdat.edition.errors import EditionError
from tamizdat.mirrors.commands import source_at
from tamizdat.mirrors.errors import MirrorError
from tamizdat.mirrors.monitor import ALERT, Monitor
from tamizdat.mirrors.recover import Recovery
from tamizdat.mirrors.recover import recover as rebuild
from tamizdat.mirrors.transports import Source
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
            sources: dict[str, Source] = {one: source_at(one) for one in mirrors}
            done = rebuild(place, notes, sources, _announce, accept_loss=accept_loss)
    except (PressError, EditionError, MirrorError, OSError) as error:
        raise click.ClickException(f"{archive}: {error}") from error
    if as_json:
        click.echo(json.dumps(vars(done)))
    else:
        _show(done)


@click.command()
@click.argument("where", metavar="DIR|URL")
@click.option("--memory", type=_FOLDER, required=True, help="Folder for what was seen.")
@click.option("--fingerprint", help="SHA-256 of the first trust note.")
@click.option("--once", is_flag=True, help="Look once, then end.")
@click.option(
    "--every",
    type=click.IntRange(1),
    default=600,
    show_default=True,
    help="Seconds between two looks.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@click.pass_context
def monitor(  # noqa: PLR0913 - one parameter an option
    context: click.Context,
    where: str,
    memory: Path,
    fingerprint: str | None,
    *,
    once: bool,
    every: int,
    as_json: bool,
) -> None:
    """Follow a mirror from outside and say what nobody explained.

    Every change of an article needs its release line, the log must go on from where it
    was, and each new signer is named. Needs no newsroom.

    Example: tamizdat log monitor https://mirror.example --memory seen/
    """
    onlooker = Monitor(memory, fingerprint)
    while True:
        good = _look(onlooker, where, as_json=as_json)
        if once:
            context.exit(0 if good else 1)
        time.sleep(every)


def _look(onlooker: Monitor, where: str, *, as_json: bool) -> bool:
    """Look once; tell whether everything was explained."""
    try:
        words = onlooker.look(source_at(where))
    except (EditionError, MirrorError, OSError) as error:
        click.echo(f"{where}: {error}", err=True)
        return False
    for word in words:
        row = {"kind": word.kind, "what": word.what}
        click.echo(json.dumps(row) if as_json else f"{word.kind}: {word.what}")
    return not any(word.kind == ALERT for word in words)


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
