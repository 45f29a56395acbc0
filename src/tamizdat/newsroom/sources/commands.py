"""The commands `tamizdat wire source ...`, `watch`, `sweep` and `reparse`."""

import json
import os
from datetime import UTC, datetime
from typing import Any

import click

from tamizdat.newsroom.archives.commands import desk_of
from tamizdat.newsroom.commands import refusals, start_django
from tamizdat.newsroom.database import refuse_behind
from tamizdat.newsroom.stopping import until_signalled

_HANDS = 4  # that fetch at once


@click.group()
def source() -> None:
    """Where copy comes from: folders, feeds, servers, mailboxes."""


@source.command("list")
@click.option("--json", "as_json", is_flag=True, help="One object a line.")
def list_sources(*, as_json: bool) -> None:
    """List the sources and how they are.

    Example: tamizdat wire source list --json
    """
    start_django()
    from tamizdat.newsroom.models import WireSource  # noqa: PLC0415
    from tamizdat.newsroom.models.wire import BY_HAND  # noqa: PLC0415
    from tamizdat.newsroom.sources import health, verbs  # noqa: PLC0415

    with refusals():
        rows = list(WireSource.objects.exclude(kind=BY_HAND))
        for row in rows:
            found = health.health_of(row, datetime.now(UTC))
            if as_json:
                told = {**verbs.told(row), "light": found.light}
                click.echo(json.dumps(told, ensure_ascii=False))
                continue
            said = row.error if row.failures else found.words
            click.echo(f"{row.name}\t{row.kind}\t{found.light}\t{said}")


@source.command("add", context_settings={"ignore_unknown_options": False})
@click.argument("name")
@click.argument("kind")
@click.argument("keys", nargs=-1, metavar="KEY=VALUE...")
@click.option(
    "--service", "services", multiple=True, required=True, help="Whose desk sees it."
)
@click.option("--title", default="", help="As editors see it.")
@click.option("--secret", default="", help="File in secrets/, mode 0600.")
@click.option("--agency", default="", help="Whose copy it is where it does not say so.")
@click.option("--encoding", default="", help="Read it in this, whatever it says.")
@click.option("--every", default=300, show_default=True, help="Seconds.")
@click.option("--keep-days", default=14, show_default=True, help="For unused copy.")
def add_source(
    name: str, kind: str, keys: tuple[str, ...], services: tuple[str, ...], **rest: Any
) -> None:
    r"""Add a source of a KIND: folder, http, sftp, ftp, imap.

    \b
    folder   path names=*
    http     url
    sftp     host port=22 path=. names=* host_key=SHA256:...
    ftp      host port=21 path=/ names=* tls=yes
    imap     host port=993 mailbox=INBOX tls=yes|starttls|no

    Example: tamizdat wire source add news http url=https://a.example/rss --service en
    """
    place = dict(key.partition("=")[::2] for key in keys)
    start_django()
    from tamizdat.newsroom.sources import verbs  # noqa: PLC0415

    with refusals():
        desks = [desk_of(one) for one in services]
        verbs.add(name, kind, place, desks, **rest)
    click.echo(f"{name}: added; look at it first: tamizdat wire source check {name}")


@source.command("check")
@click.argument("name")
def check_source(name: str) -> None:
    """Fetch once from NAME, keep nothing, and say what would come.

    Example: tamizdat wire source check reuters
    """
    start_django()
    from tamizdat.newsroom.sources import kinds, polling, verbs  # noqa: PLC0415
    from tamizdat.wire import parsers  # noqa: PLC0415
    from tamizdat.wire.errors import WireError  # noqa: PLC0415

    with refusals():
        fetched = kinds.fetch((row := verbs.find(name)).kind, polling.road_of(row))
    for file in fetched.files:
        try:
            items = parsers.parse(file.data, file.name, row.encoding or None)
        except WireError as error:
            click.echo(str(error), err=True)
            continue
        for item in items:
            click.echo(f"{file.name}\t{item.family}\t{item.type}\t{item.headline}")
    for warning in fetched.warnings:
        click.echo(warning, err=True)
    click.echo(f"{len(fetched.files)} files{', and more' if fetched.more else ''}.")


@source.command("poll")
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="One object.")
def poll_source(name: str, *, as_json: bool) -> None:
    """Fetch once from NAME now, and keep what came.

    Example: tamizdat wire source poll reuters
    """
    start_django()
    from tamizdat.newsroom.sources import polling, verbs  # noqa: PLC0415

    with refusals():
        told = polling.poll(verbs.find(name), datetime.now(UTC))
    if as_json:
        row = {"kept": len(told.kept), "files": told.files, "error": told.error}
        row |= {"warnings": told.warnings, "busy": told.busy}
        click.echo(json.dumps(row, ensure_ascii=False))
    else:
        for warning in told.warnings:
            click.echo(warning, err=True)
        busy = "somebody else is fetching from it" if told.busy else ""
        click.echo(told.error or busy or f"{told.files} files, {len(told.kept)} new.")
    if told.error or told.busy:
        raise SystemExit(1)


@source.command("pause")
@click.argument("name")
@click.option("--off", is_flag=True, help="Fetch again.")
def pause_source(name: str, *, off: bool) -> None:
    """Fetch no more from NAME, or again.

    Example: tamizdat wire source pause reuters
    """
    start_django()
    from tamizdat.newsroom.sources import verbs  # noqa: PLC0415

    with refusals():
        verbs.pause(verbs.find(name), active=off)
    click.echo(f"{name}: {'fetched again' if off else 'paused'}")


@source.command("keep")
@click.argument("name")
@click.argument("days", type=int)
def keep_source(name: str, days: int) -> None:
    """Keep copy of NAME that nobody uses for DAYS.

    Example: tamizdat wire source keep reuters 30
    """
    start_django()
    from tamizdat.newsroom.sources import verbs  # noqa: PLC0415

    with refusals():
        row = verbs.find(name)
        verbs.keep_for(row, days)
    click.echo(f"{name}: unused copy goes after {row.keep_days} days")


@source.command("encoding")
@click.argument("name")
@click.argument("encoding")
def encode_source(name: str, encoding: str) -> None:
    """Read copy of NAME in ENCODING from now on, or "auto" to tell it by the bytes.

    What came before is read again by `tamizdat wire reparse`.

    Example: tamizdat wire source encoding radio windows-1251
    """
    start_django()
    from tamizdat.newsroom.sources import verbs  # noqa: PLC0415

    with refusals():
        row = verbs.find(name)
        verbs.read_in(row, "" if encoding == "auto" else encoding)
    click.echo(f"{name}: read in {row.encoding or 'the encoding that its bytes tell'}")


@source.command("accept")
@click.argument("name")
def accept_source(name: str) -> None:
    """Say yes to the format that NAME changed to.

    Example: tamizdat wire source accept reuters
    """
    start_django()
    from tamizdat.newsroom.sources import verbs  # noqa: PLC0415

    with refusals():
        row = verbs.find(name)
        verbs.accept(row, datetime.now(UTC))
    click.echo(f"{name}: comes in {', '.join(row.families)}")


@click.command()
@click.option("--workers", default=_HANDS, show_default=True, help="At once.")
@click.option("--with-parent", is_flag=True, help="End when whoever began it does.")
def watch(workers: int, *, with_parent: bool) -> None:
    """Fetch from every source when its hour has come, until interrupted.

    `tamizdat run` does it, too.

    Example: tamizdat wire watch
    """
    start_django()
    refuse_behind()
    from tamizdat.newsroom.sources import queue  # noqa: PLC0415

    parent = os.getppid()
    with until_signalled() as stop:
        queue.watch(
            lambda: stop() or (with_parent and os.getppid() != parent),
            max(1, workers),
        )


@click.command()
def sweep() -> None:
    """Let go of copy that was kept long enough.

    Example: tamizdat wire sweep
    """
    start_django()
    from tamizdat.newsroom.wire_desk import retention  # noqa: PLC0415

    with refusals():
        gone = retention.sweep(datetime.now(UTC))
    click.echo(f"{gone} items.")


@click.command()
@click.option("--source", "name", help="Of one source.")
@click.option("--json", "as_json", is_flag=True, help="One object a file.")
def reparse(name: str | None, *, as_json: bool) -> None:
    """Read kept copy again by the parsers of today; used items stay as they were.

    Example: tamizdat wire reparse --source reuters
    """
    start_django()
    from tamizdat.newsroom.sources import verbs  # noqa: PLC0415
    from tamizdat.newsroom.wire_desk import retention  # noqa: PLC0415

    counts: dict[str, int] = {}
    with refusals():
        row = verbs.find(name) if name else None
        for one in retention.reparse(row, datetime.now(UTC)):
            counts[one.result] = counts.get(one.result, 0) + 1
            if as_json:
                click.echo(json.dumps(vars(one), ensure_ascii=False))
            elif one.why:
                click.echo(one.why, err=True)
    if not as_json:
        said = ", ".join(f"{number} {result}" for result, number in counts.items())
        click.echo(said or "nothing is kept")
