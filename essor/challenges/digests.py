"""What digests tell of challenges: to whoever follows them, and of new ones in the territory."""

from collections.abc import Collection, Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essor.challenges.models import Challenge
from essor.ledger.models import Entry
from essor.news.kinds import Kind, Thing, followed, tells


def things(ids: Collection[str]) -> dict[str, Thing]:
    """Challenges that are no drafts, by public id."""
    found = Challenge.objects.filter(public_id__in=ids).exclude(state=Challenge.State.DRAFT)
    return {
        each.public_id: Thing(
            each.question,
            reverse("challenges:challenge", args=[each.territory.slug, each.public_id]),
            each.territory.public_id,
            each.territory.name,
        )
        for each in found.select_related("territory")
    }


def public(ids: Collection[str]) -> list[str]:
    found = Challenge.objects.filter(public_id__in=ids).exclude(state=Challenge.State.DRAFT)
    return list(found.order_by("id").values_list("public_id", flat=True))


def states(lines: Sequence[Entry]) -> Mapping[int, str]:
    said = {
        "challenge_open": _("this challenge is open: people may choose it."),
        "challenge_closed": _("this challenge is closed."),
        "challenge_merged": _("this challenge joined another one."),
        "challenge_split": _("this challenge was split into several."),
    }
    return {line.pk: said[line.verb] for line in lines}


followed(
    Kind(
        "challenge", gettext_lazy("Challenge"), lambda ids: (), lambda person: (), things,
        public=public,
    )
)  # fmt: skip
tells("challenge", ["challenge_open"], states, in_territory=True)
tells("challenge", ["challenge_closed", "challenge_merged", "challenge_split"], states)
