"""Front pages: what may stand on one, who was first, and what came before."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model

from again import made_again
from tamizdat.newsroom import actions
from tamizdat.newsroom.errors import FrontError, RightError
from tamizdat.newsroom.front import arranging
from tamizdat.newsroom.front.layout import (
    Layout,
    Pin,
    Place,
    changes,
    laid_out,
    led,
    moved,
    placed,
    removed,
)
from tamizdat.newsroom.models import Arrangement, Article

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
BODY = [{"kind": "paragraph", "text": "Everyone may seek information."}]


def page(*lead: int, **sections: list[int]) -> Layout:
    """Lay out keys of articles."""
    rows = [("", key) for key in lead]
    rows += [(name, key) for name, keys in sections.items() for key in keys]
    return laid_out((name, Pin(key)) for name, key in rows)


def keys(layout: Layout) -> dict[str, list[int]]:
    """Read a layout back."""
    return {
        name: [pin.article for pin in pins]
        for name, pins in layout.slots.items()
        if pins
    }


@pytest.mark.parametrize(
    ("step", "article", "after"),
    [
        ("up", 3, [1, 3, 2]),
        ("down", 1, [2, 1, 3]),
        ("top", 3, [3, 1, 2]),
        ("up", 1, [1, 2, 3]),
        ("down", 3, [1, 2, 3]),
    ],
)
def test_story_moves_one_place_or_to_the_top(
    step: str, article: int, after: list[int]
) -> None:
    """At the end of the way nothing moves, and nothing is lost."""
    assert {"": after} == keys(moved(page(1, 2, 3), article, step))


def test_story_has_one_place_wherever_it_is_put() -> None:
    """Putting it elsewhere takes it from where it stood, with its pin."""
    before = Layout({"": (Pin(1, NOW), Pin(2)), "law": (Pin(3),)})
    after = placed(before, 1, "law")

    assert {"": [2], "law": [3, 1]} == keys(after)
    assert Pin(1, NOW) == after.of("law")[1]
    assert {"": [1, 2], "law": [3]} == keys(led(after, 1))
    assert {"": [2], "law": [3]} == keys(removed(after, 1))


def test_full_section_takes_no_more() -> None:
    """Seven lead, five stand first in a section; one more is refused in words."""
    with pytest.raises(FrontError, match="7 places"):
        led(page(1, 2, 3, 4, 5, 6, 7), 8)
    with pytest.raises(FrontError, match="5 places"):
        placed(page(9, law=[1, 2, 3, 4, 5]), 9, "law")
    with pytest.raises(FrontError, match="5 places"):
        page(law=[1, 2, 3, 4, 5, 6])
    with pytest.raises(FrontError, match="stands twice"):
        page(1, law=[1])


def test_comparison_names_what_moved_and_not_what_made_way() -> None:
    """A story that only moves down because another leads has not moved."""
    old, new = page(1, 2, 3, law=[4]), page(4, 1, 3, 2)
    found = {change.article: change for change in changes(old, new)}

    assert Place("law", 0) == found[4].before
    assert Place("", 0) == found[4].after
    assert {4, 2} == found.keys() or {4, 3} == found.keys()
    assert [] == changes(new, new)
    gone = changes(old, page(1, 2, law=[4]))
    assert [(3, Place("", 2), None)] == [(c.article, c.before, c.after) for c in gone]


def test_comparison_tells_of_a_pin() -> None:
    """The same place for another time is a change."""
    old, new = Layout({"": (Pin(1),)}), Layout({"": (Pin(1, NOW),)})

    assert [(1, True, NOW)] == [
        (c.article, c.pinned, c.until) for c in changes(old, new)
    ]


class Desk:
    """Two editors and the stories of a service."""

    def __init__(self, service: Any, editor: Any) -> None:
        self.service, self.editor = service, editor
        self.other = get_user_model().objects.create_superuser("colleague")
        made_again("stories to arrange", lambda: [*map(self.release, range(4))])
        service.refresh_from_db()  # it counts its pages
        self.stories = [*Article.objects.order_by("pk")]

    def release(self, number: int) -> Article:
        """Publish a story."""
        made = actions.create_article(
            self.service, f"Story {number}", BODY, self.editor, section="law"
        )
        actions.publish_article(made, self.editor)
        made.article.refresh_from_db()
        return made.article

    def arrange(
        self, *numbers: int, base: int, by: Any = None, now: datetime = NOW
    ) -> Arrangement:
        """Arrange what leads."""
        layout = page(*(self.stories[n].pk for n in numbers))
        actor = by or self.editor
        return arranging.arrange(self.service, layout, actor, base=base, now=now)

    def leads(self) -> list[int]:
        """Tell what leads now, by number."""
        pins = arranging.layout_of(arranging.newest(self.service)).of("")
        by_key = {story.pk: n for n, story in enumerate(self.stories)}
        return [by_key[pin.article] for pin in pins]


@pytest.fixture
def desk(english: Any, editor: Any) -> Desk:
    """Give a service with four stories."""
    return Desk(english, editor)


@pytest.mark.both
def test_second_of_two_editors_keeps_a_proposal(desk: Desk) -> None:
    """Whoever comes second is not in force, and loses nothing."""
    first = desk.arrange(0, 1, base=0)
    second = desk.arrange(2, base=0, by=desk.other)

    assert (1, None) == (first.number, second.number)
    assert [0, 1] == desk.leads()
    assert [desk.stories[2].pk] == arranging.layout_of(second).articles
    assert [second] == list(Arrangement.objects.proposals())
    assert [first] == list(Arrangement.objects.numbered())

    again = desk.arrange(2, 0, base=1, by=desk.other)

    assert 2 == again.number
    assert [2, 0] == desk.leads()


def test_pin_that_ended_meanwhile_is_no_second_editor(desk: Desk) -> None:
    """What the newsroom did by itself turns nobody's work into a proposal."""
    layout = Layout({"": (Pin(desk.stories[0].pk, NOW + HOUR),)})
    arranging.arrange(desk.service, layout, desk.editor, base=0, now=NOW)
    arranging.end_pins(NOW + HOUR)
    kept = desk.arrange(3, base=1, now=NOW + 2 * HOUR)

    assert 3 == kept.number
    assert [3] == desk.leads()


@pytest.mark.both
def test_older_arrangement_is_put_back_without_what_fell_out(desk: Desk) -> None:
    """A story that was taken back since stays away, and is named."""
    desk.arrange(0, 1, base=0)
    desk.arrange(2, base=1)
    gone = desk.stories[1]
    actions.publish_article(gone.page, None, "retraction", "Wrong.")
    kept, dropped = arranging.restore(
        desk.service, 1, desk.editor, base=2, now=NOW + HOUR
    )

    assert (3, "restored") == (kept.number, kept.way)
    assert [gone] == dropped
    assert [0] == desk.leads()


@pytest.mark.both
def test_proposal_may_be_discarded_and_history_not(desk: Desk) -> None:
    """What was in force stays."""
    first = desk.arrange(0, base=0)
    arranging.discard(desk.arrange(1, base=0), desk.editor)

    assert [first] == list(Arrangement.objects.all())
    with pytest.raises(FrontError, match="history"):
        arranging.discard(first, desk.editor)


def _unreleased(desk: Desk) -> tuple[Layout, str]:
    made = actions.create_article(desk.service, "Draft", BODY, desk.editor)
    return page(made.article_id), "not released"


def _retracted(desk: Desk) -> tuple[Layout, str]:
    story = desk.stories[0]
    actions.publish_article(story.page, None, "retraction", "Wrong.")
    return page(story.pk), "“Story 0” was taken back"


def _of_nobody(desk: Desk) -> tuple[Layout, str]:
    del desk
    return page(999_999), "no story of this service"


def _in_no_section(desk: Desk) -> tuple[Layout, str]:
    return page(sport=[desk.stories[0].pk]), "no section “sport”"


def _pinned_in_the_past(desk: Desk) -> tuple[Layout, str]:
    pin = Pin(desk.stories[0].pk, NOW)
    return Layout({"": (pin,)}), "ends in the past"


@pytest.mark.parametrize(
    "bad", [_unreleased, _retracted, _of_nobody, _in_no_section, _pinned_in_the_past]
)
def test_what_cannot_stand_there_is_refused_in_words(desk: Desk, bad: Any) -> None:
    """Nothing of a page that does not fit is kept."""
    layout, reason = bad(desk)
    with pytest.raises(FrontError, match=reason):
        arranging.arrange(desk.service, layout, desk.editor, base=0, now=NOW)

    assert not Arrangement.objects.exists()


def test_story_of_another_service_is_refused(desk: Desk, persian: Any) -> None:
    """Each front page leads to its own paper."""
    desk.arrange(0, base=0)
    with pytest.raises(FrontError, match="no story of this service"):
        arranging.arrange(
            persian, page(desk.stories[0].pk), desk.editor, base=0, now=NOW
        )


def test_who_may_not_arrange_does_not(desk: Desk) -> None:
    """An account without the right changes nothing."""
    nobody = get_user_model().objects.create_user("reporter")
    with pytest.raises(RightError):
        desk.arrange(0, base=0, by=nobody)

    assert not Arrangement.objects.exists()
