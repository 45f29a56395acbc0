# ruff: noqa: RUF001 - letters of languages that look like Latin ones
"""Habits of agencies: what their desks put into copy never ends up as a story."""

import json
from html import escape

import pytest

from wire.habits import SAID, g2, item_of, nitf, texts


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
        "/ab cd",
        "(jd)",
        "ends/",
        "ФОТО: ТАСС",
        "Our Standards: The Thomson Reuters Trust Principles.",
        "The post Bridge appeared first on The Valley.",
        "(kraj) mj/ap",
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


@pytest.mark.parametrize(
    ("line", "roles"),
    [
        ("*Writing by Ann Quill in Ankara", ["writing"]),
        (
            "(Reportage Ann Quill, version française Bea Ink, édité par Cy Pen)",
            ["reporting", "translation", "editing"],
        ),
        (
            (
                "(Bericht von Ann Quill, geschrieben von Bea Ink, redigiert von Cy Pen."
                " Bei Fragen wenden Sie sich an uns unter berlin@agency.example.)"
            ),
            ["reporting", "writing", "editing"],
        ),
        (
            "(Reporte de Ann Quill; Editado en español por Bea Ink)",
            ["reporting", "editing"],
        ),
        (
            "(Por Ann Quill; reportagem adicional de Bea Ink)",
            ["reporting", "reporting"],
        ),
        ("(Tradotto da Ann Quill, editing Bea Ink)", ["translation", "editing"]),
        ("(Анна Перо. Редактор Иван Иванов)", ["reporting", "editing"]),
    ],
)
def test_who_helped_is_named_in_many_languages(line, roles):
    item = nitf(SAID, SAID, line)

    assert texts(item) == [SAID, SAID]
    assert [one["role"] for one in item["contributors"]] == roles
    assert item["byline"] == []
    assert "agency.example" not in json.dumps(item)


@pytest.mark.parametrize(
    "line",
    [
        "(Ann Quill)",
        "(Text of the law)",
        "By Tuesday",
        "- Rain",
        "Both men contributed.",
    ],
)
def test_what_only_looks_like_a_credit_stays_text(line):
    assert texts(nitf(SAID, SAID, line)) == [SAID, SAID, line]


@pytest.mark.parametrize(
    ("line", "credit"),
    [("(PAP)", "PAP"), ("TT-Reuters", "TT-Reuters"), ("Источник: ТАСС", "ТАСС")],
)
def test_an_agency_alone_at_the_end_is_the_credit(line, credit):
    item = nitf(SAID, SAID, line)

    assert (texts(item), item["credit"]) == ([SAID, SAID], credit)


def test_a_block_of_contacts_goes_with_the_names_in_it():
    lines = ["Media contact:", "Ann Quill", "Head of Press", "Tel: +44 20 7946 0101"]

    item = nitf(SAID, *lines, SAID)

    assert texts(item) == [SAID, SAID]
    assert "Quill" not in json.dumps(item)


def test_a_heading_that_promises_a_contact_and_brings_none_stays():
    assert len(nitf(SAID, "Contact with the valley:", SAID, SAID)["body"]) == 4


def test_a_note_to_the_desk_is_no_text():
    item = nitf(SAID, SAID, "Note to desk: do not name the source.", SAID)

    assert texts(item) == [SAID, SAID, SAID]
    assert item["ednote"] == "Note to desk: do not name the source."


HELD = "Anna Quill wohnt am Tal und will auf keinen Fall, dass jemand sie hier nennt."
MARKS = """\
Die folgenden Informationen sind nicht zur Veröffentlichung bestimmt
Die folgenden Informationen sind nicht zur Veröffentlichung bestimmt.
NOT FOR BROADCAST OR PUBLICATION
Not for publication:
INTERNAL:
NOT FOR USE:
Confidential - not for release
Служебная информация:
Не для публикации
Не для публікації
غير قابل انتشار
ليس للنشر
YAYIMLANMAMAK KAYDIYLA
Ne pas publier
No publicar
Жариялауға арналмаған
Nie do publikacji
Следующая информация не предназначена для публикации.
Prohibida su publicación
PRIVATE:"""


@pytest.mark.parametrize("mark", MARKS.splitlines())
def test_below_a_private_mark_nothing_is_for_readers(mark):
    apart = nitf(SAID, mark, f"{HELD} {HELD}", HELD)
    glued = nitf(SAID, f"{mark} {HELD}") if mark.endswith(":") else apart
    telex = item_of(
        f"\x01abc0001 4 pl 9\r\n\r\nBridge =\r\n\x02 {SAID}\r\n\r\n* * * *\r\n"
        f"{mark}\r\n\r\n{HELD}\r\n\x03"
    )

    for item in (apart, glued, telex):
        assert texts(item) == [SAID]
        assert "Quill" not in json.dumps(item)
    assert "below a mark: not for publication" in [
        one["why"] for one in apart["receipt"]["dropped"]
    ]


@pytest.mark.parametrize(
    "told",
    [
        "The judge said the file was not for publication.",
        "Die Akte sei nicht zur Veröffentlichung bestimmt, sagte das Gericht.",
        "Internal documents show that the bridge was not for use by lorries.",
        "The note (not for publication) was leaked to three papers on Tuesday.",
    ],
)
def test_a_sentence_that_speaks_of_a_private_mark_is_news(told):
    assert texts(nitf(SAID, told, SAID)) == [SAID, told, SAID]


def test_a_private_mark_ends_where_its_end_is_said_or_the_story_begins():
    ended = nitf(SAID, "Not for publication", HELD, "End of note", SAID)
    above = nitf("Not for publication", HELD, f"HILLTOWN (AP) \u2014 {SAID}", SAID)

    assert texts(ended) == texts(above) == [SAID, SAID]


def test_names_below_contacts_are_for_the_desk():
    assert texts(nitf(SAID, "Contacts", "Ann Quill", "Bea Ink", SAID)) == [SAID, SAID]
    assert texts(nitf(SAID, "Contacts", SAID)) == [SAID, "Contacts", SAID]


@pytest.mark.parametrize(
    "said",
    [
        *(
            f'class="{one}"'
            for one in ["private", "nonpublic", "non-public", "notepad"]
        ),
        *(f'class="x {one}"' for one in ("notizblock", "not_for_publication")),
        'role="x:internal-note"',
        "hidden=''",
        'style="color:red; display: none"',
    ],
)
def test_private_and_hidden_markup_is_for_no_reader(said):
    byline = "<p class='byline'>By Ann Quill</p>"
    block = f"<div {said}><p>{HELD}</p>{byline}<ul><li>Quill</li></ul></div>"
    inside = f"<p>{SAID} <span {said}>Quill </span>{SAID}</p>"
    listed = f"<ul><li>One</li><li {said}>Quill</li></ul>"
    body = f"<html><body><p>{SAID}</p>{block}{inside}{listed}</body></html>"

    item = item_of(g2(body))
    escaped = item_of(g2(f"<html><body><p>{escape(block + inside)}</p></body></html>"))

    assert "Quill" not in json.dumps([item, escaped])
    assert item["body"][0]["text"] == SAID
    assert item["body"][1]["text"] == f"{SAID} {SAID}"
    assert item["body"][2]["items"] == ["One"]
    whys = {one["why"] for one in item["receipt"]["dropped"]}
    assert whys & {"marked as not for publication", "hidden by its markup"}


def test_a_paragraph_about_notebooks_is_no_notebook():
    told = "Notebook sales rose by five percent."

    assert texts(nitf(SAID, told, SAID)) == [SAID, told, SAID]


def created(meta, head=""):
    inner = f"<nitf><body><body.head>{head}</body.head><p>{SAID}</p></body></nitf>"
    whole = g2(inner).replace("<contentMeta>", f"<contentMeta>{meta}")
    item = item_of(whole)
    whys = [one["why"] for one in item["receipt"]["dropped"]]
    return [one["name"] for one in item["byline"]], whys


@pytest.mark.parametrize(
    ("meta", "names"),
    [
        ('<creator role="crol:editor"><name>Ann Quill</name></creator>', []),
        ('<creator role="crol:desk"><name>Ann Quill</name></creator>', []),
        ('<creator role="crol:transmitter"><name>Ann Quill</name></creator>', []),
        ('<creator role="crol:author"><name>Ann Quill</name></creator>', ["Ann Quill"]),
        ('<creator qcode="a:aq"><name>Ann Quill</name></creator>', ["Ann Quill"]),
        ("<by>LON-AQ01</by>", []),
        ("<by>AQUILL</by>", []),
        ("<by>ANN QUILL</by>", ["ANN QUILL"]),
    ],
)
def test_staff_and_logins_are_no_bylines(meta, names):
    found, whys = created(meta)

    assert found == names
    assert bool(names) or len(whys) > 0


def test_authors_with_and_without_a_title_are_all_named_once():
    byttl = (
        "<byline>By Ann Quill<byttl>Chief</byttl></byline><byline>By Bea Ink</byline>"
    )
    bytag = "<byline>By Ann Quill, <bytag>Political Editor</bytag></byline>"
    author = '<creator role="crol:author"><name>Ann Quill</name></creator>'
    tag = nitf(SAID, head=bytag)["byline"]

    assert [p["name"] for p in nitf(SAID, head=byttl)["byline"]] == [
        "Ann Quill",
        "Bea Ink",
    ]
    assert [(p["name"], p["title"]) for p in tag] == [("Ann Quill", "Political Editor")]
    assert created(author, "<byline>By Ann Quill<byttl>Chief</byttl></byline>")[0] == [
        "Ann Quill"
    ]


def test_authors_of_json_with_and_without_a_title_are_all_named():
    bylines = [
        {"by": "ANN QUILL", "title": "Associated Press"},
        {"by": "By BEA INK and CY PEN"},
    ]
    story = {"type": "text", "headline": "Bridge", "body_nitf": f"<p>{SAID}</p>"}

    item = item_of(json.dumps({**story, "bylines": bylines}))

    assert [p["name"] for p in item["byline"]] == ["ANN QUILL", "BEA INK", "CY PEN"]
