"""The larger thing of a line stands beside it: until now its project was named in ``data`` alone."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models.fields.json import KT


def bring_over(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    lines = apps.get_model("ledger", "Entry").objects.filter(data__has_key="project", part_of="")
    lines.exclude(data__project="").update(part_of=KT("data__project"))


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="entry",
            name="part_of",
            field=models.CharField(blank=True, default="", max_length=16),
            preserve_default=False,
        ),
        migrations.RunPython(bring_over, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["part_of", "-id"], name="ledger_part_of"),
        ),
    ]
