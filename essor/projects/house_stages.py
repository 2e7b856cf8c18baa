"""The house's own stages, in words; a territory may word each of them anew, add some, drop some.

Written from what territories of the movement publish about their steps; see docs/decisions/0016.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from essor.projects.models import Project

Kind = Project.Stage


@dataclass(frozen=True, slots=True)
class HouseStage:
    """One stage: its place on the way (same place: one or the other), and its words."""

    key: str
    place: int
    why: Promise
    actions: tuple[Promise, Promise, Promise]
    helpers: Promise
    proof: Promise


HOUSE = (
    HouseStage(
        Kind.SHEET,
        1,
        _("The idea of one evening stands on paper: what, for whom, with whom."),
        (
            _("Reread the sheet with the people of the table"),
            _("Ask three people concerned whether the need is theirs"),
            _("Set a date for a first meeting"),
        ),
        _("The host team, and the facilitator of the table."),
        _("Three people who go on, and a date."),
    ),
    HouseStage(
        Kind.GROUP,
        2,
        _("A few people meet and want to know whether the idea holds."),
        (
            _("Share out who asks what to whom"),
            _("Visit somebody who already does it elsewhere"),
            _("Write down what is needed, and ask for it here"),
        ),
        _("People of the table, associations of the theme, a territory that did it."),
        _("A group that met twice, and its questions in writing."),
    ),
    HouseStage(
        Kind.OPPORTUNITY,
        3,
        _("Before money and months are spent: is there a need, a place, somebody who would pay?"),
        (
            _("Count users and customers, and hear ten of them"),
            _("Look at what exists nearby, and why it stopped elsewhere"),
            _("Present two pages to the committee: go, no, or sleep"),
        ),
        _("Entrepreneurs of the committee, a student of a school nearby, the town hall."),
        _("A study of a few pages, and a yes from the committee."),
    ),
    HouseStage(
        Kind.FEASIBILITY,
        4,
        _("Who carries it, where, with which money: the project becomes an enterprise on paper."),
        (
            _("Find who will carry it, and who hosts the contract meanwhile"),
            _("Make a budget for three years with two hypotheses"),
            _("Try it small: one month, one street, ten customers"),
        ),
        _("Finance of solidarity, cooperatives’ unions, an organisation that hosts the contract."),
        _("A leader, a budget that balances, a trial that was told."),
    ),
    HouseStage(
        Kind.INCUBATION,
        5,
        _("The project is carried and works with real people, still in somebody’s shelter."),
        (
            _("Choose the legal form with those who will be part of it"),
            _("Sign the premises, the first orders, the first job"),
            _("Measure what it changes, with two figures"),
        ),
        _("An incubator, a mentor of the trade, the organisation that hosts the contract."),
        _("First sales or first users, and statutes that are ready."),
    ),
    HouseStage(
        Kind.LANDING,
        5,
        _("A solution that is proven elsewhere takes root here: what must change, what must not."),
        (
            _("Visit the place where it works, with two partners from here"),
            _("Write down what is adapted, and tell those who made it"),
            _("Sign the premises, the first orders, the first job"),
        ),
        _("The territory where it was born, its network, a mentor of the trade."),
        _("An agreement with those who made it, and first users here."),
    ),
    HouseStage(
        Kind.LAUNCHED,
        6,
        _("It is open: people work, buy, come."),
        (
            _("Tell the table and everybody who helped"),
            _("Follow cash every week of the first year"),
            _("Write down what others should know before doing the same"),
        ),
        _("First customers, public buyers, the press, the mentor."),
        _("A year of activity, and accounts that can be shown."),
    ),
    HouseStage(
        Kind.TAKEN_OFF,
        7,
        _("It stands alone. Now it can help others to take off."),
        (
            _("Publish it as a solution, with its costs and pitfalls"),
            _("Welcome a group from another territory"),
            _("Become a mentor here"),
        ),
        _("Those who come after you need you more than you need them."),
        _("No shelter any more: own contracts, own accounts."),
    ),
)
BY_KEY = {stage.key: stage for stage in HOUSE}
if set(BY_KEY) != set(Kind.values):
    raise TypeError("Every stage of the house has its words.")
