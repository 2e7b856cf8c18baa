"""What this room adds elsewhere: votes under way on the challenges' and projects' pages."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from essor.choosing.models import Vote
from essor.kit import clock
from essor.kit.navigation import TEAM, add
from essor.kit.panels import Panel, register
from essor.territories.doors import HOST
from essor.territories.models import Territory


def votes_under_way(request: HttpRequest, territory: Territory) -> Panel | None:
    """The votes in which one may choose now."""
    now = clock.now()
    votes = list(
        Vote.objects.filter(
            territory=territory, state=Vote.State.OPEN, opens_at__lte=now, closes_at__gt=now
        ).order_by("closes_at", "id")[:3]
    )
    return Panel("choosing/_under_way.html", {"votes": votes}) if votes else None


register("challenge_board", votes_under_way)
add(_("Votes"), "choosing:votes", order=70, place=TEAM, roles={HOST})
