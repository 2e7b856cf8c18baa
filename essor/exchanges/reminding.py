"""When a promise comes back to whoever follows it up: by days, in the digest of the week."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime, timedelta

from django.db.models import F, Q
from django.utils import timezone

from essor.exchanges.models import Commitment
from essor.exchanges.states import LIVING, State
from essor.news.concerned import nothing_from
from essor.news.timing import due_day, next_step
from essor.people.models import Person
from essor.projects.leading import leading
from essor.territories.models import Role

STEPS = (3, 10, 30, 90)
"""Days after which a promise that waits, or a day that has come, is remembered; each once. After the
last one no mail comes any more: the hosts' desk says so."""
NEAR = timedelta(days=3)
"""So long before its day whoever promised hears of it."""
FROM_HOUR = 8
"""Nobody is written to before this hour, by the clock of the house."""


Resting = Callable[[Collection[int], date], Collection[int]]
_resting: list[Resting] = []


def rests(resting: Resting) -> None:
    """Let an upper room say which of these projects (by key) are left alone on a day."""
    _resting.append(resting)


def without_resting(commitments: Iterable[Commitment], today: date) -> list[Commitment]:
    """Those of projects that are not left alone today: what waits comes back afterwards, once."""
    commitments = list(commitments)
    projects = {each.project_id for each in commitments if each.project_id}
    alone = {key for resting in _resting for key in resting(projects, today)}
    return [each for each in commitments if each.project_id not in alone]


def counted_from(commitment: Commitment) -> date:
    """The day from which the steps count: its own last move, the day that it was promised for, or
    the team's last call (the day on which to call again)."""
    moved = timezone.localtime(commitment.state_at).date()
    called = commitment.call_again_on or commitment.called_on
    if commitment.state == State.PROMISED and called is not None:
        return max(moved, called)
    if commitment.state == State.ACCEPTED and commitment.until is not None:
        return max(moved, commitment.until)
    return moved


def step_due(commitment: Commitment, today: date) -> int:
    """The step that has come and was not remembered yet; 0 for none."""
    if commitment.state not in LIVING:
        return 0
    passed = (today - counted_from(commitment)).days
    return next_step(STEPS, passed=passed, told=commitment.reminded)


def is_near(commitment: Commitment, at: datetime) -> bool:
    """Whether a promise that was taken up has its day within ``NEAR``, by the clock of the house."""
    if commitment.state != State.ACCEPTED or commitment.until is None:
        return False
    today = timezone.localtime(at).date()
    return today <= commitment.until <= today + NEAR


def whose_day_is_near(at: datetime) -> list[Commitment]:
    """Those that nobody was told of yet; none before ``FROM_HOUR``."""
    here = timezone.localtime(at)
    if here.hour < FROM_HOUR:
        return []
    near = Commitment.objects.filter(
        state=State.ACCEPTED, until__range=(here.date(), here.date() + NEAR)
    )
    untold = near.exclude(due_told=F("until"), due_told__isnull=False)
    return list(untold.select_related("territory").order_by("until", "id"))


def perhaps_due(at: datetime) -> list[Commitment]:
    """Promises that live and have not moved for as long as the first step, or were remembered in
    the round of the week that is being written. None of a rehearsal's."""
    open_steps = Q(reminded__lt=STEPS[-1]) | Q(reminded_in=due_day(at))
    found = Commitment.objects.filter(
        open_steps,
        territory__rehearsal=False,
        state__in=LIVING,
        state_at__lt=at - timedelta(days=STEPS[0] - 1),
    )
    return list(found.select_related("territory", "project").order_by("id"))


def due_this_week(at: datetime) -> list[Commitment]:
    """Promises whose step has come and was not remembered before this week's round.

    A round that was broken off and goes on finds those that it has remembered already: of two
    hosts who follow a promise up, the second hears of it too.
    """
    today, week = timezone.localtime(at).date(), due_day(at)
    due = [each for each in perhaps_due(at) if each.reminded_in == week or step_due(each, today)]
    return without_resting(due, today)


def contacts_of(commitments: Iterable[Commitment]) -> dict[Commitment, list[Person]]:
    """Who follows each up: the one who leads its project and may sign in; else the hosts.

    Whoever hears no news, or none from there, is passed over. Three queries, however many promises
    there are.
    """
    commitments = list(commitments)
    reachable = {
        "person__erased_at": None, "person__no_news": False, "person__account__isnull": False,
    }  # fmt: skip
    leaders: dict[int | None, list[Person]] = defaultdict(list)
    leading_them = leading({c.project_id for c in commitments}).filter(**reachable)
    for each in leading_them.exclude(person__email="").order_by("since", "id"):
        if each.person is not None:
            leaders[each.project_id].append(each.person)
    hosts: dict[int | None, list[Person]] = defaultdict(list)
    for role in (
        Role.objects.filter(
            territory__in={c.territory_id for c in commitments}, kind=Role.Kind.HOST, **reachable
        )
        .exclude(person__email="")
        .select_related("person")
        .order_by("person_id")
    ):
        hosts[role.territory_id].append(role.person)
    people = [who for some in (leaders, hosts) for each in some.values() for who in each]
    silent = nothing_from({who.pk for who in people})

    def hear(people: list[Person], commitment: Commitment) -> list[Person]:
        place = commitment.territory.public_id
        return [who for who in people if (who.pk, place) not in silent]

    return {
        each: hear(leaders[each.project_id], each)[:1] or hear(hosts[each.territory_id], each)
        for each in commitments
    }
