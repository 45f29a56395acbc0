"""Markup of an article, set in order: what is put in, and that it can be taken out."""

import pytest

from tamizdat.edition.markup import token_at
from tamizdat.edition.pages import directed as module
from tamizdat.edition.pages import outline
from tamizdat.edition.pages.directed import directed, undirected

_DASH = "\N{EN DASH}"
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
        "<ul><li>سلام به همه شما «F2!»</li><li>None of it is so</li></ul>",
        (
            '<ul><li><bdi dir="rtl">سلام به همه شما «<bdi dir="ltr">F2!</bdi>»</bdi>'
            "</li><li>None of it is so</li></ul>"
        ),
    ),
    (
        '<table><tr><th scope="col">سلام!</th></tr></table>',
        '<table><tr><th scope="col" dir="rtl">سلام!</th></tr></table>',
    ),
    (
        '<p><span lang="fa" dir="rtl">از این همه شما F2!</span></p>',
        (
            '<p dir="rtl"><span lang="fa" dir="rtl">از این همه شما '
            '<bdi dir="ltr">F2</bdi>!</span></p>'
        ),
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
        '<h1 class="long">Who says «سلام!» here</h1>',
        '<h1 class="long">Who says «<bdi dir="rtl">سلام!</bdi>» here</h1>',
    ),
    (
        "<h1>Who says «سلام!» here</h1>",
        '<h1>Who says «<bdi dir="rtl">سلام!</bdi>» here</h1>',
    ),
    (  # an item of a list in the other direction
        '<ul lang="fa" dir="rtl"><li>All in English!</li><li>بله!</li></ul>',
        (
            '<ul lang="fa" dir="rtl"><li><bdi dir="ltr">All in English!</bdi></li>'
            "<li>بله!</li></ul>"
        ),
    ),
    (  # a dateline stands at its side, whatever letters a place is written in
        f'<p class="line">تهران {_DASH} <time>20 November</time></p>',
        (
            f'<p class="line"><bdi dir="rtl">تهران</bdi> {_DASH} '
            "<time>20 November</time></p>"
        ),
    ),
    (  # so does who wrote the story, at the side of the life
        '<div class="by"><p><strong>خبرنگار (۱۲)</strong></p><p>Writes.</p></div>',
        (
            '<div class="by"><p><strong><bdi dir="rtl">خبرنگار (۱۲)</bdi></strong></p>'
            "<p>Writes.</p></div>"
        ),
    ),
    (
        '<div class="by"><p><strong>خبرنگار (۱۲)</strong></p><p>سلام!</p></div>',
        (
            '<div class="by"><p dir="rtl"><strong>خبرنگار (۱۲)</strong></p>'
            '<p dir="rtl">سلام!</p></div>'
        ),
    ),
    (  # so does who wrote a post
        '<p class="who">خبرنگار (۱۲)</p>',
        '<p class="who"><bdi dir="rtl">خبرنگار (۱۲)</bdi></p>',
    ),
    (  # a line of a list: time, kicker, headline, each by itself
        (
            '<li data-salt="x"><time>9:05</time> <small>شعر ۱۲</small> '
            '<a href="a.html">سلام بر همه شما BBC (۲)!</a></li>'
        ),
        (
            '<li data-salt="x"><time>9:05</time> '
            '<small><bdi dir="rtl">شعر ۱۲</bdi></small> '
            '<a href="a.html"><bdi dir="rtl">سلام بر همه شما '
            '<bdi dir="ltr">BBC (۲)</bdi>!</bdi></a></li>'
        ),
    ),
    (
        '<li data-salt="x"><a href="a.html">They said «بیایید!» (12)</a></li>',
        (
            '<li data-salt="x"><a href="a.html">They said '
            '«<bdi dir="rtl">بیایید!</bdi>» (12)</a></li>'
        ),
    ),
    (  # a headline that ends in what could join its neighbour
        (
            '<article data-salt="x"><div><small>Said of شعر</small> '
            '<h2><a href="a.html">سلام!</a></h2></div></article>'
        ),
        (
            '<article data-salt="x"><div>'
            '<small><bdi dir="ltr">Said of شعر</bdi></small> '
            '<h2 dir="rtl"><a href="a.html">سلام!</a></h2></div></article>'
        ),
    ),
    (
        '<p class="kick"><a href="s.html">Law</a> · <small>سلام!</small></p>',
        (
            '<p class="kick"><a href="s.html">Law</a> · '
            '<small><bdi dir="rtl">سلام!</bdi></small></p>'
        ),
    ),
    (
        '<p class="links"><a href="a.html">شعر</a> · <a href="b.html">نو</a></p>',
        (
            '<p class="links"><a href="a.html"><bdi dir="rtl">شعر</bdi></a> · '
            '<a href="b.html"><bdi dir="rtl">نو</bdi></a></p>'
        ),
    ),
    (  # what changed in a passage of the page's direction, and in one of the other
        (
            "<blockquote>Say «شعر <del><span>[removed </span>"
            '<bdi dir="ltr">ماده (۱۹)!</bdi><span>]</span></del>» now</blockquote>'
        ),
        (
            '<blockquote>Say «<bdi dir="rtl">شعر '
            '<del><span>[removed </span><bdi dir="rtl">ماده (۱۹)!</bdi><span>]</span>'
            "</del></bdi>» now</blockquote>"
        ),
    ),
    (
        (
            "<blockquote>سلام "
            '<ins><span>[<span lang="en" dir="ltr">added</span> </span>'
            '<bdi dir="ltr">بر همه شما F2!</bdi><span>]</span></ins>!</blockquote>'
        ),
        (
            '<blockquote dir="rtl">سلام '
            '<ins><span>[<span lang="en" dir="ltr">added</span> </span>'
            '<bdi dir="rtl">بر همه شما <bdi dir="ltr">F2</bdi>!</bdi><span>]</span>'
            "</ins>!</blockquote>"
        ),
    ),
    (
        '<p>A <bdi lang="fa">نو</bdi> <b>شعر ۱۲</b></p>',
        '<p>A <bdi lang="fa">نو</bdi> <b><bdi dir="rtl">شعر ۱۲</bdi></b></p>',
    ),
    (  # a mark right behind words with a language goes along with them
        '<p>She said «<span lang="fa" dir="rtl">نو</span>!» then.</p>',
        (
            '<p>She said «<bdi dir="rtl"><span lang="fa" dir="rtl">نو</span>!</bdi>»'
            " then.</p>"
        ),
    ),
    (  # a quotation keeps its marks where letters run on behind it
        "<p>The film «زن» زندگی won, “شعر” نو too.</p>",
        (
            '<p>The film «<bdi dir="rtl">زن</bdi>» زندگی won, '
            '<bdi dir="rtl">“شعر” نو</bdi> too.</p>'
        ),
    ),
    (  # words with a language do not turn a line that says something else
        '<p><span lang="fa" dir="rtl">زن زندگی آزادی</span> won.</p>',
        '<p><span lang="fa" dir="rtl">زن زندگی آزادی</span> won.</p>',
    ),
    (
        '<p>«<span lang="fa" dir="rtl">زن زندگی آزادی</span>»</p>',
        '<p dir="rtl">«<span lang="fa" dir="rtl">زن زندگی آزادی</span>»</p>',
    ),
    (  # so it does beside words of another language that changed
        (
            '<blockquote>Say «<ins><span>[added </span><bdi dir="ltr"><span lang="fa"'
            ' dir="rtl">نو</span></bdi><span>]</span></ins>!» now</blockquote>'
        ),
        (
            '<blockquote>Say «<bdi dir="rtl"><ins><span>[added </span><bdi dir="rtl">'
            '<span lang="fa" dir="rtl">نو</span></bdi><span>]</span></ins>!</bdi>» now'
            "</blockquote>"
        ),
    ),
    (  # so do letters that nobody named, and figures
        '<p>Both <a href="x"><span lang="fa" dir="rtl">نو</span></a> ۲, شعر then.</p>',
        (
            '<p>Both <bdi dir="rtl"><a href="x"><span lang="fa" dir="rtl">نو</span></a>'
            " ۲, شعر</bdi> then.</p>"
        ),
    ),
    (  # each in its own order: what stands in such words is looked at by itself
        '<p>She said «<span lang="fa" dir="rtl">شعر BBC 2 نو</span>?» then.</p>',
        (
            '<p>She said «<bdi dir="rtl"><span lang="fa" dir="rtl">شعر '
            '<bdi dir="ltr">BBC 2</bdi> نو</span>?</bdi>» then.</p>'
        ),
    ),
]


@pytest.mark.parametrize(("plain", "expected"), _CASES)
def test_markup_is_set_in_order_and_read_back(plain, expected):
    """A monitor takes out what the press put in, to the last byte."""
    assert expected == directed(plain, "ltr")
    assert plain == undirected(expected, "ltr")
    assert expected == directed(expected, "ltr")


def test_place_of_a_dateline_does_not_mix_with_its_day():
    """Between Latin letters and Persian ones the day would stand before its place."""
    day = '<time datetime="2026-11-20">۲۰ نوامبر ۲۰۲۶</time>'
    plain = f'<p class="line">Geneva {_DASH} {day}</p>'
    html = directed(plain, "rtl")

    assert f'<p class="line"><bdi dir="ltr">Geneva</bdi> {_DASH} {day}</p>' == html
    assert plain == undirected(html, "rtl")


@pytest.mark.parametrize("number", ["\u00b15", "-$5", "-5%", "+5", "\u22125"])
def test_number_with_a_sign_is_found_where_no_letter_runs_against_the_page(number):
    """A page without Latin letters is read all the same."""
    plain = f"<p>سود {number} بود</p>"
    html = directed(plain, "rtl")

    assert f'<p>سود <bdi dir="ltr">{number}</bdi> بود</p>' == html
    assert plain == undirected(html, "rtl")


@pytest.mark.parametrize(
    "html",
    [
        "<p>Only English, &amp; nothing else (12).</p>",
        '<p class="when">سلام ۱۲!</p>',
        '<li><a href="a.html" lang="fa" hreflang="fa" dir="rtl">سلام!</a></li>',
        "<p>Watch at <bdi>شعر ۱۲</bdi> now</p>",
        '<li data-salt="x"><a href="a.html">A شعر is a poem</a></li>',
        (
            '<blockquote>One <del><span>[removed </span><bdi dir="ltr">two</bdi>'
            "<span>]</span></del></blockquote>"
        ),
        (
            '<p>Both «<span lang="fa" dir="rtl">نو</span>», <a href="x">'
            '<span lang="fa" dir="rtl">شعر</span></a> 2.</p>'
        ),
        '<p>Only <span lang="fa" dir="rtl">۱۲</span>! and <em>Ja</em>!</p>',
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
        '<li data-salt="x"><a href="a.html"><bdi dir="rtl">One two</bdi></a></li>',
        '<li data-salt="x"><bdi dir="rtl"><a href="a.html">سلام</a></bdi></li>',
        (
            '<blockquote>One <del><span>[removed </span><bdi dir="rtl">two</bdi>'
            "<span>]</span></del></blockquote>"
        ),
        (
            '<blockquote dir="rtl">One <del><span>[removed </span>'
            '<bdi dir="rtl">two</bdi><span>]</span></del></blockquote>'
        ),
    ],
)
def test_order_that_the_press_does_not_set_is_not_taken_out(html):
    """Whoever turns words round is not passed over by a monitor."""
    assert html == undirected(html, "ltr")


class Counted:
    """A pattern that counts how many characters it was given."""

    def __init__(self, pattern):
        self.pattern, self.read = pattern, 0

    def findall(self, text):
        """Find as the pattern does."""
        self.read += len(text)
        return self.pattern.findall(text)


def test_long_text_of_many_runs_is_read_once(monkeypatch):
    """What a text costs grows with it, not with its square."""
    units = Counted(module.UNIT)
    monkeypatch.setattr(module, "UNIT", units)
    text = "See ماده (۱۹)! &amp; " * 400
    found = directed(f"<p>{text}</p>", "ltr")

    assert 400 == found.count("<bdi")
    assert units.read <= len(text)


@pytest.mark.parametrize(
    ("plain", "expected"),
    [
        (  # its own words are in order, but not on the side that is named around it
            '<div dir="rtl"><p>Part two!</p></div><p>سلام</p>',
            '<div dir="rtl"><p dir="ltr">Part two!</p></div><p dir="rtl">سلام</p>',
        ),
        (  # one inside another of the same name
            "<div><div>One</div><p>سلام!</p></div>",
            '<div><div>One</div><p dir="rtl">سلام!</p></div>',
        ),
        (  # words beside it count for the line they share
            "<p>سلام <em>many words of English</em> خوب</p>",
            "<p>سلام <em>many words of English</em> خوب</p>",
        ),
        (  # nothing there says its direction
            "<section><ins><bdi>سلام</bdi></ins></section>",
            "<section><ins><bdi>سلام</bdi></ins></section>",
        ),
    ],
)
def test_what_is_passed_over_has_nothing_to_set(plain, expected):
    """An element is read wherever it is set, or helps to set another."""
    assert expected == directed(plain, "ltr")
    assert plain == undirected(expected, "ltr")


def test_page_is_read_where_a_letter_runs_against_it(monkeypatch):
    """What a long page costs does not grow with what is in order on it."""
    read = []

    def counted(html, at, path):
        read.append(at)
        return token_at(html, at, path)

    monkeypatch.setattr(outline, "token_at", counted)
    quiet = "<p>Nothing <em>here</em> &amp; there.</p>" * 200
    found = directed(f"<div>{quiet}<p>سلام!</p>{quiet}</div>", "ltr")

    assert f'<div>{quiet}<p dir="rtl">سلام!</p>{quiet}</div>' == found
    assert len(read) <= 2 * 200 + 5  # a tag of each, none of their words


def test_number_of_a_telephone_is_read_from_left_to_right():
    """It would be dialled back to front; nothing else of its page runs so."""
    html = "<div><p>۱۲ + ۳</p><p>شماره +۹۸ (۲۱) ۸۸۸</p></div>"
    found = directed(html, "rtl")

    number = '<bdi dir="ltr">+۹۸ (۲۱) ۸۸۸</bdi>'
    assert f"<div><p>۱۲ + ۳</p><p>شماره {number}</p></div>" == found
    assert html == undirected(found, "rtl")
