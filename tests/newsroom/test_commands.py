"""The newsroom on the command line."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from tamizdat.newsroom import commands
from tamizdat.newsroom.models import ArticlePage, ServicePage

SAMPLE = Path(__file__).parents[1] / "wire/samples/en_byline.txt"


def test_service_is_opened_and_listed(db: None) -> None:
    """A service made on the command line is one of the site."""
    add = _run(
        commands.service,
        *("add", "ru", "--name", "Новости", "--language", "ru"),
        *("--section", "society:Общество", "--section", "law:Право"),
    )
    listed = _run(commands.service, "list", "--json")

    assert 0 == add.exit_code, add.output
    assert [("ru", "Новости", 0)] == [
        (row["id"], row["name"], row["released"]) for row in json.loads(listed.output)
    ]
    assert ["society", "law"] == [
        section.section_id for section in ServicePage.objects.get().sections.all()
    ]


def test_odd_service_path_is_refused_in_one_line(db: None) -> None:
    """Wrong use is told without a traceback."""
    answer = _run(commands.service, "add", "Мир", "--name", "Мир", "--language", "ru")

    assert 1 == answer.exit_code
    assert answer.output.startswith("Error: Use 1 to 30 small letters")


def test_section_without_a_name_is_wrong_use(db: None) -> None:
    """The message says what a section looks like."""
    answer = _run(
        commands.service,
        *("add", "ru", "--name", "Мир", "--language", "ru", "--section", "society"),
    )

    assert 2 == answer.exit_code
    assert "PATH:NAME" in answer.output


def test_wire_copy_becomes_a_draft_at_a_desk(english: ServicePage) -> None:
    """Agency copy waits for an editor, at the address the command prints."""
    answer = _run(commands.wire_import, str(SAMPLE), "--service", "en")

    article = ArticlePage.objects.get()

    assert 0 == answer.exit_code, answer.output
    assert f"/admin/pages/{article.pk}/edit/" in answer.output
    assert not article.live
    assert article.newest_release is None


def test_bad_file_is_named_and_the_others_go_on(
    english: ServicePage, tmp_path: Path
) -> None:
    """One bad file costs one line."""
    bad = tmp_path / "bad.bin"
    bad.write_bytes(b"\x00\x01\x02")

    answer = _run(commands.wire_import, str(bad), str(SAMPLE), "--service", "en")

    assert 1 == answer.exit_code
    assert "bad.bin" in answer.stderr
    assert ArticlePage.objects.count() == 1


def test_unknown_desk_is_refused(db: None) -> None:
    """Copy is not lost in a service that does not exist."""
    answer = _run(commands.wire_import, str(SAMPLE), "--service", "xx")

    assert "xx: no such service" in answer.output


def test_init_makes_a_newsroom_that_stands(tmp_path: Path) -> None:
    """One command gives a folder, a database and an account."""
    home = tmp_path / "newsroom"
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


def test_help_comes_without_django() -> None:
    """Asking what a command does costs no start of Django."""
    code = "import sys, tamizdat.newsroom.commands; print('django' in sys.modules)"

    answer = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    )

    assert "False" == answer.stdout.strip()


def _run(command: Any, *arguments: str) -> Any:
    return CliRunner().invoke(command, arguments)


def _tamizdat(command: str, *arguments: str) -> None:
    code = f"from tamizdat.newsroom import commands; commands.{command}()"
    quiet = {k: v for k, v in os.environ.items() if not k.startswith("TAMIZDAT_")}
    subprocess.run([sys.executable, "-c", code, *arguments], check=True, env=quiet)
