"""Let roles be held by service, and be signed by two people what needs it.

Wagtail's own groups reach every page of the site: they go, unless somebody sits in one.
Groups, collections and workflows of open services are made after migrating.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

OF_WAGTAIL = ("Editors", "Moderators")
APPROVAL = "Moderators approval"  # of every page of the site; its task too


def drop_wide_groups(apps: StateApps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take away the groups that reach every service."""
    groups = apps.get_model("auth", "Group").objects
    groups.filter(name__in=OF_WAGTAIL, user=None).delete()
    for name in ("Workflow", "Task"):
        things = apps.get_model("wagtailcore", name).objects.filter(name=APPROVAL)
        if not apps.get_model("wagtailcore", "WorkflowState").objects.exists():
            things.delete()


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("newsroom", "0005_articles_of_their_own"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtaildocs", "0002_initial_data"),
        ("wagtailimages", "0002_initial_data"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ServiceDesk",
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
                    "editing",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wagtailcore.groupapprovaltask",
                    ),
                ),
                (
                    "pictures",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wagtailcore.collection",
                    ),
                ),
                (
                    "service",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="desk",
                        to="newsroom.servicepage",
                    ),
                ),
                (
                    "signing",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wagtailcore.groupapprovaltask",
                    ),
                ),
                (
                    "workflow",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wagtailcore.workflow",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ServiceRole",
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
                ("role", models.CharField(max_length=30)),
                (
                    "group",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="service_role",
                        to="auth.group",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="roles",
                        to="newsroom.servicepage",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("service", "role"), name="role_once_in_a_service"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SignOff",
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
                ("digest", models.CharField(max_length=64)),
                ("kind", models.CharField(max_length=13)),
                ("time", models.DateTimeField()),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="signoffs",
                        to="newsroom.article",
                    ),
                ),
            ],
            options={
                "ordering": ["time"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("article", "digest", "actor"), name="signed_off_once"
                    )
                ],
            },
        ),
        migrations.RunPython(drop_wide_groups, migrations.RunPython.noop),
    ]
