"""From offers that changed and needs that changed to suggestions that are true again."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from essor.algos.matching import Match, Offers, read
from essor.exchanges.actions.suggestions import Found, keep_suggestions, unread
from essor.exchanges.matching.index import index_of, thing_of
from essor.exchanges.matching.readings import MAIN, refresh
from essor.exchanges.matching.things import digest_of, of_need, open_needs
from essor.exchanges.models import Need, Reading, Suggestion
from essor.kit import clock
from essor.territories.models import Territory

LEAST = 0.23
"""The least score worth a look: two right answers of three to five of six stand above it (bench/matching.py)."""
MANY = 50
"""Past so many changed offers each need is compared with all of them anew."""


@dataclass(frozen=True, slots=True)
class Suggested:
    """How many offers were read and how many needs were compared."""

    read: int = 0
    compared: int = 0


def suggest_in(territory: Territory) -> Suggested:
    """Make the suggestions of ``territory`` true again; nothing to do costs a few short queries.

    What a worker leaves undone the next one finds: readings say whether they were compared, needs
    with which words, suggestions lose their offer's reading.
    """
    refresh(territory)
    fresh = list(Reading.objects.filter(territory=territory, compared=False).order_by("pk"))
    lost = _lost(territory)
    needs = list(open_needs(territory).select_related("project").order_by("id"))
    for need in needs:
        need.territory = territory
    _close(territory, needs)
    told = {need.pk: digest_of(of_need(need)) for need in needs}
    new = [need for need in needs if need.matched != told[need.pk] or need.pk in lost]
    others = [need for need in needs if need not in new] if fresh else []
    if not (new or fresh or lost):
        return Suggested()
    index = index_of(territory)
    among = {thing_of(each).id for each in fresh} if len(fresh) <= MANY else None
    found = [*_found(index, new, told, None), *_found(index, others, told, among)]
    keep_suggestions(territory=territory, found=found, fresh=fresh, by=None, at=clock.now())
    return Suggested(len(fresh), len(found))


def _lost(territory: Territory) -> set[int]:
    """Needs to which something is suggested that is no offer any more."""
    lost = unread(Suggestion.objects.filter(territory=territory, declined_at=None))
    return set(lost.values_list("need", flat=True))


def _close(territory: Territory, needs: Iterable[Need]) -> None:
    """Needs that closed are compared with everything when they open again."""
    closed = Need.objects.filter(territory=territory).exclude(matched="")
    closed = closed.exclude(pk__in=[need.pk for need in needs])
    if closed.exists():
        closed.update(matched="")


def _found(
    index: Offers, needs: Iterable[Need], told: dict[int, str], among: Collection[str] | None
) -> list[Found]:
    return [Found(need, told[need.pk], tuple(answers(index, need, among)), among) for need in needs]


def answers(index: Offers, need: Need, among: Collection[str] | None = None) -> list[Match]:
    """The offers that may answer ``need``, best first, twice as many as are kept: some may be
    declined."""
    thing = of_need(need)
    reading = read([thing.text], meaning=index.meaning, main=MAIN)
    return index.find(thing, 2 * Found.KEPT, least=LEAST, reading=reading, among=among)
