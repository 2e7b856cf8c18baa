"""The network's home: its territories, what is counted, and where everything is known from."""

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from essor.kit.doors import anybody
from essor.kit.pieces import Tab
from essor.ledger.kept import kept
from essor.portal.facts import network_facts
from essor.portal.models import Solution
from essor.territories.models import Territory

FIGURES, PAGES_READ = 12, 48
"""Lines on one page of figures, and of the pages that were read."""


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
        },
    )


@kept
@anybody
def solutions(request: HttpRequest) -> HttpResponse:
    """How ideas went from one territory to another, each with its sources."""
    found = Solution.objects.filter(territory__listed=True)
    return render(request, "portal/solutions.html", {"solutions": found})


@kept
@anybody
def sources(request: HttpRequest) -> HttpResponse:
    """The figures and who says so; ``?show=read`` lists the public pages that were read."""
    facts, read = network_facts(), request.GET.get("show") == "read"
    every = facts.sources if read else facts.figures
    page = Paginator(every, PAGES_READ if read else FIGURES).get_page(request.GET.get("page"))
    tabs = [
        Tab(_("Figures"), "?", not read, len(facts.figures)),
        Tab(_("Public pages that were read"), "?show=read", read, len(facts.sources)),
    ]
    told = {"page": page, "read": read, "tabs": tabs, "query": "show=read&" if read else ""}
    return render(request, "portal/sources.html", told)
