"""What digests tell of evenings: to whoever follows their territory, that one opens and is near."""

from collections.abc import Collection, Mapping, Sequence

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essor.evenings.models import Evening
from essor.kit import clock
from essor.ledger.models import Entry
from essor.news.kinds import Kind, Thing, followed, tells


def things(ids: Collection[str]) -> dict[str, Thing]:
    """Evenings that are no drafts, by public id."""
    found = Evening.objects.filter(public_id__in=ids).exclude(state=Evening.State.DRAFT)
    return {
        each.public_id: Thing(
            each.name,
            reverse("evenings:evening", args=[each.territory.slug, each.public_id]),
            each.territory.public_id,
            each.territory.name,
        )
        for each in found.select_related("territory")
    }


def openings(lines: Sequence[Entry]) -> Mapping[int, str]:
    """That one may register, while one may."""
    return _told([line for line in lines if line.data.get("to") == Evening.State.OPEN],
                 _("registration is open."), _("registration is open for %(day)s."))  # fmt: skip


def days(lines: Sequence[Entry]) -> Mapping[int, str]:
    return _told(lines, "", _("it is soon: %(day)s. You may still register."))


def _told(lines: Sequence[Entry], without_day: str, with_day: str) -> dict[int, str]:
    ids = {line.of_id for line in lines}
    here = Evening.objects.filter(public_id__in=ids, state=Evening.State.OPEN)
    dates = dict(here.values_list("public_id", "date"))
    said = {}
    for line in lines:
        day = dates.get(line.of_id)
        if day is None and line.of_id in dates:
            said[line.pk] = without_day
        elif day is not None and day >= clock.today():
            said[line.pk] = with_day % {"day": date_format(day, "l j F")}
    return said


followed(Kind("evening", gettext_lazy("Evening"), lambda ids: (), lambda person: (), things))
tells("evening", ["moved"], openings, in_territory=True)
tells("evening", ["evening_near"], days, in_territory=True)
