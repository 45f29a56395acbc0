# ruff: noqa: RUF001 - letters of languages that look like Latin ones
"""The family is told from the bytes, whatever stands before the first element."""

import pytest

from tamizdat.wire.errors import WireError
from tamizdat.wire.parsers import FAMILIES, family_of, mail, parse

DOCTYPE = b'<!DOCTYPE nitf SYSTEM "x.dtd" [ <!ENTITY a "<html>"> ]>'
G2 = b' xmlns="http://iptc.org/std/nar/2006-10-01/"'
WAYS = {
    "newsml-g2": [
        b"<newsItem" + G2 + b' guid="a"/>',
        b"<?xml version='1.0'?>\n<!-- <rss> --><nar:newsMessage/>",
        b"\xef\xbb\xbf  <packageItem/>",
        "<?xml version='1.0'?><newsItem/>".encode("utf-16"),
        "<newsItem/>".encode("utf-16-le"),
        b"<contentSet/>",
        b"<conceptItem/>",
    ],
    "newsml-1": [b"<NewsML/>", b"\r\n<NEWSML Version='1.2'/>", b"<NewsItem/>"],
    "nitf": [DOCTYPE + b"<nitf/>", b"<n:nitf xmlns:n='x'>", b"<NITF>"],
    "rss": [b"<rss version='2.0'>", b'<?xml version="1.0"?><RSS>'],
    "wxr": [b'<rss xmlns:wp="http://wordpress.org/export/1.2/">'],
    "rdf": [b"<rdf:RDF>"],
    "atom": [b"<feed>", b"<a:entry>"],
    "html": [b"<!doctype html><p>x", b"<HTML>", b"<html xmlns='x'>"],
    "json-feed": [b'{"version": "https://jsonfeed.org/version/1.1"}'],
    "agency-json": [
        b'{"uri": "a", "headline": "b"}',
        b'\xef\xbb\xbf{ "headlines": [] }',
    ],
    "iptc-7901": [
        b"\x01bdt0123 4 pl 176 dpa 0987\r\n\x02",
        b"\n\nats0123 3 ECO 176 \n",
    ],
    "anpa-1312": [
        b"\x16\x16\x01a4012\x1f",
        b"a0123----\r\nr a BC-US--Bridge 01-02 0234\r\n^BC-US--Bridge<",
    ],
    "mail": [b"From: a@example.org\nTo: b@example.org\nSubject: c\n\nWords"],
    "warc": [b"WARC/1.1\r\n"],
    "xml": [b"<ritzau><headline/></ritzau>"],
    "saved-text": [b"A headline\n\nA paragraph."],
}


@pytest.mark.parametrize(
    ("family", "data"), [(name, data) for name in WAYS for data in WAYS[name]]
)
def test_family_is_told_by_the_first_element_or_the_first_line(family, data):
    assert family == family_of(data).name


def test_every_row_has_a_name_of_its_own():
    names = [family.name for family in FAMILIES]

    assert len(names) == len(set(names))


@pytest.mark.parametrize("length", [0, 1, 2, 3, 5, 9, 40])
@pytest.mark.parametrize("data", [b"\xff\xfe<", b"\xff", b"<!DOCTYPE [", b"{", b"\x01"])
def test_no_bytes_are_without_a_family(data, length):
    assert family_of((data * 20)[:length]).name


@pytest.mark.parametrize(
    "piece", ["#", "//", "<!--", "<!DOCTYPE [", " ", "a(", "/*", "<?"]
)
def test_family_of_a_long_run_of_marks_is_told_at_once(piece):
    """A search that goes back over what it read would never end here."""
    assert family_of((piece * 60_000).encode()).name


@pytest.mark.parametrize(
    "before",
    ["<!DOCTYPE nitf [{}]>", "<!-- {} -->", '<!DOCTYPE nitf SYSTEM "a"[{}]>'],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_what_stands_before_the_first_element_hides_no_family(before, encoding):
    """A DOCTYPE of 100 kB made copy a page without a paragraph."""
    head = before.format("<!ELEMENT a (b|c)>\n" * 6_000).replace("-->\n", "")
    text = f"<?xml version='1.0'?>{head}<nitf><body/></nitf>"

    assert "nitf" == family_of(text.encode(encoding)).name


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ("<!DOCTYPE nitf [<!ELEMENT a (b)>" * 5_000, "the DOCTYPE: expected its end"),
        ('{"a":' * 200, "expected at most 100 levels, found level 101 in line 1"),
        ("[\n" * 200, "expected at most 100 levels, found level 101 in line 101"),
    ],
)
def test_refusal_names_what_was_expected_and_the_limit(data, why):
    with pytest.raises(WireError, match=why):
        parse(data.encode(), "f")


@pytest.mark.parametrize("kind", [b'text/plain; charset="windows-1251"', b"text/plain"])
@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "utf-8"])
def test_mail_headers_of_raw_bytes_are_read_as_its_text(encoding, kind):
    head = "From: Долина <a@b.example>\nSubject: Совет закрыл мост\nContent-Type: "
    text = "\n\nМост в долине закрыт, и когда его откроют, неизвестно, сообщили.\n"

    (found,) = mail.parse(head.encode(encoding) + kind + text.encode(encoding), "m")

    assert (found.headline, found.provider) == ("Совет закрыл мост", "Долина")
    assert not any("headline" in one for one in found.receipt.warnings)
