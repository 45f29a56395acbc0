import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from tamizdat.newsroom.releases import mentions


def note_mentions(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Note who names whom as a related story."""
    names = ("Release", "Article", "Mention")
    mentions.note_all(*(apps.get_model("newsroom", name) for name in names))


def give_files(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Give each sound and document to the service whose page shows it."""
    kinds = apps.get_model("contenttypes", "ContentType").objects
    kind = kinds.filter(app_label="newsroom", model="attachment").first()
    references = apps.get_model("wagtailcore", "ReferenceIndex").objects
    pages = apps.get_model("newsroom", "ArticlePage").objects
    for one in apps.get_model("newsroom", "Attachment").objects.all():
        to = references.filter(to_content_type=kind, to_object_id=str(one.pk))
        keys = [int(key) for key in to.values_list("object_id", flat=True)]
        page = pages.filter(pk__in=keys).order_by("pk").first()
        if page is not None:
            one.service_id = page.article.service_id
            one.save(update_fields=["service"])


class Migration(migrations.Migration):
    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("newsroom", "0013_labels"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        migrations.AddField(
            model_name="attachment",
            name="service",
            field=models.ForeignKey(
                help_text="Others find it once readers have it.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="newsroom.servicepage",
                verbose_name="service",
            ),
        ),
        migrations.AddField(
            model_name="erasure",
            name="files",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="erasure",
            name="kept",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="heldrelease",
            name="post",
            field=models.JSONField(null=True),
        ),
        migrations.CreateModel(
            name="Mention",
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
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mentions",
                        to="newsroom.article",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mentioned",
                        to="newsroom.article",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("article", "other"), name="mentioned_once"
                    )
                ],
            },
        ),
        migrations.RunPython(note_mentions, migrations.RunPython.noop),
        migrations.RunPython(give_files, migrations.RunPython.noop),
    ]
