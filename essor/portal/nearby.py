"""What public sources tell to whoever words a challenge: solutions, and treasures of the network."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy

from essor.challenges.nearby import Teller, Work, changes_of
from essor.portal.models import Solution
from essor.portal.search import address_of, public
from essor.treasures.models import Treasure


def _solutions() -> QuerySet[Solution]:
    return public().order_by("id")


def _of_solution(solution: Solution) -> Work:
    """Close by its name alone: its note tells of operators and years, which are no challenge's."""
    return Work(
        kind="solution",
        key=solution.public_id,
        title=solution.name,
        place=solution.places,
        address=address_of(solution),
        claim=gettext_lazy("solution"),
        sources=tuple(solution.sources),
        territory=solution.territory_id,
    )


def _treasures() -> QuerySet[Treasure]:
    """Those that a public source tells of: what people write down is not work on anything."""
    return (
        Treasure.objects.filter(
            way=Treasure.Way.SOURCE, state=Treasure.State.SHOWN, invented=False,
            territory__rehearsal=False,
        )
        .exclude(sources=[])
        .select_related("territory")
        .order_by("id")
    )  # fmt: skip


def _of_treasure(treasure: Treasure) -> Work:
    return Work(
        kind="treasure",
        key=treasure.public_id,
        title=treasure.name,
        place=treasure.territory.name,
        address=reverse("treasures:treasure", args=[treasure.territory.slug, treasure.public_id]),
        claim=gettext_lazy("treasure"),
        text=treasure.description,
        sources=tuple(treasure.sources),
        territory=treasure.territory_id,
    )


SOLUTIONS = Teller(
    kind="solution",
    everything=lambda: [_of_solution(each) for each in _solutions()],
    some=lambda keys: [_of_solution(each) for each in _solutions().filter(public_id__in=keys)],
    mark=lambda: changes_of("solution", Solution),
)
TREASURES = Teller(
    kind="treasure",
    everything=lambda: [_of_treasure(each) for each in _treasures()],
    some=lambda keys: [_of_treasure(each) for each in _treasures().filter(public_id__in=keys)],
    mark=lambda: changes_of("treasure", Treasure),
)
