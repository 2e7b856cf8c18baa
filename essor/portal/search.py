"""Solutions are found by their name, what is said of them, and where they are at work."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from essor.kit.finding import Found, Told, declare
from essor.portal.models import Solution


def public() -> QuerySet[Solution]:
    """Those that stand on the network's page."""
    return Solution.objects.filter(territory__listed=True).select_related("territory")


def address_of(solution: Solution) -> str:
    """Its card on the network's page, with its sources."""
    return f"{reverse('portal:solutions')}#{solution.anchor}"


def told(solution: Solution) -> Told:
    names = [step["name"] for step in solution.steps]
    said = [solution.note, solution.spread, ", ".join(names), solution.places]
    return Told(solution.name, ". ".join(filter(None, said)), address_of(solution))


declare(
    Found(
        "solution", 8, _("Solutions"), _("solution"), public, told,
        {"solution": "public_id", "territory": "territory__public_id"},
    )
)  # fmt: skip
