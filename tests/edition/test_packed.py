"""The list of the pack's pages."""

import re
from datetime import timedelta

import pytest

from edition.paper import FIRST, service
from tamizdat.edition.languages import own_digits
from tamizdat.edition.pages.packed import Stop, packed_index


@pytest.mark.parametrize("language", ["en", "fa"])
def test_no_two_links_to_pages_of_the_pack_are_called_alike(language: str) -> None:
    """Pages of one long story begin in the same minute."""
    times = [FIRST, FIRST, FIRST, FIRST + timedelta(hours=1)]
    stops = [Stop(f"p/{n}.html", time) for n, time in enumerate(times)]
    page = packed_index(service(language), stops).content.decode()
    links = re.findall(r'<li><a href="([0-9])\.html">(.*?)</a>', page)
    texts = [re.sub("<[^>]*>", "", text) for _, text in links]

    assert ["3", "2", "1", "0"] == [name for name, _ in links]
    assert len(set(texts)) == len(texts)
    for number in (1, 2, 3):
        assert own_digits(f"({number})", language) in texts[4 - number]
    assert "(" not in texts[0]
