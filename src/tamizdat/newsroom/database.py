"""Bring the newsroom's database up to date, and say in one line what is wrong with it.

Django is imported inside: commands import this before its settings are there.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

_OURS = "tamizdat."
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


def overwrite_freed(*tables: str) -> bool:
    """Let the files of the database hold nothing that was deleted.

    SQLite overwrites what it frees, but not in its log of writes; PostgreSQL keeps rows
    until they are swept up, and its own log for as long as it was told.

    Args:
        tables: from which something was deleted.

    Returns:
        Whether nobody stood in the way; never within a transaction.
    """
    from django.db import connection  # noqa: PLC0415

    if connection.in_atomic_block:
        return False
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for table in tables:
                cursor.execute(f'VACUUM "{table}"')
            return True
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (busy, _pages, _moved) = cursor.fetchone()
        return not busy


def missing() -> list[str]:
    """List the changes of ours that a database has not got yet, oldest first.

    By the names of their files: loading Wagtail's, too, would take a second.
    """
    from django.apps import apps  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from django.db.migrations.recorder import MigrationRecorder  # noqa: PLC0415

    done = set(MigrationRecorder(connection).applied_migrations())
    rooms = [room for room in apps.get_app_configs() if room.name.startswith(_OURS)]
    return [
        f"{room.label}.{file.stem}"
        for room in rooms
        for file in sorted(Path(room.path, "migrations").glob("[0-9]*.py"))
        if (room.label, file.stem) not in done
    ]


def refuse_behind() -> None:
    """Refuse a database that an earlier version made: half of it could not be read.

    Raises:
        click.ClickException: it lacks changes.
    """
    with reached():
        found = missing()
    if found:
        message = f"the database lacks {len(found)} changes, from {found[0]} on"
        raise click.ClickException(f"{message}: bring it up to date: tamizdat upgrade")


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
