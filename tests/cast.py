"""The same few people and places in every test, with known rights.

Two territories: *Valence* and *Jura*. In Valence Aïcha is host, Bruno facilitator, Chloé door,
Élodie committee, Farid supporter; Denis is a participant without any role. Hugo is host of Jura
and so a stranger in Valence. Gaëlle coordinates the network.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client

from essor.challenges.models import Challenge
from essor.evenings.models import Evening, Phase, Registration, RoomTable, Seat, Table
from essor.exchanges.models import Need
from essor.harvest.models import Fate, Harvest, Idea, Source
from essor.harvest.words import key_of
from essor.people.models import Account, Person, Sphere
from essor.people.sessions import SessionStore
from essor.projects.models import LeaderCall, Leadership, Membership, Project, Sheet
from essor.support.models import BudgetLine, Cohort, Funder, Mentor, PrivateRoom, Recommendation
from essor.territories.models import Role, Territory
from essor.treasures.models import Treasure

NOW = datetime(2026, 11, 2, 18, 0, tzinfo=UTC)
TODAY = date(2026, 11, 2)


def person(first_name: str, *, email: str = "", **fields: Any) -> Person:
    """A person; with an address, also the account to sign in with."""
    account = Account.objects.create_user(email) if email else None
    fields.setdefault("created_at", NOW)
    return Person.objects.create(first_name=first_name, email=email, account=account, **fields)


def people_with_accounts(*names: str) -> dict[str, Person]:
    """Several persons as ``person`` makes them, with accounts, in three queries for all."""
    accounts = [Account(email=f"{name}@example.org") for name in names]
    for account in accounts:
        account.set_unusable_password()
    Account.objects.bulk_create(accounts)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=account, email=account.email, primary=True) for account in accounts
    )
    people = [
        Person(first_name=name.capitalize(), email=each.email, account=each, created_at=NOW)
        for name, each in zip(names, accounts, strict=True)
    ]
    return dict(zip(names, Person.objects.bulk_create(people), strict=True))


def client_of(who: Person | None, client: Client | None = None) -> Client:
    """A browser signed in as ``who`` (or nobody's)."""
    signed_in = who is not None and who.account is not None
    if client is not None:
        if signed_in:
            client.force_login(who.account)
        return client
    client = Client()
    if signed_in:  # as force_login would, at a quarter of its cost
        session = SessionStore()
        session[SESSION_KEY] = str(who.account.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = who.account.get_session_auth_hash()
        session.create()
        client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


@dataclass
class Cast:
    """Everybody and everything, made once a test."""

    valence: Territory = field(init=False)
    jura: Territory = field(init=False)
    people: dict[str, Person] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.valence = Territory.objects.create(slug="valence", name="Valence", created_at=NOW)
        self.jura = Territory.objects.create(slug="jura", name="Jura", created_at=NOW)
        roles = {
            "aicha": ("host", self.valence),
            "bruno": ("facilitator", self.valence),
            "chloe": ("door", self.valence),
            "elodie": ("committee", self.valence),
            "farid": ("supporter", self.valence),
            "hugo": ("host", self.jura),
            "gaelle": ("coordinator", None),
        }
        self.people = people_with_accounts(*roles, "denis")
        Role.objects.bulk_create(
            Role(person=self.people[name], territory=territory, kind=kind, since=NOW)
            for name, (kind, territory) in roles.items()
        )

    def __getattr__(self, name: str) -> Person:
        try:
            return self.__dict__["people"][name]
        except KeyError:
            raise AttributeError(name) from None

    def client(self, name: str | None) -> Client:
        """The browser of somebody of the cast; ``None`` for a stranger's."""
        return client_of(self.people[name] if name else None)


def make_challenge(territory: Territory, short: str = "Cantines", **fields: Any) -> Challenge:
    fields.setdefault("question", f"Comment faire vivre « {short} » ?")
    fields.setdefault("state", Challenge.State.OPEN)
    return Challenge.objects.create(territory=territory, short=short, created_at=NOW, **fields)


def make_evening(
    territory: Territory, *, challenges: int = 3, tables: int = 4, **fields: Any
) -> Evening:
    """An evening open for registration, with its challenges, room and two phases."""
    fields.setdefault("name", "Soirée de Valence")
    fields.setdefault("date", date(2026, 11, 26))
    fields.setdefault("starts_at", NOW + timedelta(days=24))
    fields.setdefault("state", Evening.State.OPEN)
    fields.setdefault("capacity", 40)
    evening = Evening.objects.create(territory=territory, created_at=NOW, **fields)
    evening.challenges.set(make_challenge(territory, f"Défi {n}") for n in range(1, challenges + 1))
    RoomTable.objects.bulk_create(
        RoomTable(evening=evening, number=n, accessible=n != tables) for n in range(1, tables + 1)
    )
    Phase.objects.create(evening=evening, kind=Phase.Kind.WELCOME, minutes=20, order=1)
    Phase.objects.create(evening=evening, kind=Phase.Kind.SHEET, minutes=45, order=2)
    return evening


def make_registration(evening: Evening, first_name: str = "Inès", **fields: Any) -> Registration:
    """Somebody registered without an account."""
    fields.setdefault("state", Registration.State.REGISTERED)
    count = evening.registrations.count() + 1
    who = person(first_name, sphere=fields.pop("sphere", None))
    return Registration.objects.create(
        evening=evening, person=who, code=f"R{count:04d}", state_at=NOW, registered_at=NOW, **fields
    )


def sphere(code: str) -> Sphere:
    return Sphere.objects.get(code=code)


def make_table(evening: Evening, number: int = 1, *, people: tuple = (), **fields: Any) -> Table:
    """An open table with the evening's first challenge; ``people`` are registrations who sit there."""
    fields.setdefault("phone_code", f"TAB{number:02d}")
    table = Table.objects.create(evening=evening, number=number, **fields)
    table.challenges.add(evening.challenges.order_by("id")[0])
    Seat.objects.bulk_create(Seat(table=table, registration=each) for each in people)
    return table


def make_project(territory: Territory, title: str = "Consigne", **fields: Any) -> Project:
    """A published project with its (empty) sheet."""
    fields.setdefault("published_at", NOW)
    project = Project.objects.create(territory=territory, title=title, created_at=NOW, **fields)
    Sheet.objects.create(project=project)
    return project


def make_call(project: Project, **fields: Any) -> LeaderCall:
    """An open call for a leader, from today on; the project says that it looks for one."""
    Project.objects.filter(pk=project.pk).update(leader_wanted=True)
    project.leader_wanted = True
    fields = {
        "why": "L’étude est faite", "asked": "Deux jours par semaine", "opens_on": TODAY, **fields
    }  # fmt: skip
    return LeaderCall.objects.create(project=project, created_at=NOW, **fields)


def make_leader(project: Project, who: Person, **fields: Any) -> Leadership:
    """``who`` leads the project today, and is of its group."""
    fields.setdefault("since", TODAY)
    Membership.objects.get_or_create(
        project=project, person=who, defaults={"part": Membership.Part.MEMBER, "since": NOW}
    )
    return Leadership.objects.create(project=project, person=who, **fields)


def make_need(project: Project, title: str = "Chaises pliantes", **fields: Any) -> Need:
    """What a project looks for: twenty chairs, where nothing else is said."""
    fields = {"kind": Need.Kind.EQUIPMENT, "quantity": 20, "unit": "chaises", **fields}
    return Need.objects.create(
        territory=project.territory, project=project, title=title, created_at=NOW, **fields
    )


def make_cohort(territory: Territory, name: str = "Promotion 2027", **fields: Any) -> Cohort:
    """A cohort of nine months that is under way on ``NOW``."""
    fields.setdefault("starts_on", NOW.date() - timedelta(days=30))
    fields.setdefault("ends_on", NOW.date() + timedelta(days=240))
    return Cohort.objects.create(territory=territory, name=name, created_at=NOW, **fields)


def make_mentor(territory: Territory, who: Person, **fields: Any) -> Mentor:
    """Somebody who agreed to be a mentor of two projects at most."""
    fields = {"offers": "Droit des coopératives", "agreed_at": NOW, **fields}
    return Mentor.objects.create(territory=territory, person=who, asked_at=NOW, **fields)


def make_recommendation(
    project: Project, what: str = "Appeler trois communes", **fields: Any
) -> Recommendation:
    """What the host team recommended to a project, which has not answered."""
    fields = {"voice": Recommendation.Voice.HOST, "created_at": NOW, **fields}
    return Recommendation.objects.create(
        territory=project.territory, project=project, what=what, **fields
    )


def make_funder(territory: Territory, who: Person, **fields: Any) -> Funder:
    """Somebody who would lend to any project, proved their address, and is seen by hosts alone."""
    themes = fields.pop("themes", ())
    fields = {"forms": ["loan"], "agreed_to": "2026-11", "confirmed_at": NOW, **fields}
    funder = Funder.objects.create(territory=territory, person=who, created_at=NOW, **fields)
    funder.themes.set(themes)
    return funder


def make_room(project: Project, **fields: Any) -> PrivateRoom:
    """An open private room of a project."""
    fields = {"words": "Un four pour trois boulangers.", "opened_at": NOW, **fields}
    return PrivateRoom.objects.create(project=project, **fields)


def make_line(room: PrivateRoom, label: str = "Le four", **fields: Any) -> BudgetLine:
    """A line of the budget: ten thousand euros, of which two thousand are there."""
    return BudgetLine.objects.create(
        room=room, label=label, **{"needed": 10_000, "found": 2_000, **fields}
    )


def make_harvest(
    territory: Territory, title: str = "Récolte de printemps", **fields: Any
) -> Harvest:
    """A harvest that takes ideas and shows them at once."""
    fields.setdefault("state", Harvest.State.OPEN)
    fields.setdefault("code", f"H{Harvest.objects.count():04d}")
    return Harvest.objects.create(territory=territory, title=title, created_at=NOW, **fields)


def make_idea(harvest: Harvest, text: str = "Un verger public", **fields: Any) -> Idea:
    """An idea with the fate that it awaits."""
    fields.setdefault("said_at", NOW)
    idea = Idea.objects.create(
        harvest=harvest, territory=harvest.territory, text=text, key=key_of(text), **fields
    )
    due_on = (NOW + timedelta(days=harvest.fate_days)).date()
    Fate.objects.create(idea=idea, due_on=due_on, decided_at=NOW)
    return idea


def make_treasure(
    territory: Territory, name: str = "Atelier de tannage", **fields: Any
) -> Treasure:
    """A treasure that everybody sees, economic where nothing else is said."""
    fields.setdefault("kind", Treasure.Kind.ECONOMIC)
    fields.setdefault("created_at", NOW)
    fields.setdefault("changed_at", NOW)
    return Treasure.objects.create(territory=territory, name=name, **fields)


def make_source(
    harvest: Harvest, label: str = "Atelier de la médiathèque", **fields: Any
) -> Source:
    """A workshop where ideas of this harvest were said."""
    return Source.objects.create(harvest=harvest, label=label, created_at=NOW, **fields)
