"""Two editors at the same moment, on a database that lets both of them work."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from newsroom.article_form import form
from postgres import Postgres
from tamizdat.newsroom import actions
from tamizdat.newsroom.models import (
    Article,
    ArticlePage,
    Release,
    ServicePage,
    Story,
)
from tamizdat.newsroom.writing.opening import open_article

pytestmark = [
    pytest.mark.both,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

BODY = [{"kind": "paragraph", "text": "Everyone may seek information."}]


def test_second_of_two_publications_is_kept_as_a_draft(
    postgres: Postgres, released: ArticlePage, editor: Any
) -> None:
    """Whoever publishes while a colleague does overwrites nothing."""
    with _at_the_same_time(postgres) as meanwhile:
        released.title = "The first to publish"
        actions.publish_article(released, editor)
        answer = meanwhile(lambda: _publish(editor, released, "The second"))

    assert 302 == answer.result(30).status_code
    titles = [r.content["headlines"][0]["value"] for r in released.releases.all()]
    assert ["Who May Know", "The first to publish"] == titles
    kept = ArticlePage.objects.get(pk=released.pk)
    assert "The second" == kept.get_latest_revision().content["title"]


def test_release_number_is_given_once(
    postgres: Postgres, released: ArticlePage, editor: Any
) -> None:
    """Two programs that publish one article make two releases, one after the other."""
    with _at_the_same_time(postgres) as meanwhile:
        released.title = "From one program"
        actions.publish_article(released, editor)
        other = ArticlePage.objects.get(pk=released.pk)
        other.title = "From another"
        answer = meanwhile(lambda: actions.publish_article(other, editor))

    assert 3 == answer.result(30).number
    assert [1, 2, 3] == [r.number for r in released.releases.all()]
    times = [r.time for r in released.releases.all()]
    assert sorted(set(times)) == times


def test_address_is_given_once(
    postgres: Postgres, english: ServicePage, editor: Any
) -> None:
    """The second article of one address is told so in its form."""
    address = reverse(
        "wagtailadmin_pages:add", args=("newsroom", "articlepage", english.pk)
    )
    fields = form(title="Another", address="same")
    with _at_the_same_time(postgres) as meanwhile:
        actions.create_article(english, "One", BODY, editor, address="same")
        answer = meanwhile(lambda: _signed_in(editor).post(address, fields))

    told = answer.result(30).content.decode()
    assert "Another article of this service has it." in told
    assert 1 == ArticlePage.objects.count()


def test_editors_of_two_articles_wait_for_nobody(
    postgres: Postgres, released: ArticlePage, english: ServicePage, editor: Any
) -> None:
    """One long piece of work holds up no other story of the service."""
    other = actions.create_article(
        english, "Another", BODY, editor, section="law", address="another"
    )
    with transaction.atomic(), ThreadPoolExecutor(1) as pool:
        actions.publish_article(released, editor, "correction", "We erred.")
        done = pool.submit(_alone, lambda: actions.publish_article(other, editor))

        assert "publish" == done.result(30).kind


def test_two_who_open_one_article_get_one_page(
    postgres: Postgres, released: ArticlePage, editor: Any
) -> None:
    """The second waits for the first, and finds its page."""
    article = Article.objects.create(
        service=released.service, story=Story.objects.create(), address="imported"
    )
    content = released.newest_release.content
    ours = {**content["tamizdat"], "id": "imported"}
    release = Release(
        number=1,
        kind="publish",
        time=released.newest_release.time,
        salt=actions.fresh_salt(),
        content={**content, "tamizdat": ours},
    )
    actions.append_release(article, release, None)
    with _at_the_same_time(postgres) as meanwhile:
        first = open_article(article, editor)
        answer = meanwhile(lambda: open_article(article, editor))

    assert first == answer.result(30)
    assert 1 == ArticlePage.objects.filter(article=article).count()


def _publish(editor: Any, article: ArticlePage, title: str) -> Any:
    fields = form(title=title, address=article.address, next_kind="update")
    fields |= {"action-publish": "1", "seen_release": "1"}
    address = reverse("wagtailadmin_pages:edit", args=(article.pk,))
    return _signed_in(editor).post(address, fields)


def _signed_in(editor: Any) -> Client:
    client = Client()
    client.force_login(editor)
    return client


@contextmanager
def _at_the_same_time(
    postgres: Postgres,
) -> Iterator[Callable[[Callable[[], Any]], "Future[Any]"]]:
    """Work in a transaction that ends once somebody else waits for it.

    Gives what starts the other one's work.
    """
    with ThreadPoolExecutor(1) as pool, transaction.atomic():

        def meanwhile(work: Callable[[], Any]) -> "Future[Any]":
            future = pool.submit(_alone, work)
            postgres.until_somebody_waits(connection.settings_dict["NAME"])
            return future

        yield meanwhile


def _alone(work: Callable[[], Any]) -> Any:
    """Work on a connection of one's own, closed at the end."""
    try:
        return work()
    finally:
        connection.close()
