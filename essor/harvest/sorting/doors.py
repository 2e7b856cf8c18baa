"""How groups, moves and proposals are found inside a harvest; the host team alone sorts."""

from essor.harvest.models import Group, GroupingRun, Harvest
from essor.territories.doors import FACILITATOR, HOST, Opens, Rights

SORTERS = (HOST, FACILITATOR)
"""Who sorts: everybody else does not find the table."""


def find_group(rights: Rights, harvest: Harvest, key: str) -> Group | None:
    """A group of this harvest; one that was merged or taken off is still found, to say so."""
    group = (
        Group.objects.select_related("merged_into").filter(harvest=harvest, public_id=key).first()
    )
    if group is not None:
        group.harvest = harvest
    return group


def find_run(rights: Rights, harvest: Harvest, key: str) -> GroupingRun | None:
    """A proposal of groups for this harvest."""
    run = GroupingRun.objects.filter(harvest=harvest, public_id=key).first()
    if run is not None:
        run.harvest = harvest
    return run


a_group = Opens("group", find_group, inside="harvest")
a_run = Opens("grouping", find_run, inside="harvest")
