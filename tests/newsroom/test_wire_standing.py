"""Copy that an agency holds back is prepared, and goes out when it may."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from newsroom.agency_copy import keep, version
from newsroom.conftest import staff
from tamizdat.newsroom import actions
from tamizdat.newsroom.errors import ObstacleError, RightError
from tamizdat.newsroom.models import ArticlePage, ServicePage
from tamizdat.newsroom.wire_desk import alerts, taking

FIRST = ["The council votes on Monday.", "It has nine members.", "Rain is likely."]


def _publish(page: ArticlePage, editor: Any) -> None:
    page.section = "society"
    assert actions.publish_article(page, editor) is not None


def test_copy_that_is_held_back_is_prepared_and_goes_out_when_it_may(
    english: ServicePage, persian: ServicePage, editor: Any
) -> None:
    """Nobody calls it withdrawn; its story and a translation wait for the agency."""
    (row,) = keep(english, version(1, FIRST, pubstatus="withheld"))
    page = taking.begin(row, english, editor)
    late = actions.create_article(
        *(persian, "متن", [{"kind": "paragraph", "text": "متن"}], editor),
        section="society",
        source=page.article,
        relation="translated",
    )

    for one in (page, late):
        with pytest.raises(ObstacleError, match="holds back copy"):
            _publish(one, editor)
    assert "Held back" in page.ednote
    assert ["withheld"] == [one.kind for one in alerts.open_for(editor)]

    keep(english, version(2, FIRST, pubstatus="usable"))
    assert [] == alerts.open_for(editor)
    _publish(ArticlePage.objects.get(pk=page.pk), editor)


def test_somebody_who_publishes_may_say_why_held_copy_goes_out(
    english: ServicePage, editor: Any
) -> None:
    """The reason stands on record, and taking more of the same copy asks no more."""
    (row,) = keep(english, version(1, FIRST, pubstatus="withheld"))
    page = taking.begin(row, english, editor, {0})
    (alert,) = alerts.open_for(editor)
    with pytest.raises(RightError):
        alerts.close_by_hand(alert.pk, staff("member", english, "reporter"), "Yes")
    alerts.close_by_hand(alert.pk, editor, "The agency's desk agreed by telephone.")
    taking.add(row, page, editor, {1})

    _publish(ArticlePage.objects.get(pk=page.pk), editor)


def test_copy_that_is_held_back_later_alerts_and_holds(
    english: ServicePage, editor: Any
) -> None:
    """The same words, withheld: whoever used them hears of it, and waits."""
    (row,) = keep(english, version(1, FIRST))
    page = taking.begin(row, english, editor)
    keep(english, version(2, FIRST, pubstatus="withheld"))

    assert ["withheld"] == [one.kind for one in alerts.open_for(editor)]
    with pytest.raises(ObstacleError, match="holds back copy"):
        _publish(page, editor)


def test_embargo_that_comes_later_reaches_the_story(
    english: ServicePage, editor: Any
) -> None:
    """The same words under an embargo: the story keeps it, and its end ends the alert.

    Copy under an embargo may be withheld besides: then the hour is what counts.
    """
    until = timezone.now() + timedelta(hours=3)
    (row,) = keep(english, version(1, FIRST))
    page = taking.begin(row, english, editor)
    held = {"pubstatus": "withheld"}
    later = replace(version(2, FIRST, **held), embargo=until.isoformat())
    keep(english, later)

    page.article.story.refresh_from_db()
    assert until == page.article.story.embargo
    with pytest.raises(ObstacleError, match="under embargo until"):
        _publish(page, editor)
    assert ["withheld"] == [one.kind for one in alerts.open_for(editor)]
    alerts.close_what_is_over(until)
    assert [] == alerts.open_for(editor)
