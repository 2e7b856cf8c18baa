"""A large territory for benchmarks: 3,000 people, an evening of 1,500, 5,000 projects and ideas,
20,000 treasures, 1,000 needs.

Everybody in it is invented. Rows are written in bulk, outside of the actions: this is a load, not
a story.
"""

import random
from datetime import timedelta

from django.utils import timezone

from essor.challenges.models import Challenge
from essor.evenings.models import (
    Choice,
    Evening,
    Phase,
    Registration,
    RoomTable,
    Seat,
    Table,
    TableIdea,
)
from essor.exchanges.models import Commitment, Need
from essor.harvest.models import Harvest, Idea
from essor.kit.ids import new_public_id
from essor.ledger.models import Audience, Entry
from essor.people.models import Account, Person, Sphere
from essor.projects.models import Project, Sheet
from essor.territories.models import Role, SphereTarget, Territory, Theme
from essor.treasures.models import Treasure

PEOPLE, COMING, CHALLENGES, PROJECTS, IDEAS, COMMITMENTS = 3000, 1500, 100, 5000, 5000, 5000
TREASURES, NEEDS = 20_000, 1000
TABLES = 140


def fill() -> dict[str, str]:
    """Make it all; returns what the addresses need: slugs and public ids by name."""
    now, pick = timezone.now(), random.Random(7)
    territory = Territory.objects.create(slug="grand", name="Grand Territoire", created_at=now)
    spheres = list(Sphere.objects.all())
    SphereTarget.objects.bulk_create(
        SphereTarget(territory=territory, sphere=sphere, percent=12) for sphere in spheres
    )
    themes = [
        Theme.objects.create(territory=None, code=f"theme-{n}", name_fr=f"Thème {n}", order=n)
        for n in range(12)
    ]
    host = Person.objects.create(
        first_name="Aïcha", account=Account.objects.create_user("host@example.org"), created_at=now
    )
    Role.objects.create(person=host, territory=territory, kind=Role.Kind.HOST, since=now)
    people = Person.objects.bulk_create(
        Person(
            first_name=f"Prénom{n}", last_name=f"Nom{n % 500}", email=f"p{n}@example.org",
            sphere=pick.choice(spheres), commune=f"Commune {n % 40}", invented=True, created_at=now,
        )
        for n in range(PEOPLE)
    )  # fmt: skip
    challenges = Challenge.objects.bulk_create(
        Challenge(
            territory=territory, question=f"Comment relever le défi numéro {n} ensemble ?",
            short=f"Défi {n}", state=Challenge.State.OPEN, created_at=now - timedelta(minutes=n),
        )
        for n in range(CHALLENGES)
    )  # fmt: skip
    for challenge in challenges:
        challenge.themes.set([pick.choice(themes)])
    evening = _evening(territory, challenges, now)
    registrations = _register(evening, people[:COMING], challenges, pick, now)
    tables = _seat(evening, registrations, challenges)
    projects = _projects(territory, themes, pick, now)
    _rest(territory, tables, projects, people, pick, now)
    harvest = _harvest(territory, people, now)
    treasure = _treasures(territory, themes, pick, now)
    need = _needs(territory, projects, pick, now)
    return {
        "harvest": harvest.public_id,
        "treasure": treasure.public_id,
        "need": need.public_id,
        "territory": territory.slug,
        "evening": evening.public_id,
        "challenge": challenges[0].public_id,
        "project": projects[0].public_id,
        "registration": registrations[0].public_id,
        "table": tables[0].public_id,
        "host": "host@example.org",
    }


def _evening(territory, challenges, now) -> Evening:
    evening = Evening.objects.create(
        territory=territory, name="Grande soirée", date=now.date(), starts_at=now + timedelta(hours=4),
        ends_at=now + timedelta(hours=8), place="Grande halle", state=Evening.State.OPEN,
        capacity=2000, created_at=now,
    )  # fmt: skip
    evening.challenges.set(challenges)
    RoomTable.objects.bulk_create(RoomTable(evening=evening, number=n + 1) for n in range(TABLES))
    Phase.objects.create(evening=evening, kind=Phase.Kind.SHEET, minutes=45, order=1)
    return evening


def _register(evening, people, challenges, pick, now) -> list[Registration]:
    made = Registration.objects.bulk_create(
        Registration(
            evening=evening, person=person, code=new_public_id()[:6].upper(), state_at=now,
            state=Registration.State.REGISTERED, facilitator=n < TABLES + 5, registered_at=now,
        )
        for n, person in enumerate(people)
    )  # fmt: skip
    Choice.objects.bulk_create(
        Choice(registration=one, challenge=challenge, rank=rank)
        for one in made
        for rank, challenge in enumerate(pick.sample(challenges, 3), 1)
    )
    return made


def _seat(evening, registrations, challenges) -> list[Table]:
    tables = Table.objects.bulk_create(
        Table(evening=evening, number=n + 1, phone_code=new_public_id()[:5].upper())
        for n in range(TABLES)
    )
    for n, table in enumerate(tables):
        table.challenges.set([challenges[n % len(challenges)]])
    Seat.objects.bulk_create(
        Seat(table=tables[n % TABLES], registration=one) for n, one in enumerate(registrations)
    )
    return tables


def _projects(territory, themes, pick, now) -> list[Project]:
    projects = Project.objects.bulk_create(
        Project(
            territory=territory, title=f"Projet numéro {n}", summary="Une phrase qui dit le projet. " * 3,
            stage=pick.choice(Project.Stage.values), leader_wanted=n % 5 == 0,
            published_at=now - timedelta(hours=n), created_at=now, invented=True,
        )
        for n in range(PROJECTS)
    )  # fmt: skip
    Sheet.objects.bulk_create(
        Sheet(project=p, dream="Un rêve", proposal="Une idée") for p in projects
    )
    through = Project.themes.through
    through.objects.bulk_create(
        through(project_id=p.pk, theme_id=pick.choice(themes).pk) for p in projects
    )
    return projects


def _harvest(territory, people, now) -> Harvest:
    harvest = Harvest.objects.create(
        territory=territory,
        title="Grande récolte",
        code="GRANDE",
        state=Harvest.State.OPEN,
        created_at=now,
    )
    Idea.objects.bulk_create(
        Idea(
            territory=territory, harvest=harvest, text=f"Et si l'on partageait la chose {n} ?",
            key=f"{n:064d}", author=people[n % PEOPLE], said_at=now - timedelta(minutes=n), invented=True,
        )
        for n in range(IDEAS)
    )  # fmt: skip
    return harvest


def _treasures(territory, themes, pick, now) -> Treasure:
    made = Treasure.objects.bulk_create(
        (
            Treasure(
                territory=territory, name=f"Richesse {n}", kind=pick.choice(Treasure.Kind.values),
                use=pick.choice(Treasure.Use.values), description="Une salle, un outil, un savoir. " * 2,
                latitude=round(pick.uniform(44.2, 45.3), 4), longitude=round(pick.uniform(4.7, 5.7), 4),
                created_at=now, changed_at=now,
            )
            for n in range(TREASURES)
        ),
        batch_size=1000,
    )  # fmt: skip
    through = Treasure.themes.through
    through.objects.bulk_create(
        [through(treasure=each, theme=pick.choice(themes)) for each in made], batch_size=1000
    )
    return made[0]


def _needs(territory, projects, pick, now) -> Need:
    needs = Need.objects.bulk_create(
        Need(
            territory=territory, project=projects[n], kind=pick.choice(Need.Kind.values),
            title=f"Besoin numéro {n}", quantity=n % 9 + 1, unit="choses", created_at=now,
        )
        for n in range(NEEDS)
    )  # fmt: skip
    return needs[0]


def _rest(territory, tables, projects, people, pick, now) -> None:
    TableIdea.objects.bulk_create(
        TableIdea(table=tables[n % len(tables)], text=f"Une idée, la {n}e", at=now)
        for n in range(IDEAS)
    )
    Commitment.objects.bulk_create(
        Commitment(
            territory=territory, project=projects[n % 200], person=pick.choice(people),
            kind=pick.choice(Commitment.Kind.values), what=f"Deux heures, {n}", state_at=now,
            created_at=now - timedelta(minutes=n),
        )
        for n in range(COMMITMENTS)
    )  # fmt: skip
    Entry.objects.bulk_create(
        Entry(
            at=now - timedelta(seconds=n), verb="committed", of_type="commitment",
            of_id=new_public_id(), territory=territory.public_id, audience=Audience.PUBLIC,
        )
        for n in range(20_000)
    )  # fmt: skip
