"""Every table of the room as 0006_rehearsal left it; see decision 0025."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

import essor.kit.ids
from essor.kit.migrating import CreateModels
from essor.territories.migrations._themes import make_themes


class Migration(migrations.Migration):
    replaces = [
        ("territories", "0001_initial"),
        ("territories", "0002_shared_once"),
        ("territories", "0003_founding"),
        ("territories", "0004_themes"),
        ("territories", "0005_vous_for_everybody"),
        ("territories", "0006_rehearsal"),
    ]

    initial = True

    dependencies = [
        ("people", "0001_squashed_0002_spheres"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Territory",
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
                        ("slug", models.SlugField(unique=True)),
                        ("name", models.CharField(max_length=120)),
                        (
                            "dynamic_name",
                            models.CharField(default="Start-Up de Territoire", max_length=80),
                        ),
                        ("evening_name", models.CharField(blank=True, max_length=80)),
                        ("promise", models.CharField(blank=True, max_length=160)),
                        ("welcome", models.TextField(blank=True)),
                        (
                            "primary",
                            models.CharField(
                                default="#1d1a38",
                                max_length=7,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^#[0-9a-fA-F]{6}$", "Write a colour as # and six digits."
                                    )
                                ],
                            ),
                        ),
                        (
                            "accent",
                            models.CharField(
                                default="#f2a51c",
                                max_length=7,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^#[0-9a-fA-F]{6}$", "Write a colour as # and six digits."
                                    )
                                ],
                            ),
                        ),
                        (
                            "logo",
                            models.CharField(
                                blank=True, help_text="path of the re-encoded image", max_length=120
                            ),
                        ),
                        ("language", models.CharField(default="fr", max_length=5)),
                        ("country", models.CharField(default="FR", max_length=2)),
                        ("department", models.CharField(blank=True, max_length=20)),
                        ("host_structure", models.CharField(blank=True, max_length=200)),
                        ("since", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("status", models.CharField(blank=True, max_length=60)),
                        ("note", models.TextField(blank=True)),
                        ("sources", models.JSONField(blank=True, default=list)),
                        ("listed", models.BooleanField(default=True)),
                        (
                            "run_here",
                            models.BooleanField(
                                default=True, help_text="false: shown from public sources only"
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                        (
                            "themes",
                            models.ManyToManyField(
                                blank=True, related_name="chosen_by", to="territories.theme"
                            ),
                        ),
                        (
                            "rehearsal",
                            models.BooleanField(
                                default=False,
                                help_text="a throw-away copy to train on: closed to the public, in no list, sends no mail",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "territories",
                        "ordering": ["name", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="Invitation",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("host", "host"),
                                    ("facilitator", "facilitator"),
                                    ("door", "door"),
                                    ("committee", "committee"),
                                    ("supporter", "supporter"),
                                    ("coordinator", "network coordinator"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("digest", models.CharField(max_length=64, unique=True)),
                        ("email", models.EmailField(blank=True, max_length=254)),
                        ("made_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField()),
                        ("accepted_at", models.DateTimeField(blank=True, null=True)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "accepted_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="people.person",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="people.person",
                            ),
                        ),
                        (
                            "territory",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="invitations",
                                to="territories.territory",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-made_at", "-id"],
                    },
                ),
                migrations.CreateModel(
                    name="SphereTarget",
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
                        ("percent", models.PositiveSmallIntegerField()),
                        (
                            "sphere",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, to="people.sphere"
                            ),
                        ),
                        (
                            "territory",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sphere_targets",
                                to="territories.territory",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["sphere__order", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("territory", "sphere"), name="sphere_target_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("percent__lte", 100)), name="sphere_target_max"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Role",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("host", "host"),
                                    ("facilitator", "facilitator"),
                                    ("door", "door"),
                                    ("committee", "committee"),
                                    ("supporter", "supporter"),
                                    ("coordinator", "network coordinator"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("since", models.DateTimeField()),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="roles",
                                to="people.person",
                            ),
                        ),
                        (
                            "territory",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="roles",
                                to="territories.territory",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["kind", "since", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("person", "territory", "kind"), name="role_once"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("territory", None)),
                                fields=("person", "kind"),
                                name="role_once_network",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "coordinator"), ("territory", None)),
                                    models.Q(
                                        ("territory__isnull", False),
                                        models.Q(("kind", "coordinator"), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="role_place",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Theme",
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
                        ("code", models.SlugField(max_length=40)),
                        ("name_fr", models.CharField(max_length=80)),
                        ("name_en", models.CharField(blank=True, max_length=80)),
                        ("order", models.PositiveSmallIntegerField(default=50)),
                        (
                            "territory",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                to="territories.territory",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["order", "name_fr", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("territory", "code"), name="theme_code"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("territory", None)),
                                fields=("code",),
                                name="theme_code_shared",
                            ),
                        ],
                    },
                ),
            ]
        ),
        migrations.RunPython(make_themes, migrations.RunPython.noop),
    ]
