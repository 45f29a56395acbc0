import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0030_pictures_ever_shown"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="WireJoin",
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
                ("chain", models.CharField(max_length=64)),
                ("into", models.CharField(max_length=64)),
                ("by", models.CharField(max_length=10)),
                ("share", models.PositiveSmallIntegerField(null=True)),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("sure", "sure"),
                            ("open", "open"),
                            ("yes", "yes"),
                            ("no", "no"),
                        ],
                        max_length=4,
                    ),
                ),
                ("asked", models.DateTimeField()),
                ("answered", models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name="keptitem",
            name="slug",
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AddField(
            model_name="wiresource",
            name="error_said",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="wiresource",
            name="warnings_said",
            field=models.JSONField(default=list),
        ),
        migrations.AlterField(
            model_name="wirealert",
            name="kind",
            field=models.CharField(
                choices=[
                    ("canceled", "Withdrawn by the agency"),
                    ("withheld", "Held back by the agency"),
                    ("correction", "Corrected by the agency"),
                    ("update", "A newer version came"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddIndex(
            model_name="keptitem",
            index=models.Index(fields=["slug", "sent"], name="wire_by_slug"),
        ),
        migrations.AddField(
            model_name="wirejoin",
            name="actor",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="wirejoin",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="joins",
                to="newsroom.keptitem",
            ),
        ),
        migrations.AddField(
            model_name="wirejoin",
            name="other",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="newsroom.keptitem",
            ),
        ),
        migrations.AddIndex(
            model_name="wirejoin",
            index=models.Index(fields=["into"], name="wire_join_into"),
        ),
        migrations.AddIndex(
            model_name="wirejoin",
            index=models.Index(
                condition=models.Q(("answer", "open")),
                fields=["asked"],
                name="wire_join_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="wirejoin",
            constraint=models.UniqueConstraint(
                fields=("chain", "into"), name="wire_joined_once"
            ),
        ),
    ]
