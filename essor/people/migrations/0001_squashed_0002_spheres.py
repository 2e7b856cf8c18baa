"""Every table of the room as 0002_spheres left it; see decision 0025."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import essor.kit.ids
from essor.kit.migrating import CreateModels
from essor.people.migrations._spheres import make_spheres


class Migration(migrations.Migration):
    replaces = [("people", "0001_initial"), ("people", "0002_spheres")]

    initial = True

    dependencies = []

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Account",
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
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        (
                            "last_login",
                            models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                        ),
                        ("email", models.EmailField(max_length=254, unique=True)),
                        ("is_active", models.BooleanField(default=True)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Organisation",
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
                            "key",
                            models.CharField(
                                help_text="the name, folded, to find twins",
                                max_length=200,
                                unique=True,
                            ),
                        ),
                        (
                            "sphere",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="people.sphere",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="Sphere",
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
                        ("code", models.SlugField(max_length=30, unique=True)),
                        ("name_fr", models.CharField(max_length=60)),
                        ("name_en", models.CharField(max_length=60)),
                        ("plural_fr", models.CharField(max_length=60)),
                        ("plural_en", models.CharField(max_length=60)),
                        ("colour", models.CharField(max_length=7)),
                        ("letter", models.CharField(max_length=1)),
                        ("order", models.PositiveSmallIntegerField(default=50)),
                    ],
                    options={
                        "ordering": ["order", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="Person",
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
                        ("first_name", models.CharField(max_length=200)),
                        ("last_name", models.CharField(blank=True, max_length=200)),
                        ("email", models.EmailField(blank=True, db_index=True, max_length=254)),
                        ("phone", models.CharField(blank=True, max_length=30)),
                        ("commune", models.CharField(blank=True, max_length=80)),
                        ("commune_code", models.CharField(blank=True, max_length=5)),
                        ("language", models.CharField(default="fr", max_length=5)),
                        (
                            "invented",
                            models.BooleanField(
                                default=False, help_text="made up for a demonstration"
                            ),
                        ),
                        (
                            "no_news",
                            models.BooleanField(
                                default=False, help_text="asked to receive no news by mail"
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                        ("erased_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "account",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                to="people.organisation",
                            ),
                        ),
                        (
                            "sphere",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="people.sphere",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["first_name", "last_name", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="PersonalLink",
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
                        ("digest", models.CharField(max_length=64, unique=True)),
                        ("purpose", models.CharField(max_length=30)),
                        (
                            "subject",
                            models.CharField(
                                blank=True, help_text="public id the link opens", max_length=16
                            ),
                        ),
                        ("made_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField()),
                        ("used_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="links",
                                to="people.person",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-made_at", "-id"],
                    },
                ),
                migrations.CreateModel(
                    name="Consent",
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
                            "purpose",
                            models.CharField(
                                choices=[
                                    ("evening", "organise the evening"),
                                    ("news", "hear what becomes of the ideas"),
                                    ("show_name", "show my first name on the screen"),
                                    ("contact", "be put in touch through the platform"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("wording", models.CharField(max_length=20)),
                        ("given_at", models.DateTimeField()),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="consents",
                                to="people.person",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-given_at", "-id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_at", None)),
                                fields=("person", "purpose"),
                                name="consent_one_open",
                            )
                        ],
                    },
                ),
            ]
        ),
        migrations.RunPython(make_spheres, migrations.RunPython.noop),
    ]
