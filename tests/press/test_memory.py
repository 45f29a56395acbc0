"""What a press run holds in memory does not grow with the stories it prints."""

import json
import subprocess
import sys

import pytest

import documents
from cast import NOW
from patience import examples
from tamizdat.press.keys import new_organisation

FEW, MANY = 300, examples(1_200, 6_000)
WORDS = "Words of a story. " * 250  # of each
EACH = 1_000  # bytes of memory for one more story, at most; its document has 5,300

# Prints a content and tells how much memory of Python that took, at most.
_BUILD = """
import json, sys, tracemalloc
from datetime import datetime
from pathlib import Path
from tamizdat.press.archive import Archive
from tamizdat.press.content import ContentFile
from tamizdat.press.run import Press

def publish(content, out, now):
    source = ContentFile(Path(content))
    return Press(Archive(Path(out)), Path("keys")).publish(source, lambda _: None, now)

now = datetime.fromisoformat(sys.argv[1])
publish("warm.jsonl", "warm", now)  # what is learnt once, of dates and of languages
tracemalloc.start()
[edition] = publish(sys.argv[2], "out-" + sys.argv[2], now)
print(json.dumps([edition.stories, tracemalloc.get_traced_memory()[1]]))
"""


def write(path, count):
    """Write a content of so many stories."""
    with path.open("wb") as file:
        file.write(documents.line(documents.service()))
        for number in range(1, count + 1):
            one = documents.story(number)
            time = documents.story(number % 50)["firstCreated"]  # few, as caches hold
            one["firstCreated"] = one["versionCreated"] = time
            one["tamizdat"]["releases"][0]["time"] = time
            one["tamizdat"]["body"] = [{"kind": "paragraph", "text": WORDS}]
            file.write(documents.line(one))


def peak(folder, name):
    """Print a content in a process of its own; return its memory in bytes."""
    run = subprocess.run(
        [sys.executable, "-c", _BUILD, NOW.isoformat(), name],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


@pytest.fixture
def folder(tmp_path):
    """Give a folder with keys and a content to begin with."""
    new_organisation(tmp_path / "keys", "press.example", ["en"], NOW)
    write(tmp_path / "warm.jsonl", 50)
    return tmp_path


def test_ten_times_the_stories_do_not_need_ten_times_the_memory(folder):
    """Nothing of a story read before is held but what lists need to find it."""
    write(folder / "few.jsonl", FEW)
    write(folder / "many.jsonl", MANY)
    few, less = peak(folder, "few.jsonl")
    many, more = peak(folder, "many.jsonl")

    assert (FEW, MANY) == (few, many)
    assert (folder / "many.jsonl").stat().st_size > 5 * EACH * MANY
    assert more - less < EACH * (MANY - FEW)
