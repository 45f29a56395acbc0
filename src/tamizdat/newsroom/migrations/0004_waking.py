from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from tamizdat.newsroom import triggers


def wake(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in triggers.waking(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def silence(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in triggers.silence(schema_editor.connection.vendor):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0003_service_paths_and_zones"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [migrations.RunPython(wake, silence)]
