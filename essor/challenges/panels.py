"""What this room adds to the header."""

from django.utils.translation import gettext_lazy as _

from essor.kit import navigation

navigation.add(_("Challenges"), "challenges:board", order=20)
