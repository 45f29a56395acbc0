"""Copy made to break readers: refused in one line or read, never a crash."""

import json
import subprocess
import sys
from cProfile import Profile

import pytest
from click.testing import CliRunner

from tamizdat.wire.commands import wire
from tamizdat.wire.errors import NoBodyError
from tamizdat.wire.markup.noted import noted_in
from tamizdat.wire.markup.reader import read_xml
from tamizdat.wire.parsers import FAMILIES, nitf, parse
from tamizdat.wire.parsers.mail import letter_of
from tamizdat.wire.parsers.mail.attached import leaves
from tamizdat.wire.receipt import ReceiptWriter

NITF = (
    '<nitf><head><docdata><doc-id id-string="a1"/>{head}</docdata></head><body>'
    "<body.head><hedline><hl1>{hl}</hl1></hedline></body.head>"
    "<body.content>{body}</body.content></body></nitf>"
)
BODY = "<p>The council says it may replace the old bridge before winter.</p>"
LIMIT = 700 << 20  # bytes of memory for one file of the greatest size that is read


def item(head="", hl="A bridge", body=BODY):
    text = NITF.format(head=head, hl=hl, body=body)
    (found,) = parse(text.encode(), "f.xml")
    return found.to_json()


def test_one_run_over_many_files_stops_at_none(tmp_path):
    """Bombs, cut files, concepts and noise get one line each; sound copy is printed."""
    bad = {
        "bomb.xml": b"<!DOCTYPE a [<!ENTITY a 'b'><!ENTITY c '&a;&a;'>]><a>&c;</a>",
        "concept.xml": b'<conceptItem guid="x"><concept/></conceptItem>',
        "empty.xml": b"",
        "deep.xml": b"<nitf>" * 40_000,
        "nothing.xml": b"<nitf/>",
        "noise.bin": bytes(range(256)) * 9,
    }
    good = NITF.format(head="", hl="A bridge", body=BODY).encode()
    for name, data in bad.items():
        (tmp_path / name).write_bytes(data)
    for name in ("a.xml", "z.xml"):
        (tmp_path / name).write_bytes(good)
    files = sorted(map(str, tmp_path.iterdir()))
    result = CliRunner().invoke(wire, ["parse", "--json", *files])
    lines = [json.loads(line) for line in result.stdout.splitlines()]

    assert result.exit_code == 1
    assert ["a1", "a1"] == [line["guid"] for line in lines]
    assert len(bad) == len(result.stderr.splitlines())
    assert "nothing but conceptitem" in result.stderr


def calls_for(count):
    """Count what is called until a page of so many letters is refused."""
    letters = "\n".join("abcdefgh"[number % 8] for number in range(count))
    page = f"A bridge in the valley\n\n{letters}".encode()
    with Profile() as profile, pytest.raises(NoBodyError):
        parse(page, "letters.txt")
    return sum(row.callcount for row in profile.getstats())


def test_page_of_one_letter_a_line_is_refused_without_reading_it_again_and_again():
    """Each line looked back over all before it: sixty thousand took half an hour."""
    calls_for(1)  # loads the parser

    assert calls_for(1000) < 2.5 * calls_for(500)


def calls_for_languages(count, words):
    """Count what is called until copy with so many marked words is read."""
    body = f"{BODY}<p>{words * count}</p>{BODY}"
    text = NITF.format(head="", hl="A bridge", body=body).encode()
    with Profile() as profile:
        parse(text, "f.xml")
    return sum(row.callcount for row in profile.getstats())


@pytest.mark.parametrize(
    "words",
    [
        "<i lang='fa'>زن</i> ",
        "<i lang='fa'>زن</i> <i lang='ka'>ენა</i> ",
        "<i lang='fa'>" * 90 + "زن" + "</i>" * 90 + " there\n\n",
        "They say <i lang='fa'>زن</i> there.\n\n",
        "</p><p>They say <i lang='fa'>زن</i>",
        "</p><ul lang='fa'><li>زن</li></ul><p>",
        "</p><ul><li>They say <i lang='fa'>زن</i></li></ul><p>",
        "</p><ul><li><i lang='fa'>زن</i><ul><li>They say</li></ul></li></ul><p>",
        "</p><table><tr><td>They say <i lang='fa'>زن</i></td></tr></table><p>",
        "&lt;i lang='fa'>زن&lt;/i> ",
    ],
)
def test_copy_of_very_many_languages_is_read_in_the_time_of_its_length(words):
    """In one another, beside each other, in a text that is cut, in parts of it."""
    calls_for_languages(5, words)  # loads the parser

    assert calls_for_languages(600, words) < 2.5 * calls_for_languages(300, words)


PICTURE = (
    "<media media-type='image'><media-reference source='1.jpg'/><media-caption>{}"
    "</media-caption></media>"
)


def calls_for_captions(count):
    """Count what is called until captions are read that are parts of all paragraphs."""
    marked = "<p>They say {}.</p>".format("<lang iso='fa'>زن</lang> again " * 60)
    captions = PICTURE.format("زن again " * 50) * count
    body = f"{marked * count}{captions}"
    text = NITF.format(head="", hl="A bridge", body=body).encode()
    with Profile() as profile:
        (found,) = parse(text, "f.xml")
    assert ["زن"] == [one.words for one in found.foreign]
    assert "of one text" in "".join(found.receipt.warnings)
    return sum(row.callcount for row in profile.getstats())


def test_captions_that_are_in_very_many_texts_are_read_in_the_time_of_their_length():
    """Each stretch of each text was moved to each caption: a file took 99 seconds."""
    calls_for_captions(5)  # loads the parser

    assert calls_for_captions(40) < 2.5 * calls_for_captions(20)


def test_letters_that_are_compared_for_one_item_have_an_end():
    """None of the captions is in a paragraph, and it takes long to see that."""
    marked = f"<p><i lang='fa'>زن</i>{'a' * 4_000}</p>"
    caption = PICTURE.format("a" * 600 + "b" + "a" * 600)
    body = BODY + marked * 200 + caption * 100
    (found,) = parse(NITF.format(head="", hl="A bridge", body=body).encode(), "f.xml")

    assert () == found.foreign
    assert "too much to compare" in "".join(found.receipt.warnings)


class Read(str):
    """A text that counts the characters that are cut out of it to be looked at."""

    __slots__ = ("cut",)

    def __getitem__(self, key):
        """Note how much is taken."""
        found = super().__getitem__(key)
        self.cut = getattr(self, "cut", 0) + len(found)
        return found


@pytest.mark.parametrize("tag", ["&lt;", "&lt;a lang ", "&LT;i ", "<", "lang="])
def test_text_that_begins_tags_without_end_is_looked_through_once(tag):
    """Each was read on for 300 signs: a hundred times as long as its words took."""
    text = Read(tag * 2_000)

    assert [] == noted_in(text, ReceiptWriter())
    assert getattr(text, "cut", 0) <= 300 * text.count("lang=")


def test_fault_of_a_parser_stops_no_other_file(tmp_path, monkeypatch):
    def broken(_data, _file):
        raise KeyError("hl1")

    monkeypatch.setattr(nitf, "parse", broken)
    (tmp_path / "a.xml").write_bytes(b"<nitf/>")
    result = CliRunner().invoke(wire, ["parse", str(tmp_path / "a.xml")])

    assert result.exit_code == 1
    assert "a fault of the parser (KeyError): please report it" in result.stderr


@pytest.mark.parametrize("keep", [0.3, 0.6, 0.9, 0.97])
def test_file_that_was_cut_short_yields_what_is_there(keep):
    text = NITF.format(head="", hl="A bridge", body=BODY * 20)
    (found,) = parse(text.encode()[: int(len(text) * keep)], "f.xml")

    assert found.guid == "a1"
    assert found.headline == "A bridge"
    assert "damaged XML" in "".join(found.receipt.warnings)


@pytest.mark.parametrize(
    ("head", "key", "said"),
    [
        ('<date.issue norm="20241399T990000"/>', "published_at", "no date that exists"),
        ('<urgency ed-urg="soon"/>', "urgency", "unknown urgency"),
        ('<urgency ed-urg="0"/>', "urgency", ""),
    ],
)
def test_value_that_is_none_is_null_and_said(head, key, said):
    found = item(head)

    assert found[key] is None
    assert said in "".join(found["receipt"]["warnings"])


def test_copy_without_a_headline_has_its_first_sentence():
    found = item(hl=" ", body=BODY + BODY.replace("may", "will"))

    assert found["headline"].startswith("The council says it may replace")
    assert len(found["body"]) == 2
    assert "no headline" in "".join(found["receipt"]["warnings"])


def test_misspelt_tags_lose_no_words():
    found = item(body="<pp>The council says no.</pp><P>It says so twice.</p>")

    assert ["The council says no.", "It says so twice."] == [
        block["text"] for block in found["body"]
    ]


def test_every_row_of_the_table_names_a_parser_that_is_there():
    assert all(family.parser for family in FAMILIES)


def peak_of(path):
    """Parse a file in a process of its own and measure its memory, in bytes."""
    code = (
        "import sys, resource\n"
        "from tamizdat.wire.commands import read\n"
        "from tamizdat.wire.errors import WireError\n"
        "try: print(len(read(sys.argv[1])))\n"
        "except WireError as error: print(error)\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)],
        capture_output=True,
        check=True,
        text=True,
        timeout=300,
    )
    answer, peak = done.stdout.splitlines()
    return answer, int(peak) * 1024


def test_file_of_a_hundred_megabytes_is_refused_unread(tmp_path):
    path = tmp_path / "large.xml"
    with path.open("wb") as stream:
        stream.write(b"<nitf><body><body.content><p>")
        stream.truncate(100 << 20)
    answer, peak = peak_of(path)

    assert "expected at most" in answer
    assert peak < LIMIT


def test_element_keeps_its_first_attributes_however_many_it_has():
    """Each is looked up along all others: 300,000 would take minutes."""
    many = " ".join(f'a{n}="1"' for n in range(3_000))
    text = NITF.format(head="", hl="A bridge", body=BODY).replace(
        "<body>", f'<body class="first" {many}>'
    )

    tree = read_xml(text, "f.xml", ReceiptWriter())
    (found,) = parse(text.encode(), "f.xml")

    (body,) = tree.iter("body")
    assert body.get("class") == "first"
    assert len(body.keys()) < 1_000
    assert found.headline == "A bridge"


def test_a_letter_of_very_many_parts_is_read_as_far_as_its_first_thousand():
    head = "From: a@b.example\nTo: c@d.example\nSubject: Bridge\nMIME-Version: 1.0\n"
    head += 'Content-Type: multipart/mixed; boundary="b"\n\n'
    part = "--b\nContent-Type: text/plain\n\nThe council voted for a bridge.\n"
    letter = f"{head}{part * 3000}--b--\n".encode()
    item = parse(letter, "letter")[0]

    assert 1000 == len(leaves(letter_of(letter)))
    assert any("first 1,000 parts" in one for one in item.receipt.warnings)


LETTER = "Date: 2 Jan 2024 03:04:05 GMT\nTo: c@d.example\nSubject: Bridge\n{}\n\n{}"
VOTED = "The council voted for a bridge.\n"


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("Content-Type: text/plain; a" + '{"":' * 40_000, "of the header Content-Type"),
        ("Content-Type: text/plain " + "(" * 2_000, ""),
        ("Content-Transfer-Encoding: 7bit " + "(" * 2_000, ""),
        ("From: " + "(" * 2_000 + " a@b.example", ""),
        ("Content-Type: message/rfc822\n\n" * 3_000, "letters lie in letters too deep"),
    ],
)
def test_a_header_that_grows_by_itself_loses_no_letter(header, said):
    """The library reads its rest again at each odd sign: 40 kB took 22 seconds."""
    item = parse(LETTER.format(header, VOTED).encode(), "letter")[0]

    assert item.headline == "Bridge"
    assert said in "".join(item.receipt.warnings)


def test_noise_of_starts_is_no_item_each():
    """Each is finished like a story: a megabyte of them would be half a million."""
    good = "\x16\x16\x01a4012\x1f\r\nu i \x1fBridge\x1f01-02 0010\r\n\x02{}\x03\x04"
    sent = good.format(VOTED) + "\x01a" * 2_000 + good.format("The mayor said no.")
    items = parse(sent.encode(), "f")

    assert [VOTED.strip(), "The mayor said no."] == [i.body[0].text for i in items]
    assert "2000 starts of an item" in "".join(items[0].receipt.warnings)


@pytest.mark.parametrize(
    ("true", "misspelt", "key"),
    [
        ("docdata", "docdta", "guid"),
        ("doc-id", "docid", "guid"),
        ("urgency", "urgencey", "urgency"),
        ("hedline", "hedlin", "headline"),
        ("hl1", "h11", "headline"),
        ("body.head", "bodyhead", "headline"),
        ("body.content", "body.contnet", "body"),
    ],
)
def test_element_that_is_misspelt_is_read_as_the_one_that_is_missing(
    true, misspelt, key
):
    text = NITF.format(head='<urgency ed-urg="2"/>', hl="A bridge", body=BODY)
    (found,) = parse(text.replace(true, misspelt).encode(), "f.xml")
    (sound,) = parse(text.encode(), "f.xml")
    told = f"<{misspelt}> in line 1 is read as <{true}>, which is missing there"

    assert sound.to_json()[key] == found.to_json()[key]
    assert [block.text for block in sound.body] == [block.text for block in found.body]
    assert told in found.receipt.warnings


@pytest.mark.parametrize(
    "hl",
    ["<hl>A bridge</hl>", "<h11>A bridge</h11><hi1>A dam</hi1>", "<hx9>A bridge</hx9>"],
)
def test_element_that_may_be_two_is_read_as_none(hl):
    text = NITF.format(head="", hl="", body=BODY).replace("<hl1></hl1>", hl)
    (found,) = parse(text.encode(), "f.xml")

    assert "is read as" not in "".join(found.receipt.warnings)


def test_elements_of_newsml_may_be_misspelt_too():
    text = (
        '<newsItem guid="urn:x:1"><itemMeta><versionCreted>2024-01-02T03:04:05Z'
        "</versionCreted></itemMeta><contentMta><urgncy>2</urgncy><headlin>A bridge"
        "</headlin></contentMta><contentSet><inlineXLM><p>The council says it may "
        "replace the old bridge.</p></inlineXLM></contentSet></newsItem>"
    )
    (found,) = parse(text.encode(), "f.xml")

    assert (2, "A bridge") == (found.urgency, found.headline)
    assert "2024-01-02T03:04:05Z" == found.published_at
    assert ["The council says it may replace the old bridge."] == [
        block.text for block in found.body
    ]


CUT = {
    "teletype": "\x16\x16\x01a4012\x1f\r\nu i \x1fBridge\x1f01-02 0010\r\n\x02" + VOTED,
    "telex": "ZCZC 0123\r\nR POL S0A\r\nBridge shut\r\n   (ANSA) - The bridge is shut.",
    "letter": LETTER.format(
        'Content-Type: multipart/mixed; boundary="b"',
        "--b\nContent-Type: text/plain\n\n" + VOTED,
    ),
    "page": f"<html><body><article><h1>Bridge</h1>{BODY * 3}",
    "export": (
        '<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><item><title>Bridge'
        f"</title><wp:post_type>post</wp:post_type><content>{VOTED}</content></item>"
    ),
    "newsml": '<newsItem guid="a" xmlns="http://iptc.org/std/nar/"><contentMeta>',
    "json": '{"uri": "a", "headline": "Bridge", "body_text": "The council voted.',
}


@pytest.mark.parametrize("copy", CUT.values(), ids=CUT)
def test_receipt_says_that_a_file_may_have_been_cut_short(copy):
    items = parse(copy.encode(), "f")

    told = "".join(items[0].receipt.warnings)
    assert any(mark in told for mark in ("cut short", "damaged"))
