import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from tamizdat.press import triggers


def listen(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in triggers.renewing(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def listen_no_more(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in triggers.renewing_no_more(schema_editor.connection.vendor):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0009_front_pages_and_breaking_news"),
        ("press", "0004_articles_of_their_own"),
    ]

    operations = [
        migrations.CreateModel(
            name="Renewal",
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
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="newsroom.article",
                    ),
                ),
                (
                    "front",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="newsroom.servicepage",
                    ),
                ),
            ],
        ),
        migrations.RunPython(listen, listen_no_more),
    ]
