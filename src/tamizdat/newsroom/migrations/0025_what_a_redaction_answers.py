from typing import Any

from django.db import migrations, models

from tamizdat.newsroom import triggers


def look_at_all(apps: Any, _editor: Any) -> None:
    """Have every tag and place looked at where texts were taken back so far.

    What those texts named is erased with them; what nothing names any more goes.
    """
    erasures = apps.get_model("newsroom", "Erasure").objects
    rows = erasures.order_by("pk").values_list("article__service", "pk")
    newest = dict(rows)  # of each service
    for service, key in newest.items():
        named = [
            (kind, id_)
            for kind in ("tag", "place")
            for id_ in apps.get_model("newsroom", kind)
            .objects.filter(service=service)
            .order_by("pk")
            .values_list("pk", flat=True)
        ]
        erasures.filter(pk=key).update(subjects=named)


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0024_words_that_go_and_stay")]

    operations = [
        migrations.RunPython(triggers.put_aside, triggers.put_back),
        migrations.AddField(
            model_name="articlepage",
            name="next_answers",
            field=models.JSONField(
                blank=True,
                null=True,
                verbose_name="this redaction takes out here what these took out",
            ),
        ),
        migrations.AddField(
            model_name="articlepage",
            name="next_same_words",
            field=models.BooleanField(
                default=False,
                help_text="Then nobody who was held for these words is held once "
                "more. Else every service that tells this story looks again.",
                verbose_name="it takes out the same words and no others",
            ),
        ),
        migrations.AddField(
            model_name="erasure",
            name="looked",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="followup",
            name="same_words",
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(triggers.put_back, triggers.put_aside),
        migrations.RunPython(look_at_all, migrations.RunPython.noop),
    ]
