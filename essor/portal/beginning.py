"""The way of a territory that begins: from its first settings to its first evening."""

from django.utils.translation import gettext as _

from essor.challenges.models import Challenge
from essor.evenings.models import Evening
from essor.harvest.models import Harvest
from essor.territories.models import Territory
from essor.territories.queries import FirstStep, first_steps


def way_to_the_first_evening(territory: Territory) -> list[FirstStep]:
    """Every step in the order of the work; none once an evening was made. Up to seven queries."""
    if Evening.objects.filter(territory=territory).exists():
        return []
    return [
        *first_steps(territory),
        FirstStep(
            _("Gather ideas"),
            _("Name a harvest, print its poster: ideas come from phones, workshops, mails, paper."),
            "harvest:new",
            Harvest.objects.filter(territory=territory).exists(),
        ),
        FirstStep(
            _("Word your challenges"),
            _("Questions to which a table can give an answer in one evening."),
            "challenges:new",
            Challenge.objects.filter(territory=territory).exists(),
        ),
        FirstStep(
            _("Prepare the evening"),
            _("A name and a date are enough. It then has a desk that says what comes next."),
            "evenings:new",
            False,
        ),
    ]
