"""The sorting table for a whole room: large, only to be read, following by itself."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from essor.harvest.actions.moves import room_of
from essor.harvest.doors import a_harvest
from essor.harvest.models import Harvest
from essor.harvest.queries.table import board_of, history_of
from essor.harvest.sorting.doors import SORTERS
from essor.ledger import live
from essor.territories.doors import door

SHOWN, TOLD = 30, 4
"""Groups and moves that the wall of the room has place for."""


@door(*SORTERS, opens=(a_harvest,))
def screen(request: HttpRequest, harvest: Harvest) -> HttpResponse:
    return render(request, "harvest/sorting_screen.html", _what_it_shows(request, harvest))


@door(*SORTERS, opens=(a_harvest,))
def now(request: HttpRequest, harvest: Harvest) -> HttpResponse:
    """The scene alone, fetched again when something moved."""
    answer = render(request, "harvest/_sorting_scene.html", _what_it_shows(request, harvest))
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _what_it_shows(request: HttpRequest, harvest: Harvest) -> dict[str, Any]:
    version = live.version(room_of(harvest))
    board = board_of(harvest)
    history = history_of(board, harvest, None)
    return {
        "harvest": harvest,
        "version": version,
        "board": board,
        "piles": board.piles[:SHOWN],
        "more": max(0, len(board.piles) - SHOWN),
        "told": history.told[:TOLD],
        "columns": columns_for(min(len(board.piles), SHOWN)),
    }


def columns_for(groups: int) -> int:
    """How many groups stand beside each other, so that all fit on one screen."""
    return next(
        columns for most, columns in ((4, 2), (9, 3), (20, 4), (SHOWN, 5)) if groups <= most
    )
