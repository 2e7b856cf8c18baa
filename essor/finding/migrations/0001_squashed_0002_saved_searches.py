"""Every table of the room as 0002_saved_searches left it; see decision 0025."""

import django.db.models.deletion
from django.db import migrations, models

import essor.kit.ids
from essor.kit.migrating import CreateModels


class Migration(migrations.Migration):
    replaces = [("finding", "0001_initial"), ("finding", "0002_saved_searches")]

    initial = True

    dependencies = [
        ("people", "0001_squashed_0002_spheres"),
        ("territories", "0001_squashed_0006_rehearsal"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Bookmark",
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
                        ("name", models.CharField(max_length=20, unique=True)),
                        ("before", models.BigIntegerField(default=0)),
                        ("line", models.BigIntegerField(default=0)),
                        (
                            "made_by",
                            models.PositiveSmallIntegerField(
                                default=0, help_text="the index's version"
                            ),
                        ),
                        (
                            "remade",
                            models.BigIntegerField(
                                default=0, help_text="the last territory that was remade"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Gram",
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
                        ("letters", models.CharField(max_length=3, unique=True)),
                        ("words", models.BinaryField()),
                    ],
                    options={
                        "ordering": ["letters"],
                    },
                ),
                migrations.CreateModel(
                    name="Page",
                    fields=[
                        ("key", models.BigIntegerField(primary_key=True, serialize=False)),
                        ("territory", models.BigIntegerField()),
                        ("stems", models.TextField()),
                        ("digest", models.CharField(max_length=32)),
                        (
                            "since",
                            models.DateTimeField(help_text="when it was first found by searching"),
                        ),
                    ],
                    options={
                        "ordering": ["key"],
                        "indexes": [
                            models.Index(fields=["territory", "key"], name="page_territory"),
                            models.Index(fields=["since"], name="page_since"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Posting",
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
                        ("stem", models.CharField(max_length=60)),
                        ("territory", models.BigIntegerField()),
                        ("pages", models.BinaryField()),
                    ],
                    options={
                        "ordering": ["stem", "territory"],
                        "indexes": [models.Index(fields=["territory"], name="posting_territory")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("stem", "territory"), name="posting_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Word",
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
                        ("word", models.CharField(max_length=60)),
                        ("stem", models.CharField(db_index=True, max_length=60)),
                    ],
                    options={
                        "ordering": ["word", "stem"],
                        "constraints": [
                            models.UniqueConstraint(fields=("word", "stem"), name="word_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SavedSearch",
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
                            "public_id",
                            essor.kit.ids.PublicIdField(
                                default=essor.kit.ids.new_public_id,
                                editable=False,
                                max_length=16,
                                unique=True,
                            ),
                        ),
                        ("words", models.CharField(max_length=100)),
                        (
                            "kind",
                            models.CharField(
                                blank=True, help_text="blank: everything", max_length=20
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="saved_searches",
                                to="people.person",
                            ),
                        ),
                        (
                            "territory",
                            models.ForeignKey(
                                blank=True,
                                help_text="none: everywhere",
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="territories.territory",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["asked_at", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("person", "words", "territory", "kind"), name="saved_once"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("territory", None)),
                                fields=("person", "words", "kind"),
                                name="saved_once_everywhere",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ToldFinding",
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
                        ("page", models.BigIntegerField(help_text="its number in the index")),
                        ("at", models.DateTimeField()),
                        (
                            "search",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="told",
                                to="finding.savedsearch",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("search", "page"), name="finding_told_once"
                            )
                        ],
                    },
                ),
            ]
        )
    ]
