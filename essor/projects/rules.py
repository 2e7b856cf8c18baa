"""Who may do what with a project: predicates on plain objects."""

from essor.people.text import folded
from essor.projects.models import Membership, Project, Sheet
from essor.territories.doors import Rights

PUBLIC_FLOOR = 10
"""Nothing below ten in public (docs/decisions: small numbers stay hidden)."""


_NONE = "aucun aucune personne neant non no none nobody to be found a trouver definir voir"
NOBODY = frozenset(_NONE.split())
"""Words with which a sheet says that nobody leads yet; all of its words are among them."""


def names_nobody(sheet: Sheet) -> bool:
    """Whether what is written names nobody who would lead.

    A sheet of photographs alone says nothing that we can read: the paper may name somebody.
    """
    said = folded(sheet.leaders).split()
    return bool(sheet.filled) and all(word in NOBODY for word in said)


def may_steer(rights: Rights) -> bool:
    """Stages, title, leader wanted: the territory's hosts."""
    return rights.is_host


def sees_the_group(rights: Rights, membership: Membership | None) -> bool:
    """The numbers of the group are for the team and for the people of the group."""
    return rights.is_team or membership is not None


def follows_the_stages(project: Project) -> bool:
    """A project known from public sources alone has no stage of ours until a host gives it one."""
    return not project.sut_link or project.stage != Project.Stage.SHEET
