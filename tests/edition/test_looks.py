"""What a newsroom may change of how its pages look, and what it may not."""

import re
from dataclasses import replace
from hashlib import sha256

import pytest

from edition.paper import full_story, service
from tamizdat.edition import drawings, dress
from tamizdat.edition.pages import PAGE_BYTES, article_pages
from tamizdat.edition.printing import differing
from tamizdat.edition.reprint import read_printing
from tamizdat.edition.stories import Look

DRAWN = """<?xml version="1.0"?><!-- drawn -->
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="24" class="x">
  <title>Press</title>
  <g fill="#f00" transform="translate(1,1)"><path d="M0 0h24v24z"/></g>
  <circle cx="4" cy="4" r="2" stroke="red" fill="none"/>
</svg>"""
KEPT = (
    '<svg viewbox="0 0 24 24" height="1em" fill="currentColor" aria-hidden="true">'
    '<g transform="translate(1,1)"><path d="M0 0h24v24z"></path></g>'
    '<circle cx="4" cy="4" r="2" fill="none" stroke="currentColor"></circle></svg>'
)
RULES = """/* heavier */
.name, h1 {
  font-weight: 800;
  font-size: 2.2rem
}
.mast { border-top: 6px double; }
"""
DRESSED = ".name,h1{font-weight:800;font-size:2.2rem}.mast{border-top:6px double}"
OWN = Look(logo=KEPT, style=DRESSED)
GOLDEN = "80bc8478e17d3386e5231553994c8e0d"


def test_drawing_is_kept_as_shapes_in_the_colour_of_the_ink() -> None:
    """Programs that draw write much that a page does not need."""
    assert drawings.kept(DRAWN) == KEPT
    assert drawings.is_kept(KEPT)
    assert not drawings.is_kept(DRAWN)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("<circle", "<script>1</script><circle", "found <script>"),
        ("<circle", "<image href='x'/><circle", "found <image>"),
        ("<circle", "<use href='#a'/><circle", "found <use>"),
        ("<circle", "<style>*{}</style><circle", "found <style>"),
        ("<circle", "<text>Hi</text><circle", "found <text>"),
        ("<circle", "Hi<circle", "found words: 'Hi'"),
        ('d="M0 0h24v24z"', 'd="url(x)&lt;"', "path: d: expected numbers"),
        ('viewBox="0 0 24 24"', "", "expected a viewBox of four numbers"),
        ('viewBox="0 0 24 24"', 'viewBox="0 0 900 2"', "times as wide as high"),
        ("</svg>", "", "closed"),
        ("<circle", '<path d="M1 1"/>' * 90 + "<circle", "at most 1000"),
    ],
)
def test_drawing_that_is_more_than_shapes_is_refused(
    old: str, new: str, said: str
) -> None:
    """Nothing loads, runs, links or writes; the reason names what was found."""
    with pytest.raises(ValueError, match=re.escape(said)):
        drawings.kept(DRAWN.replace(old, new))


def test_rules_are_kept_without_space_and_comments() -> None:
    """What they say stays; twice kept is kept."""
    assert dress.kept(RULES) == DRESSED
    assert dress.is_kept(DRESSED)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (".note {font-size: 2rem}", "line 8: expected one of"),
        ("h1::after {font-weight: 800}", "line 8: expected one of"),
        ("h1 {display: none}", "line 8: expected one of"),
        ("h1 {\n color: #fff}", "line 9: expected one of"),
        ("h1 {font-size: 0}", "line 8: font-size cannot be '0'"),
        ("h1 {margin-block: -9rem}", "line 8: margin-block cannot be '-9rem'"),
        ("h1 {font-family: url(x)}", "line 8: font-family cannot be"),
        ("@import 'x';", "line 8: expected a rule"),
        ("h1 {font-weight: 800", "line 8: expected a rule"),
        ("h1 {font-weight: 800}" * 30, "at most 600"),
    ],
)
def test_rule_that_could_hide_a_word_is_refused_with_its_line(
    rule: str, said: str
) -> None:
    """Only letters, rules and air may be changed, of a few parts."""
    with pytest.raises(ValueError, match=re.escape(said)):
        dress.kept(f"{RULES}\n{rule}")


@pytest.mark.parametrize("language", ["en", "fa"])
def test_dressed_page_says_the_same(language: str) -> None:
    """A logo and rules stand around the words, and a monitor knows them."""
    story, plain = full_story(language), service(language)
    before, after = (
        article_pages(story, ours, section_name="Law")[0].content
        for ours in (plain, replace(plain, look=OWN))
    )
    found = read_printing([after], "a.html")
    html = after.decode()

    assert f"/*own*/svg{{max-width:100%}}{DRESSED}</style>" in html
    assert f'index.html">{KEPT} ' in html
    assert len(after) <= PAGE_BYTES
    assert frozenset() == found.unknown
    assert [] == differing(read_printing([before], "a.html"), found)


def test_rules_of_another_are_not_known() -> None:
    """Behind the mark stands what the press keeps, or the page is not its own."""
    story = full_story()
    (page,) = article_pages(story, service(look=OWN), section_name="Law")
    forged = page.content.replace(b"6px double", b"6px double;display:none")

    assert read_printing([forged], "a.html").unknown


def test_dressed_article_is_the_bytes_that_were_looked_at() -> None:
    """The same look gives the same page on any machine."""
    (page,) = article_pages(full_story(), service(look=OWN), section_name="Law")

    assert sha256(page.content).hexdigest()[:32] == GOLDEN
