"""The table's page and how an act on it is answered: a page for people, data for its script."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from essor.harvest.actions.moves import NothingToUndo, room_of
from essor.harvest.actions.sorting import GroupGone, MergedMeanwhile, NoIdeas, TooFew
from essor.harvest.models import GroupingRun, Harvest, SortingMove
from essor.harvest.queries.moves import moves_as_data
from essor.harvest.queries.table import board_of, history_of
from essor.harvest.sorting.script_words import script_words
from essor.harvest.sorting.words import label, name_of
from essor.kit.once import once
from essor.ledger import live

REFUSALS = (NoIdeas, GroupGone, MergedMeanwhile, TooFew, NothingToUndo)
NOTHING = "nothing"


def table_address(harvest: Harvest) -> str:
    return reverse("harvest:sorting", args=[harvest.territory.slug, harvest.public_id])


def table_page(request: HttpRequest, harvest: Harvest, trouble: str = "") -> HttpResponse:
    """The whole table; ``trouble`` says why an act was not carried out."""
    version = live.version(room_of(harvest))
    board, wanted = board_of(harvest), request.GET.get("q", "")[:200]
    board.narrow(wanted)
    person = request.rights.person  # type: ignore[attr-defined]
    history = history_of(board, harvest, person)
    run = harvest.grouping_runs.order_by("-asked_at", "-id").first()
    context = {
        "harvest": harvest,
        "version": version,
        "board": board,
        "wanted": wanted,
        "history": history,
        "me": person.public_id if person else "",
        "said": _said(request, harvest),
        "trouble": trouble,
        "words": script_words(),
        "run": run if run and _is_open(run) else None,
    }
    return render(request, "harvest/sorting.html", context, status=422 if trouble else 200)


def _is_open(run: GroupingRun) -> bool:
    """Being prepared, or waiting for decisions."""
    return run.closed_at is None and run.state != GroupingRun.State.FAILED


def _said(request: HttpRequest, harvest: Harvest) -> dict[str, Any] | None:
    """What the act that led here did, from ``?said=``."""
    key = request.GET.get("said", "")
    if key == NOTHING:
        return {"words": _("It was so already: nothing moved."), "move": ""}
    move = harvest.moves.select_related("by", "undoes").filter(public_id=key[:16]).first()
    if move is None:
        return None
    data = moves_as_data(harvest, [move])[0]
    return {**data, "undone": move.undone_at is not None}


def carry_out(
    request: HttpRequest, harvest: Harvest, act: Callable[[], SortingMove | None]
) -> HttpResponse:
    """Make a move, once, and come back to the table, which says what happened."""

    def once_only() -> str:
        move = act()
        anchor = anchor_of(move) if move else ""
        return f"{table_address(harvest)}?said={move.public_id if move else NOTHING}{anchor}"

    try:
        answer = once(request, once_only)
    except REFUSALS as refusal:
        return refuse(request, harvest, words_of(refusal))
    return said_as_data(harvest, answer.url) if wants_data(request) else answer


def anchor_of(move: SortingMove) -> str:
    """The part of the page where the move ended: the group that got the ideas."""
    there = next((place[0] for place in move.ideas.values() if place[0]), "")
    return f"#g-{there}" if there and move.kind != SortingMove.Kind.REMOVE else ""


def wants_data(request: HttpRequest) -> bool:
    """Whether the page's own script asks."""
    return request.headers.get("Accept", "").startswith("application/json")


def said_as_data(harvest: Harvest, address: str) -> JsonResponse:
    """What the receipt's address says, as data; the same for an act that is sent twice."""
    key = parse_qs(urlsplit(address).query).get("said", [NOTHING])[0]
    move = harvest.moves.select_related("by", "undoes").filter(public_id=key).first()
    if move is None:
        return JsonResponse({"words": _("It was so already: nothing moved."), "move": ""})
    return JsonResponse(moves_as_data(harvest, [move])[0])


def refuse(request: HttpRequest, harvest: Harvest, words: str) -> HttpResponse:
    """Nothing was changed; why, and what to do next."""
    if wants_data(request):
        return JsonResponse({"words": words}, status=409)
    return table_page(request, harvest, trouble=words)


def words_of(refusal: Exception) -> str:
    """A refusal in a plain sentence that says what to do next."""
    if isinstance(refusal, MergedMeanwhile):
        return _(
            "%(who)s has just merged %(group)s into %(into)s. Nothing else was changed: look at the"
            " result, and merge again if you still wish to."
        ) % {
            "who": name_of(refusal.move) if refusal.move else _("Somebody"),
            "group": label(refusal.group),
            "into": label(refusal.into),
        }
    if isinstance(refusal, GroupGone):
        return capfirst(
            _("%(group)s was taken off the table meanwhile. Nothing was moved: choose another one.")
            % {"group": label(refusal.group)}
        )
    if isinstance(refusal, TooFew):
        return _("Choose another group to merge with.")
    if isinstance(refusal, NoIdeas):
        return _("These ideas are no longer on the table: somebody hid or withdrew them.")
    return _(
        "There is nothing left to take back: it was taken back already, or all of it was moved again"
        " since."
    )
