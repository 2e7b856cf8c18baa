"""One group of the sorting table: its name, merging, locking, setting aside, taking off."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from essor.harvest.actions.groups import ChangedMeanwhile, lock_group, name_group, park_group
from essor.harvest.actions.sorting import merge_groups, remove_group
from essor.harvest.doors import a_harvest
from essor.harvest.forms.sorting import MergeForm, NameForm
from essor.harvest.models import Group, Harvest, SortingMove
from essor.harvest.queries.table import cards_of
from essor.harvest.sorting.doors import SORTERS, a_group
from essor.harvest.sorting.page import carry_out, refuse, table_address, wants_data
from essor.harvest.sorting.words import reasons_in_words
from essor.kit import clock
from essor.people.models import Person
from essor.territories.doors import door

OPENS = (a_harvest, a_group)


@door(*SORTERS, opens=OPENS, redirects=True)
def group(request: HttpRequest, harvest: Harvest, group: Group) -> HttpResponse:
    """Everything that can be done with a group; a merged one leads to where it has gone."""
    if not group.on_table:
        return redirect(table_address(harvest))
    return _page(request, harvest, group)


def _page(
    request: HttpRequest, harvest: Harvest, group: Group, form: NameForm | None = None
) -> HttpResponse:
    context = {
        "harvest": harvest,
        "group": group,
        "name_form": form or NameForm(initial={"name": group.name, "seen": group.name}),
        "merge_form": MergeForm(group=group),
        "cards": cards_of(group),
        "reasons": reasons_in_words(group.reasons),
    }
    return render(
        request, "harvest/sorting_group.html", context, status=422 if form is not None else 200
    )


@door(*SORTERS, opens=OPENS)
@require_POST
def name(request: HttpRequest, harvest: Harvest, group: Group) -> HttpResponse:
    """Name a group; a name that somebody gave meanwhile is shown beside one's own, both kept."""
    form = NameForm(request.POST)
    if not form.is_valid():
        return _page(request, harvest, group, form)
    given, by = form.cleaned_data, request.rights.person  # type: ignore[attr-defined]
    try:
        return carry_out(
            request,
            harvest,
            lambda: name_group(harvest=harvest, group=group, by=by, at=clock.now(), **given),
        )
    except ChangedMeanwhile as meanwhile:
        words = _(
            "Somebody has called this group “%(name)s” meanwhile. Send yours again to put it in its"
            " place."
        ) % {"name": meanwhile.group.name}
        if wants_data(request):
            return JsonResponse({"words": words, "seen": meanwhile.group.name}, status=409)
        again = NameForm({"name": given["name"], "seen": meanwhile.group.name})
        again.add_error("name", words)
        return _page(request, harvest, meanwhile.group, again)


@door(*SORTERS, opens=OPENS)
@require_POST
def merger(request: HttpRequest, harvest: Harvest, group: Group) -> HttpResponse:
    """This group goes into another one."""
    form = MergeForm(request.POST, group=group)
    if not form.is_valid():
        return refuse(request, harvest, _("Choose another group to merge with."))
    into = form.cleaned_data["into"]
    return _act(
        request,
        harvest,
        lambda by, at: merge_groups(harvest=harvest, into=into, groups=[group], by=by, at=at),
    )


@door(*SORTERS, opens=OPENS)
@require_POST
def locking(request: HttpRequest, harvest: Harvest, group: Group) -> HttpResponse:
    wanted = request.POST.get("locked") != "no"
    return _act(
        request,
        harvest,
        lambda by, at: lock_group(harvest=harvest, group=group, locked=wanted, by=by, at=at),
    )


@door(*SORTERS, opens=OPENS)
@require_POST
def parking(request: HttpRequest, harvest: Harvest, group: Group) -> HttpResponse:
    wanted = request.POST.get("parked") != "no"
    return _act(
        request,
        harvest,
        lambda by, at: park_group(harvest=harvest, group=group, parked=wanted, by=by, at=at),
    )


@door(*SORTERS, opens=OPENS)
@require_POST
def removal(request: HttpRequest, harvest: Harvest, group: Group) -> HttpResponse:
    return _act(
        request,
        harvest,
        lambda by, at: remove_group(harvest=harvest, group=group, by=by, at=at),
    )


def _act(
    request: HttpRequest,
    harvest: Harvest,
    act: Callable[[Person, datetime], SortingMove | None],
) -> HttpResponse:
    person: Person = request.rights.person  # type: ignore[attr-defined]
    return carry_out(request, harvest, lambda: act(person, clock.now()))
