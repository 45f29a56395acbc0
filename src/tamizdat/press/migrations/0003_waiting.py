import django.db.models.deletion
from django.db import migrations, models

# The trigger that fills the list comes with the next migration.
UNPRINTED = """
INSERT INTO press_waiting (release_id, article_id, service, time)
SELECT r.id, r.article_id, s.service_id, r.time
FROM newsroom_release r
JOIN newsroom_articlepage a ON a.page_ptr_id = r.article_id
JOIN newsroom_servicepage s ON s.page_ptr_id = a.service_id
LEFT JOIN press_printing p ON p.release_id = r.id
WHERE p.id IS NULL
"""


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0004_waking"),
        ("press", "0002_edition_page"),
    ]
    run_before = [("newsroom", "0005_articles_of_their_own")]

    operations = [
        migrations.CreateModel(
            name="Waiting",
            fields=[
                (
                    "release",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="waiting",
                        serialize=False,
                        to="newsroom.release",
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="newsroom.articlepage",
                    ),
                ),
                ("service", models.CharField(max_length=30)),
                ("time", models.DateTimeField()),
            ],
        ),
        migrations.RunSQL(UNPRINTED, migrations.RunSQL.noop),
    ]
