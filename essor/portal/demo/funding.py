"""An invented project's private room, its partners, and funders. Nobody in it exists."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils import timezone

from essor.exchanges.actions.commitments import change_state
from essor.kit.sheets import as_xlsx
from essor.ledger.actions import Named, action, nothing_changed
from essor.people.actions import organisation_named
from essor.people.models import Person
from essor.portal.demo.leading import somebody
from essor.portal.demo.support import ago
from essor.portal.facts import lasting_id
from essor.projects.leading import leaders_of
from essor.projects.models import Project
from essor.support.actions.funders import Interests, say_interests
from essor.support.actions.pledges import Pledged, pledge
from essor.support.actions.private_rooms import LineSaid, add_file, open_room, set_date, write_line
from essor.support.actions.room_links import count_opening, make_room_link
from essor.support.models import BudgetLine, Funder, PrivateRoom, RoomFile
from essor.support.papers import Paper, store_paper
from essor.territories.models import Territory, Theme


class Said(NamedTuple):
    """A funder as the example tells it."""

    who: tuple[str, str]
    firm: str
    about: str
    forms: tuple[str, ...]
    themes: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    showing: str = "hosts"


ROOM = (
    "Le four tourne depuis cet automne deux matins par semaine ; trois boulangers le partagent et "
    "quatre communes attendent du pain. Pour passer à cinq matins, il faut un second four, trois "
    "mois de loyer d’avance et une chambre froide.\n\nCe qui serait décisif maintenant : 12 000 € "
    "pour commander le four avant l’été. Exemple inventé."
)
LINES = (
    ("Le second four", 18_000, 6_000),
    ("Trois mois de loyer", 2_400, 2_400),
    ("La chambre froide", 7_500, 0),
    ("Les deux premiers mois de salaire", 5_600, 1_000),
)
"""What for, how much, what is there already, in euros."""
DATES = ((12, "Visite du fournil, ouverte aux partenaires"), (40, "Commande du four"),
         (95, "Cinq matins par semaine"))  # fmt: skip
LINKS = (("Banque coopérative (exemple)", 80, (9, 2)), ("Fondation du Vercors (exemple)", 30, (4,)),
         ("Mairie de Peyrins (exemple)", 120, ()))  # fmt: skip
"""For whom, until in how many days, opened how many days ago."""
FUNDERS = (
    Said(("Mireille", "Gontard"), "", "J’ai vendu ma boulangerie : je connais les fours et les "
         "bailleurs.", ("loan", "skills"), ("alimentation",), ("feasibility", "incubation"),
         1_000, 8_000, "named"),
    Said(("Paul", "Achard"), "Fonds des Monts (exemple)", "Des projets que leurs habitants portent.",
         ("capital", "guarantee"), ("energie", "alimentation"), (), 5_000, 30_000, "unnamed"),
    Said(("Inès", "Charvet"), "Cuir et Compagnie (exemple)", "Premières commandes d’ateliers d’ici.",
         ("purchase",), ("industrie", "economie-circulaire"), (), None, 4_000, "named"),
    Said(("Robert", "Lantheaume"), "", "Un coup de pouce, sans paperasse.", ("gift",),
         (), ("group", "opportunity"), 100, 1_000),
)  # fmt: skip
PLEDGES = (
    (("Mireille", "Gontard"), "loan", 5_000, 0, "Prêt sur cinq ans, sans intérêt",
     "si le bail est signé", 55, ("accepted",)),
    (("Paul", "Achard"), "guarantee", 4_000, 0, "Garantie sur le reste du four", "", 80, ()),
    (("Solenne", "Bérard"), "gift", 1_500, 2, "Don", "", 30, ("accepted", "kept")),
    (("Gaspard", "Reynaud"), "purchase", 2_000, 2, "Six mois de pain pour la cantine",
     "si la chambre froide est là en mars", 100, ()),
)  # fmt: skip
"""Who, in which form, how much, for which line, in which words, on what condition, days, moved to."""


@action
def fund_example(*, territory: Territory, by: Named | None, at: datetime) -> PrivateRoom | None:
    """Funders, and the room of the shared bakehouse. Found as it is on the second call."""
    key = lasting_id("project", "example fournil")
    project = Project.objects.filter(territory=territory, public_id=key).first()
    known = PrivateRoom.objects.filter(project=project).first()
    if project is None or known is not None:
        nothing_changed()
        return known
    for said in FUNDERS:
        _funder(territory, said, at)
    leader = leaders_of(project).first()
    room = _room(project, leader.person if leader else None, at)
    for each in PLEDGES:
        _pledge(room, each, at)
    return room


def _funder(territory: Territory, said: Said, at: datetime) -> None:
    person = somebody(*said.who, ago(at, 70))
    if said.firm:
        person.organisation = organisation_named(said.firm)
        person.save(update_fields=["organisation"])
    interests = Interests(
        forms=said.forms, about=said.about, stages=said.stages, least=said.least, most=said.most,
        themes=tuple(Theme.objects.filter(territory=None, code__in=said.themes)),
        showing=said.showing, shows_amounts=said.showing == "named",
    )  # fmt: skip
    say_interests(territory=territory, who=person, said=interests, by=person, at=ago(at, 60))


def _room(project: Project, leader: Person | None, at: datetime) -> PrivateRoom:
    today = timezone.localdate(at)
    room = open_room(project=project, words=ROOM, sum_shown="share", by=leader, at=ago(at, 45))
    for label, needed, found in LINES:
        write_line(room=room, said=LineSaid(label, needed, found), by=leader, at=ago(at, 44))
    for days, what in DATES:
        set_date(room=room, day=today + timedelta(days=days), what=what, by=leader, at=ago(at, 44))
    titles = ["Poste", "Année 1", "Année 2", "Année 3"]
    data = as_xlsx(titles, [["Ventes", "38000", "61000", "74000"]], title="Trois ans")
    add_file(
        room=room, title="Budget sur trois ans", file=store_paper(Paper(RoomFile.Kind.XLSX, data)),
        kind=RoomFile.Kind.XLSX, size=len(data), by=leader, at=ago(at, 43),
    )  # fmt: skip
    for name, days, opened in LINKS:
        until = today + timedelta(days=days)
        link, _token = make_room_link(room=room, name=name, until=until, by=leader, at=ago(at, 20))
        for each in opened:
            count_opening(room_link=link, by=None, at=ago(at, each))
    return room


def _pledge(
    room: PrivateRoom,
    each: tuple[tuple[str, str], str, int, int, str, str, int, tuple[str, ...]],
    at: datetime,
) -> None:
    who, form, amount, place, what, condition, days, moved = each
    person = somebody(*who, ago(at, 40))
    said = Pledged(
        form=form, what=what, amount=amount, condition=condition,
        until=timezone.localdate(at) + timedelta(days=days),
    )  # fmt: skip
    made, _token = pledge(
        room=room, person=person, said=said, by=person, at=ago(at, 18),
        line=BudgetLine.objects.filter(room=room).order_by("id")[place],
        funder=Funder.objects.filter(person=person, left_at=None).first(),
    )  # fmt: skip
    for state in moved:
        change_state(commitment=made.commitment, state=state, by=None, at=ago(at, 10))
