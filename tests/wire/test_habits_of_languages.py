# ruff: noqa: RUF001 - letters of languages that look like Latin ones
"""Short words that languages share, and marks that each agency sets in its own."""

import json

import pytest

from wire.habits import SAID, g2, item_of, nitf, texts

FINNISH = "Hallitus päätti säästöistä. Pääministeri kertoi niistä Säätytalossa."
ESTONIAN = "Valitsus tõstab maksu ja see on ainus võimalus, aga vastased ei ole nõus."
SHORT = "No one hurt. A bridge in Ohio was closed."


@pytest.mark.parametrize(
    ("tag", "words"), [("fi", FINNISH), ("et", ESTONIAN), ("en-US", SHORT)]
)
def test_a_tag_stands_where_the_words_are_few_or_a_neighbours(tag, words):
    item = item_of(json.dumps({"uri": "u", "language": tag, "body_text": words}))

    assert (item["language"], item["receipt"]["warnings"][1:]) == (tag, [])


def test_a_tag_goes_where_the_words_clearly_say_another_language():
    said = "The council said that it will open the bridge for all of the villages."
    item = item_of(json.dumps({"uri": "u", "language": "fi", "body_text": said}))

    assert item["language"] == "en"


@pytest.mark.parametrize("agency", [" (AP)", ""])
def test_a_state_in_two_letters_is_no_agency(agency):
    item = nitf(f"HARRISBURG, Pa.{agency} - {SAID}")

    assert item["dateline"]["place"] == "HARRISBURG, Pa."
    assert (item["credit"], texts(item)) == ("AP" if agency else None, [SAID])


def test_a_first_paragraph_that_is_called_a_dateline_is_text():
    said = f"{SAID} {SAID}"
    body = f'<p class="dateline">BRUSSEL 12/02 (BELGA) = {said}</p><p>{SAID}</p>'
    item = item_of(g2(f"<body>{body}</body>"))

    assert item["dateline"] == {"place": "BRUSSEL", "date": "12/02"}
    assert texts(item) == [said, SAID]


@pytest.mark.parametrize(
    "note",
    [
        "Actualisé avec précisions",
        "Actualiza con declaraciones del alcalde",
        "Päivitetty koko juttu",
    ],
)
def test_a_note_in_brackets_that_says_what_is_new_is_for_editors(note):
    item = nitf(f"({note})", SAID)

    assert (item["ednote"], texts(item)) == (note, [SAID])


def test_amp_in_brackets_is_an_update_and_a_word_before_a_colon_is_not():
    marked, spoken = (
        nitf(SAID, hedline="<hl1>(AMP) Puente</hl1>"),
        nitf(SAID, hedline="<hl1>Amp: a puzzle</hl1>"),
    )

    assert (marked["headline"], marked["signal"]) == ("Puente", "update")
    assert (spoken["headline"], spoken["signal"]) == ("Amp: a puzzle", None)


def test_people_whose_files_are_in_the_copy_helped_and_agencies_are_credited():
    person = nitf(SAID, SAID, "— With files from Kim Trial in Winnipeg")
    agency = nitf(SAID, SAID, "With files from Reuters")

    assert [one["name"] for one in person["contributors"]] == ["Kim Trial"]
    assert (person["credit"], agency["credit"]) == (None, "Reuters")


@pytest.mark.parametrize("line", ["201432 Mrz 25", "On the Net: http://b.example"])
def test_a_stamp_or_an_address_behind_the_text_is_no_credit(line):
    body = f"<body.content><p>{SAID}</p></body.content>"
    end = f"<body.end><tagline>{line}</tagline></body.end>"
    item = item_of(f"<nitf><body>{body}{end}</body></nitf>")

    assert (item["credit"], texts(item)) == (None, [SAID])


def test_known_bylines_below_the_text_go_however_many_there_are():
    head = "<byline>Lisa Prov/TT</byline><byline>Kalle Test/TT</byline>"
    item = nitf(
        *[f"{SAID} {number}" for number in range(5)],
        "Lisa Prov/TT",
        "Kalle Test/TT",
        head=head,
    )

    assert len(texts(item)) == 5
    assert [one["name"] for one in item["byline"]] == ["Lisa Prov", "Kalle Test"]


def test_a_file_that_is_all_one_photo_has_its_captions():
    item = item_of(
        "<photo><Headline>Flood</Headline><Caption-Abstract>A man walks.</Caption-"
        "Abstract><By-line>Ann Quill</By-line><Credit>AP</Credit></photo>"
    )

    assert (item["headline"], item["abstract"]) == ("Flood", "A man walks.")
    assert (item["byline"][0]["name"], item["credit"]) == ("Ann Quill", "AP")


@pytest.mark.parametrize("encoding", ["cp866", "utf-8", "koi8-r"])
def test_a_header_in_cyrillic_is_known_in_any_encoding(encoding):
    said = "Совет Федерации одобрил закон о мосте, и он вступит в силу летом."
    copy = "\x01ТАС0456 3 ПОЛ 0120 Мост\r\n\x02Закон о мосте одобрен=\r\n\r\n"
    copy += f"   МОСКВА, 26 марта. /ТАСС/. {said}\r\n\x03261015 МСК мар 25"
    item = item_of(copy.encode(encoding))

    assert (item["family"], texts(item)) == ("iptc-7901", [said])
    assert item["published_at"] == "2025-03-26T07:15:00Z"


@pytest.mark.parametrize(
    ("said", "agency"),
    [
        ("(Keystone-SDA) {}", "Keystone-SDA"),
        ("March 4 (UPI) -- {}", "UPI"),
        ("(BELGA) = {}", "BELGA"),
    ],
)
def test_an_agency_without_a_place_is_taken_off(said, agency):
    item = nitf(said.format(SAID), SAID)

    assert (item["credit"], texts(item)) == (agency, [SAID, SAID])


def test_brackets_that_open_a_text_and_name_no_agency_stay():
    assert texts(nitf("(Nearly) everybody came.", SAID))[0].startswith("(Nearly)")


def test_a_name_before_the_agency_of_a_dateline_is_the_byline():
    item = nitf(f"София, 4 март /Иван Примеров, БТА/ {SAID}")

    assert [one["name"] for one in item["byline"]] == ["Иван Примеров"]
    assert (item["credit"], texts(item)) == ("БТА", [SAID])


@pytest.mark.parametrize("sign", ["(Hina) xabc yde", "/ХК/"])
def test_initials_beside_an_agency_or_in_cyrillic_sign_off(sign):
    assert texts(nitf(SAID, SAID, sign)) == [SAID, SAID]


def test_initials_behind_pti_go_and_agerpres_says_who_wrote():
    signed = "AGERPRES/(A - autor: Ion Model, editor: Ana Exemplu)"
    item = nitf(SAID, SAID, signed)

    assert texts(nitf(SAID, f"{SAID} PTI ABC DEF")) == [SAID, SAID]
    assert texts(item) == [SAID, SAID]
    assert [(one["name"], one["role"]) for one in item["contributors"]] == [
        ("Ion Model", "writing"),
        ("Ana Exemplu", "editing"),
    ]


@pytest.mark.parametrize("head", ["Rückfragen & Kontakt:", "Rückfragehinweis:"])
def test_a_name_below_whom_to_ask_never_reaches_readers(head):
    item = nitf(SAID, SAID, head, "Max Muster", "Tel.: +43 1 4000-81234")

    assert texts(item) == [SAID, SAID]
    assert "Muster" not in json.dumps(item)


@pytest.mark.parametrize(
    ("line", "people"),
    [("أنقرة / الأناضول", []), ("أنقرة / علي مثال / الأناضول", ["علي مثال"])],
)
def test_anadolu_sets_place_person_and_name_between_strokes(line, people):
    said = "أعلنت الحكومة التركية افتتاح جسر جديد في إسطنبول."
    item = nitf(line, said, said)

    assert (item["dateline"]["place"], item["credit"]) == ("أنقرة", "الأناضول")
    assert ([one["name"] for one in item["byline"]], texts(item)) == (
        people,
        [said] * 2,
    )


def test_a_number_behind_a_word_for_an_update_belongs_to_the_mark():
    item = nitf(SAID, hedline="<hl1>ACTUALIZA 1-Puente</hl1>")

    assert (item["headline"], item["signal"]) == ("Puente", "update")


@pytest.mark.parametrize("end", ["\r\n", ""])
def test_codes_of_anpa_are_read_where_their_line_was_lost(end):
    copy = f"\x16\x16\x01a0042\x1f{end}r i \x13bc-valley-bridge\x14 03-04 0123\r\n"
    copy += (
        "\x02^bc-valley-bridge<\r\n^URGENT<\r\n^Valley opens bridge<\r\n   KYIV (AP) - "
    )
    copy += f"{SAID}\r\n   It opens.\r\n\x03AP-WF-03-04-25 1205GMT\x04"
    item = item_of(copy)

    assert (item["slugline"], item["urgency"]) == ("bc-valley-bridge", 4)
    assert item["breaking"]
    assert (item["headline"], texts(item)) == (
        "Valley opens bridge",
        [SAID, "It opens."],
    )


def test_who_edited_is_no_note_to_editors():
    item = nitf(SAID, SAID, "Pewarta: Budi Contoh", "Editor: Siti Misal")

    assert ([one["role"] for one in item["contributors"]], item["ednote"]) == (
        ["reporting", "editing"],
        None,
    )
    assert nitf("Editor: Adds quotes.", SAID)["ednote"] == "Editor: Adds quotes."


@pytest.mark.parametrize("place", ["HALIFAX, N.S.", "HARRISBURG, PA."])
def test_a_state_or_province_in_capitals_belongs_to_the_place(place):
    item = nitf(f"{place} \u2014 {SAID}")

    assert item["dateline"]["place"] == place
    assert (item["credit"], texts(item)) == (None, [SAID])
