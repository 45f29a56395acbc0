"""Language services on the command line: `service list`, `add` and `check`.

Django is imported inside the commands, so that `--help` answers at once.
"""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tamizdat.newsroom.commands import start_django
from tamizdat.newsroom.database import reached
from tamizdat.newsroom.errors import NewsroomError

if TYPE_CHECKING:
    from tamizdat.edition.errors import WordsError
    from tamizdat.edition.headings import Heading

_FIELDS = {
    "title": "--name",
    "service_id": "LANGUAGE_OR_ID",
    "time_zone": "--time-zone",
    "territories": "--territories",
}


@click.group()
def service() -> None:
    """Language services."""


@service.command("list")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def list_services(*, as_json: bool) -> None:
    """List the language services, and the language files that are broken.

    Example: tamizdat service list --json
    """
    start_django()
    from tamizdat.newsroom.models import ServicePage  # noqa: PLC0415
    from tamizdat.newsroom.opening import ready, unusable  # noqa: PLC0415

    with reached():
        opened = list(ServicePage.objects.desks())
        reach = ServicePage.objects.reach()
    rows = [_open_row(page) for page in opened]
    rows += [_ready_row(head) for head in ready(page.language for page in opened)]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
    else:
        click.echo("\n".join([*map(_row_line, rows), f"Open: {reach}."]))
    _tell([*unusable().values()])


@service.command("add")
@click.argument("service_id", metavar="LANGUAGE_OR_ID")
@click.option("--name", help="As readers see it.")
@click.option("--language", help="Language tag, as ru, where the id does not tell.")
@click.option("--direction", type=click.Choice(["ltr", "rtl"]))
@click.option("--time-zone", help="As Europe/Moscow.")
@click.option("--calendar", type=click.Choice(["gregorian", "persian"]))
@click.option("--date-style", type=click.Choice(["full", "long", "medium", "short"]))
@click.option("--territories", help="ISO 3166 codes, as RU,BY or RU-BA.")
@click.option("--bio", help="Shown with the byline of articles without an author.")
@click.option(
    "--section",
    "sections",
    multiple=True,
    help="Path and name, as society:Society; once for each.",
)
def add_service(
    service_id: str, sections: tuple[str, ...], **options: str | None
) -> None:
    """Open a service in a language, or at the path LANGUAGE_OR_ID.

    What no option says comes from the file of the language.

    Example: tamizdat service add ba
    """
    start_django()
    from django.core.exceptions import ValidationError  # noqa: PLC0415

    from tamizdat.edition.errors import WordsError  # noqa: PLC0415
    from tamizdat.newsroom import actions  # noqa: PLC0415

    pairs = [_section(text) for text in sections] or None
    given: dict[str, Any] = {k: v for k, v in options.items() if v is not None}
    if "language" not in given:
        service_id = service_id.lower()  # an id may have no capitals; a tag may
    try:
        with reached():
            actions.create_service(service_id, sections=pairs, **given)
    except ValidationError as error:
        raise click.ClickException(_in_a_line(error.message_dict)) from error
    except (NewsroomError, WordsError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{service_id} is open.")


@service.command("check")
@click.argument("files", nargs=-1, type=click.Path(dir_okay=False, path_type=Path))
def check_words(files: tuple[Path, ...]) -> None:
    """Check language FILES, or those of this installation, and name what is wrong.

    Example: tamizdat service check ba.po
    """
    from tamizdat.edition import catalogues, headings  # noqa: PLC0415

    shipped = [headings.FOLDER / f"{tag}.po" for tag in headings.tags()]
    wrong = [
        error
        for file in files or shipped
        for error in catalogues.problems(_bytes_of(file), file.name)
    ]
    _tell(wrong)
    click.echo(f"{len(files or shipped)} language files are as they must be.")


def _tell(wrong: "list[WordsError]") -> None:
    """End with what is wrong with language files, a line each."""
    for line in dict.fromkeys(map(str, wrong)):
        click.echo(line, err=True)
    if wrong:
        raise SystemExit(1)


def _in_a_line(messages: dict[str, list[str]]) -> str:
    shown = {name: texts for name, texts in messages.items() if name != "slug"}
    # The slug follows from the path: what is wrong with one is wrong with the other.
    return "; ".join(
        f"{_FIELDS.get(name, name)}: {' '.join(dict.fromkeys(texts))}"
        for name, texts in (shown or messages).items()
    )


def _open_row(page: Any) -> dict[str, Any]:
    from tamizdat.edition.errors import WordsError  # noqa: PLC0415
    from tamizdat.newsroom.opening import Strings, codes_of, strings  # noqa: PLC0415

    try:
        script, words = page.script, strings(page.language)
    except WordsError:  # told below the list
        script, words = "", Strings(0, 0)
    return {
        "id": page.service_id,
        "name": page.title,
        "language": page.language,
        "direction": page.direction,
        "script": script,
        "territories": codes_of(page.territories),
        "strings": words._asdict(),
        "state": "open",
        "released": page.released,
        "drafts": page.drafts,
    }


def _ready_row(head: "Heading") -> dict[str, Any]:
    """Tell of a service as `service add` would open it."""
    from django.conf import settings  # noqa: PLC0415

    from tamizdat.newsroom.opening import beginning, strings  # noqa: PLC0415

    return {
        "id": head.tag.lower(),
        "name": beginning(head.tag, settings.TAMIZDAT.organisation.name).name,
        "language": head.tag,
        "direction": head.direction,
        "script": head.script,
        "territories": list(head.territories),
        "strings": strings(head.tag)._asdict(),
        "state": "ready",
        "released": 0,
        "drafts": 0,
    }


def _row_line(row: dict[str, Any]) -> str:
    state = f"{row['released']} released" if row["state"] == "open" else "ready"
    words = "{reviewed} strings reviewed, {draft} draft".format(**row["strings"])
    return "\t".join((row["id"], row["language"], row["name"], state, words))


def _bytes_of(file: Any) -> bytes:
    try:
        return bytes(file.read_bytes())
    except OSError as error:
        raise click.ClickException(f"{file}: {error.strerror}") from error


def _section(text: str) -> tuple[str, str]:
    section_id, colon, name = text.partition(":")
    if not colon or not name:
        raise click.UsageError(f"--section: expected PATH:NAME, found {text!r}")
    return section_id, name
