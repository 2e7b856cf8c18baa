"""Every table of the room as 0004_one_search left it; see decision 0025."""

import django.db.models.deletion
from django.db import migrations, models

import essor.kit.clock
import essor.kit.ids
from essor.kit.migrating import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("treasures", "0001_initial"),
        ("treasures", "0002_inventory"),
        ("treasures", "0003_arrivals"),
        ("treasures", "0004_one_search"),
    ]

    initial = True

    dependencies = [
        ("people", "0001_squashed_0002_spheres"),
        ("territories", "0001_squashed_0006_rehearsal"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Treasure",
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
                        ("name", models.CharField(max_length=200)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("human", "human"),
                                    ("natural", "natural"),
                                    ("economic", "economic"),
                                    ("cultural", "cultural"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("kind_as_said", models.CharField(blank=True, max_length=60)),
                        ("description", models.TextField(blank=True)),
                        ("sources", models.JSONField(blank=True, default=list)),
                        ("created_at", models.DateTimeField()),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "territory",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="treasures",
                                to="territories.territory",
                            ),
                        ),
                        (
                            "as_brought",
                            models.CharField(
                                blank=True,
                                help_text="digest of the line it came from",
                                max_length=32,
                            ),
                        ),
                        (
                            "asked_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="when its keeper was last asked whether it is still so",
                                null=True,
                            ),
                        ),
                        (
                            "changed_at",
                            models.DateTimeField(
                                default=essor.kit.clock.now,
                                help_text="what pages and the map show of it changed",
                            ),
                        ),
                        ("commune", models.CharField(blank=True, max_length=80)),
                        ("commune_code", models.CharField(blank=True, max_length=5)),
                        (
                            "corrected_at",
                            models.DateTimeField(
                                blank=True, help_text="by people, here", null=True
                            ),
                        ),
                        ("hidden_why", models.CharField(blank=True, max_length=300)),
                        (
                            "holder",
                            models.CharField(
                                blank=True,
                                help_text="the organisation that holds it",
                                max_length=200,
                            ),
                        ),
                        (
                            "invented",
                            models.BooleanField(
                                default=False, help_text="made up for a demonstration"
                            ),
                        ),
                        (
                            "keeper",
                            models.ForeignKey(
                                blank=True,
                                help_text="who wrote it down and is asked once a year",
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="treasures",
                                to="people.person",
                            ),
                        ),
                        ("latitude", models.FloatField(blank=True, null=True)),
                        ("longitude", models.FloatField(blank=True, null=True)),
                        (
                            "origin",
                            models.CharField(
                                blank=True,
                                help_text="what it came from, so that it comes in once",
                                max_length=80,
                            ),
                        ),
                        (
                            "place",
                            models.CharField(
                                blank=True, help_text="in words, public", max_length=200
                            ),
                        ),
                        (
                            "precision",
                            models.CharField(
                                choices=[
                                    ("exact", "the exact place"),
                                    ("about", "to about a kilometre"),
                                    ("commune", "the commune only"),
                                ],
                                default="commune",
                                max_length=10,
                            ),
                        ),
                        ("quantity", models.CharField(blank=True, max_length=120)),
                        (
                            "sphere",
                            models.ForeignKey(
                                blank=True,
                                help_text="of whoever holds it",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="treasures",
                                to="people.sphere",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("shown", "shown"),
                                    ("waiting", "waits for a look"),
                                    ("hidden", "hidden"),
                                    ("gone", "no longer there"),
                                ],
                                default="shown",
                                max_length=10,
                            ),
                        ),
                        (
                            "themes",
                            models.ManyToManyField(
                                blank=True, related_name="treasures", to="territories.theme"
                            ),
                        ),
                        (
                            "use",
                            models.CharField(
                                choices=[
                                    ("here", "is here"),
                                    ("offered", "is offered"),
                                    ("waste", "is thrown away today"),
                                ],
                                default="here",
                                max_length=10,
                            ),
                        ),
                        (
                            "way",
                            models.CharField(
                                choices=[
                                    ("source", "from a public source"),
                                    ("person", "written down by somebody"),
                                    ("file", "from a list"),
                                ],
                                default="source",
                                max_length=10,
                            ),
                        ),
                        (
                            "brought_in_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="treasures",
                                to="treasures.treasurelist",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["territory", "name", "id"],
                        "indexes": [
                            models.Index(
                                fields=["territory", "state", "-changed_at", "-id"],
                                name="treasure_latest",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("origin", ""), _negated=True),
                                fields=("territory", "origin"),
                                name="treasure_comes_in_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("latitude", None), ("longitude", None)),
                                    models.Q(
                                        ("latitude__gte", -90),
                                        ("latitude__lte", 90),
                                        ("longitude__gte", -180),
                                        ("longitude__lte", 180),
                                    ),
                                    _connector="OR",
                                ),
                                name="treasure_on_earth",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Confirmation",
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
                        ("device", models.CharField(blank=True, max_length=32)),
                        ("served_for", models.CharField(blank=True, max_length=300)),
                        ("at", models.DateTimeField()),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="confirmed_treasures",
                                to="people.person",
                            ),
                        ),
                        (
                            "treasure",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="confirmations",
                                to="treasures.treasure",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-at", "-id"],
                    },
                ),
                migrations.CreateModel(
                    name="Correction",
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
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("wrong", "something in it is wrong"),
                                    ("gone", "it is no longer there"),
                                    ("names", "it names somebody who did not ask for it"),
                                    ("advert", "it is an advertisement"),
                                    ("other", "something else"),
                                    ("appeal", "its keeper does not agree that it is hidden"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("words", models.CharField(blank=True, max_length=500)),
                        ("changes", models.JSONField(blank=True, default=dict)),
                        ("before", models.JSONField(blank=True, default=dict)),
                        ("device", models.CharField(blank=True, max_length=32)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "to be looked at"),
                                    ("taken", "taken up"),
                                    ("hidden", "the treasure is hidden"),
                                    ("declined", "the treasure stays as it is"),
                                ],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        ("answer", models.CharField(blank=True, max_length=300)),
                        ("at", models.DateTimeField()),
                        ("settled_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="treasure_corrections",
                                to="people.person",
                            ),
                        ),
                        (
                            "settled_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="settled_corrections",
                                to="people.person",
                            ),
                        ),
                        (
                            "treasure",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="corrections",
                                to="treasures.treasure",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-at", "-id"],
                        "indexes": [
                            models.Index(fields=["treasure", "state"], name="correction_waiting")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TreasureList",
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
                        ("filename", models.CharField(blank=True, max_length=200)),
                        (
                            "source",
                            models.CharField(
                                blank=True, help_text="who published it, in words", max_length=200
                            ),
                        ),
                        (
                            "digest",
                            models.CharField(
                                help_text="of what was sent, to know it again", max_length=64
                            ),
                        ),
                        (
                            "signature",
                            models.CharField(help_text="of the columns' titles", max_length=64),
                        ),
                        ("table", models.JSONField(default=dict)),
                        ("mapping", models.JSONField(blank=True, default=dict)),
                        ("result", models.JSONField(blank=True, default=dict)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("preview", "to be looked at"),
                                    ("coming", "coming in"),
                                    ("applied", "brought in"),
                                    ("dropped", "forgotten"),
                                ],
                                default="preview",
                                max_length=10,
                            ),
                        ),
                        ("made_at", models.DateTimeField()),
                        ("applied_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "made_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="treasure_lists",
                                to="people.person",
                            ),
                        ),
                        (
                            "territory",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="treasure_lists",
                                to="territories.territory",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-made_at", "-id"],
                        "indexes": [
                            models.Index(
                                fields=["territory", "signature", "state"],
                                name="treasure_list_again",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Arrival",
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
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "waiting for a worker"),
                                    ("running", "coming in"),
                                    ("done", "brought in"),
                                    ("stopped", "stopped"),
                                    ("failed", "failed"),
                                ],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        ("total", models.PositiveIntegerField(help_text="lines of the list")),
                        (
                            "done",
                            models.PositiveIntegerField(
                                default=0, help_text="lines that were dealt with"
                            ),
                        ),
                        ("counts", models.JSONField(blank=True, default=dict)),
                        ("left", models.JSONField(blank=True, default=list)),
                        ("asked_at", models.DateTimeField()),
                        (
                            "beat_at",
                            models.DateTimeField(
                                blank=True, help_text="last sign of the worker", null=True
                            ),
                        ),
                        ("stop_asked_at", models.DateTimeField(blank=True, null=True)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="people.person",
                            ),
                        ),
                        (
                            "many",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="arrivals",
                                to="treasures.treasurelist",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-asked_at", "-id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["waiting", "running"])),
                                fields=("many",),
                                name="arrival_one_going",
                            )
                        ],
                    },
                ),
            ]
        )
    ]
