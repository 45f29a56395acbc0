"""The press on the command line: editions from a content file."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from tamizdat.edition.errors import EditionError, StoryError
from tamizdat.edition.trust import verify_chain
from tamizdat.press import keys as key_files
from tamizdat.press.archive import Archive
from tamizdat.press.content import ContentFile, picture_folder
from tamizdat.press.errors import FaultError, PressError
from tamizdat.press.printing import Operator
from tamizdat.press.run import Edition, Press
from tamizdat.press.state import remembered

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
@click.option(
    "--media",
    type=_FOLDER,
    help="Pictures, sounds, documents [default: media/renditions beside CONTENT].",
)
@click.option("--service", "only", multiple=True, help="Build this service alone.")
@click.option("--time", "now", callback=utc, help="Time of signing [default: now].")
@click.option(
    "--keep-going", is_flag=True, help="Build what is left without bad stories."
)
@click.option("--heartbeat", is_flag=True, help="An edition even if nothing changed.")
@click.option("--round", "cosigned", is_flag=True, help="Ask the witnesses afterwards.")
@click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON object an edition."
)
@click.pass_context
def build(  # noqa: PLR0913, PLR0917 - one argument an option
    context: click.Context,
    content: Path,
    out: Path,
    keys: Path,
    media: Path | None,
    only: tuple[str, ...],
    now: datetime,
    *,
    keep_going: bool,
    heartbeat: bool,
    cosigned: bool,
    as_json: bool,
) -> None:
    """Build and sign editions from frozen stories, one a line.

    CONTENT is a file, or a folder of files named *.jsonl; OUT has the layout of a
    mirror. A service whose content did not change gets no new edition, unless it is to
    show that the press is alive: --heartbeat.

    Example: tamizdat edition build stories.jsonl archive/ --keys keys/
    """
    refused: list[StoryError] = []
    given_up: list[FaultError] = []
    try:
        archive = Archive(out)
        source = ContentFile(content, remembered(archive.memory))
        _find_keys(keys, _chosen(source, only))  # before OUT is made
        press = Press(archive, keys)
        editions = press.publish(
            source,
            picture_folder(media or content.parent / "media" / "renditions"),
            now,
            services=_chosen(source, only),
            operator=Operator(
                refuse=refused.append,
                give_up=given_up.append,
                announce=lambda words: click.echo(words, err=True),
                halt=lambda: bool(refused) and not keep_going,
                heartbeat=heartbeat,
            ),
        )
    except (PressError, EditionError) as error:
        _tell([*given_up, *refused], "refused")
        raise click.ClickException(str(error)) from error
    _tell([*given_up, *refused], "left out")
    for edition in editions:
        _show(edition, as_json=as_json)
    held = cosigned and not _is_cosigned(press, now)
    if held or given_up:
        context.exit(1)


def _is_cosigned(press: Press, now: datetime) -> bool:
    """Hold a round, where there is no press that stays to do it, and say what came."""
    try:
        result = press.round(now)
    except (PressError, EditionError) as error:
        raise click.ClickException(str(error)) from error
    if result is None:
        raise click.ClickException("the trust note asks for no witness")
    for answer in result.answers:
        words = answer.reason or answer.state
        click.echo(f"witness {answer.witness.name}: {words}", err=True)
    told = "witnessed" if result.witnessed else "no quorum: nothing was written"
    click.echo(press.doubts() or told, err=True)
    return result.witnessed and not press.doubts()


def _find_keys(folder: Path, services: list[str]) -> None:
    newest = verify_chain(key_files.load_chain(folder))[-1]
    key_files.find_signer(folder, "log", newest.log)
    for service in services:
        if service in newest.services:
            wanted = newest.services[service].key
            key_files.find_signer(folder, f"service-{service}", wanted)
        else:
            key_files.load_signer(folder, f"service-{service}")


def _chosen(source: ContentFile, only: tuple[str, ...]) -> list[str]:
    for service in only:
        if service not in source.services:
            raise click.BadParameter(f"the content has no service {service!r}")
    return list(only or source.services)


def _tell(refused: Sequence[Exception], what: str) -> None:
    for words in dict.fromkeys(map(str, refused)):
        click.echo(f"{what}: {words}", err=True)


def _show(edition: Edition, *, as_json: bool) -> None:
    if as_json:
        row = {**vars(edition), "time": edition.time.isoformat()}
        click.echo(json.dumps(row))
        return
    word = "edition" if edition.changed else "unchanged, still edition"
    click.echo(f"{edition.service}: {word} {edition.number}, tree {edition.tree[:16]}")
