"""What hosts fill in about their territory; one file a noun."""

from essor.territories.forms.identity import FoundingForm, IdentityForm
from essor.territories.forms.team import InvitationForm
from essor.territories.forms.themes import SphereTargetsForm, ThemesForm

__all__ = ["FoundingForm", "IdentityForm", "InvitationForm", "SphereTargetsForm", "ThemesForm"]
