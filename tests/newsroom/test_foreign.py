# ruff: noqa: RUF001 - letters of other scripts
"""A passage in foreign letters asks for its language; a name does not."""

from typing import Any

import pytest

from newsroom.counted import Counted, reads_of_each
from tamizdat.newsroom.foreign import unnamed

CALL = "زن، زندگی، آزادی برای همه"
SONG = "Ведь мы любим эту землю и её людей"


def _paragraph(text: str, *marks: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"kind": "paragraph", "text": text, "marks": list(marks)}]


@pytest.mark.parametrize(
    ("language", "passage"),
    [
        ("ru", CALL),
        ("en", CALL),
        ("en", f"«{SONG}»!"),
        ("fa", "“Everyone has the right to seek information.”"),
        ("ka", SONG),
        ("en", "ყველას აქვს ინფორმაციის უფლება"),
        ("ru", "人人有权享有主张和发表意见的自由"),
        ("ru", "हर किसी को जानने का अधिकार है"),
        ("en", "ማንኛውም ሰው የማወቅ መብት አለው"),
        ("en", "មនុស្សគ្រប់រូបមានសិទ្ធិដឹង"),
        ("en", "လူတိုင်းသည်သတင်းကိုသိပိုင်ခွင့်ရှိသည်"),
    ],
)
def test_passage_in_foreign_letters_is_found(language: str, passage: str) -> None:
    """It is told with the marks that stand at its words, and nothing around it."""
    own = "Press" if language == "en" else {"ru": "Они", "fa": "آنان", "ka": "მათ"}
    word = own if isinstance(own, str) else own[language]

    assert [passage] == unnamed(_paragraph(f"{word} 12 {passage} {word}"), language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "Компания Bank of New York Mellon Corporation и The New York Times."),
        (
            "ru",
            "Разработчик Union of Concerned Scientists of the United States of America",
        ),
        ("ru", "Сервисы YouTube, iPhone, eBay, iPad, macOS и Telegram не работают"),
        ("ru", "Пишите на press@news.example или https://news.example/a/b c: it is"),
        ("fa", "شبکهٔ BBC World Service و Radio Free Europe/Radio Liberty گفت"),
        ("fa", "نسخهٔ Windows 11 Pro 23H2 و iOS 17 منتشر شد"),
        ("en", "The paper «Новая газета Европа» and Мемориал wrote so."),
        ("en", "Her name is written محمود دولت‌آبادی in Persian."),
        ("uk", "Писали «Российская газета» і «Коммерсант» та Reuters."),
        ("ru", "Формула E = mc², H₂O, COVID-19, SARS-CoV-2 и mRNA vs. DNA"),
        ("ja", "カタカナと漢字とハングル조선민주주의인민공화국を書く"),
        ("ru", SONG),
    ],
)
def test_names_and_mixed_news_are_let_be(language: str, text: str) -> None:
    """Companies, papers, devices, addresses, formulas: nobody is asked about them."""
    assert [] == unnamed(_paragraph(text), language)


def test_passage_that_is_named_is_let_be() -> None:
    """A mark over it says the language, a list or a table says it of all."""
    mark = {"kind": "language", "from": 5, "to": 5 + len(CALL), "language": "fa"}
    named = [
        *_paragraph(f"They {CALL}", mark),
        {"kind": "list", "items": [CALL], "language": "fa"},
        {"kind": "table", "rows": [[CALL, "1"]], "language": "fa"},
    ]

    assert [] == unnamed(named, "en")


def test_passages_are_found_wherever_text_stands() -> None:
    """In lists, tables, boxes and posts, beside a passage that is named."""
    mark = {"kind": "language", "from": 0, "to": 2, "language": "fa"}
    body = [
        *_paragraph(f"زن {CALL}", mark),
        {"kind": "list", "items": ["One", CALL]},
        {"kind": "table", "rows": [["Call", CALL]]},
        {"kind": "box", "title": None, "body": _paragraph(CALL)},
        {"kind": "post", "body": [{"kind": "quote", "text": CALL}]},
        {"kind": "embed", "text": CALL, "href": "https://a.example/", "source": None},
    ]

    assert [CALL] * 5 == unnamed(body, "en")


def test_words_among_many_marks_are_looked_for_in_one_walk() -> None:
    """A mark is read as often among many as among few."""

    def look(text: str, marks: list[Counted]) -> None:
        assert [] == unnamed(_paragraph(text, *marks), "ru")

    assert reads_of_each(4, look) == reads_of_each(64, look)
