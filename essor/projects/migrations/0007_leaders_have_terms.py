"""Who leads has a beginning and an end: what stood elsewhere for it goes (0006 brought it over)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("projects", "0006_who_leads_today")]

    operations = [
        migrations.RemoveField(
            model_name="project",
            name="leader_words",
        ),
        migrations.AlterField(
            model_name="membership",
            name="part",
            field=models.CharField(
                choices=[
                    ("table", "was at the table"),
                    ("follower", "follows"),
                    ("member", "member of the group"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="project",
            name="leader_wanted",
            field=models.BooleanField(
                default=False,
                help_text="nobody leads it, or it looks for one more (``LeaderCall``)",
            ),
        ),
    ]
