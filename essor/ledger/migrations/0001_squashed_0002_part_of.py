"""Every table of the room as 0002_part_of left it; see decision 0025."""

from django.db import migrations, models

from essor.kit.migrating import CreateModels


class Migration(migrations.Migration):
    replaces = [("ledger", "0001_initial"), ("ledger", "0002_part_of")]

    initial = True

    dependencies = []

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Entry",
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
                        ("at", models.DateTimeField(db_index=True)),
                        ("by", models.CharField(blank=True, max_length=16)),
                        ("verb", models.CharField(max_length=40)),
                        ("of_type", models.CharField(max_length=30)),
                        ("of_id", models.CharField(max_length=16)),
                        ("territory", models.CharField(blank=True, max_length=16)),
                        ("room", models.CharField(blank=True, max_length=40)),
                        (
                            "audience",
                            models.CharField(
                                choices=[
                                    ("public", "everybody"),
                                    ("table", "the people of one table"),
                                    ("team", "the host team"),
                                    ("person", "the person concerned"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("data", models.JSONField(default=dict)),
                        ("part_of", models.CharField(blank=True, max_length=16)),
                    ],
                    options={
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(fields=["territory", "-id"], name="ledger_territory"),
                            models.Index(fields=["of_type", "of_id", "-id"], name="ledger_object"),
                            models.Index(fields=["room", "id"], name="ledger_room"),
                            models.Index(fields=["by", "-id"], name="ledger_by"),
                            models.Index(fields=["part_of", "-id"], name="ledger_part_of"),
                        ],
                    },
                ),
            ]
        )
    ]
