from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from tamizdat.press import triggers

FORGET = {
    "postgresql": "DROP FUNCTION IF EXISTS press_wait() CASCADE",
    "sqlite": "DROP TRIGGER IF EXISTS press_waiting",
}


def listen_again(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Set the trigger again; SQLite lost it with the table it stood on."""
    vendor = schema_editor.connection.vendor
    schema_editor.execute(FORGET[vendor])
    for statement in triggers.creation(vendor):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0012_held_erased_followed"),
        ("press", "0005_renewals"),
    ]

    operations = [migrations.RunPython(listen_again, migrations.RunPython.noop)]
