"""The live stream of an evening: hosts alone watch it; a line only says that something changed.

What the screen shows is fetched again from its own page, which knows the rules of who may be
named; nothing of it travels in the stream.
"""

from typing import Any

from django.http import HttpRequest

from essor.evenings.models import Evening
from essor.ledger import live
from essor.ledger.models import Entry
from essor.people.visitor import Visitor
from essor.territories.doors import Rights


def who_may_watch(request: HttpRequest, key: str) -> str | None:
    """The evening's hosts; everybody else does not find it."""
    evening = Evening.objects.select_related("territory").filter(public_id=key).first()
    if evening is None:
        return None
    rights = Rights(Visitor(request), evening.territory)
    return "host" if rights.is_host else None


def what_to_show(key: str, view: str, entries: list[Entry]) -> dict[int, dict[str, Any]]:
    """One word a line; the last of them stands for all that happened in this second."""
    return {entries[-1].pk: {"what": entries[-1].verb}}


live.register("evening", who_may_watch, what_to_show)
