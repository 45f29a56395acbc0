"""Articles in offline files: what a page says of its words goes with them."""

import pytest
from lxml import etree, html

from edition.specimen import pages
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
