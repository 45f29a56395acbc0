"""The ledger of releases: what was published stays as it was."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction

from hands import sign_off
from postgres import Postgres
from tamizdat.newsroom import actions, triggers
from tamizdat.newsroom.errors import LedgerError, ReleaseError
from tamizdat.newsroom.models import ArticlePage, Release

pytestmark = pytest.mark.both

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def test_release_is_never_changed(released: ArticlePage) -> None:
    """Neither one release nor many at once can be rewritten."""
    release = released.newest_release
    release.note = "changed"

    with pytest.raises(LedgerError):
        release.save()
    with pytest.raises(LedgerError):
        Release.objects.update(note="changed")
    with pytest.raises(LedgerError):
        Release.objects.bulk_update([release], ["note"])


def test_release_is_never_removed(released: ArticlePage) -> None:
    """Neither one release nor many at once can be taken out."""
    with pytest.raises(LedgerError):
        released.newest_release.delete()
    with pytest.raises(LedgerError):
        Release.objects.all().delete()


def test_ledger_is_never_emptied_at_once(
    postgres: Postgres, released: ArticlePage
) -> None:
    """What empties a table without looking at its rows is refused as well."""
    with connection.cursor() as cursor, transaction.atomic():
        _set_truncate_trigger(cursor)

        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            cursor.execute("TRUNCATE newsroom_release CASCADE")


def test_number_taken_in_the_ledger_is_refused(released: ArticlePage) -> None:
    """The database keeps a second release of a number out, whoever writes it."""
    second = Release(
        article=released.article, number=1, kind="publish", time=NOON, content={}
    )

    with pytest.raises(IntegrityError), transaction.atomic():
        second.save()


@pytest.mark.parametrize(
    "statement",
    ["UPDATE newsroom_release SET note = 'changed'", "DELETE FROM newsroom_release"],
)
def test_database_refuses_to_rewrite_the_ledger(
    released: ArticlePage, statement: str
) -> None:
    """Raw SQL is refused as well."""
    with (
        connection.cursor() as cursor,
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
    ):
        cursor.execute(statement)


def test_salt_is_made_anew_for_each_release(released: ArticlePage, editor: Any) -> None:
    """Each release hides its text behind 16 random bytes of its own."""
    released.title = "Who May Know More"
    actions.publish_article(released, editor)

    salts = [release.salt for release in released.releases.all()]

    assert len(set(salts)) == 2
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{21}[AQgw]", salt) for salt in salts)


def test_releases_of_one_second_are_set_apart(draft: ArticlePage, editor: Any) -> None:
    """Times are whole seconds and strictly rise, however fast an editor is."""
    for headline in ("One", "Two", "Three"):
        draft.title = headline
        actions.publish_article(draft, editor)

    times = [release.time for release in draft.releases.all()]

    assert sorted(set(times)) == times
    assert all(time.microsecond == 0 for time in times)


def test_time_before_the_last_release_is_refused(
    draft: ArticlePage, editor: Any
) -> None:
    """History is told forwards."""
    actions.publish_article(draft, editor, time=NOON)
    draft.title = "Earlier"

    with pytest.raises(ReleaseError):
        actions.publish_article(draft, editor, time=NOON - timedelta(hours=1))


def test_history_keeps_the_times_it_had(draft: ArticlePage, editor: Any) -> None:
    """What is brought in from an archive says when it first went out."""
    release = actions.publish_article(draft, editor, time=NOON)

    assert release is not None
    assert release.time == NOON


def test_correction_without_a_note_is_refused(
    released: ArticlePage, editor: Any
) -> None:
    """The verb refuses what the form refuses, and nothing stays half done."""
    released.title = "Corrected"

    with pytest.raises(ReleaseError):
        actions.publish_article(released, editor, "correction")

    assert ArticlePage.objects.get(pk=released.pk).title == "Who May Know"


def test_spent_note_is_not_published_twice(released: ArticlePage, editor: Any) -> None:
    """A draft begun before a correction went out does not repeat its note."""
    released.title = "Corrected"
    actions.publish_article(released, editor, "correction", "We erred.")
    released.title = "Corrected and longer"
    released.save_revision(user=editor).publish(user=editor)

    newest = released.newest_release

    assert ("update", "") == (newest.kind, newest.note)


def test_stale_draft_never_brings_a_retracted_text_back(
    released: ArticlePage, editor: Any, second: Any
) -> None:
    """Neither a draft from before the retraction nor a bare update reinstates it."""
    sign_off(released, second, "retraction", "It was wrong.")
    actions.publish_article(released, editor, "retraction", "It was wrong.")
    released.title = "Who May Know More"
    released.save_revision(user=editor).publish(user=editor)

    assert "minor" == released.newest_release.kind
    with pytest.raises(ReleaseError, match="after a retraction needs a note"):
        actions.publish_article(released, editor)
    kept = ArticlePage.objects.get(pk=released.pk)
    actions.publish_article(kept, editor, "update", "It was right.")
    assert "" == kept.taken_back


def test_publication_set_for_later_records_nothing_yet(
    draft: ArticlePage, editor: Any
) -> None:
    """An article that waits for its hour is in no ledger."""
    draft.go_live_at = datetime.now(UTC) + timedelta(days=1)
    draft.next_number = 1
    draft.save_revision(user=editor).publish(user=editor)

    assert draft.newest_release is None


def test_timer_records_the_release_when_it_is_due(
    draft: ArticlePage, editor: Any
) -> None:
    """Scheduled publishing goes the same way as the button."""
    draft.go_live_at = datetime.now(UTC) + timedelta(days=1)
    revision = draft.save_revision(user=editor)
    revision.publish(user=editor)
    past = datetime.now(UTC) - timedelta(minutes=1)
    draft.revisions.filter(pk=revision.pk).update(approved_go_live_at=past)
    revision.refresh_from_db()
    revision.content["go_live_at"] = past.isoformat()
    revision.save()
    call_command("publish_scheduled")

    assert "publish" == draft.newest_release.kind


def test_translations_share_a_story(
    released: ArticlePage, persian: Any, editor: Any
) -> None:
    """Versions of one story are found from each other."""
    body = [{"kind": "paragraph", "text": "متن"}]
    other = actions.create_article(
        *(persian, "حق دانستن", body, editor),
        source=released.article,
        relation="translated",
    )

    assert released.article.story == other.article.story
    assert other.source_release == 1


def _set_truncate_trigger(cursor: Any) -> None:
    # PostgreSQL empties tables by TRUNCATE between tests, so it goes without this one.
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # else rows of this test are busy
    cursor.execute(triggers.waking("postgresql")[0])
