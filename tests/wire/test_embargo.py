# ruff: noqa: RUF001 - letters of languages that look like Latin ones
"""Embargoes and marks in words: they hold the copy, and news about them stays."""

import json

import pytest

from tamizdat.wire.draft.embargo import lifted_at, states_embargo, without_embargo
from tamizdat.wire.parsers import parse
from wire.habits import SAID, nitf, texts

SENT = "2024-01-01T10:00:00Z"  # a Monday


@pytest.mark.parametrize(
    ("words", "instant"),
    [
        ("EMBARGOED until 0001 GMT Tuesday", "2024-01-02T00:01:00Z"),
        ("EMBARGO: 2 January 2024, 18:00 CET", "2024-01-02T17:00:00Z"),
        # Two days of UTC: the day is the one that is printed.
        ("EMBARGO: 2 January 2024, 00:01 CET", "2024-01-01T23:01:00Z"),
        ("Embargo: 23:30 EST January 2, 2024", "2024-01-03T04:30:00Z"),
        ("ACHTUNG: Sperrfrist: 2. Januar 2024, 18.00 Uhr MEZ", "2024-01-02T17:00:00Z"),
        ("Эмбарго до 10:00 мск 2 января", "2024-01-02T07:00:00Z"),
        ("Не для публикации до 12:00 мск 3 января 2024 года", "2024-01-03T09:00:00Z"),
        ("EMBARGOED UNTIL 12:01 A.M. EST Tuesday, Jan. 2", "2024-01-02T05:01:00Z"),
        (
            "STRICTLY EMBARGOED until 1100 GMT Tuesday (0600 EST)",
            "2024-01-02T11:00:00Z",
        ),
        ("Not for publication before 0001 GMT Jan 3", "2024-01-03T00:01:00Z"),
        ("Sous embargo jusqu'au mardi 2 janvier à 18H00 GMT", "2024-01-02T18:00:00Z"),
        ("EMBARGOED TO 0001 TUESDAY JANUARY 2", None),  # in whose zone?
        ("EMBARGOED until 0900 GMT Monday", None),  # gone, or in a week?
        ("EMBARGOED until 0001 GMT Tuesday, January 3", None),  # that is no Tuesday
        ("EMBARGOED until 0001 GMT or 0001 CET Tuesday", None),
        ("EMBARGO 0001 GMT February 30, 2024", None),
        ("Embargo tot 2 januari 2024 06.00 uur", None),
        ("HOLD FOR RELEASE Tuesday", None),
    ],
)
def test_words_give_a_time_where_they_leave_no_choice(words, instant):
    assert states_embargo(words)
    assert instant == lifted_at(words, SENT)


def test_a_day_without_a_year_needs_the_time_of_sending():
    assert lifted_at("EMBARGOED until 0001 GMT Tuesday", None) is None


@pytest.mark.parametrize(
    "story",
    [
        "Embargo on Russian oil takes effect on Tuesday, the council said.",
        "Эмбарго на поставки нефти вступило в силу 2 января.",
        "Эмбарго до конца года продлено.",
        "Sotto embargo da anni, il paese importa poco.",
        "Embargo: the word is on everyone's lips in Havana.",
        "Frei ab 18 Jahren ist der Film, sagt das Amt.",
        "Embargo do Irã acaba em 2 de janeiro, diz governo.",
    ],
)
def test_a_story_about_an_embargo_is_under_none(story):
    assert not states_embargo(story)
    assert without_embargo(story) == (story, None)


def _nitf(headline, first):
    body = f"<body.head><hedline><hl1>{headline}</hl1></hedline></body.head>"
    issued = '<head><docdata><date.issue norm="20240101T100000Z"/></docdata></head>'
    text = f"<body.content><p>{first}</p><p>The valley votes.</p></body.content>"
    return f"<nitf>{issued}<body>{body}{text}</body></nitf>".encode()


def test_the_words_leave_headline_and_body_and_hold_the_item():
    copy = _nitf("EMBARGOED UNTIL TUESDAY: Bridge is built", "Sperrfrist beachten")

    item = parse(copy, "copy.xml")[0]

    assert item.headline == "Bridge is built"
    assert [block.text for block in item.body] == ["The valley votes."]
    assert (item.embargo, item.pubstatus) == (None, "withheld")
    assert "EMBARGOED UNTIL TUESDAY" in (item.ednote or "")
    assert any("hold it" in warning for warning in item.receipt.warnings)


def test_a_certain_time_becomes_the_embargo():
    copy = _nitf("Bridge is built", "EMBARGOED until 0001 GMT Tuesday")

    item = parse(copy, "copy.xml")[0]

    assert (item.embargo, item.pubstatus) == ("2024-01-02T00:01:00Z", None)
    assert any("read from words" in warning for warning in item.receipt.warnings)


def test_a_first_sentence_about_an_embargo_stays_in_the_body():
    said = "Embargo: the word is on everyone's lips in Havana."

    item = parse(_nitf("Bridge", said), "copy.xml")[0]

    assert item.body[0].text == said
    assert (item.ednote, item.pubstatus) == (None, None)


def test_a_day_and_a_clock_before_a_headline_go_with_the_embargo():
    headline = "EMBARGO: 2 January 2024, 00:01 CET - New bridge"

    assert ("New bridge", headline.partition(" - ")[0]) == without_embargo(headline)


MARKS_OF_WORDS = """\
Nur für den internen Gebrauch
Nicht zur Veröffentlichung bestimmt
Usage interne uniquement
Nota interna per le redazioni
Confidencial, no difundir
Notatka wewnętrzna
Kizárólag belső használatra
Doar pentru uz intern
Pouze pro vnitřní potřebu
Samo za internu upotrebu
Само за интерну употребу
Само за служебно ползване
Само за внатрешна употреба
Vetëm për përdorim të brendshëm
Для внутреннего пользования
Для внутрішнього користування
Толькі для ўнутранага карыстання
İç not
Yalnız daxili istifadə üçün
Тек ішкі пайдалану үшін
Ички пайдалануу үчүн гана
Faqat ichki foydalanish uchun
Diňe içerki ulanmak üçin
Танҳо барои истифодаи дохилӣ
Бары тик эчке файдалану өчен
Эске файҙаланыу өсөн генә
Միայն ներքին օգտագործման համար
მხოლოდ შიდა მოხმარებისთვის
فقط برای اطلاع تحریریه
للاستخدام الداخلي فقط
صرف اندرونی استعمال کے لیے
یوازې د داخلي کارونې لپاره
לשימוש פנימי בלבד
Μόνο για εσωτερική χρήση
内部参考，不得发表
社内資料
내부 참고용
[Editor's eyes only
Конфиденциально"""
HIDDEN_LINES = """\
ملاحظة للمحررين: المصور كريم 0555 010 101
编者注意：记者李某电话 138 0013 8000
联系人：李某，电话：010-63071234
For questions call the Vell bureau, 1-800-555-0199.
Rückfragen an Karim Adel, 030/555 01 01
Our man can be reached through Viber: +380 67 555 01 01
t.me/karim_vell
Telegram: @karim_vell
karim (at) vell (dot) example
karim собака vell точка example"""
NEWS_OF_MARKS = """\
Confidential papers: what the report says
The paper was not published: editors feared a lawsuit.
Publication interdite : la revue fait appel.
Veröffentlichung verboten: Das Gericht entschied am Freitag.
Not published: the names of the dead, which the police hold.
内部消息：公司将裁员三千人，股价下跌。
Внутренняя политика: что изменится в мае.
Do publikacji: nowy raport
Anmerkung der Redaktion: Der Text erschien zuerst am Montag.
The ministry opened a telephone hotline, 0800 555 0101, for relatives.
Bei Fragen hilft das Bürgertelefon unter 030 5550101.
Для жителей открыта горячая линия: 8 (800) 555-01-02.
市民可拨打热线电话13800138000咨询。
وقالت الوزارة إن الخط الساخن 0555010101 متاح للمواطنين.
The channel t.me/vell_news was blocked on Friday, the regulator said."""


@pytest.mark.parametrize("mark", MARKS_OF_WORDS.splitlines())
def test_a_label_made_of_words_of_marks_hides_what_it_opens(mark):
    colon = "：" if mark > "\u3000" else ":"
    item = nitf(SAID, SAID, f"{mark}{colon} Karim is in the camp")

    assert texts(item) == [SAID, SAID]
    assert "Karim" not in json.dumps(item)
    assert "marked as not for publication" in str(item["receipt"]["dropped"])


@pytest.mark.parametrize("line", HIDDEN_LINES.splitlines())
def test_whom_to_reach_in_any_script_is_for_no_reader(line):
    item = nitf(SAID, line, SAID)

    assert texts(item) == [SAID, SAID]
    assert line not in json.dumps(item, ensure_ascii=False)
    assert "contact" in str(item["receipt"]["dropped"])
    below = "Work on it begins in spring, the mayor of the valley told reporters."
    copy = f"A bridge\n\n{SAID}\n\n{line}\n\n{below}\n"
    page = parse(copy.encode(), "page.txt")[0]
    assert [block.text for block in page.body] == [SAID, below]
    assert line not in json.dumps(page.to_json(), ensure_ascii=False)


@pytest.mark.parametrize("told", NEWS_OF_MARKS.splitlines())
def test_news_in_words_of_marks_and_numbers_for_everybody_stay(told):
    assert texts(nitf(SAID, told, SAID)) == [SAID, told, SAID]
