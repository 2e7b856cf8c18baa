"""Every table of the room as 0014_lists_alike left it; see decision 0025."""

import django.db.models.deletion
from django.db import migrations, models

import essor.kit.ids
from essor.kit.migrating import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("evenings", "0001_initial"),
        ("evenings", "0002_date_said"),
        ("evenings", "0003_plan_runs"),
        ("evenings", "0004_twins"),
        ("evenings", "0005_conducting"),
        ("evenings", "0006_live_hall"),
        ("evenings", "0007_pulse"),
        ("evenings", "0008_staying"),
        ("evenings", "0009_baton"),
        ("evenings", "0010_table_only"),
        ("evenings", "0011_remote"),
        ("evenings", "0012_rehearsal"),
        ("evenings", "0013_added_tables"),
        ("evenings", "0014_lists_alike"),
    ]

    initial = True

    dependencies = [
        ("challenges", "0001_squashed_0004_provenance"),
        ("people", "0001_squashed_0002_spheres"),
        ("projects", "0001_squashed_0007_leaders_have_terms"),
        ("territories", "0001_squashed_0006_rehearsal"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Evening",
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
                        ("name", models.CharField(max_length=160)),
                        ("date", models.DateField(blank=True, null=True)),
                        ("starts_at", models.DateTimeField(blank=True, null=True)),
                        ("ends_at", models.DateTimeField(blank=True, null=True)),
                        ("place", models.CharField(blank=True, max_length=160)),
                        ("address", models.CharField(blank=True, max_length=250)),
                        ("commune", models.CharField(blank=True, max_length=80)),
                        (
                            "access",
                            models.TextField(
                                blank=True, help_text="how to come, where to enter, accessibility"
                            ),
                        ),
                        ("description", models.TextField(blank=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "in preparation"),
                                    ("open", "registration open"),
                                    ("closed", "registration closed"),
                                    ("live", "under way"),
                                    ("over", "over"),
                                ],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        ("capacity", models.PositiveIntegerField(default=0)),
                        ("seats_min", models.PositiveSmallIntegerField(default=6)),
                        ("seats_max", models.PositiveSmallIntegerField(default=12)),
                        ("rounds", models.PositiveSmallIntegerField(default=1)),
                        (
                            "welcome_code",
                            models.CharField(
                                default=essor.kit.ids.new_spoken_code, max_length=8, unique=True
                            ),
                        ),
                        ("registration_closes_at", models.DateTimeField(blank=True, null=True)),
                        ("phase_started_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "scene",
                            models.CharField(
                                choices=[
                                    ("welcome", "welcome"),
                                    ("timer", "timer"),
                                    ("ideas", "ideas"),
                                    ("commitments", "commitments"),
                                    ("encounters", "encounters between spheres"),
                                    ("pitches", "share-out, table by table"),
                                    ("thanks", "thanks"),
                                ],
                                default="welcome",
                                max_length=12,
                            ),
                        ),
                        (
                            "invented",
                            models.BooleanField(
                                default=False, help_text="made up for a demonstration"
                            ),
                        ),
                        ("participants_said", models.PositiveIntegerField(blank=True, null=True)),
                        ("participants_note", models.TextField(blank=True)),
                        ("facts", models.JSONField(blank=True, default=dict)),
                        ("sources", models.JSONField(blank=True, default=list)),
                        ("created_at", models.DateTimeField()),
                        (
                            "challenges",
                            models.ManyToManyField(
                                blank=True, related_name="evenings", to="challenges.challenge"
                            ),
                        ),
                        (
                            "territory",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="evenings",
                                to="territories.territory",
                            ),
                        ),
                        (
                            "phase",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="evenings.phase",
                            ),
                        ),
                        (
                            "date_said",
                            models.CharField(
                                blank=True,
                                help_text="2019 or 2019-07 where the source tells no day",
                                max_length=10,
                            ),
                        ),
                        (
                            "mix",
                            models.JSONField(
                                blank=True,
                                default=dict,
                                help_text="weights of what the plan mixes; empty: the usual ones",
                            ),
                        ),
                        (
                            "seats_freed_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="from then on the seats of those who have not come are free",
                                null=True,
                            ),
                        ),
                        (
                            "sequence",
                            models.PositiveIntegerField(
                                default=0,
                                help_text="of the calendar file: rises when date, time or place change",
                            ),
                        ),
                        (
                            "message",
                            models.CharField(
                                blank=True, help_text="shown on the big screen", max_length=160
                            ),
                        ),
                        (
                            "minutes_added",
                            models.SmallIntegerField(default=0, help_text="to the phase under way"),
                        ),
                        ("phase_paused_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "pitching",
                            models.ForeignKey(
                                blank=True,
                                help_text="the table that tells the hall about its project",
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="evenings.table",
                            ),
                        ),
                        ("pitching_since", models.DateTimeField(blank=True, null=True)),
                        (
                            "conductor",
                            models.ForeignKey(
                                blank=True,
                                help_text="who holds the baton; another host may take it",
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="people.person",
                            ),
                        ),
                        ("conducts_since", models.DateTimeField(blank=True, null=True)),
                        (
                            "remote_offered",
                            models.BooleanField(
                                default=False,
                                help_text="people may choose to take part from a distance",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-date", "-id"],
                        "indexes": [
                            models.Index(fields=["territory", "-date"], name="evening_calendar")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("seats_max__gte", models.F("seats_min")), ("seats_min__gte", 2)
                                ),
                                name="evening_seats",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("rounds__gte", 1), ("rounds__lte", 4)),
                                name="evening_rounds",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HeadCount",
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
                        ("people", models.PositiveIntegerField()),
                        ("how", models.CharField(max_length=120)),
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
                            "evening",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="head_counts",
                                to="evenings.evening",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-at", "-id"],
                    },
                ),
                migrations.CreateModel(
                    name="ImportBatch",
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
                                    ("preview", "preview"),
                                    ("applied", "imported"),
                                    ("dropped", "dropped"),
                                ],
                                default="preview",
                                max_length=10,
                            ),
                        ),
                        ("made_at", models.DateTimeField()),
                        ("applied_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "evening",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="import_batches",
                                to="evenings.evening",
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
                    ],
                    options={
                        "ordering": ["-made_at", "-id"],
                    },
                ),
                migrations.CreateModel(
                    name="Phase",
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
                                    ("welcome", "welcome"),
                                    ("showcase", "showcase"),
                                    ("warm_up", "warm-up"),
                                    ("silent", "silent writing"),
                                    ("share", "sharing, “yes, and…”"),
                                    ("choose", "choosing"),
                                    ("sheet", "project sheet"),
                                    ("commit", "commitments"),
                                    ("share_out", "share-out"),
                                    ("thanks", "thanks"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("title", models.CharField(blank=True, max_length=80)),
                        ("minutes", models.PositiveSmallIntegerField()),
                        ("order", models.PositiveSmallIntegerField()),
                        (
                            "evening",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="phases",
                                to="evenings.evening",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["order", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="Plan",
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
                        ("document", models.JSONField()),
                        ("proof", models.JSONField(default=dict)),
                        ("cost", models.FloatField(default=0)),
                        (
                            "state",
                            models.CharField(
                                choices=[("kept", "kept"), ("published", "published")],
                                default="kept",
                                max_length=10,
                            ),
                        ),
                        ("made_at", models.DateTimeField()),
                        (
                            "evening",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="plans",
                                to="evenings.evening",
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
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="evenings.plan",
                            ),
                        ),
                        (
                            "asks",
                            models.JSONField(
                                default=dict,
                                help_text="least and most tables that hosts asked for, by challenge",
                            ),
                        ),
                        (
                            "change",
                            models.JSONField(
                                default=dict,
                                help_text="what made it from its parent: a code with its numbers and ids",
                            ),
                        ),
                        (
                            "in_hand",
                            models.BooleanField(
                                default=False, help_text="the plan that hosts now work on"
                            ),
                        ),
                        (
                            "settled",
                            models.JSONField(
                                default=list, help_text="suggestions that a host decided against"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-made_at", "-id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "published")),
                                fields=("evening",),
                                name="plan_one_published",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("in_hand", True)),
                                fields=("evening",),
                                name="plan_one_in_hand",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Question",
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
                        ("label", models.CharField(max_length=160)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("text", "short text"),
                                    ("yes_no", "yes or no"),
                                    ("one_of", "one of a list"),
                                ],
                                default="text",
                                max_length=10,
                            ),
                        ),
                        ("options", models.JSONField(blank=True, default=list)),
                        ("required", models.BooleanField(default=False)),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                        (
                            "evening",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="questions",
                                to="evenings.evening",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["order", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="Registration",
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
                            "code",
                            models.CharField(
                                help_text="short ticket code, can be read aloud", max_length=8
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("registered", "registered"),
                                    ("waiting", "on the waiting list"),
                                    ("cancelled", "cancelled"),
                                    ("twin", "sent a second time: the earlier one counts"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("state_at", models.DateTimeField()),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("page", "registration page"),
                                    ("list", "imported list"),
                                    ("door", "at the door"),
                                    ("team", "host team"),
                                ],
                                default="page",
                                max_length=8,
                            ),
                        ),
                        (
                            "surprise",
                            models.BooleanField(
                                default=False, help_text="happy with any challenge"
                            ),
                        ),
                        ("facilitator", models.BooleanField(default=False)),
                        (
                            "age_band",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("15-24", "15 to 24"),
                                    ("25-39", "25 to 39"),
                                    ("40-64", "40 to 64"),
                                    ("65+", "65 and over"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "children",
                            models.PositiveSmallIntegerField(
                                default=0, help_text="under 15, who come along with a guest badge"
                            ),
                        ),
                        (
                            "list_key",
                            models.CharField(
                                blank=True, help_text="the line of an imported list", max_length=64
                            ),
                        ),
                        ("arrived_at", models.DateTimeField(blank=True, null=True)),
                        ("registered_at", models.DateTimeField()),
                        (
                            "arrived_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="people.person",
                            ),
                        ),
                        (
                            "evening",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="registrations",
                                to="evenings.evening",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="registrations",
                                to="people.person",
                            ),
                        ),
                        (
                            "absent_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="when the door heard that this person does not come",
                                null=True,
                            ),
                        ),
                        (
                            "twin_of",
                            models.ForeignKey(
                                blank=True,
                                help_text="the registration that counts; only its holder may know of it",
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="twins",
                                to="evenings.registration",
                            ),
                        ),
                        (
                            "twin_waits",
                            models.BooleanField(
                                default=False,
                                help_text="what the twin's page says, as if it were the first",
                            ),
                        ),
                        (
                            "remote",
                            models.BooleanField(
                                default=False, help_text="takes part from a distance, by video"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["person__first_name", "person__last_name", "id"],
                        "indexes": [
                            models.Index(
                                fields=["evening", "state", "state_at"], name="registration_queue"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("evening", "code"), name="registration_code"
                            ),
                            models.UniqueConstraint(
                                fields=("evening", "person"), name="registration_once"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("list_key", ""), _negated=True),
                                fields=("evening", "list_key"),
                                name="registration_list_line",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "twin"), ("twin_of__isnull", False)),
                                    models.Q(
                                        models.Q(("state", "twin"), _negated=True),
                                        ("twin_of__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="registration_twin",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Choice",
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
                        ("rank", models.PositiveSmallIntegerField()),
                        (
                            "challenge",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="choices",
                                to="challenges.challenge",
                            ),
                        ),
                        (
                            "registration",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="choices",
                                to="evenings.registration",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["rank", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("registration", "rank"), name="choice_rank"
                            ),
                            models.UniqueConstraint(
                                fields=("registration", "challenge"), name="choice_once"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Answer",
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
                        ("value", models.CharField(max_length=500)),
                        (
                            "question",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="answers",
                                to="evenings.question",
                            ),
                        ),
                        (
                            "registration",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="answers",
                                to="evenings.registration",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["question__order", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("registration", "question"), name="answer_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AccessNeed",
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
                        ("accessible_table", models.BooleanField(default=False)),
                        ("words", models.CharField(blank=True, max_length=500)),
                        (
                            "registration",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="access_need",
                                to="evenings.registration",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="RoomTable",
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
                        ("number", models.PositiveSmallIntegerField()),
                        ("accessible", models.BooleanField(default=True)),
                        (
                            "evening",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="room_tables",
                                to="evenings.evening",
                            ),
                        ),
                        (
                            "link",
                            models.CharField(
                                blank=True,
                                help_text="where a remote table meets by video",
                                max_length=300,
                            ),
                        ),
                        (
                            "remote",
                            models.BooleanField(
                                default=False, help_text="its people take part from a distance"
                            ),
                        ),
                        (
                            "added",
                            models.BooleanField(
                                default=False,
                                help_text="made for people at a distance; goes when it is no longer remote",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("evening", "number"), name="room_table_number"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Table",
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
                        ("number", models.PositiveSmallIntegerField()),
                        ("accessible", models.BooleanField(default=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "open"), ("closed", "closed")],
                                default="open",
                                max_length=8,
                            ),
                        ),
                        (
                            "phone_code",
                            models.CharField(
                                help_text="lets the table's phone write the sheet", max_length=8
                            ),
                        ),
                        ("done_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "challenges",
                            models.ManyToManyField(
                                related_name="tables", to="challenges.challenge"
                            ),
                        ),
                        (
                            "evening",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="tables",
                                to="evenings.evening",
                            ),
                        ),
                        (
                            "project",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="table",
                                to="projects.project",
                            ),
                        ),
                        (
                            "chosen",
                            models.ForeignKey(
                                blank=True,
                                help_text="the idea that the table deepens",
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="evenings.tableidea",
                            ),
                        ),
                        (
                            "help_asked_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="the table waits for somebody of the team",
                                null=True,
                            ),
                        ),
                        (
                            "pitched_at",
                            models.DateTimeField(
                                blank=True, help_text="told the hall about it", null=True
                            ),
                        ),
                        (
                            "keeper",
                            models.ForeignKey(
                                blank=True,
                                help_text="whom the table asked to keep it together",
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="kept_tables",
                                to="people.person",
                            ),
                        ),
                        (
                            "rests_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="since when its people write to each other no more",
                                null=True,
                            ),
                        ),
                        (
                            "note",
                            models.CharField(
                                blank=True,
                                help_text="a word of the conductor to this table alone",
                                max_length=160,
                            ),
                        ),
                        ("remote", models.BooleanField(default=False, help_text="meets by video")),
                    ],
                    options={
                        "ordering": ["number", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("evening", "number"), name="table_number"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Seat",
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
                        ("round", models.PositiveSmallIntegerField(default=1)),
                        (
                            "registration",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="seats",
                                to="evenings.registration",
                            ),
                        ),
                        (
                            "table",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="seats",
                                to="evenings.table",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["round", "table__number", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("registration", "round"), name="seat_once_a_round"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TableIdea",
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
                        ("text", models.CharField(max_length=280)),
                        ("hidden", models.BooleanField(default=False)),
                        ("at", models.DateTimeField()),
                        (
                            "table",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="ideas",
                                to="evenings.table",
                            ),
                        ),
                        (
                            "silent",
                            models.BooleanField(
                                default=False, help_text="written in the silent time"
                            ),
                        ),
                        (
                            "table_only",
                            models.BooleanField(
                                default=False,
                                help_text="its writer wants it to go no further than the evening",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-at", "-id"],
                    },
                ),
                migrations.CreateModel(
                    name="Wish",
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
                                choices=[("together", "come with"), ("apart", "apart from")],
                                max_length=10,
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        (
                            "other",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="wished_by",
                                to="evenings.registration",
                            ),
                        ),
                        (
                            "registration",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="wishes",
                                to="evenings.registration",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="ColumnMapping",
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
                        ("signature", models.CharField(max_length=64)),
                        ("mapping", models.JSONField()),
                        ("used_at", models.DateTimeField()),
                        (
                            "territory",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                to="territories.territory",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("territory", "signature"), name="mapping_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Pin",
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
                        ("table_number", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("made_at", models.DateTimeField()),
                        (
                            "challenge",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="challenges.challenge",
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
                            "registration",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="pin",
                                to="evenings.registration",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("table_number__isnull", False),
                                    ("challenge__isnull", False),
                                    _connector="OR",
                                ),
                                name="pin_somewhere",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlanRun",
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
                                    ("running", "computing"),
                                    ("done", "done"),
                                    ("cancelled", "stopped"),
                                    ("refused", "no plan possible"),
                                    ("failed", "failed"),
                                ],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        ("seed", models.PositiveIntegerField(default=1)),
                        ("seconds", models.FloatField(help_text="time asked for")),
                        (
                            "steps",
                            models.PositiveBigIntegerField(default=0, help_text="steps done"),
                        ),
                        ("progress", models.FloatField(default=0, help_text="share done, 0 to 1")),
                        (
                            "change",
                            models.JSONField(
                                blank=True, default=dict, help_text="what its plan will say it is"
                            ),
                        ),
                        ("best_cost", models.FloatField(blank=True, null=True)),
                        ("asks", models.JSONField(blank=True, default=dict)),
                        ("document", models.JSONField(blank=True, null=True)),
                        ("refusals", models.JSONField(blank=True, default=list)),
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
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="people.person",
                            ),
                        ),
                        (
                            "evening",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="plan_runs",
                                to="evenings.evening",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="evenings.plan",
                            ),
                        ),
                        (
                            "start",
                            models.ForeignKey(
                                blank=True,
                                help_text="plan to improve",
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="evenings.plan",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-asked_at", "-id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["waiting", "running"])),
                                fields=("evening",),
                                name="plan_run_one_going",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Dot",
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
                            "mark",
                            models.CharField(
                                help_text="digest of the device's random name", max_length=64
                            ),
                        ),
                        (
                            "idea",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="dots",
                                to="evenings.tableidea",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("idea", "mark"), name="dot_once_a_device"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PulseMark",
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
                        ("mark", models.CharField(max_length=64, unique=True)),
                        (
                            "evening",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="pulse_marks",
                                to="evenings.evening",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["mark"],
                    },
                ),
                migrations.CreateModel(
                    name="Pulse",
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
                            "moment",
                            models.CharField(
                                choices=[("before", "before"), ("after", "after")], max_length=8
                            ),
                        ),
                        ("told", models.JSONField(default=dict)),
                        ("waiting", models.JSONField(default=dict)),
                        (
                            "evening",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="pulses",
                                to="evenings.evening",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["evening", "-moment", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("evening", "moment"), name="pulse_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TableLetter",
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
                        ("at", models.DateTimeField()),
                        (
                            "table",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="letters",
                                to="evenings.table",
                            ),
                        ),
                        (
                            "writer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="table_letters",
                                to="people.person",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-at", "-id"],
                    },
                ),
                migrations.CreateModel(
                    name="Staying",
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
                            "offers_to_keep",
                            models.BooleanField(
                                default=False,
                                help_text="would keep this table together, if the table agrees",
                            ),
                        ),
                        ("since", models.DateTimeField()),
                        ("left_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="stayings",
                                to="people.person",
                            ),
                        ),
                        (
                            "table",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="stayings",
                                to="evenings.table",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["since", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("table", "person"), name="staying_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Rehearsal",
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
                        ("minutes", models.PositiveSmallIntegerField(default=10)),
                        (
                            "yours",
                            models.PositiveSmallIntegerField(
                                default=1,
                                help_text="tables whose sheet the invented people leave to the team",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("playing", "being played"),
                                    ("ended", "played to its end"),
                                    ("stopped", "stopped"),
                                ],
                                default="playing",
                                max_length=8,
                            ),
                        ),
                        ("started_at", models.DateTimeField()),
                        (
                            "beat_at",
                            models.DateTimeField(
                                help_text="when the invented people last did something"
                            ),
                        ),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "evening",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rehearsals",
                                to="evenings.evening",
                            ),
                        ),
                        (
                            "practice",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rehearsal",
                                to="evenings.evening",
                            ),
                        ),
                        (
                            "stage",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="territories.territory",
                            ),
                        ),
                        (
                            "started_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="people.person",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-started_at", "-id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "playing")),
                                fields=("evening",),
                                name="rehearsal_one_played",
                            )
                        ],
                    },
                ),
            ]
        )
    ]
