"""Lines lose what machines put into them and keep every letter of their words."""

import pytest

from tamizdat.wire.draft.text import one_line, typeset, unescaped


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("&lt;b&gt;Bridge&lt;/b&gt; &amp;amp; river", "Bridge &amp; river"),
        ("Bridge &amp; river&nbsp;", "Bridge & river"),
        ("a &#" + "9" * 5000 + "; b &eacute;", "a b \u00e9"),
        ("1 < 2 > 0", "1 < 2 > 0"),
    ],
)
def test_escapes_are_read_once_and_letters_that_are_none_go(text, expected):
    assert expected == unescaped(text)


def test_teletype_quotes_and_dashes_become_those_of_print():
    typed = "``No,'' he said. ''Never.'' It _ the council _ isn't open"

    assert (
        "\u201cNo,\u201d he said. \u201cNever.\u201d It \u2014 the council \u2014"
        " isn't open" == typeset(typed)
    )


def test_joiners_and_hard_spaces_inside_words_stay():
    assert one_line(
        " \u200f\u06a9\u062a\u0627\u0628\u200c\u0647\u0627 a\u00a0b\u200e "
    ) == ("\u06a9\u062a\u0627\u0628\u200c\u0647\u0627 a\u00a0b")
