"""Articles in offline files: what a page says of its words goes with them."""

import pytest
from lxml import etree, html

from edition.specimen import foreign_story, pages
from tamizdat.press.formats.paper import named_in
from tamizdat.press.formats.setting import Rules, set_article

NOWHERE = Rules(link=lambda _path: None, picture=lambda _path: None)


@pytest.mark.parametrize("method", ["html", "xml"])
def test_passages_keep_their_language_and_order(method):
    """A book and a library read a Persian passage in Persian, from the right."""
    page = pages("en")["passages"]
    article = html.document_fromstring(page.content.decode()).find(".//article")
    whole = etree.tostring(article, encoding="unicode", method=method)
    told = set_article(article, page.path, NOWHERE)
    kept = etree.tostring(told, encoding="unicode", method=method)

    for sign in ('lang="fa" dir="rtl"', '<bdi dir="rtl"', '<p dir="rtl"'):
        assert whole.count(sign) == kept.count(sign) > 0


def test_headline_of_a_story_that_is_not_there_keeps_its_language():
    """What was a link is words, and they are still Persian or Russian."""
    page = pages("en")["article"]
    article = html.document_fromstring(page.content.decode()).find(".//article")
    spoken = [
        (a.get("lang"), a.text_content()) for a in article.iterfind(".//a[@lang]")
    ]
    told = set_article(article, page.path, NOWHERE)
    kept = [(one.get("lang"), one.text) for one in told.iterfind(".//span[@dir]")]

    assert not told.findall(".//a[@lang]")
    assert set(spoken) == set(kept)
    assert {"fa", "ru"} <= {language for language, _text in kept}


def test_words_of_a_headline_in_another_language_are_read():
    """The contents of a file say them as the article does."""
    page = pages("en")["foreign"]
    heading = html.document_fromstring(page.content.decode()).find(".//h1")

    assert foreign_story("en").foreign[:1] == named_in(heading)
