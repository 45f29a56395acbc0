from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from tamizdat.newsroom import triggers


def keep_the_words(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Leave what was said in one language as it is: nobody knows its words any more."""
    held = apps.get_model("newsroom", "HeldRelease").objects
    for one in held.exclude(told=""):
        one.refused = {"why": "words", "words": one.told, "row": {}}
        one.save(update_fields=["refused"])


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0031_held_and_joined_copy"),
    ]

    operations = [
        migrations.RunPython(triggers.put_aside, triggers.put_back),
        migrations.RenameField("heldrelease", "refused", "told"),
        migrations.AddField("heldrelease", "refused", models.JSONField(null=True)),
        migrations.RunPython(keep_the_words, migrations.RunPython.noop),
        migrations.RemoveField("heldrelease", "told"),
        migrations.RunPython(triggers.put_back, triggers.put_aside),
    ]
