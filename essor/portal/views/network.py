"""The network's home: its territories, what is counted, and where everything is known from."""

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from essor.kit.doors import anybody
from essor.ledger.kept import kept
from essor.portal.facts import network_facts
from essor.portal.models import Solution
from essor.projects.models import Project
from essor.territories.models import Territory


@kept
@anybody
def network(request: HttpRequest) -> HttpResponse:
    """All listed territories; the only territory's home where the installation has just one."""
    territories = list(
        Territory.objects.filter(listed=True)
        .annotate(
            evening_count=Count("evenings", distinct=True, filter=~Q(evenings__state="draft")),
            challenge_count=Count(
                "challenges", distinct=True, filter=~Q(challenges__state="draft")
            ),
            project_count=Count(
                "projects", distinct=True, filter=Q(projects__published_at__isnull=False)
            ),
        )
        .order_by("-run_here", "-project_count", "name", "id")
    )
    if len(territories) == 1:
        return redirect("portal:home", territory=territories[0].slug)
    shows_facts = any(not territory.run_here for territory in territories)
    facts = network_facts()
    return render(
        request,
        "portal/network.html",
        {
            "territories": territories,
            "shows_facts": shows_facts,
            "figures": [fact for fact in facts.figures if "réseau" in fact["what"]][:4],
            "solutions": list(Solution.objects.filter(territory__listed=True)),
            "born": Project.objects.filter(sut_link=Project.SutLink.BORN).count(),
        },
    )


@kept
@anybody
def sources(request: HttpRequest) -> HttpResponse:
    facts = network_facts()
    return render(
        request, "portal/sources.html", {"sources": facts.sources, "figures": facts.figures}
    )
