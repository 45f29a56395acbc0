"""Pictures of strangers are decoded where nothing else can be done."""

import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from newsroom import papers, planted
from tamizdat.newsroom import cleaning
from tamizdat.newsroom.darkroom import cell, worker
from tamizdat.newsroom.errors import AttachmentError, PictureError

LIMIT = worker.MEMORY >> 10  # KiB
ESCAPES = """
import json, os, socket, subprocess, sys, tempfile
from tamizdat.newsroom.darkroom.worker import confine
folder = tempfile.gettempdir()
own = open(sys.argv[1], "wb")
tries = {
    "read": lambda: open("/etc/hostname"),
    "write": lambda: own.write(b"x") and own.flush(),
    "socket": lambda: socket.socket(),
    "pipe": lambda: os.pipe(),
    "fork": lambda: os.fork() or os._exit(0),
    "exec": lambda: subprocess.run(["/bin/true"]),
    "memory": lambda: bytearray(2 << 30),
    "root": lambda: os.seteuid(0) if os.geteuid() else None,
    "more files": lambda: __import__("resource").setrlimit(7, (64, 64)),
}
confine()  # a free place among the open files does not help either
held = {}
for name, escape in tries.items():
    try:
        escape()
        held[name] = "escaped"
    except Exception as error:
        held[name] = type(error).__name__
print(json.dumps(held))
"""


def test_child_can_open_reach_start_and_fill_nothing(tmp_path: object) -> None:
    """No file, socket, process or memory is to be had, and no right comes back."""
    run = subprocess.run(
        [sys.executable, "-c", ESCAPES, f"{tmp_path}/own"],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": ":".join(filter(None, sys.path))},
    )
    held = json.loads(run.stdout)

    assert 9 == len(held)
    assert "escaped" not in held.values(), held


LOOK = """
import os
from tamizdat.newsroom.darkroom import worker
def look(_head, _data):
    found = []
    for number in range(4_096):
        try:
            os.fstat(number)
        except OSError:
            continue
        found.append(number)
    return {"open": found}, []
worker._JOBS["look"] = look
worker.main()
"""


def test_child_holds_no_pipe_but_its_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the jobs that follow nor the answers to others are within its reach."""
    monkeypatch.setattr(cell, "_MAIN", LOOK)
    one = cell.Cell()

    head, _parts = one.do({"job": "look"}, b"")
    one.close()

    assert {"open": [1, 2]} == head


def test_sound_and_document_are_cleaned_in_there() -> None:
    """What opens them has no need of a file that it could not have."""
    samples = Path(__file__).parent / "samples"
    for kind, name in (("audio", "tone.m4a"), ("audio", "tone.opus")):
        data = (samples / name).read_bytes()
        assert cleaning.clean_file(kind, data) == cell.clean_file(kind, data)
    paper = cell.clean_file("document", papers.paper())
    assert "application/pdf" == paper.type
    assert 3 == len(PdfReader(io.BytesIO(paper.data)).pages[0].images)
    with pytest.raises(AttachmentError, match="expected one of PDF"):
        cell.clean_file("document", b"\xff")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "expected one of JPEG, PNG, WEBP, AVIF, GIF$"),
        (b"GIF89a", "damaged"),
        (b"no picture at all", "expected one of JPEG"),
        (b"<svg onload='fetch(1)'/>", "found SVG: save it as JPEG or PNG"),
        (b'<?xml version="1.0"?><svg><script/></svg>', "found SVG"),
        (b"%PDF-1.7", "found PDF"),
        (planted.heic(), "found HEIC"),
        (planted.tiff(), "found TIFF"),
        (planted.picture("JPEG")[:-3_000], "damaged"),
        (planted.picture("AVIF")[:-300], "damaged"),
        (planted.picture("PNG")[:600], "damaged"),
        (planted.bomb(20_000, 10_000), "at most 40 megapixels, found 200"),
        (planted.bomb(60_000, 60_000)[:4_000], "40 megapixels"),
        (planted.text_bomb(), "damaged"),
        (bytes(41 << 20), "expected at most 40 MiB, found 42991616 bytes"),
    ],
    ids=range(15),
)
def test_what_cannot_be_used_is_refused_with_a_reason(data: bytes, why: str) -> None:
    """The next picture is taken as ever, and memory stays within bounds."""
    with pytest.raises(PictureError, match=why):
        cell.strip(data)

    assert "jpg" == cell.strip(planted.picture("JPEG"))[1]
    assert cell.memory() < LIMIT


@pytest.mark.parametrize("kind", planted.KINDS)
def test_every_kind_that_is_taken_opens_in_there(kind: str) -> None:
    """No decoder needs what the child has given up."""
    assert "jpg" == cell.strip(planted.picture(kind))[1]


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> Iterator[cell.Cell]:
    """Give a cell of so little memory that a photo of 12 megapixels does not fit."""
    main = "from tamizdat.newsroom.darkroom import worker; worker.MEMORY = 160 << 20;"
    monkeypatch.setattr(cell, "_MAIN", f"{main} worker.main()")
    one = cell.Cell()
    yield one
    one.close()


def test_picture_that_fills_the_memory_is_given_up_and_the_next_is_taken(
    narrow: cell.Cell,
) -> None:
    """The limit is the kernel's: what it ends takes nobody with it."""
    out = io.BytesIO()
    Image.new("RGB", (6_000, 4_000), "red").save(out, "JPEG")

    with pytest.raises(PictureError, match="too much time or memory"):
        narrow.do({"job": "strip"}, out.getvalue())

    head, _parts = narrow.do({"job": "strip"}, planted.picture("GIF"))
    assert {"ending": "jpg"} == head


def test_process_that_was_ended_is_started_again() -> None:
    """Somebody who kills it costs nobody a picture."""
    cell.strip(planted.picture("GIF"))
    process = cell.OPENING.process
    assert process is not None
    process.kill()
    process.wait()

    assert "jpg" == cell.strip(planted.picture("GIF"))[1]
