"""What desks say of a version: corrections, embargoes, notes, heads, sign-offs."""

import json

import pytest

from wire.habits import SAID, g2, item_of, nitf, texts


def telex(head, *rows, keywords="Tal/Bau/"):
    """Write IPTC 7901 with the keywords before STX and the heads behind it."""
    text = "\r\n".join((head, *rows, "", f"Flusstal (dpa) - {SAID}", "", "Es beginnt."))
    copy = f"\x01bdt0123 4 pl 210 dpa 0456\r\n{keywords}\r\n\x02{text}"
    return item_of(f"{copy}\r\ndpa emu yyzz n1 mmu\r\n\x03\r\n021530 Jan 26\r\n")


def ap(**fields):
    """Write the JSON of AP's Media API."""
    item = {"altids": {"itemid": "a1"}, "type": "text", "headline": "Bridge", **fields}
    return item_of(json.dumps({"data": {"item": item}}))


def test_heads_behind_stx_are_read_below_keywords_before_it_and_signs_go():
    item = telex("Das Tal bekommt eine Brücke =")

    assert ("Tal/Bau", "Das Tal bekommt eine Brücke") == (
        item["slugline"],
        item["headline"],
    )
    assert [SAID, "Es beginnt."] == texts(item)


@pytest.mark.parametrize(
    "note",
    [
        "Berichtigung: Im 2. Absatz muss es Mai heißen.",
        "(Berichtigung: Im 2. Absatz muss es Mai heißen)",
        "Korrektur: Monat im 2. Absatz",
    ],
)
def test_a_note_of_what_was_wrong_is_a_correction_and_no_text(note):
    item = telex("Das Tal bekommt eine Brücke =", note)

    assert ("correction", note.strip("()")) == (item["signal"], item["ednote"])
    assert [SAID, "Es beginnt."] == texts(item)


def test_a_headline_that_says_that_it_corrects_stays_the_headline():
    item = telex(
        "Berichtigung: Tal bekommt eine Brücke =", "(Berichtigung: es ist Mai)"
    )

    assert ("Tal bekommt eine Brücke", "correction") == (
        item["headline"],
        item["signal"],
    )


def test_an_embargo_behind_a_call_for_attention_is_held():
    item = telex(
        "Das Tal bekommt eine Brücke =", "ACHTUNG: Sperrfrist 5. März 2026, 18.00 Uhr"
    )

    assert "withheld" == item["pubstatus"]
    assert "ACHTUNG: Sperrfrist 5. März 2026, 18.00 Uhr" == item["ednote"]


def test_a_note_keeps_what_is_no_contact_and_the_receipt_says_that_one_went():
    item = ap(ednote="Eds: UPDATES: With the vote. Contact the desk at 212-555-0101.")

    assert ("Eds: UPDATES: With the vote.", "update") == (
        item["ednote"],
        item["signal"],
    )
    assert "contact in a note to editors" in json.dumps(item["receipt"]["dropped"])


@pytest.mark.parametrize(
    ("note", "signal"),
    [
        ("UPDATES: With police kill of a gunman.", "update"),
        ("Eds: Kill the story Bridge, which is wrong.", "kill"),
        ("Rectificatif: lire mai au 2e paragraphe", "correction"),
        ("Уточнено число в первом абзаце", "correction"),
        ("With photos.", None),
    ],
)
def test_what_a_note_does_to_an_earlier_version(note, signal):
    assert signal == ap(ednote=note)["signal"]


def test_headlines_that_are_not_the_one_stand_in_the_receipt():
    item = ap(headline_extended="Bridge for the valley after a flood")
    second = nitf(
        SAID,
        "More.",
        hedline="<hl1>Bridge</hl1><hl2>After a flood</hl2>",
        head="<abstract>The valley gets one.</abstract>",
    )

    assert ["Bridge for the valley after a flood"] == dropped(item)
    assert ["After a flood"] == dropped(second)


def dropped(item):
    """List the words that a receipt says went nowhere."""
    return [one["text"] for one in item["receipt"]["dropped"]]


def test_headlines_of_ninjs_3_are_what_their_roles_say():
    headlines = [
        {"role": "main", "value": "Bridge"},
        {"role": "kicker", "value": "Valley"},
        {"role": "sub", "value": "After a flood"},
    ]
    record = {"uri": "u1", "headlines": headlines, "body_text": SAID}
    item = item_of(json.dumps(record))

    assert ("Bridge", "Valley", "After a flood") == (
        item["headline"],
        item["kicker"],
        item["abstract"],
    )


def test_the_headline_of_a_picture_is_no_caption():
    picture = {"altids": {"itemid": "p1"}, "type": "picture", "headline": "Bridge"}
    picture["href"] = "https://files.example/p1.jpg"
    item = ap(associations={"1": picture}, body_nitf=f"<p>{SAID}</p>")

    assert [None] == [one["caption"] for one in item["media"]]
    assert ["Bridge"] == [one["headline"] for one in item["associations"]]


@pytest.mark.parametrize("place", ["STOCKHOLM", "Stockholm/TT"])
def test_a_dateline_behind_the_standfirst_is_one_and_speech_keeps_its_dash(place):
    speech = "\u2013 Vi börjar i maj, säger rådet."
    item = item_of(g2(f"<p>Dalen får en bro.</p><p>{place}</p><p>{speech}</p>"))

    assert place.partition("/")[0] == item["dateline"]["place"]
    assert ["Dalen får en bro.", speech] == texts(item)


def test_lines_that_are_all_indented_are_paragraphs():
    rows = ("MOSCOW, March 4. /TASS/. The valley gets a bridge, the council said.",)
    rows += ("Work begins in May.", "It costs 3 million.", "The council pays half.")
    body = "\r\n".join(f"   {row}" for row in rows)
    item = item_of(
        f"\x01tas0123 4 pl 210\r\nBridge\r\n\x02\r\n{body}\r\n\x03041530 GMT MAR 26"
    )

    assert 4 == len(item["body"])
    assert "2026-03-04T15:30:00Z" == item["published_at"]


def test_letters_of_several_zones_leave_a_local_time():
    item = item_of(
        f"\x01tas0123 4 pl 210\r\nBridge\r\n\x02\r\n{SAID}\r\n\x03041530 CST MAR 26"
    )

    assert "2026-03-04T15:30:00" == item["published_at"]
    assert any("CST" in one for one in item["receipt"]["warnings"])


def test_authors_stand_in_their_order_whoever_has_a_title():
    item = nitf(
        SAID,
        "More.",
        head="<byline>By Ann Quill</byline>"
        "<byline>By Bob Ink<byttl>Staff writer</byttl></byline>"
        "<byline>By Cy Pen</byline>",
    )

    assert ["Ann Quill", "Bob Ink", "Cy Pen"] == [one["name"] for one in item["byline"]]


def test_an_advisory_that_is_not_for_publication_is_no_note():
    item = nitf(SAID, "More.", head='<note type="npa"><p>Ring the source.</p></note>')

    assert item["ednote"] is None
    assert "Ring the source" not in json.dumps(item)


@pytest.mark.parametrize("line", ["Internal", "Confidential: the film", "Private"])
def test_a_subhead_of_one_word_is_no_mark(line):
    assert [SAID, line, "More of it."] == texts(nitf(SAID, line, "More of it."))


@pytest.mark.parametrize(
    "line",
    ["INTERNAL", "*** Internal ***", "Confidential: our source is the deputy mayor."],
)
def test_a_mark_set_off_hides_what_is_below(line):
    assert [SAID] == texts(nitf(SAID, line, "More of it."))


@pytest.mark.parametrize(
    "above",
    [
        ("Not for publication: ring us.",),
        ("Not for publication", "Ask A of the council."),
    ],
)
def test_what_stands_below_a_mark_at_the_top_ends_where_the_story_begins(above):
    item = nitf(*above, SAID, "More.", hedline="<hl1>Council votes for bridge</hl1>")

    assert [SAID, "More."] == texts(item)
    assert "Ask A" not in json.dumps(item)


@pytest.mark.parametrize(
    "headline",
    ["FOR IMMEDIATE RELEASE: Bridge", "Press release: Bridge", "Bridge (kr\u00f3tka)"],
)
def test_marks_of_press_offices_and_of_lengths_are_no_headline(headline):
    assert nitf(SAID, hedline=f"<hl1>{headline}</hl1>")["headline"] == "Bridge"


def test_an_editor_in_a_sign_off_is_nobodys_title():
    item = nitf(SAID, SAID, "Muhabir: Ann Quill - Redakt\u00f6r: Bea Ink")

    assert texts(item) == [SAID, SAID]
    named = [(p["name"], p["role"], p["title"]) for p in item["contributors"]]
    assert named == [("Ann Quill", "reporting", None), ("Bea Ink", "editing", None)]


def test_a_dateline_with_a_dash_behind_its_agency_may_stand_alone():
    item = nitf("VELL, Nov. 20 Kyodo -", SAID, SAID)

    assert texts(item) == [SAID, SAID]
    assert (item["dateline"]["place"], item["credit"]) == ("VELL", "Kyodo")


def test_a_credit_of_pictures_names_the_agency_and_not_who_took_them():
    whole = g2(f"<html><body><p>{SAID}</p></body></html>").replace(
        "<headline>", "<creditline>BELGA PHOTO ANN QUILL</creditline><headline>"
    )

    assert item_of(whole)["credit_agencies"] == ["BELGA"]


def test_a_standfirst_that_repeats_the_slug_is_none():
    whole = g2(f"<html><body><p>{SAID}</p></body></html>").replace(
        "<headline>",
        "<slugline>VALLEY BRIDGE</slugline><description>Valley bridge</description>"
        "<headline>",
    )

    assert item_of(whole)["abstract"] is None


def test_copy_without_controls_keeps_its_keyword_apart_and_says_that_it_is_cut():
    head = "abc0099 4 ecu 0120 abc 099\r\nBanque nationale\r\nLa banque ne bouge pas ="
    said = "Zurich (ats) La banque a dit jeudi de ne rien changer du tout, et les"
    item = item_of(f"{head}\r\n{said} analystes s'atten")

    assert (item["slugline"], item["headline"]) == (
        "Banque nationale",
        "La banque ne bouge pas",
    )
    assert "ends inside a sentence" in str(item["receipt"]["warnings"])
