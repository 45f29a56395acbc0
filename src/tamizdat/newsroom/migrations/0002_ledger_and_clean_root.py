from django.db import migrations

from tamizdat.newsroom import triggers


def set_triggers(apps, schema_editor):
    for statement in triggers.creation(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def drop_triggers(apps, schema_editor):
    for statement in triggers.removal(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def clear_root(apps, schema_editor):
    """Remove Wagtail's welcome page and site: a newsroom serves no public page."""
    Page = apps.get_model("wagtailcore", "Page")
    apps.get_model("wagtailcore", "Site").objects.all().delete()
    Page.objects.filter(depth=2, slug="home").delete()
    Page.objects.filter(depth=1).update(numchild=0)


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0001_initial")]

    operations = [
        migrations.RunPython(set_triggers, drop_triggers),
        migrations.RunPython(clear_root, migrations.RunPython.noop),
    ]
