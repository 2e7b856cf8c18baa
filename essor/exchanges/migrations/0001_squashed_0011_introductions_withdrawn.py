"""Every table of the room as 0011_introductions_withdrawn left it; see decision 0025."""

import django.db.models.deletion
from django.db import migrations, models

import essor.kit.ids
from essor.kit.migrating import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("exchanges", "0001_initial"),
        ("exchanges", "0002_until_is_a_date"),
        ("exchanges", "0003_needs_that_add_up"),
        ("exchanges", "0004_reminded"),
        ("exchanges", "0005_introductions"),
        ("exchanges", "0006_suggestions"),
        ("exchanges", "0007_thanks"),
        ("exchanges", "0008_told"),
        ("exchanges", "0009_calls"),
        ("exchanges", "0010_reminded_in"),
        ("exchanges", "0011_introductions_withdrawn"),
    ]

    initial = True

    dependencies = [
        ("people", "0001_squashed_0002_spheres"),
        ("projects", "0001_squashed_0007_leaders_have_terms"),
        ("territories", "0001_squashed_0006_rehearsal"),
        ("treasures", "0001_squashed_0004_one_search"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Commitment",
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
                                    ("skill", "a skill"),
                                    ("resource", "a resource"),
                                    ("energy", "energy"),
                                    ("money", "a pledge of money"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("what", models.CharField(max_length=300)),
                        ("quantity", models.CharField(blank=True, max_length=120)),
                        ("condition", models.CharField(blank=True, max_length=300)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("promised", "promised"),
                                    ("accepted", "accepted"),
                                    ("kept", "kept"),
                                    ("released", "released"),
                                    ("lapsed", "lapsed"),
                                    ("thanked", "thanked"),
                                ],
                                default="promised",
                                max_length=10,
                            ),
                        ),
                        ("state_at", models.DateTimeField()),
                        (
                            "origin",
                            models.CharField(
                                blank=True, help_text="evening:<public id>", max_length=40
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="commitments",
                                to="people.person",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="commitments",
                                to="projects.project",
                            ),
                        ),
                        (
                            "territory",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="commitments",
                                to="territories.territory",
                            ),
                        ),
                        (
                            "until_said",
                            models.CharField(
                                blank=True,
                                help_text="words of before there was a date",
                                max_length=80,
                            ),
                        ),
                        ("until", models.DateField(blank=True, null=True)),
                        (
                            "units",
                            models.PositiveIntegerField(
                                default=0, help_text="of the need, where it answers one"
                            ),
                        ),
                        (
                            "need",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="commitments",
                                to="exchanges.need",
                            ),
                        ),
                        (
                            "reminded",
                            models.PositiveSmallIntegerField(
                                default=0, help_text="days of the last reminder since it moved"
                            ),
                        ),
                        (
                            "due_told",
                            models.DateField(
                                blank=True,
                                help_text="the day that the person was told is near",
                                null=True,
                            ),
                        ),
                        ("call_again_on", models.DateField(blank=True, null=True)),
                        (
                            "called_on",
                            models.DateField(
                                blank=True, help_text="the team's latest call", null=True
                            ),
                        ),
                        (
                            "reminded_in",
                            models.DateField(
                                blank=True,
                                help_text="the week's round that brought the last reminder",
                                null=True,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-created_at", "-id"],
                        "indexes": [
                            models.Index(
                                fields=["territory", "state", "-created_at"], name="commitment_desk"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Need",
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
                                    ("skill", "skill"),
                                    ("people", "people"),
                                    ("premises", "premises"),
                                    ("equipment", "equipment"),
                                    ("material", "material"),
                                    ("money", "money"),
                                    ("partner", "partner"),
                                    ("customers", "first customers"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("title", models.CharField(max_length=160)),
                        ("details", models.TextField(blank=True)),
                        (
                            "quantity",
                            models.PositiveIntegerField(
                                blank=True, help_text="blank: as much as there is", null=True
                            ),
                        ),
                        ("unit", models.CharField(blank=True, max_length=40)),
                        ("place", models.CharField(blank=True, max_length=120)),
                        ("until", models.DateField(blank=True, null=True)),
                        ("condition", models.CharField(blank=True, max_length=300)),
                        ("held", models.PositiveIntegerField(default=0)),
                        (
                            "ending",
                            models.CharField(
                                blank=True,
                                choices=[("found", "found"), ("dropped", "no longer needed")],
                                max_length=10,
                            ),
                        ),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("created_at", models.DateTimeField()),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="needs",
                                to="projects.project",
                            ),
                        ),
                        (
                            "territory",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="needs",
                                to="territories.territory",
                            ),
                        ),
                        (
                            "written_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="needs_written",
                                to="people.person",
                            ),
                        ),
                        (
                            "matched",
                            models.CharField(
                                blank=True,
                                help_text="digest of the words that offers were compared with",
                                max_length=64,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-created_at", "-id"],
                        "indexes": [
                            models.Index(
                                fields=["territory", "kind", "-created_at"], name="need_list"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("quantity__isnull", True),
                                    ("held__lte", models.F("quantity")),
                                    _connector="OR",
                                ),
                                name="need_never_promised_twice",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("quantity__isnull", True),
                                    ("quantity__gte", 1),
                                    _connector="OR",
                                ),
                                name="need_of_something",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Introduction",
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
                        (
                            "quiet",
                            models.BooleanField(
                                default=False,
                                help_text="nobody is written to: one of the two asked this introducer not to",
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
                        (
                            "ending",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("made", "both agreed"),
                                    ("not_made", "it did not come about"),
                                    ("withdrawn", "whoever asked took it back"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "followed_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="when both were asked what came of it",
                                null=True,
                            ),
                        ),
                        (
                            "introducer",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="introductions_thought_of",
                                to="people.person",
                            ),
                        ),
                        (
                            "need",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="introductions",
                                to="exchanges.need",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="introductions",
                                to="projects.project",
                            ),
                        ),
                        (
                            "territory",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="introductions",
                                to="territories.territory",
                            ),
                        ),
                        (
                            "treasure",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="introductions",
                                to="treasures.treasure",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-asked_at", "-id"],
                        "indexes": [
                            models.Index(fields=["ending", "asked_at"], name="introduction_waits"),
                            models.Index(
                                fields=["territory", "-asked_at"], name="introduction_desk"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IntroductionSide",
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
                            "called",
                            models.CharField(
                                blank=True,
                                help_text="the name by which the introducer knows them; blank: whoever keeps the treasure",
                                max_length=120,
                            ),
                        ),
                        (
                            "invited",
                            models.BooleanField(
                                default=False,
                                help_text="came by an address that the introducer wrote",
                            ),
                        ),
                        (
                            "answer",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("yes", "yes"),
                                    ("not_now", "not now"),
                                    ("never", "never from this person"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        ("reminded_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "reach",
                            models.CharField(
                                blank=True,
                                help_text="the address or number that the other gets",
                                max_length=254,
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("met", "we met"),
                                    ("something", "something came of it"),
                                    ("nothing", "nothing came of it"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "word",
                            models.CharField(
                                blank=True, help_text="to whoever introduced them", max_length=200
                            ),
                        ),
                        ("outcome_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "introduction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sides",
                                to="exchanges.introduction",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="introductions",
                                to="people.person",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["introduction", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("introduction", "person"), name="introduction_of_two_people"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reading",
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
                        ("stamp", models.CharField(max_length=16)),
                        ("digest", models.CharField(max_length=64)),
                        ("seen_at", models.DateTimeField()),
                        ("kind", models.CharField(blank=True, max_length=20)),
                        ("latitude", models.FloatField(blank=True, null=True)),
                        ("longitude", models.FloatField(blank=True, null=True)),
                        ("until", models.DateField(blank=True, null=True)),
                        ("numbers", models.BinaryField()),
                        ("compared", models.BooleanField(default=False)),
                        (
                            "commitment",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reading",
                                to="exchanges.commitment",
                            ),
                        ),
                        (
                            "territory",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="territories.territory",
                            ),
                        ),
                        (
                            "treasure",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reading",
                                to="treasures.treasure",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "indexes": [models.Index(fields=["territory", "id"], name="reading_new")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("commitment", None), ("treasure__isnull", False)),
                                    models.Q(("commitment__isnull", False), ("treasure", None)),
                                    _connector="OR",
                                ),
                                name="reading_of_one_offer",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Suggestion",
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
                        ("score", models.FloatField(help_text="0 to 1")),
                        (
                            "reasons",
                            models.JSONField(
                                default=list,
                                help_text="codes with their values, most telling first",
                            ),
                        ),
                        ("made_at", models.DateTimeField()),
                        ("declined_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "commitment",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="suggestions",
                                to="exchanges.commitment",
                            ),
                        ),
                        (
                            "declined_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="people.person",
                            ),
                        ),
                        (
                            "need",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="suggestions",
                                to="exchanges.need",
                            ),
                        ),
                        (
                            "territory",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="territories.territory",
                            ),
                        ),
                        (
                            "treasure",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="suggestions",
                                to="treasures.treasure",
                            ),
                        ),
                        (
                            "told_at",
                            models.DateTimeField(
                                blank=True, help_text="to whoever offers it, in a digest", null=True
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["need", "-score", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("commitment", None), ("treasure__isnull", False)),
                                    models.Q(("commitment__isnull", False), ("treasure", None)),
                                    _connector="OR",
                                ),
                                name="suggestion_of_one_offer",
                            ),
                            models.UniqueConstraint(
                                fields=("need", "treasure"), name="suggestion_treasure_once"
                            ),
                            models.UniqueConstraint(
                                fields=("need", "commitment"), name="suggestion_commitment_once"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Thanks",
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
                        ("words", models.CharField(max_length=600)),
                        ("said_at", models.DateTimeField()),
                        (
                            "showing",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("named", "with my name"),
                                    ("unnamed", "without my name"),
                                    ("private", "for me alone"),
                                ],
                                help_text="blank: not answered yet",
                                max_length=10,
                            ),
                        ),
                        (
                            "name",
                            models.CharField(
                                blank=True,
                                help_text="as the giver wants to be called",
                                max_length=80,
                            ),
                        ),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "told_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="when the project's story first told of it",
                                null=True,
                            ),
                        ),
                        (
                            "commitment",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="thanks",
                                to="exchanges.commitment",
                            ),
                        ),
                        (
                            "said_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="thanks_said",
                                to="people.person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "thanks",
                        "ordering": ["-said_at", "-id"],
                    },
                ),
                migrations.CreateModel(
                    name="Call",
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
                        ("on", models.DateField()),
                        (
                            "words",
                            models.CharField(
                                help_text="what came of it, for the team alone", max_length=400
                            ),
                        ),
                        ("again_on", models.DateField(blank=True, null=True)),
                        ("at", models.DateTimeField(help_text="when it was noted")),
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
                            "commitment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="calls",
                                to="exchanges.commitment",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-on", "-id"],
                        "indexes": [models.Index(fields=["commitment", "-on"], name="call_latest")],
                    },
                ),
            ]
        )
    ]
