"""Who may do what around a supported project: predicates on plain objects."""

from essor.projects.models import Membership

OTHERS = frozenset({Membership.Part.TABLE, Membership.Part.FOLLOWER})
"""Who does not answer in a project's name: its members do, and whoever leads it is one of them."""


def answers_for(membership: Membership | None) -> bool:
    """Whether this part in a project lets somebody answer in its name."""
    return membership is not None and membership.part not in OTHERS
