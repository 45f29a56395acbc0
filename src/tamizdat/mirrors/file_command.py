"""Verify an offline file on the command line, without any network."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from tamizdat.edition.errors import EditionError, StatementError
from tamizdat.edition.file_check import VerifiedFile
from tamizdat.edition.witness import label
from tamizdat.press import filing
from tamizdat.press.offline_command import file_row


def show_file(
    path: Path,
    fingerprint: str | None,
    services: Sequence[str],
    number: int | None,
    *,
    as_json: bool,
) -> None:
    """Verify a file and say what it is.

    Args:
        path: of the file.
        fingerprint: SHA-256 in hex of the first trust note, if it is known.
        services: at most one: whose file it has to be.
        number: of the edition it has to be made from, if that was asked.
        as_json: print one JSON object.

    Raises:
        click.ClickException: it does not verify, or is another one.
    """
    if len(services) > 1:
        raise click.UsageError("a file is of one service")
    try:
        found = filing.check(path, fingerprint, next(iter(services), None))
        _refuse_another(found.statement.edition, number)
    except (EditionError, OSError) as error:
        raise click.ClickException(f"{path}: {error}") from error
    if as_json:
        click.echo(json.dumps(file_row(found), ensure_ascii=False))
        return
    _tell(path, found, known=fingerprint is not None)


def _refuse_another(found: int, number: int | None) -> None:
    if number not in {None, found}:
        raise StatementError(f"expected edition {number}, found {found}")


def _tell(path: Path, found: VerifiedFile, *, known: bool) -> None:
    said, edition = found.statement, found.edition.statement
    click.echo(f"fingerprint {found.fingerprint}")
    if not known:
        click.echo("  of the file's own first note: compare it with another source")
    click.echo(
        f"{said.organisation}, {said.service}: edition {said.edition},"
        f" signed {edition.time:%Y-%m-%d %H:%M} UTC: verified"
        f" ({said.size} bytes; {_watched(found)})"
    )
    if path.name != said.name:
        click.echo(f"  signed under the name {said.name}")


def _watched(found: VerifiedFile) -> str:
    """Say whether onlookers vouch for the file's place in the log."""
    age = datetime.now(UTC) - found.edition.statement.time
    return label(age, witnessed=found.witnessed, asked=found.asked)
