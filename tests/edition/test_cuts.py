"""Where a text may end that stands whole elsewhere."""

import pytest

from edition.paper import TEXTS
from tamizdat.edition.cuts import clipped, good_end, shortened
from tamizdat.edition.pages.shelves import SHORTER

FAMILY = "\U0001f469\U0001f3fd\u200d\U0001f52c"  # a scientist, with a colour of skin
WALES = "\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f"
LETTERS = {  # of more than one code point
    "mark": "e\u0301",
    "joined emoji": FAMILY,
    "emoji of a colour": "\U0001f44d\U0001f3ff",
    "flag": "\U0001f1fa\U0001f1e6",
    "flag of a region": WALES,
    "key": "1\ufe0f\u20e3",
    "vowel sign": "\u1000\u1031",  # combining class 0, as its letter
    "joiner": "\u06a9\u200c",
}


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("most", [*SHORTER, 300])
def test_long_text_ends_behind_a_word(language, most):
    """A list leaves whole words of a headline, and the sign that more stands there."""
    text = " ".join(TEXTS[language]["paragraphs"])[: most + 90]
    short = clipped(text, most)
    words = short.removesuffix("…").rstrip()

    assert short.endswith("…")
    assert most - 40 <= len(short) <= most
    assert words == text[: len(words)]
    assert text[len(words)].isspace()


def test_text_that_fits_is_left_alone():
    """Only what is longer is shortened."""
    assert "two words" == clipped("two words", 9)
    assert "two…" == clipped("two words", 8)


def test_one_long_word_is_cut_within():
    """An address behind a few words is not left out: it may be all there is to say."""
    assert "See www.press.example/" + "a" * 77 + "…" == clipped(
        "See www.press.example/" + "a" * 400, 100
    )
    assert "a" * 39 + "…" == clipped("a" * 400, 40)


def test_sentence_that_ends_there_keeps_its_stop():
    """The sign of what is left out does not look like a part of it."""
    assert "One bird. …" == clipped("One bird. Two birds", 14)
    assert "One bird. …" == clipped("One bird. Two birds", 11)
    assert "." * 39 + "…" == clipped("." * 50, 40)


@pytest.mark.parametrize("kind", LETTERS)
@pytest.mark.parametrize("cut", [clipped, shortened])
def test_no_letter_is_cut(kind, cut):
    """What a reader takes for one letter stays one, wherever a text ends."""
    letter = LETTERS[kind]
    text = letter * 90
    found = {cut(text, most).removesuffix("…") for most in range(40, 80)}

    assert all(one == letter * (len(one) // len(letter)) for one in found)
    assert max(map(len, found)) > 80 - 2 * len(letter)


def test_page_ends_between_flags():
    """A page that ends in a row of flags ends behind a whole one."""
    assert {0} == {good_end("\U0001f1fa\U0001f1e6" * 40, n) % 2 for n in range(9, 70)}
