"""What digests tell of treasures: to whoever keeps one, what others said and what the team did."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essor.kit.letters import repeated
from essor.ledger.models import Entry
from essor.news.kinds import Follower, Kind, Thing, Tie, followed, tells
from essor.people.models import Person
from essor.treasures.actions.treasures import LINK
from essor.treasures.letters import page_of
from essor.treasures.models import Treasure

WHY = 300


def keepers(ids: Collection[str]) -> Iterator[Follower]:
    found = Treasure.objects.filter(public_id__in=ids, keeper__isnull=False).order_by("id")
    for of_id, keeper, since in found.values_list("public_id", "keeper", "created_at"):
        assert keeper is not None
        yield Follower(of_id, keeper, since, Tie.OWN)


def mine(person: Person) -> list[str]:
    found = Treasure.objects.filter(keeper=person).exclude(state=Treasure.State.GONE)
    return list(found.order_by("-changed_at", "-id").values_list("public_id", flat=True))


def things(ids: Collection[str]) -> dict[str, Thing]:
    """Treasures by public id; whatever is hidden is told of to its keeper alone."""
    found = Treasure.objects.filter(public_id__in=ids).select_related("territory")
    return {
        each.public_id: Thing(
            each.name, page_of(each), each.territory.public_id, each.territory.name
        )
        for each in found
    }


def public(ids: Collection[str]) -> list[str]:
    """Those that everybody may read; one that is gone keeps its page."""
    found = Treasure.objects.filter(
        public_id__in=ids, state__in=[Treasure.State.SHOWN, Treasure.State.GONE]
    )
    return list(found.order_by("id").values_list("public_id", flat=True))


def happenings(lines: Sequence[Entry]) -> Mapping[int, str]:
    said = {
        "treasure_confirmed": _("somebody saw that it is still so."),
        "treasure_changed": _("the team described it anew."),
        "treasure_gone": _("somebody found that it is no longer there."),
        "treasure_back": _("it is there again."),
        "treasure_shown": _("the team looked at it: everybody can read it."),
        "correction_taken": _("the team took up what somebody said of it."),
    }
    return {line.pk: said[line.verb] for line in lines}


def hidden(lines: Sequence[Entry]) -> Mapping[int, str]:
    """Why the team hid it; nothing once it shows again."""
    ids = {line.of_id for line in lines}
    whys = Treasure.objects.filter(public_id__in=ids, state=Treasure.State.HIDDEN)
    why = dict(whys.values_list("public_id", "hidden_why"))
    told = _("the team hid it. On its page you may ask it to look once more.")
    return {
        line.pk: f"{told} {Truncator(repeated(why[line.of_id])).chars(WHY)}"
        for line in lines
        if line.of_id in why
    }


followed(Kind("treasure", gettext_lazy("Treasure"), keepers, mine, things, public=public,
              way_in=LINK))  # fmt: skip
tells("treasure", ["treasure_confirmed", "treasure_changed", "treasure_gone", "treasure_back",
                   "treasure_shown", "correction_taken"], happenings, to_own=True)  # fmt: skip
tells("treasure", ["treasure_hidden"], hidden, addressed=True, to_own=True)
