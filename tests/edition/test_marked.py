"""Text with its marks: what stands in what, and that a passage is one element."""

from tamizdat.edition.blocks import Mark
from tamizdat.edition.pages.marked import marked

LINK = 'href="https://a.example" rel="noopener noreferrer"'


def spoken(start, end, language="fa"):
    """Mark a passage in a language."""
    return Mark("language", start, end, None, language)


def link(start, end):
    """Mark a link."""
    return Mark("link", start, end, "https://a.example")


def test_passage_in_a_link_stands_in_it():
    """A link around a title in another language is one link."""
    expected = f'<a {LINK}>ab<span lang="fa" dir="rtl">cd</span>ef</a>'

    assert expected == marked("abcdef", [link(0, 6), spoken(2, 4)])


def test_links_in_a_passage_stand_in_it():
    """A passage is one element, whatever stands in it: so it has one order."""
    expected = (
        f'<span lang="ka" dir="ltr">a<a {LINK}>b</a><strong>c</strong>'
        f"<a {LINK}>d</a></span>e"
    )
    marks = [spoken(0, 4, "ka"), link(1, 2), link(3, 4), Mark("strong", 2, 3, None)]

    assert expected == marked("abcde", marks)


def test_passage_that_crosses_a_link_cuts_the_link():
    """The link is given up, not the order of words."""
    expected = f'<a {LINK}>ab</a><span lang="fa" dir="rtl"><a {LINK}>cd</a>ef</span>'

    assert expected == marked("abcdef", [link(0, 4), spoken(2, 6)])


def test_text_is_escaped():
    """What an editor typed is no markup."""
    assert "&lt;b&gt;<em>&amp;</em>" == marked("<b>&", [Mark("em", 3, 4, None)])
