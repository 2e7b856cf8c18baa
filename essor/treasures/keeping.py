"""From a filled form to a kept treasure: who wrote it down, within which limits."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from essor.kit import clock
from essor.kit.limits import mark_of, spend
from essor.people.actions import welcome_person
from essor.people.models import Person
from essor.people.text import same_name
from essor.people.visitor import PERSON
from essor.territories.models import Territory
from essor.treasures.actions.treasures import Said, write_down
from essor.treasures.forms.treasures import KeeperForm
from essor.treasures.models import Treasure
from essor.treasures.rules import KEEPERS, TREASURE

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
A_DEVICE, A_TERRITORY, AN_ADDRESS, REMARKS = 40, 2_000, 20, 60


def by(request: HttpRequest) -> dict[str, Any]:
    """Who acts now: the signed-in person, or nobody known."""
    return {"by": request.visitor.person, "at": clock.now()}  # type: ignore[attr-defined]


def keep(request: HttpRequest, territory: Territory, said: Said, keeper: KeeperForm) -> Treasure:
    """Write ``said`` down for whoever ``keeper`` names; raises ``TooOften``."""
    visitor, at = request.visitor, clock.now()  # type: ignore[attr-defined]
    of_team = request.rights.any_of(*KEEPERS)  # type: ignore[attr-defined]
    if not of_team:
        spend(f"treasure:{territory.pk}:{visitor.device}", limit=A_DEVICE, window=HOUR, at=at)
        spend(f"treasure:{territory.pk}", limit=A_TERRITORY, window=HOUR, at=at)
    who = who_keeps(request, keeper)
    if who is not None and who.email:
        spend(f"treasure-mail:{mark_of(who.email)}", limit=AN_ADDRESS, window=DAY, at=at)
    return write_down(
        territory=territory, said=said, keeper=who, of_team=of_team, by=visitor.person or who, at=at
    )


def who_keeps(request: HttpRequest, keeper: KeeperForm) -> Person | None:
    """The signed-in person, whom this browser acted for before under this name, a new person, nobody."""
    visitor = request.visitor  # type: ignore[attr-defined]
    if visitor.person is not None:
        return visitor.person  # type: ignore[no-any-return]
    name, email = keeper.cleaned_data["first_name"], keeper.cleaned_data["email"].lower()
    if not name and not email:
        return None
    known: Person | None = visitor.recognised
    if known and same_name(known.first_name, name) and (known.email or email) == email:
        return known
    return welcome_person(
        first_name=name or email.split("@")[0][:80],
        email=email,
        language=(get_language() or "fr")[:2],
        by=None,
        at=clock.now(),
    )


def remember(request: HttpRequest, treasure: Treasure) -> None:
    """This browser wrote it down; whoever it named is known here from now on."""
    visitor = request.visitor  # type: ignore[attr-defined]
    visitor.give_key(TREASURE, treasure.public_id)
    if treasure.keeper is not None and visitor.person is None:
        visitor.give_key(PERSON, treasure.keeper.public_id)


def spend_remark(request: HttpRequest, territory: Territory) -> str:
    """One of the remarks that this device may make an hour; its name. Raises ``TooOften``."""
    device = request.visitor.device  # type: ignore[attr-defined]
    spend(f"remark:{territory.pk}:{device}", limit=REMARKS, window=HOUR, at=clock.now())
    return str(device)
