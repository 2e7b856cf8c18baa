"""Needs, treasures and promises as matching sees them: plain values, without anybody's name."""

import re
from collections.abc import Iterable
from hashlib import sha256

from django.db.models import F, Q, QuerySet

from essor.algos.matching import Thing, stamp
from essor.exchanges.models import Commitment, Need
from essor.exchanges.queries.needs import still_missing
from essor.exchanges.states import LIVING
from essor.people.communes import communes
from essor.people.places import place_of
from essor.territories.models import Territory
from essor.territories.outlines import departments_of
from essor.treasures.models import Treasure

NEED_KINDS = {kind.value: kind.value for kind in Need.Kind} | {
    Need.Kind.CUSTOMERS.value: "first customers"
}
COMMITMENT_KINDS = {
    Commitment.Kind.SKILL.value: "skill",
    Commitment.Kind.ENERGY.value: "people",
    Commitment.Kind.MONEY.value: "money",
}
OFFERED = (Treasure.Use.OFFERED, Treasure.Use.WASTE)
POSTCODE = re.compile(r"\b\d{5}\b")


def offered_treasures(territory: Territory) -> QuerySet[Treasure]:
    """What everybody may see, and others may have."""
    return Treasure.objects.filter(territory=territory, state=Treasure.State.SHOWN, use__in=OFFERED)


def standing_promises(territory: Territory) -> QuerySet[Commitment]:
    """Promises to the territory that nobody used for a project yet."""
    return Commitment.objects.filter(
        territory=territory, project=None, need=None, state__in=LIVING, person__erased_at=None
    )


def open_needs(territory: Territory) -> QuerySet[Need]:
    """What published projects still look for."""
    return Need.objects.filter(
        still_missing(), territory=territory, project__published_at__isnull=False
    )


def open_for_offers() -> Q:
    """The same for suggestions: their need is open, and their offer is one today."""
    left = Q(need__quantity=None) | Q(need__held__lt=F("need__quantity"))
    published = Q(need__project__published_at__isnull=False, need__project__condition="awake")
    treasure = Q(treasure__state=Treasure.State.SHOWN, treasure__use__in=OFFERED)
    promise = Q(commitment__state__in=LIVING, commitment__project=None)
    return Q(need__ending="") & left & published & (treasure | promise)


def of_treasure(treasure: Treasure) -> Thing:
    kind = {
        (Treasure.Kind.HUMAN, Treasure.Use.OFFERED): "skill",
        (Treasure.Kind.HUMAN, Treasure.Use.WASTE): "skill",
    }.get((Treasure.Kind(treasure.kind), Treasure.Use(treasure.use)), "")
    if not kind and treasure.use == Treasure.Use.WASTE:
        kind = "material"
    return Thing(
        f"t{treasure.pk}",
        _joined(treasure.name, treasure.description, treasure.quantity),
        kind,
        treasure.latitude,
        treasure.longitude,
    )


def of_commitment(commitment: Commitment) -> Thing:
    """A promise; its place is the town hall of whoever promised, which only hosts get to see."""
    latitude, longitude = place_of(commitment.person.commune_code) or (None, None)
    words = _joined(commitment.what, commitment.quantity, commitment.condition)
    kind = COMMITMENT_KINDS.get(commitment.kind, "")
    return Thing(f"c{commitment.pk}", words, kind, latitude, longitude, end=commitment.until)


def of_need(need: Need) -> Thing:
    """A need; its place where its words name one commune, else where its project's do."""
    where = need.place or need.project.place
    latitude, longitude = _place(where, need.territory) or (None, None)
    words = _joined(need.title, need.details)
    return Thing(f"n{need.pk}", words, NEED_KINDS[need.kind], latitude, longitude)


def _place(words: str, territory: Territory) -> tuple[float, float] | None:
    """The town hall of the one commune of this name, in the postcode's or our departments."""
    postcode = POSTCODE.search(words)
    named = communes().all_named(POSTCODE.sub(" ", words)) if words else []
    here = (postcode[0][:2],) if postcode else departments_of(territory)
    near = [each for each in named if here and each.code.startswith(here)]
    return place_of((near or named)[0].code) if len(near or named) == 1 else None


def digest_of(thing: Thing) -> str:
    """The same while the thing would be read and matched the same way."""
    told = (stamp(), thing.text, thing.kind, thing.lat, thing.lon, thing.start, thing.end)
    return sha256(repr(told).encode()).hexdigest()


def _joined(*texts: str) -> str:
    return ". ".join(text.strip().rstrip(".") for text in texts if text.strip())


def keys(things: Iterable[str], letter: str) -> set[int]:
    """The primary keys of those things that begin with ``letter``."""
    return {int(each[1:]) for each in things if each[0] == letter}
