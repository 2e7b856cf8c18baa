"""What was said at the tables goes back to the harvest: read it, choose the harvest, once."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from essor.evenings.actions.giving_back import give_ideas_back
from essor.evenings.doors import an_evening
from essor.evenings.models import Evening
from essor.evenings.queries.giving_back import (
    harvests_for,
    keys_to_give_back,
    shown_to_give_back,
)
from essor.harvest.actions.ideas import NotTaken
from essor.harvest.models import Harvest
from essor.kit import clock
from essor.kit.once import once
from essor.territories.doors import HOST, door

A_PAGE = 60
"""Ideas shown at a time; the button brings them all."""


class HarvestForm(forms.Form):
    """To which harvest the ideas go."""

    harvest = forms.ChoiceField(
        label=gettext_lazy("To which harvest?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a harvest.")},
    )

    def __init__(self, *args: Any, harvests: list[Harvest], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["harvest"]
        field.choices = [(each.public_id, each.title) for each in harvests]


@door(HOST, opens=(an_evening,))
def giving_back(request: HttpRequest, evening: Evening) -> HttpResponse:
    """The ideas that may go back, and the harvest that takes them."""
    harvests = harvests_for(evening)
    known = {each.public_id: each for each in harvests}
    posted = request.POST if request.method == "POST" else None
    first = harvests[0].public_id if harvests else ""
    form = HarvestForm(posted, harvests=harvests, initial={"harvest": first})
    if form.is_bound and form.is_valid():
        try:
            harvest = known[form.cleaned_data["harvest"]]
            return once(request, lambda: _give(request, evening, harvest))
        except NotTaken:
            form.add_error("harvest", _("This harvest was closed meanwhile: choose another one."))
    page = Paginator(keys_to_give_back(evening), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "evening": evening,
        "form": form,
        "harvests": harvests,
        "page": page,
        "ideas": shown_to_give_back(list(page.object_list)),
    }
    return render(request, "evenings/giving_back.html", context, status=422 if form.errors else 200)


def _give(request: HttpRequest, evening: Evening, harvest: Harvest) -> str:
    by = request.visitor.person  # type: ignore[attr-defined]
    made = give_ideas_back(evening=evening, harvest=harvest, by=by, at=clock.now())
    words = ngettext("%(n)s idea joined the harvest.", "%(n)s ideas joined the harvest.", len(made))
    messages.success(request, words % {"n": len(made)})
    return request.path
