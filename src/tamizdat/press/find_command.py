"""The index of words on the command line."""

import json
from pathlib import Path

import click
from rich.console import Console
from rich.progress import track

from tamizdat.edition.errors import EditionError
from tamizdat.press import finding
from tamizdat.press.archive import Archive
from tamizdat.press.errors import PressError

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command()
@click.argument("out", type=_FOLDER)
@click.option("--service", "only", multiple=True, help="Index this service alone.")
@click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON object a service."
)
def index(out: Path, only: tuple[str, ...], *, as_json: bool) -> None:
    """Make the index that find.html searches, for months that changed since.

    OUT is an archive. The index lies in OUT/find, beside the trees; nothing signs it.

    Example: tamizdat edition index archive/ --service ru
    """
    archive = Archive(out)
    services = only or tuple(sorted(path.parent.name for path in out.glob("*/latest")))
    console = Console(stderr=True)
    for service in track(
        services, "Indexing", console=console, disable=not console.is_terminal
    ):
        try:
            made = finding.index(archive, service)
        except (PressError, EditionError) as error:
            raise click.ClickException(str(error)) from error
        if as_json:
            click.echo(
                json.dumps(
                    {"service": service, "indexed": made.indexed, "kept": made.kept}
                )
            )
            continue
        months = ", ".join(made.indexed) or "nothing"
        click.echo(f"{service}: indexed {months}; {len(made.kept)} months stood")
