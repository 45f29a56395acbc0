from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0033_holds_that_nobody_slips"),
    ]

    operations = [
        migrations.AddField(
            "attachment",
            "cleaning",
            models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            "attachment", "refused", models.JSONField(editable=False, null=True)
        ),
        migrations.AddField(
            "attachmentfile", "old", models.BooleanField(default=False)
        ),
        migrations.AlterModelOptions(
            "picture",
            {"verbose_name": "picture", "verbose_name_plural": "pictures"},
        ),
    ]
