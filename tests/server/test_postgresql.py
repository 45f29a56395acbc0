"""A newsroom whose database is one of a PostgreSQL server."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import template
from patience import PATIENT
from postgres import Postgres
from tamizdat.newsroom.home import Organisation, make_home

MAIN = "from tamizdat.server.cli import main; main()"
WORDS = ("--organisation-id", "news.example", "--organisation-name", "News")


@pytest.mark.both
def test_newsroom_is_set_up_and_found_again(postgres: Postgres, tmp_path: Path) -> None:
    """One setting puts all of it on the server; setting it up again changes nothing.

    From nothing in `make lab`; every day `tests/template.py` begins so.
    """
    like = "template1" if PATIENT else template.migrated_on(postgres)
    url = postgres.create("founded", like)
    home = tmp_path / "newsroom"
    _run(url, home, "init", home, *WORDS)
    _run(url, home, *("service", "add", "ru", "--name", "Новости", "--language", "ru"))
    _run(url, tmp_path / "second", "init", tmp_path / "second", *WORDS)
    listed = _run(url, tmp_path / "second", "service", "list", "--json")

    rows = json.loads(listed)

    assert ["ru"] == [row["id"] for row in rows if row["state"] == "open"]
    assert not (home / "newsroom.sqlite3").exists()


@pytest.mark.both
@pytest.mark.parametrize(
    ("kind", "found"),
    [
        ("ENCODING 'LATIN1' LOCALE 'C'", "found LATIN1"),
        ("ENCODING 'UTF8' LOCALE 'C'", "found letters of ASCII alone"),
    ],
)
def test_database_that_cannot_hold_every_language_is_refused(
    postgres: Postgres, tmp_path: Path, kind: str, found: str
) -> None:
    """An editor would search for a word in small letters and find nothing."""
    name = f"odd_{found[-3:].lower()}"
    with postgres.connect("postgres") as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 {kind}")
    told = _run(postgres.url(name), tmp_path / "n", "init", tmp_path / "n", *WORDS)

    assert f"{name}: expected a database of --template=template0" in told
    assert found in told
    assert not (tmp_path / "n").exists()


def test_server_that_is_not_there_is_named_in_one_line(tmp_path: Path) -> None:
    """Nothing is left behind, and the password is in no message."""
    url = "postgres://desk:pa55word@127.0.0.1:9/news"
    told = _run(url, tmp_path / "n", "init", tmp_path / "n", *WORDS)

    assert told.startswith("Error: news: expected the database of a newsroom, found: ")
    assert 1 == told.count("\n")
    assert "pa55" not in told
    assert not (tmp_path / "n").exists()


@pytest.mark.lab(one_in=3)
@pytest.mark.parametrize(
    "words", [("press", "status"), ("mirror", "list"), ("service", "list")]
)
def test_command_says_in_one_line_that_the_server_is_down(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    """A server that went away makes no traceback."""
    organisation = Organisation("news.example", "News", 2026)
    home = make_home(tmp_path / "newsroom", organisation, "127.0.0.1", 8300)
    told = _run("postgres://desk:pa55word@127.0.0.1:9/news", home.path, *words)

    assert told.startswith("Error: news: expected the database of a newsroom, found: ")
    assert 1 == told.count("\n")
    assert "pa55" not in told


def _run(url: str, home: Path, *words: object) -> str:
    """Run a command as an operator would; return what it printed."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("TAMIZDAT_")}
    done = subprocess.run(
        [sys.executable, "-c", MAIN, *map(str, words)],
        env={**kept, "TAMIZDAT_HOME": str(home), "TAMIZDAT_DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr
