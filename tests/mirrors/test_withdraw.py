"""Withdrawal on mirrors: what the newsroom takes back is deleted with the edition."""

from pathlib import Path

import documents
from held import holders
from mirrors.conftest import STORIES
from tamizdat.mirrors import deliver
from tamizdat.mirrors.probe import check_service
from tamizdat.mirrors.repair import repair

NAME = "Planted Name"  # of nobody; must not survive


def endangered():
    """Make a story whose words endanger somebody."""
    one = documents.story(9)
    one["headlines"][0]["value"] = f"{NAME} speaks"
    one["tamizdat"]["body"][0]["text"] = f"{NAME} said so."
    return one


def withdrawn(story):
    """Withdraw a story."""
    gone = documents.changed(story, "Withdrawn", "withdrawal")
    gone["descriptions"], gone["tamizdat"]["body"] = [], []
    return gone


def corrected(story):
    """Correct the name away, so that it stands in what was changed."""
    named = documents.changed(story, "Somebody speaks", "correction", "We erred.")
    named["tamizdat"]["body"][0]["text"] = "Somebody said so."
    return documents.compared(story, named)


def redacted(story):
    """Redact a story in which the name does not stand any more."""
    safe = documents.changed(story, "Somebody speaks", "redaction")
    for release in safe["tamizdat"]["releases"]:
        release["changes"] = None
    return safe


def carriers(stage):
    """List the files of the mirror that hold the name."""
    return holders(stage.mirror.root, NAME)


def check(stage):
    """Check the mirror's directory."""
    return check_service(stage.mirror, stage.press.chain, "en")


def test_withdrawn_words_leave_a_mirror_with_the_edition(stage):
    """One delivery later no object and no page of the mirror holds them."""
    story = endangered()
    stage.publish([*STORIES, story])
    stage.deliver()
    assert carriers(stage)
    stage.publish([*STORIES, withdrawn(story)])
    stage.deliver()

    assert [] == carriers(stage)
    assert check(stage).verified, check(stage).problems


def test_diff_of_a_redacted_story_leaves_a_mirror(stage):
    """A name that was corrected away is in no page of changes either."""
    story = endangered()
    stage.publish([*STORIES, story])
    stage.publish([*STORIES, corrected(story)])
    stage.deliver()
    assert [p for p in carriers(stage) if p.endswith("story-9.changes.html")]
    stage.publish([*STORIES, redacted(corrected(story))])
    stage.deliver()

    assert [] == carriers(stage)
    assert check(stage).verified, check(stage).problems


def test_mirror_that_missed_the_edition_deletes_them_too(stage):
    """The list of the withdrawn only grows, so a later edition tells as well."""
    story = endangered()
    stage.publish([*STORIES, story])
    stage.deliver()
    gone = withdrawn(story)
    stage.publish([*STORIES, gone])
    stage.publish([*STORIES[:-1], documents.changed(STORIES[-1], "News"), gone])
    stage.deliver()

    assert [] == carriers(stage)
    assert 4 == check(stage).number


def test_mirror_that_never_had_them_gets_no_older_object(stage):
    """What is withdrawn is not delivered to anybody new."""
    story = endangered()
    stage.publish([*STORIES, story])
    stage.publish([*STORIES, withdrawn(story)])
    stage.deliver()

    assert [] == carriers(stage)
    assert check(stage).verified, check(stage).problems


def test_repair_deletes_what_came_back(stage):
    """A copy put back by hand is found and deleted again."""
    story = endangered()
    stage.publish([*STORIES, story])
    stage.deliver()
    kept = {path: Path(path).read_bytes() for path in carriers(stage)}
    stage.publish([*STORIES, withdrawn(story)])
    stage.deliver()
    for path, content in kept.items():
        if "/o/" in path:
            Path(path).write_bytes(content)
    assert carriers(stage)
    repair(stage.press.archive, stage.mirror, "en")

    assert [] == carriers(stage)


def test_delivery_without_withdrawals_deletes_nothing(stage):
    """Older editions stay whole on a mirror."""
    before = {p for p in (stage.mirror.root / "o").rglob("*") if p.is_file()}
    stage.change()
    deliver.deliver(stage.press.archive, stage.mirror, "en")

    assert before <= {p for p in (stage.mirror.root / "o").rglob("*") if p.is_file()}
