"""What the portal adds: home and desk in the header, the ribbon, work that sources tell of."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from essor.challenges.nearby import tells_of
from essor.kit.navigation import TEAM, add
from essor.kit.panels import Panel, register
from essor.portal import nearby
from essor.portal.demo.cast import PARTS
from essor.portal.demo.roles import current_part
from essor.territories.doors import HOST


def demo_ribbon(request: HttpRequest, page: Any) -> Panel | None:
    if not settings.DEMO:
        return None
    now = next((part for part in PARTS if part.code == current_part(request)), None)
    return Panel("portal/demo/_ribbon.html", {"part": now})


register("shell", demo_ribbon, order=0)
add(_("Home"), "portal:home", order=0)
add(_("Today"), "portal:desk", order=0, place=TEAM, roles={HOST})
tells_of(nearby.SOLUTIONS)
tells_of(nearby.TREASURES)
