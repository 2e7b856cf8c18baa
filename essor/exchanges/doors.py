"""How commitments and needs are found inside a territory, and to whom they open."""

from typing import Any

from essor.exchanges.models import (
    Commitment,
    Introduction,
    IntroductionSide,
    Need,
    Suggestion,
)
from essor.exchanges.rules import is_of_the_group
from essor.kit.prepared import within
from essor.projects.leading import leads
from essor.projects.models import Project
from essor.projects.queries import membership_of
from essor.territories.doors import Opens, Rights, found_in, holder
from essor.territories.models import Territory

COMMITMENT = "commitment"
"""The kind of key that a browser holds for a promise it made (``Visitor.give_key``)."""

INTRODUCTION = "introduction"
"""The kind of key that a browser holds for its side of an introduction."""

_need = within(Need, "territory", "project")


holds_commitment = holder("commitment", COMMITMENT)


def find_need(rights: Rights, territory: Territory, key: str) -> Need | None:
    """A need by its public id; those of a sheet being written exist for the team alone."""
    found = _need.first(territory.pk, key)
    if found is None:
        return None
    found.territory = found.project.territory = territory
    return found if found.project.published_at or rights.is_team else None


def find_suggestion(rights: Rights, territory: Territory, key: str) -> Suggestion | None:
    """A suggestion by its public id; the route's policy says who may pass."""
    found = (
        Suggestion.objects.select_related("need__project")
        .filter(territory=territory, public_id=key)
        .first()
    )
    if found is not None:
        found.territory = found.need.territory = found.need.project.territory = territory
    return found


def of_the_group_it_helps(rights: Rights, *, suggestion: Suggestion, **others: Any) -> bool:
    """Somebody signed in who is of the group whose need it may answer. Promises to the territory
    are the hosts' alone."""
    mine = suggestion.commitment_id is None
    return mine and of_its_group(rights, need=suggestion.need)


def of_the_group(rights: Rights, *, project: Project, **others: Any) -> bool:
    """Somebody signed in who is of the project's group."""
    return is_of_the_group(membership_of(project, rights.person))


def of_its_group(rights: Rights, *, need: Need, **others: Any) -> bool:
    """Somebody signed in who is of the group whose need it is."""
    return of_the_group(rights, project=need.project)


def follows_it_up(rights: Rights, *, commitment: Commitment, **others: Any) -> bool:
    """Somebody signed in who leads the project to which it was promised."""
    return commitment.project is not None and leads(rights.person, commitment.project)


def thought_of_it(rights: Rights, *, introduction: Introduction, **others: Any) -> bool:
    """Whoever put the two in touch, signed in."""
    return rights.person is not None and rights.person.pk == introduction.introducer_id


def find_side(rights: Rights, territory: Territory, key: str) -> IntroductionSide | None:
    """One side of an introduction; it opens to its person alone, not to hosts.

    Where nobody was written to, there is nothing to open.
    """
    return (
        IntroductionSide.objects.select_related(
            "introduction__territory",
            "introduction__treasure",
            "introduction__introducer",
            "person",
        )
        .filter(introduction__territory=territory, introduction__quiet=False, public_id=key)
        .first()
    )


holds_side = holder("side", INTRODUCTION)
a_need = Opens("need", find_need)
a_suggestion = Opens("suggestion", find_suggestion)
a_commitment = Opens("commitment", found_in(Commitment, "territory", "person", "project"))
an_introduction = Opens("introduction", found_in(Introduction, "territory"))
a_side = Opens("side", find_side)
