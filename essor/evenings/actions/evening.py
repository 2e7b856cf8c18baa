"""Setting an evening up, opening and closing its registration, moving it along."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import partial

from django.db import transaction
from django.db.models import Q

from essor.challenges.models import Challenge
from essor.evenings.actions.waiting import fill_free_seats
from essor.evenings.jobs.moves import tell_of_move
from essor.evenings.models import Evening, Phase, Question, RoomTable
from essor.evenings.rules import missing_before_opening
from essor.evenings.running_order import DEFAULT
from essor.evenings.states import EVENING_MOVES, check_move
from essor.kit.locks import lock
from essor.ledger.actions import Named, action, nothing_changed, record
from essor.ledger.models import Audience
from essor.territories.models import Territory

LIVE_PARTS = ("scene", "phase", "phase_started_at", "phase_paused_at")
MOVING_PARTS = ("date", "starts_at", "ends_at", "place", "address", "commune")


class NotReady(Exception):
    """Registration cannot open yet; ``lacks`` names the fields to fill in first."""

    def __init__(self, lacks: list[str]) -> None:
        super().__init__(", ".join(lacks))
        self.lacks = lacks


class QuestionAnswered(Exception):
    """People answered this question already: its kind cannot change and it cannot go away."""


@dataclass(frozen=True, slots=True)
class Details:
    """When and where, and how many may come."""

    name: str
    date: date
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    place: str = ""
    address: str = ""
    commune: str = ""
    access: str = ""
    description: str = ""
    capacity: int = 0
    registration_closes_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Room:
    """Tables are numbered from 1; ``hard_to_reach`` are those that are not accessible."""

    tables: int
    seats_min: int
    seats_max: int
    rounds: int = 1
    hard_to_reach: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class PhaseOf:
    kind: str
    minutes: int
    title: str = ""


@dataclass(frozen=True, slots=True)
class QuestionOf:
    """``pk`` of the question that is changed, None for a new one."""

    label: str
    kind: str = Question.Kind.TEXT
    options: tuple[str, ...] = ()
    required: bool = False
    pk: int | None = None


@action
def create_evening(
    *, territory: Territory, details: Details, by: Named | None, at: datetime
) -> Evening:
    """An evening in preparation, with the default running order."""
    evening = Evening.objects.create(territory=territory, created_at=at, **asdict(details))
    set_phases(
        evening=evening, phases=[PhaseOf(kind, minutes) for kind, minutes in DEFAULT], by=by, at=at
    )
    _line("created", evening, by=by, at=at)
    return evening


@action
def change_details(
    *, evening: Evening, details: Details, by: Named | None, at: datetime
) -> Evening:
    """Change date, place or numbers; a move is told to everybody, new seats are given away."""
    evening = lock(evening)
    before = {part: getattr(evening, part) for part in MOVING_PARTS}
    for name, value in asdict(details).items():
        setattr(evening, name, value)
    moved = [part for part in MOVING_PARTS if getattr(evening, part) != before[part]]
    told = bool(moved) and evening.state != Evening.State.DRAFT
    evening.sequence += told
    evening.save(update_fields=[*asdict(details), "sequence"])
    _line("changed", evening, by=by, at=at, data={"moved": moved})
    fill_free_seats(evening=evening, by=by, at=at)
    if told:
        transaction.on_commit(partial(tell_of_move.enqueue, evening.pk, evening.sequence))
    return evening


@action
def set_room(*, evening: Evening, room: Room, by: Named | None, at: datetime) -> Evening:
    """How many tables the room holds, for how many people, and which are hard to reach.

    Tables that meet by video take no place in the room: they stay as they are.
    """
    evening = lock(evening)
    evening.seats_min, evening.seats_max = room.seats_min, room.seats_max
    evening.rounds = room.rounds
    evening.save(update_fields=["seats_min", "seats_max", "rounds"])
    evening.room_tables.filter(number__gt=room.tables, remote=False).delete()
    evening.room_tables.update(added=Q(number__gt=room.tables))  # those are remote, beside the hall
    known = {table.number: table for table in evening.room_tables.all()}
    for number in range(1, room.tables + 1):
        accessible = number not in room.hard_to_reach
        if number not in known:
            RoomTable.objects.create(evening=evening, number=number, accessible=accessible)
        elif known[number].accessible != accessible:
            RoomTable.objects.filter(pk=known[number].pk).update(accessible=accessible)
    _line("set_room", evening, by=by, at=at, data={"tables": room.tables})
    return evening


@action
def set_phases(
    *, evening: Evening, phases: Iterable[PhaseOf], by: Named | None, at: datetime
) -> Evening:
    """Replace the running order; the phase that is running now stays where it keeps its kind."""
    evening = lock(evening)
    running = evening.phase
    evening.phases.all().delete()
    made = Phase.objects.bulk_create(
        Phase(evening=evening, kind=p.kind, minutes=p.minutes, title=p.title, order=order)
        for order, p in enumerate(phases, start=1)
    )
    same = next((p for p in made if running and p.kind == running.kind), None)
    evening.phase = same
    evening.save(update_fields=["phase"])
    _line("set_phases", evening, by=by, at=at, data={"minutes": sum(p.minutes for p in made)})
    return evening


@action
def set_challenges(
    *, evening: Evening, challenges: Iterable[Challenge], by: Named | None, at: datetime
) -> Evening:
    """The challenges people choose from; choices already made stay on record."""
    evening = lock(evening)
    wanted = list(challenges)
    evening.challenges.set(wanted)
    _line("set_challenges", evening, by=by, at=at, data={"challenges": len(wanted)})
    return evening


@action
def set_questions(
    *, evening: Evening, questions: Iterable[QuestionOf], by: Named | None, at: datetime
) -> Evening:
    """Replace the evening's own questions; one that was answered keeps its kind and stays."""
    evening = lock(evening)
    known = {question.pk: question for question in evening.questions.all()}
    answered = set(known) & set(
        evening.questions.filter(answers__isnull=False).values_list("pk", flat=True)
    )
    kept = set()
    for order, wanted in enumerate(questions, start=1):
        question = known.get(wanted.pk or 0) or Question(evening=evening)
        if question.pk in answered and question.kind != wanted.kind:
            raise QuestionAnswered
        question.label, question.kind, question.order = wanted.label, wanted.kind, order
        question.options, question.required = list(wanted.options), wanted.required
        question.save()
        kept.add(question.pk)
    if answered - kept:
        raise QuestionAnswered
    evening.questions.exclude(pk__in=kept).delete()
    _line("set_questions", evening, by=by, at=at, data={"questions": len(kept)})
    return evening


@action
def move_evening(*, evening: Evening, to: str, by: Named | None, at: datetime) -> Evening:
    """Open or close registration, begin, end; moving twice is moving once.

    With its end no phase runs any more and the screen thanks. Raises ``MoveRefused``, ``NotReady``.
    """
    evening = lock(evening)
    if evening.state == to:
        nothing_changed()
        return evening
    check_move(EVENING_MOVES, evening.state, to)
    lacks = missing_before_opening(evening) if to == Evening.State.OPEN else []
    if to == Evening.State.OPEN and not evening.challenges.exists():
        lacks.append("challenges")
    if lacks:
        raise NotReady(lacks)
    before, evening.state = evening.state, to
    if to == Evening.State.OPEN and _closing_passed(evening, at):
        evening.registration_closes_at = None
    over = to == Evening.State.OVER
    if over:
        evening.scene = Evening.Scene.THANKS
        evening.phase = evening.phase_started_at = evening.phase_paused_at = None
    evening.save(update_fields=["state", "registration_closes_at", *LIVE_PARTS])
    moved: dict[str, object] = {"from": before, "to": to}
    verb = "ended" if over else "moved"
    _line(verb, evening, by=by, at=at, data=moved, audience=Audience.PUBLIC)
    return evening


def _closing_passed(evening: Evening, at: datetime) -> bool:
    """Opening again by hand outranks a closing time that has passed."""
    closes = evening.registration_closes_at
    return closes is not None and closes <= at


def _line(
    verb: str,
    evening: Evening,
    *,
    by: Named | None,
    at: datetime,
    data: dict[str, object] | None = None,
    audience: Audience = Audience.TEAM,
) -> None:
    record(
        by=by,
        at=at,
        verb=verb,
        of=evening,
        territory=evening.territory,
        room=evening.room,
        audience=audience,
        data=data,
    )
