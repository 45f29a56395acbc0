"""The newsroom on the command line: `init`, `account`.

Django is imported inside the commands, so that `--help` answers at once.
"""

import gc
import json
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from tamizdat.newsroom.database import migrate, missing, reached
from tamizdat.newsroom.errors import NewsroomError
from tamizdat.newsroom.home import NOWHERE, Organisation, make_home, unmade_on_failure

PORT = 8300  # of the editors' site, unless another is given
ADD_ACCOUNT = "tamizdat account add NAME"  # what makes an account
_ACCOUNT = re.compile(r"[\w.@+-]{1,150}")  # what Django takes as a name


@click.command()
@click.argument("directory", type=click.Path(file_okay=False, path_type=Path))
@click.option("--organisation-id", required=True, help="A domain you hold.")
@click.option("--organisation-name", required=True, help="As readers see it.")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=PORT, show_default=True)
@click.option("--editor", help="Make a first account of this name.")
@click.option("--password-file", type=click.File(), help="Its password, not a link.")
def init(directory: Path, editor: str | None, password_file: Any, **who: Any) -> None:
    """Set up a newsroom in DIRECTORY.

    Example: tamizdat init newsroom --organisation-id news.example
    --organisation-name "The News" --editor editor
    """
    password = None
    if editor is not None and password_file is not None:
        password = _password("--editor", editor, password_file)
    since = datetime.now(UTC).year
    organisation = Organisation(who["organisation_id"], who["organisation_name"], since)
    try:
        home = make_home(directory, organisation, who["host"], who["port"])
    except NewsroomError as error:
        raise click.ClickException(str(error)) from error
    with unmade_on_failure(home):
        start_django(home.path)
        if editor is not None and password is not None:
            _check_password(editor, password)  # before what takes seconds
        with reached():
            migrate()
        if editor is not None:
            token = _first_account(editor, password)
    click.echo(f"A newsroom stands in {directory}.")
    if editor is not None and token is not None:
        click.echo(f"{editor} opens the first account with this link, once:")
        click.echo(token)
    if editor is None:
        click.echo(f"Nobody can sign in yet. TAMIZDAT_HOME={directory} {ADD_ACCOUNT}")


@click.command()
def upgrade() -> None:
    """Bring the database of a newsroom up to date after a newer version came.

    End what runs first, and make a backup: there is no way back.

    Example: TAMIZDAT_HOME=newsroom tamizdat upgrade
    """
    start_django()
    with reached():
        found = missing()
        migrate()
        from tamizdat.newsroom import recleaning  # noqa: PLC0415 (needs Django)

        number = recleaning.waiting()
    for name in found:
        click.echo(name)
    click.echo("The database is up to date.")
    if number:
        words = "were kept by an older version: tamizdat library clean"
        click.echo(f"{number} sounds and documents {words}")


def _first_account(name: str, password: str | None) -> str | None:
    """Make the account of whoever looks after all others.

    Returns:
        the link that opens it, where no password was given.
    """
    if password is not None:
        _make_account(name, password)
        return None
    from tamizdat.newsroom.doors import invitations  # noqa: PLC0415 (needs Django)

    with refusals():
        return invitations.address_of(invitations.invite(name, (), everything=True))


@click.group()
def account() -> None:
    """Accounts of the editors' site."""


@account.command("add")
@click.argument("name")
@click.option("--password-file", type=click.File(), help="Its password, one line.")
@click.option(
    "--role",
    "roles",
    multiple=True,
    metavar="ROLE@SERVICE",
    help="What it may, where; once for each. Without one it may do everything.",
)
def add_account(name: str, password_file: Any, roles: tuple[str, ...]) -> None:
    """Make an account of this NAME; without a role it may do everything.

    Example: tamizdat account add anna --role editor@ru --role translator@fa
    """
    start_django()
    with refusals():
        seats = seats_of(roles)
    password = _password("NAME", name, password_file)
    with reached():
        _make_account(name, password, seats)
    click.echo(f"{name} can sign in and is {in_words(roles)}.")


@account.command("list")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def list_accounts(*, as_json: bool) -> None:
    """List the accounts and their roles.

    Example: tamizdat account list --json
    """
    start_django()
    from tamizdat.newsroom import accounts  # noqa: PLC0415

    with reached():
        rows = accounts.listed()
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        may = in_words(row["roles"], everything=row["everything"])
        click.echo(f"{row['name']}\t{may}{'' if row['open'] else ', closed'}")


@account.command("role")
@click.argument("name")
@click.option("--add", "given", multiple=True, metavar="ROLE@SERVICE", help="Give it.")
@click.option(
    "--remove", "taken", multiple=True, metavar="ROLE@SERVICE", help="Take it."
)
@click.option(
    "--everything/--only-roles",
    default=None,
    help="Whether it may do everything or only what its roles bring.",
)
def change_account(
    name: str,
    given: tuple[str, ...],
    taken: tuple[str, ...],
    *,
    everything: bool | None,
) -> None:
    """Change what the account NAME may, and say what it may now.

    Example: tamizdat account role anna --add chief-editor@ru --remove editor@ru
    """
    start_django()
    from django.db import transaction  # noqa: PLC0415

    from tamizdat.newsroom import accounts  # noqa: PLC0415

    with refusals(), transaction.atomic():
        person = accounts.account_of(name)
        accounts.change_roles(person, seats_of(given), seats_of(taken))
        if everything is not None:
            accounts.set_everything(person, may=everything)
        roles = accounts.roles_of(person)
    click.echo(f"{name} is {in_words(roles, everything=person.is_superuser)}.")


@contextmanager
def refusals() -> Iterator[None]:
    """Say in one line what a verb refuses."""
    try:
        with reached():
            yield
    except NewsroomError as error:
        raise click.ClickException(str(error)) from error


def seats_of(roles: Iterable[str]) -> list[Any]:
    """Find the groups behind roles as people write them, as "editor@ru"."""
    from tamizdat.newsroom import accounts  # noqa: PLC0415

    return [accounts.seat_of(text) for text in roles]


def in_words(roles: Sequence[str], *, everything: bool | None = None) -> str:
    """Say what an account may; None takes one without roles for one that may all."""
    if everything or (everything is None and not roles):
        return "one that may do everything"
    return ", ".join(roles) or "without a role: it can sign in nowhere"


def start_django(home: Path | None = None) -> None:
    """Load Django for one newsroom.

    Args:
        home: its folder; None leaves it to the environment.

    Raises:
        click.ClickException: the newsroom's folder or an odd setting stops the start.
    """
    import django  # noqa: PLC0415
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415

    if home is not None:
        os.environ["TAMIZDAT_HOME"] = str(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tamizdat.server.settings")
    gc.disable()  # a fifth of the time would go into looking for garbage in modules
    try:
        django.setup()
    except ImproperlyConfigured as error:
        where = "TAMIZDAT_DATABASE_URL: " if "psycopg" in str(error) else ""
        raise click.ClickException(f"{where}{error}") from error
    finally:
        gc.freeze()
        gc.enable()
    from django.conf import settings  # noqa: PLC0415

    if settings.TAMIZDAT.organisation.id == NOWHERE:
        folder = settings.TAMIZDAT.path
        raise click.ClickException(f"{folder}: no newsroom here; `tamizdat init` it")


def _password(label: str, account: str, file: Any) -> str:
    """Read the password of an account, or ask for it, before anything is made."""
    if not _ACCOUNT.fullmatch(account):
        wanted = "1 to 150 letters, digits and @ . + - _"
        raise click.UsageError(f"{label}: expected {wanted}, found {account[:40]!r}")
    if file is None:
        asked: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
        return asked
    try:
        password: str = file.readline().rstrip("\r\n")
    except UnicodeDecodeError as error:
        message = f"{file.name}: expected a password in UTF-8, found other bytes"
        raise click.ClickException(message) from error
    if not password:
        message = f"{file.name}: expected a password in line 1, found nothing"
        raise click.ClickException(message)
    return password


def _make_account(name: str, password: str, seats: Sequence[Any] = ()) -> None:
    from django.contrib.auth import get_user_model  # noqa: PLC0415

    accounts = get_user_model().objects
    if accounts.filter(username=name).exists():
        raise click.ClickException(f"{name}: an account of this name exists already")
    _check_password(name, password)
    if not seats:
        accounts.create_superuser(name, password=password)
        return
    from django.db import transaction  # noqa: PLC0415

    from tamizdat.newsroom.accounts import change_roles  # noqa: PLC0415

    with transaction.atomic():
        change_roles(accounts.create_user(name, password=password), seats, ())


def _check_password(name: str, password: str) -> None:
    from django.contrib.auth import get_user_model  # noqa: PLC0415
    from django.contrib.auth.password_validation import (  # noqa: PLC0415
        validate_password,
    )
    from django.core.exceptions import ValidationError  # noqa: PLC0415

    try:
        validate_password(password, get_user_model()(username=name))
    except ValidationError as error:
        message = f"the password of {name}: {' '.join(error.messages)}"
        raise click.ClickException(message) from error
