"""What is due by day in a service's own calendar, and who did what when."""

import csv
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from newsroom.conftest import staff
from tamizdat.newsroom import accounts, actions
from tamizdat.newsroom.desk.almanac import month_of, number_of, weeks_of
from tamizdat.newsroom.desk.due import due
from tamizdat.newsroom.front import arranging
from tamizdat.newsroom.front.layout import Layout
from tamizdat.newsroom.models import (
    Article,
    ArticlePage,
    FollowUp,
    ServicePage,
    SignOff,
    Story,
)

PLANTED = "PLANTED-password"  # of nobody; must not be kept


@pytest.mark.parametrize(
    ("day", "calendar", "first", "last", "count"),
    [
        (date(2026, 11, 26), "gregorian", date(2026, 11, 1), date(2026, 11, 30), 30),
        (date(2026, 11, 26), "persian", date(2026, 11, 22), date(2026, 12, 21), 30),
        (date(2026, 3, 21), "persian", date(2026, 3, 21), date(2026, 4, 20), 31),
        (date(2026, 3, 20), "persian", date(2026, 2, 20), date(2026, 3, 20), 29),
        (date(2028, 2, 1), "gregorian", date(2028, 2, 1), date(2028, 2, 29), 29),
    ],
)
def test_month_is_that_of_the_calendar(
    day: date, calendar: str, first: date, last: date, count: int
) -> None:
    """A month of the Persian year begins with its own first day."""
    days = month_of(day, calendar)

    assert (first, last, count) == (days[0], days[-1], len(days))
    assert 1 == number_of(days[0], calendar)


def test_week_begins_where_its_readers_begin_it() -> None:
    """On Saturday in the Persian calendar, on Monday in the other."""
    for calendar, weekday in (("persian", 5), ("gregorian", 0)):
        weeks = weeks_of(month_of(date(2026, 11, 26), calendar), calendar)

        assert {weekday} == {week[0].weekday() for week in weeks if week[0]}
        assert {7} == {len(week) for week in weeks}


def test_everything_due_is_listed_in_order(
    draft: ArticlePage, english: ServicePage, editor: Any
) -> None:
    """Hours to publish, ends of embargoes and of breaking news."""
    now = timezone.now()
    draft.go_live_at = now + timedelta(hours=3)
    draft.save_revision(user=editor).publish(user=editor)
    Story.objects.update(embargo=now + timedelta(hours=2))
    Article.objects.update(breaking_until=now + timedelta(hours=1))

    found = due([english], now, now + timedelta(days=1))

    expected = ["Breaking ends", "Embargo ends", "Goes out"]
    assert expected == [str(one.kind) for one in found]
    assert [] == due([], now, now + timedelta(days=1))
    assert [] == due([english], now - timedelta(days=1), now)


def test_tasks_that_follow_a_correction_are_due(
    released: ArticlePage, english: ServicePage, editor: Any
) -> None:
    """Until somebody has done them, and no longer."""
    now = timezone.now()
    task = FollowUp.objects.create(
        article=released.article,
        cause=released.newest_release,
        opened=now,
        due=now + timedelta(hours=1),
    )
    window = now, now + timedelta(days=1)
    assert ["To follow a correction"] == [str(o.kind) for o in due([english], *window)]

    task.closed, task.closed_by, task.reason = now, editor, "unsaid"
    task.save()

    assert [] == due([english], *window)


def test_calendar_shows_a_persian_month(
    desk: Client, persian: ServicePage, editor: Any
) -> None:
    """Days stand in the service's calendar, zone and direction; both views say so."""
    page = actions.create_article(persian, "سلام", [], editor)
    Story.objects.update(embargo=datetime(2026, 11, 26, 21, 0, tzinfo=UTC))
    place, query = reverse("newsroom_calendar"), {"day": "2026-11-27", "service": "fa"}

    month = desk.get(place, query).content.decode()
    listed = desk.get(place, {**query, "view": "list"}).content.decode()

    for shown in (month, listed):
        assert "سلام" in shown
        assert ">00:30</time>" in shown
        assert reverse("wagtailadmin_pages:edit", args=(page.pk,)) in shown
    assert '<table class="desk-month" dir="rtl">' in month


def test_calendar_shows_nothing_of_other_services(
    client: Client, draft: ArticlePage, persian: ServicePage
) -> None:
    """A draft's hour is seen by its desk alone; a sensitive one's by fewer."""
    Story.objects.update(embargo=timezone.now(), sensitive=True)
    near = [staff(role, draft.service, role) for role in ("reporter", "operator")]
    places = [
        reverse("newsroom_calendar"),
        f"{reverse('newsroom_search')}?q=Who&kind=drafts",
        f"{reverse('newsroom_search')}?kind=",
    ]

    for account, sees in zip(
        (staff("other", persian, "editor"), *near), (False, True, False), strict=True
    ):
        client.force_login(account)
        shown = ["Who May" in client.get(p).content.decode() for p in places]
        assert [sees] * 3 == shown


def test_log_says_who_did_what_without_a_word_of_a_draft(
    desk: Client, released: ArticlePage, editor: Any
) -> None:
    """Deed, person and article; the file holds the same."""
    released.title = "PLANTED"
    released.save_revision(user=editor, log_action=True)
    place = reverse("newsroom_log")

    shown = desk.get(place, {"article": "right-to-know"}).content.decode()
    file = b"".join(desk.get(place, {"export": "csv"}).streaming_content).decode()

    assert "PLANTED" not in shown + file
    assert "Who May Know" not in shown + file
    rows = list(csv.DictReader(file.splitlines()))
    mine = [row for row in rows if row["article"] == "right-to-know"]
    assert {"editor"} == {row["person"] for row in mine}
    assert {"en"} == {row["service"] for row in mine}
    assert "Edit" in {row["deed"] for row in mine}


def test_log_is_narrowed(desk: Client, released: ArticlePage, editor: Any) -> None:
    """By person, deed, service and day."""
    released.save_revision(user=editor, log_action=True)
    place = reverse("newsroom_log")

    def count(**query: str) -> int:
        return len(desk.get(place, query).context["rows"])

    assert count(person="editor") > count(person="editor", deed="wagtail.publish") > 0
    assert 0 == count(person="nobody")
    assert 0 == count(service="fa")
    assert 0 == count(until="2000-01-01")


def test_log_of_another_service_is_not_shown(
    client: Client, released: ArticlePage, persian: ServicePage
) -> None:
    """Staff of one service reads its own log; who works for none, none."""
    client.force_login(staff("other", persian, "editor"))
    text = client.get(reverse("newsroom_log")).content.decode()
    assert "right-to-know" not in text

    client.force_login(staff("nobody", persian))
    assert 302 == client.get(reverse("newsroom_log")).status_code


def test_log_tells_of_more_than_pages(  # noqa: PLR0913, PLR0917 (fixtures)
    desk: Client,
    client: Client,
    released: ArticlePage,
    english: ServicePage,
    persian: ServicePage,
    editor: Any,
) -> None:
    """Releases, sign-offs, front pages, roles, and sign-ins; the rest to nobody."""
    note = "PLANTED note"
    actions.publish_article(released, editor, "correction", note)
    SignOff.objects.create(
        article=released.article,
        digest="0" * 64,
        kind="redaction",
        actor=editor,
        time=timezone.now(),
    )
    arranging.arrange(english, Layout(), editor, base=0, now=timezone.now())
    account = staff("PLANTED-name", persian)
    accounts.change_roles(account, [english.roles.get(role="editor")], [], editor)
    for name in ("editor", "PLANTED-nobody"):
        Client().login(username=name, password=PLANTED)
    place = reverse("newsroom_log")

    def deeds(client: Client, **query: str) -> list[str]:
        return [row["deed"] for row in client.get(place, query).context["rows"]]

    told = {"Release: correction", "Sign-off: redaction", "Front page: arranged"}
    told |= {"Gave a role: en: editor", "Signed in", "Sign-in refused"}
    assert told <= set(deeds(desk))
    assert ["Release: correction", "Release: publish"] == deeds(desk, deed="release")
    assert {"Front page: arranged"} == set(deeds(desk, deed="front"))
    assert not deeds(desk, deed="release", service="fa")
    file = b"".join(desk.get(place, {"export": "csv"}).streaming_content).decode()
    assert note not in file
    assert PLANTED not in file
    assert "PLANTED-nobody" not in file
    near = Client()
    near.force_login(account)
    assert "Gave a role: en: editor" in deeds(near)
    assert "Signed in" not in deeds(near)
    times = [row["time"] for row in desk.get(place).context["rows"]]
    assert sorted(times, reverse=True) == times
    every = len(times)
    assert times[3:] == [
        row["time"] for row in desk.get(place, {"start": "3"}).context["rows"]
    ]
    assert every > 6


def test_calendar_of_all_says_the_hours_of_each_service(
    client: Client, english: ServicePage, persian: ServicePage, editor: Any
) -> None:
    """One in Tehran and one in UTC: each entry has its own clock where it differs."""
    actions.create_article(persian, "سلام", [], editor)
    Story.objects.update(embargo=datetime(2026, 11, 26, 21, 0, tzinfo=UTC))
    client.force_login(editor)
    place = reverse("newsroom_calendar")

    shown = client.get(place, {"day": "2026-11-26"}).content.decode()

    assert "UTC" == english.time_zone
    assert ">21:00</time> <small>(11-27 00:30 <bdi>Asia/Tehran</bdi>)</small>" in shown
