"""What digests tell of ideas: what became of those that one gave or stands behind.

A fate is owed until it can be told (its challenge may still be a draft) and may be mended for a
while; so this room remembers by itself who was told of which.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import Q
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from essor.harvest.actions.telling import mark_heard, mark_told
from essor.harvest.giving import page_of
from essor.harvest.models import Fate, Idea, Support
from essor.harvest.queries.telling import owed
from essor.harvest.targets import Target, targets_of
from essor.kit.letters import repeated
from essor.news.kinds import Item, Source, Thing, owes
from essor.people.models import Person
from essor.territories.models import Territory

TITLE, WHY = 90, 400


def owed_fates(at: datetime) -> Mapping[int, Sequence[str]]:
    return {
        person.pk: [fate.public_id for fate in fates]
        for person, fates in owed(at).by_person.items()
    }


def as_items(keys: Sequence[str]) -> list[Item]:
    """The fates as they are told; one that was replaced meanwhile will be told as what it became."""
    fates = list(
        Fate.objects.filter(public_id__in=keys, replaced_at=None, idea__state=Idea.State.SHOWN)
        .exclude(kind=Fate.Kind.AWAITED)
        .select_related("idea__harvest__territory", "merged_into")
        .order_by("decided_at", "id")
    )
    targets = targets_of(fates)
    return [_item(fate, targets.get((fate.target_type, fate.target_id))) for fate in fates]


def _item(fate: Fate, target: Target | None) -> Item:
    territory = fate.idea.harvest.territory
    said = Truncator(repeated(fate.idea.text)).chars(TITLE)
    thing = Thing(
        _("Your idea: “%(idea)s”") % {"idea": said},
        page_of(fate.idea),
        territory.public_id,
        territory.name,
    )
    about = ("idea", fate.idea.public_id)
    return Item(fate.public_id, about, thing, fate.decided_at, _words(fate, target))


def _words(fate: Fate, target: Target | None) -> str:
    """Its kind, what it led to, and why, as the team wrote it for the author."""
    became = str(Fate.Kind(fate.kind).label)
    if target is not None:
        became = f"{became} « {target.name} »"
    elif fate.merged_into is not None:
        became = f"{became} « {Truncator(repeated(fate.merged_into.text)).chars(TITLE)} »"
    why = Truncator(repeated(fate.why)).chars(WHY)
    return f"{became}. {why}" if why else f"{became}."


def mark(tellings: Sequence[tuple[int, str]], at: datetime) -> None:
    mark_told(tellings=tellings, at=at)


def settle(at: datetime) -> None:
    """Fates that nobody is left to hear need not be looked at again."""
    mark_heard(fates=owed(at).heard, by=None, at=at)


def places(person: Person) -> list[str]:
    """Territories to which the person gave an idea, or where they stand behind one."""
    gave = Idea.objects.filter(author=person).order_by().values("territory")
    stands = Support.objects.filter(person=person).order_by().values("idea__territory")
    theirs = Q(pk__in=gave) | Q(pk__in=stands)
    found = Territory.objects.filter(theirs).order_by("name", "id")
    return list(found.values_list("public_id", flat=True))


owes(Source("fates", owed_fates, as_items, mark, places, settle))
