"""How groups, moves and proposals are found inside a harvest; the host team alone sorts."""

from essor.harvest.models import Group, GroupingRun
from essor.territories.doors import FACILITATOR, HOST, Opens, found_in

SORTERS = (HOST, FACILITATOR)
"""Who sorts: everybody else does not find the table."""


a_group = Opens("group", found_in(Group, "harvest", "merged_into"), inside="harvest")
a_run = Opens("grouping", found_in(GroupingRun, "harvest"), inside="harvest")
