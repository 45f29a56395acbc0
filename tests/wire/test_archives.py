"""Archives: each story comes out, a bomb or a lie in one member stops no other."""

import gzip
import io
import os
import tracemalloc
import zipfile
from contextlib import suppress

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from patience import examples
from tamizdat.wire.archive import bounded, members, zips
from tamizdat.wire.archive.members import members_of
from tamizdat.wire.commands import read
from tamizdat.wire.errors import ArchiveError, TooLargeError
from tamizdat.wire.parsers import parse

STORY = (
    "<html><head><title>A bridge {n}</title></head><body><article><h1>A bridge {n}</h1>"
    "<p>The council of the valley voted on Wednesday for a new bridge.</p>"
    "<p>Work begins in May and is to be finished before the floods of spring.</p>"
    "</article></body></html>"
)
PAGES = {f"news/{n}.html": STORY.format(n=n).encode() for n in (1, 2)}


def zipped(files, **kinds):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, **kinds) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def warc(answers, *, packed=True):
    """Write a WARC of answers: address, status, headers, body."""
    stream = io.BytesIO()
    writer = WARCWriter(stream, gzip=packed)
    for address, status, headers, body in answers:
        http = StatusAndHeaders(status, headers, protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(
                address, "response", payload=io.BytesIO(body), http_headers=http
            )
        )
    return stream.getvalue()


def answers():
    html = ("Content-Type", "text/html; charset=utf-8")
    page = STORY.format(n=1).encode()
    return [
        ("http://v.example/1", "200 OK", [html], page),
        (
            "http://v.example/2",
            "200 OK",
            [html, ("Content-Encoding", "gzip")],
            gzip.compress(STORY.format(n=2).encode()),
        ),
        ("http://v.example/old", "301 Moved", [("Location", "/1")], b""),
        ("http://v.example/gone", "404 Not Found", [html], page),
        ("http://v.example/a.css", "200 OK", [("Content-Type", "text/css")], b"a{}"),
        (
            "http://v.example/bomb",
            "200 OK",
            [html, ("Content-Encoding", "gzip")],
            gzip.compress(b"\0" * 300_000),
        ),
    ]


def headlines(data, name="archive"):
    return [item.headline for item in parse(data, name)]


@pytest.mark.parametrize(
    "data",
    [
        zipped(PAGES),
        warc(answers()),
        warc(answers(), packed=False),
        zipped({"datapackage.json": b"{}", "archive/a.warc.gz": warc(answers())}),
    ],
)
def test_every_story_of_an_archive_comes_out(data):
    assert headlines(data) == ["A bridge 1", "A bridge 2"]


def test_page_of_a_web_archive_knows_its_address_and_where_others_led():
    found = list(members_of(io.BytesIO(warc(answers())), "a.warc.gz"))

    assert parse(warc(answers()), "a")[0].guid == "http://v.example/1"
    assert [(m.address, m.leads_to) for m in found if m.leads_to] == [
        ("http://v.example/old", "/1")
    ]


def test_gzip_of_one_file_is_that_file():
    assert headlines(gzip.compress(PAGES["news/1.html"])) == ["A bridge 1"]


def test_bombs_are_cut_off_and_told(monkeypatch):
    monkeypatch.setattr(bounded, "MOST_BYTES", 100_000)
    for one in (bounded.read_bounded, bounded.read_as_far):
        monkeypatch.setattr(one, "__defaults__", (100_000,))
    bomb = {"bomb.html": b"\0" * 10_000_000, "long.html": os.urandom(100_001)}
    (in_zip, *_rest) = parse(zipped({**bomb, **PAGES}), "a.zip")
    (in_warc, *_rest) = parse(warc(answers()), "a.warc")

    assert "a.zip/bomb.html: expected packed at most" in in_zip.receipt.warnings[0]
    assert "a.zip/long.html: expected at most" in in_zip.receipt.warnings[1]
    assert "http://v.example/bomb: expected at most" in in_warc.receipt.warnings[0]
    with pytest.raises(ArchiveError, match="found more"):
        parse(gzip.compress(b"\0" * 10_000_000), "a.gz")


def cut_archives():
    """Cut archives of one page short, each in another way: bytes, and what is told."""
    html = ("Content-Type", "text/html")
    said = "<p>The mayor of the valley said on Thursday that she would wait.</p>"
    page = STORY.format(n=1).replace("</article>", said * 20).encode()
    plain = warc([("http://v.example/1", "200 OK", [html], page)], packed=False)
    packed = warc([("http://v.example/1", "200 OK", [html], page)])
    length = f"Content-Length: {len(page) + 100}\r\n\r\n".encode()
    promised = plain.replace(b"text/html\r\n\r\n", b"text/html\r\n" + length)
    inner, longer = len(page) + 42, len(page) + 42 + len(length) - 2
    told = plain.replace(b"WARC-Date", b"WARC-Truncated: length\r\nWARC-Date")
    return [
        (plain[:-60], "the archive ends 56 bytes before the end of its record"),
        (plain.replace(b"WARC/1.0", b"WARC/1.1")[:-60], "ends 56 bytes before"),
        (packed[:-40], "before the end of its record"),
        (zipped({"datapackage.json": b"{}", "a.warc": plain[:-60]}), "56 bytes"),
        (told, "cut short: its record says so (length)"),
        (promised.replace(str(inner).encode(), str(longer).encode()), "of the answer"),
        (gzip.compress(page)[:-12], "the gzip was cut short"),
    ]


@pytest.mark.parametrize(("data", "told"), cut_archives())
def test_page_of_an_archive_that_was_cut_short_says_so(data, told):
    (item,) = parse(data, "a")

    assert item.headline == "A bridge 1"
    assert told in "".join(item.receipt.warnings)


def test_refusal_of_what_is_left_of_a_page_says_that_it_was_cut_short():
    data = warc(answers()[:1], packed=False)

    with pytest.raises(ArchiveError, match="the page was cut short: the archive ends"):
        parse(data[:-150], "a")


def test_names_that_lead_out_of_a_folder_write_nothing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names = ("../../out.html", "/etc/out.html", "C:\\out.html")
    data = zipped(dict.fromkeys(names, PAGES["news/1.html"]))

    assert len(headlines(data)) == len(names)
    assert list(tmp_path.rglob("*")) == []


def test_archive_inside_an_archive_is_refused():
    inner = zipped(PAGES)
    (first, *_) = parse(zipped({"inner.zip": inner, **PAGES}), "a.zip")

    assert "no archive inside an archive" in first.receipt.warnings[0]


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8, 0.99])
@pytest.mark.parametrize("data", [warc(answers()), zipped(PAGES)])
def test_archive_that_is_cut_short_gives_what_arrived_or_one_reason(data, share):
    try:
        found = headlines(data[: int(len(data) * share)], "cut")
    except ArchiveError:
        found = []

    assert set(found) <= {"A bridge 1", "A bridge 2"}


@pytest.mark.parametrize("flags", [b"\xff", b"\x01"])
def test_damaged_archive_never_fails_by_another_error(flags):
    for data in (warc(answers()), zipped(PAGES)):
        for place in range(8, len(data), examples(149, 37)):
            damaged = data[:place] + flags + data[place + 1 :]
            found = []
            with suppress(ArchiveError):
                found = parse(damaged, "damaged")
            assert len(found) <= 3


def test_number_of_files_in_a_zip_is_bounded(monkeypatch):
    monkeypatch.setattr(zips, "MOST_MEMBERS", 1)

    with pytest.raises(ArchiveError, match="at most 1 files"):
        headlines(zipped(PAGES))


def test_file_larger_than_any_item_is_refused_before_it_is_read(tmp_path):
    large = tmp_path / "large.html"
    with large.open("wb") as file:
        file.write(b"<html>")
        file.truncate(1 << 33)
    tracemalloc.start()
    with pytest.raises(TooLargeError):
        read(str(large))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 4 * bounded.MOST_BYTES
    assert members.is_archive(b"PK\x03\x04")
