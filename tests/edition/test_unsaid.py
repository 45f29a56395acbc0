"""The hashes of what a page leaves out of its authors."""

from tamizdat.edition.unsaid import seal_author, seal_life

SALT = "c2Vjb25kc2FsdGJ5dGVzMg"
FACE = ("", "m/a.jpg", "80", "80", "She reads.")


def test_hashes_are_those_of_the_specification():
    """Whoever reads spec/releases.md computes the same."""
    life = seal_life(SALT, (), "Won prizes.")

    assert "SIrrwuG_F7XMPbIDXNrCKg" == life
    assert "Jwo4W4rX90fKJmo6VVc0PA" == seal_author(SALT, "Writer", life)


def test_no_text_runs_into_the_next():
    """Each difference of a word, and where it stands, is another hash."""
    found = {
        seal_life(SALT, (), "Won prizes."),
        seal_life(SALT, FACE, "Won prizes."),
        seal_life(SALT, (*FACE[:4], "She reads.\n11 Won prizes."), ""),
        seal_life(SALT[::-1], (), "Won prizes."),
        seal_author(SALT, "", "Won prizes."),
        seal_author(SALT, "Won prizes.", ""),
    }

    assert 6 == len(found)
