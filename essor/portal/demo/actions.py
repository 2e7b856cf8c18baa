"""The example territory and its evening. Everybody in it is invented and marked so."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from essor.challenges.models import Challenge
from essor.evenings.models import (
    AccessNeed,
    Choice,
    Evening,
    Phase,
    Registration,
    RoomTable,
    Wish,
)
from essor.ledger.actions import Named, action, nothing_changed, record
from essor.ledger.models import Audience
from essor.people.actions import organisation_named
from essor.people.models import Account, Organisation, Person, Sphere
from essor.portal.demo.cast import PARTS
from essor.portal.demo.crowd import Invented, invent_crowd
from essor.portal.demo.names import ORGANISATIONS
from essor.portal.demo.words import CHALLENGES
from essor.portal.facts import lasting_id
from essor.territories.models import Role, SphereTarget, Territory, Theme

EXAMPLE = "valence-romans"
PEOPLE, FACILITATORS, TABLES, CAPACITY = 400, 44, 40, 420
VIDEO_TABLES, AT_A_DISTANCE = (41, 42), 18
SEED = 2026
RUNNING_ORDER = (
    (Phase.Kind.WELCOME, 30), (Phase.Kind.SHOWCASE, 30), (Phase.Kind.WARM_UP, 10),
    (Phase.Kind.SILENT, 8), (Phase.Kind.SHARE, 25), (Phase.Kind.CHOOSE, 10),
    (Phase.Kind.SHEET, 45), (Phase.Kind.COMMIT, 10), (Phase.Kind.SHARE_OUT, 30),
    (Phase.Kind.THANKS, 10),
)  # fmt: skip
TARGETS = {
    "citizen": 30, "social_economy": 18, "enterprise": 18, "association": 14,
    "public_body": 8, "education": 5, "employment": 4, "finance": 3,
}  # fmt: skip
EVENING_ID = lasting_id("evening", "example")


@action
def open_example(*, by: Named | None, at: datetime) -> Evening:
    """Make the example: the territory run here, its team, 23 challenges, 400 participants.

    Found as it is on the second call, except that the evening is always tonight.
    """
    territory = Territory.objects.get(slug=EXAMPLE)
    evening = Evening.objects.filter(public_id=EVENING_ID).first()
    if evening:
        return _tonight(evening, at)
    _dress(territory)
    _seat_team(territory, at)
    challenges = _challenges(territory, at)
    evening = _evening(territory, list(challenges.values()), at)
    _register(evening, challenges, at)
    record(by=by, at=at, verb="example_opened", of=evening, territory=territory,
           audience=Audience.PUBLIC, data={"people": PEOPLE})  # fmt: skip
    return evening


def tonight(at: datetime) -> tuple[datetime, datetime]:
    """From half past six to half past ten this evening; tomorrow's, past nine o'clock."""
    here = timezone.localtime(at)
    day = here.date() + timedelta(days=here.hour >= 21)
    start = timezone.make_aware(datetime.combine(day, time(18, 30)))
    return start, start + timedelta(hours=4)


def _tonight(evening: Evening, at: datetime) -> Evening:
    starts_at, ends_at = tonight(at)
    if evening.starts_at == starts_at or evening.state in {Evening.State.LIVE, Evening.State.OVER}:
        nothing_changed()
        return evening
    evening.starts_at, evening.ends_at = starts_at, ends_at
    evening.date = timezone.localtime(starts_at).date()
    evening.save(update_fields=["starts_at", "ends_at", "date"])
    record(by=None, at=at, verb="example_moved", of=evening, territory=evening.territory)
    return evening


def _dress(territory: Territory) -> None:
    territory.run_here = True
    territory.evening_name = "Soirée créative"
    territory.promise = "Notre territoire est une mine d’or."
    territory.welcome = (
        "Habitants, entreprises, associations, écoles, élus : une soirée pour imaginer ensemble "
        "les activités de demain, deux ans pour les faire naître."
    )
    territory.save(update_fields=["run_here", "evening_name", "promise", "welcome"])
    spheres = {sphere.code: sphere for sphere in Sphere.objects.all()}
    SphereTarget.objects.bulk_create(
        SphereTarget(territory=territory, sphere=spheres[code], percent=percent)
        for code, percent in TARGETS.items()
    )


def _seat_team(territory: Territory, at: datetime) -> None:
    for part in PARTS:
        account = Account.objects.create_user(part.email)
        person = Person.objects.create(
            public_id=lasting_id("part", part.code),
            account=account,
            first_name=part.first_name,
            last_name=part.last_name,
            email=part.email,
            invented=True,
            created_at=at,
        )
        if part.role:
            here = None if part.role == Role.Kind.COORDINATOR else territory
            Role.objects.create(person=person, territory=here, kind=part.role, since=at)


def _challenges(territory: Territory, at: datetime) -> dict[str, Challenge]:
    themes = {theme.code: theme for theme in Theme.objects.filter(territory=None)}
    made = {
        worded.short: Challenge.objects.create(
            public_id=lasting_id("challenge", f"example {worded.short}"),
            territory=territory,
            question=worded.question,
            short=worded.short,
            context=worded.context,
            track=worded.track,
            state=Challenge.State.OPEN,
            year=at.year,
            invented=True,
            created_at=at - timedelta(minutes=order),
        )
        for order, worded in enumerate(CHALLENGES)
    }
    for worded in CHALLENGES:
        made[worded.short].themes.set([themes[worded.theme]])
        made[worded.short].neighbours.add(*(made[near] for near in worded.near))
    return made


def _evening(territory: Territory, challenges: list[Challenge], at: datetime) -> Evening:
    starts_at, ends_at = tonight(at)
    evening = Evening.objects.create(
        public_id=EVENING_ID,
        territory=territory,
        name="Soirée créative de Romans",
        date=timezone.localtime(starts_at).date(),
        starts_at=starts_at,
        ends_at=ends_at,
        place="Salle Jean-Vilar",
        address="Place Jean-Jaurès",
        commune="Romans-sur-Isère",
        access="Gare à 10 minutes à pied. Entrée de plain-pied, boucle magnétique, garde d’enfants.",
        description="Une soirée d’exemple : les personnes, les défis et le lieu sont inventés.",
        state=Evening.State.OPEN,
        capacity=CAPACITY,
        seats_min=6,
        seats_max=12,
        remote_offered=True,
        invented=True,
        created_at=at,
    )
    evening.challenges.set(challenges)
    RoomTable.objects.bulk_create(
        RoomTable(evening=evening, number=number, accessible=number <= TABLES - 10)
        for number in range(1, TABLES + 1)
    )
    RoomTable.objects.bulk_create(
        RoomTable(
            evening=evening,
            number=number,
            remote=True,
            added=True,
            link=f"https://visio.example.org/table-{number}",
        )
        for number in VIDEO_TABLES
    )
    Phase.objects.bulk_create(
        Phase(evening=evening, kind=kind, minutes=minutes, order=order)
        for order, (kind, minutes) in enumerate(RUNNING_ORDER, 1)
    )
    return evening


def _register(evening: Evening, challenges: dict[str, Challenge], at: datetime) -> None:
    crowd = invent_crowd(PEOPLE, facilitators=FACILITATORS, seed=SEED)
    people, far = _people(crowd, at), far_away(crowd)
    registrations = Registration.objects.bulk_create(
        Registration(
            public_id=lasting_id("registration", str(number)),
            evening=evening,
            person=person,
            code=_code(number),
            state=Registration.State.REGISTERED,
            state_at=at,
            source=Registration.Source.PAGE,
            surprise=not one.choices,
            facilitator=one.facilitator,
            remote=number in far,
            age_band=one.age_band,
            registered_at=at - timedelta(hours=PEOPLE - number),
        )
        for number, (one, person) in enumerate(zip(crowd, people, strict=True))
    )
    Choice.objects.bulk_create(
        Choice(registration=registration, challenge=challenges[short], rank=rank)
        for one, registration in zip(crowd, registrations, strict=True)
        for rank, short in enumerate(one.choices, 1)
    )
    AccessNeed.objects.bulk_create(
        AccessNeed(registration=registration, accessible_table=True)
        for one, registration in zip(crowd, registrations, strict=True)
        if one.access
    )
    Wish.objects.bulk_create(
        Wish(
            registration=registration,
            kind=Wish.Kind.TOGETHER,
            name=people[one.friend].name,
            other=registrations[one.friend],
        )
        for one, registration in zip(crowd, registrations, strict=True)
        if one.friend is not None and registrations[one.friend] is not registration
    )
    for one, person in zip(crowd, people, strict=True):
        if one.hosts:
            challenges[one.hosts].hosts.add(person)


def far_away(crowd: list[Invented]) -> set[int]:
    """Who takes part from a distance: the last facilitators, and people bound to nobody in the hall."""
    befriended = {one.friend for one in crowd}
    free = [
        number
        for number, one in enumerate(crowd[:-1])
        if not (one.facilitator or one.hosts or one.access or one.friend is not None)
        and number not in befriended
    ]
    guides = range(FACILITATORS - len(VIDEO_TABLES), FACILITATORS)
    return {*guides, *free[-(AT_A_DISTANCE - len(guides)) :]}


def _people(crowd: list[Invented], at: datetime) -> list[Person]:
    spheres = {sphere.code: sphere for sphere in Sphere.objects.all()}
    organisations: dict[str, Organisation | None] = {
        name: organisation_named(name, spheres[code])
        for code, names in ORGANISATIONS.items()
        for name in names
    }
    denis = next(part for part in PARTS if part.code == "participant")
    known = Person.objects.get(public_id=lasting_id("part", denis.code))
    people = [
        Person(
            public_id=lasting_id("person", str(number)),
            first_name=one.first_name,
            last_name=one.last_name,
            email=one.email,
            sphere=spheres[one.sphere],
            organisation=organisations.get(one.organisation),
            commune=one.commune,
            commune_code=one.commune_code,
            invented=True,
            created_at=at,
        )
        for number, one in enumerate(crowd[:-1])
    ]
    known.sphere, known.commune, known.commune_code = (
        spheres["citizen"],
        "Romans-sur-Isère",
        "26281",
    )
    known.save(update_fields=["sphere", "commune", "commune_code"])
    return [*Person.objects.bulk_create(people), known]


def _code(number: int) -> str:
    """The ticket code of an invented participant: short, and the same in every demonstration."""
    return lasting_id("ticket", str(number))[:5].upper()
