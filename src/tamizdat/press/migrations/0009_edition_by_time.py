"""Find the editions of the last days without reading those of years."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add an index."""

    dependencies = [("press", "0008_witnesses_that_stop")]

    operations = [
        migrations.AddIndex(
            model_name="printededition",
            index=models.Index(fields=["-time"], name="edition_by_time"),
        ),
    ]
