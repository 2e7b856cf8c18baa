"""Promises that wait, in the digest of whoever follows them up: its week's letter, not one a day."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from essor.exchanges.actions.reminders import remember_waiting
from essor.exchanges.letters import absolute
from essor.exchanges.models import Commitment
from essor.exchanges.reminding import contacts_of, due_this_week
from essor.exchanges.states import LIVING, State
from essor.kit.letters import repeated
from essor.news.kinds import Item, Key, Source, Thing
from essor.people.models import Person
from essor.projects.models import Leadership
from essor.territories.models import Role, Territory

TITLE = 120


def owed(at: datetime) -> dict[int, list[str]]:
    """Promises by whoever follows them up: the one who leads, else each host."""
    waiting: dict[int, list[str]] = defaultdict(list)
    for commitment, people in contacts_of(due_this_week(at)).items():
        for person in people:
            waiting[person.pk].append(commitment.public_id)
    return waiting


def as_items(keys: Sequence[str]) -> list[Item]:
    """Each promise with the way to answer it, the one that waits longest first; those that were
    answered since are left out."""
    found = Commitment.objects.filter(public_id__in=keys, state__in=LIVING)
    return [
        Item(each.public_id, _about(each), _thing(each), each.state_at, _words(each))
        for each in found.select_related("territory", "project", "person").order_by(
            "state_at", "id"
        )
    ]


def _about(commitment: Commitment) -> Key:
    """Promises stand together by project, apart from what happened to it."""
    holder = commitment.project or commitment.territory
    return "waiting", holder.public_id


def _thing(commitment: Commitment) -> Thing:
    territory, project = commitment.territory, commitment.project
    if project is None:
        title = _("Promises to %(place)s wait for a sign of you") % {"place": territory.name}
        page = reverse("exchanges:desk", args=[territory.slug])
    else:
        title = _("%(project)s: promises wait for a sign of you") % {
            "project": Truncator(repeated(str(project))).chars(TITLE)
        }
        page = reverse("projects:project", args=[territory.slug, project.public_id])
    return Thing(title, page, territory.public_id, territory.name)


def _words(commitment: Commitment) -> str:
    said = {
        "name": repeated(commitment.person.name),
        "what": Truncator(repeated(commitment.what) or commitment.get_kind_display()).chars(TITLE),
    }
    if commitment.state == State.ACCEPTED:
        words = _("%(name)s, “%(what)s”: was it kept?") % said
    else:
        words = _("%(name)s, “%(what)s”: not answered yet. A call of two minutes is enough.") % said
    page = absolute("exchanges:answer", commitment.territory.slug, commitment.public_id)
    return f"{words} {page}"


def mark(pairs: Sequence[tuple[int, str]], at: datetime) -> None:
    """That nobody gets two mails of one round, the round itself sees to."""
    remember_waiting(keys={key for _person, key in pairs}, by=None, at=at)


def places(person: Person) -> list[str]:
    """Territories that the person hosts, or of which a project is led by them."""
    hosts = Role.objects.filter(person=person, kind=Role.Kind.HOST).order_by().values("territory")
    leads = Leadership.objects.filter(person=person).order_by().values("project__territory")
    theirs = Q(pk__in=hosts) | Q(pk__in=leads)
    found = Territory.objects.filter(theirs).order_by("name", "id")
    return list(found.values_list("public_id", flat=True))


WAITING = Source("waiting", owed, as_items, mark, places)
