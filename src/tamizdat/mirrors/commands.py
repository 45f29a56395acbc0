"""Mirrors on the command line: verify any, add, push and probe the newsroom's own."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from tamizdat.edition.errors import EditionError
from tamizdat.edition.note import NOTE_BYTES, parse_note
from tamizdat.edition.proof_files import PROOF_FILE_BYTES, judge
from tamizdat.edition.trust import Trust, read_trust
from tamizdat.edition.witness import label
from tamizdat.mirrors import beside, contradictions, probe
from tamizdat.mirrors.beside import Beside
from tamizdat.mirrors.deep import check as check_deep
from tamizdat.mirrors.errors import MirrorError, MissingError
from tamizdat.mirrors.file_command import show_file
from tamizdat.mirrors.findings import Report
from tamizdat.mirrors.history import read_log
from tamizdat.mirrors.logbook import LogReport
from tamizdat.mirrors.past import PastReport, check_edition
from tamizdat.mirrors.transports import Reading, Source
from tamizdat.mirrors.transports.directory import DirectoryTransport
from tamizdat.mirrors.transports.web import WebSource
from tamizdat.press.addresses import is_loopback_host
from tamizdat.press.archive import Archive
from tamizdat.press.errors import PressError
from tamizdat.press.keys import is_demo


@click.command()
@click.argument("where", metavar="DIR|URL|FILE", required=False)
@click.option("--service", "only", multiple=True, help="Check this service alone.")
@click.option("--fingerprint", help="SHA-256 of the first trust note, if you know it.")
@click.option(
    "--edition",
    "number",
    type=click.IntRange(1),
    help="Check the objects of this older edition.",
)
@click.option(
    "--deep", is_flag=True, help="Check every entry of the log and every head too."
)
@click.option(
    "--log", "longer", metavar="DIR|URL", help="With --deep: a mirror with more of it."
)
@click.option(
    "--proof",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Check this proof file instead of a mirror.",
)
@click.option(
    "--proofs",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="Where to write evidence of a contradiction [default: here].",
)
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Print JSON: first trust and log, then one object a service.",
)
@click.pass_context
def verify(  # noqa: PLR0913, PLR0917 - one parameter an option
    context: click.Context,
    where: str | None,
    only: tuple[str, ...],
    fingerprint: str | None,
    number: int | None,
    longer: str | None,
    proof: Path | None,
    proofs: Path,
    *,
    deep: bool,
    as_json: bool,
) -> None:
    """Check every byte of a mirror: trust, log, signatures, tree, objects and pages.

    Or of an offline file, without any network: a text, page, book or library that
    `tamizdat edition offline` made.

    Without --fingerprint the mirror's own first trust note is believed and its
    fingerprint shown: compare it with one from another source. Two signed things that
    contradict each other are written to a proof file, which --proof explains: exit
    status 0 if it shows misconduct.

    Example: tamizdat edition verify https://mirror.example/
    """
    if (where is None) == (proof is None) or (longer and not deep):
        raise click.UsageError(
            "expected DIR, URL or FILE, or --proof FILE; --log with --deep"
        )
    if where is None:
        _explain(proof or Path(), fingerprint, as_json=as_json)
        return
    if _is_file(where):
        show_file(Path(where), fingerprint, only, number, as_json=as_json)
        return
    try:
        source = source_at(where)
        chain = probe.trust_of(source, fingerprint)
        refuse_demo(source, chain[0].organisation)
        services = probe.services_of(chain, only)
        if number is not None:
            past = _check_past(source, chain, services, number)
            _show(past, as_json=as_json)
            context.exit(0 if past.verified else 1)
        reports, book = probe.check_mirror(source, chain, services)
        extra = beside.check(source, chain[0].digest, services)
        unseen = _go_deep(source, chain, services, longer, book) if deep else []
        notes = probe.read_chain(source)
        evidence = contradictions.met(source, notes, services, twice=book.twice)
    except (EditionError, MirrorError) as error:
        raise click.ClickException(f"{where}: {error}") from error
    _show_log(book, extra, chain, as_json=as_json)
    for words in unseen:
        click.echo(f"  {words}", err=as_json)
    for report in reports:
        _show(report, as_json=as_json)
    for one in evidence:
        path, shown = contradictions.keep(one, proofs)
        click.echo(f"{shown.sentence}; evidence: {path}", err=as_json)
    good = book.verified and extra.verified and all(r.verified for r in reports)
    if evidence or not good:
        context.exit(1)


def _go_deep(
    source: Source,
    chain: Sequence[Trust],
    services: Sequence[str],
    longer: str | None,
    book: LogReport,
) -> list[str]:
    """Check entries and heads into the report; give what the log is too short for."""
    others = _log_at(longer, chain[-1]) if longer else None
    depth = check_deep(source, chain, services, others)
    for problem in depth.problems:
        book.add(problem)
    return depth.unseen


def _log_at(where: str, trust: Trust) -> list[bytes]:
    """Read the log of another mirror, whose failings are not those of the first."""
    try:
        return read_log(source_at(where), trust)[1]
    except (EditionError, MirrorError) as error:
        raise click.ClickException(f"{where}: {error}") from error


def _explain(path: Path, fingerprint: str | None, *, as_json: bool) -> None:
    """Say what a proof file shows, for whoever prints it."""
    try:
        with path.open("rb") as file:
            shown = judge(file.read(PROOF_FILE_BYTES + 1), fingerprint)
    except (EditionError, OSError) as error:
        raise click.ClickException(f"{path}: {error}") from error
    if as_json:
        click.echo(json.dumps(vars(shown), ensure_ascii=False))
        return
    click.echo(f"{shown.organisation}: {shown.sentence}.")
    for remark in shown.remarks:
        click.echo(f"  but {remark}")
    click.echo(f"fingerprint {shown.fingerprint}")
    if fingerprint is None:
        click.echo("  of the notes in the file itself: compare it with another source")


def _check_past(
    source: Source, chain: Sequence[Trust], services: Sequence[str], number: int
) -> PastReport:
    if len(services) != 1:
        raise click.UsageError(
            f"an edition needs its --service, one of {', '.join(services)}"
        )
    return check_edition(source, chain, services[0], number)


def _is_file(where: str) -> bool:
    """Tell an offline file from a mirror.

    Raises:
        click.ClickException: nothing is there.
    """
    if "://" in where:
        return False
    if not _is_there(where):
        raise click.ClickException(f"{where}: no such file or directory")
    return Path(where).is_file()


def _is_there(path: str) -> bool:
    try:
        return Path(path).exists()
    except OSError:  # no name that a file can have
        return False


def source_at(where: str) -> Reading:
    """Open a mirror by its directory or its address."""
    if "://" in where:
        return WebSource(where)
    if not _is_there(where) or not Path(where).is_dir():
        raise MirrorError("no such directory")
    return DirectoryTransport(Path(where))


def refuse_demo(source: Source, organisation: str) -> None:
    """Keep a demonstration on this machine, whoever reads it."""
    if isinstance(source, WebSource) and not source.loopback and is_demo(organisation):
        raise MirrorError("demonstration keys are refused off this machine")


def _show_log(
    book: LogReport, extra: Beside, chain: Sequence[Trust], *, as_json: bool
) -> None:
    if as_json:
        click.echo(json.dumps(log_row(book, extra, chain), ensure_ascii=False))
        return
    notes = "1 note" if len(chain) == 1 else f"{len(chain)} notes"
    entries = "-" if book.entries is None else book.entries
    click.echo(f"fingerprint {chain[0].digest}")
    click.echo(f"trust: {notes}: verified")
    click.echo(f"log: {entries} entries: {_verdict(book)} ({book.files} files)")
    for problem in book.problems:
        click.echo(f"  {problem}")
    if extra.files or extra.count:
        said = f"offline files and search: {_verdict(extra)} ({extra.files} files)"
        click.echo(said)
    for problem in extra.problems:
        click.echo(f"  {problem}")


def log_row(book: LogReport, extra: Beside, chain: Sequence[Trust]) -> dict[str, Any]:
    """Write what was found of trust notes, log and offline files as a JSON object."""
    log = {
        "entries": book.entries,
        "files": book.files,
        "bytes": book.size,
        "verified": book.verified,
        "problems": [vars(problem) for problem in book.problems],
    }
    outside = {
        "files": extra.files,
        "verified": extra.verified,
        "problems": [vars(problem) for problem in extra.problems],
    }
    trust = {"notes": len(chain), "fingerprint": chain[0].digest}
    return {"service": None, "trust": trust, "log": log, "beside": outside}


def _verdict(found: Report | LogReport | Beside) -> str:
    many = "problem" if found.count == 1 else "problems"
    return "verified" if found.verified else f"NOT verified, {found.count} {many}"


def _show(report: Report, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(report_row(report), ensure_ascii=False))
        return
    if not report.withheld:
        click.echo(f"{report.service}: no edition")
        return
    age = f", signed {report.time:%Y-%m-%d %H:%M} UTC" if report.time else ""
    past = isinstance(report, PastReport)
    gone = report.withdrawn if isinstance(report, PastReport) else 0
    watched = "" if past or not report.number else f"; {_watched(report)}"
    withdrawn = f", {_objects(gone)} withdrawn" if gone else ""
    click.echo(
        f"{report.service}: edition {report.number or '-'}{age}: {_verdict(report)}"
        f"{withdrawn} ({report.files} files{watched})"
    )
    for problem in report.problems:
        click.echo(f"  {problem}")


def _watched(report: Report) -> str:
    """Say whether onlookers vouch for an edition, and which."""
    by = f" by {', '.join(report.witnesses)}" if report.witnessed else ""
    return f"{_label(report)}{by}"


def _label(report: Report) -> str | None:
    if report.time is None:
        return None
    age = datetime.now(UTC) - report.time
    return label(age, witnessed=report.witnessed, asked=report.asked)


def _objects(count: int) -> str:
    return "1 object" if count == 1 else f"{count} objects"


def report_row(report: Report) -> dict[str, Any]:
    """Write a report as a JSON object; an older edition says what is withdrawn."""
    if isinstance(report, PastReport):
        more: dict[str, Any] = {"withdrawn": report.withdrawn}
    else:
        more = {
            "witnessed": report.witnessed,
            "witnesses": list(report.witnesses),
            "label": _label(report),
        }
    return {
        "service": report.service,
        "edition": report.number,
        "time": report.time.isoformat() if report.time else None,
        "tree": report.tree,
        "files": report.files,
        "bytes": report.size,
        "verified": report.verified,
        **more,
        "problems": [vars(problem) for problem in report.problems],
    }


@click.group()
def mirror() -> None:
    """Keep the newsroom's mirrors: add, push, probe, list, serve."""


@mirror.command()
@click.argument("name")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.argument("url")
@click.option("--archive", is_flag=True, help="Gets the log before the others.")
def add(name: str, folder: Path, url: str, *, archive: bool) -> None:
    """Add a directory mirror and the address readers find it at.

    Example: tamizdat mirror add Baku /srv/mirror https://mirror.example
    """
    actions, organisation = _newsroom()
    try:
        row = actions.add_mirror(name, folder, url, organisation, archive=archive)
    except MirrorError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{row.name}: {row.url} is written to {row.folder}")


@mirror.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
def list_mirrors(*, as_json: bool) -> None:
    """List mirrors and what each was last seen to hold.

    Example: tamizdat mirror list --json
    """
    _newsroom()
    from tamizdat.mirrors.models import Mirror  # noqa: PLC0415 - needs Django

    for row in Mirror.objects.prefetch_related("holdings"):
        _show_holdings(list(row.holdings.all()), as_json=as_json)
        if not row.holdings.all() and not as_json:
            click.echo(f"{row.name}: {row.url} was never read")


@mirror.command()
@click.option("--repair", is_flag=True, help="Read every byte, write wrong ones again.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@click.pass_context
def push(context: click.Context, *, repair: bool, as_json: bool) -> None:
    """Deliver the newest editions to every mirror and read them back.

    Example: tamizdat mirror push
    """
    actions, _organisation = _newsroom()
    archive, chain, services = _press()
    now = datetime.now(UTC).replace(microsecond=0)
    actions.push(archive, chain, services, now, repair=repair)
    actions.bring_heads(archive, chain, services, now)
    holdings = actions.held(services)
    _show_holdings(holdings, as_json=as_json)
    if any(holding.state != "verified" for holding in holdings):
        context.exit(1)


@mirror.command(name="probe")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@click.pass_context
def probe_all(context: click.Context, *, as_json: bool) -> None:
    """Read every byte of every mirror from outside and note what it holds.

    Example: tamizdat mirror probe
    """
    actions, _organisation = _newsroom()
    archive, chain, services = _press()
    from tamizdat.mirrors.models import Mirror  # noqa: PLC0415 - needs Django

    now = datetime.now(UTC).replace(microsecond=0)
    holdings = [
        actions.note(
            row, _weighed(actions, row, chain, service, archive), now, whole=True
        )
        for row in Mirror.objects.all()
        for service in services
    ]
    _show_holdings(holdings, as_json=as_json)
    if any(holding.state != "verified" for holding in holdings):
        context.exit(1)


def _weighed(
    actions: Any, row: Any, chain: Sequence[Trust], service: str, archive: Archive
) -> Report:
    """Read one service of a mirror back and hold it against the archive."""
    report: Report = actions.read_back(row, chain, service)
    contradictions.weigh(report, archive)
    return report


@mirror.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8400, show_default=True, type=click.IntRange(0, 65_535))
def serve(folder: Path, host: str, port: int) -> None:
    """Serve a mirror's directory over HTTP until interrupted; keeps no log.

    Example: tamizdat mirror serve /srv/mirror --port 8400
    """
    from tamizdat.mirrors.serve import MirrorServer  # noqa: PLC0415 - quick start

    try:
        _refuse_demo_host(folder, host)
        server = MirrorServer(folder, host, port)
    except (MirrorError, EditionError) as error:
        raise click.ClickException(f"{folder}: {error}") from error
    except OSError as error:
        raise click.ClickException(f"{host}:{port}: {error.strerror}") from error
    click.echo(server.url)
    try:
        server.wait()
    except KeyboardInterrupt:
        server.close()


def _refuse_demo_host(folder: Path, host: str) -> None:
    """Keep a demonstration on this machine, whoever serves it."""
    if is_loopback_host(host):
        return
    try:
        note = DirectoryTransport(folder).read("trust/1.note", NOTE_BYTES)
    except MissingError:
        return  # nothing is signed here
    if is_demo(read_trust(parse_note(note), "").organisation):
        raise MirrorError("demonstration keys are refused off this machine")


def _newsroom() -> tuple[Any, str]:
    from tamizdat.newsroom.commands import start_django  # noqa: PLC0415 - slow import

    start_django()
    from django.conf import settings  # noqa: PLC0415 - as above

    from tamizdat.mirrors import actions  # noqa: PLC0415 - as above

    return actions, settings.TAMIZDAT.organisation.id


def _press() -> tuple[Any, Any, Sequence[str]]:
    from tamizdat.press.home import open_press  # noqa: PLC0415 - needs Django

    try:
        press = open_press()
    except (PressError, EditionError) as error:
        raise click.ClickException(str(error)) from error
    return press.archive, press.chain, list(press.state.numbers())


def _show_holdings(holdings: Sequence[Any], *, as_json: bool) -> None:
    from tamizdat.mirrors.board import signed_ago  # noqa: PLC0415 - needs Django

    for row in holdings:
        if as_json:
            fields = {
                "mirror": row.mirror.name,
                "url": row.mirror.url,
                "service": row.service,
                "edition": row.number,
                "time": row.time.isoformat() if row.time else None,
                "state": row.state,
                "reason": row.reason or None,
            }
            click.echo(json.dumps(fields, ensure_ascii=False))
        else:
            age = f", {signed_ago(row.time)}" if row.time else ""
            click.echo(
                f"{row.mirror.name}: {row.service} edition {row.number or '-'}{age}:"
                f" {row.reason or row.state}"
            )
