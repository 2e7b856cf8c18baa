"""A founding team opens its territory by itself."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.kit import clock
from essor.kit.limits import TooOften, spend
from essor.kit.once import once
from essor.people.models import Person
from essor.territories.actions.territory import SlugReserved, SlugTaken, open_territory, set_logo
from essor.territories.doors import signed_in
from essor.territories.forms import FoundingForm
from essor.territories.forms.identity import with_proposals_taken

MOST_A_DAY = 5


@signed_in
def founding(request: HttpRequest) -> HttpResponse:
    data = with_proposals_taken(request.POST) if request.method == "POST" else None
    form = FoundingForm(data, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        founder = request.visitor.person  # type: ignore[attr-defined]
        try:
            return once(request, lambda: _open(request, form, founder))
        except SlugTaken:
            form.add_error("slug", _("This address was just taken. Add a word to yours."))
        except SlugReserved:
            form.add_error("slug", _("Essor needs this address for itself: choose another one."))
        except TooOften:
            form.add_error(None, _("You opened several territories today. Go on tomorrow."))
    status = 422 if form.is_bound else 200
    return render(request, "territories/founding.html", {"form": form}, status=status)


def _open(request: HttpRequest, form: FoundingForm, founder: Person) -> str:
    at = clock.now()
    spend(f"found:{founder.public_id}", limit=MOST_A_DAY, window=timedelta(days=1), at=at)
    territory = open_territory(
        identity=form.identity,
        slug=form.cleaned_data["slug"],
        founder=founder,
        by=founder,
        at=at,
    )
    if form.picture:
        set_logo(territory=territory, logo=form.picture, by=founder, at=at)
    messages.success(request, _("%(name)s is open. Welcome!") % {"name": territory.name})
    return reverse("territories:start", args=[territory.slug])
