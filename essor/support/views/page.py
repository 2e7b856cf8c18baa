"""What the pages of this room share: its tabs, and the page of a form."""

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.kit.pieces import Tab
from essor.people.models import Person
from essor.territories.models import Territory


def tabs(territory: Territory, current: str) -> list[Tab]:
    """The room's lists for hosts; ``current`` is the route on which one stands."""
    found = (
        ("support:cohorts", _("Cohorts")),
        ("support:mentors", _("Mentors")),
        ("support:recommendations", _("Recommendations")),
        ("support:committees", _("Committees")),
        ("support:funders", _("Funders")),
    )
    return [
        Tab(label, reverse(route, args=[territory.slug]), current=route == current)
        for route, label in found
    ]


def form_page(
    request: HttpRequest,
    form: Form,
    heading: str,
    back: tuple[str, str],
    *,
    lead: str = "",
    save: str = "",
    note: str = "",
    take_away: str = "",
) -> HttpResponse:
    """The page of one form; ``back`` is the label and address above and beside its button.

    ``take_away`` is the address that takes away what the form is about. 422 when it comes back with errors.
    """
    context = {
        "form": form, "heading": heading, "back": back, "lead": lead, "note": note,
        "save": save or _("Save"), "take_away": take_away,
    }  # fmt: skip
    return render(request, "support/form.html", context, status=422 if form.is_bound else 200)


def whoever(request: HttpRequest) -> Person | None:
    """In whose name somebody signed in acts."""
    person: Person | None = request.visitor.person  # type: ignore[attr-defined]
    return person
