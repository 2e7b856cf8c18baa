"""Who may do and see what in a harvest, on plain objects."""

from essor.harvest.models import Harvest, Idea

SILENT = frozenset({Harvest.State.DRAFT, Harvest.State.OPEN})


def ideas_are_public(harvest: Harvest) -> bool:
    """In the silent time everybody writes without reading the others, until sorting begins."""
    return harvest.show_ideas or harvest.state not in SILENT


def takes_ideas(harvest: Harvest) -> bool:
    """Whether ideas may be given by everybody; the team still brings in what was said before."""
    return harvest.state == Harvest.State.OPEN


def team_may_add(harvest: Harvest) -> bool:
    """Sheets of paper are typed after the harvest closed, too; once it is over, no more."""
    return harvest.state != Harvest.State.CLOSED


def is_public(idea: Idea) -> bool:
    """Whether everybody may read this idea now."""
    return idea.state == Idea.State.SHOWN and ideas_are_public(idea.harvest)
