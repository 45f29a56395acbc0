"""Bring the newsroom's database up to date, and say in one line what is wrong with it.

Django is imported inside: commands import this before its settings are there.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

JOURNAL_FAST = "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF;"
LETTERS = "--template=template0 --encoding=UTF8 --locale=C.UTF-8"  # of createdb


@contextmanager
def reached() -> Iterator[None]:
    """Say in one line that a database is not there or not one of a newsroom.

    Raises:
        click.ClickException: what was found in its place.
    """
    from django.conf import settings  # noqa: PLC0415
    from django.db import DatabaseError, InterfaceError  # noqa: PLC0415

    try:
        yield
    except (DatabaseError, InterfaceError) as error:
        place = settings.DATABASES["default"]["NAME"]
        found = str(error).partition("\n")[0]
        message = f"{place}: expected the database of a newsroom, found: {found}"
        raise click.ClickException(message) from error


def migrate() -> None:
    """Bring the database up to date.

    Raises:
        click.ClickException: it cannot hold every language.
    """
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    if connection.vendor == "sqlite":
        _hurry(connection)
    else:
        _refuse_few_letters(connection)
    call_command("migrate", verbosity=0, interactive=False)
    connection.close()  # the next one opens with the careful settings again


def _hurry(connection: Any) -> None:
    """Skip the disk's confirmations while a fresh database holds nothing to lose."""
    if not connection.introspection.table_names():
        with connection.cursor() as cursor:
            for pragma in JOURNAL_FAST.split(";"):
                cursor.execute(pragma)


def _refuse_few_letters(connection: Any) -> None:
    """Refuse a database of another encoding, or one whose search knows ASCII alone."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_encoding")
        (found,) = cursor.fetchone()
        if found == "UTF8":
            cursor.execute("SELECT lower('Ж')")
            if cursor.fetchone() == ("ж",):
                return
            found = "letters of ASCII alone"
    name = connection.settings_dict["NAME"]
    message = f"{name}: expected a database of {LETTERS}, found {found}"
    raise click.ClickException(message)
