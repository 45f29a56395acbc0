"""What is read on air is heard as it was said."""

from itertools import combinations

from tamizdat.press.spoken import WORDS, numbers, words

FINGERPRINT = "98e157a5a03853d1a8a5aa68e0781bbb75478856936b933a4236c2b396fe0b28"


def _distance(one, two):
    row = list(range(len(two) + 1))
    for at, letter in enumerate(one, 1):
        above, row = row, [at]
        for place, other in enumerate(two, 1):
            cost = above[place - 1] + (letter != other)
            row.append(min(above[place] + 1, row[-1] + 1, cost))
    return row[-1]


def test_every_byte_has_one_word():
    """256 words, each once, in the order of the alphabet."""
    assert 256 == len(set(WORDS))
    assert sorted(WORDS) == list(WORDS)


def test_four_letters_name_a_word():
    """Whoever hears or writes the beginning only has the word."""
    assert 256 == len({word[:4] for word in WORDS})


def test_no_two_words_are_nearly_the_same():
    """A word heard badly is no other word of the list."""
    near = [pair for pair in combinations(WORDS, 2) if _distance(*pair) < 3]

    assert [] == near


def test_words_and_numbers_say_the_same_twelve_bytes():
    """What was read on air once is read so for ever."""
    said = words(FINGERPRINT)

    assert ["kitchen", "snail", "donkey"] == said[:3]
    assert ["152", "225", "087"] == numbers(FINGERPRINT)[:3]
    assert [WORDS[int(number)] for number in numbers(FINGERPRINT)] == said
    assert 12 == len(said)
