"""What this room adds to the header: the team's settings."""

from django.utils.translation import gettext_lazy as _

from essor.kit import navigation
from essor.territories.doors import HOST

navigation.add(_("Settings"), "territories:identity", order=90, place=navigation.TEAM, roles={HOST})
