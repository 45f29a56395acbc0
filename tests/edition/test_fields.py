"""Fields: a value of another kind, length or time is refused by its name."""

import re

import pytest

from tamizdat.edition.errors import StoryError
from tamizdat.edition.fields import Fields

_SHORT = "c" * 79  # of what is quoted of a text


def fields(value):
    """Read one field named `a`."""
    return Fields({"a": value}, "line 1")


@pytest.mark.parametrize(
    ("read", "value", "reason"),
    [
        (lambda f: f.text("a", 3), "four", "expected at most 3 characters, found 4"),
        (lambda f: f.time("a"), "2026-02-30T06:00:00Z", "expected a time that exists"),
        (lambda f: f.time("a"), "1899-12-31T23:59:59Z", "expected a time after 1900"),
        (lambda f: f.entries("a", most=1), ["b", "c"], "expected at most 1 entries"),
        (lambda f: f.each("a", most=1), [{}, {}], "expected at most 1 entries"),
        (lambda f: f.number("a", 1, 9), 10, "expected 1 to 9, found 10"),
        (lambda f: f.text("a"), "", "expected a text, found an empty one"),
        (lambda f: f.language("a"), "", "expected a text, found an empty one"),
        (lambda f: f.text("a"), None, "expected a text, found null"),
        (lambda f: f.language("a"), None, "expected a text, found null"),
        (lambda f: f.word("a", ("b",)), None, "expected a text, found null"),
        (
            lambda f: f.word("a", ("b",)),
            "c" * 81,
            f"expected one of b, found '{_SHORT}…'",
        ),
        (
            lambda f: f.word("a", ("b",)),
            "c" * 80,
            f"expected one of b, found '{_SHORT}c'",
        ),
        (lambda f: f.text("a"), True, "expected a text, found true"),
        (lambda f: f.inner("a"), None, "expected an object, found null"),
        (lambda f: f.texts("a"), [None], "0: expected a text, found null"),
    ],
)
def test_value_beyond_its_limit_is_refused(read, value, reason):
    """The message names document, field, what was expected and what was found."""
    with pytest.raises(
        StoryError, match=re.escape("line 1: a") + "[:.] ?" + re.escape(reason)
    ):
        read(fields(value))


def test_field_that_is_absent_is_missing_and_one_that_is_null_is_not():
    """Whoever wrote null learns what was expected in its place."""
    with pytest.raises(StoryError, match="line 1: b: missing"):
        fields("c").text("b")
    with pytest.raises(StoryError, match=r"a\[0\]: expected an object, found null"):
        fields([None]).each("a")


def test_value_at_its_limit_is_taken():
    """A limit is included."""
    assert "four" == fields("four").text("a", 4)
    assert 1900 == fields("1900-01-01T00:00:00Z").time("a").year
    assert 2 == len(fields(["b", "c"]).entries("a", most=2))
    assert 9 == fields(9).number("a", 1, 9)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("https://a.example/?utm_source=tg&fbclid=Iw1", "https://a.example/"),
        ("https://a.example/p?id=7&UTM_Medium=x", "https://a.example/p?id=7"),
        (
            "https://a.example/p?yclid=1&id=7&a=%20b+c",
            "https://a.example/p?id=7&a=%20b+c",
        ),
        ("https://a.example/p?id=7#xtor=CS2-9", "https://a.example/p?id=7"),
        ("https://a.example/p?igsh=Mz#part-2", "https://a.example/p#part-2"),
        ("https://a.example/utm_source=1/?q", "https://a.example/utm_source=1/?q"),
        ("https://a.example/?utm=1&my_utm_source=2", None),
        ("https://a.example/#:~:text=who%20may,know", None),
        ("https://a.example/p?utm%5Fsource=x&%75tm_medium=y", "https://a.example/p"),
        ("https://a.example/p?id=7;utm_source=x;q=1", "https://a.example/p?id=7;q=1"),
        ("https://a.example/p?utm_source=x;id=7", "https://a.example/p?id=7"),
        ("https://a.example/p?id=7&amp;utm_source=x", "https://a.example/p?id=7"),
        ("https://a.example/p?pk_campaign=x&pk_kwd=y", "https://a.example/p"),
        ("https://a.example/p?trk=12&s_cid=7&pk_content=3", None),
        ("https://linkedin.com/p?trk=a", "https://linkedin.com/p"),
        (
            "https://de.linkedin.com:443/p?trk=a&id=7",
            "https://de.linkedin.com:443/p?id=7",
        ),
        ("https://WWW.LinkedIn.com/p?trk=a", "https://WWW.LinkedIn.com/p"),
        ("https://linKedin.com/p?TRK=a", "https://linKedin.com/p"),
        ("https://l\N{LATIN SMALL LETTER DOTLESS I}nkedin.com/p?trk=a", None),
        ("https://linkedin.com:\N{ARABIC-INDIC DIGIT TWO}/p?trk=a", None),
        ("https://a.example/?&a=1;;b#;c", None),
        ("https://notlinkedin.com/p?trk=a", None),
    ],
)
def test_cited_address_loses_what_tracks_and_nothing_else(typed, shown):
    """Who follows a link tells the site neither the way nor who copied it."""
    assert (shown or typed) == fields(typed).address("a")
