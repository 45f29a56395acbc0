"""What wakes the press: whatever an edition shows, at commit, and nothing else."""

import sqlite3
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from postgres import Postgres
from tamizdat.newsroom import actions, schedule
from tamizdat.newsroom.models import ArticlePage, ServicePage
from tamizdat.press import wake
from tamizdat.press.models import PrintedEdition
from tamizdat.press.wake import Watcher, watcher

pytestmark = pytest.mark.both

committed = pytest.mark.django_db(transaction=True, serialized_rollback=True)
BODY = [{"kind": "paragraph", "text": "Everyone may seek information."}]
SECONDS = 20


@pytest.fixture
def draft(english: ServicePage, editor: Any) -> ArticlePage:
    """Give an article that was never released."""
    return actions.create_article(english, "First", BODY, editor, section="law")


@pytest.fixture
def listener(
    postgres: Postgres, draft: ArticlePage, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Watcher]:
    """Give a watcher that has heard of all there is, and asks again at once."""
    monkeypatch.setattr(wake, "AGAIN_SECONDS", 0.0)
    listener = watcher()
    assert listener.changed()
    _wait_for_silence(listener)
    yield listener
    listener.close()


def test_commit_of_another_connection_is_noticed(tmp_path: Path) -> None:
    """SQLite counts commits; what is rolled back is none."""
    path = tmp_path / "newsroom.sqlite3"
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("CREATE TABLE story (headline TEXT)")
    counter = wake._Counter(path)  # noqa: SLF001
    first = [counter.changed(), counter.changed()]
    other.execute("INSERT INTO story VALUES ('A')")
    second = [counter.changed(), counter.changed()]
    for statement in ("BEGIN", "INSERT INTO story VALUES ('B')", "ROLLBACK"):
        other.execute(statement)
    third = counter.changed()
    counter.close()
    other.close()

    assert ([True, False], [True, False], False) == (first, second, third)


@committed
def test_release_is_told_once_it_is_committed(
    listener: Watcher, draft: ArticlePage, editor: Any
) -> None:
    """The press hears of a release, not of one that came to nothing."""
    with transaction.atomic():
        actions.publish_article(draft, editor)
        transaction.set_rollback(True)
    assert not listener.changed()

    draft.refresh_from_db()
    actions.publish_article(draft, editor)
    assert _hears(listener)
    assert not listener.changed()


@committed
def test_page_of_a_service_is_told(listener: Watcher, english: ServicePage) -> None:
    """What stands on every page of a paper changes it without a release."""
    english.title = "Another Name"
    english.save()
    assert _hears(listener)


@committed
def test_section_is_told(listener: Watcher, english: ServicePage) -> None:
    """So do its sections."""
    english.sections.all()[0].delete()
    assert _hears(listener)


@committed
def test_publication_set_for_later_is_told(
    listener: Watcher, draft: ArticlePage, editor: Any
) -> None:
    """The press must know the hour before it comes."""
    draft.go_live_at = datetime.now(UTC) + timedelta(days=1)
    draft.save_revision(user=editor).publish(user=editor)
    assert _hears(listener)
    assert draft.go_live_at == schedule.next_hour(datetime.now(UTC))


@committed
def test_press_does_not_wake_itself(listener: Watcher) -> None:
    """What the press writes down is no news to it."""
    PrintedEdition.objects.create(
        service="en", number=1, time=datetime.now(UTC), tree="0" * 64, leaf=0
    )
    assert not listener.changed()


@committed
def test_nothing_is_missed_while_the_connection_is_lost(
    postgres: Postgres,
    listener: Watcher,
    draft: ArticlePage,
    editor: Any,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A release of the time between is asked for; no log names machine or account."""
    connection.close()
    postgres.cut(connection.settings_dict["NAME"])
    actions.publish_article(draft, editor)

    heard = []
    while "the database tells nothing" not in caplog.text:
        heard.append(listener.changed())
    assert not any(heard)
    assert not [word for word in postgres.words() if word in _told(caplog)]
    assert listener.changed()
    _wait_for_silence(listener)
    draft.title = "Second"
    actions.publish_article(draft, editor)
    assert _hears(listener)


@committed
def test_server_that_is_down_is_asked_again(
    postgres: Postgres, listener: Watcher
) -> None:
    """While it is down nothing can be printed; when it is back everything is asked."""
    connection.close()
    postgres.stop()
    try:
        down = [listener.changed() for _ in range(3)]
    finally:
        postgres.start()

    assert [False] * 3 == down
    assert listener.changed()


def _told(caplog: pytest.LogCaptureFixture) -> str:
    return " ".join(record.getMessage() for record in caplog.records)


def _hears(listener: Watcher) -> bool:
    end = time.monotonic() + SECONDS
    while not listener.changed():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


def _wait_for_silence(listener: Watcher) -> None:
    """Take what earlier commits still have to tell."""
    while listener.changed():
        time.sleep(0.01)
