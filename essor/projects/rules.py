"""Who may do what with a project: predicates on plain objects."""

from essor.projects.models import Membership, Project
from essor.territories.doors import Rights

PUBLIC_FLOOR = 10
"""Nothing below ten in public (docs/decisions: small numbers stay hidden)."""


def may_steer(rights: Rights) -> bool:
    """Stages, title, leader wanted: the territory's hosts."""
    return rights.is_host


def sees_the_group(rights: Rights, membership: Membership | None) -> bool:
    """The numbers of the group are for the team and for the people of the group."""
    return rights.is_team or membership is not None


def follows_the_stages(project: Project) -> bool:
    """A project known from public sources alone has no stage of ours until a host gives it one."""
    return not project.sut_link or project.stage != Project.Stage.SHEET
