"""Who may do what around a supported project: predicates on plain objects."""

from essor.projects.models import Membership

SPEAKERS = frozenset({Membership.Part.MEMBER})
"""Who answers in a project's name: the members of its group; whoever leads it is one of them."""


def answers_for(membership: Membership | None) -> bool:
    """Whether this part in a project lets somebody answer in its name."""
    return membership is not None and membership.part in SPEAKERS
