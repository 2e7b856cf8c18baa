"""The words that said until when stay as a note; from now on it is a day, or no day."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exchanges", "0001_initial")]

    operations = [
        migrations.RenameField("commitment", "until", "until_said"),
        migrations.AlterField(
            "commitment",
            "until_said",
            models.CharField(
                blank=True, help_text="words of before there was a date", max_length=80
            ),
        ),
        migrations.AddField("commitment", "until", models.DateField(blank=True, null=True)),
    ]
