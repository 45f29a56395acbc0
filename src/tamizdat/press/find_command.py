"""The index of words on the command line."""

import json
from datetime import datetime
from pathlib import Path

import click
from rich.console import Console
from rich.progress import track

from tamizdat.edition.errors import EditionError
from tamizdat.press.archive import Archive
from tamizdat.press.commands import utc
from tamizdat.press.errors import PressError
from tamizdat.press.run import Press

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command()
@click.argument("out", type=_FOLDER)
@click.option("--keys", "keys", type=_FOLDER, required=True, help="Key directory.")
@click.option("--service", "only", multiple=True, help="Index this service alone.")
@click.option("--time", "now", callback=utc, help="Time of signing [default: now].")
@click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON object a service."
)
def index(
    out: Path, keys: Path, only: tuple[str, ...], now: datetime, *, as_json: bool
) -> None:
    """Make the index that find.html searches, for months that changed since; sign it.

    OUT is an archive. The index lies in OUT/find, beside the trees, with a signed list
    of its files. A press that stays does so by itself.

    Example: tamizdat edition index archive/ --keys keys/ --service ru
    """
    from tamizdat.press import finding  # noqa: PLC0415 - lxml, quick start

    try:
        press = Press(Archive(out), keys)
        services = only or tuple(press.state.numbers())
    except (PressError, EditionError) as error:
        raise click.ClickException(str(error)) from error
    console, failed = Console(stderr=True), []
    for service in track(
        services, "Indexing", console=console, disable=not console.is_terminal
    ):
        try:
            made = finding.index(press, service, now)
        except (PressError, EditionError) as error:
            click.echo(f"{service}: {error}", err=True)
            failed.append(service)
            continue
        if as_json:
            click.echo(
                json.dumps(
                    {"service": service, "indexed": made.indexed, "kept": made.kept}
                )
            )
            continue
        months = ", ".join(made.indexed) or "nothing"
        click.echo(f"{service}: indexed {months}; {len(made.kept)} months stood")
    if failed:
        raise click.ClickException(f"not indexed: {', '.join(failed)}")
