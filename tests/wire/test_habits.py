# ruff: noqa: RUF001 - letters of languages that look like Latin ones
"""Habits of agencies: what their desks put into copy never ends up as a story."""

import json

import pytest

from tamizdat.wire.parsers import parse


def _nitf(*paragraphs, head="", hedline="<hl1>Bridge</hl1>"):
    text = "".join(f"<p>{one}</p>" for one in paragraphs)
    body = f"<body.head><hedline>{hedline}</hedline>{head}</body.head>"
    whole = f"<nitf><body>{body}<body.content>{text}</body.content></body></nitf>"
    return _item(whole)


def _item(copy):
    data = copy if isinstance(copy, bytes) else copy.encode()
    return parse(data, "copy")[0].to_json()


def _texts(item):
    return [block["text"] for block in item["body"]]


SAID = "The council voted for a bridge in the valley."


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
    assert _texts(_nitf(SAID, SAID, last)) == [SAID, SAID]


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

    item = _nitf(SAID, line, table)

    assert [block["kind"] for block in item["body"]] == ["paragraph", "table"]
    assert len(item["contributors"]) == names
    assert item["contributors"][0]["name"] == "Ann Quill"
    assert item["contributors"][0]["role"] == "reporting"


def test_a_sentence_about_contributing_stays_text():
    said = "Rising rivers contributed to the flood."

    assert _texts(_nitf(SAID, said)) == [SAID, said]


def test_a_line_that_leads_to_a_contact_goes_with_it():
    item = _nitf(SAID, "For more information contact Ann Quill at:", "+44 20 7946 0101")

    assert _texts(item) == [SAID]
    assert "Quill" not in json.dumps(item)


def test_paragraphs_with_bullets_are_one_list():
    item = _nitf(SAID, "* Shares up", "* Bonds flat", SAID)

    assert [block["kind"] for block in item["body"]] == [
        "paragraph",
        "list",
        "paragraph",
    ]
    assert item["body"][1]["items"] == ["Shares up", "Bonds flat"]


def test_an_agency_beside_a_person_is_no_byline():
    head = "<byline>By ANN QUILL</byline><byline>Associated Press</byline>"

    assert [one["name"] for one in _nitf(SAID, head=head)["byline"]] == ["ANN QUILL"]


def test_names_and_paragraphs_that_only_markup_parts_stay_apart():
    head = (
        "<byline><person><name.given>Ann</name.given><name.family>Quill</name.family>"
        "</person></byline><abstract><p>One.</p><p>Two.</p></abstract>"
    )

    item = _nitf(SAID, head=head)

    assert item["byline"][0]["name"] == "Ann Quill"
    assert item["abstract"] == "One. Two."


def test_a_label_before_the_second_headline_goes():
    item = _nitf(SAID, hedline="<hl1>Brücke</hl1><hl2>Utl.: Rat stimmt zu</hl2>")

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

    assert _item(copy)["rights"] == rights


def _g2(body, signal="sig:update"):
    return (
        '<newsItem guid="x" xmlns="http://iptc.org/std/nar/2006-10-01/"><itemMeta>'
        f'<provider literal="TT"/><signal qcode="{signal}"/></itemMeta><contentMeta>'
        f"<headline>Bron</headline></contentMeta><contentSet><inlineXML>{body}"
        "</inlineXML></contentSet></newsItem>"
    )


def test_a_mandatory_update_is_an_update():
    item = _item(_g2(f"<p>{SAID}</p>", "sig:updatemandatory"))

    assert (item["signal"], item["receipt"]["warnings"]) == ("update", [])


def test_dl_is_a_dateline_or_heads_with_texts():
    facts = "<DL><DT>Fakta: Bron</DT><DD><P>Byggd 1964.</P></DD></DL>"

    item = _item(_g2(f"<BODY><DL>STOCKHOLM</DL><P>{SAID}</P>{facts}</BODY>"))

    assert item["dateline"] == {"place": "STOCKHOLM", "date": None}
    assert _texts(item) == [SAID, "Fakta: Bron", "Byggd 1964."]


def test_revisions_of_newsml_1_share_their_identifier():
    def item(revision, update):
        name = f"urn:newsml:agency.example:20240102:A1:{revision}{update}"
        return _item(
            "<NewsML><NewsItem><Identification><NewsIdentifier>"
            f'<RevisionId Update="{update}">{revision}</RevisionId>'
            f"<PublicIdentifier>{name}</PublicIdentifier></NewsIdentifier>"
            "</Identification></NewsItem></NewsML>"
        )

    first, second = item(1, "N"), item(2, "U")

    assert first["guid"] == second["guid"] == "urn:newsml:agency.example:20240102:A1"
    assert (first["version"], second["version"]) == ("1", "2")


def test_ninjs_2_is_not_taken_for_ap_and_names_what_it_replaces():
    record = {
        "uri": "tag:2",
        "altIds": [{"role": "x", "value": "y"}],
        "contentLanguage": "en",
        "bodies": [{"role": "main", "value": f"<p>{SAID}</p>"}],
        "replacing": ["tag:1"],
    }

    item = _item(json.dumps(record))

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

    item = _item(copy.encode("koi8-r"))

    assert (item["family"], item["slugline"]) == ("iptc-7901", "Мост")
    assert item["published_at"] == "2024-01-02T10:15:00"


def test_agency_copy_saved_as_text_has_its_dateline():
    copy = "Мост построят\n\nМосква. 2 января. ИНТЕРФАКС - Совет долины проголосовал"
    copy += " за мост, сообщил мэр.\n\nРаботы начнутся в мае.\n\n(c) Интерфакс, 2024\n"

    item = _item(copy.encode("cp1251"))

    assert item["dateline"] == {"place": "Москва", "date": "2 января"}
    assert (item["credit"], item["rights"]) == ("ИНТЕРФАКС", "(c) Интерфакс, 2024")
    assert _texts(item)[0].startswith("Совет долины")


def test_lists_inside_lists_lose_no_member():
    item = _item(
        _g2(f"<p>{SAID}</p><ul><li>a<ul><li>b</li></ul></li><ul><li>c</li></ul></ul>")
    )

    assert item["body"][1]["items"] == ["a", "b", "c"]


def test_soft_hyphens_are_no_letters_and_no_break_spaces_stay():
    assert _texts(_nitf("Um\u00adlaute gehen 10\u00a0km weit.", SAID))[0] == (
        "Umlaute gehen 10\u00a0km weit."
    )
