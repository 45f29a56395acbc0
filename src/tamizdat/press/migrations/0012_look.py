"""Remember when the press last looked through the newsroom."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add a table of one row."""

    dependencies = [("press", "0011_waiting_by_service")]

    operations = [
        migrations.CreateModel(
            name="Look",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("time", models.DateTimeField()),
            ],
        ),
    ]
