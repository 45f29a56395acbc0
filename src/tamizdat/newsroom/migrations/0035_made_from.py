"""Note what each article was made from, also before another source was named for it."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

_LINEAGE = "content__tamizdat__lineage"
_BATCH = 2_000  # rows read at once


def note_origins(apps: Any, _editor: Any) -> None:
    """Note what releases and drafts say; of older versions, what a draft began with."""
    articles = apps.get_model("newsroom", "Article").objects
    released = set(articles.filter(number__gt=0).values_list("pk", flat=True))
    known = set(articles.exclude(source=None).values_list("pk", "source"))
    known |= set(_of_ledger(apps))
    pages = apps.get_model("newsroom", "ArticlePage").objects.exclude(source=None)
    known |= set(pages.values_list("article", "source"))
    drafted, began = _of_versions(apps, released)
    keys = set(articles.values_list("pk", flat=True))
    drafts = drafted - known - began
    rows = [(pair, False) for pair in sorted(known | began)]
    rows += [(pair, True) for pair in sorted(drafts)]
    origin = apps.get_model("newsroom", "Origin")
    origin.objects.bulk_create(
        origin(article_id=article, source_id=source, of_draft=of_draft)
        for (article, source), of_draft in rows
        if {article, source} <= keys
    )


def _of_ledger(apps: Any) -> Any:
    """Give article and source of each release that is not erased."""
    articles = apps.get_model("newsroom", "Article").objects
    named = {
        (service, address): key
        for key, service, address in articles.values_list(
            "pk", "service__service_id", "address"
        )
    }
    ledger = apps.get_model("newsroom", "Release").objects.filter(erased=None)
    rows = ledger.values_list("article", f"{_LINEAGE}__service", f"{_LINEAGE}__id")
    for article, service, address in rows.order_by("pk").iterator(_BATCH):
        if (service, address) in named:
            yield article, named[service, address]


def _of_versions(apps: Any, released: set[int]) -> tuple[set[Any], set[Any]]:
    """Part what versions of drafts were made from: what the newest says, what counts.

    Of an article that was never released each counts, else the one it began with.
    """
    rows = apps.get_model("wagtailcore", "Revision").objects.filter(
        content_type__app_label="newsroom", content_type__model="articlepage"
    )
    pairs = rows.values_list("object_id", "content__article", "content__source")
    seen: set[str] = set()
    newest: dict[int, int | None] = {}
    began: set[Any] = set()
    for page, article, source in pairs.order_by("pk").iterator(_BATCH):
        if source and (page not in seen or article not in released):
            began.add((article, source))
        seen.add(page)
        newest[article] = source
    return {(key, source) for key, source in newest.items() if source}, began


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0034_cleaned_again"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        migrations.CreateModel(
            name="Origin",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("of_draft", models.BooleanField(default=False)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="origins",
                        to="newsroom.article",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="offspring",
                        to="newsroom.article",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("article", "source"), name="origin_once"
                    )
                ]
            },
        ),
        migrations.RunPython(note_origins, migrations.RunPython.noop),
    ]
