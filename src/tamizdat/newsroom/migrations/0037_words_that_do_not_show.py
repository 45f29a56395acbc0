"""Note of a document how many words its pages do not show."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0036_what_was_said_of_stories"),
    ]

    operations = [
        migrations.AddField(
            model_name="attachment",
            name="unseen",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
    ]
