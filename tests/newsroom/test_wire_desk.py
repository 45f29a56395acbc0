"""Agency copy as a draft: what an editor gets, and what stays out."""

from dataclasses import replace
from typing import Any

import pytest

from newsroom.agency_copy import ITEM, keep
from tamizdat.newsroom.errors import CopyError
from tamizdat.newsroom.models import ServicePage
from tamizdat.newsroom.wire_desk import taking
from tamizdat.newsroom.wire_desk.drafts import draft_of
from tamizdat.wire.items import Dateline


def test_copy_becomes_a_draft_with_its_words(english: ServicePage, editor: Any) -> None:
    """Headline, byline, place, date and every block are where an editor looks."""
    (row,) = keep(english, ITEM)
    article = taking.begin(row, english, editor)

    assert ("Who May Know", "A law is old.", "Geneva", 4, True) == (
        article.title,
        article.standfirst,
        article.dateline_place,
        article.urgency,
        article.breaking,
    )
    assert ["paragraph", "list", "table"] == [b.block_type for b in article.body]
    assert [("A Reporter", "Correspondent", "Reports from Geneva.")] == [
        (row.name, row.role, row.bio) for row in article.bylines.all()
    ]
    assert not article.live


def test_terms_and_embargo_go_to_editors_alone() -> None:
    """What an agency asks of editors is in the note that is never published."""
    draft = draft_of(ITEM)

    for text in (
        "Embargoed until: 2026-11-21T06:00:00+02:00",
        "Usage terms: Not for archives",
        "Agency's note: Photo to follow",
        "Look at: The date is unsure",
    ):
        assert text in draft["ednote"]


def test_abstract_that_repeats_the_text_is_shown_once() -> None:
    """No standfirst says what the first paragraph says."""
    item = replace(ITEM, abstract="Everyone may ask.")

    assert "" == draft_of(item)["standfirst"]


def test_copy_without_a_headline_gets_its_first_words() -> None:
    """A flash may be one paragraph and nothing else."""
    item = replace(ITEM, headline=None, slugline=None)

    assert "Everyone may ask." == draft_of(item)["headline"]


def test_unreadable_date_leaves_the_place() -> None:
    """A date that is no date is not guessed at."""
    item = replace(ITEM, dateline=Dateline("Geneva", "next week"))

    assert draft_of(item)["dateline_date"] is None


def test_withdrawn_copy_makes_no_draft() -> None:
    """What an agency has killed never reaches a desk."""
    with pytest.raises(CopyError, match="canceled"):
        draft_of(replace(ITEM, pubstatus="canceled"))


def test_copy_without_text_makes_no_draft() -> None:
    """A package of pictures is no article."""
    with pytest.raises(CopyError, match="holds no text"):
        draft_of(replace(ITEM, body=()))
