"""Commands told wrong things: one clear line, exit status 1 or 2, nothing written."""

import json
import subprocess
import sys

import pytest

import documents
from server.conftest import tamizdat


@pytest.fixture
def keys(tmp_path):
    """Give keys made by the command."""
    run = tamizdat(
        *("keys", "new", tmp_path / "keys"),
        *("--organisation", "press.example", "--service", "en"),
    )
    assert run.returncode == 0, run.stderr
    return tmp_path / "keys"


def build(tmp_path, rows, keys, *more):
    """Build editions from documents."""
    content = documents.write(tmp_path / "content.jsonl", rows)
    return tamizdat(
        "edition", "build", content, tmp_path / "out", "--keys", keys, *more
    )


def said(run):
    """Check that a command failed in one line; return the line."""
    assert 1 == run.returncode, run.stdout + run.stderr
    assert "Traceback" not in run.stderr
    return run.stderr.strip().splitlines()[-1]


def test_keys_build_and_verify_need_no_database(tmp_path, keys):
    """A file of stories becomes a verified edition with three commands."""
    built = build(tmp_path, [documents.service(), documents.story(1)], keys)
    checked = tamizdat("edition", "verify", tmp_path / "out")

    assert "en: edition 1, tree " in built.stdout
    assert "en: edition 1, signed " in checked.stdout
    assert (0, 0) == (built.returncode, checked.returncode)


def test_bad_story_stops_the_build_unless_told_to_go_on(tmp_path, keys):
    """Others are built only on request, and what is left out is said."""
    bad = documents.story(2)
    bad["surprise"] = 1
    rows = [documents.service(), documents.story(1), bad]
    refused = build(tmp_path, rows, keys)
    going_on = build(tmp_path, rows, keys, "--keep-going")

    assert (
        "content.jsonl line 3 (en/story-2): surprise: unknown field" in refused.stderr
    )
    assert 1 == refused.returncode
    assert "left out: content.jsonl line 3" in going_on.stderr
    assert 0 == going_on.returncode


def test_missing_service_key_is_named(tmp_path, keys):
    """The message says which file was expected."""
    (keys / "service-en.key").unlink()
    run = build(tmp_path, [documents.service(), documents.story(1)], keys)

    assert f"{keys}/service-en.key: no such key" in said(run)
    assert not (tmp_path / "out" / "en" / "latest").exists()


def test_keys_are_never_made_over_others(tmp_path, keys):
    """A second `keys new` loses nothing."""
    before = (keys / "log.key").read_bytes()
    run = tamizdat(
        "keys", "new", keys, "--organisation", "x.example", "--service", "en"
    )

    assert "holds keys already" in said(run)
    assert before == (keys / "log.key").read_bytes()


@pytest.mark.parametrize(
    "words",
    [
        ("edition", "verify", "nowhere"),
        ("edition", "verify", "ftp://mirror.example"),
        ("edition", "verify", "http://127.0.0.1:9"),
        ("edition", "build", "none.jsonl", "out", "--keys", "keys"),
        ("wire", "parse", "none.txt"),
        ("press", "status"),
        ("press", "run"),
        ("mirror", "push"),
        ("mirror", "list"),
        ("service", "list"),
    ],
)
def test_wrong_place_is_one_clear_line(tmp_path, monkeypatch, words):
    """What is missing is named, and nothing is half-made."""
    monkeypatch.chdir(tmp_path)

    assert said(tamizdat(*words))
    assert [] == list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["nothing.epub", "nowhere/nothing.txt", "nowhere"])
def test_file_to_verify_that_is_not_there_is_named(tmp_path, monkeypatch, name):
    """A name may be that of a file or of a mirror's directory: it is neither."""
    monkeypatch.chdir(tmp_path)
    run = tamizdat("edition", "verify", name)

    assert f"Error: {name}: no such file or directory" == said(run)


@pytest.mark.parametrize(
    "words", [("nothing",), ("edition", "build"), ("keys", "new", "x"), ("demo", "--x")]
)
def test_wrong_use_has_status_2(words):
    """A program can tell wrong use from bad data."""
    assert 2 == tamizdat(*words).returncode


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("edition", "build"),
        ("edition", "verify"),
        ("wire", "parse"),
        ("keys", "new"),
        ("mirror", "add"),
        ("press", "run"),
        ("demo",),
    ],
)
def test_help_answers_without_a_newsroom(words):
    """Every command explains itself, with an example below the top."""
    run = tamizdat(*words, "--help")

    assert 0 == run.returncode
    assert not words or "Example:" in run.stdout


def test_quick_commands_load_no_django():
    """What needs no database starts without it."""
    code = "import sys; import tamizdat.mirrors.commands, tamizdat.press.commands;"
    code += "import tamizdat.wire.commands; sys.exit('django' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], check=False)

    assert 0 == run.returncode


def test_press_run_fails_while_a_service_cannot_be_printed(newsroom):
    """A program that prints sees trouble, and is told which."""
    (newsroom / "keys" / "service-en.key").unlink()
    run = tamizdat("press", "run", home=newsroom)

    assert "service-en.key: no such key" in said(run)


def test_press_run_fails_while_a_mirror_does_not_hold_an_edition(newsroom, tmp_path):
    """An edition that readers cannot get is not done."""
    away = ("mirror", "add", "Away", tmp_path / "away", "http://127.0.0.1:9")
    added = tamizdat(*away, home=newsroom)
    run = tamizdat("press", "run", home=newsroom)
    listed = json.loads(tamizdat("press", "status", "--json", home=newsroom).stdout)

    assert 0 == added.returncode, added.stderr
    assert "verified on 0 of 1 mirrors" in said(run)
    assert 1 == listed["services"][0]["edition"]


def test_mirror_that_was_never_read_is_listed(newsroom, tmp_path):
    """A mirror just added is not forgotten."""
    url = "http://127.0.0.1:9"
    tamizdat("mirror", "add", "Away", tmp_path / "away", url, home=newsroom)
    run = tamizdat("mirror", "list", home=newsroom)

    assert f"Away: {url} was never read" in run.stdout
    assert 0 == run.returncode
