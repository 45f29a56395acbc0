from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0037_words_that_do_not_show")]

    operations = [
        migrations.AddField(
            "wiresource",
            "encoding",
            models.CharField(blank=True, default="", max_length=20),
            preserve_default=False,
        ),
        migrations.AddIndex(
            "keptitem",
            models.Index(fields=["signal", "-received"], name="wire_by_signal"),
        ),
        migrations.AddIndex(
            "keptitem",
            models.Index(fields=["pubstatus", "-received"], name="wire_by_status"),
        ),
    ]
