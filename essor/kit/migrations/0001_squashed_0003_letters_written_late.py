"""Every table of the room as 0003_letters_written_late left it; see decision 0025."""

import django.utils.timezone
from django.db import migrations, models

from essor.kit.migrating import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("kit", "0001_initial"),
        ("kit", "0002_turns"),
        ("kit", "0003_letters_written_late"),
    ]

    initial = True

    dependencies = []

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Allowance",
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
                        ("key", models.CharField(max_length=150, unique=True)),
                        ("since", models.DateTimeField()),
                        ("used", models.PositiveIntegerField(default=0)),
                    ],
                ),
                migrations.CreateModel(
                    name="Mail",
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
                        ("person", models.CharField(blank=True, db_index=True, max_length=16)),
                        ("address", models.EmailField(max_length=254)),
                        ("subject", models.CharField(max_length=300)),
                        ("text", models.TextField(blank=True)),
                        ("html", models.TextField(blank=True)),
                        ("attachments", models.JSONField(blank=True, default=list)),
                        ("unsubscribe_url", models.CharField(blank=True, max_length=300)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("answer", "answer to something the person just did"),
                                    ("news", "news, counted in the weekly budget"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("queued", "waiting"),
                                    ("sending", "being sent"),
                                    ("sent", "sent"),
                                    ("held", "held back: weekly budget used"),
                                    ("failed", "could not be sent"),
                                    ("moot", "nothing to write about any more"),
                                ],
                                default="queued",
                                max_length=10,
                            ),
                        ),
                        ("key", models.CharField(max_length=120, unique=True)),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("trouble", models.CharField(blank=True, max_length=300)),
                        ("queued_at", models.DateTimeField(db_index=True)),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "next_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now,
                                help_text="not before; while being sent: given up after",
                            ),
                        ),
                        (
                            "about",
                            models.JSONField(
                                blank=True, default=dict, help_text="public ids and plain facts"
                            ),
                        ),
                        (
                            "writer",
                            models.CharField(
                                blank=True, help_text="who writes it when it leaves", max_length=40
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-queued_at", "-id"],
                        "indexes": [
                            models.Index(fields=["state", "queued_at"], name="mail_waiting")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Receipt",
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
                        ("key", models.CharField(max_length=32)),
                        ("scope", models.CharField(max_length=300)),
                        ("location", models.CharField(blank=True, max_length=500)),
                        ("at", models.DateTimeField(db_index=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("key", "scope"), name="receipt_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Turn",
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
                        ("name", models.CharField(max_length=150, unique=True)),
                        ("due_at", models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name="WorkerSeen",
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
                        ("worker", models.CharField(max_length=64, unique=True)),
                        ("at", models.DateTimeField(db_index=True)),
                    ],
                ),
            ]
        )
    ]
