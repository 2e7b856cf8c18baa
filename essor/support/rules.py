"""Who may do what around a supported project: predicates on plain objects."""

from essor.projects.models import Membership


def answers_for(membership: Membership | None) -> bool:
    """Whether this part in a project lets somebody answer in its name: whoever leads it."""
    return membership is not None and membership.part == Membership.Part.LEADER
