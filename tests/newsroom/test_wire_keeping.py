"""What the desk keeps of the wire: each version once, and who used which words."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from hands import sign_off
from newsroom.agency_copy import ITEM, NOW, keep, text, version
from newsroom.conftest import staff
from tamizdat.newsroom import actions
from tamizdat.newsroom.errors import CopyError, ObstacleError, ReleaseError, RightError
from tamizdat.newsroom.models import (
    ArticlePage,
    KeptItem,
    Release,
    ServicePage,
    WireAlert,
    WireUse,
)
from tamizdat.newsroom.wire_desk import alerts, taking
from tamizdat.wire.items import Association, read_item

FIRST = ["The council votes on Monday.", "It has nine members.", "Rain is likely."]
SECOND = ["The council votes on Tuesday.", *FIRST[1:]]


def _publish(page: ArticlePage, editor: Any, **also: Any) -> Release:
    page.section = "society"
    release = actions.publish_article(page, editor, **also)
    assert release is not None
    return release


def test_item_is_read_back_as_it_was(english: ServicePage) -> None:
    """Nothing of an item is lost in the table."""
    (row,) = keep(english, ITEM)

    assert ITEM == read_item(KeptItem.objects.get(pk=row.pk).item)


def test_feed_that_repeats_itself_brings_nothing(english: ServicePage) -> None:
    """The same version is kept once, however often it is shown."""
    (row,) = keep(english, version(1, FIRST))

    assert [] == keep(english, version(1, FIRST), after=timedelta(minutes=5))
    assert [row.pk] == list(KeptItem.objects.values_list("pk", flat=True))


def test_later_version_supersedes_and_an_older_one_does_not(
    english: ServicePage,
) -> None:
    """Numbers decide, not the order in which versions arrive."""
    (second,) = keep(english, version(2, SECOND))
    (tenth,) = keep(english, version(10, [*SECOND, "It is over."]))
    (first,) = keep(english, version(1, FIRST))

    second.refresh_from_db()
    assert [(False, tenth.pk), (True, None), (False, tenth.pk)] == [
        (row.newest, row.superseded_by_id) for row in (second, tenth, first)
    ]


def test_revisions_of_newsml_1_are_one_item(english: ServicePage) -> None:
    """Each has an identifier of its own, with the revision at its end."""
    name = "urn:newsml:agency.example:20240102T123456Z:A1"
    said = {"family": "newsml-1"}
    (first,) = keep(english, text("One.", guid=f"{name}:1", version="1", **said))
    (second,) = keep(english, text("Two.", guid=f"{name}:2U", version="2", **said))
    (other,) = keep(english, text("Three.", guid=f"{name}1:1", version="1", **said))

    first.refresh_from_db()
    assert first.chain == second.chain != other.chain
    assert (False, second.pk) == (first.newest, first.superseded_by_id)


@pytest.mark.parametrize("family", ["iptc-7901", "anpa-1312"])
def test_number_that_is_used_again_the_next_day_is_another_item(
    english: ServicePage, family: str
) -> None:
    """On one day it is one item; the day after, it says something else."""
    said = {"family": family, "guid": "a0456"}
    (bridge,) = keep(
        english, text("A bridge.", published_at="2026-11-24T09:00:00Z", **said)
    )
    (again,) = keep(
        english, text("It fell.", published_at="2026-11-24T11:00:00Z", **said)
    )
    (cats,) = keep(english, text("Cats.", published_at="2026-11-25T09:00:00Z", **said))

    bridge.refresh_from_db()
    assert bridge.chain == again.chain != cats.chain
    assert (again.pk, True) == (bridge.superseded_by_id, cats.newest)


def test_draft_says_which_paragraphs_it_used(english: ServicePage, editor: Any) -> None:
    """What was chosen is the draft, and stands with its words in the use."""
    (row,) = keep(english, version(1, FIRST))
    page = taking.begin(row, english, editor, {0, 2})

    assert [f"<p>{FIRST[at]}</p>" for at in (0, 2)] == [
        block.value.source for block in page.body
    ]
    use = WireUse.objects.get(article=page.article)
    assert [[0, FIRST[0]], [2, FIRST[2]]] == use.paragraphs
    assert ["Agency"] == taking.agencies_used(page.article)


def test_agencies_stand_in_the_order_in_which_they_were_used(
    english: ServicePage, editor: Any
) -> None:
    """A draft of three agencies names each once, the first one first."""
    (one,) = keep(english, version(1, FIRST, credit_agencies=("dpa", "AFP")))
    (two,) = keep(english, text("Elsewhere it snows.", guid="2", provider="AP"))
    (three,) = keep(english, text("And hails.", guid="3", credit_agencies=("AFP",)))
    page = taking.begin(one, english, editor)
    for row in (two, three):
        taking.add(row, page, editor)

    assert ["dpa", "AFP", "AP"] == taking.agencies_used(page.article)
    draft = ArticlePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert 5 == len(draft.body)


def test_story_inherits_the_embargo_of_its_copy(
    english: ServicePage, editor: Any
) -> None:
    """Nothing of it goes out before the agency's hour."""
    until = timezone.now() + timedelta(hours=3)
    (row,) = keep(english, replace(version(1, FIRST), embargo=until.isoformat()))
    page = taking.begin(row, english, editor)

    assert until == page.article.story.embargo
    with pytest.raises(ObstacleError, match="embargo"):
        _publish(page, editor)


@pytest.mark.parametrize(
    ("said", "over"),
    [
        ("2026-11-21T06:00:00", "2026-11-21T18:00:00+00:00"),
        ("2026-11-21", "2026-11-21T12:00:00+00:00"),
        ("2026-11-21T06:00:00-05:00", "2026-11-21T11:00:00+00:00"),
        ("some day", None),
    ],
)
def test_embargo_without_its_zone_ends_when_it_is_over_everywhere(
    english: ServicePage, said: str, over: str | None
) -> None:
    """Too late harms nobody; hours too early, a source."""
    (row,) = keep(english, replace(version(1, FIRST), embargo=said))

    assert over == (row.embargo.isoformat() if row.embargo else None)


def test_correction_alerts_whoever_used_the_copy(
    english: ServicePage, editor: Any
) -> None:
    """A correction of used words opens one alert; a correction of ours ends it."""
    (row,) = keep(english, version(1, FIRST))
    page = taking.begin(row, english, editor)
    _publish(page, editor)
    keep(english, version(2, SECOND, signal="correction"))

    (alert,) = alerts.open_for(editor)
    assert ("correction", page.article_id) == (alert.kind, alert.article_id)

    page.refresh_from_db()
    page.standfirst = "Corrected."
    release = _publish(page, editor, kind="correction", note="The day was wrong.")
    assert [] == alerts.open_for(editor)
    assert release == WireAlert.objects.get().closing


def test_newer_alert_takes_the_place_of_the_older_one(
    english: ServicePage, editor: Any
) -> None:
    """Three versions later an editor is asked once, about the newest."""
    (row,) = keep(english, version(1, FIRST))
    taking.begin(row, english, editor)
    keep(english, version(2, SECOND))
    keep(english, version(3, [*SECOND, "Done."]))

    assert ["3"] == [one.item.version for one in alerts.open_for(editor)]


def test_new_number_with_the_same_words_alerts_nobody(
    english: ServicePage, editor: Any
) -> None:
    """An alert says that something is to be read again."""
    (row,) = keep(english, version(1, FIRST))
    taking.begin(row, english, editor)
    keep(english, version(2, FIRST))

    assert [] == alerts.open_for(editor)


def test_kill_reaches_every_story_and_holds_it_back(
    english: ServicePage, persian: ServicePage, editor: Any, second: Any
) -> None:
    """Canceled copy alarms each service that used it; only taking back goes out."""
    (row,) = keep(english, version(1, FIRST))
    row.source.services.add(persian)
    out, draft = (taking.begin(row, one, editor) for one in (english, persian))
    _publish(out, editor)
    keep(english, text(guid=ITEM.guid, version="2", pubstatus="canceled"))

    assert ["canceled", "canceled"] == [a.kind for a in alerts.open_for(editor)]
    with pytest.raises(ObstacleError, match="withdrew copy"):
        _publish(draft, editor)
    with pytest.raises(CopyError, match="withdrawn"):
        taking.begin(row, english, editor)

    out.refresh_from_db()
    sign_off(out, second, "retraction", "The agency withdrew it.")
    _publish(out, editor, kind="retraction", note="The agency withdrew it.")
    assert [draft.article_id] == [a.article_id for a in alerts.open_for(editor)]


def test_kill_reaches_what_is_translated(
    english: ServicePage, persian: ServicePage, editor: Any
) -> None:
    """Killed words are no better in another language: each service decides."""
    (row,) = keep(english, version(1, FIRST))
    out = taking.begin(row, english, editor)
    _publish(out, editor)

    def translated() -> ArticlePage:
        return actions.create_article(
            *(persian, "متن", [{"kind": "paragraph", "text": "متن"}], editor),
            section="society",
            source=out.article,
            relation="translated",
        )

    begun = translated()
    keep(english, text(guid=ITEM.guid, version="2", pubstatus="canceled"))
    told = {one.article_id: one for one in alerts.open_for(editor)}

    assert {out.article_id, begun.article_id} == set(told)
    with pytest.raises(ObstacleError, match="withdrew copy"):
        _publish(begun, editor)
    alerts.close_by_hand(told[begun.article_id].pk, editor, "None of it stands here.")
    _publish(ArticlePage.objects.get(pk=begun.pk), editor)
    assert 1 == ArticlePage.objects.get(pk=begun.pk).newest_release.number


def test_translation_that_is_begun_after_a_kill_is_held_as_well(
    english: ServicePage, persian: ServicePage, editor: Any
) -> None:
    """It has no alert of its own: it waits for the service it is made from."""
    (row,) = keep(english, version(1, FIRST))
    out = taking.begin(row, english, editor)
    _publish(out, editor)
    keep(english, text(guid=ITEM.guid, version="2", pubstatus="canceled"))
    late = actions.create_article(
        *(persian, "متن", [{"kind": "paragraph", "text": "متن"}], editor),
        section="society",
        source=out.article,
        relation="translated",
    )

    with pytest.raises(ObstacleError, match="withdrew copy"):
        _publish(late, editor)


def test_kill_of_another_guid_reaches_what_it_replaces(
    english: ServicePage, editor: Any
) -> None:
    """Copy that says which one it takes the place of counts as a version of it."""
    (row,) = keep(english, version(1, FIRST))
    taking.begin(row, english, editor)
    link = (Association("previousVersion", ITEM.guid),)
    keep(english, text(guid="urn:agency:9", signal="kill", associations=link))

    assert ["canceled"] == [a.kind for a in alerts.open_for(editor)]


def test_alert_is_closed_with_a_reason_by_who_edits(
    english: ServicePage, editor: Any
) -> None:
    """A reporter does not decide, and nobody in silence."""
    (row,) = keep(english, version(1, FIRST))
    taking.begin(row, english, editor)
    keep(english, version(2, SECOND))
    (alert,) = alerts.open_for(editor)

    with pytest.raises(RightError):
        alerts.close_by_hand(alert.pk, staff("member", english, "reporter"), "No")
    with pytest.raises(ReleaseError, match="Say why"):
        alerts.close_by_hand(alert.pk, editor, " ")
    alerts.close_by_hand(alert.pk, editor, "The day is not in our story.")
    assert [] == alerts.open_for(editor)
    page = ArticlePage.objects.get()
    _publish(page, editor)
    actions.publish_article(page, None, "withdrawal")
    alert.refresh_from_db()  # somebody may have typed the words themselves

    assert "Erased with the words that were taken back." == alert.reason


@pytest.mark.parametrize(
    ("item", "why"),
    [
        (text(type="picture"), "no text"),
        (text(type="package"), "no text"),
        (text("Words.", type="picture"), "no text"),
        (version(1, FIRST, pubstatus="canceled"), "withdrawn"),
    ],
)
def test_what_is_no_usable_text_begins_no_story(
    english: ServicePage, editor: Any, item: Any, why: str
) -> None:
    """A package, a picture with its caption, withdrawn copy: nothing is drafted."""
    (row,) = keep(english, item)

    with pytest.raises(CopyError, match=why):
        taking.begin(row, english, editor)
    assert not ArticlePage.objects.exists()


def test_nearly_the_same_copy_of_two_agencies_is_one_group(
    english: ServicePage,
) -> None:
    """Who passes a report on changes a word; another report of it is another group."""
    words = [
        f"Sentence number {n} tells of the valley and its bridge." for n in range(9)
    ]
    (one,) = keep(english, text(*words, guid="1", provider="AP"))
    (two,) = keep(english, text(*words[:8], "An end.", guid="2", provider="dpa"))
    others = [
        f"The harvest of year {n} was poor in all of the hills." for n in range(9)
    ]
    (three,) = keep(english, text(*others, guid="3", provider="AFP"))
    (late,) = keep(english, text(*words, guid="4"), after=timedelta(days=4))

    assert (one.pk, one.pk, three.pk, late.pk) == (
        *(one.group, two.group, three.group, late.group),
    )


def test_wire_publishes_nothing(english: ServicePage) -> None:
    """Whatever comes, no draft and no release is made of it."""
    keep(english, version(1, FIRST), version(2, SECOND, signal="correction"))
    keep(english, text(guid=ITEM.guid, version="3", signal="kill"))

    assert (0, 0) == (ArticlePage.objects.count(), Release.objects.count())
    assert NOW == KeptItem.objects.earliest("received").received
