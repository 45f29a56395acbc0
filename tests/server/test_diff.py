"""`tamizdat edition diff` as a person types it."""

import json

import pytest

import documents
from server.conftest import tamizdat


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """Give an archive of two editions, made by the commands."""
    folder = tmp_path_factory.mktemp("diff")
    keys, out = folder / "keys", folder / "out"
    tamizdat("keys", "new", keys, "--organisation", "press.example", "--service", "en")
    one = documents.story(1)
    two = documents.changed(one, "Another", "correction", "Misspelt.")
    for day, story in ((21, one), (22, two)):
        content = documents.write(folder / "c.jsonl", [documents.service(), story])
        time = f"2026-11-{day}T12:00:00Z"
        run = tamizdat("edition", "build", content, out, "--keys", keys, "--time", time)
        assert run.returncode == 0, run.stderr
    return out


def test_two_editions_of_an_archive_are_compared_without_a_database(archive):
    """One command says what an editor changed."""
    run = tamizdat("edition", "diff", f"{archive}@1", f"{archive}@2")

    assert 0 == run.returncode, run.stderr
    assert (
        "correction of 21 November 2026: headline “Headline 1” is now “Another”;"
        " note: “Misspelt.”"
    ) in run.stdout


def test_json_is_one_object_a_service(archive):
    """A program reads one line."""
    run = tamizdat("edition", "diff", f"{archive}@1", archive, "--json")

    assert ["story-1"] == [one["id"] for one in json.loads(run.stdout)["articles"]]


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("nowhere@1", "nowhere@2"), 1, "nowhere: no such directory"),
        (("{}@1", "{}@9"), 1, "the log has no statement of en edition 9"),
        (("http://127.0.0.1:9@1", "{}"), 1, "http://127.0.0.1:9: "),
        (("{}@2", "{}@1"), 2, "en: A is edition 2, later than B, edition 1"),
        (("{}", "{}", "--service", "xx"), 2, "the trust note names no service 'xx'"),
        (("{}",), 2, "Missing argument 'B'"),
    ],
)
def test_wrong_words_are_one_clear_line(archive, words, status, said):
    """Bad data and wrong use are told apart, without a traceback."""
    run = tamizdat("edition", "diff", *(word.format(archive) for word in words))

    assert status == run.returncode
    assert "Traceback" not in run.stderr
    assert said in run.stderr.strip().splitlines()[-1]


def test_older_edition_of_an_archive_is_checked(archive):
    """Anybody can check what an archive holds of an edition that gave way."""
    run = tamizdat("edition", "verify", archive, "--edition", "1", "--json")
    row = json.loads(run.stdout)

    assert 0 == run.returncode, run.stderr
    assert (1, True, 0) == (row["edition"], row["verified"], row["withdrawn"])
    late = tamizdat("edition", "verify", archive, "--edition", "9")
    assert 1 == late.returncode
    assert "en: no edition 9; the newest is 2" in late.stderr
