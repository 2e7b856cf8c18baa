"""A harvest prepared, changed, opened, sorted and closed."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from essor.harvest.models import Harvest
from essor.harvest.states import may_become
from essor.kit.ids import free_spoken_code
from essor.kit.locks import lock
from essor.ledger.actions import Named, action, nothing_changed, record
from essor.ledger.models import Audience
from essor.territories.models import Territory


class MoveRefused(Exception):
    """From where the harvest is now, the table of moves does not lead there."""


@dataclass(frozen=True, slots=True)
class HarvestDetails:
    """What the team says of a harvest. ``charter`` blank means the house's own."""

    title: str
    question: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    fate_days: int = 120
    show_ideas: bool = True
    look_first: bool = False
    charter: str = ""


@action
def make_harvest(
    *, territory: Territory, details: HarvestDetails, by: Named | None, at: datetime
) -> Harvest:
    """A harvest in preparation, with the code that stands on its poster."""
    harvest = Harvest.objects.create(
        territory=territory, code=_free_code(), created_at=at, **asdict(details)
    )
    _line("harvest_made", harvest, by=by, at=at)
    return harvest


@action
def change_harvest(
    *, harvest: Harvest, details: HarvestDetails, by: Named | None, at: datetime
) -> Harvest:
    """Say it anew; what was said already stays, the code too."""
    territory = harvest.territory
    harvest = lock(harvest)
    harvest.territory = territory
    said = asdict(details)
    if all(getattr(harvest, name) == value for name, value in said.items()):
        nothing_changed()
        return harvest
    for name, value in said.items():
        setattr(harvest, name, value)
    harvest.save(update_fields=list(said))
    _line("harvest_changed", harvest, by=by, at=at)
    return harvest


@action
def move_harvest(*, harvest: Harvest, to: str, by: Named | None, at: datetime) -> Harvest:
    """Open it, close it, begin to sort. Raises ``MoveRefused``; where it is already, nothing."""
    territory = harvest.territory
    harvest = lock(harvest)
    harvest.territory = territory
    if harvest.state == to:
        nothing_changed()
        return harvest
    if not may_become(harvest, to):
        raise MoveRefused
    harvest.state = to
    harvest.save(update_fields=["state"])
    _line(f"harvest_{to}", harvest, by=by, at=at, audience=Audience.PUBLIC)
    return harvest


def _free_code() -> str:
    return free_spoken_code(lambda code: Harvest.objects.filter(code=code).exists())


def _line(
    verb: str,
    harvest: Harvest,
    *,
    by: Named | None,
    at: datetime,
    audience: Audience = Audience.TEAM,
) -> None:
    record(by=by, at=at, verb=verb, of=harvest, territory=harvest.territory, audience=audience)
