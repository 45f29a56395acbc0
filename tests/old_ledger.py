"""Fill a newsroom with articles whose releases were printed long ago.

The rows are copies of one released article's, written past its verbs: what counts is
how many of them a question touches.
"""

import copy
import uuid
from datetime import timedelta
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models
from wagtail.models import Page

from tamizdat.newsroom.models import Article, ArticlePage, Release, Story
from tamizdat.press.models import PrintedEdition, Printing, Waiting

BATCH = 500  # rows of one INSERT; SQLite counts their values


def fill(article: ArticlePage, articles: int, releases: int) -> None:
    """Copy an article with its first release.

    Args:
        article: released once.
        articles: how many copies.
        releases: of each.
    """
    edition, _made = PrintedEdition.objects.get_or_create(
        service=article.service.service_id,
        number=1,
        defaults={"time": article.newest_release.time, "tree": "0" * 64, "leaf": 0},
    )
    for start in range(1, articles + 1, BATCH):
        numbers = range(start, min(start + BATCH, articles + 1))
        _insert(Story, [Story(id=uuid.UUID(int=n)) for n in numbers])
        _insert(Article, [_article(article, n) for n in numbers])
        pages = [_page(article, n) for n in numbers]
        for model in (Page, ArticlePage):
            _insert(model, pages)
        Printing.objects.bulk_create(
            Printing(release=release, edition=edition)
            for release in _released(article, pages, releases)
        )
    Waiting.objects.all().delete()
    _settle()


def _article(page: ArticlePage, n: int) -> Article:
    article = copy.copy(page.article)
    article.pk = page.article.pk + n
    article.story_id, article.address = uuid.UUID(int=n), f"copy-{n}"
    return article


def _page(article: ArticlePage, n: int) -> ArticlePage:
    page = copy.copy(article)
    page.pk = page.id = page.page_ptr_id = article.pk + n
    page.article_id = article.article.pk + n
    page.translation_key, page.slug = uuid.UUID(int=n), f"copy-{n}"
    page.path = Page._get_path(article.path[: -Page.steplen], article.depth, n + 10)  # noqa: SLF001
    page.live_revision_id = page.latest_revision_id = None
    return page


def _released(
    article: ArticlePage, pages: list[ArticlePage], releases: int
) -> list[Release]:
    first = article.releases.get(number=1)
    rows = []
    for page in pages:
        for number in range(1, releases + 1):
            row = copy.copy(first)
            row.pk, row.article_id, row.number = None, page.article_id, number
            row.kind = "publish" if number == 1 else "minor"
            row.time = first.time + timedelta(seconds=number)
            rows.append(row)
    return Release.objects.bulk_create(rows, batch_size=BATCH)


def _insert(model: type[models.Model], rows: list[Any]) -> None:
    """Write the columns of one table, be its model a part of another."""
    fields = model._meta.local_concrete_fields  # noqa: SLF001
    model._base_manager._insert(rows, fields=fields, using="default")  # noqa: SLF001


def _settle() -> None:
    """Let the next row get a new key, and PostgreSQL's planner know what there is.

    It would find out by itself within a minute; SQLite does not before it is asked.
    """
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Page, Article]):
            cursor.execute(statement)
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE")
