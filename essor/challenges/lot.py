"""What a good challenge asks for: prompts for hosts while they word one.

After the charter that the Lot territory published for its evening (source named on the page);
nothing is refused for want of a tick.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SOURCE = "Start-Up de Territoire Lot"


@dataclass(frozen=True, slots=True)
class Prompt:
    """One thing to ask oneself; ``code`` is what the database keeps."""

    code: str
    question: Promise
    help: Promise


PROMPTS = (
    Prompt(
        "enterprise",
        _("Could an enterprise come out of it?"),
        _("An activity that lasts, rather than a one-off action."),
    ),
    Prompt(
        "action",
        _("Can people act on it themselves?"),
        _("Something to do with an action plan, not only an opinion to give."),
    ),
    Prompt(
        "economy",
        _("Could it live by its own means?"),
        _("An economic model of its own, not grants alone."),
    ),
    Prompt(
        "new",
        _("Is it new here?"),
        _("It does not double what exists: look at the projects of your neighbours first."),
    ),
    Prompt(
        "not_policy",
        _("Is it more than a demand to public bodies?"),
        _("If only a law or a budget can answer, it is another debate."),
    ),
    Prompt(
        "money",
        _("Is money a means here, not the aim?"),
        _("What for, for whom: that comes first."),
    ),
)
