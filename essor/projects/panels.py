"""This room's link in the header, what it puts on the host desk and tells of its projects."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from essor.challenges.nearby import tells_of
from essor.harvest.targets import leads_to
from essor.kit import navigation
from essor.kit.panels import Panel, register
from essor.projects import nearby
from essor.projects.queries import leaders_wanted, untitled
from essor.territories.models import Territory

SHOWN = 5


def on_host_desk(request: HttpRequest, territory: Territory) -> Panel | None:
    """Projects that look for a leader, and sheets that still need a title."""
    wanted, nameless = leaders_wanted(territory), untitled(territory)
    if not wanted.exists() and not nameless.exists():
        return None
    context = {
        "territory": territory,
        "wanted": list(wanted[:SHOWN]),
        "wanted_count": wanted.count(),
        "nameless": list(nameless[:SHOWN]),
    }
    return Panel("projects/_on_host_desk.html", context)


navigation.add(_("Projects"), "projects:board", order=40)
register("host_desk", on_host_desk, order=30)
leads_to("project", nearby.find_targets)
tells_of(nearby.TELLER)
