from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("press", "0007_witnesses"),
    ]

    operations = [
        migrations.AddField(
            model_name="onlooker",
            name="disbelieved",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="onlooker",
            name="stops",
            field=models.BooleanField(default=False),
        ),
    ]
