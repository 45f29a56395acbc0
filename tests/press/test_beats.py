"""Editions without news: a quiet service shows once a day that its press is alive."""

from datetime import UTC, datetime, timedelta

import pytest

import documents
from tamizdat.edition.verify import check_not_older, verify_latest
from tamizdat.mirrors.differences import differ
from tamizdat.mirrors.shelf import Place
from tamizdat.mirrors.transports.directory import DirectoryTransport
from tamizdat.newsroom import actions
from tamizdat.press import beats
from tamizdat.press.actions import print_released
from tamizdat.press.archive import Archive
from tamizdat.press.content import ContentFile
from tamizdat.press.keys import new_organisation
from tamizdat.press.models import PrintedEdition, Trouble
from tamizdat.press.printing import Operator
from tamizdat.press.run import Press

BODY = [{"kind": "paragraph", "text": "Everyone may seek information."}]
DAY = timedelta(days=1)
BEGAN = datetime(2026, 11, 24, 12, tzinfo=UTC)


class Desk:
    """Two services and a press that prints when it is told, at whatever hour."""

    def __init__(self, folder, services, editor):
        self.services, self.editor, self._folder = services, editor, folder
        self.now = BEGAN
        names = [service.service_id for service in services]
        new_organisation(folder / "keys", "press.example", names, BEGAN)
        self.press = Press(Archive(folder / "archive"), folder / "keys")

    def release(self, number, address, source=None):
        """Release an article of one of the services."""
        page = actions.create_article(
            self.services[number],
            f"Headline of {address}",
            BODY,
            self.editor,
            section="society",
            address=address,
            **({"source": source, "relation": "translated"} if source else {}),
        )
        actions.publish_article(page, self.editor, time=self.now)
        return page

    def print(self, after=timedelta(seconds=1)):
        """Print what waits and what is due, some time later; numbers by service."""
        self.now += after
        done = print_released(
            self.press, self._folder, lambda: self.now, lambda _e: None, beat=True
        )
        assert [] == [trouble.reason for trouble in Trouble.objects.all()]
        return {edition.service: edition.number for edition in done}

    def edition(self, service):
        """Verify the newest edition of a service."""
        latest = self.press.archive.root / service / "latest"
        return verify_latest(latest.read_bytes(), self.press.chain, service)

    def page(self, path):
        """Read a page."""
        return (self.press.archive.root / path).read_text(encoding="utf-8")


@pytest.fixture
def desk(tmp_path, english, persian, editor):
    """Give a desk that has printed its services."""
    desk = Desk(tmp_path, (english, persian), editor)
    desk.print()
    return desk


def test_quiet_service_gets_one_edition_a_day(desk):
    """A reader can tell a quiet newsroom from one that is held back."""
    before = desk.edition("en")
    within = desk.print(DAY - timedelta(minutes=1))
    after = desk.print(timedelta(minutes=1))
    again = desk.print()

    assert ({}, {"en": 2, "fa": 2}, {}) == (within, after, again)
    check_not_older(desk.edition("en"), before)
    assert desk.now - timedelta(seconds=1) == desk.edition("en").statement.time
    assert 2 == PrintedEdition.objects.filter(beat=True).count()


def test_translation_of_yesterday_is_linked_with_the_heartbeat(desk):
    """A translation changes its original's page on the next day, not at once."""
    original = desk.release(0, "right-to-know")
    desk.print()
    desk.release(1, "right-to-know", source=original.article)
    at_once = desk.print()
    place = next(
        path.relative_to(desk.press.archive.root).as_posix()
        for path in desk.press.archive.root.rglob("right-to-know*.html")
        if "/en/a/" in str(path)
    )
    before = desk.page(place)
    daily = desk.print(DAY)
    held = Place(DirectoryTransport(desk.press.archive.root), desk.press.chain)
    found = differ((held, None), (held, desk.edition("en")))

    assert {"fa": 2} == at_once
    assert {"en", "fa"} == daily.keys()
    assert 'hreflang="fa"' not in before
    assert 'hreflang="fa"' in desk.page(place)
    assert found.explained


@pytest.mark.lab
def test_busy_service_is_looked_through_once_a_day(desk):
    """A service that prints all the time still gets links that came since."""
    original = desk.release(0, "right-to-know")
    desk.print()
    desk.release(1, "right-to-know", source=original.article)
    desk.print()
    for hour in range(1, 6):
        desk.now += timedelta(hours=5)
        desk.release(0, f"news-{hour}")
        desk.print()
    beat = PrintedEdition.objects.filter(service="en", beat=True)

    assert 1 == beat.count()
    assert {} == beats.due(desk.now)


def test_press_prints_nothing_new_for_a_heartbeat(tmp_path):
    """Without a newsroom too: the same stories, another number, no release."""
    new_organisation(tmp_path / "keys", "press.example", ["en"], BEGAN)
    press = Press(Archive(tmp_path / "archive"), tmp_path / "keys")
    rows = [documents.service(), documents.story(1)]
    source = ContentFile(documents.write(tmp_path / "content.jsonl", rows))

    def publish(hours, **other):
        now = BEGAN + timedelta(hours=hours)
        operator = Operator(**other)
        return press.publish(source, lambda _d: None, now, operator=operator)[0]

    first, same, beat = publish(0), publish(1), publish(2, heartbeat=True)

    assert (1, 1, 2) == (first.number, same.number, beat.number)
    assert (False, True, 0) == (same.changed, beat.changed, beat.stories)
    assert [] == list((tmp_path / "archive/en/releases").glob("*"))
