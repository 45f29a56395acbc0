"""`tamizdat init` and a newsroom on SQLite, each in a process of its own."""

import hashlib
import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import template
from patience import PATIENT
from tamizdat.newsroom.home import Organisation, make_home

_ORGANISATION = (
    *("--organisation-id", "news.example"),
    *("--organisation-name", "News"),
)


def test_init_makes_a_newsroom_that_stands(tmp_path: Path) -> None:
    """One command gives a folder, a database and an account.

    From nothing in `make lab`; every day `tests/template.py` begins so.
    """
    home = tmp_path / "newsroom"
    if not PATIENT:
        template.lay(home)
    password = tmp_path / "password"
    password.write_text("a long enough phrase\n")
    _tamizdat(
        "init",
        str(home),
        *("--organisation-id", "news.example", "--organisation-name", "News"),
        *("--editor", "editor", "--password-file", str(password)),
    )

    with sqlite3.connect(home / "newsroom.sqlite3") as database:
        (name,) = database.execute("SELECT username FROM auth_user").fetchone()
        (mode,) = database.execute("PRAGMA journal_mode").fetchone()
    database.close()

    assert ("editor", "wal") == (name, mode)


def test_init_that_gets_a_weak_password_leaves_nothing(tmp_path: Path) -> None:
    """After a weak password the same command can be tried again."""
    (tmp_path / "password").write_text("short\n")
    words = (str(tmp_path / "n"), *_ORGANISATION, "--editor", "editor")
    answer = _tamizdat("init", *words, "--password-file", str(tmp_path / "password"))

    assert 1 == answer.returncode
    assert "the password of editor: This password is too short." in answer.stderr
    assert "Traceback" not in answer.stderr
    assert not (tmp_path / "n").exists()


def test_init_invites_whoever_looks_after_accounts(tmp_path: Path) -> None:
    """The first account opens by a link; no password was typed for somebody else."""
    home = tmp_path / "n"
    template.lay(home)
    answer = _tamizdat("init", str(home), *_ORGANISATION, "--editor", "editor")
    place = r"^http://127.0.0.1:8300/admin/door/link/(\S+)/$"
    (link,) = re.findall(place, answer.stdout, re.MULTILINE)

    with sqlite3.connect(home / "newsroom.sqlite3") as database:
        asked = "SELECT is_active, is_superuser, password FROM auth_user"
        (active, everything, password) = database.execute(asked).fetchone()
        (digest,) = database.execute(
            "SELECT digest FROM newsroom_invitation"
        ).fetchone()
    database.close()

    assert (0, 1, "!") == (active, everything, password[0])
    assert hashlib.sha256(link.encode()).hexdigest() == digest


def test_init_without_an_account_says_how_to_make_one(tmp_path: Path) -> None:
    """Nobody stands before a door without a key."""
    template.lay(tmp_path / "n")
    answer = _tamizdat("init", str(tmp_path / "n"), *_ORGANISATION)
    (tmp_path / "password").write_text("a long enough phrase\n")
    words = ("add", "editor", "--password-file", str(tmp_path / "password"))
    added = _tamizdat("account", *words, home=tmp_path / "n")

    assert f"TAMIZDAT_HOME={tmp_path / 'n'} tamizdat account add NAME" in answer.stdout
    assert "editor can sign in and is one that may do everything.\n" == added.stdout


def test_database_of_no_newsroom_is_named_in_one_line(tmp_path: Path) -> None:
    """An empty database shows no traceback."""
    home = make_home(tmp_path / "n", Organisation("a.example", "A", 2026), "::1", 1)
    answer = _tamizdat("service", "list", "--json", home=home.path)

    assert 1 == answer.returncode
    assert answer.stderr.startswith(f"Error: {home.database}: expected the database")
    assert 1 == len(answer.stderr.splitlines())


@pytest.mark.parametrize(
    ("editor", "password", "told"),
    [
        ("editor", b"", "password: expected a password in line 1, found nothing"),
        ("editor", b"\xff\n", "password: expected a password in UTF-8"),
        ("", b"a long enough phrase", "--editor: expected 1 to 150 letters"),
        ("x" * 151, b"a long enough phrase", "--editor: expected 1 to 150 letters"),
    ],
)
def test_init_makes_nothing_for_an_account_that_is_none(
    tmp_path: Path, editor: str, password: bytes, told: str
) -> None:
    """A newsroom without a way in would have to be thrown away."""
    file = tmp_path / "password"
    file.write_bytes(password)
    words = ("init", str(tmp_path / "newsroom"), "--organisation-id", "news.example")
    account = ("--editor", editor, "--password-file", str(file))
    answer = _tamizdat(*words, "--organisation-name", "News", *account)

    assert told in answer.stderr
    assert "Traceback" not in answer.stderr
    assert not (tmp_path / "newsroom").exists()


def _tamizdat(command: str, *arguments: str, home: Path | None = None) -> Any:
    module = "service_commands" if command == "service" else "commands"
    code = f"from tamizdat.newsroom import {module}; {module}.{command}()"
    quiet = {k: v for k, v in os.environ.items() if not k.startswith("TAMIZDAT_")}
    if home is not None:
        quiet["TAMIZDAT_HOME"] = str(home)
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        check=False,
        capture_output=True,
        text=True,
        env=quiet,
    )
