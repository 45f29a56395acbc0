"""Rich text to text and marks, and back."""

import re
from html import escape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.counted import reads_of_each
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
    spoken = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=2)))
    marks = [
        {"kind": "link", "from": start, "to": end, "href": "https://a.example/?a=1&b"},
        {"kind": "strong", "from": start, "to": inner},
    ]
    if len(spoken) == 2:
        row = dict(zip(("from", "to"), spoken, strict=True))
        marks.append({"kind": "language", **row, "language": "fa"})
        marks.sort(key=lambda m: (m["from"], -m["to"], m["kind"] != "language"))

    (paragraph,) = paragraphs(markup(text, marks))

    assert {"kind": "paragraph", "text": text, "marks": marks} == paragraph


def test_passage_is_in_the_language_that_its_words_name() -> None:
    """It counts code points, crosses links and emphasis, and leaves them whole."""
    html = (
        '<p>🗞️ <b>They <span lang="fa">said «<a href="https://a.example/">زن،</a></span>'
        '</b><span lang="fa"><a href="https://a.example/">زندگی</a>»</span>.</p>'
    )

    assert [
        ("strong", "They said «زن،"),
        ("language", "said «زن،زندگی»"),
        ("link", "زن،زندگی"),
    ] == _marks(html)


@pytest.mark.parametrize("tag", ["", "xx", "zxx", "fa_IR", "FA", 'fa"', None])
def test_language_that_has_no_name_leaves_its_words_alone(tag: str | None) -> None:
    """Nothing reaches a story document that it refuses; no word is lost."""
    attribute = "" if tag is None else f' lang="{escape(tag)}"'

    assert [] == _marks(f"<p>They <span{attribute}>said</span> so</p>")


def test_letter_is_in_one_language() -> None:
    """Inside each other the nearest tag counts."""
    html = '<p><span lang="fa">الف <span lang="ar">باء</span> جیم</span></p>'

    assert [("language", text) for text in ("الف ", "باء", " جیم")] == _marks(html)


def test_text_of_many_marks_is_written_in_one_walk() -> None:
    """A mark is read as often among many as among few."""
    assert reads_of_each(4, markup) == reads_of_each(64, markup)


def _nested(html: str) -> bool:
    """Tell whether each tag closes the one that was opened last."""
    around: list[str] = []
    for end, name in re.findall(r"<(/?)([a-z]+)", html):
        if not end:
            around.append(name)
        elif around.pop() != name:
            return False
    return not around


_KINDS = st.sampled_from(["strong", "em", "link", "language"])


@given(
    st.text(_LETTERS, min_size=1, max_size=12),
    st.lists(st.tuples(_KINDS, st.integers(0, 12), st.integers(0, 12))),
)
def test_marks_that_cross_are_tags_in_one_another(
    text: str, spans: list[tuple[str, int, int]]
) -> None:
    """The editor refuses tags that cross; every letter keeps what is said of it."""
    if plain(text) != text:
        return
    extra = {"link": {"href": "https://a.example/"}, "language": {"language": "fa"}}
    marks = [
        {"kind": kind, "from": start, "to": end, **extra.get(kind, {})}
        for kind, start, end in spans
        if start < end <= len(text)
    ]

    html = markup(text, marks)
    (paragraph,) = paragraphs(html)

    assert _nested(html)
    assert _said(text, marks) == _said(text, paragraph["marks"])


def _said(text: str, marks: list[dict[str, Any]]) -> list[set[str]]:
    """List what is said of each letter."""
    return [
        {m["kind"] for m in marks if m["from"] <= at < m["to"]}
        for at in range(len(text))
    ]
