"""Let an article be its ledger, with or without a page.

Each article takes over the key of the page it was, so that no line of the ledger
changes.
"""

from typing import Any

import django.core.validators
import django.db.models.deletion
import wagtail.search.index
from django.core.management.color import no_style
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from tamizdat.newsroom import triggers

TAKING_BACK = ("retraction", "withdrawal")
GIVING = ("publish", "update")
GONE = ("service", "story", "article_id")  # of pages
TOGETHER = 500  # rows in memory


def found_articles(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make an article of every page."""
    Article = apps.get_model("newsroom", "Article")
    pages = apps.get_model("newsroom", "ArticlePage").objects.order_by("pk")
    for page in pages.iterator(TOGETHER):
        Article.objects.create(
            pk=page.pk,
            service_id=page.service_id,
            story_id=page.story_id,
            address=page.article_id,
        )
    for page in pages.exclude(source=None).iterator(TOGETHER):
        Article.objects.filter(pk=page.pk).update(source=page.source_id)
    with schema_editor.connection.cursor() as cursor:
        for statement in schema_editor.connection.ops.sequence_reset_sql(
            no_style(), [Article]
        ):
            cursor.execute(statement)


def take_standing(apps: StateApps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Note on each article what its ledger says."""
    Article = apps.get_model("newsroom", "Article")
    releases = apps.get_model("newsroom", "Release").objects.order_by("number")
    for article in Article.objects.order_by("pk").iterator(TOGETHER):
        for release in releases.filter(article_id=article.pk):
            _stand(article, release)
        if not article.number or article.relation == "original":
            article.source_id = None
        article.save()


def _stand(article: Any, release: Any) -> None:
    ours = release.content["tamizdat"]
    lineage = ours.get("lineage") or {}
    article.number, article.kind = release.number, release.kind
    article.released = release.time
    article.published = article.published or release.time
    article.section = ours["section"]
    rows = release.content["headlines"]
    article.headline = next(r["value"] for r in rows if r["role"] == "main")
    article.relation = lineage.get("relation", "original")
    article.follows = lineage.get("release") or 0
    if release.kind != "minor":
        article.material = release.number
    if release.kind in TAKING_BACK:
        article.taken_back = release.kind
    elif release.kind in GIVING:
        article.taken_back = ""


def name_articles(apps: StateApps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Lead every page, and every version of it that is kept, to its article."""
    pages = apps.get_model("newsroom", "ArticlePage").objects
    pages.update(article_id=models.F("pk"))
    revisions = apps.get_model("wagtailcore", "Revision").objects
    of_articles = revisions.filter(
        content_type__app_label="newsroom", content_type__model="articlepage"
    )
    for revision in of_articles.order_by("pk").iterator(TOGETHER):
        told = {k: v for k, v in revision.content.items() if k not in GONE}
        revision.content = told | {"article": int(revision.object_id)}
        revision.save(update_fields=["content"])


def free_tables(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take down what SQLite would find broken while tables are made anew.

    The press sets its trigger again.
    """
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER IF EXISTS press_waiting")


def guard_again(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Set the triggers again where a changed table is a new one, which has none."""
    if schema_editor.connection.vendor == "sqlite":
        for statement in triggers.creation("sqlite"):
            schema_editor.execute(statement)


SLUG = django.core.validators.RegexValidator(
    "^[a-z0-9][a-z0-9-]{0,59}\\Z", "Use 1 to 60 small letters, digits and hyphens."
)
RELATIONS = [
    ("original", "Written for this service"),
    ("translated", "Translated"),
    ("adapted", "Adapted"),
    ("condensed", "Condensed"),
]


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0004_waking")]

    operations = [
        migrations.RunPython(free_tables, migrations.RunPython.noop),
        migrations.RemoveConstraint("articlepage", "story_once_in_a_service"),
        migrations.RemoveConstraint("articlepage", "address_once_in_a_service"),
        migrations.RemoveConstraint("articlepage", "article_has_an_address"),
        migrations.AlterField(
            "articlepage",
            "service",
            models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="newsroom.servicepage",
            ),
        ),
        migrations.AlterField(
            "articlepage",
            "story",
            models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="newsroom.story",
            ),
        ),
        migrations.CreateModel(
            name="Article",
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
                ("address", models.CharField(max_length=60, validators=[SLUG])),
                ("number", models.PositiveIntegerField(default=0)),
                ("kind", models.CharField(blank=True, max_length=13)),
                ("material", models.PositiveIntegerField(default=0)),
                ("published", models.DateTimeField(null=True)),
                ("released", models.DateTimeField(null=True)),
                ("headline", models.TextField(blank=True)),
                ("section", models.CharField(blank=True, max_length=60)),
                ("taken_back", models.CharField(blank=True, max_length=13)),
                (
                    "relation",
                    models.CharField(
                        choices=RELATIONS, default="original", max_length=10
                    ),
                ),
                ("follows", models.PositiveIntegerField(default=0)),
                (
                    "source",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="derived",
                        to="newsroom.article",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="articles",
                        to="newsroom.servicepage",
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="articles",
                        to="newsroom.story",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["service", "-released"], name="article_by_release"
                    ),
                    models.Index(
                        fields=["-released"], name="article_by_release_of_all"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("story", "service"), name="story_once_in_a_service"
                    ),
                    models.UniqueConstraint(
                        fields=("service", "address"), name="address_once_in_a_service"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("address", ""), _negated=True),
                        name="article_has_an_address",
                    ),
                ],
            },
            bases=(wagtail.search.index.Indexed, models.Model),
        ),
        migrations.RunPython(found_articles, migrations.RunPython.noop),
        migrations.AlterField(
            "release",
            "article",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="releases",
                to="newsroom.article",
            ),
        ),
        migrations.RunPython(guard_again, migrations.RunPython.noop),
        migrations.RunPython(take_standing, migrations.RunPython.noop),
        migrations.RemoveField("articlepage", "service"),
        migrations.RemoveField("articlepage", "story"),
        migrations.RemoveField("articlepage", "article_id"),
        migrations.AlterField(
            "articlepage",
            "source",
            models.ForeignKey(
                blank=True,
                help_text="The article it derives from, in another service.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="newsroom.article",
                verbose_name="from",
            ),
        ),
        migrations.AddField(
            "articlepage",
            "article",
            models.OneToOneField(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="page",
                to="newsroom.article",
            ),
        ),
        migrations.RunPython(name_articles, migrations.RunPython.noop),
        migrations.AlterField(
            "articlepage",
            "article",
            models.OneToOneField(
                editable=False,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="page",
                to="newsroom.article",
            ),
        ),
    ]
