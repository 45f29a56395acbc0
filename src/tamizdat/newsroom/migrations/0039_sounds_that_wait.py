"""Note of a sound that it waits to be coded, and what seals it until then."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0038_wire_encodings_and_kills"),
    ]

    operations = [
        migrations.AddField(
            model_name="attachment",
            name="empty",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="attachment",
            name="key",
            field=models.BinaryField(default=b"", editable=False),
        ),
    ]
