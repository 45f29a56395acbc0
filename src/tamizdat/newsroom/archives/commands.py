"""The command `tamizdat wire import`: drafts from files, releases from archives."""

import json
import sys
from collections import Counter
from collections.abc import Iterable
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tamizdat.newsroom.commands import start_django
from tamizdat.newsroom.database import reached

if TYPE_CHECKING:
    from tamizdat.newsroom.archives.rows import Row
    from tamizdat.newsroom.archives.subjects import Subjects
    from tamizdat.newsroom.models import ServicePage

_MOST_TOLD = 100  # categories and tags, for people
_TOLD_EACH = 200  # stories, where nobody sees the line being written anew
RESULTS = ("in", "updated", "merged", "already", "refused")


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--service", "service_id", required=True, help="Whose desk takes it.")
@click.option("--section", help="Of stories of an archive that name none of ours.")
@click.option(
    "--as-section",
    "sections",
    multiple=True,
    metavar="NAME=PATH",
    help="A category of the archive is this section, made if it is not there.",
)
@click.option("--make-tags", is_flag=True, help="Make tags that the service has not.")
@click.option("--dry-run", is_flag=True, help="Say what would come in; change nothing.")
@click.option(
    "--json", "as_json", is_flag=True, help="One object a line, then the sum."
)
@click.option("--drafts", is_flag=True, help="Make drafts of archives, too.")
@click.option(
    "--undated",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day of stories without a date; they are refused otherwise.",
)
@click.option("--no-pictures", is_flag=True, help="Leave pictures out.")
def wire_import(paths: tuple[Path, ...], service_id: str, **options: Any) -> None:
    """Bring PATHS in: a file becomes a draft, an archive your published stories.

    An archive is a folder, a WordPress export, a WARC, WACZ, zip or gzip. Its
    stories are recorded as released at the time they carry, without a page until
    somebody opens one; agency copy never is. Run it again after an interruption:
    it goes on. Categories and tags become sections and tags of the same name; a dry
    run lists the others.

    Example: tamizdat wire import old-site/ --service ru --dry-run
    """
    start_django()
    from tamizdat.newsroom.archives.sources import is_archive  # noqa: PLC0415

    with reached():
        desk = desk_of(service_id)
        archives = [] if options["drafts"] else [p for p in paths if is_archive(p)]
        singles = [path for path in paths if path not in archives]
        refused = _draft_all(singles, desk, options)
        missing = _bring(archives, desk, options) if archives else False
    for reason in refused:
        click.echo(reason, err=True)
    if refused or missing:
        raise SystemExit(1)


def desk_of(service_id: str) -> "ServicePage":
    """Find a service by its path."""
    from tamizdat.newsroom.models import ServicePage  # noqa: PLC0415

    try:
        desk: ServicePage = ServicePage.objects.get(service_id=service_id)
    except ServicePage.DoesNotExist as error:
        raise click.ClickException(f"{service_id}: no such service") from error
    return desk


def _bring(archives: list[Path], desk: "ServicePage", options: dict[str, Any]) -> bool:
    """Bring archives in and tell it; say whether nothing was read."""
    from django.conf import settings  # noqa: PLC0415

    from tamizdat.newsroom.archives.bringing import Bringer, Plan  # noqa: PLC0415
    from tamizdat.newsroom.archives.forgetting import ORIGINALS  # noqa: PLC0415
    from tamizdat.newsroom.archives.sources import candidates  # noqa: PLC0415

    section = options["section"]
    known = [row.section_id for row in desk.sections.all()]
    if section is not None and section not in known:
        found = f"expected one of {', '.join(known)}, found {section}"
        raise click.ClickException(f"--section: {found}")
    undated = options["undated"]
    plan = Plan(
        service=desk,
        folder=settings.TAMIZDAT.path / ORIGINALS,
        section=section,
        undated=undated.replace(hour=12, tzinfo=UTC) if undated else None,
        dry_run=options["dry_run"],
        pictures=not options["no_pictures"],
        make_tags=options["make_tags"],
        sections=_sections(desk, options),
    )
    bringer = Bringer(plan)
    rows = bringer.bring(one for path in archives for one in candidates(path))
    return _report(rows, bringer.subjects, archives, options)


def _sections(desk: "ServicePage", options: dict[str, Any]) -> dict[str, str]:
    from tamizdat.newsroom.archives.subjects import take_sections  # noqa: PLC0415
    from tamizdat.newsroom.errors import CopyError  # noqa: PLC0415

    chosen = dict(text.rpartition("=")[::2] for text in options["sections"])
    if not all(all(pair) for pair in chosen.items()):
        raise click.UsageError("--as-section: expected NAME=PATH")
    try:
        return take_sections(desk, chosen, dry=options["dry_run"])
    except CopyError as error:
        raise click.ClickException(f"--as-section: {error}") from error


def _report(
    rows: Iterable["Row"],
    subjects: "Subjects",
    archives: list[Path],
    options: dict[str, Any],
) -> bool:
    """Tell what became of each story, then the sum; say whether nothing was read."""
    counts = dict.fromkeys(RESULTS, 0)
    pictures, refusals = 0, Counter[str]()
    began, total = datetime.now(UTC), _total(archives)
    for row in rows:
        counts[row.result] += 1
        pictures += row.pictures
        refusals.update([row.why or ""] if row.result == "refused" else [])
        if options["as_json"]:
            click.echo(json.dumps(row.to_json(), ensure_ascii=False))
        elif row.result == "refused":
            _over_progress(f"{row.file}: {row.why}")
        _progress(counts, total)
    _over_progress("")
    sums = {**counts, "pictures": pictures, "dry_run": options["dry_run"]}
    told = list(subjects.told())
    if options["as_json"]:
        took = (datetime.now(UTC) - began).total_seconds()
        whole = {**sums, "seconds": round(took, 1), "subjects": list(map(vars, told))}
        whole["refusals"] = dict(refusals.most_common(_MOST_TOLD))
        click.echo(json.dumps({"summary": whole}, ensure_ascii=False))
    else:
        for one in told[:_MOST_TOLD]:
            became = f"{one.becomes} {one.id}" if one.id else one.becomes
            click.echo(f"{one.stories:,} stories\t{one.name}\t{became}")
        if len(told) > _MOST_TOLD:
            click.echo(f"{len(told) - _MOST_TOLD:,} more names: --json lists them")
        words = ", ".join(f"{number:,} {name}" for name, number in counts.items())
        ahead = "Would be: " if options["dry_run"] else ""
        click.echo(f"{ahead}{words}; {pictures:,} pictures.")
    if counts["refused"] == sum(counts.values()):
        for path in archives:
            click.echo(f"{path}: expected a story, found none", err=True)
        return True
    return False


def _total(archives: list[Path]) -> int | None:
    from tamizdat.newsroom.archives.counting import total_of  # noqa: PLC0415

    return total_of(archives)


def _progress(counts: dict[str, int], total: int | None) -> None:
    done = sum(counts.values())
    # One file may hold several stories: then nobody knows how many are to come.
    of = f" of {total:,}" if total is not None and done <= total else ""
    said = f"{done:,}{of} stories, {counts['refused']:,} refused"
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{said} ")
        sys.stderr.flush()
    elif done % _TOLD_EACH == 0:
        click.echo(said, err=True)


def _over_progress(line: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K")
    if line:
        click.echo(line, err=True)


def _draft_all(
    files: list[Path], desk: "ServicePage", options: dict[str, Any]
) -> list[str]:
    """Draft what files hold; return what was refused, and why. A dry run is undone."""
    from tamizdat.newsroom.wire_desk import by_hand  # noqa: PLC0415 (needs Django)

    with by_hand.undone() if options["dry_run"] else nullcontext():
        return [said for file in files for said in _draft(file, desk, options)]


def _draft(file: Path, desk: "ServicePage", options: dict[str, Any]) -> list[str]:
    """Keep and draft what a file holds; return what was refused, and why."""
    from tamizdat.newsroom.wire_desk import by_hand  # noqa: PLC0415 (needs Django)
    from tamizdat.wire.errors import WireError  # noqa: PLC0415

    refused = []
    try:
        rows = by_hand.draft(file, desk, dry_run=options["dry_run"])
        for row in rows:
            if row.refused:
                refused.append(f"{file}: {row.refused}")
            else:
                article = row.article
                click.echo(row.said if article is None else _admin_address(article))
    except WireError as error:
        refused.append(str(error))
    return refused


def _admin_address(article: Any) -> str:
    from django.conf import settings  # noqa: PLC0415
    from django.urls import reverse  # noqa: PLC0415

    path = reverse("wagtailadmin_pages:edit", args=(article.pk,))
    return f"{settings.WAGTAILADMIN_BASE_URL}{path}"
