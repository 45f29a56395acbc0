"""Rich text to text and marks, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tamizdat.newsroom.richtext import links, markup, paragraphs, plain


def _marks(html: str) -> list[tuple[str, str]]:
    (paragraph,) = paragraphs(html)
    text = paragraph["text"]
    return [(m["kind"], text[m["from"] : m["to"]]) for m in paragraph["marks"]]


def test_nested_marks_run_from_tag_to_tag() -> None:
    """Bold inside italic inside a link gives three marks, the outer one first."""
    html = '<p>See <a href="https://a.example/x"><i>the <b>law</b></i></a> now</p>'

    assert [("link", "the law"), ("em", "the law"), ("strong", "law")] == _marks(html)


def test_marks_count_code_points() -> None:
    """An accent that combines with a letter counts as a character of its own."""
    (paragraph,) = paragraphs("<p>🗞️ да́й <b>знать</b></p>")

    assert [{"kind": "strong", "from": 8, "to": 13}] == paragraph["marks"]
    assert "🗞️ да́й знать" == paragraph["text"]


def test_new_line_starts_a_paragraph() -> None:
    """What an editor separates by Enter stays separate, without empty ones."""
    html = '<p data-block-key="a1">One</p><p></p><p>Two<br/>lines</p>'

    assert ["One", "Two lines"] == [p["text"] for p in paragraphs(html)]


def test_spaces_at_the_edges_are_dropped_from_marks_too() -> None:
    """A mark never points outside its text."""
    assert [("strong", "all")] == _marks("<p> <b>  all  </b> </p>")


def test_empty_mark_is_dropped() -> None:
    """A mark that holds nothing says nothing."""
    assert [] == _marks("<p>Text<b></b></p>")


@pytest.mark.parametrize(
    "address",
    ["http://a.example/", "javascript:alert(1)", "mailto:a@a.example", "", "/x"],
)
def test_link_that_an_edition_cannot_carry_keeps_its_words_alone(address: str) -> None:
    """Only https leads out of an edition."""
    html = f'<p>See <a href="{address}">this</a></p>'

    assert [] == _marks(html)
    assert [None] == links(html)


def test_link_to_a_page_of_the_site_is_no_address() -> None:
    """Wagtail's own links have no address that a reader could follow."""
    assert [None] == links('<p><a linktype="page" id="3">this</a></p>')


def test_control_characters_become_spaces() -> None:
    """What a story document refuses never reaches it."""
    assert "a b" == plain("a\u2028\x00\x85b ")
    assert plain(" \n ") is None


_LETTERS = st.characters(exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"])


@given(st.text(_LETTERS, min_size=4, max_size=30), st.data())
def test_text_and_marks_survive_the_editor(text: str, data: st.DataObject) -> None:
    """What goes into the rich text editor comes out of it."""
    if plain(text) != text:
        return
    start = data.draw(st.integers(0, len(text) - 2))
    end = data.draw(st.integers(start + 1, len(text)))
    inner = data.draw(st.integers(start + 1, end))
    marks = [
        {"kind": "link", "from": start, "to": end, "href": "https://a.example/?a=1&b"},
        {"kind": "strong", "from": start, "to": inner},
    ]

    (paragraph,) = paragraphs(markup(text, marks))

    assert {"kind": "paragraph", "text": text, "marks": marks} == paragraph
