"""Every table of the room as 0004_provenance left it; see decision 0025."""

import django.db.models.deletion
from django.db import migrations, models

import essor.kit.ids
from essor.kit.migrating import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("challenges", "0001_initial"),
        ("challenges", "0002_invented"),
        ("challenges", "0003_checks"),
        ("challenges", "0004_provenance"),
    ]

    initial = True

    dependencies = [
        ("harvest", "0001_squashed_0004_tellings"),
        ("people", "0001_squashed_0002_spheres"),
        ("territories", "0001_squashed_0006_rehearsal"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Challenge",
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
                        ("question", models.CharField(max_length=300)),
                        (
                            "short",
                            models.CharField(
                                help_text="two or three words, for tables and badges", max_length=60
                            ),
                        ),
                        ("context", models.TextField(blank=True)),
                        (
                            "track",
                            models.CharField(
                                choices=[("imagine", "to imagine"), ("boost", "to boost")],
                                default="imagine",
                                max_length=10,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("open", "open"),
                                    ("closed", "closed"),
                                ],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        ("capacity", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("year", models.PositiveSmallIntegerField(blank=True, null=True)),
                        (
                            "as_listed",
                            models.CharField(
                                blank=True, help_text="what the source calls it", max_length=80
                            ),
                        ),
                        ("method", models.CharField(blank=True, max_length=60)),
                        ("sources", models.JSONField(blank=True, default=list)),
                        ("created_at", models.DateTimeField()),
                        (
                            "hosts",
                            models.ManyToManyField(
                                blank=True, related_name="boosted_challenges", to="people.person"
                            ),
                        ),
                        (
                            "neighbours",
                            models.ManyToManyField(blank=True, to="challenges.challenge"),
                        ),
                        (
                            "territory",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="challenges",
                                to="territories.territory",
                            ),
                        ),
                        ("themes", models.ManyToManyField(blank=True, to="territories.theme")),
                        (
                            "invented",
                            models.BooleanField(
                                default=False, help_text="made up for a demonstration"
                            ),
                        ),
                        (
                            "checks",
                            models.JSONField(
                                blank=True, default=list, help_text="codes of essor.challenges.lot"
                            ),
                        ),
                        (
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="absorbed",
                                to="challenges.challenge",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-created_at", "id"],
                        "indexes": [
                            models.Index(fields=["territory", "state"], name="challenge_board")
                        ],
                        "verbose_name": "challenge",
                    },
                ),
                migrations.CreateModel(
                    name="Echo",
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
                        ("kind", models.CharField(max_length=20)),
                        ("work", models.CharField(max_length=16)),
                        (
                            "reason",
                            models.JSONField(
                                default=dict, help_text="why it looked close, when it was noted"
                            ),
                        ),
                        (
                            "note",
                            models.CharField(
                                blank=True, help_text="what the team did about it", max_length=500
                            ),
                        ),
                        (
                            "shown",
                            models.BooleanField(
                                default=False, help_text="stands on the public page"
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="challenge_echoes",
                                to="people.person",
                            ),
                        ),
                        (
                            "challenge",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="echoes",
                                to="challenges.challenge",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("challenge", "work"), name="echo_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Feeding",
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
                            "group",
                            models.CharField(
                                blank=True, help_text="what its group was called", max_length=120
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="challenge_feedings",
                                to="people.person",
                            ),
                        ),
                        (
                            "challenge",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="feedings",
                                to="challenges.challenge",
                            ),
                        ),
                        (
                            "idea",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="feedings",
                                to="harvest.idea",
                            ),
                        ),
                        (
                            "via",
                            models.ForeignKey(
                                blank=True,
                                help_text="the challenge that it fed before, which was merged or split",
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="challenges.challenge",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "provenance",
                        "ordering": ["at", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at", None)),
                                fields=("challenge", "idea"),
                                name="feeding_once",
                            )
                        ],
                    },
                ),
            ]
        )
    ]
