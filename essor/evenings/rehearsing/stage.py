"""The stage of a rehearsal: a territory that nobody else sees, its team, its invented evening."""

from datetime import datetime, timedelta

from django.utils import translation
from django.utils.translation import gettext as _

from essor.challenges.models import Challenge
from essor.evenings.models import Choice, Evening, Phase, Registration, RoomTable
from essor.evenings.rehearsing.invented import invent_people
from essor.evenings.rehearsing.words import CHALLENGES, FIRST_NAMES, LAST_NAME
from essor.evenings.running_order import DEFAULT
from essor.kit.ids import new_public_id, new_spoken_code
from essor.territories.models import Role, Territory

PEOPLE, HALL, FAR = 40, 5, 6
"""Invented people, tables in the hall, and people at the one table by video."""
LEFT_FOR_YOU = 4
"""Invented people whom nobody lets in: they wait at the door for the team."""
MOST_CHALLENGES = 5
TRAINED = (Role.Kind.HOST, Role.Kind.FACILITATOR, Role.Kind.DOOR)
LOOK = (
    "dynamic_name", "evening_name", "promise", "primary", "accent", "language", "country",
    "department",
)  # fmt: skip


def build_stage(evening: Evening, at: datetime) -> Territory:
    """A throw-away territory that looks like the evening's, with the same team."""
    real = evening.territory
    with translation.override(real.language):
        name = _("%(territory)s, rehearsal") % {"territory": real.name}
    stage = Territory.objects.create(
        slug=f"r-{new_public_id()}",
        name=name[:120],
        rehearsal=True,
        listed=False,
        created_at=at,
        **{field: getattr(real, field) for field in LOOK},
    )
    roles = Role.objects.filter(territory=real, kind__in=TRAINED)
    Role.objects.bulk_create(
        Role(person_id=role.person_id, territory=stage, kind=role.kind, since=at) for role in roles
    )
    return stage


def build_evening(evening: Evening, stage: Territory, minutes: int, at: datetime) -> Evening:
    """The invented evening: its challenges, room, phases in ``minutes``, and its people."""
    with translation.override(stage.language):
        practice = Evening.objects.create(
            territory=stage,
            name=(_("Rehearsal: %(evening)s") % {"evening": evening.name})[:160],
            date=at.date(),
            starts_at=at,
            ends_at=at + timedelta(minutes=minutes),
            place=_("In your own room"),
            state=Evening.State.OPEN,
            capacity=PEOPLE + 20,
            seats_min=4,
            seats_max=12,
            remote_offered=True,
            invented=True,
            created_at=at,
        )
        challenges = _challenges(evening, stage, at)
        practice.challenges.set(challenges)
        _room(practice)
        _phases(evening, practice, minutes)
        _people(practice, challenges, at)
    return practice


def _challenges(evening: Evening, stage: Territory, at: datetime) -> list[Challenge]:
    real = evening.challenges.order_by("id").values_list("short", "question")[:MOST_CHALLENGES]
    worded = list(real) or [(str(short), str(question)) for short, question in CHALLENGES]
    return [
        Challenge.objects.create(
            territory=stage,
            short=short,
            question=question,
            state=Challenge.State.OPEN,
            invented=True,
            created_at=at,
        )
        for short, question in worded
    ]


def _room(practice: Evening) -> None:
    far = HALL + 1
    RoomTable.objects.bulk_create(
        [
            *(RoomTable(evening=practice, number=n) for n in range(1, far)),
            RoomTable(
                evening=practice, number=far, remote=True, link="https://visio.example.org/essor"
            ),
        ]
    )


def _phases(evening: Evening, practice: Evening, minutes: int) -> None:
    """The evening's own running order, each time at least a minute, the longest cut first."""
    order = list(evening.phases.values_list("kind", "title", "minutes")) or [
        (kind, "", length) for kind, length in DEFAULT
    ]
    whole = sum(length for _kind, _title, length in order)
    Phase.objects.bulk_create(
        Phase(
            evening=practice,
            kind=kind,
            title=title,
            minutes=max(1, round(minutes * length / whole)),
            order=number,
        )
        for number, (kind, title, length) in enumerate(order, 1)
    )


def _people(practice: Evening, challenges: list[Challenge], at: datetime) -> None:
    """The first of each table facilitate; the last few take part from a distance."""
    codes: set[str] = set()
    while len(codes) < PEOPLE:
        codes.add(new_spoken_code())
    drawn = sorted(codes)
    people = invent_people(
        practice,
        PEOPLE,
        at,
        name=lambda n: (FIRST_NAMES[n % len(FIRST_NAMES)], str(LAST_NAME)),
        code=lambda n: drawn[n],
    )
    for n, each in enumerate(people):
        each.remote = n >= PEOPLE - FAR
        each.facilitator = n < HALL or n == PEOPLE - FAR
    Registration.objects.bulk_update(people, ["remote", "facilitator"])
    Choice.objects.bulk_create(
        Choice(registration=each, challenge=challenges[(n + rank) % len(challenges)], rank=rank)
        for n, each in enumerate(people)
        for rank in range(1, min(2, len(challenges)) + 1)
        if not each.facilitator
    )
