"""Markup of an article, set in order: what is put in, and that it can be taken out."""

import pytest

from tamizdat.edition.pages.directed import directed, undirected

_CASES = [
    (
        "<p>Say «<em>بیایید</em>!» now</p>",
        '<p>Say «<bdi dir="rtl"><em>بیایید</em>!</bdi>» now</p>',
    ),
    ("<p>سلام &amp; خوب!</p>", '<p dir="rtl">سلام &amp; خوب!</p>'),
    (
        "<blockquote><p>سلام!</p></blockquote>",
        '<blockquote dir="rtl"><p>سلام!</p></blockquote>',
    ),
    (
        "<ul><li>Yes</li><li>سلام!</li><li>No way</li></ul>",
        '<ul><li>Yes</li><li><bdi dir="rtl">سلام!</bdi></li><li>No way</li></ul>',
    ),
    (
        "<ul><li>سلام «F2!»</li><li>None</li></ul>",
        (
            '<ul><li><bdi dir="rtl">سلام «<bdi dir="ltr">F2!</bdi>»</bdi></li>'
            "<li>None</li></ul>"
        ),
    ),
    (
        '<table><tr><th scope="col">سلام!</th></tr></table>',
        '<table><tr><th scope="col" dir="rtl">سلام!</th></tr></table>',
    ),
    (
        '<p><span lang="fa" dir="rtl">از F2!</span></p>',
        '<p dir="rtl"><span lang="fa" dir="rtl">از <bdi dir="ltr">F2</bdi>!</span></p>',
    ),
    (
        "<p>A &quot;سلام!&quot; &amp; b</p>",
        '<p>A &quot;<bdi dir="rtl">سلام!</bdi>&quot; &amp; b</p>',
    ),
    (
        "<p>See <b>it, شعر</b> ۱۲</p>",
        '<p>See <b>it, <bdi dir="rtl">شعر</bdi></b><bdi dir="rtl"> ۱۲</bdi></p>',
    ),
    (
        "<h1>Who says «سلام!» here</h1>",
        '<h1>Who says «<bdi dir="rtl">سلام!</bdi>» here</h1>',
    ),
]


@pytest.mark.parametrize(("plain", "expected"), _CASES)
def test_markup_is_set_in_order_and_read_back(plain, expected):
    """A monitor takes out what the press put in, to the last byte."""
    assert expected == directed(plain, "ltr")
    assert plain == undirected(expected, "ltr")


@pytest.mark.parametrize(
    "html",
    [
        "<p>Only English, &amp; nothing else (12).</p>",
        '<p class="when">سلام ۱۲!</p>',
        '<li><a href="a.html" lang="fa" hreflang="fa" dir="rtl">سلام!</a></li>',
        "<p>Watch at <bdi>شعر ۱۲</bdi> now</p>",
    ],
)
def test_what_needs_nothing_stays_byte_for_byte(html):
    """What is in order, is the paper's own or names its direction is left alone."""
    assert html == directed(html, "ltr")


@pytest.mark.parametrize(
    "html",
    [
        '<p dir="rtl">Only English.</p>',
        '<p>One <bdi dir="rtl">two</bdi> three</p>',
        '<p>Say «<bdi dir="ltr">بیایید!</bdi>» now</p>',
    ],
)
def test_order_that_the_press_does_not_set_is_not_taken_out(html):
    """Whoever turns words round is not passed over by a monitor."""
    assert html == undirected(html, "ltr")
