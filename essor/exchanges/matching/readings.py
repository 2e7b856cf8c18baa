"""Readings kept as fresh as the offers: whatever changed is read, nothing else.

No transaction is open while texts are read. Whatever is written here can be computed again; the
ledger tells of suggestions, not of readings.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet

from essor.algos.matching import Thing, pack, read, stamp
from essor.exchanges.matching.things import (
    digest_of,
    of_commitment,
    of_treasure,
    offered_treasures,
    standing_promises,
)
from essor.exchanges.models import Reading
from essor.territories.models import Territory

BATCH = 100
MAIN = "fr"
"""The language of a text that does not show its own."""


@dataclass(frozen=True, slots=True)
class _Offer:
    """An offer to read: its thing, the field and the moment under which it is kept."""

    thing: Thing
    field: str
    pk: int
    seen_at: datetime


def refresh(territory: Territory) -> None:
    """Read what changed in the offers of ``territory``; safe to run twice and beside itself."""
    treasures, promises = offered_treasures(territory), standing_promises(territory)
    _forget(territory, "treasure", treasures)
    _forget(territory, "commitment", promises)
    stale = treasures.filter(_stale("changed_at")).order_by("id")
    _renew(
        territory,
        [_Offer(of_treasure(each), "treasure", each.pk, each.changed_at) for each in stale],
    )
    waiting = promises.filter(_stale("state_at")).select_related("person").order_by("id")
    _renew(
        territory,
        [_Offer(of_commitment(each), "commitment", each.pk, each.state_at) for each in waiting],
    )


def _stale(changed: str) -> Q:
    seen = Q(reading__seen_at=F(changed), reading__stamp=stamp())
    return Q(reading=None) | ~seen


def _forget(territory: Territory, of: str, offers: QuerySet[Any]) -> None:
    kept = Reading.objects.filter(territory=territory, **{f"{of}__isnull": False})
    gone = list(kept.exclude(**{f"{of}__in": offers}).values_list("pk", flat=True))
    if gone:
        Reading.objects.filter(pk__in=gone).delete()


def _renew(territory: Territory, offers: Sequence[_Offer]) -> None:
    for start in range(0, len(offers), BATCH):
        some = offers[start : start + BATCH]
        known = _known(some)
        same = [each for each in some if known.get(each.pk) == digest_of(each.thing)]
        _saw(same)
        new = [each for each in some if known.get(each.pk) != digest_of(each.thing)]
        if new:
            _write(territory, new, pack(read([each.thing.text for each in new], main=MAIN)))


def _known(offers: Sequence[_Offer]) -> dict[int, str]:
    of = offers[0].field
    found = Reading.objects.filter(stamp=stamp(), **{f"{of}__in": [each.pk for each in offers]})
    return dict(found.values_list(of, "digest"))


def _saw(offers: Sequence[_Offer]) -> None:
    """Somebody confirmed them, say: they read as before."""
    for each in offers:
        Reading.objects.filter(**{each.field: each.pk}).update(seen_at=each.seen_at)


def _write(territory: Territory, offers: Sequence[_Offer], packed: Sequence[bytes]) -> None:
    of = offers[0].field
    with transaction.atomic():
        Reading.objects.filter(**{f"{of}__in": [each.pk for each in offers]}).delete()
        Reading.objects.bulk_create(
            [
                Reading(
                    territory=territory,
                    stamp=stamp(),
                    digest=digest_of(each.thing),
                    seen_at=each.seen_at,
                    kind=each.thing.kind,
                    latitude=each.thing.lat,
                    longitude=each.thing.lon,
                    until=each.thing.end,
                    numbers=numbers,
                    **{f"{each.field}_id": each.pk},
                )
                for each, numbers in zip(offers, packed, strict=True)
            ],
            ignore_conflicts=True,
        )
