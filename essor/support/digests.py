"""What digests tell of cohorts, to whoever belongs to one of their projects or follows it: opening,
take-off evening, end; that a project joined one; what waits for a project's answer."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essor.kit import clock
from essor.kit.letters import repeated
from essor.ledger.models import Entry
from essor.news.kinds import Follower, Kind, Thing, followed, owes, tells
from essor.people.models import Person
from essor.projects.digests import its_project
from essor.support.models import Cohort, CohortPlace
from essor.support.waiting import ANSWERS


def followers(ids: Collection[str]) -> Iterator[Follower]:
    """Those of the groups of its projects, their tables and followers, since both are so."""
    found = CohortPlace.objects.filter(
        cohort__public_id__in=ids, until=None, project__memberships__follows=True
    ).order_by("id")
    names = ("cohort__public_id", "project__memberships__person", "project__memberships__since")
    for of_id, person, since in found.values_list(*names):
        yield Follower(of_id, person, since)


def mine(person: Person) -> list[str]:
    found = Cohort.objects.filter(
        places__until=None, places__project__memberships__person=person,
        places__project__memberships__follows=True,
    )  # fmt: skip
    return list(found.order_by("-starts_on", "-id").distinct().values_list("public_id", flat=True))


def things(ids: Collection[str]) -> dict[str, Thing]:
    return {
        each.public_id: Thing(
            each.name,
            reverse("support:cohort", args=[each.territory.slug, each.public_id]),
            each.territory.public_id,
            each.territory.name,
        )
        for each in Cohort.objects.filter(public_id__in=ids).select_related("territory")
    }


def _cohorts(lines: Sequence[Entry]) -> dict[str, Cohort]:
    found = Cohort.objects.filter(public_id__in={line.of_id for line in lines})
    return {each.public_id: each for each in found}


def days(lines: Sequence[Entry]) -> Mapping[int, str]:
    """As its days are now: a day that passed or moved since is not told."""
    known, today, said = _cohorts(lines), clock.today(), {}
    for line in lines:
        cohort = known.get(line.of_id)
        if cohort is None:
            continue
        evening = cohort.takeoff_on
        if line.verb == "cohort_opened" and cohort.is_under_way(today):
            last = {"day": date_format(cohort.ends_on, "j F Y")}
            said[line.pk] = _("it opens, and goes until %(day)s.") % last
        if line.verb == "takeoff_near" and evening is not None and evening >= today:
            where = f" {repeated(cohort.takeoff_place)}." if cohort.takeoff_place else ""
            day = {"day": date_format(evening, "l j F")}
            said[line.pk] = _("its take-off evening is soon: %(day)s.") % day + where
        if line.verb == "cohort_ended" and cohort.ends_on < today:
            said[line.pk] = _("it has come to its end. Thank you for the way you went together.")
    return said


def joinings(lines: Sequence[Entry]) -> Mapping[int, str]:
    known = _cohorts(lines)
    return {
        line.pk: _("it is supported for some months: “%(cohort)s”.")
        % {"cohort": repeated(known[line.of_id].name)}
        for line in lines
        if line.of_id in known
    }


followed(Kind("cohort", gettext_lazy("Cohort"), followers, mine, things))
tells("cohort", ["cohort_opened"], days, in_territory=True)
tells("cohort", ["takeoff_near"], days, in_territory=True)
tells("cohort", ["cohort_ended"], days)
tells("cohort", ["cohort_joined"], joinings, about=its_project)
owes(ANSWERS)
