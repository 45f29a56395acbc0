# ruff: noqa: RUF001 - letters of languages that look like Latin ones
"""Habits of single families: identifiers, heads, scripts and tables as they come."""

import json

import pytest

from wire.habits import SAID, g2, item_of, nitf, texts


def test_a_mandatory_update_is_an_update():
    item = item_of(g2(f"<p>{SAID}</p>", "sig:updatemandatory"))

    assert (item["signal"], item["receipt"]["warnings"]) == ("update", [])


def test_dl_is_a_dateline_or_heads_with_texts():
    facts = "<DL><DT>Fakta: Bron</DT><DD><P>Byggd 1964.</P></DD></DL>"

    item = item_of(g2(f"<BODY><DL>STOCKHOLM</DL><P>{SAID}</P>{facts}</BODY>"))

    assert item["dateline"] == {"place": "STOCKHOLM", "date": None}
    assert texts(item) == [SAID, "Fakta: Bron", "Byggd 1964."]


def test_ninjs_2_is_not_taken_for_ap_and_names_what_it_replaces():
    record = {
        "uri": "tag:2",
        "altIds": [{"role": "x", "value": "y"}],
        "contentLanguage": "en",
        "bodies": [{"role": "main", "value": f"<p>{SAID}</p>"}],
        "replacing": ["tag:1"],
    }

    item = item_of(json.dumps(record))

    assert (item["family"], item["language"]) == ("ninjs", "en")
    assert item["associations"] == [
        {"rel": "replaces", "guid": "tag:1", "headline": None}
    ]


def test_a_header_in_cyrillic_is_read_and_its_keyword_is_the_slugline():
    copy = (
        "\x01ТАС0123 4 ПОЛ 0050 Мост\r\nМост построят\r\n\x02\r\n    МОСКВА, 2 января."
    )
    copy += " /ТАСС/. Совет проголосовал за мост.\r\n    Работы начнутся в мае, как"
    copy += " сказал мэр, и это хорошо.\r\n\x03021015 янв 24"

    item = item_of(copy.encode("koi8-r"))

    assert (item["family"], item["slugline"]) == ("iptc-7901", "Мост")
    assert item["published_at"] == "2024-01-02T10:15:00"


def test_agency_copy_saved_as_text_has_its_dateline():
    copy = "Мост построят\n\nМосква. 2 января. ИНТЕРФАКС - Совет долины проголосовал"
    copy += " за мост, сообщил мэр.\n\nРаботы начнутся в мае.\n\n(c) Интерфакс, 2024\n"

    item = item_of(copy.encode("cp1251"))

    assert item["dateline"] == {"place": "Москва", "date": "2 января"}
    assert (item["credit"], item["rights"]) == ("ИНТЕРФАКС", "(c) Интерфакс, 2024")
    assert texts(item)[0].startswith("Совет долины")


def test_lists_inside_lists_lose_no_member():
    item = item_of(
        g2(f"<p>{SAID}</p><ul><li>a<ul><li>b</li></ul></li><ul><li>c</li></ul></ul>")
    )

    assert item["body"][1]["items"] == ["a", "b", "c"]


def test_soft_hyphens_are_no_letters_and_no_break_spaces_stay():
    assert texts(nitf("Um\u00adlaute gehen 10\u00a0km weit.", SAID))[0] == (
        "Umlaute gehen 10\u00a0km weit."
    )


def _7901(text, encoding="cp1252"):
    copy = "\x01aap0123 4 pol 123 BRIDGE\nBridge voted\n\x02\n" + text
    return item_of((copy + "\n\x03021015 Jan 24").encode(encoding))


def test_lines_that_each_open_as_a_sentence_are_paragraphs():
    lines = [
        "The mayor said it was a good day for all people in the valley.",
        '"It is fine," she told reporters in the town hall',
        '"We shall build it."',
        "Work begins in May",
        "It ends in June.",
    ]

    assert texts(_7901("\n".join(lines))) == lines


def test_an_indent_opens_a_paragraph_below_a_byline_that_has_less():
    text = " By Ann Quill, Political Editor\n   The council voted for a bridge, and"
    text += "\nit will be built.\n   Work begins in May."

    item = _7901(text)

    assert item["byline"][0]["name"] == "Ann Quill"
    assert len(item["body"]) == 2


def test_a_line_of_words_right_above_rows_is_their_head():
    table = _7901("Standings:\n\nTEAM    POINTS\nReds    3\nBlues   1")["body"][-1]

    assert table["rows"] == [["TEAM", "POINTS"], ["Reds", "3"], ["Blues", "1"]]


def test_letters_of_dos_are_read():
    item = _7901("OSLO (NTB): Dalen får ny bro, sier ordføreren.", "cp865")

    assert texts(item) == ["Dalen får ny bro, sier ordføreren."]


def test_the_line_below_a_byline_says_whose_its_people_are():
    item = _7901("By ANN QUILL\nAssociated Press Writer\n   PARIS (AP) _ " + SAID)

    assert item["byline"] == [
        {"name": "ANN QUILL", "role": None, "title": "Associated Press Writer"}
    ]
    assert item["dateline"]["place"] == "PARIS"


@pytest.mark.parametrize(
    "printed",
    [
        "(Zusammenfassung 1300 - neu: Reaktionen) Tal bekommt Brücke",
        "UPDATE 2-Tal bekommt Brücke",
        "(UPDATE) Tal bekommt Brücke",
        "LEAD 1: Tal bekommt Brücke",
    ],
)
def test_marks_of_version_go_as_a_whole(printed):
    item = nitf(SAID, hedline=f"<hl1>{printed}</hl1>")

    assert (item["headline"], item["signal"]) == ("Tal bekommt Brücke", "update")


def test_a_script_with_numbered_shots_keeps_its_lines():
    script = "SHOTLIST\n1. BRIDGE\n2. MAYOR"
    copy = (
        '<newsItem guid="v"><itemMeta><itemClass qcode="ninat:video"/></itemMeta>'
        f'<contentMeta><description role="x:shotlist">{script}</description>'
        "</contentMeta></newsItem>"
    )

    assert texts(item_of(copy)) == ["SHOTLIST", "1. BRIDGE", "2. MAYOR"]


def test_afp_core_says_its_codes_without_a_scheme_and_its_text_line_by_line():
    record = {
        "uno": "newsml.example.1",
        "headline": "Pont",
        "slug": ["france", "pont"],
        "news": ["Paris (AFP) - Le conseil a voté.", "Le maire est content."],
        "iptc": ["11006000"],
        "bagItem": [
            {
                "uno": "p1",
                "caption": "C",
                "medias": [{"href": "a.jpg", "type": "Photo"}],
            }
        ],
    }

    item = item_of(json.dumps(record))

    assert (item["guid"], item["slugline"]) == ("newsml.example.1", "france-pont")
    assert item["subjects"] == ["medtop:20000593"]
    assert texts(item) == ["Le conseil a voté.", "Le maire est content."]
    assert item["media"][0]["renditions"][0]["href"] == "a.jpg"


def test_ap_letters_of_priority_count_where_there_is_no_urgency():
    record = {
        "altids": {"itemid": "1"},
        "headline": "Bridge",
        "urgency": 0,
        "editorialpriority": "b",
        "editorialtypes": ["Corrective"],
    }

    item = item_of(json.dumps(record))

    assert (item["urgency"], item["signal"]) == (2, "correction")


@pytest.mark.parametrize(
    ("printed", "signal"),
    [
        ("Aprueban el puente (Ampliación)", "update"),
        ("Aprueban el puente (CORRECCIÓN)", "correction"),
        ("Aprueban el puente (análisis)", None),
    ],
)
def test_a_mark_of_version_behind_a_headline_is_no_headline(printed, signal):
    item = nitf(SAID, hedline=f"<hl1>{printed}</hl1>")

    assert signal == item["signal"]
    assert (signal is None) == ("(" in item["headline"])


@pytest.mark.parametrize(
    ("printed", "headline", "signal"),
    [
        ("1st Writethru: Council says no", "Council says no", "update"),
        ("MANDATORY KILL -- Council says no", "Council says no", "kill"),
        ("KILL Council says no", "Council says no", "kill"),
        ("CORRECTION to Council says no", "Council says no", "correction"),
        ("Отмена: Совет против моста", "Совет против моста", "kill"),
        ("اصلاحیه: شورا با پل مخالفت کرد", "شورا با پل مخالفت کرد", "correction"),
        ("KILL BILL RETURNS", "KILL BILL RETURNS", None),
        ("Correction to the curve of rates", "Correction to the curve of rates", None),
        ("Killed miners are found", "Killed miners are found", None),
    ],
)
def test_words_that_say_what_a_letter_does_to_another_go(printed, headline, signal):
    said = f"From: a@b.example\nSubject: {printed}\nMessage-ID: <1@b>\n\n{SAID}\n"
    item = item_of(said)

    assert (headline, signal) == (item["headline"], item["signal"])


def test_a_withdrawal_before_a_headline_is_no_place():
    copy = b"\x01abc0131 4 i 200 Bridge\r\n\x02KILL - Council says no to a bridge\r\n"
    item = item_of(
        copy + b"\r\nPlease kill the story. It was untrue and is no news.\x03"
    )

    assert ("Council says no to a bridge", "kill") == (item["headline"], item["signal"])


def test_a_flash_before_the_place_is_no_place():
    item = nitf("HAST Oslo (NTB): Broen raser.", hedline="<hl1>HAST: Broen</hl1>")

    assert item["dateline"] == {"place": "Oslo", "date": None}
    assert item["breaking"]


def test_what_stands_below_a_label_for_editors_is_for_them():
    copy = (
        b"\x16\x16\x01a0123\x1f\nb i \x13\x11BC-EU--Bridge, KILL\x13 01-02 0050\n\x02"
    )
    copy += b"^BC-EU--Bridge, KILL<\n^EDITORS:<\n^Kill the story. It has errors.<\n\x03"

    item = item_of(copy)

    assert item["ednote"] == "EDITORS: Kill the story. It has errors."
    assert (item["signal"], item["body"]) == ("kill", [])


def test_codes_of_iptc_in_xml_of_an_agencys_own_are_subjects():
    item = item_of(
        "<News><Item><headline>Broen</headline><IPTC>11006000</IPTC>"
        f"<IPTC>x</IPTC><body>{SAID}</body></Item></News>"
    )

    assert item["subjects"] == ["medtop:20000593"]


def test_a_mark_for_the_desk_behind_the_last_keyword_goes():
    copy = "\x01sda0123 4 spo 0050 Tal/Bruecke/TIP\nHead\n\x02\n" + SAID + "\n\x03"

    assert item_of(copy)["slugline"] == "Tal/Bruecke"


def test_a_urn_that_line_ends_broke_is_whole():
    urn = "\nurn:newsml:x.example:\n20260304:1:1\n"
    identifier = f"<PublicIdentifier>{urn}</PublicIdentifier>"
    item = item_of(
        "<NewsML><NewsItem><Identification><NewsIdentifier>"
        f"{identifier}</NewsIdentifier></Identification></NewsItem></NewsML>"
    )

    assert "urn:newsml:x.example:20260304:1:1" == item["guid"]
