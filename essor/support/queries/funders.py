"""Reads about funders: the hosts' list, which projects fit whom, whom a project may know of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essor.exchanges.introducing import above_of
from essor.exchanges.models import Introduction, Need
from essor.exchanges.queries.needs import still_missing
from essor.people.text import folded
from essor.projects.models import Project
from essor.projects.stages import Way, way_of
from essor.support.fitting import Candidate, Facet, Fit, Wish, fits
from essor.support.models import Form, Funder, PrivateRoom
from essor.support.money import euros
from essor.territories.models import Territory

MOST_PROJECTS, SHOWN = 500, 5
MONEY = frozenset({Form.GIFT, Form.LOAN, Form.CAPITAL, Form.GUARANTEE})
LOOKED_FOR: dict[str, frozenset[Form]] = {
    Need.Kind.MONEY: MONEY,
    Need.Kind.SKILL: frozenset({Form.SKILLS}),
    Need.Kind.CUSTOMERS: frozenset({Form.PURCHASE}),
}
"""Which forms answer which kind of need."""
FUNDER = "funder"
"""The kind of a funder: in an introduction's ``above``, and of the key that a browser holds for one's
own page (``Visitor.give_key``)."""
FILTERS: dict[str, Any] = {
    "ready": gettext_lazy("To be found"),
    "waiting": gettext_lazy("Address not proved"),
    "paused": gettext_lazy("Paused or past their day"),
}


@dataclass(frozen=True, slots=True)
class Match:
    """A project and a funder who fit, with each reason in words; the last time both were asked."""

    project: Project
    funder: Funder
    reasons: list[str]
    introduction: Introduction | None = None


def ready(today: date) -> Q:
    """Funders who may be suggested today."""
    in_time = Q(until=None) | Q(until__gte=today)
    return in_time & Q(confirmed_at__isnull=False, paused_at=None)


def listed(territory: Territory, show: str, today: date) -> QuerySet[Funder]:
    """One list of ``FILTERS``, whoever came first first."""
    found = Funder.objects.filter(territory=territory, left_at=None, person__erased_at=None)
    kept = {
        "ready": ready(today),
        "waiting": Q(confirmed_at=None),
        "paused": Q(confirmed_at__isnull=False) & ~ready(today),
    }[show]
    related = found.filter(kept).select_related("person__organisation")
    return related.prefetch_related("themes").order_by("created_at", "id")


def matches_of(
    funders: Iterable[Funder], territory: Territory, *, inside: bool
) -> dict[int, list[Match]]:
    """The projects that fit each funder, most reasons first; six queries whatever the numbers.

    ``inside``: for hosts, who know what is missing and whom they put in touch; a funder is told of
    amounts only where the leaders show them to everybody.
    """
    funders = list(funders)
    asked = introduced(funders, territory) if inside else {}
    way = way_of(territory)
    candidates = _candidates(territory, way, inside)
    names = {each.key: each.name for each in way.everything}
    found = {}
    for funder in funders:
        wish = wish_of(funder)
        matches = [
            Match(
                project,
                funder,
                _words(reasons, funder, project, names),
                asked.get((funder.public_id, project.pk)),
            )
            for project, candidate in candidates
            if (reasons := fits(wish, candidate))
        ]
        matches.sort(key=lambda each: (-len(each.reasons), str(each.project), each.project.pk))
        found[funder.pk] = matches[:SHOWN]
    return found


def introduced(
    funders: Iterable[Funder], territory: Territory
) -> dict[tuple[str, int | None], Introduction]:
    """The latest introduction of each funder (public id) to each project (key)."""
    ids = {above_of(FUNDER, each.public_id): each.public_id for each in funders}
    found = Introduction.objects.filter(territory=territory, above__in=ids)
    return {(ids[each.above], each.project_id): each for each in found.order_by("asked_at", "id")}


def matches_for(project: Project, today: date) -> list[Match]:
    """The funders who fit a project and agreed that projects see them."""
    way = way_of(project.territory)
    candidates = _candidates(project.territory, way, True, Q(pk=project.pk))
    names = {each.key: each.name for each in way.everything}
    shown = listed(project.territory, "ready", today).exclude(showing=Funder.Showing.HOSTS)
    matches = [
        Match(project, funder, _words(reasons, funder, project, names))
        for funder in shown[:MOST_PROJECTS]
        for _project, candidate in candidates
        if (reasons := fits(_shown_wish(funder), candidate))
    ]
    return sorted(matches, key=lambda each: (-len(each.reasons), each.funder.pk))


def wish_of(funder: Funder) -> Wish:
    """A funder's interests as fitting reads them; its themes must have been fetched."""
    communes = frozenset(filter(None, map(folded, funder.communes.split(","))))
    return Wish(
        frozenset(each.code for each in funder.themes.all()),
        frozenset(funder.stages),
        frozenset(funder.forms),
        communes,
        funder.least,
        funder.most,
    )


def _shown_wish(funder: Funder) -> Wish:
    """The same without amounts where projects may not know them: a reason would tell the range."""
    wish = wish_of(funder)
    return wish if funder.shows_amounts else replace(wish, least=None, most=None)


def _candidates(
    territory: Territory, way: Way, inside: bool, which: Q = Q()
) -> list[tuple[Project, Candidate]]:
    """Published projects under way, the latest first."""
    open_needs = Prefetch(
        "needs", Need.objects.filter(still_missing()).order_by("id"), to_attr="open_needs"
    )
    found = (
        Project.objects.filter(
            which, territory=territory, published_at__isnull=False,
            condition=Project.Condition.AWAKE,
        )
        .exclude(~Q(sut_link=""), stage=Project.Stage.SHEET)  # known from public sources alone
        .prefetch_related("themes", open_needs)
        .order_by("-published_at", "id")
    )  # fmt: skip
    projects = list(found[:MOST_PROJECTS])
    left = _left(projects, inside)
    likes = {each.key: each.like for each in way.everything}
    return [(each, _candidate(each, likes, left.get(each.pk))) for each in projects]


def _candidate(project: Project, likes: dict[str, str], left: int | None) -> Candidate:
    needs: list[Need] = project.open_needs  # type: ignore[attr-defined]
    forms = {form for need in needs for form in LOOKED_FOR.get(need.kind, ())}
    return Candidate(
        frozenset(each.code for each in project.themes.all()),
        likes.get(project.stage, project.stage),
        frozenset(forms | (MONEY if left else set())),
        tuple(filter(None, map(folded, [project.place, *(need.place for need in needs)]))),
        left,
    )


def _left(projects: Sequence[Project], inside: bool) -> dict[int, int]:
    """Euros still missing in the budgets of those that have one; one query."""
    rooms = PrivateRoom.objects.filter(project__in=projects, closed_at=None)
    if not inside:
        rooms = rooms.exclude(sum_shown=PrivateRoom.Sum.ROOM)
    sums = rooms.order_by().values("project").annotate(
        needed=Sum("lines__needed"), there=Sum("lines__found"), held=Sum("lines__held")
    )  # fmt: skip
    return {
        each["project"]: each["needed"] - each["there"] - each["held"]
        for each in sums
        if each["needed"]
    }


def _words(
    reasons: tuple[Fit, ...], funder: Funder, project: Project, stages: dict[str, str]
) -> list[str]:
    return [_word(each, funder, project, stages) for each in reasons]


def _word(fit: Fit, funder: Funder, project: Project, stages: dict[str, str]) -> str:
    """One reason, in the language that is active."""
    if fit.facet == Facet.THEME:
        names = [each.name for each in project.themes.all() if each.code in fit.shared]
        return _("same theme: %(themes)s") % {"themes": ", ".join(names)}
    if fit.facet == Facet.STAGE:
        return _("at the stage “%(stage)s”") % {"stage": stages.get(project.stage, project.stage)}
    if fit.facet == Facet.FORM:
        labels = [str(Form(each).label) for each in fit.shared]
        return _("looks for what they offer: %(forms)s") % {"forms": ", ".join(labels)}
    if fit.facet == Facet.PLACE:
        places = [each.strip() for each in funder.communes.split(",") if folded(each) in fit.shared]
        return _("in a place that they named: %(places)s") % {"places": ", ".join(places)}
    return _("what is missing is within their range")


def range_of(funder: Funder) -> str:
    """From how much to how much, in words; blank where nothing is said."""
    if funder.least and funder.most:
        return _("%(least)s to %(most)s") % {
            "least": euros(funder.least), "most": euros(funder.most)
        }  # fmt: skip
    if funder.most:
        return _("up to %(most)s") % {"most": euros(funder.most)}
    return _("from %(least)s") % {"least": euros(funder.least)} if funder.least else ""


def form_labels(funder: Funder) -> list[str]:
    """The forms of support that they offer, in words."""
    return [str(Form(each).label) for each in funder.forms]
