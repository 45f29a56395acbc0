"""Names in the order in which readers of a language look for them."""

import json
import random
from pathlib import Path

import pytest

from tamizdat.edition.alphabets import sort_key
from tamizdat.edition.headings import heading, tags

# As ICU 72 sorts them by CLDR 42; those of ba, ce, cnr, crh, tg and tt, of which CLDR
# has no order, by the alphabets of their countries.
ORDERED = json.loads(Path(__file__).with_name("ordered.json").read_text("utf-8"))


def by_alphabet(words: list[str], language: str) -> list[str]:
    """Sort words of a language."""
    return sorted(words, key=lambda word: sort_key(word, language))


@pytest.mark.parametrize("language", ORDERED)
def test_names_stand_in_the_order_of_the_alphabet(language: str) -> None:
    """Whatever order they come in."""
    words = ORDERED[language].split()
    mixed = random.Random(language).sample(words, len(words))  # noqa: S311

    assert words == by_alphabet(mixed, language)


def test_every_language_of_ours_has_an_order() -> None:
    """Where none is looked at, none is right."""
    assert set(tags()) == set(ORDERED)


def test_alphabets_hold_each_letter_once() -> None:
    """A letter in two places would have none."""
    for tag in tags():
        letters = [one for some in heading(tag).alphabet for one in some.split("=")]

        assert len(set(letters)) == len(letters), tag


@pytest.mark.parametrize("sign", "ʻʼ‘’'")  # noqa: RUF001
def test_letters_of_uzbek_are_letters_with_whatever_sign_they_are_typed(
    sign: str,
) -> None:
    """The alphabet asks for U+02BB, keyboards bring four others."""
    words = ["gap", "oy", "yoʻl", "zor", f"o{sign}z", f"o{sign}g{sign}il"]  # noqa: RUF001
    words.append(f"g{sign}oz")

    assert words == by_alphabet(words[::-1], "uz")


def test_joiners_and_capitals_part_no_words() -> None:
    """What is not seen or not heard counts last, and still counts."""
    words = ["میخک", "می‌خواهم", "میدان"]
    pairs = ["ель", "Ель", "ельник"]

    assert words == by_alphabet(words[::-1], "fa")
    assert pairs == by_alphabet(pairs[::-1], "ru")
    assert sort_key("a\u00ad", "en") != sort_key("a", "en")
    assert sort_key("", "en") < sort_key("\u200c", "en") < sort_key("a", "en")
