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
