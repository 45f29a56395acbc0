# ruff: noqa: RUF001 - letters of languages that look like Latin ones
"""Datelines and bylines in the forms of many agencies; a sentence stays text."""

import pytest

from tamizdat.wire.draft.dateline import dateline_in, dateline_of
from tamizdat.wire.draft.people import has_by, is_login, is_person, people_of


@pytest.mark.parametrize(
    ("text", "place", "date", "agency"),
    [
        ("MOSCOW, Monday (Reuters) - It is cold", "MOSCOW", "Monday", "Reuters"),
        ("HILLTOWN, Jan 2 (Reuters) - It is cold", "HILLTOWN", "Jan 2", "Reuters"),
        ("HILLTOWN, Kan. (AP) \u2014 It is cold", "HILLTOWN, Kan.", None, "AP"),
        ("HILLTOWN, D.C. (AP) \u2014 It is cold", "HILLTOWN, D.C.", None, "AP"),
        ("ST. HILL, March 5 (Reuters) - It is cold", "ST. HILL", "March 5", "Reuters"),
        ("HILLTOWN, MARCH 5, ARMENPRESS. It is", "HILLTOWN", "MARCH 5", "ARMENPRESS"),
        ("BREGOVO, 5. marta (Tanjug) - Hladno je", "BREGOVO", "5. marta", "Tanjug"),
        ("Berlin (dpa) - Es ist kalt", "Berlin", None, "dpa"),
        ("Berlin/Bonn (dpa/lby) - Es ist kalt", "Berlin/Bonn", None, "dpa/lby"),
        ("Madrid, 2 ene (EFE).- Hace mucho", "Madrid", "2 ene", "EFE"),
        ("PARIS, 2 janv 2024 (AFP) - Il fait", "PARIS", "2024-01-02", "AFP"),
        ("(ANSA) - ROMA, 02 GEN - Fa molto", "ROMA", "02 GEN", "ANSA"),
        ("ROMA, 2 GEN (ANSA) - Fa molto", "ROMA", "2 GEN", "ANSA"),
        ("МОСКВА, 2 января. /ТАСС/. Холодно и", "МОСКВА", "2 января", "ТАСС"),
        ("TOKYO, Jan. 2 Kyodo - It is cold", "TOKYO", "Jan. 2", "Kyodo"),
        ("BEIJING, Jan. 2 (Xinhua) -- It is cold", "BEIJING", "Jan. 2", "Xinhua"),
        ("Kyiv. January 2. INTERFAX-UKRAINE - It is", "Kyiv", "January 2", None),
        ("ÅSTAD (TT) Det är kallt här", "ÅSTAD", None, "TT"),
        ("Wien (APA) - Es ist kalt", "Wien", None, "APA"),
        ("HILLTOWN - It is cold", "HILLTOWN", None, None),
        ("МОСКВА, 2 янв - РИА Новости. Холодно и", "МОСКВА", "2 янв", "РИА Новости"),
        ("Київ. 2 січня. УКРІНФОРМ. Холодно та", "Київ", "2 січня", "УКРІНФОРМ"),
        ("АЛМАТЫ. КАЗИНФОРМ - Холодно и", "АЛМАТЫ", None, "КАЗИНФОРМ"),
        ("Бишкек /КАБАР/. Холодно и", "Бишкек", None, "КАБАР"),
        ("تهران- ایرنا- هوا سرد است", "تهران", None, "ایرنا"),
        ("Hilltown (Example News) - It is cold", "Hilltown", None, "Example News"),
        ("تهران، 2 ژانویه (ایرنا) - هوا سرد است", "تهران", "2 ژانویه", "ایرنا"),
        ("Baku, January 2, AZERTAC It is cold", "Baku", "January 2", "AZERTAC"),
        ("BAKU, Azerbaijan, Jan. 2. It is", "BAKU, Azerbaijan", "Jan. 2", None),
        ("МОСКВА, 2 янв. Холодно и", "МОСКВА", "2 янв", None),
        ("STOCKHOLM/TT. Det är kallt", "STOCKHOLM", None, "TT"),
        ("BUCUREŞTI, 2 ian - Agerpres - E frig", "BUCUREŞTI", "2 ian", "Agerpres"),
        ("Rīga, 2.janv., LETA. Ir auksti", "Rīga", "2.janv", "LETA"),
        ("Vilnius, sausio 2 d. (BNS). Esti šalta", "Vilnius", "sausio 2 d", "BNS"),
        ("باريس (أ ف ب) - هنا نص طويل", "باريس", None, "أ ف ب"),
        ("2 января, Минск /Корр. БЕЛТА/. Холодно и", "Минск", "2 января", "БЕЛТА"),
    ],
)
def test_dateline_is_taken_off_with_its_agency(text, place, date, agency):
    found = dateline_in(text)

    assert found is not None
    assert (place, date) == (found.dateline.place, found.dateline.date)
    assert agency in {found.agency, None}
    assert text[found.end :].strip()[:1] in {"I", "E", "H", "F", "Х", "D", "ه"}


@pytest.mark.parametrize(
    "text",
    [
        "The council (which met on Monday) - said no.",
        "Smith (Labour) said it was cold.",
        "It was cold - very cold - on Monday.",
        "He said: the bridge - an old one - is closed.",
        "On Jan. 2, the council said no.",
        "A - B",
        "Москва, 2 янв. Мост закрыт. Потом - нет.",
        "In Baku, January 2, Trend reports on the bridge.",
        "Rada uchwaliła we wtorek budowę mostu. (PAP)",
        "Rada schválila most. (ČTK) - Starosta.",
        "Мост закрыт. Совет - против.",
        "",
    ],
)
def test_sentence_is_no_dateline(text):
    assert dateline_in(text) is None


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("新华社北京1月2日电（记者张三）山谷委员会。", "张三"),
        ("(서울=연합뉴스) 홍길동 기자 = 의회가 가결했다.", "홍길동"),
        ("【東京共同】谷の議会は橋を可決した。", None),
        ("МОСКВА, 2 янв - РИА Новости, Иван Иванов. Холодно и", "Иван Иванов"),
        ("МОСКВА, 2 января. /Корр. ТАСС Иван Иванов/. Холодно и", "Иван Иванов"),
        ("МОСКВА, 2 января. /ТАСС/. Иван Иванов сказал", None),
    ],
)
def test_who_stands_beside_the_agency_wrote_it(text, person):
    assert person == dateline_in(text).person


def test_a_sentence_with_an_agency_behind_it_is_no_dateline_of_its_own():
    assert dateline_of("Rada uchwaliła we wtorek budowę mostu. (PAP)") is None
    assert dateline_of("STOCKHOLM/TT").agency == "TT"
    assert dateline_of("Baku, January 2, AZERTAC").agency == "AZERTAC"


def test_dateline_of_markup_may_stand_alone():
    assert dateline_of("Dalen (NTB-AFP-DPA)").agency == "NTB-AFP-DPA"
    assert dateline_of("HILLTOWN, Kan. (AP) -").dateline.place == "HILLTOWN, Kan."


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("By Ann Quill", [("Ann Quill", None)]),
        ("By ANN QUILL and Bob Ink", [("ANN QUILL", None), ("Bob Ink", None)]),
        ("By Ann Quill, AP Writer", [("Ann Quill", "AP Writer")]),
        (
            "Von Eva Muster und Max Bild, dpa",
            [("Eva Muster", "dpa"), ("Max Bild", "dpa")],
        ),
        ("Par Anne PLUME et Jean ENCRE", [("Anne PLUME", None), ("Jean ENCRE", None)]),
        (
            "By Ann Quill, Bob Ink and Cy Pen, Associated Press Writers",
            [
                (n, "Associated Press Writers")
                for n in ("Ann Quill", "Bob Ink", "Cy Pen")
            ],
        ),
        ("Anna Berg/TT", [("Anna Berg", "TT")]),
        ("Ann Quill (Hilltown)", [("Ann Quill", "Hilltown")]),
        ("By Ann Quill, ann@agency.example", [("Ann Quill", None)]),
        ("&lt;b&gt;By Ann Quill&lt;/b&gt;", [("Ann Quill", None)]),
        ("mmu", []),
        ("js/mk", []),
        ("ABC", []),
        ("desk:mmu", []),
        ("", []),
        ("A long sentence about the bridge stood here by mistake, and more of it.", []),
    ],
)
def test_byline_yields_people_and_titles_and_no_logins(line, expected):
    assert expected == [(one.name, one.title) for one in people_of(line)]


@pytest.mark.parametrize("text", ["By the river it was cold.", "By", "De", "By far"])
def test_sentence_with_by_is_no_byline(text):
    assert not has_by(text)


@pytest.mark.parametrize("login", ["mmu", "jsmith2", "a.b", "JS", "mk/ju", "NS:RTRS"])
def test_login_is_no_person(login):
    assert is_login(login)
    assert not is_person(login, said=True)


def test_creator_is_a_person_by_its_shape_or_by_word():
    assert is_person("Eve Lens", said=False)
    assert is_person("Ludwig van Lens", said=False)
    assert not is_person("Example News", said=False)
    assert not is_person("Thomson Reuters", said=False)
    assert not is_person("EVE LENS", said=False)
    assert is_person("EVE LENS", said=True)
