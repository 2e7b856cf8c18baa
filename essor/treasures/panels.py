"""What this room adds elsewhere: the header, the personal link of a treasure, my treasures, looks due."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from essor.kit import navigation
from essor.kit.panels import Panel, register
from essor.kit.prepared import Prepared
from essor.people.links import THREE_YEARS, register_key
from essor.people.models import Person, PersonalLink
from essor.territories.models import Territory
from essor.treasures.actions.treasures import LINK
from essor.treasures.letters import page_of
from essor.treasures.models import Treasure
from essor.treasures.queries.care import waiting_count
from essor.treasures.rules import KEEPERS, TREASURE

MOST_KEYS, SHOWN = 30, 30
_mine = Prepared(
    lambda person: (
        Treasure.objects.filter(keeper_id=person)
        .select_related("territory")
        .order_by("-changed_at", "-id")[:SHOWN]
    ),
    int,
)


def treasure_page(link: PersonalLink) -> str | None:
    treasure = _linked(link)
    return page_of(treasure) if treasure else None


def others_written(link: PersonalLink) -> list[str]:
    """What else the person wrote down in the treasure's territory."""
    written = Treasure.objects.filter(
        territory__treasures__public_id=link.subject, keeper=link.person_id
    )
    newest = written.order_by("-id").values_list("public_id", flat=True)[:MOST_KEYS]
    return list(reversed(newest))


def _linked(link: PersonalLink) -> Treasure | None:
    return (
        Treasure.objects.select_related("territory")
        .filter(public_id=link.subject, keeper=link.person_id)
        .first()
    )


def my_treasures(request: HttpRequest, person: Person) -> Panel | None:
    """What I wrote down, and since when it is not confirmed."""
    treasures = _mine.all(person.pk)
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


register_key(
    LINK, TREASURE, treasure_page, button=_("See my treasure"), lasts=THREE_YEARS,
    others=others_written,
)  # fmt: skip
register("me", my_treasures, order=30)
register("host_desk", looks_due, order=16)
navigation.add(_("Treasures"), "treasures:inventory", order=50)
