import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from tamizdat.newsroom import triggers


def free_tables(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take down what SQLite would find broken while tables are made anew.

    The press sets its trigger again.
    """
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER IF EXISTS press_waiting")


def allow_erasure(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    vendor = schema_editor.connection.vendor
    statements = triggers.erasure(vendor)
    statements += triggers.waking_of(vendor, ["newsroom_heldrelease"])
    for statement in statements:
        schema_editor.execute(statement)


def forbid_erasure(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in triggers.no_erasure(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def note_stale(apps: StateApps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Note since when each article is behind its source."""
    Article = apps.get_model("newsroom", "Article")
    behind = Article.objects.filter(source__material__gt=models.F("follows"))
    for article in behind.exclude(number=0).order_by("pk").iterator(500):
        later = article.source.releases.filter(number__gt=article.follows)
        told = later.exclude(kind="minor").order_by("number").first()
        Article.objects.filter(pk=article.pk).update(stale_since=told.time)


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0011_index_of_words"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(free_tables, migrations.RunPython.noop),
        migrations.CreateModel(
            name="Erasure",
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
                ("keeps_notes", models.BooleanField(default=False)),
                ("done", models.DateTimeField(null=True)),
                ("swept", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="FollowUp",
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
                ("holds", models.BooleanField(default=False)),
                ("opened", models.DateTimeField()),
                ("due", models.DateTimeField()),
                ("closed", models.DateTimeField(null=True)),
                ("reason", models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name="HeldRelease",
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
                ("written", models.CharField(max_length=64)),
                ("kind", models.CharField(max_length=13)),
                ("pressed", models.DateTimeField()),
                ("until", models.DateTimeField(db_index=True)),
                ("refused", models.TextField(blank=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="release",
            name="readers_are_told_why",
        ),
        migrations.AddField(
            model_name="article",
            name="stale_since",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="articlepage",
            name="next_keeps_notes",
            field=models.BooleanField(
                default=False,
                help_text="Of a redaction: no word of them endangers anyone. Otherwise they are taken back with the older texts.",
                verbose_name="keep the earlier notes to readers",
            ),
        ),
        migrations.AddField(
            model_name="release",
            name="erased",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="servicepage",
            name="breaking_hold_seconds",
            field=models.PositiveSmallIntegerField(
                default=0,
                help_text="The same for an article marked as breaking news. 0: no hold.",
                validators=[django.core.validators.MaxValueValidator(600)],
                verbose_name="hold of breaking news",
            ),
        ),
        migrations.AddField(
            model_name="servicepage",
            name="correction_hours",
            field=models.PositiveSmallIntegerField(
                default=24,
                help_text="Hours in which this service follows what another one corrected or clarified in a text it has translated.",
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(336),
                ],
                verbose_name="time to follow a correction",
            ),
        ),
        migrations.AddField(
            model_name="servicepage",
            name="hold_seconds",
            field=models.PositiveSmallIntegerField(
                default=5,
                help_text="Seconds from Publish until a release goes out. Until then it can be undone; afterwards nothing recalls it.",
                validators=[django.core.validators.MaxValueValidator(600)],
                verbose_name="hold",
            ),
        ),
        migrations.AddField(
            model_name="servicepage",
            name="retraction_hours",
            field=models.PositiveSmallIntegerField(
                default=2,
                help_text="Hours. A redaction and a withdrawal are due at once.",
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(336),
                ],
                verbose_name="time to follow a retraction",
            ),
        ),
        migrations.AlterField(
            model_name="articlepage",
            name="next_kind",
            field=models.CharField(
                blank=True,
                choices=[
                    ("publish", "First release"),
                    (
                        "minor",
                        "Minor: spelling or layout. The time does not move, no note is shown.",
                    ),
                    (
                        "update",
                        "Update: adds news. Readers see “Updated” with the time.",
                    ),
                    (
                        "correction",
                        "Correction: fixes an error and says so in the note.",
                    ),
                    (
                        "clarification",
                        "Clarification: makes clear what could be misread.",
                    ),
                    (
                        "retraction",
                        "Retraction: the story is taken back; the note stays in its place.",
                    ),
                    (
                        "redaction",
                        "Redaction: the words you took out endanger someone. Older texts are erased here and on every mirror; no comparison is shown, a notice stays.",
                    ),
                    (
                        "withdrawal",
                        "Withdrawal: the whole text endangers someone. All of it is erased here and on every mirror; a notice stays at its address.",
                    ),
                ],
                default="update",
                max_length=13,
                verbose_name="kind",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("stale_since__isnull", False)),
                fields=["-stale_since"],
                name="article_stale",
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("erased", None),
                    ("kind__in", ["correction", "clarification", "retraction"]),
                    ("note", ""),
                    _negated=True,
                ),
                name="readers_are_told_why",
            ),
        ),
        migrations.AddField(
            model_name="erasure",
            name="article",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="erasures",
                to="newsroom.article",
            ),
        ),
        migrations.AddField(
            model_name="erasure",
            name="release",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="erasure",
                to="newsroom.release",
            ),
        ),
        migrations.AddField(
            model_name="followup",
            name="article",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="followups",
                to="newsroom.article",
            ),
        ),
        migrations.AddField(
            model_name="followup",
            name="cause",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="followups",
                to="newsroom.release",
            ),
        ),
        migrations.AddField(
            model_name="followup",
            name="closed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="followup",
            name="closing",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="newsroom.release",
            ),
        ),
        migrations.AddField(
            model_name="heldrelease",
            name="actor",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="heldrelease",
            name="page",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="held",
                to="newsroom.articlepage",
            ),
        ),
        migrations.AddField(
            model_name="heldrelease",
            name="revision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="wagtailcore.revision",
            ),
        ),
        migrations.AddIndex(
            model_name="erasure",
            index=models.Index(
                condition=models.Q(("swept", None)), fields=["id"], name="erasure_to_do"
            ),
        ),
        migrations.AddIndex(
            model_name="followup",
            index=models.Index(
                condition=models.Q(("closed", None)),
                fields=["due"],
                name="followup_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.UniqueConstraint(
                fields=("article", "cause"), name="followed_up_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closed", None),
                    ("closing__isnull", False),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="never_closed_in_silence",
            ),
        ),
        migrations.RunPython(allow_erasure, forbid_erasure),
        migrations.RunPython(note_stale, migrations.RunPython.noop),
    ]
