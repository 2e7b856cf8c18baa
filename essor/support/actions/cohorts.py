"""Cohorts: preparing one, taking projects in and out of it, each with its reason."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from essor.kit.locks import lock
from essor.ledger.actions import Named, action, nothing_changed, record
from essor.ledger.models import Audience
from essor.people.models import Person
from essor.projects.models import Project
from essor.support.actions.play import ask_newcomer
from essor.support.models import Cohort, CohortPlace
from essor.territories.models import Territory, Theme


class EndsBeforeItStarts(Exception):
    """A cohort lasts a day at least."""


class NotPublished(Exception):
    """A sheet that is still being written joins nothing yet."""


class AlreadyIn(Exception):
    """The project has its place in this cohort."""


class NotIn(Exception):
    """The project has no place in this cohort any more."""


class NoReason(Exception):
    """Taking in and taking out say why, for those who will read it in three years."""


@dataclass(frozen=True, slots=True)
class CohortWords:
    """What a host says of a cohort."""

    name: str
    starts_on: date
    ends_on: date
    offers: str = ""
    themes: Sequence[Theme] = field(default=())
    open_track: bool = True
    takeoff_on: date | None = None
    takeoff_place: str = ""


@action
def prepare_cohort(
    *, territory: Territory, words: CohortWords, by: Named | None, at: datetime
) -> Cohort:
    """A new cohort, which everybody sees. Raises ``EndsBeforeItStarts``."""
    if words.ends_on < words.starts_on:
        raise EndsBeforeItStarts
    cohort = Cohort.objects.create(territory=territory, created_at=at, **_plain(words))
    cohort.themes.set(words.themes)
    _record(cohort, "cohort_prepared", by, at)
    return cohort


@action
def reword_cohort(*, cohort: Cohort, words: CohortWords, by: Named | None, at: datetime) -> Cohort:
    """Word it anew, move its dates, say where its take-off evening is. Raises ``EndsBeforeItStarts``."""
    if words.ends_on < words.starts_on:
        raise EndsBeforeItStarts
    cohort = lock(cohort)
    plain = _plain(words)
    before = {name: getattr(cohort, name) for name in plain}
    themes = {theme.pk for theme in words.themes}
    if before == plain and themes == set(cohort.themes.values_list("pk", flat=True)):
        nothing_changed()
        return cohort
    for name, value in plain.items():
        setattr(cohort, name, value)
    cohort.save(update_fields=list(plain))
    cohort.themes.set(themes)
    _record(cohort, "cohort_reworded", by, at)
    return cohort


def _plain(words: CohortWords) -> dict[str, object]:
    names = ("name", "starts_on", "ends_on", "offers", "open_track", "takeoff_on", "takeoff_place")
    return {name: getattr(words, name) for name in names}


@action
def take_in(
    *, cohort: Cohort, project: Project, why: str, by: Person | None, at: datetime
) -> CohortPlace:
    """Give ``project`` a place; its group hears of it, and everybody may.

    Raises ``NoReason``, ``NotPublished`` and ``AlreadyIn``.
    """
    if not why.strip():
        raise NoReason
    cohort = lock(cohort)
    if project.published_at is None or project.territory_id != cohort.territory_id:
        raise NotPublished
    if cohort.places.filter(project=project, until=None).exists():
        raise AlreadyIn
    place = CohortPlace.objects.create(
        cohort=cohort, project=project, since=at, taken_in_by=by, why=why.strip()[:400]
    )
    _record_place(cohort, project, "cohort_joined", by, at)
    ask_newcomer(cohort, project, by, at)
    return place


@action
def take_out(
    *, cohort: Cohort, project: Project, why: str, by: Person | None, at: datetime
) -> CohortPlace:
    """Free the place; that the project was there stays. Raises ``NoReason`` and ``NotIn``."""
    if not why.strip():
        raise NoReason
    cohort = lock(cohort)
    place = cohort.places.filter(project=project, until=None).first()
    if place is None:
        raise NotIn
    place.until, place.taken_out_by, place.why_out = at, by, why.strip()[:400]
    place.save(update_fields=["until", "taken_out_by", "why_out"])
    _record_place(cohort, project, "cohort_left", by, at)
    return place


def _record(cohort: Cohort, verb: str, by: Named | None, at: datetime) -> None:
    record(by=by, at=at, verb=verb, of=cohort, territory=cohort.territory, audience=Audience.PUBLIC)


def _record_place(
    cohort: Cohort, project: Project, verb: str, by: Named | None, at: datetime
) -> None:
    record(
        by=by, at=at, verb=verb, of=cohort, territory=cohort.territory,
        audience=Audience.PUBLIC, part_of=project,
    )  # fmt: skip
