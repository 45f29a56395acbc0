"""Make offline files on the command line."""

import json
from datetime import datetime
from pathlib import Path

import click

from tamizdat.edition.errors import EditionError
from tamizdat.edition.file_check import VerifiedFile
from tamizdat.edition.statement import write_time
from tamizdat.press.archive import Archive
from tamizdat.press.commands import utc
from tamizdat.press.errors import PressError
from tamizdat.press.run import Press

KINDS = ("text", "page", "pictures", "book", "library")
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command()
@click.argument("archive", type=_FOLDER)
@click.option("--keys", "keys", type=_FOLDER, required=True, help="Key directory.")
@click.option("--service", "only", multiple=True, help="Of this service alone.")
@click.option(
    "--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="[default: all]"
)
@click.option(
    "--stories",
    type=click.IntRange(1, 5_000),
    default=50,
    show_default=True,
    help="The newest, of every kind but a library.",
)
@click.option(
    "--seal", is_flag=True, help="Make none; seal those there are once witnesses could."
)
@click.option("--time", "now", callback=utc, help="Time of signing [default: now].")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a file.")
@click.pass_context
def offline(  # noqa: PLR0913, PLR0917 - one argument an option
    context: click.Context,
    archive: Path,
    keys: Path,
    only: tuple[str, ...],
    kinds: tuple[str, ...],
    stories: int,
    now: datetime,
    *,
    seal: bool,
    as_json: bool,
) -> None:
    """Make files to carry along of the newest editions: text, page, book, library.

    They are put to ARCHIVE/files, each with its own statement in the log, and verify
    without a network: `tamizdat edition verify FILE`. A library is a base once a month
    and increments after it.

    Example: tamizdat edition offline archive/ --keys keys/ --kind book
    """
    from tamizdat.press import offline as making  # noqa: PLC0415 - lxml, quick start

    failed = False
    try:
        press = Press(Archive(archive), keys)
        if seal:
            _seal(press)
            return
        services = only or tuple(press.state.numbers())
    except (PressError, EditionError) as error:
        raise click.ClickException(str(error)) from error
    for service in services:
        for kind in kinds or KINDS:
            try:
                found = making.make(press, service, kind, now, stories)
            except (PressError, EditionError) as error:
                click.echo(f"{service}, {kind}: {error}", err=True)
                failed = True
            else:
                if found is not None:
                    _show(found, as_json=as_json)
    if failed:
        context.exit(1)


def _seal(press: Press) -> None:
    from tamizdat.press.resealing import seal_again  # noqa: PLC0415 - as above

    for name in seal_again(press):
        click.echo(f"{name}: sealed again")


def _show(found: VerifiedFile, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(file_row(found), ensure_ascii=False))
        return
    said = found.statement
    click.echo(f"{said.name}: {said.size:,} bytes of edition {said.edition}")


def file_row(found: VerifiedFile) -> dict[str, object]:
    """Write what a file was found to be as a JSON object."""
    said = found.statement
    return {
        "name": said.name,
        "organisation": said.organisation,
        "service": said.service,
        "edition": said.edition,
        "time": write_time(found.edition.statement.time),
        "size": said.size,
        "fingerprint": found.fingerprint,
        "leaf": found.index,
        "witnessed": found.witnessed,
        "witnesses": sorted(found.witnesses),
        "verified": True,
    }
