from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from tamizdat.newsroom import triggers


def set_triggers(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in triggers.creation(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def drop_triggers(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in triggers.removal(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def clear_root(apps: StateApps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Remove Wagtail's welcome page: services stand right under the root.

    The site stays, for Wagtail warns where there is none; it serves no page.
    """
    Page = apps.get_model("wagtailcore", "Page")
    root = Page.objects.get(depth=1)
    sites = apps.get_model("wagtailcore", "Site").objects
    sites.update(root_page=root, site_name="Tamizdat")
    Page.objects.filter(depth=2, slug="home").delete()
    Page.objects.filter(depth=1).update(numchild=0)


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0001_initial")]

    operations = [
        migrations.RunPython(set_triggers, drop_triggers),
        migrations.RunPython(clear_root, migrations.RunPython.noop),
    ]
