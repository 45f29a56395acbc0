"""The newsroom on the command line."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.contrib.auth import get_user_model
from django.test import Client

from tamizdat.newsroom import commands, service_commands
from tamizdat.newsroom.archives.commands import wire_import
from tamizdat.newsroom.models import ArticlePage, ServicePage

_ORGANISATION = (
    *("--organisation-id", "news.example"),
    *("--organisation-name", "News"),
)
SAMPLE = Path(__file__).parents[1] / "wire/samples/en_byline.txt"


def test_service_is_opened_and_listed(db: None) -> None:
    """A service made on the command line is one of the site."""
    add = _run(
        service_commands.service,
        *("add", "ru", "--name", "Новости", "--language", "ru"),
        *("--section", "society:Общество", "--section", "law:Право"),
    )
    listed = _run(service_commands.service, "list", "--json")

    assert 0 == add.exit_code, add.output
    assert [("ru", "Новости", 0)] == [
        (row["id"], row["name"], row["released"])
        for row in json.loads(listed.output)
        if row["state"] == "open"
    ]
    assert ["society", "law"] == [
        section.section_id for section in ServicePage.objects.get().sections.all()
    ]


def test_odd_service_path_is_refused_in_one_line(db: None) -> None:
    """Wrong use is told without a traceback."""
    answer = _run(
        service_commands.service, "add", "Мир", "--name", "Мир", "--language", "ru"
    )

    assert 1 == answer.exit_code
    assert answer.output.startswith("Error: LANGUAGE_OR_ID: Use 1 to 30 small letters")


def test_section_without_a_name_is_wrong_use(db: None) -> None:
    """The message says what a section looks like."""
    answer = _run(
        service_commands.service,
        *("add", "ru", "--name", "Мир", "--language", "ru", "--section", "society"),
    )

    assert 2 == answer.exit_code
    assert "PATH:NAME" in answer.output


def test_wire_copy_becomes_a_draft_at_a_desk(english: ServicePage) -> None:
    """Agency copy waits for an editor, at the address the command prints."""
    answer = _run(wire_import, str(SAMPLE), "--service", "en")

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

    answer = _run(wire_import, str(bad), str(SAMPLE), "--service", "en")

    assert 1 == answer.exit_code
    assert "bad.bin" in answer.stderr
    assert ArticlePage.objects.count() == 1


def test_unknown_desk_is_refused(db: None) -> None:
    """Copy is not lost in a service that does not exist."""
    answer = _run(wire_import, str(SAMPLE), "--service", "xx")

    assert "xx: no such service" in answer.output


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--name", ""), "--name: This field cannot be blank."),
        (("--name", "x" * 300), "--name: Ensure this value has at most 255"),
        (("--language", "ru ru"), "language: Use a language tag"),
        (("--language", "qq"), "language: No language has this tag"),
        (("--time-zone", "Mars"), "--time-zone: “Mars” is no time zone"),
        (("--section", "A B:x"), "section A B: Use 1 to 60 small letters"),
        (("--section", "a:x", "--section", "a:y"), "sections: expected each path once"),
    ],
)
def test_odd_value_of_a_service_is_named_in_one_line(
    db: None, words: tuple[str, ...], told: str
) -> None:
    """The line says which value is odd, and no service is opened."""
    values = ("add", "ru", "--name", "News", "--language", "ru")
    answer = _run(service_commands.service, *values, *words)

    assert 1 == answer.exit_code
    assert answer.output.startswith(f"Error: {told}")
    assert 1 == len(answer.output.splitlines())
    assert not ServicePage.objects.exists()


def test_service_that_exists_is_named_once(english: ServicePage) -> None:
    """The operator learns that the path is taken, and nothing of slugs."""
    answer = _run(
        service_commands.service, "add", "en", "--name", "News", "--language", "en"
    )

    assert "Error: LANGUAGE_OR_ID: a service en is open already\n" == (answer.output)


@pytest.mark.parametrize(
    ("language", "words", "direction"),
    [
        ("fa", (), "rtl"),
        ("uz-Arab", (), "rtl"),
        ("ru", (), "ltr"),
        ("ku", ("--direction", "rtl"), "rtl"),
    ],
)
def test_script_of_the_language_gives_the_direction(
    db: None, language: str, words: tuple[str, ...], direction: str
) -> None:
    """A Persian paper is never set from left to right by a forgotten option."""
    answer = _run(
        service_commands.service,
        "add",
        "x",
        "--name",
        "N",
        "--language",
        language,
        *words,
    )

    assert 0 == answer.exit_code, answer.output
    assert direction == ServicePage.objects.get().direction


@pytest.mark.parametrize("password", ["123", "short", "password", "editor12"])
def test_account_with_a_weak_password_is_refused_in_one_line(
    db: None, tmp_path: Path, password: str
) -> None:
    """What anybody would try first opens no newsroom."""
    file = tmp_path / "password"
    file.write_text(f"{password}\n")
    answer = _run(commands.account, "add", "editor1", "--password-file", str(file))

    assert 1 == answer.exit_code
    assert answer.output.startswith("Error: the password of editor1: ")
    assert 1 == len(answer.output.splitlines())
    assert not get_user_model().objects.exists()


def test_account_that_is_added_can_sign_in(db: None, client: Client) -> None:
    """One command opens the editors' site; the same name is not given twice."""
    typed = "a long enough phrase\n" * 2
    answer = CliRunner().invoke(commands.account, ["add", "editor"], input=typed)
    again = CliRunner().invoke(commands.account, ["add", "editor"], input=typed)

    assert 0 == answer.exit_code, answer.output
    assert "editor can sign in and is one that may do everything.\n" in answer.output
    assert client.login(username="editor", password="a long enough phrase")  # noqa: S106
    assert "Error: editor: an account of this name exists already" in again.output


def test_file_that_cannot_be_read_is_named_in_one_line(
    english: ServicePage, tmp_path: Path
) -> None:
    """File, place, what was expected, what was found."""
    file = tmp_path / "missing.txt"
    answer = _run(wire_import, str(file), "--service", "en")

    assert 1 == answer.exit_code
    assert answer.stderr.startswith(f"{file}: the file: expected a file that can be re")
    assert "no such file" in answer.stderr
    assert 1 == len(answer.stderr.splitlines())


def test_folder_without_a_story_is_named(english: ServicePage, tmp_path: Path) -> None:
    """Nothing came in, and nobody is left to guess why."""
    answer = _run(wire_import, str(tmp_path), "--service", "en")

    assert 1 == answer.exit_code
    assert f"{tmp_path}: expected a story, found none" in answer.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("News Ex", "News"), "organisation.id: expected a domain in small letters"),
        (("news.example", 'a"b'), "organisation.name: expected 1 to 99 characters"),
        (("news.example", "News", "--host", "a b"), "newsroom.host: expected a host"),
        (("news.example", "News", "--port", "0"), "newsroom.port: expected 1 to 65535"),
    ],
)
def test_odd_value_of_a_newsroom_is_named_in_one_line(
    tmp_path: Path, words: tuple[str, ...], told: str
) -> None:
    """The line speaks in words, not in the signs of a rule."""
    given = ("--organisation-id", words[0], "--organisation-name", *words[1:])
    answer = _run(commands.init, str(tmp_path / "newsroom"), *given)

    assert 1 == answer.exit_code
    assert told in answer.output
    assert 1 == len(answer.output.splitlines())


def test_folder_that_cannot_be_made_is_named_in_one_line(tmp_path: Path) -> None:
    """A file in the way is told without a traceback."""
    (tmp_path / "file").write_text("")
    place = tmp_path / "file" / "newsroom"
    given = ("--organisation-id", "news.example", "--organisation-name", "News")
    answer = _run(commands.init, str(place), *given)

    wanted = f"Error: {place}: expected a folder that can be written, Not a directory\n"
    assert wanted == answer.output


def test_help_comes_without_django() -> None:
    """Asking what a command does costs no start of Django."""
    code = "import sys, tamizdat.newsroom.commands; print('django' in sys.modules)"

    answer = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    )

    assert "False" == answer.stdout.strip()


def _run(command: Any, *arguments: str) -> Any:
    return CliRunner().invoke(command, arguments)
