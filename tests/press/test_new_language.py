# ruff: noqa: RUF001 - letters of languages that look like Latin ones
"""A 28th language is one file, and prints a paper."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from libzim.reader import Archive as Library

import documents
from cast import NOW
from tamizdat.edition.headings import SOURCE, text_of
from tamizdat.edition.messages import read_entries
from tamizdat.press.keys import new_organisation

TAG = "qtz"  # BCP 47 leaves it to everybody; CLDR will never know it
TIME = "2026-11-24T06:00:00Z"
SOURCES = Path(__file__).parents[2] / "src"
HEAD = {
    "Language": TAG,
    "X-Name": "Өм",
    "X-English-Name": "Made-up",
    "X-Script": "Cyrl",
    "X-Direction": "rtl",
    "X-Locale": "root",
    "X-Fallback": "kk ru en",
    "X-Time-Zone": "Asia/Almaty",
    "X-Calendar": "gregorian",
    "X-Date-Style": "long",
    "X-Territories": "KZ RU-BA",
    "X-Months": "ай1 ай2 ай3 ай4 ай5 ай6 ай7 ай8 ай9 ай10 ай11 ай12",
    "X-Day": "{year}, {month} {day}",
    "X-Moment": "{clock} @ {day}",
}


def language_file() -> str:
    """Write the file: made-up words, one sentence reviewed, one not translated."""
    lines = ['msgid ""', 'msgstr ""', *(f'"{k}: {v}\\n"' for k, v in HEAD.items())]
    for entry in read_entries(text_of(SOURCE), "en.po"):
        gaps = " ".join(part.partition("}")[0] for part in entry.english.split("{")[1:])
        words = " ".join(["өм", *(f"{{{gap}}}" for gap in gaps.split())])
        flag = [] if entry.key == "notice_traces" else ["#, fuzzy"]
        words = "" if entry.key == "corrections" else words
        lines += ["", *flag, f'msgctxt "{entry.key}"']
        lines += [
            f"msgid {json.dumps(entry.english, ensure_ascii=False)}",
            f'msgstr "{words}"',
        ]
    return "\n".join([*lines, ""])


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the program with one file more, and nothing else changed."""
    folder = tmp_path_factory.mktemp("machine")
    shutil.copytree(
        SOURCES / "tamizdat",
        folder / "tamizdat",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    (folder / f"tamizdat/edition/words/{TAG}.po").write_text(language_file(), "utf-8")
    return folder


def tamizdat(machine: Path, *words: object) -> "subprocess.CompletedProcess[str]":
    """Give a command to that program."""
    run = "from tamizdat.server.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", run, *map(str, words)],
        env={**os.environ, "PYTHONPATH": str(machine)},
        cwd=machine,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_file_of_a_new_language_is_checked_with_the_others(machine: Path) -> None:
    """The program finds the file by itself."""
    answer = tamizdat(machine, "service", "check")

    assert "28 language files are as they must be.\n" == answer.stdout, answer.stderr


@pytest.fixture(scope="module")
def paper(machine: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give what that program prints; the keys lie beside it."""
    out = tmp_path_factory.mktemp("paper") / "out"
    keys = out.with_name("keys")
    new_organisation(keys, "press.example", [TAG], NOW)
    look = {"accent": "0b4f8a", "accent_dark": "8cc4ff"}
    look |= {"foot": "<p>{{ service.name }}</p>"}
    service = documents.service(TAG, language=TAG, direction="rtl", look=look)
    story = documents.story(1, TAG)
    content = documents.write(out.with_name("content.jsonl"), [service, story])
    how = ("--keys", keys, "--time", TIME)
    answer = tamizdat(machine, "edition", "build", content, out, *how)
    assert 0 == answer.returncode, answer.stderr
    return out


def test_new_language_prints_a_paper(paper: Path) -> None:
    """Its direction, months and words stand on the pages; English where it must."""
    article = next((paper / TAG / "a").rglob("story-1.html")).read_text("utf-8")
    notice = (paper / TAG / "notice.html").read_text("utf-8")
    chooser = (paper / "index.html").read_text("utf-8")

    assert f'<html lang="{TAG}" dir="rtl">' in article
    assert " @ 2026, ай11 " in article
    assert "<b>Өм</b>" in chooser
    assert '<span lang="kk" dir="ltr">Түзетулер</span>' in article
    assert '<i lang="en" dir="ltr">These are facts as they were reported' in notice
    assert 1 == notice.count('<small>өм <bdi lang="en">English</bdi></small>')
    assert '<p dir="ltr">өм</p>' in notice  # the one sentence that somebody reviewed
    assert "--red:#0b4f8a" in article
    assert f'<p dir="ltr">Press {TAG}</p>' in article


def test_new_language_is_carried_along(machine: Path, paper: Path) -> None:
    """Text, page, book and library come of that one file, too, and verify."""
    how = ("--keys", paper.with_name("keys"), "--time", TIME)
    made = tamizdat(machine, "edition", "offline", paper, *how)
    assert 0 == made.returncode, made.stderr
    files = sorted((paper / "files").glob(f"{TAG}-*"))
    checks = [tamizdat(machine, "edition", "verify", one).stdout for one in files]
    library = Library(paper / "files" / f"{TAG}-1.zim")
    with zipfile.ZipFile(paper / "files" / f"{TAG}-1.epub") as book:
        story_page = book.read("book/s1.xhtml").decode()
    assert 5 == len(files)
    assert all(" verified (" in one for one in checks)
    assert TAG == library.get_metadata("Language").decode()
    assert f'xml:lang="{TAG}" dir="rtl"' in story_page
    assert " @ 2026, ай11 " in story_page
