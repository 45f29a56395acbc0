"""Reading a content again: what did not change is not read, and nothing is missed."""

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest

import documents
from cast import NOW
from contents import SMALL, Bench, late
from tamizdat.press import stretches
from tamizdat.press.content import ContentFile, documents_of
from tamizdat.press.errors import PressError
from tamizdat.press.keys import new_organisation


@pytest.fixture
def keys(tmp_path):
    """Give the keys of two services."""
    new_organisation(tmp_path / "keys", "press.example", ["en", "fa"], NOW)
    return tmp_path / "keys"


@pytest.fixture(autouse=True)
def _small(monkeypatch):
    monkeypatch.setattr(stretches, "STRETCH_BYTES", SMALL)


@pytest.fixture
def read(monkeypatch):
    """List the places of all lines that are read."""
    places = []
    real = stretches.Part.lines

    def recording(part, span):
        for place, line in real(part, span):
            places.append(place)
            yield place, line

    monkeypatch.setattr(stretches.Part, "lines", recording)
    return places


@pytest.fixture
def bench(tmp_path, keys):
    """Give an archive whose content is three files of a dozen stories each."""
    made = Bench(tmp_path / "bench", keys)
    made.write(first())
    made.publish()
    return made


def first():
    """Make three files: two services and 36 stories."""
    lines = [documents.line(documents.story(n)) for n in range(1, 37)]
    services = [documents.line(documents.service(name)) for name in ("en", "fa")]
    return {
        "one.jsonl": [*services, *lines[:12]],
        "two.jsonl": lines[12:24],
        "three.jsonl": lines[24:],
    }


def release(number, headline):
    """Make the line of a story that was changed."""
    return documents.line(documents.changed(documents.story(number), headline))


# How much is read


def test_edit_reads_one_stretch(bench, read):
    """Of other stretches no line is read, but for the one with the services."""
    files = first()
    files["two.jsonl"][5] = release(18, "Another headline, and longer")
    bench.write(files)

    assert len(bench.remembered()["two.jsonl"].stretches) > 3
    assert [("en", 2, 1), ("fa", 1, 0)] == bench.counts()
    lines = [place for place in read if place.startswith("two.jsonl")]
    assert "two.jsonl line 6" in lines
    assert len(lines) < 6
    assert not [place for place in read if place.startswith("three.jsonl")]


def test_stretches_that_moved_are_not_read(bench, read):
    """Where they stand does not matter: a story was put before them."""
    files = first()
    files["two.jsonl"].insert(0, documents.line(documents.story(40)))
    bench.write(files)

    assert [("en", 2, 1), ("fa", 1, 0)] == bench.counts()
    lines = [place for place in read if place.startswith("two.jsonl")]
    assert "two.jsonl line 1" in lines
    assert len(lines) < 6


def test_many_edits_leave_no_crumbs(bench):
    """Stretches keep their size, however often one story is added at an end."""
    files = first()
    for number in range(50, 80):
        at = 0 if number % 2 else len(files["two.jsonl"])
        files["two.jsonl"].insert(at, documents.line(documents.story(number)))
        bench.write(files)
        bench.publish()
    sizes = [s.size for s in bench.remembered()["two.jsonl"].stretches]

    assert sum(map(len, files["two.jsonl"])) == sum(sizes)
    assert len(sizes) < 2 * sum(sizes) / SMALL


def test_untouched_file_is_not_opened(bench, monkeypatch):
    """A file whose stamp is the one remembered says nothing new."""
    (bench.content / "two.jsonl").write_bytes(b"".join(first()["two.jsonl"]))
    opened = []
    real = Path.open

    def recording(path, *args, **kwargs):
        opened.append(path.name)
        return real(path, *args, **kwargs)

    monkeypatch.setattr(Path, "open", recording)

    assert [("en", 1, 0), ("fa", 1, 0)] == bench.counts()
    assert "two.jsonl" in opened
    assert "three.jsonl" not in opened


def test_front_document_that_did_not_change_still_arranges_the_front_page(bench):
    """Where one stands is looked at each time, or the next run would drop it."""
    files = first()
    front = {"format": "tamizdat-front/1", "service": "en", "lead": ["story-3"]}
    files["three.jsonl"].insert(5, documents.line({**front, "sections": []}))
    bench.write(files)
    bench.publish()
    lead = bench.lead()
    files["two.jsonl"][5] = release(18, "Another headline")
    bench.write(files)
    bench.publish()

    assert ("story-3",) == lead == bench.lead()
    files["three.jsonl"].pop(5)
    bench.write(files)
    bench.publish()
    assert () == bench.lead()


# Stamps


def test_edit_of_the_same_size_with_its_time_put_back_is_noticed(bench):
    """No program can set the time of the inode's change."""
    path = bench.content / "two.jsonl"
    before = path.stat()
    line = documents.line(documents.story(15))
    lines = path.read_bytes().replace(line, line.replace(b'"STORY"', b'"STORE"'))
    path.write_bytes(lines)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    after = path.stat()

    assert (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
    assert [("en", 2, 1), ("fa", 1, 0)] == bench.counts()


def test_file_that_was_just_written_is_read_again(bench):
    """Within a tick of the file system its stamp proves nothing."""
    assert all(file.stamp for file in bench.remembered().values())
    bench.write(first())
    bench.publish(clock=time.time_ns)

    assert [None] * 3 == [file.stamp for file in bench.remembered().values()]
    bench.publish()
    assert all(file.stamp for file in bench.remembered().values())


def test_file_changed_while_it_is_read_stops_the_press(bench):
    """What was compared and what is printed are one."""
    files = first()
    files["two.jsonl"][5] = release(18, "Another")
    bench.write(files)
    source = ContentFile(bench.content, bench.remembered(), late)
    with (bench.content / "two.jsonl").open("ab") as file:
        file.write(documents.line(documents.story(40)))
    now = NOW + timedelta(days=40)

    with pytest.raises(PressError, match=r"two\.jsonl: changed while it was read"):
        bench.press.publish(source, lambda _digest: None, now)


# Rules that hold for whatever was not read


def test_story_gone_with_its_file_is_missing(bench):
    """A file taken away takes its stories with it, which is refused."""
    files = first()
    del files["three.jsonl"]
    bench.write(files)

    assert ["printed before, missing now: en/story-25"] == [
        row.split(",")[0] + "," + row.split(",")[1] for row in bench.publish()
    ]


def test_story_that_stands_in_a_file_not_read_stands_twice(bench):
    """Another release of it in another file is not taken for the newest."""
    files = first()
    files["one.jsonl"].append(release(30, "Another"))
    bench.write(files)

    reason = "tamizdat.id: a document of this story stands twice"

    assert [f"one.jsonl line 15 (en/story-30): {reason}"] == bench.publish()


def test_content_in_one_file_is_the_content_in_three(bench, tmp_path):
    """Nothing is printed again because lines were put together."""
    whole = tmp_path / "whole.jsonl"
    whole.write_bytes(b"".join(line for rows in first().values() for line in rows))
    outcome = bench.publish(path=whole)

    assert [1, 1] == [row[1] for row in outcome]
    assert [""] == [*bench.remembered()]


def test_nothing_is_remembered_when_something_else_was_printed(bench):
    """What a newsroom printed meanwhile is compared with every line again."""
    line = release(18, "Printed by a newsroom")
    services = [documents.line(documents.service(name)) for name in ("en", "fa")]
    source = documents_of([*services, line], whole=False)
    now = NOW + timedelta(days=30, hours=2)
    bench.press.publish(source, lambda _digest: None, now, services=["en"])

    assert {} == bench.remembered()
    files = first()
    files["two.jsonl"][5] = line
    bench.write(files)
    assert [("en", 2, 0), ("fa", 1, 0)] == bench.counts()


def test_folder_without_a_document_is_refused(tmp_path):
    """A folder that was named by mistake is no content."""
    (tmp_path / ".new.jsonl").write_bytes(documents.line(documents.service()))

    with pytest.raises(PressError, match="empty, expected one document a line"):
        ContentFile(tmp_path)
