"""What a page asks the database follows what it shows, not how many rows it has."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from newsroom.conftest import staff
from tamizdat.newsroom import actions
from tamizdat.newsroom.models import ArticlePage, Hold, ServicePage

MOST = 60  # questions of one page
FEW, MANY = 2, 6  # rows of each sort
BODY = [{"kind": "paragraph", "text": "Everyone may seek information."}]


def _people(service: ServicePage) -> dict[str, Client]:
    """Give a browser to each who is asked for rights in another way."""
    accounts = {
        "all rights": get_user_model().objects.create_superuser("everything"),
        "publishes": staff("publishes", service, "reporter", "editor"),
        "writes": staff("writes", service, "reporter"),
        "translates": staff("translates", service, "translator"),
    }
    browsers = {name: Client() for name in accounts}
    for name, account in accounts.items():
        browsers[name].force_login(account)
    return browsers


def _fill(service: ServicePage, count: int) -> ArticlePage:
    """Write drafts and released articles; somebody is at work on each of these."""
    now = timezone.now()
    author = staff(f"author of {count}", service, "reporter")
    for number in range(count):
        title = f"Story {number} of {count}"
        for released in (False, True):
            page = actions.create_article(
                service, title, BODY, author, section="society"
            )
            if released:
                actions.publish_article(page, None)
                Hold.objects.create(page=page, person=author, since=now, seen=now)
            page.save_revision(user=author)
    return page


def _asked(browser: Client, place: str) -> int:
    """Count the questions of a page; what is kept between requests is kept already."""
    browser.get(place)
    with CaptureQueriesContext(connection) as queries:
        response = browser.get(place)

    assert 200 == response.status_code

    return len(queries)


def _everything_asked(browsers: dict[str, Client], places: list[str]) -> dict[Any, int]:
    return {
        (who, place): _asked(browser, place)
        for who, browser in browsers.items()
        for place in places
    }


def test_more_rows_ask_no_more_questions(english: ServicePage) -> None:
    """A list of many articles asks as often as one of a few, whoever looks."""
    places = [
        reverse("wagtailadmin_explore", args=(english.pk,)),
        reverse("newsroom_search"),
        reverse("wagtailadmin_home"),
    ]
    browsers = _people(english)
    _fill(english, FEW)
    few = _everything_asked(browsers, places)
    _fill(english, MANY)
    many = _everything_asked(browsers, places)

    assert {} == {key: (few[key], n) for key, n in many.items() if n > few[key]}


def test_no_page_of_a_day_asks_too_much(english: ServicePage) -> None:
    """What editors have open all day stays below the limit, the form included."""
    page = _fill(english, FEW)
    form = reverse("wagtailadmin_pages:edit", args=(page.pk,))
    new = reverse(
        "wagtailadmin_pages:add", args=("newsroom", "articlepage", english.pk)
    )
    history = reverse("wagtailadmin_pages:history", args=(page.pk,))
    boards = [reverse(name) for name in ("newsroom_calendar", "stale", "followups")]
    people = _people(english)
    browsers = {name: people[name] for name in ("all rights", "publishes")}
    asked = _everything_asked(browsers, [form, new, history, *boards])
    page.revisions.all().delete()  # as an archive brought in has them
    asked |= {
        (who, "without a draft", place): count
        for (who, place), count in _everything_asked(browsers, [form]).items()
    }

    assert {} == {key: count for key, count in asked.items() if count > MOST}
