import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def keep_changes(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Take over what the histories of pages tell of their stories."""
    pages = apps.get_model("newsroom", "ArticlePage").objects
    stories = dict(pages.values_list("pk", "article__story"))
    change = apps.get_model("newsroom", "StoryChange").objects
    logged = apps.get_model("wagtailcore", "PageLogEntry").objects.filter(
        action__in=("newsroom.embargo", "newsroom.sensitive")
    )
    for entry in logged.order_by("timestamp", "pk"):
        if entry.page_id not in stories:
            continue
        data = entry.data or {}
        is_mark = "sensitive" in data
        marked = bool(data.get("sensitive"))
        change.create(
            story_id=stories[entry.page_id],
            what="sensitive" if is_mark else "embargo",
            before=("" if marked else "yes") if is_mark else data.get("from", ""),
            after=("yes" if marked else "") if is_mark else data.get("to", ""),
            actor_id=entry.user_id,
            time=entry.timestamp,
        )


def find_homes(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Say of stories that several services tell which of them told it first."""
    story = apps.get_model("newsroom", "Story").objects
    article = apps.get_model("newsroom", "Article").objects
    told = story.annotate(versions=models.Count("articles")).filter(versions__gt=1)
    for one in told.iterator():
        versions = list(article.filter(story=one).order_by("pk"))
        drafted = dict(
            apps.get_model("newsroom", "ArticlePage")
            .objects.filter(article__story=one)
            .values_list("article", "source")
        )
        firsts = [
            row
            for row in versions
            if row.source_id is None and drafted.get(row.pk) is None
        ]
        one.home_id = (firsts or versions)[0].service_id
        one.save(update_fields=["home"])


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("newsroom", "0035_made_from"),
    ]

    operations = [
        migrations.AddField(
            "story",
            "home",
            models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="newsroom.servicepage",
            ),
        ),
        migrations.CreateModel(
            "StoryChange",
            [
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[("embargo", "embargo"), ("sensitive", "sensitive")],
                        max_length=9,
                    ),
                ),
                ("before", models.CharField(blank=True, max_length=40)),
                ("after", models.CharField(blank=True, max_length=40)),
                ("time", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="newsroom.story",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [
                    models.Index(
                        fields=["story", "what", "time"], name="change_of_a_story"
                    )
                ],
            },
        ),
        migrations.RunPython(keep_changes, migrations.RunPython.noop),
        migrations.RunPython(find_homes, migrations.RunPython.noop),
    ]
