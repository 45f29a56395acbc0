"""Commands that run several rooms together: the press beside the newsroom."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from tamizdat.edition.errors import EditionError
from tamizdat.newsroom.commands import start_django
from tamizdat.press.errors import PressError


@contextmanager
def until_signalled() -> Iterator[Callable[[], bool]]:
    """Catch Ctrl-C and a polite end, and give a question whether one came."""
    stopped: list[int] = []
    kinds = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(kind, lambda n, _f: stopped.append(n)) for kind in kinds]
    try:
        yield lambda: bool(stopped)
    finally:
        for kind, handler in zip(kinds, before, strict=True):
            signal.signal(kind, handler)


@contextmanager
def newsroom_site(host: str, port: int) -> Iterator["subprocess.Popen[bytes]"]:
    """Serve the editors' site from a process of its own, ended on leaving.

    One process with threads: SQLite has one writer, and pages are short.
    """
    command = [
        *(sys.executable, "-m", "gunicorn", "tamizdat.server.wsgi"),
        *("--bind", f"{host}:{port}", "--workers", "1", "--threads", "4"),
        *("--log-level", "warning", "--no-control-socket"),
    ]
    process = subprocess.Popen(command, env=os.environ)  # noqa: S603 - our own words
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=30)


@click.command()
@click.option("--watch", "stay", is_flag=True, help="Stay, and print each release.")
@click.pass_context
def press_run(context: click.Context, *, stay: bool) -> None:
    """Print what the newsroom has released and deliver it to the mirrors.

    Example: tamizdat press run --watch
    """
    start_django()
    from tamizdat.mirrors import board, resident  # noqa: PLC0415 - needs Django

    try:
        from tamizdat.press.home import open_press  # noqa: PLC0415 - as above

        press = open_press()
        for edition in resident.turn(press, every=True):
            click.echo(f"{edition.service}: edition {edition.number}")
    except (PressError, EditionError) as error:
        raise click.ClickException(str(error)) from error
    troubled = [row for row in board.services() if row["trouble"] or _behind(row)]
    for row in troubled:
        click.echo(_line(row), err=True)
    if troubled and not stay:
        context.exit(1)
    if stay:
        with until_signalled() as stop:
            resident.watch(press, stop)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def press_status(*, as_json: bool) -> None:
    """Say what is printed, what waits and what stands in the way.

    Example: tamizdat press status --json
    """
    start_django()
    from tamizdat.mirrors.board import services  # noqa: PLC0415 - needs Django

    rows = services()
    if as_json:
        click.echo(json.dumps({"services": rows}, ensure_ascii=False))
        return
    for row in rows:
        click.echo(_line(row))


def _line(row: dict[str, Any]) -> str:
    trouble = f"; {row['trouble']}" if row["trouble"] else ""
    return (
        f"{row['service']}: edition {row['edition'] or '-'}, {row['waiting']} waiting,"
        f" verified on {row['verified']} of {row['mirrors']} mirrors{trouble}"
    )


def _behind(row: dict[str, Any]) -> bool:
    return bool(row["verified"] < row["mirrors"])


@click.command()
def run() -> None:
    """Run the editors' site and the press until interrupted.

    Example: TAMIZDAT_HOME=newsroom tamizdat run
    """
    start_django()
    from django.conf import settings  # noqa: PLC0415 - needs Django

    from tamizdat.mirrors import resident  # noqa: PLC0415 - as above
    from tamizdat.press.home import open_press  # noqa: PLC0415 - as above

    home = settings.TAMIZDAT
    try:
        press = open_press()
    except (PressError, EditionError) as error:
        raise click.ClickException(str(error)) from error
    with until_signalled() as stop, newsroom_site(home.host, home.port) as site:
        click.echo(f"newsroom http://{home.host}:{home.port}/")
        resident.watch(press, lambda: stop() or site.poll() is not None)
