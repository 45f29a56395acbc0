"""Note why a service is not printed by a word for programs, and what it names."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add two columns."""

    dependencies = [("press", "0009_edition_by_time")]

    operations = [
        migrations.AddField(
            model_name="trouble",
            name="code",
            field=models.CharField(default="", max_length=20),
        ),
        migrations.AddField(
            model_name="trouble",
            name="facts",
            field=models.JSONField(default=dict),
        ),
    ]
