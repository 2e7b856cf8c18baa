"""The sorting table: the page, moves of ideas, taking back, who is there."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from essor.harvest.actions.hands import leave_table, show_hand
from essor.harvest.actions.moves import NothingToUndo, on_table, undo_move
from essor.harvest.actions.sorting import open_group, place_ideas
from essor.harvest.doors import a_harvest, an_idea
from essor.harvest.forms.sorting import PlaceForm, UndoForm
from essor.harvest.models import Harvest, Idea
from essor.harvest.queries.table import Pile, hands_as_data, hands_at
from essor.harvest.sorting.doors import SORTERS
from essor.harvest.sorting.page import carry_out, refuse, table_page, words_of
from essor.kit import clock
from essor.territories.doors import door


@door(*SORTERS, opens=(a_harvest,))
def sorting(request: HttpRequest, harvest: Harvest) -> HttpResponse:
    return table_page(request, harvest)


@door(*SORTERS, opens=(a_harvest,))
@require_POST
def moves(request: HttpRequest, harvest: Harvest) -> HttpResponse:
    """Ideas into a group, into a new one, or back to the pile to sort."""
    form = PlaceForm(request.POST, harvest=harvest)
    if not form.is_valid():
        return refuse(request, harvest, form.trouble)
    by, at = request.rights.person, clock.now()  # type: ignore[attr-defined]
    given = form.cleaned_data
    if form.opens_group:
        return carry_out(
            request,
            harvest,
            lambda: open_group(harvest=harvest, name=given["name"], ideas=form.ideas, by=by, at=at),
        )
    return carry_out(
        request,
        harvest,
        lambda: place_ideas(
            harvest=harvest, ideas=form.ideas, group=form.group, since=given["since"], by=by, at=at
        ),
    )


@door(*SORTERS, opens=(a_harvest,))
@require_POST
def undoings(request: HttpRequest, harvest: Harvest) -> HttpResponse:
    """Take a move back: one's own, or the table's last."""
    form = UndoForm(request.POST, harvest=harvest)
    if not form.is_valid():
        return refuse(request, harvest, words_of(NothingToUndo()))
    by, move = request.rights.person, form.cleaned_data["move"]  # type: ignore[attr-defined]
    return carry_out(
        request, harvest, lambda: undo_move(harvest=harvest, move=move, by=by, at=clock.now())
    )


@door(*SORTERS, opens=(a_harvest, an_idea))
def sorted_idea(request: HttpRequest, harvest: Harvest, idea: Idea) -> HttpResponse:
    """One idea in full, and where it may go."""
    placing = getattr(idea, "placing", None)
    piles = [Pile(each) for each in harvest.groups.all() if each.on_table]
    context = {
        "harvest": harvest,
        "idea": idea,
        "here": placing.group if placing else None,
        "piles": piles,
        "last": harvest.moves.order_by("-id").values_list("pk", flat=True).first() or 0,
        "shown": idea.state == Idea.State.SHOWN,
    }
    return render(request, "harvest/sorted_idea.html", context)


@door(*SORTERS, opens=(a_harvest,))
@require_POST
def hands(request: HttpRequest, harvest: Harvest) -> JsonResponse:
    """A sign of life from the table's script, several times a minute; answers who is there."""
    by, at = request.rights.person, clock.now()  # type: ignore[attr-defined]
    if request.POST.get("left"):
        leave_table(harvest=harvest, by=by, at=at)
    else:
        show_hand(harvest=harvest, holds=request.POST.get("holds", ""), by=by, at=at)
    return JsonResponse(
        {
            "hands": hands_as_data(hands_at(harvest, at)),
            "ideas": on_table(harvest).count(),
        }
    )
