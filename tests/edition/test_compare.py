"""What differs between two texts, word by word."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tamizdat.edition.compare import ADDED, KEPT, REMOVED, compare, words, written

TEXTS = st.text(st.sampled_from("ab .,\n8я\u200c\u0301"), max_size=60)


def side(runs, *kinds):
    """Put the runs of some kinds together."""
    return "".join(run.text for run in runs if run.kind in kinds)


@given(TEXTS, TEXTS)
def test_difference_gives_both_texts_back(old, new):
    """Nothing is lost: kept and removed are the old text, kept and added the new."""
    runs = compare(old, new)

    assert old == side(runs, KEPT, REMOVED)
    assert new == side(runs, KEPT, ADDED)
    assert all(run.text for run in runs)
    assert all(a.kind != b.kind for a, b in pairwise(runs))


@given(TEXTS)
def test_equal_texts_have_no_difference(text):
    """What is equal is kept whole."""
    assert ([(KEPT, text)] if text else []) == compare(text, text)


@given(TEXTS)
def test_words_lose_nothing(text):
    """Words and signs put together are the text."""
    assert text == "".join(words(text))


def test_one_word_is_replaced_and_its_sentence_kept():
    """A difference is a word, not a letter and not a line."""
    runs = compare("It was in 2008, not later.", "It was in 2009, not later.")

    assert [
        (KEPT, "It was in "),
        (REMOVED, "2008"),
        (ADDED, "2009"),
        (KEPT, ", not later."),
    ] == runs


def test_new_paragraph_leaves_its_neighbours_whole():
    """Paragraphs are matched before their words."""
    runs = compare("one\ntwo", "one\nnew\ntwo")

    assert [(KEPT, "one\n"), (ADDED, "new\n"), (KEPT, "two")] == runs


@pytest.mark.parametrize("word", ["\u0645\u06cc\u200c\u062f", "\u0438\u0306", "a1"])
def test_what_clings_to_a_letter_belongs_to_its_word(word):
    """Joiners and marks of any script stay inside a word."""
    assert [word] == words(word)


def test_very_long_texts_are_replaced_whole():
    """The work is bounded: past the limit nothing is matched."""
    old, new = "a " * 3_000, "b " + "a " * 3_000

    assert [(REMOVED, old.rstrip()), (ADDED, new.rstrip())] == [
        run for run in compare(old.rstrip(), new.rstrip()) if run.kind != KEPT
    ]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("in 2008", "in 2009", "in [-2008-] {+2009+}"),
        ("a", "a b", "a{+ b+}"),
        ("x\ny", "x\nz", "x ¶ [-y-] {+z+}"),
        (f"{'w ' * 60}old", f"{'w ' * 60}new", f"…{' w' * 19} [-old-] {{+new+}}"),
        (f"old{' w' * 60}", f"new{' w' * 60}", f"[-old-] {{+new+}}{' w' * 20} …"),
        (
            f"a{' w' * 60} b",
            f"c{' w' * 60} d",
            f"[-a-] {{+c+}}{' w' * 20} …{' w' * 19} [-b-] {{+d+}}",
        ),
        ("x", "y" * 400, "[-x-] {+" + "y" * 299 + "…+}"),
        ("Two.", f"{'y' * 400}\nTwo.", "{+" + "y" * 299 + "…+} Two."),
        ("Two.", f"Two.\n{'word ' * 99}", "Two.{+ ¶ " + "word " * 58 + "word…+}"),
    ],
)
def test_difference_is_written_in_one_line(old, new, line):
    """Of what stayed, the nearest words are shown."""
    assert line == written(compare(old, new))
