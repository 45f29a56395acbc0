import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from tamizdat.press import triggers

FORGET = {
    "postgresql": "DROP FUNCTION IF EXISTS press_wait() CASCADE",
    "sqlite": "DROP TRIGGER IF EXISTS press_waiting",
}


def listen_again(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Set the trigger as it is now; SQLite lost it with the table it stood on."""
    vendor = schema_editor.connection.vendor
    schema_editor.execute(FORGET[vendor])
    for statement in triggers.creation(vendor):
        schema_editor.execute(statement)


def listen_no_more(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in triggers.removal(schema_editor.connection.vendor):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0005_articles_of_their_own"),
        ("press", "0003_waiting"),
    ]

    operations = [
        migrations.AlterField(
            "waiting",
            "article",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="newsroom.article",
            ),
        ),
        migrations.RunPython(listen_again, listen_no_more),
    ]
