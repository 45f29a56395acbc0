"""Pages that go on from one another."""

import pytest

from edition.paper import service
from tamizdat.edition.errors import StoryError
from tamizdat.edition.pages.budget import PAGE_BYTES
from tamizdat.edition.pages.chain import chain, filled
from tamizdat.edition.pages.theme import Page

ENTRIES = [f"<li lang=en><ul><li {n}></ul>" + "x" * 900 * (n % 4) for n in range(40)]


def printer(leaf, some):
    """Print lists in lists: what a page looks like does not say how many it holds."""
    turns = f"{leaf.before} {leaf.after}"
    return Page(leaf.path, f"{turns}<ul>{''.join(some)}</ul>".encode())


@pytest.mark.parametrize("most", [None, 7])
def test_each_page_says_which_entries_stand_on_it(most):
    """All of them, in order, whatever elements they are made of."""
    found = filled(service(), "x/index.html", ENTRIES, [printer], most=most)
    pages = [one.page for one in found]

    assert ENTRIES == [entry for one in found for entry in one.entries]
    assert all("".join(one.entries).encode() in one.page.content for one in found)
    assert all(len(one.entries) <= (most or 40) for one in found)
    assert pages == chain(service(), "x/index.html", ENTRIES, [printer], most=most)
    assert "x/index.2.html" == found[1].page.path


def test_nothing_is_a_page_too():
    """It has no entry."""
    (one,) = filled(service(), "x/index.html", [], [printer])

    assert [] == list(one.entries)


def test_entry_that_fits_nowhere_is_named_by_its_page():
    """The second printer stands in where it can."""
    long = "y" * PAGE_BYTES
    (one,) = filled(
        service(), "x/index.html", [long], [printer, lambda leaf, _: printer(leaf, "z")]
    )

    assert [long] == list(one.entries)
    with pytest.raises(StoryError, match=r"x/index.html.*one entry alone"):
        filled(service(), "x/index.html", [long], [printer])
