from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("mirrors", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="holding",
            name="whole",
            field=models.DateTimeField(null=True),
        ),
    ]
