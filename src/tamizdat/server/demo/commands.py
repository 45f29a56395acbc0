"""The demo: a whole newsroom, its press and three mirrors, from one command."""

import json
import secrets
import socket
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tamizdat.newsroom.commands import start_django
from tamizdat.newsroom.database import migrate
from tamizdat.newsroom.errors import NewsroomError
from tamizdat.newsroom.home import Organisation, make_home
from tamizdat.newsroom.stopping import until_signalled
from tamizdat.server.commands import newsroom_site, wire_watch
from tamizdat.server.demo import onlooker
from tamizdat.server.demo.onlooker import Onlooker
from tamizdat.server.progress import doing

if TYPE_CHECKING:
    from tamizdat.press.run import Press

ORGANISATION = Organisation("demo.tamizdat.example", "Demo Press", 2026)
HOST = "127.0.0.1"
MIRRORS = ("Archive", "North", "South")  # the first gets the log before the others
EDITOR = "editor"


@dataclass(frozen=True)
class Stage:
    """A demo that stands: its folder, its press and the servers of its mirrors.

    Attributes:
        password: of the account `EDITOR`, made anew each time.
        urls: of the mirrors, by name.
    """

    folder: Path
    port: int
    password: str
    press: "Press"
    urls: Mapping[str, str]


@click.command()
@click.option("--once", is_flag=True, help="Do it, verify it, end.")
@click.option("--json", "as_json", is_flag=True, help="Print the result for programs.")
@click.option(
    "--dir",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("demo"),
    show_default=True,
    help="A folder to make.",
)
@click.pass_context
def demo(context: click.Context, folder: Path, *, once: bool, as_json: bool) -> None:
    """Make a newsroom, publish its first editions and verify them on three mirrors.

    At a terminal the newsroom, the press and the mirrors stay until Ctrl-C; otherwise,
    or with --once, the demo ends when everything is verified. Files to carry along are
    made by a press that stays, a minute after it began.

    Example: tamizdat demo --once --json --dir /tmp/demo
    """
    began = time.monotonic()
    with (
        _mirror_servers(folder) as urls,
        onlooker.running(folder / "witness") as witness,
    ):
        stage = _set_up(folder, urls, witness)
        with doing("Reading every byte of every mirror back"):
            summary = _summary(stage, began)
        if as_json:
            click.echo(json.dumps(summary, ensure_ascii=False))
        else:
            _tell(stage, summary)
        if not summary["verified"]:
            context.exit(1)
        if not once and not as_json and sys.stdout.isatty():
            _stay(stage)
        elif not as_json:
            _tell_what_is_missing(folder)


@contextmanager
def _mirror_servers(folder: Path) -> Iterator[dict[str, str]]:
    from tamizdat.mirrors.serve import MirrorServer  # noqa: PLC0415 - quick start

    if folder.exists() and any(folder.iterdir()):
        raise click.ClickException(f"{folder}: not empty; name another or remove it")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    servers = {}
    try:
        for name in MIRRORS:
            place = _place(folder, name)
            place.mkdir(parents=True)
            servers[name] = MirrorServer(place)
        yield {name: server.url for name, server in servers.items()}
    finally:
        for server in servers.values():
            server.close()


def _place(folder: Path, name: str) -> Path:
    return folder / "mirrors" / name.lower()


def _set_up(folder: Path, urls: Mapping[str, str], witness: Onlooker) -> Stage:
    """Make the newsroom, print the first versions, correct them, print again."""
    port, password = _free_port(), secrets.token_urlsafe(9)
    try:
        home = make_home(folder, ORGANISATION, HOST, port, second_factor=())
    except NewsroomError as error:
        raise click.ClickException(str(error)) from error
    start_django(home.path)
    with doing("Making a newsroom"):
        migrate()
    from tamizdat.mirrors import onlookers, resident  # noqa: PLC0415 - needs Django
    from tamizdat.server.demo import load  # noqa: PLC0415 - as above

    editor = _editor(password)
    with doing("Writing stories and cutting pictures"):
        load.load_services_and_stories(actor=editor)
    press = _press(folder, urls, witness)
    with doing("Printing the first editions and delivering them"):
        resident.turn(press, every=True)
    with doing("Correcting a story and printing again"):
        load.apply_corrections(actor=editor)
        resident.turn(press, every=False)
    with doing("Indexing words for the search, and delivering that"):
        _index_words(press)
    with doing("Having the log cosigned, and bringing it to every mirror"):
        onlookers.hold(press, resident.now_utc)
        resident.bring_heads(press)
    return Stage(folder, port, password, press, urls)


def _index_words(press: "Press") -> None:
    """Make the index of each service, if what makes it is installed."""
    from tamizdat.mirrors import actions, resident  # noqa: PLC0415 - needs Django
    from tamizdat.press import finding  # noqa: PLC0415 - lxml, quick start

    if not finding.can_index():
        return
    services = list(press.state.numbers())
    for service in services:
        finding.index(press, service, resident.now_utc())
    actions.push(press.archive, press.chain, services, resident.now_utc())


def _editor(password: str) -> Any:
    from django.contrib.auth import get_user_model  # noqa: PLC0415 - needs Django

    return get_user_model().objects.create_superuser(EDITOR, password=password)


def _press(folder: Path, urls: Mapping[str, str], witness: Onlooker) -> "Press":
    """Make demonstration keys and tell the newsroom of its mirrors."""
    from tamizdat.mirrors import resident  # noqa: PLC0415 - needs Django
    from tamizdat.mirrors.actions import add_mirror  # noqa: PLC0415 - as above
    from tamizdat.newsroom.models import ServicePage  # noqa: PLC0415 - as above
    from tamizdat.press.home import key_folder, open_press  # noqa: PLC0415 - as above
    from tamizdat.press.keys import new_organisation  # noqa: PLC0415 - as above

    services = sorted(ServicePage.objects.values_list("service_id", flat=True))
    now, policy = resident.now_utc(), witness.policy
    trust = new_organisation(key_folder(), ORGANISATION.id, services, now, policy)
    witness.watch(trust.log)
    for name, url in urls.items():
        archive = name == MIRRORS[0]
        add_mirror(name, _place(folder, name), url, ORGANISATION.id, archive=archive)
    return open_press()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def _summary(stage: Stage, began: float) -> dict[str, Any]:
    """Read every byte of every mirror over HTTP and count."""
    from tamizdat.mirrors.resident import now_utc  # noqa: PLC0415 - as above
    from tamizdat.press.content import services_of  # noqa: PLC0415 - quick start
    from tamizdat.press.models import PrintedEdition  # noqa: PLC0415 - needs Django
    from tamizdat.press.snapshot import released, service_lines, story_lines  # noqa: PLC0415 - as above

    services = service_lines()
    read = services_of(services.values())
    stories = list(story_lines(now_utc(), released(), read))
    (stage.folder / "content.jsonl").write_bytes(
        b"".join([*services.values(), *stories])
    )
    mirrors = [_mirror_row(stage, name) for name in stage.urls]
    return {
        "verified": all(row["verified"] for row in mirrors),
        "witnessed": all(row["witnessed"] for row in mirrors),
        "seconds": round(time.monotonic() - began, 1),
        "services": len(services),
        "stories": len(stories),
        "editions": PrintedEdition.objects.count(),
        "fingerprint": stage.press.chain[0].digest,
        "mirrors": mirrors,
    }


def _mirror_row(stage: Stage, name: str) -> dict[str, Any]:
    from tamizdat.mirrors.probe import check_service  # noqa: PLC0415 - quick start
    from tamizdat.mirrors.transports.web import WebSource  # noqa: PLC0415 - as above

    source = WebSource(stage.urls[name])
    services = list(stage.press.chain[-1].services)
    reports = [check_service(source, stage.press.chain, s) for s in services]
    source.close()
    return {
        "name": name,
        "dir": str(_place(stage.folder, name)),
        "url": stage.urls[name],
        "files": sum(report.files for report in reports),
        "bytes": sum(report.size for report in reports),
        "edition": {report.service: report.number for report in reports},
        "verified": all(report.verified for report in reports),
        "witnessed": all(report.witnessed for report in reports),
        "problems": [str(p) for report in reports for p in report.problems],
    }


def _tell(stage: Stage, summary: Mapping[str, Any]) -> None:
    word = "verified" if summary["verified"] else "NOT VERIFIED"
    seen = "cosigned by a witness" if summary["witnessed"] else "witnesses pending"
    click.echo(
        f"{summary['services']} language services, {summary['stories']} stories,"
        f" {summary['editions']} editions: {word} on {len(stage.urls)} mirrors,"
        f" {seen}, in {summary['seconds']} s\n"
    )
    for row in summary["mirrors"]:
        click.echo(f"  mirror {row['name']:8} {row['url']}/")
        for problem in row["problems"]:
            click.echo(f"    {problem}")
    click.echo(f"\n  fingerprint of the first trust note\n  {summary['fingerprint']}")


def _tell_what_is_missing(folder: Path) -> None:
    """Say what a press that stays makes after a minute, and how to make it by hand."""
    where = f"{folder / 'archive'} --keys {folder / 'keys'}"
    click.echo("\n  files to carry along are made by a press that stays, or by")
    click.echo(f"  tamizdat edition offline {where}")


def _stay(stage: Stage) -> None:
    """Keep newsroom, press and mirrors until Ctrl-C."""
    from tamizdat.mirrors import resident  # noqa: PLC0415 - needs Django

    first = next(iter(stage.urls.values()))
    with (
        resident.printing_alone(stage.press),
        until_signalled() as stop,
        newsroom_site(HOST, stage.port) as site,
        wire_watch(),
    ):
        click.echo(f"\n  newsroom        http://{HOST}:{stage.port}/")
        click.echo(f"  sign in as      {EDITOR}, password {stage.password}")
        click.echo("                  (a demonstration: no second factor is asked for)")
        for line in _advice(stage, first):
            click.echo(line)
        resident.watch(stage.press, lambda: stop() or site.poll() is not None)
        if not stop():
            raise click.ClickException("the editors' site ended by itself")
    click.echo("ended; nothing is left running")


def _advice(stage: Stage, url: str) -> Sequence[str]:
    place = _place(stage.folder, MIRRORS[1])
    return (
        "\nWhat to try next",
        "  1  Open the newsroom and a story, change its headline, say below what kind",
        "     of change it is, press Publish. For five seconds Undo takes it back;",
        "     then the foot of the page says that it is verified on all three mirrors.",
        f"  2  Read it on {url}/en/ and find “Updated” on its page.",
        "  3  Check a mirror as a stranger would:",
        f"     .venv/bin/tamizdat edition verify {url}",
        f"  4  Change one byte of a file below {place} and check again.",
        "\nCtrl-C ends it.",
    )
