"""What this room adds elsewhere: the header, the personal link of a treasure, my treasures, looks due."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from essor.kit import navigation
from essor.kit.panels import Panel, register
from essor.people.links import register_purpose
from essor.people.models import Person, PersonalLink
from essor.people.visitor import PERSON
from essor.territories.models import Territory
from essor.treasures.actions.treasures import LINK, LINK_LASTS
from essor.treasures.letters import page_of
from essor.treasures.models import Treasure
from essor.treasures.queries.care import waiting_count
from essor.treasures.rules import KEEPERS, TREASURE

MOST_KEYS, SHOWN = 30, 30


def open_treasure(request: HttpRequest, link: PersonalLink) -> str:
    """Let the browser in to every treasure that the person wrote down in this territory."""
    treasure = _linked(link)
    if treasure is None:
        return "/"
    visitor = request.visitor  # type: ignore[attr-defined]
    mine = Treasure.objects.filter(territory=treasure.territory_id, keeper=link.person_id)
    for key in reversed(mine.order_by("-id").values_list("public_id", flat=True)[:MOST_KEYS]):
        visitor.give_key(TREASURE, key)
    visitor.give_key(TREASURE, treasure.public_id)
    visitor.give_key(PERSON, link.person.public_id)
    return page_of(treasure)


def still_open(request: HttpRequest, link: PersonalLink) -> str | None:
    """The address again, for the browser that used this link before."""
    if not request.visitor.holds(TREASURE, link.subject):  # type: ignore[attr-defined]
        return None
    treasure = _linked(link)
    return page_of(treasure) if treasure else None


def _linked(link: PersonalLink) -> Treasure | None:
    return (
        Treasure.objects.select_related("territory")
        .filter(public_id=link.subject, keeper=link.person_id)
        .first()
    )


def my_treasures(request: HttpRequest, person: Person) -> Panel | None:
    """What I wrote down, and since when it is not confirmed."""
    mine = Treasure.objects.filter(keeper=person).select_related("territory")
    treasures = list(mine.order_by("-changed_at", "-id")[:SHOWN])
    return Panel("treasures/_my_treasures.html", {"treasures": treasures}) if treasures else None


def looks_due(request: HttpRequest, territory: Territory) -> Panel | None:
    """Corrections and treasures that wait for somebody of the team."""
    if not request.rights.any_of(*KEEPERS):  # type: ignore[attr-defined]
        return None
    count = waiting_count(territory)
    return (
        Panel("treasures/_looks_due.html", {"territory": territory, "count": count})
        if count
        else None
    )


register_purpose(
    LINK, open_treasure, button=_("See my treasure"), lasts=LINK_LASTS, still_open=still_open
)
register("me", my_treasures, order=30)
register("host_desk", looks_due, order=16)
navigation.add(_("Treasures"), "treasures:inventory", order=50)
