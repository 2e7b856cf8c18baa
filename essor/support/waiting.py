"""What waits for a project's answer (recommendations, a state of play), in the digest of the week of
whoever leads it: each step of ``STEPS`` once, never a letter of its own."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from essor.kit.letters import repeated
from essor.news.concerned import nothing_from
from essor.news.kinds import Item, Source, Thing
from essor.news.timing import due_day
from essor.people.models import Person
from essor.projects.leading import leading
from essor.projects.models import Project
from essor.projects.nearby import address_of
from essor.support.actions import play, recommendations
from essor.support.actions.recalling import asked_at, remember_asked, step_due
from essor.support.models import Recommendation, Standing
from essor.support.silence import left_alone
from essor.support.states import Answer
from essor.territories.models import Territory

TITLE = 120
ADVICE, PLAY = "advice:", "play:"
Waits = Recommendation | Standing


def key_of(waits: Waits) -> str:
    return f"{ADVICE if isinstance(waits, Recommendation) else PLAY}{waits.public_id}"


def unanswered(**which: object) -> list[Waits]:
    """Everything that projects under way have not answered; none of a rehearsal's. Two queries."""
    awake = Q(
        project__condition=Project.Condition.AWAKE, project__territory__rehearsal=False, **which
    )
    advice = Recommendation.objects.filter(awake, answer=Answer.NONE)
    play = Standing.objects.filter(awake, handed_in_at=None)
    return [
        *advice.select_related("project__territory").order_by("created_at", "id"),
        *play.select_related("project__territory", "play__cohort").order_by("asked_at", "id"),
    ]


def due_this_week(at: datetime) -> list[Waits]:
    """What a step has come for; also what this very round has remembered, where it goes on after a
    break. Projects at rest are left alone."""
    today, week = timezone.localtime(at).date(), due_day(at)
    due = [each for each in unanswered() if each.reminded_in == week or step_due(each, today)]
    alone = left_alone({each.project_id for each in due}, today)
    return [each for each in due if each.project_id not in alone]


def owed(at: datetime) -> dict[int, list[str]]:
    """By whoever leads the project and hears news from there."""
    due = due_this_week(at)
    leaders: dict[int, list[Person]] = defaultdict(list)
    found = leading({each.project_id for each in due}).filter(
        person__erased_at=None, person__no_news=False
    )
    for term in found.exclude(person__email="").order_by("since", "id"):
        if term.person is not None:
            leaders[term.project_id].append(term.person)
    silent = nothing_from({who.pk for some in leaders.values() for who in some})
    waiting: dict[int, list[str]] = defaultdict(list)
    for each in due:
        for who in leaders[each.project_id]:
            if (who.pk, each.project.territory.public_id) not in silent:
                waiting[who.pk].append(key_of(each))
    return waiting


def as_items(keys: Sequence[str]) -> list[Item]:
    """Each with its project; what was answered since is left out."""
    ids = [key.partition(":")[2] for key in keys]
    return [_item(each) for each in unanswered(public_id__in=ids)]


def _item(waits: Waits) -> Item:
    project = waits.project
    title = {"project": Truncator(repeated(str(project))).chars(TITLE)}
    thing = Thing(
        _("%(project)s: your answer is awaited") % title,
        address_of(project),
        project.territory.public_id,
        project.territory.name,
    )
    about = ("answers", project.public_id)
    purpose = recommendations.LINK if isinstance(waits, Recommendation) else play.LINK
    way_in = (purpose, project.public_id)
    return Item(key_of(waits), about, thing, asked_at(waits), _words(waits), way_in)


def _words(waits: Waits) -> str:
    if isinstance(waits, Recommendation):
        what = Truncator(repeated(waits.what)).chars(TITLE)
        return _(
            "“%(what)s” was recommended to you: doing it, done, blocked or not for us, "
            "each is a good answer."
        ) % {"what": what}
    cohort = Truncator(repeated(waits.play.cohort.name)).chars(TITLE)
    return _("%(cohort)s asks where you stand: a few minutes, by the link of its mail.") % {
        "cohort": cohort
    }


def mark(pairs: Sequence[tuple[int, str]], at: datetime) -> None:
    """That nobody gets two mails of one round, the round itself sees to."""
    remember_asked(keys={key for _person, key in pairs}, by=None, at=at)


def places(person: Person) -> list[str]:
    """Territories of which the person leads a project."""
    found = Territory.objects.filter(projects__leaderships__person=person)
    return list(found.order_by("name", "id").distinct().values_list("public_id", flat=True))


ANSWERS = Source("answers", owed, as_items, mark, places)
