"""Settings: what the environment may say, and what stops the start."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from tamizdat.newsroom.home import Organisation, make_home
from tamizdat.newsroom.models.services import refuse_unknown_zone
from tamizdat.server import database

_DUMP = """
import json
from tamizdat.server import settings as s
names = ("DEBUG", "ALLOWED_HOSTS", "SESSION_COOKIE_SECURE", "DATABASES")
names += ("LANGUAGE_CODE", "WAGTAIL_USER_TIME_ZONES")
print(json.dumps({n: getattr(s, n, None) for n in names}, default=str))
"""
_SAY = """
import django
django.setup()
from django.utils.translation import gettext
print(gettext("Mirrors"))
"""


def test_private_newsroom_stands_on_sqlite_without_tls(tmp_path: Path) -> None:
    """On one machine a file is enough, and nobody else is let in."""
    settings = _settings(_home(tmp_path, "127.0.0.1"))

    default = settings["DATABASES"]["default"]
    assert default["ENGINE"].endswith("sqlite3")
    assert "IMMEDIATE" == default["OPTIONS"]["transaction_mode"]
    assert "journal_mode=WAL" in default["OPTIONS"]["init_command"]
    assert 20 == default["OPTIONS"]["timeout"]
    assert settings["DEBUG"] is False
    assert settings["SESSION_COOKIE_SECURE"] is None


def test_zones_are_those_that_browsers_know(tmp_path: Path) -> None:
    """No name of one machine alone is offered, as its own “localtime”."""
    zones = _settings(_home(tmp_path))["WAGTAIL_USER_TIME_ZONES"]

    assert {"UTC", "Asia/Tbilisi", "Europe/Kyiv"} < set(zones)
    assert not {"localtime", "posixrules", "Factory"} & set(zones)
    with pytest.raises(ValidationError, match="no time zone"):
        refuse_unknown_zone("localtime")


def test_public_newsroom_wants_tls(tmp_path: Path) -> None:
    """Cookies leave by TLS alone once editors come from elsewhere."""
    settings = _settings(_home(tmp_path, "desk.news.example"))

    assert settings["SESSION_COOKIE_SECURE"] is True
    assert "desk.news.example" in settings["ALLOWED_HOSTS"]


def test_postgresql_is_taken_apart(tmp_path: Path) -> None:
    """An address with every part, some of them escaped, is understood."""
    url = "postgres://desk:p%40ss@db.example:5433/news"

    found = _settings(_home(tmp_path), TAMIZDAT_DATABASE_URL=url)["DATABASES"]

    assert {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "news",
        "USER": "desk",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": "5433",
    }.items() <= found["default"].items()


@pytest.mark.parametrize(
    ("url", "host", "proof"),
    [
        ("postgres:///news", "", {}),
        ("postgres://desk@127.0.0.1/news", "127.0.0.1", {}),
        ("postgres://desk@%2Frun%2FDb/news", "/run/Db", {}),
        ("postgres://desk@[::1]:5433/news", "::1", {}),
        ("postgres://db.example/news", "db.example", {"sslmode": "verify-full"}),
        ("postgres://db/news?sslmode=require", "db", {"sslmode": "require"}),
        (
            "postgres://db/news?sslrootcert=/etc/db.crt",
            "db",
            {"sslmode": "verify-full", "sslrootcert": "/etc/db.crt"},
        ),
    ],
)
def test_database_elsewhere_proves_who_it_is(
    url: str, host: str, proof: dict[str, str]
) -> None:
    """Drafts leave the machine by TLS with a checked name, or by an operator's word."""
    found = database.postgresql(url)
    told = {k: v for k, v in found["OPTIONS"].items() if k.startswith("ssl")}

    assert (host, proof) == (found["HOST"], told)


@pytest.mark.lab(one_in=3)
@pytest.mark.parametrize(
    "url",
    [
        "",
        "mysql://user:pa55/word@a/b",
        "postgres://user:pa55word@host/",
        "postgres://user:pa55word@h/a/b",
        "postgres://user:pa55word@h/a?x=1",
        "postgres://user:pa55word@h/a?sslmode=prefer",
        "postgres://user:pa55word@h/a?sslmode",
        "postgres://user:pa55/word@h/a",
        "postgres://user:pa55word@h:99999/a",
        "postgres://[user:pa55word@h/a",
    ],
)
def test_odd_database_stops_the_start_without_telling_the_password(
    tmp_path: Path, url: str
) -> None:
    """The message says what was expected and repeats nothing."""
    told = _refusal(_home(tmp_path), TAMIZDAT_DATABASE_URL=url)

    assert "TAMIZDAT_DATABASE_URL: " in told
    assert "expected" in told


def test_odd_switch_stops_the_start(tmp_path: Path) -> None:
    """Half understood is not understood."""
    told = _refusal(_home(tmp_path), TAMIZDAT_DEBUG="yes")

    assert "TAMIZDAT_DEBUG: expected 0 or 1, found 'yes'" in told


def test_site_speaks_the_language_that_its_file_names(tmp_path: Path) -> None:
    """English where it names none; one that the site does not have is refused."""
    home = _home(tmp_path)
    spoken = [_settings(home)["LANGUAGE_CODE"]]
    file = home / "tamizdat.toml"
    file.write_text(file.read_text() + 'language = "ru"\n')
    spoken.append(_settings(home)["LANGUAGE_CODE"])
    said = _python(home, {"DJANGO_SETTINGS_MODULE": "tamizdat.server.settings"}, _SAY)

    assert "Зеркала" == said.stdout.strip()
    assert ["en", "ru"] == spoken
    file.write_text(file.read_text().replace('"ru"', '"ba"'))
    assert "newsroom.language: expected one of en, ru" in _refusal(home)


def test_second_factor_is_asked_of_roles_that_there_are(tmp_path: Path) -> None:
    """A role nobody can hold would ask nobody: it stops the start; so does no list."""
    home = _home(tmp_path)
    file = home / "tamizdat.toml"
    text = file.read_text()
    file.write_text(text.replace('"operator"', '"boss"'))
    unknown = _refusal(home)
    file.write_text(re.sub("second_factor = .*", "second_factor = 1", text))

    assert "accounts.second_factor: expected roles out of reporter," in unknown
    assert "found boss" in unknown
    assert "accounts.second_factor: expected a list of roles" in _refusal(home)


def test_missing_newsroom_stops_the_start(tmp_path: Path) -> None:
    """A named folder that holds no newsroom is an error, with the way out."""
    assert "tamizdat init" in _refusal(tmp_path)


def _home(folder: Path, host: str = "127.0.0.1") -> Path:
    organisation = Organisation("news.example", "News", 2026)
    return make_home(folder / "newsroom", organisation, host, 8300).path


def _settings(home: Path, **environment: str) -> Any:
    answer = _python(home, environment)
    assert 0 == answer.returncode, answer.stderr
    return json.loads(answer.stdout)


def _refusal(home: Path, **environment: str) -> str:
    answer = _python(home, environment)
    assert 0 != answer.returncode
    assert "pa55" not in answer.stderr
    last = answer.stderr.strip().splitlines()[-1]
    assert last.startswith("django.core.exceptions.ImproperlyConfigured")
    return last


def _python(
    home: Path, environment: dict[str, str], code: str = _DUMP
) -> subprocess.CompletedProcess[str]:
    plain = {k: v for k, v in os.environ.items() if not k.startswith("TAMIZDAT_")}
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**plain, "TAMIZDAT_HOME": str(home), **environment},
        check=False,
        capture_output=True,
        text=True,
    )
