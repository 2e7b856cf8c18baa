"""Reads about territories that are used in more than one place."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from essor.people.models import Person
from essor.territories.models import Invitation, Role, Territory, Theme


def themes_of(territory: Territory) -> QuerySet[Theme]:
    """The themes that this territory works with: those it chose, else the network's and its own."""
    chosen = territory.themes.all()
    return chosen if chosen.exists() else selectable_themes(territory)


def selectable_themes(territory: Territory) -> QuerySet[Theme]:
    """The network's themes, then the territory's own."""
    shared = Theme.objects.filter(territory=None)
    both = shared | Theme.objects.filter(territory=territory)
    return both.order_by(F("territory").asc(nulls_first=True), "order", "name_fr", "id")


def team_of(territory: Territory) -> list[Role]:
    """Who is trusted with what here, hosts first."""
    order = {kind: place for place, kind in enumerate(Role.Kind.values)}
    roles = Role.objects.filter(territory=territory).select_related("person__account")
    return sorted(roles, key=lambda role: (order[role.kind], role.since, role.pk))


def hosts_with_address(territory: Territory) -> QuerySet[Person]:
    """The hosts to whom a mail can be written, each once."""
    return (
        Person.objects.filter(
            roles__territory=territory, roles__kind=Role.Kind.HOST, erased_at=None
        )
        .exclude(email="")
        .order_by("id")
    )


def open_invitations(territory: Territory, *, at: datetime) -> QuerySet[Invitation]:
    """Invitations that somebody may still accept, newest first."""
    return territory.invitations.select_related("territory", "made_by").filter(
        accepted_at=None, withdrawn_at=None, expires_at__gt=at
    )


@dataclass(frozen=True, slots=True)
class FirstStep:
    """Something to settle in a new territory: where, and whether it is done."""

    title: str | Promise
    note: str | Promise
    route: str
    done: bool


def first_steps(territory: Territory) -> list[FirstStep]:
    """What a founding team does first, in order."""
    return [
        FirstStep(
            _("Say who you are"),
            _("Your promise and a few words of welcome, in your colours."),
            "territories:identity",
            bool(territory.promise and territory.welcome),
        ),
        FirstStep(
            _("Choose your themes"),
            _("The network's, and your own."),
            "territories:themes",
            territory.themes.exists(),
        ),
        FirstStep(
            _("Say whom you hope to see"),
            _("A share for each sphere: you will see who is missing before the evening."),
            "territories:spheres",
            territory.sphere_targets.exists(),
        ),
        FirstStep(
            _("Invite your team"),
            _("A link for each role: hosts, facilitators, door."),
            "territories:team",
            territory.roles.count() > 1,
        ),
    ]
