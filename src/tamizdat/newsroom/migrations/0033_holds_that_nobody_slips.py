"""Give reasons of tasks fixed words, and say of what a hold is and who signed its end."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from tamizdat.newsroom import triggers

REASONS = [
    ("absent", "The words never stood in this article."),
    ("removed", "They were taken out of the draft before readers had it."),
    ("harmless", "They stand here, say something else, and endanger nobody."),
    ("unsaid", "This article does not say what was corrected."),
    ("right", "This article says it right already."),
    ("stands", "It has this from elsewhere, and stands by it."),
    ("begun-after", "It was begun later, from what readers had then."),
    ("asked-before", "It had a task for these words before."),
    ("names-alone", "Only headlines were taken out that do not stand here."),
    ("typed", "A reason was typed; what somebody typed is kept no more."),
]
HOLDING = ("redaction", "withdrawal")


def forget_what_was_typed(apps: Any, _editor: Any) -> None:
    """Erase reasons that somebody typed: they may be the words that were taken out."""
    rows = apps.get_model("newsroom", "FollowUp").objects.exclude(reason="")
    rows.update(reason="typed")


def know_what_holds(apps: Any, _editor: Any) -> None:
    """Say which open holds are for a headline alone, and who was begun afterwards."""
    tasks = apps.get_model("newsroom", "FollowUp").objects
    holds = tasks.filter(holds=True, closed=None).select_related(
        "article", "cause__article"
    )
    for one in holds:
        other = one.cause.article
        named = one.article.mentions.filter(other=other).exists()
        if named and other.pk not in _near(apps, one.article):
            tasks.filter(pk=one.pk).update(named_only=True)
    ledger = apps.get_model("newsroom", "Release").objects
    for cause in ledger.filter(kind__in=HOLDING).select_related("article"):
        _excuse_later_ones(apps, cause)


def _excuse_later_ones(apps: Any, cause: Any) -> None:
    """Note of articles released first after a redaction that they are asked nothing."""
    tasks = apps.get_model("newsroom", "FollowUp").objects
    later = apps.get_model("newsroom", "Article").objects.filter(
        pk__in=_near(apps, cause.article), published__gt=cause.time
    )
    known = tasks.filter(cause=cause).values("article")
    for article in later.exclude(pk=cause.article_id).exclude(pk__in=known):
        tasks.create(
            article=article,
            cause=cause,
            holds=True,
            opened=cause.time,
            due=cause.time,
            closed=article.published,
            reason="begun-after",
        )


def _near(apps: Any, article: Any) -> set[int]:
    """Find what tells the same story, or was made from one another."""
    rows = apps.get_model("newsroom", "Article").objects
    found, edge = {article.pk}, {article.pk}
    while edge:
        stories = rows.filter(pk__in=edge).values("story")
        around = rows.filter(
            models.Q(story__in=stories)
            | models.Q(source__in=edge)
            | models.Q(derived__in=edge)
        )
        edge = set(around.values_list("pk", flat=True)) - found
        found |= edge
    return found


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0032_why_a_hold_was_refused"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(triggers.put_aside, triggers.put_back),
        migrations.AddField(
            model_name="followup",
            name="named_only",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="followup",
            name="said_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunPython(forget_what_was_typed, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="followup",
            name="reason",
            field=models.CharField(blank=True, choices=REASONS, max_length=12),
        ),
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.CheckConstraint(
                condition=models.Q(reason__in=["", *(key for key, _ in REASONS)]),
                name="reason_is_never_typed",
            ),
        ),
        migrations.RunPython(triggers.put_back, triggers.put_aside),
        migrations.RunPython(know_what_holds, migrations.RunPython.noop),
    ]
