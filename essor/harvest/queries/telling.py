"""Who is owed the news of which fates: authors, supporters, and those of ideas that joined."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from essor.harvest.actions.fates import WITH_TARGET
from essor.harvest.models import Fate, Idea, Support, Telling
from essor.harvest.targets import targets_of
from essor.news.concerned import nothing_from
from essor.people.models import Person

SETTLES = timedelta(hours=2)
"""A fate may be mended this long before anybody hears of it."""
A_RUN = 2_000


@dataclass(frozen=True, slots=True)
class Owed:
    """Fates to tell, by person, the earliest decision first; and fates that nobody is left to hear."""

    by_person: dict[Person, list[Fate]]
    heard: list[Fate]


def owed(at: datetime) -> Owed:
    """Seven queries and one for each kind of target, whatever the number of fates."""
    waiting = list(
        Fate.objects.filter(
            told_at=None, replaced_at=None, decided_at__lte=at - SETTLES,
            idea__state=Idea.State.SHOWN,
        )
        .exclude(kind=Fate.Kind.AWAITED)
        .select_related("idea__harvest__territory", "merged_into__harvest__territory")
        .order_by("decided_at", "id")[:A_RUN]
    )  # fmt: skip
    targets = targets_of(waiting)
    ready = [
        fate
        for fate in waiting
        if fate.kind not in WITH_TARGET or (fate.target_type, fate.target_id) in targets
    ]
    voices = _voices([fate.idea_id for fate in ready])
    told = set(Telling.objects.filter(fate__in=ready).values_list("fate_id", "person_id"))
    found: dict[int, list[Fate]] = defaultdict(list)
    heard = []
    people = _reachable({person for each in voices.values() for person in each})
    silent = nothing_from(people)
    for fate in ready:
        left = [
            person
            for person in sorted(voices[fate.idea_id])
            if person in people
            and person != fate.decided_by_id
            and (fate.pk, person) not in told
            and (person, fate.idea.harvest.territory.public_id) not in silent
        ]
        for person in left:
            found[person].append(fate)
        if not left:
            heard.append(fate)
    return Owed({people[person]: fates for person, fates in found.items()}, heard)


def _voices(ideas: Sequence[int]) -> dict[int, set[int]]:
    """Who gave each idea or stands behind it, or did so with one that joined it, however deep."""
    members = {idea: {idea} for idea in ideas}
    joined = defaultdict(set)
    pairs = Fate.objects.filter(
        replaced_at=None, kind=Fate.Kind.MERGED, merged_into__isnull=False,
        idea__harvest__ideas__in=ideas,
    ).values_list("merged_into", "idea").distinct()  # fmt: skip
    for into, idea in pairs:
        joined[into].add(idea)
    for found in members.values():
        edge = list(found)
        while edge:
            fresh = joined[edge.pop()] - found
            found |= fresh
            edge += fresh
    every = {idea for found in members.values() for idea in found}
    gave: dict[int, set[int]] = defaultdict(set)
    authors = Idea.objects.filter(pk__in=every, author__isnull=False)
    for idea, person in authors.values_list("pk", "author"):
        gave[idea].add(person)
    supports = Support.objects.filter(idea__in=every, person__isnull=False)
    for idea, person in supports.values_list("idea", "person"):
        gave[idea].add(person)
    return {idea: set().union(*(gave[each] for each in found)) for idea, found in members.items()}


def _reachable(people: Collection[int]) -> dict[int, Person]:
    """Those of ``people`` who have an address and did not ask to hear nothing."""
    found = Person.objects.filter(pk__in=people, erased_at=None, no_news=False).exclude(email="")
    return {person.pk: person for person in found.order_by("pk")}
