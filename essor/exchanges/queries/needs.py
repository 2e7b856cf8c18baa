"""Reads about needs: the territory's list with its filters, a project's own."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from essor.exchanges.models import Need
from essor.exchanges.states import DONE
from essor.kit.letters import repeated
from essor.ledger.models import Entry
from essor.projects.models import Project
from essor.territories.models import Territory, Theme

IN_STORY: dict[str, Promise] = {
    "need_written": _("It asked for: “%(title)s”."),
    "need_found": _("It found: “%(title)s”."),
    "need_dropped": _("No longer needed: “%(title)s”."),
}
"""What lines about needs say in their project's story."""
SHOWS: dict[str, Any] = {"open": _("Still missing"), "met": _("Found"), "all": _("All")}
SHOWN_BESIDE = 4


def _published(territory: Territory) -> QuerySet[Need]:
    return Need.objects.filter(territory=territory, project__published_at__isnull=False)


def still_missing() -> Q:
    """Needs that may be answered now."""
    left = Q(quantity__isnull=True) | Q(held__lt=F("quantity"))
    return Q(ending="", project__condition=Project.Condition.AWAKE) & left


def met() -> Q:
    """Needs that were found, or for which everything is promised."""
    return Q(ending=Need.Ending.FOUND) | Q(ending="", held__gte=F("quantity"))


def needs_of(
    territory: Territory, *, show: str = "open", kind: str = "", theme: str = ""
) -> QuerySet[Need]:
    """The needs of published projects, latest first; unknown filters keep everything."""
    found = _published(territory).filter({"open": still_missing(), "met": met()}.get(show, Q()))
    if kind in Need.Kind.values:
        found = found.filter(kind=kind)
    if theme:
        found = found.filter(project__in=Project.objects.filter(themes__code=theme))
    return with_brought(found).select_related("project").order_by("-created_at", "-id")


def with_brought(needs: QuerySet[Need]) -> QuerySet[Need]:
    """With ``brought``: the units of promises that were kept."""
    done = Sum("commitments__units", filter=Q(commitments__state__in=DONE))
    return needs.annotate(brought=Coalesce(done, 0))


def of_project(project: Project) -> list[Need]:
    """What is still missing first, then what was found; what was dropped is left out."""
    found = with_brought(Need.objects.filter(project=project).exclude(ending=Need.Ending.DROPPED))
    needs = list(found.order_by("created_at", "id"))
    for need in needs:
        need.project = project
    return sorted(needs, key=lambda need: need.is_met)


def beside(need: Need) -> list[Need]:
    """Other needs of the same project that may be answered now, latest first."""
    others = Need.objects.filter(still_missing(), project=need.project_id).exclude(pk=need.pk)
    return list(others.order_by("-created_at", "-id")[:SHOWN_BESIDE])


def kinds_in(territory: Territory, show: str) -> set[str]:
    """The kinds that this list holds: others are not offered as filters."""
    found = needs_of(territory, show=show).order_by()
    return set(found.values_list("kind", flat=True).distinct())


def themes_in(territory: Territory) -> list[Theme]:
    """Themes of projects that have said what they need."""
    return list(Theme.objects.filter(project__needs__in=_published(territory)).distinct())


def sentences(lines: Sequence[Entry]) -> Mapping[int, str]:
    """What a project's story says of its needs, as they are worded now."""
    found = Need.objects.filter(public_id__in={line.of_id for line in lines})
    titles = dict(found.values_list("public_id", "title"))
    return {
        line.pk: IN_STORY[line.verb] % {"title": repeated(titles[line.of_id])}
        for line in lines
        if line.of_id in titles
    }
