import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from tamizdat.newsroom import triggers
from tamizdat.newsroom.darkroom.showing import note_all

_KEY = models.BigAutoField(
    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
)


def look_into_the_ledger(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Note what every living release shows, those brought in with archives, too."""
    names = ("Article", "Release", "Rendition", "Showing", "EverShown")
    note_all(*(apps.get_model("newsroom", name) for name in names))


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0028_logo"),
    ]

    operations = [
        migrations.RunPython(triggers.put_aside, triggers.put_back),
        migrations.CreateModel(
            name="EverShown",
            fields=[
                ("id", _KEY),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ever_shown",
                        to="newsroom.article",
                    ),
                ),
                (
                    "picture",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ever_shown",
                        to="newsroom.picture",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="evershown",
            constraint=models.UniqueConstraint(
                fields=("article", "picture"), name="ever_shown_once"
            ),
        ),
        migrations.RunPython(look_into_the_ledger, migrations.RunPython.noop),
        migrations.RunPython(triggers.put_back, triggers.put_aside),
    ]
