"""The live stream of a sorting table: each move with its sentence, and who holds what now.

The view is the language in which the sentences are said.
"""

from typing import Any

from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _

from essor.harvest.models import GroupingRun, Harvest, SortingMove
from essor.harvest.queries.moves import moves_as_data
from essor.harvest.queries.table import hands_as_data, hands_at
from essor.harvest.sorting.doors import SORTERS
from essor.kit import clock
from essor.ledger.models import Entry
from essor.people.visitor import Visitor
from essor.territories.doors import Rights


def who_may_watch(request: HttpRequest, key: str) -> str | None:
    """Hosts and facilitators of the harvest's territory, in their language; nobody else."""
    harvest = Harvest.objects.select_related("territory").filter(public_id=key).first()
    if harvest is None:
        return None
    rights = Rights(Visitor(request), harvest.territory)
    return translation.get_language_from_request(request) if rights.any_of(*SORTERS) else None


def what_to_show(key: str, view: str, entries: list[Entry]) -> dict[int, dict[str, Any]]:
    """Each line's move, as ``essor.harvest.queries.moves`` tells it; and proposals that are ready."""
    harvest = Harvest.objects.filter(public_id=key).first()
    if harvest is None:
        return {}
    lines = {entry.data["move"]: entry.pk for entry in entries if "move" in entry.data}
    moves = list(
        SortingMove.objects.filter(harvest=harvest, public_id__in=lines)
        .select_related("by", "undoes")
        .order_by("id")
    )
    with translation.override(view):
        shown = {lines[each["move"]]: each for each in moves_as_data(harvest, moves)}
        for entry in entries:
            if entry.verb == "ended_grouping" and entry.data["state"] == GroupingRun.State.DONE:
                words = _("A proposal of groups waits for your decision.")
                shown[entry.pk] = {"run": entry.data["run"], "words": words}
    return shown


def who_holds_what(key: str, view: str) -> list[dict[str, str]]:
    harvest = Harvest.objects.filter(public_id=key).first()
    return hands_as_data(hands_at(harvest, clock.now())) if harvest else []
