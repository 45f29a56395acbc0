"""What a page asks the database follows what it shows, not how many rows it has."""

import io
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from newsroom.conftest import staff
from tamizdat.newsroom import actions
from tamizdat.newsroom.models import (
    Article,
    ArticlePage,
    Hold,
    Person,
    Picture,
    Rendition,
    ServicePage,
)
from tamizdat.newsroom.models.people import PersonName
from tamizdat.newsroom.models.rows import Byline, RelatedStory
from tamizdat.newsroom.writing import topics

MOST = 60  # questions of one page
FEW, MANY = 2, 6  # rows of each sort
BODY = [{"kind": "paragraph", "text": "Everyone may seek information."}]


def _people(service: ServicePage) -> dict[str, Client]:
    """Give a browser to each who is asked for rights in another way."""
    accounts = {
        "all rights": get_user_model().objects.create_superuser("everything"),
        "publishes": staff("publishes", service, "chief-editor"),
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


@pytest.mark.lab
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


def _work_on(page: ArticlePage, count: int) -> ArticlePage:
    """Save a draft that names so many of everything an article may name."""
    page = page.get_latest_revision_as_object()
    pictures = [_picture(f"{count} {number}") for number in range(count)]
    people = [Person.objects.create(portrait=picture) for picture in pictures]
    for person in people:
        PersonName.objects.create(person=person, language="en", name="A name")
    page.bylines = [Byline(person=person) for person in people]
    others = Article.objects.exclude(pk=page.article_id).order_by("pk")[:count]
    page.related_rows = [RelatedStory(article=one) for one in others]
    page.source = others[0]
    for kind in ("tag", "place"):
        lines = [f"A {kind} of {count}, {number}" for number in range(count)]
        topics.settle(page, page.service, kind, lines)
    words = {"caption": "Shows it.", "alt": "It.", "credit": "", "terms": ""}
    shown = [{"picture": picture, **words} for picture in pictures]
    gallery = ("gallery", {"title": "", "pictures": shown})
    page.body = [("paragraph", "<p>Words.</p>"), ("picture", shown[0]), gallery]
    page.save_revision()
    return page


def _picture(title: str) -> Picture:
    """Keep a picture, with one size made of each shape that is shown of it."""
    out = io.BytesIO()
    Image.new("RGB", (320, 180)).save(out, "JPEG")
    picture = actions.keep_picture(out.getvalue(), title, cuts=())
    size = {"type": "image/avif", "width": 320, "height": 320, "size": 9}
    for shape in ("whole", "square", "wide"):
        Rendition.objects.create(picture=picture, sha256="0" * 64, shape=shape, **size)
    return picture


@pytest.mark.lab
def test_a_draft_asks_no_more_the_more_it_names(english: ServicePage) -> None:
    """However many people, pictures, stories, tags and places, and below the limit."""
    page = _fill(english, MANY)
    form = reverse("wagtailadmin_pages:edit", args=(page.pk,))
    people = _people(english)
    browsers = {name: people[name] for name in ("all rights", "publishes")}
    asked = []
    for count in (FEW, MANY):
        _work_on(page, count)
        asked.append(_everything_asked(browsers, [form]))

    assert asked[0] == asked[1]
    assert MOST >= max(asked[1].values())


def test_a_draft_opens_without_what_is_gone(english: ServicePage) -> None:
    """A person, a story and a picture of a draft are deleted: the rest stands."""
    page = _work_on(_fill(english, FEW), FEW)
    page.lead_picture = _picture("gone")
    page.save_revision()
    first, second = (row.person for row in page.bylines.all())
    other, another = (row.article for row in page.related_rows.all())
    page.lead_picture.delete()
    first.delete()
    other.page.delete()
    opened = ArticlePage.objects.get(pk=page.pk).get_latest_revision_as_object()

    assert [None, second] == [row.person for row in opened.bylines.all()]
    assert [another] == [row.article for row in opened.related_rows.all()]
    assert opened.lead_picture is None
    assert page.title == opened.title
