"""One newsroom for the whole test run: its own folder, a migrated database in memory.

With TESTS_ON=postgresql the database is one of a PostgreSQL server made for the run.
The folder must stand before settings are read, and Django be ready before the
conftest of a room imports models.
"""

import atexit
import gc
import os
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django
import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core import management
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings

import template
from patience import examples, leave_to_the_lab
from postgres import Postgres, PostgresMissingError
from tamizdat.newsroom.home import Organisation, make_home

if TYPE_CHECKING:
    from tamizdat.newsroom.models import ServicePage

_FOLDER = tempfile.TemporaryDirectory(prefix="tamizdat-tests-")
_ORGANISATION = Organisation("demo.tamizdat.example", "Demo Press", 2026)

# Some hundred processes are started: each would compile Django anew where an image
# forbids to keep what was compiled.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# No test fails because the machine is slow: neither one example nor their making.
settings.register_profile(
    "calm",
    deadline=None,
    max_examples=examples(30, 300),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("calm")

# Nobody is asked for a second factor, but by the tests of the door.
make_home(Path(_FOLDER.name) / "newsroom", _ORGANISATION, "127.0.0.1", 8300, ())
os.environ["TAMIZDAT_HOME"] = str(Path(_FOLDER.name) / "newsroom")
os.environ["DJANGO_SETTINGS_MODULE"] = "tamizdat.server.settings"
os.environ.pop("TAMIZDAT_DATABASE_URL", None)
os.environ.pop("TAMIZDAT_DEBUG", None)


def _start_postgres() -> Postgres | str:
    """Start the server if it is asked for; else say why there is none."""
    if os.environ.get("TESTS_ON", "sqlite") != "postgresql":
        return "shown on PostgreSQL: `make databases`"
    folder = Path(_FOLDER.name) / "postgres"
    Path(_FOLDER.name).chmod(0o711)  # the server's account passes through
    folder.mkdir()
    try:
        server = Postgres(folder)
    except PostgresMissingError as error:
        return str(error)
    atexit.register(server.stop)
    os.environ["TAMIZDAT_DATABASE_URL"] = server.url("newsroom")
    return server


_SERVER = _start_postgres()
gc.disable()  # until all is loaded: none of it is garbage
django.setup()
# Passwords are hashed as elsewhere, in fewer rounds: else a third of a second for each.
PBKDF2PasswordHasher.iterations = 1_000


def pytest_collection_finish() -> None:
    """Look for garbage in what tests make, not in the modules again and again."""
    gc.freeze()
    gc.enable()
    gc.set_threshold(50_000, 20, 100)


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Leave dear tests to the lab; skip with the reason where a server is missing."""
    leave_to_the_lab(config, items)
    if isinstance(_SERVER, str) and os.environ.get("TESTS_ON") == "postgresql":
        for item in items:
            item.add_marker(pytest.mark.skip(reason=_SERVER))


@pytest.fixture
def postgres() -> Postgres:
    """Give the server whose database the newsroom of this run is."""
    if isinstance(_SERVER, str):
        pytest.skip(_SERVER)
    return _SERVER


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_blocker: Any) -> Iterator[None]:
    """Begin with an empty newsroom, so that no migration has to be gone through.

    SQLite keeps the one in memory as long as somebody holds it open.
    """
    from django.db import connection  # noqa: PLC0415 (needs Django ready)

    if isinstance(_SERVER, Postgres):
        connection.settings_dict["TEST"]["TEMPLATE"] = template.migrated_on(_SERVER)
        yield
        return
    name = connection.creation._get_test_db_name()  # noqa: SLF001 (there is no other)
    with (
        closing(sqlite3.connect(name, uri=True)) as memory,
        closing(sqlite3.connect(template.migrated())) as kept,
    ):
        kept.backup(memory)
        yield


def _begin_again(test: TransactionTestCase) -> None:
    """Copy the empty newsroom anew: to empty each table takes ten times as long."""
    from django.db import connection  # noqa: PLC0415 (needs Django ready)

    if connection.vendor != "sqlite":
        _EMPTIED(test)
        return
    connection.ensure_connection()
    with closing(sqlite3.connect(template.migrated())) as kept:
        kept.backup(connection.connection)


_EMPTIED = TransactionTestCase._fixture_teardown  # noqa: SLF001 (there is no other)
TransactionTestCase._fixture_teardown = _begin_again  # noqa: SLF001 (the same)


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest, django_db_blocker: Any) -> None:
    """Let a test that commits for real be cleaned up: there it empties the tables."""
    from django.db import connection  # noqa: PLC0415 (needs Django ready)

    with pytest.MonkeyPatch.context() as patch:
        # What it began with has gone through the migrations and what follows them.
        patch.setattr(management, "call_command", lambda *_words, **_settings: None)
        request.getfixturevalue("django_db_setup")
    if connection.vendor != "sqlite":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "DROP TRIGGER newsroom_release_no_truncate ON newsroom_release"
            )


@pytest.fixture
def editor(db: None) -> Any:
    """Give the account of an editor who may do everything."""
    from django.contrib.auth import get_user_model  # noqa: PLC0415 (the same)

    account = get_user_model()(username="editor", is_superuser=True, is_staff=True)
    account.set_unusable_password()
    account.save()
    return account


@pytest.fixture
def second(db: None) -> Any:
    """Give another account that may do everything: some things take two people."""
    from django.contrib.auth import get_user_model  # noqa: PLC0415 (the same)

    return get_user_model().objects.create_superuser("second")


@pytest.fixture
def english(db: None) -> "ServicePage":
    """Give an open service in English."""
    sections = [("society", "Society"), ("law", "Law")]
    return _service(
        *("en", "Demo Press", "en", sections),
        bio="We report what is kept from you.",
        hold_seconds=0,  # a release that is pressed is out
    )


@pytest.fixture
def persian(db: None) -> "ServicePage":
    """Give an open service in Persian."""
    return _service(
        "fa",
        "دموپرس",
        "fa",
        [("society", "جامعه")],
        direction="rtl",
        calendar="persian",
        time_zone="Asia/Tehran",
        territories="IR, AF",
        notice_designation="این رسانه",
        notice_paragraphs="یک\n\nدو",
        notice_more="بیشتر",
        hold_seconds=0,
    )


@pytest.fixture
def russian(db: None) -> "ServicePage":
    """Give an open service in Russian."""
    return _service("ru", "Новости", "ru", [("society", "Общество")], hold_seconds=0)


def _service(service_id: str, *words: Any, **fields: Any) -> "ServicePage":
    from again import made_again  # noqa: PLC0415 (the same)
    from tamizdat.newsroom import actions  # noqa: PLC0415 (the same)
    from tamizdat.newsroom.models import ServicePage  # noqa: PLC0415 (the same)

    beside = list(ServicePage.objects.values_list("service_id", flat=True))
    made_again(
        f"{service_id} beside {beside}",
        lambda: actions.create_service(service_id, *words, **fields),
    )
    return ServicePage.objects.get(service_id=service_id)
