"""Needs are found like projects, as long as their project is published."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from essor.exchanges.models import Need
from essor.kit.finding import Found, Told, declare


def public() -> QuerySet[Need]:
    """What was dropped is left out, as on the project's page."""
    published = Need.objects.filter(project__published_at__isnull=False)
    kept = published.exclude(ending=Need.Ending.DROPPED)
    return kept.select_related("territory", "project")


def told(need: Need) -> Told:
    address = reverse("needs:need", args=[need.territory.slug, need.public_id])
    said = " ".join(filter(None, [need.details, need.condition, need.place, need.project.title]))
    return Told(need.title, said, address)


declare(
    Found(
        "need", 5, _("Needs"), _("need"), public, told,
        {"need": "public_id", "project": "project__public_id"},
    )
)  # fmt: skip
