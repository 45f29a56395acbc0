"""What waits to be printed: nothing is forgotten, and the ledger is not searched."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import old_ledger
from tamizdat.mirrors import board
from tamizdat.mirrors.resident import now_utc
from tamizdat.newsroom import actions
from tamizdat.newsroom.models import ArticlePage, Release
from tamizdat.press.actions import print_released, waiting
from tamizdat.press.archive import Archive
from tamizdat.press.keys import new_organisation
from tamizdat.press.models import Printing, Waiting
from tamizdat.press.run import Press

pytestmark = pytest.mark.both

BODY = [{"kind": "paragraph", "text": "Everyone may seek information."}]
OLD = 1_000  # articles, with three releases each
# Tables that grow with every story; a question at each turn must not go through one.
GROWING = (
    "newsroom_release",
    "newsroom_articlepage",
    "wagtailcore_page",
    "wagtailcore_revision",
    "press_printing",
)
_COPY = """
INSERT INTO newsroom_release
    (article_id, number, kind, note, time, salt, actor_id, content)
SELECT article_id, number + 1, 'minor', note, time, salt, actor_id, content
FROM newsroom_release
"""


@pytest.fixture
def first(english: Any, editor: Any) -> ArticlePage:
    """Give an article with one release."""
    article = actions.create_article(english, "First", BODY, editor, section="law")
    actions.publish_article(article, editor)
    return article


@pytest.fixture
def printing(tmp_path: Any, first: ArticlePage) -> Any:
    """Give what prints, in a newsroom whose first edition is out."""
    new_organisation(tmp_path / "keys", "press.example", ["en"], now_utc())
    press = Press(Archive(tmp_path / "archive"), tmp_path / "keys")

    def print_now() -> list[Any]:
        return print_released(press, tmp_path, now_utc, lambda _edition: None)

    print_now()
    return print_now


def test_release_waits_until_an_edition_carries_it(
    first: ArticlePage, printing: Any, editor: Any
) -> None:
    """What is released is listed once, and taken off the list when it is printed."""
    assert {} == waiting()
    first.title = "Second"
    release = actions.publish_article(first, editor)

    assert {"en": {release.pk: first.article_id}} == waiting()
    assert [2] == [edition.number for edition in printing()]
    assert {} == waiting()
    assert 2 == Printing.objects.get(release=release).edition.number


def test_release_of_another_program_waits_too(first: ArticlePage) -> None:
    """The database itself lists what is appended to the ledger."""
    Waiting.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(_COPY)

    newest = Release.objects.get(number=2)
    assert {"en": {newest.pk: first.article_id}} == waiting()
    assert newest.time == Waiting.objects.get().time


def test_idle_turn_does_not_read_the_ledger(first: ArticlePage, printing: Any) -> None:
    """However much was ever released, a look that finds nothing costs the same."""
    old_ledger.fill(first, OLD, 3)
    with _touching_at_most(1):  # the page of the service
        assert [] == printing()


def test_turn_with_one_release_reads_that_article(
    first: ArticlePage, printing: Any, editor: Any
) -> None:
    """Printing one story of thousands reads the history of that story."""
    old_ledger.fill(first, OLD, 3)
    first.title = "Second"
    actions.publish_article(first, editor)
    with _touching_at_most(40):
        assert 1 == len(printing())


def test_board_does_not_read_the_ledger(first: ArticlePage, editor: Any) -> None:
    """Every open tab of the editors' site asks for it, again and again."""
    old_ledger.fill(first, OLD, 3)
    first.title = "Second"
    actions.publish_article(first, editor)
    with _touching_at_most(1):
        assert [1] == [row["waiting"] for row in board.services()]


@contextmanager
def _touching_at_most(rows: int) -> Iterator[None]:
    """Let some questions read so many rows of growing tables, and go through none."""
    before = _rows_read()
    with CaptureQueriesContext(connection) as asked:
        yield
    assert _rows_read() - before <= rows
    for query in asked.captured_queries:
        if connection.vendor == "sqlite" and query["sql"].startswith("SELECT"):
            for step in _plan(query["sql"]):
                assert not re.match(rf"SCAN ({'|'.join(GROWING)})\b", step), query


def _rows_read() -> int:
    """Count the rows this transaction has read of growing tables, by PostgreSQL."""
    if connection.vendor == "sqlite":
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::bigint"
            " FROM pg_stat_xact_user_tables WHERE relname = ANY(%s)",
            [list(GROWING)],
        )
        (rows,) = cursor.fetchone()
    return int(rows)


def _plan(query: str) -> list[str]:
    """Ask SQLite how it goes about a question: a line a step."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {query.replace('%', '%%')}")
        return [step for _id, _parent, _unused, step in cursor.fetchall()]
