"""Count what waits by service without sorting all of it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add an index."""

    dependencies = [("press", "0010_trouble_by_code")]

    operations = [
        migrations.AddIndex(
            model_name="waiting",
            index=models.Index(fields=["service", "time"], name="waiting_by_service"),
        ),
    ]
