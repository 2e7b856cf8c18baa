"""Ideas are found by what was said, once everybody may read them; never by who said it."""

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from essor.harvest.models import Idea
from essor.harvest.rules import SILENT
from essor.kit.finding import Found, Told, declare


def public() -> QuerySet[Idea]:
    """Shown ones; not in the silent time, when everybody writes without reading the others."""
    open_to_read = Q(harvest__show_ideas=True) | ~Q(harvest__state__in=SILENT)
    shown = Idea.objects.filter(open_to_read, state=Idea.State.SHOWN)
    return shown.select_related("territory", "harvest")


def told(idea: Idea) -> Told:
    where = [idea.territory.slug, idea.harvest.public_id, idea.public_id]
    return Told(idea.words, idea.detail, reverse("harvest:idea", args=where))


declare(
    Found(
        "idea", 7, _("Ideas"), _("idea"), public, told,
        {"idea": "public_id", "harvest": "harvest__public_id",
         "idealist": "harvest__lists__public_id"},
    )
)  # fmt: skip
