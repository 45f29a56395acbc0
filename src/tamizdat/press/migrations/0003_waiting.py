import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from tamizdat.press import triggers

UNPRINTED = """
INSERT INTO press_waiting (release_id, article_id, service, time)
SELECT r.id, r.article_id, s.service_id, r.time
FROM newsroom_release r
JOIN newsroom_articlepage a ON a.page_ptr_id = r.article_id
JOIN newsroom_servicepage s ON s.page_ptr_id = a.service_id
LEFT JOIN press_printing p ON p.release_id = r.id
WHERE p.id IS NULL
"""


def set_triggers(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in triggers.creation(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def drop_triggers(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in triggers.removal(schema_editor.connection.vendor):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0004_waking"),
        ("press", "0002_edition_page"),
    ]

    operations = [
        migrations.CreateModel(
            name="Waiting",
            fields=[
                (
                    "release",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="waiting",
                        serialize=False,
                        to="newsroom.release",
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="newsroom.articlepage",
                    ),
                ),
                ("service", models.CharField(max_length=30)),
                ("time", models.DateTimeField()),
            ],
        ),
        migrations.RunSQL(UNPRINTED, migrations.RunSQL.noop),
        migrations.RunPython(set_triggers, drop_triggers),
    ]
