"""Every write about needs: writing, wording anew, ending, opening again, holding units."""

from dataclasses import dataclass
from datetime import date, datetime

from essor.exchanges.models import Need
from essor.kit.locks import lock
from essor.ledger.actions import Named, action, nothing_changed, record, step
from essor.ledger.models import Audience
from essor.people.models import Person
from essor.projects.models import Project


class NothingNeeded(Exception):
    """A need says what it is."""


class NeedEnded(Exception):
    """It was found, dropped, or its project does not ask for help now."""


class TooFew(Exception):
    """More was promised already than would be asked for; ``held`` says how much."""

    def __init__(self, held: int) -> None:
        super().__init__(held)
        self.held = held


class NotThatMany(Exception):
    """Somebody was faster: only ``left`` units are still missing."""

    def __init__(self, left: int) -> None:
        super().__init__(left)
        self.left = left


@dataclass(frozen=True, slots=True)
class Asked:
    """What a need asks for, as people write it. ``quantity`` None: as much as there is."""

    kind: str
    title: str
    details: str = ""
    quantity: int | None = 1
    unit: str = ""
    place: str = ""
    until: date | None = None
    condition: str = ""

    def trimmed(self) -> dict[str, object]:
        return {
            "kind": self.kind,
            "title": " ".join(self.title.split())[:160],
            "details": self.details.strip()[:2000],
            "quantity": self.quantity,
            "unit": " ".join(self.unit.split())[:40],
            "place": " ".join(self.place.split())[:120],
            "until": self.until,
            "condition": " ".join(self.condition.split())[:300],
        }


@action
def write_need(*, project: Project, asked: Asked, by: Person | None, at: datetime) -> Need:
    """Say what ``project`` looks for. Raises ``NothingNeeded``."""
    words = asked.trimmed()
    if not words["title"]:
        raise NothingNeeded
    need = Need.objects.create(
        territory=project.territory, project=project, written_by=by, created_at=at, **words
    )
    _record(need, "need_written", by, at)
    return need


@action
def reword_need(*, need: Need, asked: Asked, by: Named | None, at: datetime) -> Need:
    """Word a need anew, or ask for more or less of it. Raises ``NothingNeeded`` and ``TooFew``."""
    words = asked.trimmed()
    if not words["title"]:
        raise NothingNeeded
    need = lock(need)
    if asked.quantity is not None and asked.quantity < need.held:
        raise TooFew(need.held)
    if all(getattr(need, name) == value for name, value in words.items()):
        nothing_changed()
        return need
    for name, value in words.items():
        setattr(need, name, value)
    need.save(update_fields=list(words))
    _record(need, "need_reworded", by, at)
    return need


@action
def end_need(*, need: Need, ending: str, by: Named | None, at: datetime) -> Need:
    """Found, or no longer needed; blank opens it again. What was promised stays promised."""
    need = lock(need)
    if need.ending == ending:
        nothing_changed()
        return need
    need.ending, need.ended_at = ending, at if ending else None
    need.save(update_fields=["ending", "ended_at"])
    _record(need, f"need_{ending}" if ending else "need_reopened", by, at)
    return need


@step
def hold(*, need: Need, units: int) -> None:
    """Take ``units`` of a locked need for a commitment. Raises ``NotThatMany``."""
    if need.left is not None and units > need.left:
        raise NotThatMany(need.left)
    _held(need, need.held + units)


@step
def let_go(*, need: Need, units: int) -> None:
    """Give ``units`` of a locked need back: somebody else may bring them."""
    _held(need, max(need.held - units, 0))


def _held(need: Need, held: int) -> None:
    need.held = held
    need.save(update_fields=["held"])


def _record(need: Need, verb: str, by: Named | None, at: datetime) -> None:
    public = need.project.published_at is not None
    record(
        by=by,
        at=at,
        verb=verb,
        of=need,
        territory=need.territory,
        audience=Audience.PUBLIC if public else Audience.TEAM,
        part_of=need.project,
        data={"kind": need.kind},
    )
