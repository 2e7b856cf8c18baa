"""The house's own questions of a state of play; a territory may word, drop and add its own.

Written from what is asked of projects on their way (docs/decisions/0016): who carries it, who wants
it, who pays, where, with whom. Answers are kept as places in the list of answers: a list is only
ever made longer at its end; a question that changes its meaning gets another key.
"""

from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from essor.support.models import PlayQuestion

Kind = PlayQuestion.Kind


@dataclass(frozen=True, slots=True)
class HouseQuestion:
    """One question: a short name for tables, the question itself, its answers from least to most."""

    key: str
    kind: str
    name: Promise
    label: Promise
    options: tuple[Promise, ...] = field(default=())


HOUSE = (
    HouseQuestion(
        "team", Kind.STEPS, _("Team"), _("Who carries the project today?"),
        (
            _("One person alone, or nobody yet"),
            _("Two or three, when there is time"),
            _("A small group that meets regularly"),
            _("A group in which each knows their part"),
            _("A team that would go on without its founder"),
        ),
    ),
    HouseQuestion(
        "need", Kind.STEPS, _("Need"), _("How do you know that it is needed?"),
        (
            _("We are convinced of it"),
            _("Some people around us told us so"),
            _("We asked twenty people concerned or more"),
            _("Some said: I will come, I will buy, and left their name"),
            _("They come, they buy, they ask for more"),
        ),
    ),
    HouseQuestion(
        "model", Kind.STEPS, _("Model"), _("Who will pay for what?"),
        (
            _("We have not talked about it yet"),
            _("We have an idea of it"),
            _("A first calculation is written down"),
            _("Real prices were tried on real people"),
            _("What comes in carries what goes out"),
        ),
    ),
    HouseQuestion(
        "premises", Kind.STEPS, _("Premises"), _("And where will it take place?"),
        (
            _("We do not know yet"),
            _("We know what we need"),
            _("We visit places"),
            _("A place is promised to us"),
            _("We are in it, or need none"),
        ),
    ),
    HouseQuestion(
        "money", Kind.STEPS, _("Money"), _("The money to start: where are you?"),
        (
            _("We do not know how much it takes"),
            _("We know how much it takes"),
            _("We have asked for it"),
            _("A part is promised"),
            _("It is there, or we need none"),
        ),
    ),
    HouseQuestion(
        "partners", Kind.STEPS, _("Partners"), _("Who works with you?"),
        (
            _("Nobody yet"),
            _("We are talking with one or two"),
            _("One does something with us"),
            _("Several do, each with their part"),
            _("It is signed, and holds if one leaves"),
        ),
    ),
    HouseQuestion(
        "asks", Kind.SEVERAL, _("What it asks for"), _("What would help you most in this cohort?"),
        (
            _("Law and legal form"),
            _("Accounts, prices, a business plan"),
            _("Finding customers, making it known"),
            _("Premises, equipment, works"),
            _("Money: loans, grants, shares"),
            _("Partners, town halls, networks"),
            _("The team: roles, meetings, conflicts"),
            _("Somebody of our trade"),
        ),
    ),
    HouseQuestion(
        "hope", Kind.TEXT, _("What it hopes for"),
        _("What would be different at the end of the cohort?"),
    ),
    HouseQuestion(
        "weight", Kind.TEXT, _("What weighs"), _("What weighs most on you today?")
    ),
)  # fmt: skip
BY_KEY = {each.key: each for each in HOUSE}
