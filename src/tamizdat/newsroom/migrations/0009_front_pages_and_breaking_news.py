"""Give services front pages to arrange, and breaking news an end."""

from datetime import timedelta

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.utils import timezone

from tamizdat.newsroom import triggers

TABLES = ("newsroom_arrangement", "newsroom_breaking")
STILL = timedelta(hours=2)  # for what breaks without an end


def set_ends(apps: StateApps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Let what is breaking news now end, as it was to be forever."""
    Release = apps.get_model("newsroom", "Release")
    Article = apps.get_model("newsroom", "Article")
    Breaking = apps.get_model("newsroom", "Breaking")
    now = timezone.now()
    breaking = Release.objects.filter(
        content__tamizdat__breaking=True, number=models.F("article__number")
    )
    standing = breaking.filter(article__taken_back="")
    for key in list(standing.order_by().values_list("article_id", flat=True)):
        Article.objects.filter(pk=key).update(breaking_until=now + STILL)
        Breaking.objects.create(article_id=key, until=now + STILL, time=now)


def wake(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in triggers.waking_of(schema_editor.connection.vendor, TABLES):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0008_service_date_style"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Arrangement",
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
                ("number", models.PositiveIntegerField(null=True)),
                ("base", models.PositiveIntegerField(default=0)),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("arranged", "arranged"),
                            ("unpinned", "a pin ended"),
                            ("restored", "put back"),
                        ],
                        default="arranged",
                        max_length=8,
                    ),
                ),
                ("time", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Breaking",
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
                ("until", models.DateTimeField(null=True)),
                ("time", models.DateTimeField()),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Offer",
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
                (
                    "choice",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("translate", "translate"),
                            ("front", "put on our front"),
                            ("not-for-us", "not for us"),
                        ],
                        max_length=10,
                    ),
                ),
                ("chosen", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="OfferOptOut",
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
            ],
        ),
        migrations.CreateModel(
            name="Slot",
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
                ("section", models.CharField(blank=True, max_length=60)),
                ("position", models.PositiveSmallIntegerField()),
                ("until", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["arrangement", "section", "position"],
            },
        ),
        migrations.AddField(
            model_name="article",
            name="breaking_until",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="articlepage",
            name="breaking_hours",
            field=models.PositiveSmallIntegerField(
                default=2,
                help_text="At most 24. Then it ends by itself.",
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(24),
                ],
                verbose_name="for how many hours",
            ),
        ),
        migrations.AlterField(
            model_name="articlepage",
            name="breaking",
            field=models.BooleanField(
                default=False,
                help_text="From its next release on, above everything else on the front page.",
                verbose_name="breaking news",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                fields=["service", "-published"], name="article_by_birth"
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("breaking_until__isnull", False)),
                fields=["breaking_until"],
                name="article_by_end_of_breaking",
            ),
        ),
        migrations.AddField(
            model_name="arrangement",
            name="actor",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="arrangement",
            name="service",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="arrangements",
                to="newsroom.servicepage",
            ),
        ),
        migrations.AddField(
            model_name="breaking",
            name="actor",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="breaking",
            name="article",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="breakings",
                to="newsroom.article",
            ),
        ),
        migrations.AddField(
            model_name="offer",
            name="actor",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="offer",
            name="breaking",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="offers",
                to="newsroom.breaking",
            ),
        ),
        migrations.AddField(
            model_name="offer",
            name="service",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="offers",
                to="newsroom.servicepage",
            ),
        ),
        migrations.AddField(
            model_name="offeroptout",
            name="service",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="opted_out",
                to="newsroom.servicepage",
            ),
        ),
        migrations.AddField(
            model_name="offeroptout",
            name="source",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="newsroom.servicepage",
            ),
        ),
        migrations.AddField(
            model_name="slot",
            name="arrangement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="slots",
                to="newsroom.arrangement",
            ),
        ),
        migrations.AddField(
            model_name="slot",
            name="article",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="+",
                to="newsroom.article",
            ),
        ),
        migrations.AddConstraint(
            model_name="arrangement",
            constraint=models.UniqueConstraint(
                fields=("service", "number"), name="arrangement_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.UniqueConstraint(
                fields=("breaking", "service"), name="offer_once_in_a_service"
            ),
        ),
        migrations.AddConstraint(
            model_name="offeroptout",
            constraint=models.UniqueConstraint(
                fields=("service", "source"), name="opt_out_once_of_a_service"
            ),
        ),
        migrations.AddIndex(
            model_name="slot",
            index=models.Index(
                condition=models.Q(("until__isnull", False)),
                fields=["until"],
                name="slot_by_end",
            ),
        ),
        migrations.AddConstraint(
            model_name="slot",
            constraint=models.UniqueConstraint(
                fields=("arrangement", "article"), name="article_once_on_a_front"
            ),
        ),
        migrations.AddConstraint(
            model_name="slot",
            constraint=models.UniqueConstraint(
                fields=("arrangement", "section", "position"), name="slot_once"
            ),
        ),
        migrations.RunPython(wake, migrations.RunPython.noop),
        migrations.RunPython(set_ends, migrations.RunPython.noop),
    ]
