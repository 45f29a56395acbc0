from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("press", "0006_ledger_that_erases"),
    ]

    operations = [
        migrations.CreateModel(
            name="Onlooker",
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
                ("name", models.CharField(max_length=100, unique=True)),
                ("state", models.CharField(max_length=12)),
                ("reason", models.TextField(default="")),
                ("asked", models.DateTimeField()),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.AddField(
            model_name="printededition",
            name="asked",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="printededition",
            name="beat",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="printededition",
            name="witnessed",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="printededition",
            name="witnesses",
            field=models.TextField(default=""),
        ),
    ]
