"""The documents the press reads, held against the reader of the press."""

import json
from datetime import date
from typing import Any

from tamizdat.edition.documents import read_document
from tamizdat.edition.stories import Service, Story
from tamizdat.newsroom import actions
from tamizdat.newsroom.documents import article_content, service_document
from tamizdat.newsroom.models import ArticlePage, ServicePage

BODY = [
    {
        "kind": "paragraph",
        "text": "Everyone may ask.",
        "marks": [
            {"kind": "link", "from": 0, "to": 8, "href": "https://a.example/"},
            {"kind": "strong", "from": 0, "to": 8},
        ],
    },
    {"kind": "subhead", "text": "Older than it seems"},
    {"kind": "quote", "text": "To seek, receive and impart."},
    {"kind": "list", "items": ["Ask", "Wait"]},
    {"kind": "table", "rows": [["Year", "Country"], ["1766", "Sweden"]]},
]


def test_article_is_a_story_document_once_the_ledger_is_added(
    english: ServicePage, editor: Any, photo: bytes
) -> None:
    """Every element of an article reaches the reader of the press."""
    article = _full_article(english, editor)
    actions.attach_picture(article, photo, "A street", "People walk", "Demo Press")

    story = _read(_with_ledger(article_content(article)))

    assert isinstance(story, Story)
    assert "tag:demo.tamizdat.example,2026:en/right-to-know" == story.uri
    assert ("Law", "Who May Know", "It is old.") == (
        story.kicker,
        story.headline,
        story.standfirst,
    )
    assert [block["kind"] for block in BODY] == [block.kind for block in story.body]
    assert ["link", "strong"] == [mark.kind for mark in story.body[0].marks]
    assert (("Year", "Country"), ("1766", "Sweden")) == story.body[4].rows
    assert ["A Reporter", "An Editor"] == [byline.name for byline in story.bylines]
    assert story.dateline is not None
    assert ("Geneva", date(2026, 11, 20)) == (story.dateline.place, story.dateline.date)
    assert story.picture is not None
    assert ("A street", "People walk") == (story.picture.caption, story.picture.alt)


def test_bare_article_is_a_story_document(draft: ArticlePage) -> None:
    """What an editor left empty is absent, and the service signs."""
    story = _read(_with_ledger(article_content(draft)))

    assert isinstance(story, Story)
    assert ["Demo Press"] == [byline.name for byline in story.bylines]
    assert ("We report what is kept from you.",) == tuple(b.bio for b in story.bylines)
    assert (None, None, None) == (story.kicker, story.standfirst, story.picture)


def test_service_document_is_read_by_the_press(persian: ServicePage) -> None:
    """A service says its direction, calendar, territories and notice."""
    service = _read(service_document(persian))

    assert isinstance(service, Service)
    assert ("rtl", "persian", ("IR", "AF")) == (
        service.direction,
        service.calendar,
        service.territories,
    )
    assert service.notice is not None
    assert ("یک", "دو") == service.notice.paragraphs


def test_service_without_a_notice_has_none(english: ServicePage) -> None:
    """Nothing is said of a law that is not known."""
    assert service_document(english)["notice"] is None


def test_note_to_editors_stays_in_the_newsroom(draft: ArticlePage) -> None:
    """Embargoes and terms are for desks alone."""
    draft.ednote = "KEEP-INSIDE"

    assert "KEEP-INSIDE" not in json.dumps(article_content(draft))


def _full_article(service: ServicePage, editor: Any) -> ArticlePage:
    return actions.create_article(
        service,
        "Who May Know",
        BODY,
        editor,
        bylines=[
            {"name": "A Reporter", "role": "Geneva", "bio": "Reports."},
            {"name": "An Editor"},
        ],
        address="right-to-know",
        section="law",
        slugline="RIGHT-TO-KNOW",
        kicker="Law",
        standfirst="It is\nold.",
        credit_line="With reporting by AP",
        dateline_place="Geneva",
        dateline_date=date(2026, 11, 20),
        urgency=3,
        breaking=True,
    )


def _with_ledger(content: dict[str, Any]) -> dict[str, Any]:
    time = "2026-11-20T09:00:00Z"
    release = {
        "number": 1,
        "kind": "publish",
        "time": time,
        "note": None,
        "salt": "A" * 22,
    }
    ours = {**content["tamizdat"], "translations": [], "releases": [release]}
    times = {"version": "1", "firstCreated": time, "versionCreated": time}
    return {**content, **times, "tamizdat": ours}


def _read(document: dict[str, Any]) -> Service | Story:
    return read_document(json.dumps(document).encode(), "test")
