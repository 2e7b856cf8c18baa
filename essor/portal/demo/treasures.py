"""Treasures that people of the example wrote down, confirmed and corrected, the needs that they may
answer, and the digest that tells of it. All of it is invented."""

from dataclasses import dataclass
from datetime import datetime

from essor.exchanges.actions.needs import Asked, write_need
from essor.exchanges.matching.suggesting import suggest_in
from essor.ledger.actions import Named, action, nothing_changed
from essor.ledger.models import Entry
from essor.news.actions import Waiting, begin_round, end_round, tell_each
from essor.news.concerned import concerns, tellable
from essor.news.kinds import sources
from essor.news.models import DigestRound
from essor.people.models import Person
from essor.portal.demo.exchanging import DENIS
from essor.portal.demo.leading import somebody
from essor.portal.demo.life import person_of
from essor.portal.demo.support import ago
from essor.portal.facts import lasting_id
from essor.projects.models import Project
from essor.territories.models import Territory
from essor.treasures.actions.remarks import propose_correction, take_up
from essor.treasures.actions.treasures import Said, confirm_treasure, write_down
from essor.treasures.models import Correction, Treasure

ROUND = "example"


@dataclass(frozen=True, slots=True)
class Told:
    """A treasure written down so many days ago; ``served`` is what people said it served them for."""

    name: str
    kind: str
    use: str
    words: str
    commune: str
    point: tuple[float, float]
    who: tuple[str, str]
    days: int
    served: tuple[str, ...] = ()
    quantity: str = ""


TREASURES = (
    Told("Experte-comptable à la retraite", "human", "offered",
         "Je tiens volontiers les comptes d’une association, le mercredi.", "Chabeuil",
         (44.901, 5.018), ("Paulette", "Mazet"), 210, ("Les comptes du café des aidants",)),
    Told("Tenir la caisse et les comptes d’une fête", "human", "offered",
         "Deux heures par mois, le soir ou le samedi.", "Valence", (44.933, 4.892), DENIS, 60,
         ("La fête du quartier", "Le vide-grenier de l’école")),
    Told("Hangar agricole à moitié vide", "economic", "offered",
         "Deux cents mètres carrés au sec, accès camion, libre jusqu’aux moissons.",
         "Étoile-sur-Rhône", (44.838, 4.893), ("Étienne", "Roux"), 140,
         ("Entreposer les bocaux de la consigne",), "200 m²"),
    Told("Fourgon avec chauffeur le samedi", "economic", "offered",
         "Pour livrer, déménager, collecter.", "Bourg-lès-Valence", (44.948, 4.890),
         ("Karim", "Osmani"), 95, ("Les chaises du repas partagé",)),
    Told("Machine à coudre le cuir", "economic", "offered", "Elle coud jusqu’à six millimètres.",
         "Romans-sur-Isère", (45.047, 5.049), ("Marcelle", "Jourdan"), 380,
         ("Les sacs de l’atelier",)),
    Told("Chutes de cuir propres", "economic", "waste", "Triées par couleur, en cartons.",
         "Romans-sur-Isère", (45.049, 5.055), ("Marcelle", "Jourdan"), 120, (), "40 kg par mois"),
    Told("Copeaux de peuplier", "natural", "waste", "Secs, en sacs, à venir chercher.",
         "Bourg-de-Péage", (45.031, 5.048), ("Étienne", "Roux"), 70, ("Isoler un atelier",),
         "3 m³ par mois"),
    Told("Marc de pommes", "natural", "waste", "De septembre à novembre, après la presse.",
         "Châteauneuf-sur-Isère", (45.012, 4.936), ("Josette", "Ferrand"), 45, (), "2 tonnes"),
    Told("Abricots abîmés par la grêle", "natural", "waste",
         "Bons pour la confiture, à ramasser la semaine même.", "Étoile-sur-Rhône",
         (44.829, 4.905), ("Josette", "Ferrand"), 150, ("Deux cents pots de confiture",)),
    Told("Cuisine de la salle des fêtes", "economic", "offered",
         "Aux normes, libre le lundi et le mardi.", "Saint-Marcel-lès-Valence", (44.971, 4.952),
         ("Béatrice", "Morel"), 85, ("Essayer des recettes de la légumerie",)),
    Told("Fanfare qui aime sortir", "cultural", "offered",
         "Douze musiciennes et musiciens, le week-end.", "Mours-Saint-Eusèbe", (45.067, 5.058),
         ("Samuel", "Vignon"), 33),
    Told("Four à pain du hameau", "cultural", "here", "Rallumé deux fois l’an par les voisins.",
         "Hostun", (45.050, 5.208), ("Lucie", "Brunier"), 300, ("La fournée de la Saint-Jean",)),
    Told("Source couverte du vieux lavoir", "natural", "here", "Elle n’a jamais tari.", "Hostun",
         (45.046, 5.199), ("Lucie", "Brunier"), 410),
)  # fmt: skip
NEEDS = (
    ("fournil", Asked("skill", "Quelqu’un pour tenir nos comptes",
                      "Une après-midi par mois suffit.", 1, "", "Chabeuil")),
    ("velo", Asked("premises", "Où abriter quarante vélos au sec cet hiver",
                   "", 1, "", "Bourg-lès-Valence")),
    ("legumerie", Asked("premises", "Une cuisine aux normes, un jour par semaine",
                        "Pour laver et couper les légumes des cantines.", 1, "", "Valence")),
    ("cuir", Asked("material", "Des chutes de cuir", "", None, "", "Romans-sur-Isère")),
)  # fmt: skip


@action
def enrich_example(*, territory: Territory, by: Named | None, at: datetime) -> int:
    """Write treasures and needs down as people would, and tell Denis; how many treasures."""
    if Treasure.objects.filter(territory=territory, invented=True).exists():
        nothing_changed()
        return 0
    for said in TREASURES:
        _write_down(territory, said, at)
    _correct(territory, at)
    for key, asked in NEEDS:
        project = Project.objects.get(public_id=lasting_id("project", f"example {key}"))
        write_need(project=project, asked=asked, by=person_of("host"), at=ago(at, 9))
    suggest_in(territory)
    _digest(person_of("participant"), at)
    return len(TREASURES)


def _write_down(territory: Territory, said: Told, at: datetime) -> None:
    when = ago(at, said.days)
    keeper = person_of("participant") if said.who == DENIS else somebody(*said.who, when)
    treasure = write_down(
        territory=territory,
        said=Said(
            said.name, said.kind, said.words, said.use, said.quantity, commune=said.commune,
            point=said.point, precision=Treasure.Precision.ABOUT,
        ),
        keeper=keeper, by=keeper, at=when, of_team=True, invented=True,
    )  # fmt: skip
    for number, words in enumerate(said.served, start=1):
        confirm_treasure(
            treasure=treasure, served_for=words, person=None, device=f"example {number}", by=None,
            at=ago(at, said.days // (3 * number)),
        )  # fmt: skip


def _correct(territory: Territory, at: datetime) -> None:
    """One correction that the team took up, one that waits for it."""
    for name, quantity, days in (("Copeaux de peuplier", "5 m³ par mois", 20),
                                 ("Marc de pommes", "3 tonnes", 2)):  # fmt: skip
        treasure = Treasure.objects.get(territory=territory, name=name, invented=True)
        said = propose_correction(
            treasure=treasure, reason=Correction.Reason.WRONG, words="J’en ai vu davantage.",
            changes={"quantity": quantity}, person=None, device="example", by=None,
            at=ago(at, days),
        )  # fmt: skip
        if days > 10:
            take_up(correction=said, by=person_of("host"), at=ago(at, days - 1))


def _digest(person: Person, at: datetime) -> None:
    """The week's digest of one person, as the house would write it on Tuesday."""
    if DigestRound.objects.filter(public_id=ROUND).exists():
        return
    last = Entry.objects.order_by("-id").values_list("id", flat=True).first() or 0
    round_ = begin_round(key=ROUND, after=0, upto=last, by=None, at=at)
    lines = tellable(Entry.objects.filter(at__gte=ago(at, 30)).order_by("id"))
    mine = tuple(each.line for each in concerns(lines) if each.person == person.pk)
    owed = {name: each.owed(at).get(person.pk, ()) for name, each in sources().items()}
    waiting = Waiting(person, mine, {name: keys for name, keys in owed.items() if keys}, last)
    tell_each(round=round_, waiting=[waiting], by=None, at=at)
    end_round(round=round_, by=None, at=at)
