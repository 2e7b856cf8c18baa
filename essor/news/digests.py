"""A territory can be followed: one hears of what begins there."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy

from essor.news.kinds import TERRITORY, Kind, Thing, followed
from essor.territories.models import Territory


def things(ids: Collection[str]) -> dict[str, Thing]:
    found = Territory.objects.filter(public_id__in=ids)
    return {
        each.public_id: Thing(each.name, f"/{each.slug}/", each.public_id, each.name)
        for each in found
    }


followed(Kind(TERRITORY, gettext_lazy("Territory"), lambda ids: (), lambda person: (), things))
