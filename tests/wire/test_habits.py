"""Habits of agencies: what their desks put into copy never ends up as a story."""

import json

import pytest

from wire.habits import SAID, item_of, nitf, texts


@pytest.mark.parametrize(
    "last",
    [
        "Enditem",
        "(DWI, VDH)",
        "/MY/",
        "arch.",
        "./.",
        "(Forts.) ab/cd",
        "APA0123 2024-01-02/10:15",
        "иф эл",
        "(c) Copyright Thomson Reuters 2024. Click For Restrictions",
        "Keywords: BRIDGE COUNCIL/",
    ],
)
def test_what_signs_copy_off_is_no_text(last):
    assert texts(nitf(SAID, SAID, last)) == [SAID, SAID]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Associated Press writer Ann Quill in Rome contributed to this report.", 1),
        ("AP writers Ann Quill in Rome and Bea Ink in Oslo contributed.", 2),
        ("Ann Quill contributed reporting from Rome.", 1),
    ],
)
def test_who_contributed_is_named_there_wherever_the_line_stands(line, names):
    table = "</p><table><tr><td>a</td><td>1</td></tr></table><p>"

    item = nitf(SAID, line, table)

    assert [block["kind"] for block in item["body"]] == ["paragraph", "table"]
    assert len(item["contributors"]) == names
    assert item["contributors"][0]["name"] == "Ann Quill"
    assert item["contributors"][0]["role"] == "reporting"


def test_a_sentence_about_contributing_stays_text():
    said = "Rising rivers contributed to the flood."

    assert texts(nitf(SAID, said)) == [SAID, said]


def test_a_line_that_leads_to_a_contact_goes_with_it():
    item = nitf(SAID, "For more information contact Ann Quill at:", "+44 20 7946 0101")

    assert texts(item) == [SAID]
    assert "Quill" not in json.dumps(item)


def test_paragraphs_with_bullets_are_one_list():
    item = nitf(SAID, "* Shares up", "* Bonds flat", SAID)

    assert [block["kind"] for block in item["body"]] == [
        "paragraph",
        "list",
        "paragraph",
    ]
    assert item["body"][1]["items"] == ["Shares up", "Bonds flat"]


def test_an_agency_beside_a_person_is_no_byline():
    head = "<byline>By ANN QUILL</byline><byline>Associated Press</byline>"

    assert [one["name"] for one in nitf(SAID, head=head)["byline"]] == ["ANN QUILL"]


def test_names_and_paragraphs_that_only_markup_parts_stay_apart():
    head = (
        "<byline><person><name.given>Ann</name.given><name.family>Quill</name.family>"
        "</person></byline><abstract><p>One.</p><p>Two.</p></abstract>"
    )

    item = nitf(SAID, head=head)

    assert item["byline"][0]["name"] == "Ann Quill"
    assert item["abstract"] == "One. Two."


def test_a_label_before_the_second_headline_goes():
    item = nitf(SAID, hedline="<hl1>Brücke</hl1><hl2>Utl.: Rat stimmt zu</hl2>")

    assert item["abstract"] == "Rat stimmt zu"


@pytest.mark.parametrize(
    ("year", "rights"),
    [
        ("2024", "2024 The Agency"),
        ("20240102", "2024 The Agency"),
        ("24", "The Agency"),
        ("", "The Agency"),
    ],
)
def test_the_year_of_a_copyright_is_a_year(year, rights):
    data = f'<doc.copyright year="{year}" holder="The Agency"/>'
    copy = (
        f"<nitf><head><docdata>{data}</docdata></head><body><p>{SAID}</p></body></nitf>"
    )

    assert item_of(copy)["rights"] == rights
