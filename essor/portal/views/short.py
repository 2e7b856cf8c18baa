"""Short addresses: ``/o/<public id>/`` leads to the thing's page, for life.

QR codes and exports use them. The page's own door then decides who may pass.
"""

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse

from essor.challenges.models import Challenge
from essor.choosing.models import Vote
from essor.evenings.models import Evening, Table
from essor.kit.doors import anybody
from essor.projects.models import Project

# Where a thing lives: its model, the name of its page, and the argument that names it there.
PAGES: tuple[tuple[type[Model], str, str], ...] = (
    (Project, "projects:project", "project"),
    (Challenge, "challenges:challenge", "challenge"),
    (Evening, "evenings:evening", "evening"),
    (Vote, "choosing:vote", "vote"),
)


@anybody
def short_address(request: HttpRequest, public_id: str) -> HttpResponse:
    for model, page, argument in PAGES:
        slug = (
            model._default_manager.filter(public_id=public_id)
            .values_list("territory__slug", flat=True)
            .first()
        )
        if slug:
            return HttpResponseRedirect(
                reverse(page, kwargs={"territory": slug, argument: public_id})
            )
    table = (
        Table.objects.filter(public_id=public_id)
        .values_list("evening__territory__slug", "evening__public_id")
        .first()
    )
    if table is None:
        raise Http404
    return redirect("evenings:table", territory=table[0], evening=table[1], table=public_id)
