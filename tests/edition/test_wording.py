import re

from tamizdat.edition.wording import WORDS, wording

EXPECTED = {"en", "fa", "ka", "kk", "ru", "uk"}


def test_every_language_has_every_phrase_with_the_same_gaps() -> None:
    """A phrase missing in one language would be a hole in its pages."""
    gaps = {
        language: {
            key: sorted(re.findall(r"{\w+}", text)) for key, text in texts.items()
        }
        for language, texts in WORDS.items()
    }

    assert set(gaps) == EXPECTED
    assert all(gaps["en"] == other for other in gaps.values())


def test_language_without_words_says_that_it_reads_english() -> None:
    """A screen reader must not read English words as if they were Armenian."""
    actual = wording("hy").html["trust"]

    assert '<span lang="en" dir="ltr">Why you can trust this copy</span>' == actual


def test_region_of_a_language_reads_its_words() -> None:
    """British readers have words without asking for American ones."""
    assert not wording("en-GB").foreign
    assert wording("ru").html["corrections"] == wording("ru-UA").html["corrections"]


def test_value_put_into_words_is_escaped() -> None:
    """An organisation may not write markup into a page through its name."""
    actual = wording("en").fill("publisher", organisation="<b>Us</b>")

    assert "Published by &lt;b&gt;Us&lt;" in actual
