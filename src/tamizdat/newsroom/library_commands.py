"""The command that cleans kept sounds and documents again. It needs the newsroom."""

import json
from collections import Counter
from typing import Any

import click

from tamizdat.newsroom.commands import start_django
from tamizdat.newsroom.database import reached

_SAID = {
    "changed": "readers have an older file: release the stories again",
    "refused": "is taken no more",
}


@click.group()
def library() -> None:
    """Sounds and documents that the newsroom keeps."""


@library.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def clean(*, as_json: bool) -> None:
    """Clean kept sounds and documents again, by the rules of this version.

    Can be stopped at any time, and goes on from there.

    Example: TAMIZDAT_HOME=newsroom tamizdat library clean
    """
    start_django()
    from tamizdat.newsroom import recleaning  # noqa: PLC0415 (needs Django)

    with reached():
        found, missing = _clean_all(recleaning, quiet=as_json)
        left = recleaning.left()
    rows = [_row(one) for one in left]
    if as_json:
        told = {"cleaned": found, "missing": missing, "left": rows}
        click.echo(json.dumps(told, ensure_ascii=False))
    else:
        _tell(found, missing, rows)
    raise SystemExit(1 if rows or missing else 0)


def _clean_all(recleaning: Any, *, quiet: bool) -> tuple[dict[str, int], list[str]]:
    found, missing = Counter[str](), []
    with click.progressbar(
        recleaning.clean_again(),
        length=recleaning.waiting(),
        label="Cleaning",
        hidden=quiet,
    ) as cleaned:
        for attachment, result in cleaned:
            found[result] += 1
            if result == recleaning.MISSING:
                missing.append(attachment.title)
    return dict(found), missing


def _row(one: Any) -> dict[str, Any]:
    service = one.attachment.service
    return {
        "title": one.attachment.title,
        "service": service.service_id if service else "",
        "what": one.what,
        "why": one.why,
        "stories": one.stories,
    }


def _tell(
    found: dict[str, int], missing: list[str], rows: list[dict[str, Any]]
) -> None:
    counts = ", ".join(f"{found[what]} {what}" for what in sorted(found))
    click.echo(f"Cleaned: {counts or 'nothing, all of it was'}.")
    for title in missing:
        click.echo(f"{title}: its file is not here")
    for row in rows:
        why = f": {row['why']}" if row["why"] else ""
        click.echo(f"{row['title']} ({row['service']}) {_SAID[row['what']]}{why}")
        for story in row["stories"]:
            click.echo(f"  {story}")
