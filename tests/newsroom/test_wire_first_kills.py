"""A kill or a correction that comes before its story still reaches it."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from newsroom.agency_copy import keep, text, version
from newsroom.conftest import staff
from newsroom.test_wire_joining import KILL, STORY, anpa, bring, first_two
from tamizdat.newsroom.errors import CopyError
from tamizdat.newsroom.models import KeptItem, ServicePage, WireJoin, WireVerdict
from tamizdat.newsroom.wire_desk import alerts, standing, taking
from tamizdat.newsroom.wire_desk.retention import reparse
from tamizdat.wire.items import WireItem

FIRST = ["The council votes on Monday.", "It has nine members.", "Rain is likely."]
KILLED = version(3, ["Kill it."], signal="kill", published_at="2026-11-26T05:00:00Z")


def untold(*paragraphs: str, **fields: Any) -> WireItem:
    """Give a version of it that has neither number nor time."""
    return text(*paragraphs, version=None, **fields)


@pytest.mark.parametrize(
    "late",
    [
        version(2, FIRST),
        version(3, FIRST),
        untold(*FIRST),
        untold(*FIRST, published_at="2026-11-26T04:00:00Z", pubstatus="usable"),
    ],
    ids=["older", "the same number", "no number and no time", "sent before"],
)
@pytest.mark.parametrize("name", ["agency", "another"])
def test_version_that_comes_behind_its_kill_comes_in_withdrawn(
    desk: Client, english: ServicePage, editor: Any, late: WireItem, name: str
) -> None:
    """Nobody is offered it, on no page and by no feed, however often it is repeated."""
    keep(english, KILLED)
    (row,) = keep(english, late, name=name)

    assert standing.is_withdrawn(row)
    assert [] == keep(english, late, name=name)
    assert row.item == KeptItem.objects.get(pk=row.pk).item == late.to_json()
    with pytest.raises(CopyError, match="withdrawn"):
        taking.begin(row, english, editor)
    html = desk.get("/admin/wire/desk/en/").content.decode()
    assert html.count('class="wire-row wire-gone"') == html.count('class="wire-row')
    shown = desk.get(f"/admin/wire/desk/en/{row.pk}/").content.decode()
    assert "has withdrawn this copy" in shown
    assert "Start a story" not in shown


@pytest.mark.parametrize(
    "late",
    [version(4, FIRST), untold(*FIRST, published_at="2026-11-26T05:30:00Z")],
    ids=["a higher number", "sent later"],
)
def test_version_that_was_sent_after_the_kill_is_usable(
    english: ServicePage, editor: Any, late: WireItem
) -> None:
    """A substitute is what agencies promise when they kill."""
    keep(english, KILLED)
    (row,) = keep(english, late)

    assert not standing.is_withdrawn(row)
    assert taking.begin(row, english, editor)


def test_copy_that_was_here_before_its_kill_is_told_of_it_once(
    english: ServicePage, editor: Any
) -> None:
    """A repeated story opens no second alert."""
    (row,) = keep(english, version(1, FIRST))
    page = taking.begin(row, english, editor)
    keep(english, KILLED)
    keep(english, version(2, [*FIRST, "It rained."]))

    (alert,) = alerts.open_for(editor)
    assert (page.article_id, "canceled", "kill") == (
        *(alert.article_id, alert.kind),
        alert.item.signal,
    )


@pytest.mark.parametrize("family", ["anpa", "7901", "mail"])
def test_kill_under_a_number_of_its_own_reaches_a_story_that_comes_later(
    english: ServicePage, editor: Any, family: str
) -> None:
    """The two are one report, withdrawn, whichever came first."""
    first, kill = first_two(family, "KILL", KILL)
    killing = bring(english, kill)
    row = bring(english, first)
    assert row is not None
    assert killing is not None
    killing.refresh_from_db()

    assert row.chain == killing.chain
    assert standing.is_withdrawn(row)
    with pytest.raises(CopyError, match="withdrawn"):
        taking.begin(row, english, editor)
    assert ["sure"] == list(WireJoin.objects.values_list("answer", flat=True))
    assert None is bring(english, first)


def test_correction_under_a_number_of_its_own_stays_the_newest(
    english: ServicePage,
) -> None:
    """What it corrects comes in behind it."""
    first, later = first_two("anpa", "1st Ld-Writethru", STORY)
    new = bring(english, later)
    row = bring(english, first)
    assert row is not None
    assert new is not None
    new.refresh_from_db()

    assert (new.pk, False) == (row.superseded_by_id, row.newest)
    assert new.newest
    assert not standing.is_withdrawn(row)


def test_kill_that_may_mean_what_comes_later_is_asked(english: ServicePage) -> None:
    """Two stories of one slug: none is joined in silence."""
    other = "Farmers brought in the poorest harvest of apples in ten years, they said."
    bring(english, anpa(456, "BC-US--Valley", f"HILLTOWN (AP) _ {other}"))
    bring(english, anpa(470, "BC-US--Valley, KILL", f"a0456 is right. {KILL}", hour=10))
    row = bring(english, anpa(457, "BC-US--Valley", f"HILLTOWN (AP) _ {STORY}"))
    assert row is not None

    assert not standing.is_withdrawn(row)


def test_reading_again_leaves_a_killed_story_killed(
    english: ServicePage, tmp_path: Any
) -> None:
    """A better parser finds other words, and the kill holds all the same."""
    from tamizdat.newsroom.wire_desk import keeping  # noqa: PLC0415

    keep(english, KILLED)
    (row,) = keep(english, version(2, FIRST))
    keeping.renew(row, replace(version(2, FIRST), headline="Better"))
    row.refresh_from_db()

    assert ("Better", True) == (row.headline, standing.is_withdrawn(row))
    assert not list(reparse(None, row.received)) or standing.is_withdrawn(row)


SAID = {"usable": "yes", "reason": "The agency says on the telephone: a slip."}


@pytest.mark.parametrize("first", [True, False], ids=["kill first", "kill last"])
def test_copy_that_was_withdrawn_by_mistake_is_used_when_somebody_says_why(
    desk: Client, english: ServicePage, editor: Any, *, first: bool
) -> None:
    """The decision stands beside the copy with name and reason; a new kill counts."""
    story = version(2, FIRST)
    rows = [
        keep(english, one)[0] for one in ([KILLED, story] if first else [story, KILLED])
    ]
    row = rows[1] if first else rows[0]
    place = f"/admin/wire/desk/en/{row.pk}/"
    with pytest.raises(CopyError):
        taking.begin(row, english, editor)
    assert "by mistake" in desk.get(place).content.decode()

    desk.post(f"{place}verdict/", SAID)
    row.refresh_from_db()
    shown = desk.get(place).content.decode()

    assert row.newest
    assert "Start a story" in shown
    assert SAID["reason"] in shown
    assert taking.begin(row, english, editor).draft_title == row.headline
    assert [] == keep(english, KILLED)
    (again,) = keep(english, replace(KILLED, version="4"))
    assert standing.is_withdrawn(again)
    with pytest.raises(CopyError):
        taking.begin(row, english, editor)


def test_kill_behind_a_decision_counts_on_the_pages_of_all_versions(
    desk: Client, english: ServicePage
) -> None:
    """What was decided on was another withdrawal."""
    (first,) = keep(english, version(2, FIRST))
    (kill,) = keep(english, KILLED)
    place = f"/admin/wire/desk/en/{first.pk}/"
    desk.post(f"/admin/wire/desk/en/{kill.pk}/verdict/", SAID)
    assert "somebody decided that it may be used" in desk.get(place).content.decode()
    keep(english, version(4, ["Kill it again."], signal="kill"))

    shown = desk.get(place).content.decode()
    assert "The agency has withdrawn this copy: do not use it." in shown
    assert "somebody decided that it may be used" not in shown
    assert SAID["reason"] in shown


def test_withdrawal_is_set_aside_with_a_reason_by_whoever_publishes_and_back_again(
    desk: Client, english: ServicePage, editor: Any
) -> None:
    (row,) = keep(english, text(*FIRST, version="2", pubstatus="canceled"))
    place = f"/admin/wire/desk/en/{row.pk}/verdict/"
    desk.post(place, {**SAID, "reason": " "})
    desk.force_login(staff("member", english, "reporter"))
    assert desk.post(place, SAID).status_code in {302, 403}
    desk.force_login(editor)
    row.refresh_from_db()

    assert standing.is_withdrawn(row)
    assert not WireVerdict.objects.exists()

    desk.post(place, SAID)
    desk.post(place, {"usable": "no", "reason": "They meant it."})
    row.refresh_from_db()

    assert standing.is_withdrawn(row)
    assert [True, False] == [one.usable for one in row.verdicts.all()]
    assert "They meant it." in desk.get(place.removesuffix("verdict/")).content.decode()
