import json
import subprocess
import sys

import pytest
from click.testing import CliRunner
from page_simulator import SAMPLES

from tamizdat.wire.commands import wire

PAGE = str(SAMPLES / "fa_notice.txt")


def run(*arguments: str):
    return CliRunner().invoke(wire, ["parse", *arguments])


def test_json_is_one_object_a_line_in_utf8():
    result = run("--json", PAGE, PAGE)
    lines = result.stdout_bytes.decode("utf-8").splitlines()

    assert result.exit_code == 0
    assert len(lines) == 2
    assert json.loads(lines[0])["language"] == "fa"
    assert "\\u" not in lines[0]


def test_summary_is_for_people():
    result = run(PAGE)

    assert result.exit_code == 0
    assert "headline" in result.stdout
    assert not result.stdout.startswith("{")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "no such file"),
        (b"", "0 bytes"),
        (b"\x00\x01\x02", "binary data"),
        (b"Hello", "no paragraph"),
    ],
)
def test_bad_file_gets_one_line_and_the_others_are_parsed(tmp_path, content, reason):
    bad = tmp_path / "bad.txt"
    if content is not None:
        bad.write_bytes(content)
    result = run("--json", str(bad), PAGE)
    (error,) = result.stderr.splitlines()

    assert result.exit_code == 1
    assert str(bad) in error
    assert reason in error
    assert len(result.stdout.splitlines()) == 1


def test_folder_is_refused(tmp_path):
    result = run(str(tmp_path))

    assert result.exit_code == 1
    assert str(tmp_path) in result.stderr


@pytest.mark.parametrize(
    "arguments", [[], ["--frob", PAGE], ["--encoding", "rot13", PAGE]]
)
def test_wrong_use_exits_with_2(arguments):
    assert run(*arguments).exit_code == 2


def test_help_has_an_example():
    assert "tamizdat wire parse page.txt --json" in run("--help").stdout


def test_command_runs_without_django_and_rich():
    code = (
        "import sys; from tamizdat.wire.commands import wire\n"
        "try: wire(['parse', sys.argv[1]])\n"
        "finally: assert not {'django', 'rich'} & set(sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, PAGE], capture_output=True, check=False, timeout=60
    )

    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout
