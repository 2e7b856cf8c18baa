"""The live stream of an evening: a line only says that something changed, and what time it is.

What the screen and the tables show is fetched again from their own pages, which know who may see
what; no idea and no name travels in the stream.
"""

from typing import Any

from django.http import HttpRequest

from essor.evenings.hall import AT_THE_TABLE, HEARD, hall_now
from essor.evenings.models import Evening
from essor.kit.prepared import Prepared
from essor.ledger import live
from essor.ledger.models import Entry
from essor.people.visitor import Visitor
from essor.territories.doors import Rights

TEAM_VIEW, HALL_VIEW = "host", "hall"
_evening = Prepared(
    lambda key: Evening.objects.select_related("territory").filter(public_id=key), str
)


def who_may_watch(request: HttpRequest, key: str) -> str | None:
    """Hosts hear of everything; the hall of what concerns it, while the evening is public."""
    evening = _evening.first(key)
    if evening is None:
        return None
    if request.GET.get("hall") and evening.state != Evening.State.DRAFT:
        return HALL_VIEW
    rights = Rights(Visitor(request), evening.territory)
    return TEAM_VIEW if rights.is_host else None


def what_to_show(key: str, view: str, entries: list[Entry]) -> dict[int, dict[str, Any]]:
    """One word a line; the last of them stands for all that happened in this second."""
    if view == TEAM_VIEW:
        return {entries[-1].pk: {"what": entries[-1].verb}}
    heard = [entry for entry in entries if entry.verb in HEARD]
    at_tables = {entry.data.get("table") for entry in entries if entry.verb in AT_THE_TABLE}
    shown: dict[str, Any] = {}
    if at_tables:
        shown["tables"] = sorted(number for number in at_tables if number is not None)
    if heard:
        evening = Evening.objects.select_related("phase", "pitching").get(public_id=key)
        shown["hall"] = hall_now(evening)
    return {entries[-1].pk: shown} if shown else {}


live.register("evening", who_may_watch, what_to_show)
