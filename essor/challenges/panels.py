"""What this room adds elsewhere: the header, an idea's page, a group on the sorting table."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from essor.challenges.nearby import TELLER, tells_of
from essor.challenges.provenance import challenges_fed_by, find_targets
from essor.harvest.models import Group, Idea
from essor.harvest.targets import leads_to
from essor.kit import navigation
from essor.kit.panels import Panel, register


def on_idea(request: HttpRequest, idea: Idea) -> Panel | None:
    """Which challenges it feeds, and which it fed before a merge or a split."""
    rights = request.rights  # type: ignore[attr-defined]
    feedings = challenges_fed_by(idea, for_team=rights.is_team)
    return Panel("challenges/_on_idea.html", {"feedings": feedings}) if feedings else None


def on_group(request: HttpRequest, group: Group) -> Panel | None:
    """The way from a group of ideas to its question."""
    rights = request.rights  # type: ignore[attr-defined]
    return Panel("challenges/_on_group.html", {"group": group}) if rights.is_host else None


navigation.add(_("Challenges"), "challenges:board", order=20)
leads_to("challenge", find_targets)
tells_of(TELLER)
register("idea", on_idea, order=20)
register("sorting_group", on_group, order=20)
