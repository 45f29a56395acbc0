"""The command that lists what services have to follow. It needs the newsroom."""

import json
from datetime import UTC, datetime

import click

from tamizdat.newsroom.commands import start_django
from tamizdat.newsroom.database import reached


@click.command()
@click.option("--overdue", is_flag=True, help="Only those whose time is over.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def tasks(*, overdue: bool, as_json: bool) -> None:
    """List what one service corrected and others have to follow.

    Example: tamizdat tasks --overdue
    """
    start_django()
    from tamizdat.newsroom.releases import board  # noqa: PLC0415 (needs Django)

    with reached():
        rows = board.report(datetime.now(UTC), overdue=overdue)
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        late = "\toverdue" if row["overdue"] else ""
        line = "{due}\t{service}/{article}\tafter {kind} {release} of {after}"
        click.echo(line.format(**row) + late)
