"""What the portal adds: home and desk in the header, the ribbon, work that sources tell of."""

from importlib import import_module

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from essor.challenges.nearby import tells_of
from essor.kit.navigation import TEAM, add
from essor.portal import nearby
from essor.territories.doors import HOST

if settings.DEMO:  # the example's people and words are many modules: a house does without them
    import_module("essor.portal.demo.ribbon")
add(_("Home"), "portal:home", order=0)
add(_("Today"), "portal:desk", order=0, place=TEAM, roles={HOST})
tells_of(nearby.SOLUTIONS)
tells_of(nearby.TREASURES)
