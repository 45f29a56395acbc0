"""The press on the command line: keys, editions from a content file, press runs."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from tamizdat.edition.errors import EditionError, StoryError
from tamizdat.press import keys as key_files
from tamizdat.press.archive import Archive
from tamizdat.press.content import Content, picture_folder, read_content
from tamizdat.press.errors import PressError
from tamizdat.press.run import Edition, Press

_FOLDER = click.Path(file_okay=False, path_type=Path)


def utc(
    _context: click.Context, _option: click.Parameter, value: str | None
) -> datetime:
    """Read a time option in UTC, whole seconds; now if there is none.

    Raises:
        click.BadParameter: not RFC 3339, or without a zone.
    """
    if value is None:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        time = datetime.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter("expected a time as 2026-11-24T06:00:00Z") from error
    if time.tzinfo is None:
        raise click.BadParameter("expected a time with its zone, as ...Z")
    return time.astimezone(UTC).replace(microsecond=0)


@click.command()
@click.argument("content", type=click.Path(path_type=Path))
@click.argument("out", type=_FOLDER)
@click.option("--keys", "keys", type=_FOLDER, required=True, help="Key directory.")
@click.option("--media", type=_FOLDER, help="Picture files [default: beside CONTENT].")
@click.option("--service", "only", multiple=True, help="Build this service alone.")
@click.option("--time", "now", callback=utc, help="Time of signing [default: now].")
@click.option(
    "--keep-going", is_flag=True, help="Build what is left without bad stories."
)
@click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON object an edition."
)
def build(  # noqa: PLR0913, PLR0917 - one argument an option
    content: Path,
    out: Path,
    keys: Path,
    media: Path | None,
    only: tuple[str, ...],
    now: datetime,
    *,
    keep_going: bool,
    as_json: bool,
) -> None:
    """Build and sign editions from a file of frozen stories.

    OUT has the layout of a mirror. A service whose content did not change gets no new
    edition.

    Example: tamizdat edition build stories.jsonl archive/ --keys keys/
    """
    try:
        frozen = _accepted(read_content(content), keep_going=keep_going)
        press = Press(Archive(out), keys)
        read = picture_folder(media or content.parent / "media")
        for service in frozen.services.values():
            if not only or service.id in only:
                _show(press.publish(service, frozen, read, now), as_json=as_json)
    except (PressError, EditionError) as error:
        raise click.ClickException(str(error)) from error


def _accepted(content: Content, *, keep_going: bool) -> Content:
    for error in content.refused:
        click.echo(f"{'left out' if keep_going else 'refused'}: {error}", err=True)
    if content.refused and not keep_going:
        bad: StoryError = content.refused[0]
        raise PressError(f"{len(content.refused)} documents refused, first: {bad}")
    return content


def _show(edition: Edition, *, as_json: bool) -> None:
    if as_json:
        row = {**vars(edition), "time": edition.time.isoformat()}
        click.echo(json.dumps(row))
        return
    word = "edition" if edition.changed else "unchanged, still edition"
    click.echo(f"{edition.service}: {word} {edition.number}, tree {edition.tree[:16]}")


@click.group()
def keys() -> None:
    """Make and show signing keys."""


@keys.command()
@click.argument("folder", type=_FOLDER)
@click.option("--organisation", required=True, help="DNS-like name, in every key.")
@click.option("--service", "services", multiple=True, required=True)
@click.option("--time", "now", callback=utc, help="Start of validity [default: now].")
def new(
    folder: Path, organisation: str, services: tuple[str, ...], now: datetime
) -> None:
    """Make the keys of an organisation and its first trust note.

    All five root keys are written to FOLDER: move them to five separate places before
    real use. A name with the label "demo" makes demonstration keys, refused off this
    machine.

    Example: tamizdat keys new keys/ --organisation press.example --service ru
    """
    try:
        trust = key_files.new_organisation(folder, organisation, services, now)
    except (PressError, EditionError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"fingerprint {trust.digest}")
    if not sys.stdout.isatty():
        return
    click.echo("This is what people compare. Read it on air, print it, keep it.")
