"""Every table of the room as 0008_recalled left it; see decision 0025."""

import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

import essor.kit.ids
from essor.kit.migrating import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("support", "0001_initial"),
        ("support", "0002_recommendations"),
        ("support", "0003_following"),
        ("support", "0004_committees"),
        ("support", "0005_members"),
        ("support", "0006_funding"),
        ("support", "0007_state_of_play"),
        ("support", "0008_recalled"),
    ]

    initial = True

    dependencies = [
        ("exchanges", "0001_squashed_0011_introductions_withdrawn"),
        ("people", "0001_squashed_0002_spheres"),
        ("projects", "0001_squashed_0007_leaders_have_terms"),
        ("territories", "0001_squashed_0006_rehearsal"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Cohort",
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
                        ("name", models.CharField(max_length=120)),
                        (
                            "offers",
                            models.CharField(
                                blank=True, help_text="what its projects receive", max_length=600
                            ),
                        ),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField()),
                        ("open_track", models.BooleanField(default=True)),
                        ("takeoff_on", models.DateField(blank=True, null=True)),
                        ("takeoff_place", models.CharField(blank=True, max_length=160)),
                        (
                            "invented",
                            models.BooleanField(
                                default=False, help_text="made up for a demonstration"
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                        (
                            "territory",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="cohorts",
                                to="territories.territory",
                            ),
                        ),
                        ("themes", models.ManyToManyField(blank=True, to="territories.theme")),
                        ("end_told", models.BooleanField(default=False)),
                        ("opening_told", models.BooleanField(default=False)),
                        (
                            "takeoff_told",
                            models.DateField(
                                blank=True, help_text="the day told as near", null=True
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-starts_on", "-id"],
                        "indexes": [
                            models.Index(fields=["territory", "-starts_on"], name="cohort_list")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                                name="cohort_ends_after_it_starts",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CohortPlace",
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
                        ("since", models.DateTimeField()),
                        ("why", models.CharField(max_length=400)),
                        ("until", models.DateTimeField(blank=True, null=True)),
                        ("why_out", models.CharField(blank=True, max_length=400)),
                        (
                            "cohort",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="places",
                                to="support.cohort",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="cohort_places",
                                to="projects.project",
                            ),
                        ),
                        (
                            "taken_in_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="people.person",
                            ),
                        ),
                        (
                            "taken_out_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="people.person",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["since", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until", None)),
                                fields=("cohort", "project"),
                                name="cohort_place_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Mentor",
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
                        ("offers", models.CharField(max_length=400)),
                        ("at_most", models.PositiveSmallIntegerField(default=2)),
                        ("asked_at", models.DateTimeField()),
                        ("agreed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "agreed_to",
                            models.CharField(
                                blank=True, help_text="the version of the words", max_length=20
                            ),
                        ),
                        ("left_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="mentoring_here",
                                to="people.person",
                            ),
                        ),
                        (
                            "territory",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="mentors",
                                to="territories.territory",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["asked_at", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("left_at", None)),
                                fields=("territory", "person"),
                                name="mentor_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("at_most__gte", 1), ("at_most__lte", 20)),
                                name="mentor_at_most",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Mentoring",
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
                        ("why", models.CharField(max_length=400)),
                        ("since", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("why_ended", models.CharField(blank=True, max_length=400)),
                        (
                            "mentor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="mentorings",
                                to="support.mentor",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="mentorings",
                                to="projects.project",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["since", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at", None)),
                                fields=("mentor", "project"),
                                name="mentoring_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Recommendation",
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
                        ("what", models.CharField(max_length=200)),
                        ("details", models.TextField(blank=True)),
                        ("until", models.DateField(blank=True, null=True)),
                        (
                            "voice",
                            models.CharField(
                                choices=[
                                    ("mentor", "the mentor"),
                                    ("committee", "the committee"),
                                    ("host", "the host team"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "answer",
                            models.CharField(
                                choices=[
                                    ("none", "no answer yet"),
                                    ("doing", "we are doing it"),
                                    ("blocked", "blocked"),
                                    ("done", "done"),
                                    ("not_for_us", "not for us"),
                                    ("already", "already done before"),
                                ],
                                default="none",
                                max_length=10,
                            ),
                        ),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        ("created_at", models.DateTimeField()),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="recommendations",
                                to="projects.project",
                            ),
                        ),
                        (
                            "territory",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="recommendations",
                                to="territories.territory",
                            ),
                        ),
                        (
                            "written_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="recommendations",
                                to="people.person",
                            ),
                        ),
                        (
                            "reminded",
                            models.PositiveSmallIntegerField(
                                default=0, help_text="days of the last reminder"
                            ),
                        ),
                        (
                            "reminded_in",
                            models.DateField(
                                blank=True,
                                help_text="the round of the week that brought it",
                                null=True,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-created_at", "-id"],
                        "indexes": [
                            models.Index(
                                fields=["territory", "answer", "created_at"],
                                name="recommendation_desk",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reply",
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
                            "answer",
                            models.CharField(
                                choices=[
                                    ("none", "no answer yet"),
                                    ("doing", "we are doing it"),
                                    ("blocked", "blocked"),
                                    ("done", "done"),
                                    ("not_for_us", "not for us"),
                                    ("already", "already done before"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("words", models.CharField(blank=True, max_length=600)),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="people.person",
                            ),
                        ),
                        (
                            "recommendation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="replies",
                                to="support.recommendation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="Contact",
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
                        ("since", models.DateTimeField()),
                        ("until", models.DateTimeField(blank=True, null=True)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="holds",
                                to="people.person",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="contacts",
                                to="projects.project",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["since", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until", None)),
                                fields=("project",),
                                name="contact_one_a_project",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Finding",
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
                                    ("silent", "silent for long"),
                                    ("one_partner", "one partner alone"),
                                    ("one_person", "one person alone"),
                                    ("many_projects", "one person for several projects"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "since",
                            models.DateTimeField(
                                help_text="the last sign of life, or when it was found"
                            ),
                        ),
                        ("count", models.PositiveIntegerField(default=0)),
                        (
                            "share",
                            models.FloatField(
                                blank=True,
                                help_text="of others at this stage that were never silent so long",
                                null=True,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="findings",
                                to="people.person",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="findings",
                                to="projects.project",
                            ),
                        ),
                        (
                            "territory",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="findings",
                                to="territories.territory",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["kind", "since", "id"],
                        "indexes": [
                            models.Index(fields=["territory", "kind", "since"], name="finding_desk")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("person", None)),
                                fields=("kind", "project"),
                                name="finding_of_project",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("project", None)),
                                fields=("territory", "kind", "person"),
                                name="finding_of_person",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Pause",
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
                        ("why", models.CharField(blank=True, max_length=400)),
                        ("since", models.DateTimeField()),
                        ("until", models.DateField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="people.person",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="pauses",
                                to="projects.project",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-since", "-id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at", None)),
                                fields=("project",),
                                name="pause_one_a_project",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Committee",
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
                        ("name", models.CharField(max_length=120)),
                        ("on", models.DateField()),
                        ("place", models.CharField(blank=True, max_length=160)),
                        ("created_at", models.DateTimeField()),
                        (
                            "territory",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="committees",
                                to="territories.territory",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-on", "-id"],
                        "indexes": [
                            models.Index(fields=["territory", "-on"], name="committee_list")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProjectFile",
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
                            "frozen",
                            models.TextField(help_text="the project as JSON, as it was then"),
                        ),
                        ("frozen_at", models.DateTimeField()),
                        (
                            "seen",
                            models.PositiveBigIntegerField(
                                default=0, help_text="the project's last move then"
                            ),
                        ),
                        (
                            "decision",
                            models.CharField(
                                choices=[
                                    ("none", "not decided yet"),
                                    ("go", "go"),
                                    ("no_go", "no-go"),
                                    ("sleep", "sleep"),
                                ],
                                default="none",
                                max_length=10,
                            ),
                        ),
                        (
                            "reasons",
                            models.TextField(blank=True, help_text="for the project and the hosts"),
                        ),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "committee",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="files",
                                to="support.committee",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="people.person",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="files",
                                to="projects.project",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["frozen_at", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("committee", "project"), name="file_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Voice",
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
                                    ("free", "no interest in it, no voice yet"),
                                    ("go", "go"),
                                    ("no_go", "no-go"),
                                    ("sleep", "sleep"),
                                    ("aside", "stands aside"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("words", models.CharField(blank=True, max_length=600)),
                        ("at", models.DateTimeField()),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="voices",
                                to="support.projectfile",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="committee_voices",
                                to="people.person",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("file", "person"), name="voice_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CommitteeMember",
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
                            "comes_from",
                            models.CharField(
                                blank=True, help_text="bank, town hall, trade", max_length=120
                            ),
                        ),
                        ("named_at", models.DateTimeField()),
                        ("reminded_at", models.DateTimeField(blank=True, null=True)),
                        ("left_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "committee",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="members",
                                to="support.committee",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="committee_seats",
                                to="people.person",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["named_at", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("left_at", None)),
                                fields=("committee", "person"),
                                name="member_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BudgetLine",
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
                        ("label", models.CharField(max_length=160)),
                        ("needed", models.PositiveIntegerField()),
                        (
                            "found",
                            models.PositiveIntegerField(
                                default=0, help_text="already there, from elsewhere"
                            ),
                        ),
                        ("held", models.PositiveIntegerField(default=0)),
                        (
                            "room",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="support.privateroom",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "needed__gte",
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("found"), "+", models.F("held")
                                        ),
                                    )
                                ),
                                name="line_never_pledged_twice",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("needed__gte", 1)), name="line_of_something"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Funder",
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
                        ("about", models.CharField(blank=True, max_length=400)),
                        (
                            "stages",
                            models.JSONField(
                                blank=True, default=list, help_text="keys of the house's stages"
                            ),
                        ),
                        ("forms", models.JSONField(default=list, help_text="values of ``Form``")),
                        ("least", models.PositiveIntegerField(blank=True, null=True)),
                        ("most", models.PositiveIntegerField(blank=True, null=True)),
                        (
                            "communes",
                            models.CharField(
                                blank=True, help_text="names, between commas", max_length=300
                            ),
                        ),
                        ("until", models.DateField(blank=True, null=True)),
                        (
                            "showing",
                            models.CharField(
                                choices=[
                                    ("hosts", "the host team alone"),
                                    ("unnamed", "projects too, without my name"),
                                    ("named", "projects too, with my name"),
                                ],
                                default="hosts",
                                max_length=10,
                            ),
                        ),
                        ("shows_amounts", models.BooleanField(default=False)),
                        (
                            "agreed_to",
                            models.CharField(help_text="the version of the words", max_length=20),
                        ),
                        ("created_at", models.DateTimeField()),
                        (
                            "confirmed_at",
                            models.DateTimeField(
                                blank=True, help_text="when the address was proved", null=True
                            ),
                        ),
                        ("paused_at", models.DateTimeField(blank=True, null=True)),
                        ("left_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="funding_here",
                                to="people.person",
                            ),
                        ),
                        (
                            "territory",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="funders",
                                to="territories.territory",
                            ),
                        ),
                        ("themes", models.ManyToManyField(blank=True, to="territories.theme")),
                    ],
                    options={
                        "ordering": ["created_at", "id"],
                        "indexes": [
                            models.Index(fields=["territory", "left_at"], name="funder_list")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("left_at", None)),
                                fields=("territory", "person"),
                                name="funder_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("least", None),
                                    ("most", None),
                                    ("least__lte", models.F("most")),
                                    _connector="OR",
                                ),
                                name="funder_range",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PrivateRoom",
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
                        ("words", models.TextField(blank=True)),
                        (
                            "sum_shown",
                            models.CharField(
                                choices=[
                                    ("room", "nothing"),
                                    ("share", "about how much is found"),
                                    ("total", "the sum"),
                                ],
                                default="room",
                                max_length=10,
                            ),
                        ),
                        ("opened_at", models.DateTimeField()),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "project",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="private_room",
                                to="projects.project",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-opened_at", "-id"],
                    },
                ),
                migrations.CreateModel(
                    name="Pledge",
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
                            "form",
                            models.CharField(
                                choices=[
                                    ("gift", "a gift"),
                                    ("loan", "a loan"),
                                    ("capital", "capital"),
                                    ("guarantee", "a guarantee"),
                                    ("purchase", "a promise to buy"),
                                    ("skills", "skills and time"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "amount",
                            models.PositiveIntegerField(
                                blank=True, help_text="euros; blank: no money", null=True
                            ),
                        ),
                        (
                            "near_told",
                            models.DateField(
                                blank=True,
                                help_text="the day of which the project was told that it is near",
                                null=True,
                            ),
                        ),
                        (
                            "commitment",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="pledge",
                                to="exchanges.commitment",
                            ),
                        ),
                        (
                            "funder",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="pledges",
                                to="support.funder",
                            ),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="pledges",
                                to="support.budgetline",
                            ),
                        ),
                        (
                            "room",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="pledges",
                                to="support.privateroom",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["commitment__created_at", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("amount", None), ("amount__gte", 1), _connector="OR"
                                ),
                                name="pledge_of_something",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="KeyDate",
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
                        ("day", models.DateField()),
                        ("what", models.CharField(max_length=200)),
                        (
                            "room",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="dates",
                                to="support.privateroom",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["day", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="RoomFile",
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
                        ("title", models.CharField(max_length=160)),
                        ("file", models.CharField(max_length=200)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("pdf", "PDF"),
                                    ("jpg", "picture"),
                                    ("ods", "spreadsheet (ODS)"),
                                    ("xlsx", "spreadsheet (XLSX)"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("size", models.PositiveIntegerField(help_text="bytes")),
                        ("added_at", models.DateTimeField()),
                        (
                            "room",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="files",
                                to="support.privateroom",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["added_at", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="RoomLink",
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
                            "name",
                            models.CharField(
                                help_text="for whom it is, in the project's words", max_length=120
                            ),
                        ),
                        ("digest", models.CharField(max_length=64, unique=True)),
                        ("until", models.DateField(help_text="its last day")),
                        ("made_at", models.DateTimeField()),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "made_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="people.person",
                            ),
                        ),
                        (
                            "room",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="links",
                                to="support.privateroom",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-made_at", "-id"],
                    },
                ),
                migrations.CreateModel(
                    name="RoomOpening",
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
                        ("at", models.DateTimeField()),
                        (
                            "link",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="openings",
                                to="support.roomlink",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-at", "-id"],
                    },
                ),
                migrations.CreateModel(
                    name="StateOfPlay",
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
                            "questions",
                            models.JSONField(
                                help_text="as they were asked; blank words are the house's"
                            ),
                        ),
                        ("opened_at", models.DateTimeField()),
                        ("again_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "cohort",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="state_of_play",
                                to="support.cohort",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-opened_at", "-id"],
                    },
                ),
                migrations.CreateModel(
                    name="PlayQuestion",
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
                        ("key", models.SlugField(max_length=20)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("steps", "one step of a ladder"),
                                    ("several", "several of a list"),
                                    ("number", "a number"),
                                    ("text", "a few sentences"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("place", models.PositiveSmallIntegerField()),
                        (
                            "name",
                            models.CharField(
                                blank=True, help_text="short, for tables", max_length=40
                            ),
                        ),
                        ("label", models.CharField(blank=True, max_length=200)),
                        (
                            "options",
                            models.JSONField(
                                blank=True, default=list, help_text="from least to most"
                            ),
                        ),
                        ("retired_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "territory",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="play_questions",
                                to="territories.territory",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["place", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("territory", "key"), name="play_question_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Standing",
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
                            "moment",
                            models.CharField(
                                choices=[("opening", "at the opening"), ("end", "at the end")],
                                max_length=10,
                            ),
                        ),
                        (
                            "written",
                            models.TextField(
                                default="{}", help_text="answers by question, as JSON"
                            ),
                        ),
                        (
                            "version",
                            models.PositiveIntegerField(
                                default=0, help_text="rises with each writing"
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
                        ("saved_at", models.DateTimeField(blank=True, null=True)),
                        ("handed_in_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "recalled_at",
                            models.DateTimeField(help_text="when its leaders last heard of it"),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="standings",
                                to="projects.project",
                            ),
                        ),
                        (
                            "written_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="standings",
                                to="people.person",
                            ),
                        ),
                        (
                            "play",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="standings",
                                to="support.stateofplay",
                            ),
                        ),
                        (
                            "reminded",
                            models.PositiveSmallIntegerField(
                                default=0, help_text="days of the last reminder"
                            ),
                        ),
                        (
                            "reminded_in",
                            models.DateField(
                                blank=True,
                                help_text="the round of the week that brought it",
                                null=True,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["asked_at", "id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("handed_in_at", None)),
                                fields=["asked_at"],
                                name="standing_waiting",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("play", "project", "moment"), name="standing_once"
                            )
                        ],
                    },
                ),
            ]
        )
    ]
