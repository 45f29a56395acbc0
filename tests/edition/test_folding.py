"""Words are found however they are typed; a browser folds them the same."""

import json
from pathlib import Path

import pytest

from tamizdat.edition.folding import fold, indexed, mistyped, typed

ROWS = json.loads(
    (Path(__file__).parents[1] / "reader" / "folded.json").read_text("utf-8")
)


@pytest.mark.parametrize(("language", "text", "folded"), ROWS)
def test_word_is_folded_as_in_the_browser(
    language: str, text: str, folded: str
) -> None:
    """The table is read by Node as well (tests/reader/folding.test.mjs)."""
    assert folded == fold(text, language)
    assert folded == fold(folded, language)


def test_word_of_two_halves_is_indexed_whole_and_in_halves() -> None:
    """A reader types it with the joiner, without, or one half alone."""
    joined = "کتاب-های تازه".replace("-", "\u200c")

    assert "کتابهای کتاب های تازه" == indexed(joined, "fa")


@pytest.mark.parametrize(
    ("language", "written", "sought"),
    [
        ("ka", "წიგნებში", "წიგნი"),
        ("ka", "სარკის", "სარკე"),
        ("ka", "გასაღებამდე", "გასაღები"),
        ("fa", "کتابهایشان", "کتاب"),
        ("fa-AF", "كتابهاي", "کتاب"),
        ("kk", "кітаптарының", "кітап"),
        ("kk", "Кітаптарының", "китап"),
    ],
)
def test_word_stands_in_a_library_as_a_dictionary_has_it(
    language: str, written: str, sought: str
) -> None:
    """No stemmer knows these languages, and few people type an ending."""
    assert sought in typed(f"{written}, и.", language).split()


@pytest.mark.parametrize(
    ("language", "written", "sought"),
    [
        ("fa", "کتاب", "كتاب"),
        ("fa", "قانون‌های", "قانونهاي"),
        ("fa", "آزادی", "آزادي"),
        ("fa", "آزادی", "ازادي"),
        ("fa-AF", "كتابهاي", "کتابهای"),
        ("fa", "سال ۱۳۹۹", "1399"),
        ("fa", "سال 1399", "۱۳۹۹"),
        ("ru", "год 1991", "1991"),
        ("kk", "Қазақстан", "казакстан"),
    ],
)
def test_word_stands_in_a_library_as_other_keyboards_type_it(
    language: str, written: str, sought: str
) -> None:
    """The program that reads it folds no letter of a query."""
    assert sought in typed(f"{written} و", language).split()


def test_short_words_and_other_languages_are_left_as_they_are() -> None:
    """What would be left of «ის» is no word, and Russian has a stemmer."""
    assert "ის" == typed("ის", "ka")
    assert "ключами" == typed("ключами", "ru")


@pytest.mark.parametrize(
    ("language", "title", "other"),
    [
        ("fa", "کتاب ایرانی", "كتاب ايراني"),
        ("fa", "دادگاه", None),
        ("kk", "Қазақ әні", "Казак ани"),
        ("ru", "Ёлка", None),
        ("ar", "كتاب", None),
    ],
)
def test_title_is_written_with_the_keys_of_another_language(
    language: str, title: str, other: str | None
) -> None:
    """As whoever has no keyboard of the language types it, if not alike."""
    assert other == mistyped(title, language)
