"""Commands that run several rooms together: the press beside the newsroom."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

import click

from tamizdat.edition.errors import EditionError
from tamizdat.newsroom.commands import start_django
from tamizdat.newsroom.database import refuse_behind
from tamizdat.newsroom.stopping import until_signalled
from tamizdat.press.errors import PressError

if TYPE_CHECKING:
    from tamizdat.press.rounds import Result
    from tamizdat.press.run import Press

RESTART_SECONDS = 5.0  # until what ended is started again
START_SECONDS = 60  # for the editors' site to answer on a slow machine


@contextmanager
def newsroom_site(
    host: str, port: int, stop: Callable[[], bool] = lambda: False
) -> Iterator["subprocess.Popen[bytes]"]:
    """Serve the editors' site from a process of its own, ended on leaving.

    One process with threads: SQLite has one writer, and pages are short.

    Args:
        host: name or address to bind to.
        port: TCP.
        stop: asked while the site starts; true gives it as it is.

    Raises:
        click.ClickException: the port is taken, or the site does not come up.
    """
    _refuse_taken(host, port)
    command = [
        *(sys.executable, "-m", "gunicorn", "tamizdat.server.wsgi"),
        *("--bind", _netloc(host, port), "--workers", "1", "--threads", "4"),
        *("--log-level", "warning", "--no-control-socket"),
        *("--graceful-timeout", "10"),  # a browser that holds a line holds up no end
    ]
    process = subprocess.Popen(command, env=os.environ)  # noqa: S603 - our own words
    try:
        _wait_for_answer(process, host, port, stop)
        yield process
    finally:
        process.terminate()
        process.wait(timeout=30)


@contextmanager
def wire_watch() -> Iterator[None]:
    """Fetch copy and code sounds from a process of its own, ended on leaving.

    It may be killed: another one is started, since what waits would wait for ever.
    """
    done, running = Event(), [_start_wire_watch()]

    def mind() -> None:
        while not done.wait(RESTART_SECONDS):
            if running[0].poll() is not None:
                click.echo("the fetching of copy ended by itself: started again")
                running[0] = _start_wire_watch()

    minder = Thread(target=mind, daemon=True)
    minder.start()
    try:
        yield
    finally:
        done.set()
        minder.join()
        running[0].terminate()
        try:
            running[0].wait(timeout=30)
        except subprocess.TimeoutExpired:
            running[0].kill()  # a fetch that is cut off is fetched again


def _start_wire_watch() -> "subprocess.Popen[bytes]":
    words = "from tamizdat.server.cli import main; main()"
    command = [sys.executable, "-c", words, "wire", "watch", "--with-parent"]
    return subprocess.Popen(command, env=os.environ)  # noqa: S603 - our own words


def _refuse_taken(host: str, port: int) -> None:
    """Find out that a port cannot be had before gunicorn tries for seconds."""
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen()
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise click.ClickException(f"{_netloc(host, port)}: {why}") from error


def _wait_for_answer(
    process: "subprocess.Popen[bytes]", host: str, port: int, stop: Callable[[], bool]
) -> None:
    end = time.monotonic() + START_SECONDS
    while not stop() and not _answers(host, port):
        if process.poll() is not None and not stop():
            raise click.ClickException(_ended(process))
        if time.monotonic() > end:
            raise click.ClickException(
                f"the editors' site did not answer within {START_SECONDS} s"
            )
        time.sleep(0.05)


def _answers(host: str, port: int) -> bool:
    """Ask for a page: a port is open before the site behind it has loaded."""
    connection = HTTPConnection(host, port, timeout=5)
    try:
        connection.request("HEAD", "/", headers={"Host": _netloc(host, port)})
        return connection.getresponse().status < HTTPStatus.INTERNAL_SERVER_ERROR
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _netloc(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _ended(process: "subprocess.Popen[bytes]") -> str:
    return f"the editors' site ended by itself, status {process.returncode}"


@click.command()
@click.option("--watch", "stay", is_flag=True, help="Stay, and print each release.")
@click.pass_context
def press_run(context: click.Context, *, stay: bool) -> None:
    """Print what the newsroom has released and deliver it to the mirrors.

    Example: tamizdat press run --watch
    """
    start_django()
    refuse_behind()
    from tamizdat.mirrors import board, resident  # noqa: PLC0415 - needs Django

    press = _open_press()
    with resident.printing_alone(press), _in_a_line():
        if stay:
            with until_signalled() as stop:
                resident.watch(press, stop)
            return
        with resident.said_on_the_board(press):
            editions = resident.turn(press, every=True)
        for edition in editions:
            click.echo(f"{edition.service}: edition {edition.number}")
    troubled = [row for row in board.services() if row["trouble"] or _behind(row)]
    for row in troubled:
        click.echo(_line(row), err=True)
    if troubled:
        context.exit(1)


def _open_press() -> "Press":
    """Open the press; the board says why it cannot be.

    Raises:
        click.ClickException: the same.
    """
    from tamizdat.mirrors.resident import now_utc  # noqa: PLC0415 - needs Django
    from tamizdat.press.actions import note_stopped  # noqa: PLC0415 - as above
    from tamizdat.press.home import open_press  # noqa: PLC0415 - as above

    with _in_a_line():
        try:
            return open_press()
        except (PressError, EditionError) as error:
            note_stopped(error, now_utc())
            raise


@contextmanager
def _in_a_line() -> Iterator[None]:
    """Say in one line what stops a press."""
    try:
        yield
    except (PressError, EditionError) as error:
        raise click.ClickException(str(error)) from error


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def press_status(*, as_json: bool) -> None:
    """Say what is printed, what waits and what stands in the way.

    Example: tamizdat press status --json
    """
    start_django()
    from tamizdat.mirrors import board  # noqa: PLC0415 - needs Django

    rows, onlookers = board.services(), board.witnesses()
    if as_json:
        told = {"services": rows, "witnesses": onlookers}
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    for row in rows:
        click.echo(_line(row))
    for row in onlookers:
        click.echo(f"witness {row['witness']}: {_onlooker(row)}")


def _onlooker(row: dict[str, Any]) -> str:
    said = row["reason"] or row["state"]
    if row["disbelieved"]:
        return f"{said} (disbelieved: this stops nothing)"
    return f"{said}; NOTHING IS SIGNED until it agrees" if row["stops"] else said


def _line(row: dict[str, Any]) -> str:
    trouble = f"; {row['trouble']}" if row["trouble"] else ""
    watched = f", {row['label']}" if row["label"] else ""
    return (
        f"{row['service']}: edition {row['edition'] or '-'}, {row['waiting']} waiting,"
        f" verified on {row['verified']} of {row['mirrors']} mirrors{watched}{trouble}"
    )


@click.command()
@click.option("--disbelieve", help="Sign on whatever this witness says of the log.")
@click.option("--believe", help="Heed this witness again.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_context
def press_round(
    context: click.Context,
    disbelieve: str | None,
    believe: str | None,
    *,
    as_json: bool,
) -> None:
    """Have the witnesses cosign the log now, and carry that to the mirrors.

    A press that stays does so every ten minutes.

    Example: tamizdat press round
    """
    start_django()
    from tamizdat.mirrors import onlookers, resident  # noqa: PLC0415 - needs Django

    if disbelieve and disbelieve == believe:
        raise click.UsageError(f"witness {believe}: either --believe or --disbelieve")
    press = _open_press()
    try:
        _choose_whom_to_heed(press, disbelieve, believe)
        with resident.printing_alone(press):
            result = onlookers.hold(press, resident.now_utc)
            resident.bring_heads(press)
    except click.ClickException:
        if disbelieve or believe:
            return  # the press that stays heeds it, and holds the rounds
        raise
    except (PressError, EditionError) as error:
        raise click.ClickException(str(error)) from error
    if result is None:
        raise click.ClickException(
            "the trust note asks for no witness, or nothing is printed yet"
        )
    _show_round(result, press.doubts(), as_json=as_json)
    if press.doubts() or not result.witnessed:
        context.exit(1)


def _choose_whom_to_heed(
    press: "Press", disbelieve: str | None, believe: str | None
) -> None:
    from tamizdat.mirrors import board  # noqa: PLC0415 - needs Django

    if disbelieve:
        press.disbelieve(disbelieve)
        board.disbelieved(disbelieve)
        click.echo(f"witness {disbelieve} is disbelieved from now on", err=True)
    if believe:
        press.believe(believe)
        board.believed(believe, stops=press.stopped_by(believe))
        click.echo(f"witness {believe} is believed from now on", err=True)


def _show_round(result: "Result", doubt: str, *, as_json: bool) -> None:
    answers = {a.witness.name: (a.state, a.reason) for a in result.answers}
    if as_json:
        row = {
            "leaves": result.size,
            "witnessed": result.witnessed,
            "cosigners": result.cosigners,
            "services": result.numbers,
            "doubt": doubt or None,
            "witnesses": {
                name: {"state": state, "reason": reason or None}
                for name, (state, reason) in answers.items()
            },
        }
        click.echo(json.dumps(row, ensure_ascii=False))
        return
    for name, (state, reason) in answers.items():
        click.echo(f"witness {name}: {reason or state}")
    for service, number in result.numbers.items():
        click.echo(f"{service}: edition {number} witnessed")
    if doubt or not result.witnessed:
        click.echo(doubt or "no quorum: nothing was written", err=True)


def _behind(row: dict[str, Any]) -> bool:
    return bool(row["verified"] < row["mirrors"])


@click.command()
def run() -> None:
    """Run the editors' site, the press and the fetching of copy until interrupted.

    The address is printed when the site answers there. Where the press cannot print,
    the rest goes on: that is said here and on the press board.

    Example: TAMIZDAT_HOME=newsroom tamizdat run
    """
    start_django()
    refuse_behind()
    from django.conf import settings  # noqa: PLC0415 - needs Django

    home = settings.TAMIZDAT
    with (
        _press_alone() as press,
        until_signalled() as stop,
        newsroom_site(home.host, home.port, stop) as site,
        wire_watch(),
    ):
        if not stop():
            click.echo(f"newsroom http://{_netloc(home.host, home.port)}/")
        _stay_with(press, lambda: stop() or site.poll() is not None)
        if not stop():
            raise click.ClickException(_ended(site))


@contextmanager
def _press_alone() -> Iterator["Press | None"]:
    """Open the press and be alone with it; None if it cannot be opened, and say why."""
    from tamizdat.mirrors import resident  # noqa: PLC0415 - needs Django

    try:
        press = _open_press()
    except click.ClickException as error:
        _say_without_press(error)
        yield None
        return
    with resident.printing_alone(press):
        yield press


def _stay_with(press: "Press | None", stop: Callable[[], bool]) -> None:
    """Keep the press awake, and the newsroom alone once there is none."""
    from tamizdat.mirrors import awake, resident  # noqa: PLC0415 - needs Django

    if press is not None:
        try:
            resident.watch(press, stop)
        except (PressError, EditionError) as error:
            _say_without_press(click.ClickException(str(error)))
    if not stop():
        awake.stand_by(stop)


def _say_without_press(error: click.ClickException) -> None:
    error.show()
    click.echo("the press does not run; the editors' site and the wire go on", err=True)
