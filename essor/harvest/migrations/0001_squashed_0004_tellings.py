"""Every table of the room as 0004_tellings left it; see decision 0025."""

import django.db.models.deletion
from django.db import migrations, models

import essor.kit.ids
from essor.kit.migrating import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("harvest", "0001_initial"),
        ("harvest", "0002_sorting_table"),
        ("harvest", "0003_gathering"),
        ("harvest", "0004_tellings"),
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
                    name="Harvest",
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
                        ("title", models.CharField(max_length=120)),
                        (
                            "question",
                            models.CharField(
                                blank=True, help_text="what people are asked", max_length=300
                            ),
                        ),
                        (
                            "charter",
                            models.TextField(
                                blank=True, help_text="how we speak to each other; blank: ours"
                            ),
                        ),
                        (
                            "code",
                            models.CharField(
                                help_text="read aloud, typed by hand", max_length=8, unique=True
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "in preparation"),
                                    ("open", "open"),
                                    ("sorting", "being sorted"),
                                    ("closed", "closed"),
                                ],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        ("starts_on", models.DateField(blank=True, null=True)),
                        ("ends_on", models.DateField(blank=True, null=True)),
                        (
                            "fate_days",
                            models.PositiveSmallIntegerField(
                                default=120,
                                help_text="days within which each idea hears what becomes of it",
                            ),
                        ),
                        (
                            "show_ideas",
                            models.BooleanField(
                                default=True,
                                help_text="ideas are public at once; off: the silent time, until sorting",
                            ),
                        ),
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
                                related_name="harvests",
                                to="territories.territory",
                            ),
                        ),
                        (
                            "look_first",
                            models.BooleanField(
                                default=False,
                                help_text="the team looks at an idea before it is public",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-created_at", "-id"],
                        "indexes": [
                            models.Index(fields=["territory", "state"], name="harvest_board")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GroupingRun",
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
                            "wanted",
                            models.PositiveSmallIntegerField(
                                blank=True, help_text="how many groups", null=True
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "waiting"),
                                    ("running", "running"),
                                    ("done", "done"),
                                    ("failed", "failed"),
                                ],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        ("summary", models.JSONField(blank=True, default=dict)),
                        ("asked_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="grouping_runs",
                                to="people.person",
                            ),
                        ),
                        (
                            "harvest",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="grouping_runs",
                                to="harvest.harvest",
                            ),
                        ),
                        (
                            "beat_at",
                            models.DateTimeField(
                                blank=True, help_text="last sign of the worker", null=True
                            ),
                        ),
                        (
                            "closed_at",
                            models.DateTimeField(
                                blank=True, help_text="everything was decided", null=True
                            ),
                        ),
                        (
                            "light",
                            models.BooleanField(default=False, help_text="sort the new ones in"),
                        ),
                        ("progress", models.FloatField(default=0, help_text="share done, 0 to 1")),
                    ],
                    options={
                        "ordering": ["-asked_at", "-id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["waiting", "running"])),
                                fields=("harvest",),
                                name="grouping_one_going",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Group",
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
                        ("name", models.CharField(blank=True, max_length=120)),
                        ("named_by_hand", models.BooleanField(default=False)),
                        (
                            "locked",
                            models.BooleanField(default=False, help_text="no proposal changes it"),
                        ),
                        (
                            "parked",
                            models.BooleanField(default=False, help_text="set aside for later"),
                        ),
                        ("order", models.PositiveIntegerField(default=0)),
                        (
                            "reasons",
                            models.JSONField(
                                blank=True, default=list, help_text="why these lie together"
                            ),
                        ),
                        (
                            "certainty",
                            models.FloatField(
                                blank=True, help_text="0 to 1, of the proposal", null=True
                            ),
                        ),
                        (
                            "version",
                            models.PositiveIntegerField(
                                default=0, help_text="counts changes; finds stale ones"
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                        (
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="absorbed",
                                to="harvest.group",
                            ),
                        ),
                        (
                            "harvest",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="groups",
                                to="harvest.harvest",
                            ),
                        ),
                        (
                            "removed",
                            models.BooleanField(default=False, help_text="taken off the table"),
                        ),
                    ],
                    options={
                        "ordering": ["order", "id"],
                        "indexes": [models.Index(fields=["harvest", "order"], name="group_board")],
                    },
                ),
                migrations.CreateModel(
                    name="Idea",
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
                        ("text", models.TextField()),
                        ("detail", models.TextField(blank=True)),
                        ("correction", models.TextField(blank=True)),
                        (
                            "key",
                            models.CharField(
                                help_text="digest of the folded text, to find twins", max_length=64
                            ),
                        ),
                        (
                            "nameless",
                            models.BooleanField(
                                default=False, help_text="given without a name on purpose"
                            ),
                        ),
                        (
                            "way",
                            models.CharField(
                                choices=[
                                    ("phone", "from a phone"),
                                    ("typed", "typed by a scout"),
                                    ("file", "from a list"),
                                    ("picture", "from a picture"),
                                    ("mail", "by mail"),
                                ],
                                default="phone",
                                max_length=10,
                            ),
                        ),
                        (
                            "origin",
                            models.CharField(
                                blank=True,
                                help_text="what it came from, so that it comes in once",
                                max_length=120,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("shown", "shown"),
                                    ("waiting", "waits for a look"),
                                    ("hidden", "hidden"),
                                    ("withdrawn", "withdrawn by its author"),
                                ],
                                default="shown",
                                max_length=10,
                            ),
                        ),
                        ("hidden_why", models.CharField(blank=True, max_length=300)),
                        (
                            "invented",
                            models.BooleanField(
                                default=False, help_text="made up for a demonstration"
                            ),
                        ),
                        ("said_at", models.DateTimeField()),
                        (
                            "author",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="ideas",
                                to="people.person",
                            ),
                        ),
                        (
                            "harvest",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="ideas",
                                to="harvest.harvest",
                            ),
                        ),
                        (
                            "territory",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="ideas",
                                to="territories.territory",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="ideas",
                                to="harvest.source",
                            ),
                        ),
                        (
                            "builds_on",
                            models.ForeignKey(
                                blank=True,
                                help_text="the idea that it answers with “yes, and”",
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="built_on_it",
                                to="harvest.idea",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-said_at", "-id"],
                        "indexes": [
                            models.Index(
                                fields=["territory", "state", "-said_at"], name="idea_board"
                            ),
                            models.Index(
                                fields=["harvest", "state", "-said_at"], name="idea_harvest"
                            ),
                            models.Index(fields=["harvest", "key"], name="idea_twins"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("origin", ""), _negated=True),
                                fields=("harvest", "origin"),
                                name="idea_comes_in_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Fate",
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
                                    ("awaited", "awaited"),
                                    ("challenge", "fed a challenge"),
                                    ("project", "became a project"),
                                    ("later", "kept for later"),
                                    ("merged", "joined another idea"),
                                    ("declined", "not this time"),
                                ],
                                default="awaited",
                                max_length=10,
                            ),
                        ),
                        ("due_on", models.DateField(blank=True, null=True)),
                        ("why", models.TextField(blank=True, help_text="in words for the author")),
                        ("target_type", models.CharField(blank=True, max_length=20)),
                        ("target_id", models.CharField(blank=True, max_length=16)),
                        ("decided_at", models.DateTimeField()),
                        ("replaced_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "told_at",
                            models.DateTimeField(
                                blank=True, help_text="when the authors were told", null=True
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="decided_fates",
                                to="people.person",
                            ),
                        ),
                        (
                            "idea",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="fates",
                                to="harvest.idea",
                            ),
                        ),
                        (
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="absorbed",
                                to="harvest.idea",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-decided_at", "-id"],
                        "indexes": [
                            models.Index(fields=["kind", "due_on"], name="fate_due"),
                            models.Index(fields=["target_type", "target_id"], name="fate_target"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("replaced_at", None)),
                                fields=("idea",),
                                name="fate_one_current",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Placing",
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
                        ("order", models.PositiveIntegerField(default=0)),
                        (
                            "by_hand",
                            models.BooleanField(default=False, help_text="somebody put it there"),
                        ),
                        ("moved_at", models.DateTimeField()),
                        (
                            "group",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="placings",
                                to="harvest.group",
                            ),
                        ),
                        (
                            "idea",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="placing",
                                to="harvest.idea",
                            ),
                        ),
                        (
                            "moved_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="moved_ideas",
                                to="people.person",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["order", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="Report",
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
                                    ("hurts", "it hurts somebody"),
                                    ("names", "it names somebody who did not ask for it"),
                                    ("advert", "it is an advertisement"),
                                    ("other", "something else"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("words", models.CharField(blank=True, max_length=500)),
                        ("device", models.CharField(blank=True, max_length=32)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "to be looked at"),
                                    ("kept", "the idea stays"),
                                    ("hidden", "the idea is hidden"),
                                    ("appealed", "appealed"),
                                ],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        ("decision", models.CharField(blank=True, max_length=500)),
                        (
                            "appeal",
                            models.CharField(
                                blank=True, help_text="the author's words", max_length=1000
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("settled_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "idea",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reports",
                                to="harvest.idea",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="idea_reports",
                                to="people.person",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-at", "-id"],
                    },
                ),
                migrations.CreateModel(
                    name="SortingMove",
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
                                    ("place", "Place"),
                                    ("open", "Open"),
                                    ("merge", "Merge"),
                                    ("name", "Name"),
                                    ("lock", "Lock"),
                                    ("unlock", "Unlock"),
                                    ("park", "Park"),
                                    ("unpark", "Unpark"),
                                    ("remove", "Remove"),
                                    ("proposal", "Proposal"),
                                    ("undo", "Undo"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("before", models.JSONField(default=dict)),
                        ("after", models.JSONField(default=dict)),
                        ("at", models.DateTimeField()),
                        ("undone_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="sorting_moves",
                                to="people.person",
                            ),
                        ),
                        (
                            "harvest",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="moves",
                                to="harvest.harvest",
                            ),
                        ),
                        (
                            "undoes",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="undoings",
                                to="harvest.sortingmove",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-id"],
                        "indexes": [models.Index(fields=["harvest", "-id"], name="move_harvest")],
                    },
                ),
                migrations.CreateModel(
                    name="Source",
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
                                    ("workshop", "workshop"),
                                    ("market", "market or street"),
                                    ("evening", "evening"),
                                    ("mail", "mail"),
                                    ("online", "online"),
                                    ("school", "school or campus"),
                                    ("other", "elsewhere"),
                                ],
                                default="workshop",
                                max_length=10,
                            ),
                        ),
                        ("label", models.CharField(max_length=120)),
                        ("place", models.CharField(blank=True, max_length=120)),
                        ("held_on", models.DateField(blank=True, null=True)),
                        ("created_at", models.DateTimeField()),
                        (
                            "gathered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="gathered_sources",
                                to="people.person",
                            ),
                        ),
                        (
                            "harvest",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sources",
                                to="harvest.harvest",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-created_at", "-id"],
                    },
                ),
                migrations.CreateModel(
                    name="Picture",
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
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "to be typed"),
                                    ("typed", "typed"),
                                    ("aside", "set aside"),
                                ],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        ("added_at", models.DateTimeField()),
                        (
                            "added_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="added_pictures",
                                to="people.person",
                            ),
                        ),
                        (
                            "harvest",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="pictures",
                                to="harvest.harvest",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="pictures",
                                to="harvest.source",
                            ),
                        ),
                        (
                            "typed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="typed_pictures",
                                to="people.person",
                            ),
                        ),
                        (
                            "typed_since",
                            models.DateTimeField(
                                blank=True,
                                help_text="when somebody took it up, so that two do not type it",
                                null=True,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["added_at", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="Support",
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
                            "device",
                            models.CharField(
                                blank=True, help_text="where nobody gave a name", max_length=32
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        (
                            "idea",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="supports",
                                to="harvest.idea",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="idea_supports",
                                to="people.person",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("person__isnull", False)),
                                fields=("idea", "person"),
                                name="support_once_a_person",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("person__isnull", True)),
                                fields=("idea", "device"),
                                name="support_once_a_device",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Hand",
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
                        ("holds", models.CharField(blank=True, max_length=16)),
                        ("seen_at", models.DateTimeField()),
                        (
                            "harvest",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="hands",
                                to="harvest.harvest",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="hands",
                                to="people.person",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["person_id", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("harvest", "person"), name="hand_once_a_person"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IdeaVector",
                    fields=[
                        (
                            "idea",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="vector",
                                serialize=False,
                                to="harvest.idea",
                            ),
                        ),
                        ("vector", models.BinaryField()),
                    ],
                    options={
                        "ordering": ["idea"],
                    },
                ),
                migrations.CreateModel(
                    name="IdeaList",
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
                            "way",
                            models.CharField(
                                choices=[
                                    ("phone", "from a phone"),
                                    ("typed", "typed by a scout"),
                                    ("file", "from a list"),
                                    ("picture", "from a picture"),
                                    ("mail", "by mail"),
                                ],
                                default="typed",
                                max_length=10,
                            ),
                        ),
                        ("filename", models.CharField(blank=True, max_length=200)),
                        (
                            "digest",
                            models.CharField(
                                help_text="of what was sent, to know it again", max_length=64
                            ),
                        ),
                        ("table", models.JSONField(default=dict)),
                        ("mapping", models.JSONField(blank=True, default=dict)),
                        ("result", models.JSONField(blank=True, default=dict)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("preview", "to be looked at"),
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
                            "harvest",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lists",
                                to="harvest.harvest",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="idea_lists",
                                to="people.person",
                            ),
                        ),
                        (
                            "picture",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="lists",
                                to="harvest.picture",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="lists",
                                to="harvest.source",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-made_at", "-id"],
                        "indexes": [
                            models.Index(fields=["harvest", "digest"], name="idea_list_again")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Telling",
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
                            "fate",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="tellings",
                                to="harvest.fate",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="fate_tellings",
                                to="people.person",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("fate", "person"), name="told_once")
                        ],
                    },
                ),
            ]
        )
    ]
