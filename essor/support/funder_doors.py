"""How funders are found inside a territory, and to whom they open."""

from essor.exchanges.actions.introductions import Party
from essor.kit import clock
from essor.projects.models import Project
from essor.support.models import Funder
from essor.support.queries.funders import FUNDER, ready
from essor.territories.doors import Opens, Rights, holder
from essor.territories.models import Territory


def find_funder(rights: Rights, territory: Territory, key: str) -> Funder | None:
    """A funder who is still there; the route's policy says who may pass."""
    found = Funder.objects.filter(territory=territory, public_id=key, left_at=None)
    funder = found.select_related("person__organisation").first()
    if funder is not None:
        funder.territory = territory
    return funder


def as_party(
    rights: Rights, territory: Territory, project: Project | None, key: str
) -> Party | None:
    """A funder as the second of an introduction: for hosts, and as far as they agreed for a group."""
    here = Funder.objects.filter(ready(clock.today()), territory=territory, left_at=None)
    funder = here.filter(public_id=key).select_related("person__organisation").first()
    if funder is None or not funder.person.email:
        return None
    if rights.is_host or funder.showing == Funder.Showing.NAMED:
        return Party(funder.person, called=funder.name)
    return Party(funder.person) if funder.showing == Funder.Showing.UNNAMED else None


is_the_funder = holder("funder", FUNDER)
a_funder = Opens("funder", find_funder)
