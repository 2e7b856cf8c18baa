"""Every table of the room as 0002_following_asked left it; see decision 0025."""

import django.db.models.deletion
from django.db import migrations, models

import essor.kit.ids
from essor.kit.migrating import CreateModels


class Migration(migrations.Migration):
    replaces = [("news", "0001_initial"), ("news", "0002_following_asked")]

    initial = True

    dependencies = [
        ("people", "0001_squashed_0002_spheres"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="DigestRound",
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
                            models.CharField(
                                help_text="the day it was due", max_length=10, unique=True
                            ),
                        ),
                        ("after", models.BigIntegerField()),
                        ("upto", models.BigIntegerField()),
                        ("began_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["-upto", "-id"],
                    },
                ),
                migrations.CreateModel(
                    name="Digest",
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
                        ("held", models.BooleanField(default=False)),
                        (
                            "after",
                            models.BigIntegerField(help_text="it tells of lines after this one"),
                        ),
                        ("lines", models.PositiveIntegerField(default=0)),
                        ("at", models.DateTimeField()),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="digests",
                                to="people.person",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="digests",
                                to="news.digestround",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-at", "-id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("person", "round"), name="digest_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Following",
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
                        ("of_type", models.CharField(max_length=30)),
                        ("of_id", models.CharField(max_length=16)),
                        (
                            "how",
                            models.CharField(
                                choices=[
                                    ("weekly", "once a week"),
                                    ("at_once", "at once"),
                                    ("none", "nothing"),
                                ],
                                default="weekly",
                                max_length=10,
                            ),
                        ),
                        ("since", models.DateTimeField()),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="followings",
                                to="people.person",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["of_type", "of_id", "id"],
                        "indexes": [
                            models.Index(fields=["of_type", "of_id"], name="following_object")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("person", "of_type", "of_id"), name="following_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Told",
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
                        ("line", models.BigIntegerField()),
                        (
                            "at_once",
                            models.BooleanField(default=False, help_text="by a mail of its own"),
                        ),
                        ("at", models.DateTimeField(db_index=True)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="told",
                                to="people.person",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["line", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("person", "line"), name="line_told_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FollowingAsked",
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
                        ("of_type", models.CharField(max_length=30)),
                        ("of_id", models.CharField(max_length=16)),
                        ("asked_at", models.DateTimeField(db_index=True)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="followings_asked",
                                to="people.person",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["asked_at", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("person", "of_type", "of_id"), name="asked_once"
                            )
                        ],
                    },
                ),
            ]
        )
    ]
