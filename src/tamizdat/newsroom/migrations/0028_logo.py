from django.db import migrations, models

import tamizdat.newsroom.looks
from tamizdat.newsroom import triggers


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0025_what_a_redaction_answers"),
    ]

    operations = [
        migrations.RunPython(triggers.put_aside, triggers.put_back),
        migrations.AddField(
            model_name="servicepage",
            name="logo",
            field=models.TextField(
                blank=True,
                help_text="An SVG drawing as text: shapes in the colour of the name beside it.",
                validators=[tamizdat.newsroom.looks.refuse_no_logo],
                verbose_name="logo",
            ),
        ),
        migrations.RunPython(triggers.put_back, triggers.put_aside),
    ]
