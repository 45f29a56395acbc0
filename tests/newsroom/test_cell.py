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

from newsroom import lettered, papers, planted
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


SLOW = """
import time
from tamizdat.newsroom.darkroom import worker
worker._JOBS["sleep"] = lambda _head, _data: time.sleep(600)
worker.main()
"""


def test_process_ends_with_the_newsroom_that_started_it() -> None:
    """A long sound is not coded on for one that was killed."""
    path = {"PYTHONPATH": ":".join(filter(None, sys.path))}
    pipe = subprocess.PIPE
    run = [sys.executable, "-c", SLOW]
    with subprocess.Popen(run, env=path, stdin=pipe, stdout=pipe) as process:
        assert process.stdin is not None
        worker.write_message(process.stdin, {"job": "sleep"}, [b""])
        process.stdin.close()

        assert 0 == process.wait(timeout=60)


HOSTILE = r"""
import ctypes, os, signal, time
from newsroom import planted
from tamizdat.newsroom.darkroom import worker
def picture(head, data):
    return {"ending": "jpg"}, [planted.picture("JPEG")]
def too_few_pixels(head, data):
    return {"pixels": ["RGB", 4000, 4000]}, [b"abc"]
def odd_pixels(head, data):
    return {"pixels": ["CMYK", 1, 1]}, [b"abcd"]
def stays(head, data):
    worker.write_message(os.fdopen(1, "wb"), {"pixels": ["RGB", 1, 1]}, [bytes(3)])
    time.sleep(600)
def says_nothing(head, data):
    time.sleep(600)
def stops_all(head, data):
    os.kill(os.getppid(), signal.SIGSTOP)
    time.sleep(600)
def page(head, data):
    return {"type": "text/html", "seconds": 0}, [b"<script>"]
def page_as_paper(head, data):
    return {"type": "application/pdf", "seconds": 0}, [b"<script>"]
def page_as_sound(head, data):
    return {"type": "audio/mpeg", "seconds": 0}, [b"<script>"]
def control(head, data):
    return {"type": "text/csv", "seconds": 0}, [b"a\0"]
def endless(head, data):
    return {"type": "text/plain", "seconds": 10**40}, [b"a"]
def two(head, data):
    return {"type": "text/plain", "seconds": 0}, [b"a", b"b"]
def wide_words(head, data):
    return {"refused": "%(a)900000000d", "row": {"a": 1}}, []
def odd_words(head, data):
    return {"refused": ["a"], "row": 7}, []
def deep(head, data):
    os.write(1, b"[" * 60000 + b"\n")
def no_parts(head, data):
    os.write(1, b'{"parts": -1}\n')
def short(head, data):
    os.write(1, b'{"pixels": ["RGB", 1, 1], "parts": [9]}\nabc')
def hostile(head, data):
    return globals()[data.removeprefix(b"\xff\xd8\xff").decode()](head, data)
worker.WALL_SECONDS = 1.0
def confine(_seconds):  # as far as it can do what one of the same account may
    os.close(0)
    os.closerange(3, 4_096)
    ctypes.CDLL(None).prctl(1, signal.SIGKILL, 0, 0, 0)  # it goes with its parent
worker.confine = confine
worker._JOBS.update(dict.fromkeys(("strip", "clean", "weigh"), hostile))
worker.main()
"""
_JPEG = b"\xff\xd8\xff"  # as one begins
_PICTURES = "picture too_few_pixels odd_pixels says_nothing wide_words odd_words deep"
_FILES = "page page_as_paper page_as_sound control endless two wide_words deep no_parts"


@pytest.fixture(scope="module")
def taken_over() -> Iterator[cell.Cell]:
    """Give a cell whose child was taken over by what it opened."""
    one = cell.Cell()
    yield one
    one.close()


@pytest.fixture
def hostile(taken_over: cell.Cell, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let that one open what strangers send."""
    monkeypatch.setattr(cell, "_MAIN", HOSTILE)
    monkeypatch.setattr(cell, "PATIENCE", 15.0)  # a busy machine starts it anew
    monkeypatch.setattr(cell, "OPENING", taken_over)
    monkeypatch.setattr(cell, "READING", taken_over)


@pytest.mark.parametrize("answer", [*_PICTURES.split(), "no_parts", "short"])
def test_child_that_was_taken_over_gives_no_picture(hostile: None, answer: str) -> None:
    """Bytes of its own are no answer: who packs pixels never saw a foreign byte."""
    with pytest.raises(PictureError, match=r"too much time|damaged"):
        cell.strip(_JPEG + answer.encode())


@pytest.mark.parametrize("answer", _FILES.split())
def test_child_that_was_taken_over_gives_no_file(hostile: None, answer: str) -> None:
    """Neither of another type, nor what does not look like its own."""
    kind = "audio" if "sound" in answer else "document"
    with pytest.raises(AttachmentError, match="too much time"):
        cell.clean_file(kind, answer.encode())


@pytest.mark.parametrize("answer", ["endless", "odd_words", "deep"])
def test_child_that_was_taken_over_gives_no_length(hostile: None, answer: str) -> None:
    """A number of seconds that a sound may have, or nothing."""
    with pytest.raises(AttachmentError, match="too much time"):
        cell.weigh(answer.encode())


def test_child_that_stays_or_stops_the_process_is_ended(hostile: None) -> None:
    """One that said all and sleeps costs nothing; one that stops all is given up."""
    assert "jpg" == cell.strip(_JPEG + b"stays")[1]
    with pytest.raises(PictureError, match="too much time"):
        cell.strip(_JPEG + b"stops_all")
    assert "jpg" == cell.strip(_JPEG + b"stays")[1]


def test_slow_document_keeps_no_picture_waiting() -> None:
    """Each has a process of its own."""
    with cell.READING._lock:  # noqa: SLF001 (as a job that does not end)
        assert "jpg" == cell.strip(planted.picture("GIF"))[1]


def test_what_an_eraser_took_away_is_under_no_transparent_place() -> None:
    """Programs keep the colours under what is erased."""
    image = Image.new("RGBA", (400, 300), "red")
    image.paste((0, 255, 0, 0), (0, 0, 100, 100))
    out = io.BytesIO()
    image.save(out, "PNG")

    kept = Image.open(io.BytesIO(cell.strip(out.getvalue())[0]))

    assert [(0, 0, 0, 0), (255, 0, 0, 255)] == [
        kept.getpixel(at) for at in ((50, 50), (200, 200))
    ]


def test_sound_and_document_are_cleaned_in_there() -> None:
    """What opens them has no need of a file that it could not have."""
    samples = Path(__file__).parent / "samples"
    for kind, name in (("audio", "tone.m4a"), ("audio", "tone.opus")):
        data = (samples / name).read_bytes()
        assert cleaning.clean_file(kind, data) == cell.clean_file(kind, data)
    paper = cell.clean_file("document", papers.paper())
    assert "application/pdf" == paper.type
    assert 3 == len(PdfReader(io.BytesIO(paper.data)).pages[0].images)
    letters = lettered.page()
    assert cleaning.clean_file("document", letters) == cell.clean_file(
        "document", letters
    )
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
