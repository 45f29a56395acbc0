"""Lines that agencies put round their copy, in the languages they write in."""

import json

import pytest

from wire.habits import SAID, g2, item_of, nitf, texts

MORE = "More is to come of it."
TEXT = f"RIVERTON (AP) - {SAID}"


@pytest.mark.parametrize(
    ("dateline", "place", "date", "credit"),
    [
        ("Stockholm/TT-Reuters. ", "Stockholm", None, "TT-Reuters"),
        (
            "Budapest, március 4., szerda (MTI) - ",
            "Budapest",
            "március 4., szerda",
            "MTI",
        ),
        ("Zagreb, 4. ožujka 2026. (Hina) - ", "Zagreb", "2026-03-04", "Hina"),
        ("4 марта, Минск /Анна Перо - БЕЛТА/. ", "Минск", "4 марта", "БЕЛТА"),
    ],
)
def test_datelines_of_more_agencies_are_read(dateline, place, date, credit):
    item = nitf(f"{dateline}{SAID}", MORE)

    assert {"place": place, "date": date} == item["dateline"]
    assert ([SAID, MORE], credit) == (texts(item), item["credit"])


def test_an_agency_without_a_place_is_credit_and_no_text():
    item = nitf(f"(BELGA) = {SAID}", MORE)

    assert ([SAID, MORE], "BELGA") == (texts(item), item["credit"])


@pytest.mark.parametrize(
    ("line", "name", "title"),
    [
        ("By ANN QUILL AP Sports Writer", "ANN QUILL", "AP Sports Writer"),
        ("by Xinhua writers Wang Pen", "Wang Pen", "Xinhua writers"),
        ("Ann Quill, Associated Press", "Ann Quill", None),
        ("Anna Kynä / STT", "Anna Kynä", None),
        ("Mia Lang (dpa)", "Mia Lang", None),
        ("Muhabir: Ayşe Kalem", "Ayşe Kalem", None),
        ("Von unserem Korrespondenten Tom Aue", "Tom Aue", None),
        ("By Ann Quill | Valley News", "Ann Quill", "Valley News"),
        ("By ANN QUILL For The Associated Press", "ANN QUILL", None),
        ("By Ann Quill Reuters", "Ann Quill", None),
        ("By Ann Quill, 24 November 2026", "Ann Quill", None),
    ],
)
def test_a_byline_above_the_dateline_is_parted_from_its_title(line, name, title):
    item = nitf(line, TEXT, MORE)

    assert [(name, title)] == [(one["name"], one["title"]) for one in item["byline"]]
    assert [SAID, MORE] == texts(item)


@pytest.mark.parametrize(
    "line",
    [
        "MTI 2026. március 4., szerda 11:00",
        "Foto: Kari Kam/NTB",
        "-0-ап/бч",
        "[ab/cd]",
        "انتهای پیام/",
        "Follow AP's coverage: https://ap.example/hub/valley",
    ],
)
def test_what_signs_copy_off_is_neither_text_nor_author(line):
    item = nitf(TEXT, MORE, line)

    assert ([SAID, MORE], []) == (texts(item), item["byline"])


def test_those_who_are_to_be_asked_about_copy_are_no_credit():
    body = f"<body.content><p>{TEXT}</p><p>{MORE}</p></body.content>"
    end = "<body.end><tagline>Ola Penn</tagline></body.end>"
    item = item_of(f"<nitf><body>{body}{end}</body></nitf>")

    assert "AP" == item["credit"]


def test_who_helped_is_read_from_labels_and_whatever_stands_between_roles():
    labelled = nitf(TEXT, MORE, "Muhabir: Ayşe Kalem | Editör: Ali Yaz")
    joined = nitf(TEXT, MORE, "(Reporting by Ann Quill, editing by Bob Ink)")
    roles = ["reporting", "editing"]

    assert roles == [one["role"] for one in labelled["contributors"]]
    assert ["Ann Quill", "Bob Ink"] == [one["name"] for one in joined["contributors"]]
    assert roles == [one["role"] for one in joined["contributors"]]


def test_who_contributed_where_stands_without_the_places():
    helped = "Associated Press writers Al Typ in Topeka, Kansas, and Flo Cap in Rome"
    item = nitf(TEXT, MORE, f"{helped} contributed to this report.")

    assert ["Al Typ", "Flo Cap"] == [one["name"] for one in item["contributors"]]
    assert [SAID, MORE] == texts(item)


@pytest.mark.parametrize(
    "line",
    [
        "Reporting by the council shows that costs rise.",
        "Source: the council's own figures show it.",
        "Private companies will build it, the council said.",
        "Update on the flood: two bridges are closed now.",
        "- We could not wait, he said.",
        "No.",
    ],
)
def test_what_only_looks_like_a_line_of_the_desk_stays_text(line):
    assert [SAID, MORE, line] == texts(nitf(TEXT, MORE, line))
    assert [SAID, line, MORE] == texts(nitf(TEXT, line, MORE))


def test_files_of_another_agency_are_credited():
    item = nitf(SAID, MORE, "With files from The Associated Press.")

    assert "The Associated Press" == item["credit"]


@pytest.mark.parametrize(
    ("headline", "signal", "breaking"),
    [
        ("1. LEAD: Brücke", "update", False),
        ("RPT-Brücke", "replace", False),
        ("Brücke (ATUALIZADA)", "update", False),
        ("KOREKTA: Brücke", "correction", False),
        ("МОЛНИЯ. Brücke", None, True),
        ("(URGENTE) Brücke", None, True),
        ("عاجل / Brücke", None, True),
        ("【速報】Brücke", None, True),
    ],
)
def test_marks_before_and_behind_a_headline(headline, signal, breaking):
    item = nitf(TEXT, MORE, hedline=f"<hl1>{headline}</hl1>")

    assert ("Brücke", signal, breaking) == (
        item["headline"],
        item["signal"],
        item["breaking"],
    )


def test_german_lines_that_a_margin_cut_are_joined_before_a_noun():
    rows = ("   Wien (APA) - Das Tal bekommt nach der zweiten Flut eine neue",)
    rows += ("Brücke. Das teilte der Rat am Mittwoch mit.", "")
    rows += ('   "Wir konnten nicht warten", sagte die Bürgermeisterin zur', "APA.")
    text = "\r\n".join((*rows, "(Schluss) ab/cd"))
    item = item_of(
        f"\x01aoe0123 4 II 210 apa 0456\r\nTal\r\n\x02Brücke =\r\n\r\n{text}"
    )

    assert 2 == len(item["body"])
    assert item["body"][1]["text"].endswith("zur APA.")


def test_lines_of_one_long_paragraph_each_are_paragraphs():
    rows = ("by Wang Pen", f"RIVERTON, March 4 (Xinhua) -- {SAID * 3}", MORE)
    text = "\n".join(f"    {row}" for row in rows)
    item = item_of(g2(text).replace("inlineXML", "inlineData"))

    assert ("RIVERTON", "Wang Pen") == (
        item["dateline"]["place"],
        item["byline"][0]["name"],
    )


def test_numbers_of_agate_that_one_space_parts_are_cells():
    table = "Valley     12    3 .800   --\nRiver       9    6 .600    3"
    item = nitf(SAID, f"</p><pre>{table}</pre><p>{MORE}")

    assert ["Valley", "12", "3", ".800", "--"] == item["body"][1]["rows"][0]


def test_signals_and_makers_of_pictures_in_json():
    picture = {"medias": [{"href": "http://x/1.jpg", "type": "Photo"}], "uno": "p1"}
    picture |= {"creator": "Cam Shutter", "provider": "AFP"}
    record = {"uri": "u1", "headline": "Bro", "signals": {"updatetype": "KORR"}}
    item = item_of(json.dumps({**record, "bagItem": [picture], "body_text": SAID}))

    assert "correction" == item["signal"]
    assert "Cam Shutter/AFP" == item["media"][0]["credit"]


def test_xml_that_is_called_a_story_throughout_has_the_text_of_its_body_alone():
    head = "<Header><StoryId>77</StoryId><Slug>BRIDGE</Slug></Header>"
    text = f"<Headline>Bridge</Headline><BodyText>{SAID}\n\n{MORE}</BodyText>"
    item = item_of(f"<Story>{head}{text}</Story>")

    assert ([SAID, MORE], "BRIDGE") == (texts(item), item["slugline"])


@pytest.mark.parametrize("line", ["Mia Lang, dpa", "Mia Lang (dpa)", "Mia Lang / dpa"])
@pytest.mark.parametrize("below", [False, True])
def test_an_agency_is_the_credit_of_its_author_and_no_title(line, below):
    item = nitf(*([SAID, MORE, line] if below else [line, SAID, MORE]))

    assert [("Mia Lang", None)] == [(p["name"], p["title"]) for p in item["byline"]]
    assert ([SAID, MORE], "dpa", None) == (
        texts(item),
        item["credit"],
        item["dateline"],
    )


@pytest.mark.parametrize("line", ["By jdoe", "By Agence France-Presse"])
def test_neither_a_login_nor_an_agency_is_an_author(line):
    item = nitf(line, SAID, MORE)

    assert ([], [SAID, MORE]) == (item["byline"], texts(item))


@pytest.mark.parametrize("place", ["Halle (Saale)", "Frankfurt (Oder)"])
def test_a_place_has_brackets_of_its_own(place):
    item = nitf(f"{place} (dpa/sa) - {SAID}", MORE)

    assert (place, "dpa/sa") == (item["dateline"]["place"], item["credit"])


def test_a_line_of_few_words_and_a_number_is_for_the_desk():
    item = nitf(SAID, MORE, "ANP Productie: 070 - 41 41 234")

    assert [SAID, MORE] == texts(item)
    assert "41 41" not in json.dumps(item)


def test_a_city_of_two_words_before_an_agency_is_no_author():
    item = nitf("New Delhi, PTI", SAID, MORE)

    assert ("New Delhi", []) == (item["dateline"]["place"], item["byline"])


@pytest.mark.parametrize(
    "text",
    [
        "The mayor (SPD) - a former teacher - said the bridge was old.",
        "BERLIN MAYOR (CDU) - no friend of bridges - said the bridge was old.",
        "Jens Talmann (NATO) - who was there - said the bridge was old.",
    ],
)
def test_whose_party_somebody_is_makes_no_dateline(text):
    item = nitf(text, MORE)

    assert (None, [text, MORE]) == (item["dateline"], texts(item))


def test_the_sender_in_brackets_makes_a_dateline_be_it_in_no_list():
    body = "<p>Taldorf (VALNET) - The council voted.</p>"
    copy = g2(body).replace('literal="TT"', 'literal="Valnet"')

    item = item_of(copy)

    assert ("Taldorf", ["The council voted."]) == (
        item["dateline"]["place"],
        texts(item),
    )
