"""Every table of the room as 0007_leaders_have_terms left it; see decision 0025."""

import django.db.models.deletion
from django.db import migrations, models

import essor.kit.ids
from essor.kit.migrating import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("projects", "0001_initial"),
        ("projects", "0002_invented"),
        ("projects", "0003_sheets_settled"),
        ("projects", "0004_stages_as_data"),
        ("projects", "0005_leading"),
        ("projects", "0006_who_leads_today"),
        ("projects", "0007_leaders_have_terms"),
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
                    name="Project",
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
                        ("title", models.CharField(blank=True, max_length=200)),
                        ("summary", models.CharField(blank=True, max_length=400)),
                        (
                            "stage",
                            models.CharField(
                                default="sheet",
                                help_text="the key of a stage of its territory",
                                max_length=20,
                            ),
                        ),
                        (
                            "condition",
                            models.CharField(
                                choices=[
                                    ("awake", "under way"),
                                    ("asleep", "asleep"),
                                    ("merged", "merged"),
                                    ("stopped", "stopped"),
                                ],
                                default="awake",
                                max_length=10,
                            ),
                        ),
                        (
                            "leader_wanted",
                            models.BooleanField(
                                default=False,
                                help_text="nobody leads it, or it looks for one more (``LeaderCall``)",
                            ),
                        ),
                        (
                            "published_at",
                            models.DateTimeField(
                                blank=True, help_text="blank: a sheet being written", null=True
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(blank=True, null=True)),
                        (
                            "origin",
                            models.CharField(
                                blank=True, help_text="where it was born, in words", max_length=200
                            ),
                        ),
                        ("status_as_said", models.CharField(blank=True, max_length=200)),
                        ("legal_form", models.CharField(blank=True, max_length=200)),
                        (
                            "sut_link",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("born_at_event", "born at an evening"),
                                    ("boosted_at_event", "boosted at an evening"),
                                    ("project_group", "named among the project groups"),
                                    ("reported", "reported as tied to the dynamic"),
                                    ("descendant", "descends from a project of the dynamic"),
                                    ("host_structure", "carried by the host structure"),
                                    ("sister_method", "born of a sister method"),
                                    ("outside_solution", "a solution from elsewhere"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("sut_link_note", models.TextField(blank=True)),
                        ("milestones", models.JSONField(blank=True, default=list)),
                        ("sources", models.JSONField(blank=True, default=list)),
                        ("created_at", models.DateTimeField()),
                        (
                            "territory",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="projects",
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
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="absorbed",
                                to="projects.project",
                            ),
                        ),
                        (
                            "track",
                            models.CharField(
                                choices=[("imagine", "to imagine"), ("boost", "to boost")],
                                default="imagine",
                                max_length=10,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-published_at", "-created_at", "id"],
                        "indexes": [
                            models.Index(
                                fields=["territory", "-published_at"], name="project_board"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Membership",
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
                            "part",
                            models.CharField(
                                choices=[
                                    ("table", "was at the table"),
                                    ("follower", "follows"),
                                    ("member", "member of the group"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("since", models.DateTimeField()),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="memberships",
                                to="people.person",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="memberships",
                                to="projects.project",
                            ),
                        ),
                        (
                            "follows",
                            models.BooleanField(
                                default=True, help_text="wants to hear what becomes of it"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["since", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("project", "person"), name="membership_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Sheet",
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
                        ("dream", models.TextField(blank=True)),
                        ("proposal", models.TextField(blank=True)),
                        ("people_helped", models.TextField(blank=True)),
                        ("leaders", models.TextField(blank=True)),
                        ("partners", models.TextField(blank=True)),
                        ("resources_human", models.TextField(blank=True)),
                        ("resources_material", models.TextField(blank=True)),
                        ("resources_financial", models.TextField(blank=True)),
                        ("first_steps", models.TextField(blank=True)),
                        ("set_aside", models.TextField(blank=True)),
                        (
                            "version",
                            models.PositiveIntegerField(
                                default=0, help_text="counts savings; finds stale forms"
                            ),
                        ),
                        ("saved_at", models.DateTimeField(blank=True, null=True)),
                        ("handed_in_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "project",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sheet",
                                to="projects.project",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="SheetPhoto",
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
                        ("file", models.CharField(max_length=200)),
                        ("width", models.PositiveIntegerField()),
                        ("height", models.PositiveIntegerField()),
                        ("added_at", models.DateTimeField()),
                        (
                            "sheet",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="photos",
                                to="projects.sheet",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["added_at", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="StageChange",
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
                        ("stage", models.CharField(max_length=20)),
                        (
                            "condition",
                            models.CharField(
                                choices=[
                                    ("awake", "under way"),
                                    ("asleep", "asleep"),
                                    ("merged", "merged"),
                                    ("stopped", "stopped"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("why", models.TextField(blank=True)),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
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
                                related_name="stage_changes",
                                to="projects.project",
                            ),
                        ),
                        (
                            "into",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="projects.project",
                            ),
                        ),
                        (
                            "proof",
                            models.TextField(
                                blank=True, help_text="what shows that the project is ready for it"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-at", "-id"],
                    },
                ),
                migrations.CreateModel(
                    name="SheetVariant",
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
                        ("field", models.CharField(max_length=20)),
                        ("text", models.TextField()),
                        ("at", models.DateTimeField()),
                        ("settled_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "sheet",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="variants",
                                to="projects.sheet",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="TerritoryStage",
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
                            "like",
                            models.CharField(
                                choices=[
                                    ("sheet", "sheet"),
                                    ("group", "group"),
                                    ("opportunity", "opportunity"),
                                    ("feasibility", "feasibility"),
                                    ("incubation", "incubation"),
                                    ("landing", "landing"),
                                    ("launched", "launched"),
                                    ("taken_off", "taken off"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("place", models.PositiveSmallIntegerField()),
                        ("name", models.CharField(blank=True, max_length=40)),
                        ("why", models.CharField(blank=True, max_length=400)),
                        (
                            "actions",
                            models.JSONField(
                                blank=True, default=list, help_text="three next actions"
                            ),
                        ),
                        ("helpers", models.CharField(blank=True, max_length=400)),
                        ("proof", models.CharField(blank=True, max_length=400)),
                        ("retired_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "territory",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="stages",
                                to="territories.territory",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["place", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("territory", "key"), name="stage_once_a_territory"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LeaderCall",
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
                        ("why", models.TextField(blank=True)),
                        (
                            "asked",
                            models.TextField(
                                blank=True, help_text="what is asked, and what is offered"
                            ),
                        ),
                        ("opens_on", models.DateField()),
                        (
                            "closes_on",
                            models.DateField(
                                blank=True, help_text="the last day; blank: none said", null=True
                            ),
                        ),
                        (
                            "decided_by",
                            models.CharField(
                                blank=True, help_text="who decides, in words", max_length=200
                            ),
                        ),
                        (
                            "ending",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("found", "a leader was found"),
                                    ("dropped", "the search was ended"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("created_at", models.DateTimeField()),
                        (
                            "ended_by",
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
                                related_name="leader_calls",
                                to="projects.project",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-created_at", "-id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at", None)),
                                fields=("project",),
                                name="leader_call_one_open",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("closes_on", None),
                                    ("closes_on__gte", models.F("opens_on")),
                                    _connector="OR",
                                ),
                                name="leader_call_opens_first",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LeaderAnswer",
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
                                choices=[("me", "could carry it"), ("somebody", "knows someone")],
                                max_length=10,
                            ),
                        ),
                        ("words", models.TextField()),
                        (
                            "shows_name",
                            models.BooleanField(
                                default=False,
                                help_text="once chosen, the first name may stand on the project's page",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("new", "waits for an answer"),
                                    ("talking", "we are talking"),
                                    ("chosen", "chosen"),
                                    ("not_now", "not now"),
                                    ("withdrawn", "taken back"),
                                ],
                                default="new",
                                max_length=10,
                            ),
                        ),
                        ("state_at", models.DateTimeField()),
                        ("created_at", models.DateTimeField()),
                        (
                            "after",
                            models.ForeignKey(
                                blank=True,
                                help_text="the recommendation that led here",
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="followed_by",
                                to="projects.leaderanswer",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="leader_answers",
                                to="people.person",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="leader_answers",
                                to="projects.project",
                            ),
                        ),
                        (
                            "settled_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="people.person",
                            ),
                        ),
                        (
                            "call",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="answers",
                                to="projects.leadercall",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-created_at", "-id"],
                        "indexes": [
                            models.Index(fields=["project", "state"], name="leader_answer_desk")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Leadership",
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
                            "shows_name",
                            models.BooleanField(
                                default=False,
                                help_text="agreed that their first name stands on the public page",
                            ),
                        ),
                        ("since", models.DateField()),
                        (
                            "until",
                            models.DateField(blank=True, help_text="blank: leads today", null=True),
                        ),
                        (
                            "call",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="leaderships",
                                to="projects.leadercall",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="leaderships",
                                to="people.person",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="leaderships",
                                to="projects.project",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["since", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until", None)),
                                fields=("project", "person"),
                                name="leads_once_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until", None),
                                    ("until__gte", models.F("since")),
                                    _connector="OR",
                                ),
                                name="leads_before_leaving",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Hosting",
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
                        ("carries", models.CharField(max_length=400)),
                        ("since", models.DateField()),
                        (
                            "until",
                            models.DateField(
                                blank=True, help_text="the last day, agreed or actual", null=True
                            ),
                        ),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("what_next", models.TextField(blank=True, help_text="said when it ended")),
                        ("created_at", models.DateTimeField()),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="hostings",
                                to="projects.project",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["since", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until", None),
                                    ("until__gte", models.F("since")),
                                    _connector="OR",
                                ),
                                name="hosted_before_ending",
                            )
                        ],
                    },
                ),
            ]
        )
    ]
