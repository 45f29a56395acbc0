"""The index of words: what readers have, and what stands in drafts, by article.

Decides what is in it. One table holds a row an article: SQLite's full-text table, or
three columns of PostgreSQL that its index reads. Words are folded before either sees
them, so that both find the same.

Source: docs/decisions/0036-holds-versions-and-pasting.md.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import connection
from django.db.models import CharField, QuerySet, TextField
from django.db.models.expressions import RawSQL
from wagtail.fields import StreamField

from tamizdat.newsroom.desk.folding import asked, is_phrase, is_whole, words
from tamizdat.newsroom.desk.sheets import draft_words, people_of, words_in

RELEASED, DRAFT, PEOPLE = "released", "draft", "people"
COLUMNS = (RELEASED, DRAFT, PEOPLE)
MOST = 16_000  # words of one column; PostgreSQL counts places up to 16,383
LONGEST = 100  # characters of a word


def put_new(pairs: Iterable[tuple[Any, Mapping[str, Any]]]) -> None:
    """Index articles that are new, many at once: each with what readers have."""
    is_postgresql = connection.vendor == "postgresql"
    name, mark = ("article", "%s::tsvector") if is_postgresql else ("rowid", "%s")
    columns = f"{RELEASED}, {PEOPLE}, {name}"
    insert = f"INSERT INTO newsroom_words ({columns}) VALUES ({mark}, {mark}, %s)"  # noqa: S608 (names of COLUMNS)
    rows = []
    for article, content in pairs:
        texts = words_in(content), people_of(content)
        written = (_written(words("\n".join(some))) for some in texts)
        rows.append([*written, article.pk])
    with connection.cursor() as cursor:
        cursor.executemany(insert, rows)


def put_release(article: Any, content: Mapping[str, Any]) -> None:
    """Index what readers have now; words that were taken back are not in it.

    Nothing is kept of the draft: it is what was released, until somebody writes on.
    """
    texts: Iterable[str] = words_in(content)
    if article.taken_back == "withdrawal":
        texts = ()
    elif article.taken_back:
        texts = words_in(content["headlines"])
    people = () if article.taken_back else people_of(content)
    _put(article.pk, {RELEASED: texts, DRAFT: (), PEOPLE: people})


def put_draft(page: Any, content: Mapping[str, Any]) -> None:
    """Index what stands in the newest draft of an article's page."""
    _put(page.article_id, {DRAFT: draft_words(content, text_fields(page))})


def text_fields(page: Any) -> list[str]:
    """Name the fields of a page that hold text."""
    fields = page._meta.concrete_fields  # noqa: SLF001 (Django's own way)
    kinds = (CharField, TextField, StreamField)
    return [field.name for field in fields if isinstance(field, kinds)]


def found(articles: QuerySet[Any], column: str, question: str) -> QuerySet[Any]:
    """Keep articles in whose column everything stands that is asked for."""
    terms = list(asked(question))
    if not terms:
        return articles
    if connection.vendor == "postgresql":
        clause = f"SELECT article FROM newsroom_words WHERE {column} @@ %s::tsquery"  # noqa: S608 (a name of COLUMNS)
        query = " & ".join(map(_postgresql_term, terms))
    else:
        clause = "SELECT rowid FROM newsroom_words WHERE newsroom_words MATCH %s"
        query = f"{{{column}}} : ({' AND '.join(map(_sqlite_term, terms))})"
    return articles.filter(pk__in=RawSQL(clause, [query]))  # noqa: S611 (no word of it is SQL)


def _sqlite_term(terms: list[str]) -> str:
    return f'"{" ".join(terms)}"{"" if is_whole(terms) else " *"}'


def _postgresql_term(terms: list[str]) -> str:
    if is_phrase(terms):
        quoted = [f"'{term}'" for term in terms]
        return f"({' <-> '.join(quoted)})"
    return f"'{terms[0][:LONGEST]}'{'' if is_whole(terms) else ':*'}"


def _put(key: int, texts: Mapping[str, Iterable[str]]) -> None:
    values = [_written(words("\n".join(some))) for some in texts.values()]
    is_postgresql = connection.vendor == "postgresql"
    name = "article" if is_postgresql else "rowid"
    mark = "%s::tsvector" if is_postgresql else "%s"
    changes = ", ".join(f"{column} = {mark}" for column in texts)
    marks = ", ".join([mark] * len(texts))
    columns = ", ".join(texts)
    update = f"UPDATE newsroom_words SET {changes} WHERE {name} = %s"  # noqa: S608 (names of COLUMNS)
    insert = f"INSERT INTO newsroom_words ({columns}, {name}) VALUES ({marks}, %s)"  # noqa: S608 (the same)
    with connection.cursor() as cursor:
        cursor.execute(update, [*values, key])
        if cursor.rowcount == 0:
            cursor.execute(insert, [*values, key])


def _written(some: list[str]) -> str:
    kept = [word[:LONGEST] for word in some[:MOST]]
    if connection.vendor != "postgresql":
        return " ".join(kept)
    return " ".join(f"'{word}':{place}" for place, word in enumerate(kept, 1))


_SQLITE = (
    """CREATE VIRTUAL TABLE newsroom_words USING fts5(
        released, draft, people,
        tokenize = 'unicode61 remove_diacritics 0', prefix = '3 4'
    )""",
    """CREATE TRIGGER newsroom_words_go AFTER DELETE ON newsroom_article
    BEGIN DELETE FROM newsroom_words WHERE rowid = old.id; END""",
)
_POSTGRESQL = (
    """CREATE TABLE newsroom_words (
        article bigint PRIMARY KEY,
        released tsvector NOT NULL DEFAULT '',
        draft tsvector NOT NULL DEFAULT '',
        people tsvector NOT NULL DEFAULT ''
    )""",
    *(
        f"CREATE INDEX newsroom_words_{name} ON newsroom_words USING gin ({name})"
        for name in COLUMNS
    ),
    """CREATE FUNCTION newsroom_words_go() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN DELETE FROM newsroom_words WHERE article = OLD.id; RETURN OLD; END $$""",
    """CREATE TRIGGER newsroom_words_go AFTER DELETE ON newsroom_article
    FOR EACH ROW EXECUTE FUNCTION newsroom_words_go()""",
)


def creation(vendor: str) -> tuple[str, ...]:
    """List the statements that make the table. `vendor`: as Django names it."""
    return _POSTGRESQL if vendor == "postgresql" else _SQLITE


def removal(vendor: str) -> tuple[str, ...]:
    """List the statements that take it away."""
    if vendor == "postgresql":
        return (
            "DROP TRIGGER newsroom_words_go ON newsroom_article",
            "DROP FUNCTION newsroom_words_go()",
            "DROP TABLE newsroom_words",
        )
    return ("DROP TRIGGER newsroom_words_go", "DROP TABLE newsroom_words")


def index_all(model: Callable[[str], Any]) -> None:
    """Index every released article, and every draft that readers have not.

    Args:
        model: gives a model of the newsroom by its name, as of any migration.
    """
    articles = model("Article").objects.filter(number__gt=0)
    for article in articles.order_by("pk").iterator(2_000):
        ledger = model("Release").objects.filter(article=article)
        put_release(article, ledger.get(number=article.number).content)
    pages = model("ArticlePage").objects.filter(has_unpublished_changes=True)
    for page in pages.order_by("pk").iterator(500):
        if page.latest_revision:
            put_draft(page, page.latest_revision.content)
