"""A project's moves: along its stages, to sleep, stopped, into another, and starting again."""

from datetime import datetime

from essor.kit.locks import lock, lock_all
from essor.ledger.actions import Named, action, record, step
from essor.ledger.models import Audience
from essor.people.models import Person
from essor.projects.models import Membership, Project, StageChange
from essor.projects.stages import way_of
from essor.projects.states import Condition, may_move


class MoveNotAllowed(Exception):
    """The table of moves does not lead there from where the project is."""


class MergeInCircle(Exception):
    """The other project already joined this one: nothing would be left of either."""


class ReasonMissing(Exception):
    """A change of stage says why, for those who will read it in three years."""


class MovedMeanwhile(Exception):
    """Somebody else moved the project since it was looked at; ``change`` says who, where, why."""

    def __init__(self, change: StageChange) -> None:
        super().__init__(change.pk)
        self.change = change


def last_move(project: Project) -> StageChange | None:
    """The latest move; its number tells whether somebody moved the project meanwhile."""
    return StageChange.objects.filter(project=project).select_related("by").order_by("-pk").first()


@action
def change_stage(
    *,
    project: Project,
    stage: str,
    condition: str,
    why: str,
    by: Person | None,
    at: datetime,
    into: Project | None = None,
    proof: str = "",
    seen: int | None = None,
) -> StageChange:
    """Move ``project`` along, with the reason and perhaps what shows that it is ready.

    Merging says into which published project of the territory; one that was itself merged stands
    for the project it joined. ``seen`` is the number of the last move that was known (0: none).
    Raises ``ReasonMissing``, ``MovedMeanwhile``, ``MoveNotAllowed`` and ``MergeInCircle``.
    """
    if not why.strip():
        raise ReasonMissing
    merging = condition == Condition.MERGED
    if merging:
        # All merges of a territory go one after the other: together two could make a circle.
        project, _ = lock_all(project, project.territory)  # type: ignore[assignment]
    else:
        project = lock(project)
    _check_seen(project, seen)
    way = way_of(project.territory)
    if not may_move(project, stage, condition, way) or merging != (into is not None):
        raise MoveNotAllowed
    if into is not None:
        into = _end_of(project, into)
    before = {"stage": project.stage, "condition": project.condition}
    project.stage, project.condition, project.merged_into = stage, condition, into
    project.save(update_fields=["stage", "condition", "merged_into"])
    change = StageChange.objects.create(
        project=project, stage=stage, condition=condition, why=why.strip(), proof=proof.strip(),
        into=into, by=by, at=at,
    )  # fmt: skip
    data: dict[str, object] = {
        "from": before,
        "stage": stage,
        "condition": condition,
        "change": change.pk,
    }
    if into is not None:
        _lead_over(project, into, at)
        data["into"] = into.public_id
    _record(project, data, by, at)
    return change


def _check_seen(project: Project, seen: int | None) -> None:
    if seen is None:
        return
    last = last_move(project)
    if last is not None and last.pk != seen:
        raise MovedMeanwhile(last)


def _end_of(project: Project, into: Project) -> Project:
    """Where ``into`` ended up through its own merges; under the territory's lock."""
    into = end_of(Project.objects.get(pk=into.pk))
    if into.territory_id != project.territory_id or into.published_at is None:
        raise MoveNotAllowed
    if into.condition == Condition.STOPPED:
        raise MoveNotAllowed
    if into.pk == project.pk:
        raise MergeInCircle
    return into


def end_of(project: Project) -> Project:
    """The project that ``project`` is part of now: itself, or the end of its merges.

    A query a step; the steps are few, and a circle, which no action makes, ends where it began.
    """
    passed = {project.pk}
    while project.condition == Condition.MERGED and project.merged_into is not None:
        if project.merged_into.pk in passed:
            break
        project = project.merged_into
        passed.add(project.pk)
    return project


@step
def _lead_over(project: Project, into: Project, at: datetime) -> None:
    """Who followed the project hears of the one it joined."""
    known = Membership.objects.filter(project=into).values("person_id")
    following = Membership.objects.filter(project=project, follows=True).exclude(
        person_id__in=known
    )
    Membership.objects.bulk_create(
        Membership(project=into, person_id=person, part=Membership.Part.FOLLOWER, since=at)
        for person in following.values_list("person_id", flat=True)
    )


def _record(project: Project, data: dict[str, object], by: Named | None, at: datetime) -> None:
    record(
        by=by,
        at=at,
        verb="stage_changed",
        of=project,
        territory=project.territory,
        audience=Audience.PUBLIC,
        data=data,
    )
