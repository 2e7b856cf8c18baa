"""Who the demonstration lets one be: one invented person a role."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Part:
    """A role to try: its code, whose account it is, and what to try with it."""

    code: str
    first_name: str
    last_name: str
    role: str
    name: str | Promise
    invitation: str | Promise

    @property
    def email(self) -> str:
        return f"{self.code}@example.org"


PARTS = (
    Part("host", "Samira", "Vallon", "host", _("Host"),
         _("Prepare the evening, seat people, follow what comes after.")),
    Part("facilitator", "Paul", "Rochas", "facilitator", _("Facilitator"),
         _("Hold a table: its people, its ideas, its project sheet.")),
    Part("door", "Inès", "Peyrard", "door", _("Door"),
         _("Welcome people: scan, search by name, seat a walk-in.")),
    Part("participant", "Denis", "Moulin", "", _("Participant"),
         _("Look at a ticket, change a choice, promise something.")),
    Part("committee", "Odile", "Magnat", "committee", _("Committee"),
         _("Read the projects that ask for a decision.")),
    Part("supporter", "Marc", "Savoye", "supporter", _("Supporter"),
         _("See what projects need.")),
    Part("coordinator", "Nora", "Weber", "coordinator", _("Network coordinator"),
         _("See across territories, within what each opens.")),
)  # fmt: skip
