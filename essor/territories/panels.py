"""What this room adds to the header: the team's settings, and the tabs among them."""

from django.utils.translation import gettext_lazy as _

from essor.kit.navigation import SETTINGS, TEAM, add
from essor.territories.doors import HOST

add(_("Settings"), "territories:identity", order=90, place=TEAM, roles={HOST})
add(_("Identity"), "territories:identity", order=0, place=SETTINGS)
add(_("Themes"), "territories:themes", order=10, place=SETTINGS)
add(_("Spheres"), "territories:spheres", order=20, place=SETTINGS)
add(_("Team"), "territories:team", order=30, place=SETTINGS)
add(_("Personal data"), "territories:privacy", order=90, place=SETTINGS)
