"""A treasure written down, changed by its keeper or the team, confirmed, found to be gone."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from essor.finding.index import at_once
from essor.kit.locks import lock
from essor.ledger.actions import Named, action, nothing_changed, record, step
from essor.ledger.models import Audience
from essor.people.actions import make_link
from essor.people.fields import WEB_ADDRESS
from essor.people.models import Person, Sphere
from essor.territories.models import Territory, Theme
from essor.treasures.letters import post_written_down
from essor.treasures.models import Confirmation, Treasure
from essor.treasures.places import Point, at_least_blurred, blurred

LINK = "treasure"
"""The purpose of the personal link that opens one's treasures."""
AGAIN_AFTER = timedelta(days=30)
"""The same person or device confirms a treasure once in so long."""
State = Treasure.State


class NotShown(Exception):
    """Nobody confirms a treasure that is hidden or waits for a look."""


@dataclass(frozen=True, slots=True)
class Said:
    """A treasure as somebody describes it. ``point`` is exact here and blurred before it is kept."""

    name: str
    kind: str
    description: str = ""
    use: str = Treasure.Use.HERE
    quantity: str = ""
    themes: tuple[Theme, ...] = ()
    sphere: Sphere | None = None
    holder: str = ""
    place: str = ""
    commune: str = ""
    commune_code: str = ""
    point: Point | None = None
    precision: str = Treasure.Precision.COMMUNE
    sources: list[dict[str, str]] = field(default_factory=list)

    def values(self) -> dict[str, Any]:
        """The fields of a treasure that say this, its place blurred."""
        precision = at_least_blurred(self.kind, self.precision)
        point = blurred(self.point, precision, self.commune_code)
        if self.point is None:
            precision = Treasure.Precision.COMMUNE
        return {
            "name": self.name,
            "kind": self.kind,
            "description": self.description,
            "use": self.use,
            "quantity": self.quantity,
            "sphere": self.sphere,
            "holder": self.holder,
            "place": self.place,
            "commune": self.commune,
            "commune_code": self.commune_code,
            "latitude": point[0] if point else None,
            "longitude": point[1] if point else None,
            "precision": precision,
        }


SEEN_BY_ALL = frozenset({"treasure_changed", "treasure_gone", "treasure_back", "correction_taken"})


@action
def write_down(
    *,
    territory: Territory,
    said: Said,
    keeper: Person | None,
    by: Named | None,
    at: datetime,
    of_team: bool = False,
    invented: bool = False,
) -> Treasure:
    """Keep a treasure. Words with a web address from outside the team wait for a look.

    A keeper with an address is mailed the way back to it.
    """
    links = WEB_ADDRESS.search(f"{said.name} {said.description} {said.place}")
    treasure = Treasure.objects.create(
        territory=territory,
        keeper=keeper,
        way=Treasure.Way.PERSON,
        state=State.WAITING if links and not of_team else State.SHOWN,
        sources=said.sources,
        invented=invented,
        created_at=at,
        changed_at=at,
        **said.values(),
    )
    treasure.themes.set(said.themes)
    audience = Audience.PUBLIC if treasure.state == State.SHOWN else Audience.TEAM
    line("treasure_written", treasure, by=by or keeper, at=at, audience=audience, kind=said.kind)
    if keeper is not None and keeper.email:
        post_written_down(treasure, token=personal_link(treasure, by=by, at=at), at=at)
    return treasure


@action
def change_treasure(
    *, treasure: Treasure, said: Said, by: Named | None, at: datetime, keeps_point: bool = False
) -> Treasure:
    """Its keeper or the team describes it anew, which also confirms it.

    ``keeps_point``: nothing was said of the point on the map, so it stays, as blurred as it was.
    """
    treasure = locked(treasure)
    values = said.values()
    if keeps_point:
        for name in ("latitude", "longitude", "precision"):
            del values[name]
    themes = set(treasure.themes.values_list("pk", flat=True))
    same = all(getattr(treasure, name) == value for name, value in values.items())
    if same and themes == {theme.pk for theme in said.themes}:
        nothing_changed()
        return treasure
    for name, value in values.items():
        setattr(treasure, name, value)
    treasure.changed_at = treasure.corrected_at = treasure.confirmed_at = at
    treasure.save()
    treasure.themes.set(said.themes)
    line("treasure_changed", treasure, by=by, at=at)
    return treasure


@action
def confirm_treasure(
    *,
    treasure: Treasure,
    served_for: str,
    person: Person | None,
    device: str,
    by: Named | None,
    at: datetime,
) -> Confirmation:
    """Somebody saw that it is still so. Raises ``NotShown``.

    Within ``AGAIN_AFTER`` the same person or device confirms once; new words replace the old.
    """
    treasure = locked(treasure)
    if treasure.state != State.SHOWN:
        raise NotShown
    mine = treasure.confirmations.filter(at__gt=at - AGAIN_AFTER)
    mine = mine.filter(person=person) if person else mine.filter(person=None, device=device)
    known = mine.first()
    if known is not None and (not served_for or known.served_for == served_for):
        nothing_changed()
        return known
    made = known or Confirmation(treasure=treasure, person=person, device=device)
    made.served_for, made.at = served_for, at
    made.save()
    treasure.confirmed_at = treasure.changed_at = at
    treasure.save(update_fields=["confirmed_at", "changed_at"])
    line("treasure_confirmed", treasure, by=by or person, at=at, audience=Audience.PUBLIC)
    return made


@action
def end_treasure(*, treasure: Treasure, by: Named | None, at: datetime) -> Treasure:
    """It is no longer there: it leaves lists and map, its page says so; twice is once."""
    return move(treasure, State.GONE, "treasure_gone", by=by, at=at)


@action
def restore_treasure(*, treasure: Treasure, by: Named | None, at: datetime) -> Treasure:
    """It is there again; what the team hides stays hidden."""
    treasure = locked(treasure)
    if treasure.state == State.HIDDEN:
        raise NotShown
    return move(treasure, State.SHOWN, "treasure_back", by=by, at=at)


@step
def move(
    treasure: Treasure, state: str, verb: str, *, by: Named | None, at: datetime, why: str = ""
) -> Treasure:
    """Put a treasure into another state, with its line."""
    treasure = locked(treasure)
    if treasure.state == state and treasure.hidden_why == why:
        nothing_changed()
        return treasure
    treasure.state, treasure.hidden_why, treasure.changed_at = state, why, at
    treasure.save(update_fields=["state", "hidden_why", "changed_at"])
    line(verb, treasure, by=by, at=at)
    return treasure


def locked(treasure: Treasure) -> Treasure:
    territory = treasure.territory
    treasure = lock(treasure)
    treasure.territory = territory
    return treasure


@step
def personal_link(treasure: Treasure, *, by: Named | None, at: datetime) -> str:
    assert treasure.keeper is not None
    return make_link(person=treasure.keeper, purpose=LINK, subject=treasure.public_id, by=by, at=at)


@step
def line(
    verb: str,
    treasure: Treasure,
    *,
    by: Named | None,
    at: datetime,
    audience: Audience = Audience.TEAM,
    **data: Any,
) -> None:
    """What happened to a treasure; it is found as it is now by the next who looks.

    What its page shows to everybody is told to everybody who follows it.
    """
    if verb in SEEN_BY_ALL and treasure.state in {State.SHOWN, State.GONE}:
        audience = Audience.PUBLIC
    record(
        by=by, at=at, verb=verb, of=treasure, territory=treasure.territory, audience=audience,
        data=data,
    )  # fmt: skip
    at_once("treasure", treasure.pk)
