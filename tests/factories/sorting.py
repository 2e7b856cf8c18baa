"""A sorting table with ideas and groups on it, made in a few lines."""

from essor.harvest.actions.sorting import open_group
from essor.harvest.models import Group, Harvest, Idea
from essor.people.models import Person
from essor.territories.models import Territory
from tests.cast import NOW

SAID = (
    "Un potager à l’école", "Réparer les vélos ensemble", "Une cantine avec les maraîchers",
    "Des jardins sur les toits", "Un atelier de couture au marché", "Louer des outils entre voisins",
    "Un bus le dimanche soir", "Cuisiner les invendus", "Un café pour les aînés",
    "Des pistes cyclables jusqu’au lycée",
)  # fmt: skip


def make_sorting(territory: Territory, *, ideas: int = 6, **fields: object) -> Harvest:
    """A harvest being sorted; its ideas are said to be number 1 to ``ideas``, none sorted yet."""
    fields.setdefault("title", "Récolte de l’automne")
    fields.setdefault("code", f"S{territory.pk}{Harvest.objects.count():03d}")
    harvest = Harvest.objects.create(
        territory=territory, state=Harvest.State.SORTING, created_at=NOW, **fields
    )
    Idea.objects.bulk_create(
        Idea(
            harvest=harvest, territory=territory, said_at=NOW, key=f"{n}",
            text=SAID[n] if n < len(SAID) else f"{SAID[n % len(SAID)]}, idée {n + 1}",
        )
        for n in range(ideas)
    )  # fmt: skip
    return harvest


def keys_of(harvest: Harvest) -> list[str]:
    """The public ids of the ideas, in the order in which they were said."""
    return list(harvest.ideas.order_by("id").values_list("public_id", flat=True))


def make_group(
    harvest: Harvest,
    name: str = "",
    *,
    ideas: list[str] | tuple[str, ...] = (),
    by: Person | None = None,
) -> Group:
    """A group laid on the table, with ideas (public ids) in it."""
    move = open_group(harvest=harvest, name=name, ideas=ideas, by=by, at=NOW)
    return harvest.groups.get(public_id__in=move.groups)
