from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from tamizdat.newsroom.desk import words


def make(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in words.creation(schema_editor.connection.vendor):
        schema_editor.execute(statement)
    words.index_all(lambda name: apps.get_model("newsroom", name))


def take_away(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in words.removal(schema_editor.connection.vendor):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0010_what_articles_may_have"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [migrations.RunPython(make, take_away)]
