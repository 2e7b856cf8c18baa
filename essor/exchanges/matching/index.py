"""The index of a territory's offers, kept warm in the worker and brought up to date by its changes."""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Max

from essor.algos.matching import Offers, Thing, stamp, unpack
from essor.exchanges.models import Reading
from essor.territories.models import Territory

WARM = 4
"""Territories whose index stays in memory: 30 MB each at 10,000 offers."""
ANEW = 0.2
"""Past this share of changed offers the index is built anew, with the middle of today's texts."""


@dataclass(slots=True)
class _Warm:
    offers: Offers
    ids: dict[int, str]
    changed: int = 0


_warm: OrderedDict[str, _Warm] = OrderedDict()


def index_of(territory: Territory) -> Offers:
    """Every offer of ``territory`` as read now: one short query while nothing changed."""
    mine = Reading.objects.filter(territory=territory, stamp=stamp())
    warm = _warm.get(territory.public_id)
    now = mine.aggregate(count=Count("pk"), last=Max("pk"))
    if warm is None or not warm.ids:
        warm = _built(territory)
    elif (now["count"], now["last"]) != (len(warm.ids), max(warm.ids)):
        warm = _changed(warm, territory)
    _warm[territory.public_id] = warm
    _warm.move_to_end(territory.public_id)
    while len(_warm) > WARM:
        _warm.popitem(last=False)
    return warm.offers


def _built(territory: Territory) -> _Warm:
    rows = list(_rows(territory))
    readings = unpack([bytes(each.numbers) for each in rows])
    return _Warm(Offers([thing_of(each) for each in rows], readings=readings), _ids(rows))


def _changed(warm: _Warm, territory: Territory) -> _Warm:
    here = set(
        Reading.objects.filter(territory=territory, stamp=stamp()).values_list("pk", flat=True)
    )
    new, gone = here - warm.ids.keys(), warm.ids.keys() - here
    changed = warm.changed + len(new) + len(gone)
    if changed > ANEW * len(here):
        return _built(territory)
    rows = [each for start in _slices(sorted(new)) for each in _rows(territory, start)]
    readings = unpack([bytes(each.numbers) for each in rows])
    out = [warm.ids[pk] for pk in gone]
    offers = warm.offers.changed([thing_of(each) for each in rows], readings, gone=out)
    kept = {pk: name for pk, name in warm.ids.items() if pk not in gone}
    return _Warm(offers, kept | _ids(rows), changed)


def _slices(pks: list[int], size: int = 500) -> Iterable[list[int]]:
    return (pks[at : at + size] for at in range(0, len(pks), size))


def _rows(territory: Territory, pks: list[int] | None = None) -> Iterable[Reading]:
    found = Reading.objects.filter(territory=territory, stamp=stamp()).order_by("pk")
    return (found if pks is None else found.filter(pk__in=pks)).iterator()


def _ids(rows: Iterable[Reading]) -> dict[int, str]:
    return {each.pk: thing_of(each).id for each in rows}


def thing_of(row: Reading) -> Thing:
    name = f"t{row.treasure_id}" if row.treasure_id else f"c{row.commitment_id}"
    return Thing(name, "", row.kind, row.latitude, row.longitude, end=row.until)
