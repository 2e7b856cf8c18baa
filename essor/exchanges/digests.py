"""What digests tell of needs and promises: needs of what one follows, needs that one's own offers
may answer, what became of one's promises, promises that wait for one's sign, thanks that whoever
kept one lets everybody read.

That a promise was taken up, or thanked for, its person hears by the letter of whoever did it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essor.exchanges.actions.commitments import LINK
from essor.exchanges.actions.suggestions import mark_suggestions_told
from essor.exchanges.actions.thanks import TOLD
from essor.exchanges.matching.things import open_for_offers
from essor.exchanges.matching.words import why
from essor.exchanges.models import Commitment, Need, Suggestion
from essor.exchanges.queries.suggestions import text_of
from essor.exchanges.queries.thanks import sentences
from essor.exchanges.states import LIVING, State
from essor.exchanges.waiting import WAITING
from essor.kit import clock
from essor.kit.letters import repeated
from essor.ledger.models import Entry
from essor.news.concerned import nothing_from
from essor.news.kinds import (
    Follower,
    Item,
    Kind,
    Source,
    Thing,
    Tie,
    followed,
    itself,
    owes,
    tells,
)
from essor.people.models import Person
from essor.projects.digests import its_project
from essor.projects.models import Membership
from essor.territories.models import Territory
from essor.treasures.models import Treasure

TITLE = 120
SURE, AT_ONCE = 0.34, 3
"""How sure a suggestion must be to be mailed, and how many of them one digest brings."""


def needs(lines: Sequence[Entry]) -> Mapping[int, str]:
    """What a project looks for or found, as it is worded now; not what was all promised since."""
    found = {
        each.public_id: each
        for each in Need.objects.filter(public_id__in={line.of_id for line in lines})
    }
    said = {}
    for line in lines:
        need = found.get(line.of_id)
        if need is None:
            continue
        title = {"title": Truncator(repeated(need.title)).chars(TITLE)}
        if line.verb == "need_dropped":
            said[line.pk] = _("no longer needed: “%(title)s”.") % title
        elif line.verb == "need_found":
            said[line.pk] = _("found: “%(title)s”. Thank you all.") % title
        elif not need.ending and need.left != 0:
            said[line.pk] = _("it needs: “%(title)s”.") % title
    return said


def things(ids: Collection[str]) -> dict[str, Thing]:
    """Needs of published projects, by public id."""
    found = Need.objects.filter(public_id__in=ids, project__published_at__isnull=False)
    return {
        each.public_id: _thing(each, _title(each)) for each in found.select_related("territory")
    }


def public(ids: Collection[str]) -> list[str]:
    return list(things(ids))


def promisers(ids: Collection[str]) -> Iterator[Follower]:
    found = Commitment.objects.filter(public_id__in=ids).order_by("id")
    for of_id, person, since in found.values_list("public_id", "person", "created_at"):
        yield Follower(of_id, person, since, Tie.OWN)


def mine(person: Person) -> list[str]:
    found = Commitment.objects.filter(person=person, state__in=LIVING)
    return list(found.order_by("-created_at", "-id").values_list("public_id", flat=True))


def promises(ids: Collection[str]) -> dict[str, Thing]:
    found = Commitment.objects.filter(public_id__in=ids).select_related("territory")
    return {
        each.public_id: Thing(
            _("Your promise: %(what)s")
            % {"what": Truncator(repeated(each.what) or each.get_kind_display()).chars(TITLE)},
            reverse("exchanges:commitment", args=[each.territory.slug, each.public_id]),
            each.territory.public_id,
            each.territory.name,
        )
        for each in found
    }


def outcomes(lines: Sequence[Entry]) -> Mapping[int, str]:
    said = {
        "kept": _("it is kept: thank you."),
        "lapsed": _("it was laid aside: nobody took it up in time. You may promise anew."),
    }
    return {line.pk: said[line.verb] for line in lines}


def days(lines: Sequence[Entry]) -> Mapping[int, str]:
    """The day that is near; nothing once it has passed, moved or been settled."""
    waiting = Commitment.objects.filter(
        public_id__in={line.of_id for line in lines}, state=State.ACCEPTED
    )
    until = dict(waiting.values_list("public_id", "until"))
    return {
        line.pk: _("its day is near: %(day)s. If it no longer suits you, releasing it is one tap.")
        % {"day": date_format(day, "DATE_FORMAT")}
        for line in lines
        if (day := until.get(line.of_id)) and _is_told(line, day)
    }


def _is_told(line: Entry, day: date) -> bool:
    return str(day) == line.data["until"] and day >= clock.today()


def owed(at: datetime) -> dict[int, list[str]]:
    """Needs that the treasures and promises of each person may answer, the surest first.

    Whoever follows the project hears of its needs anyway.
    """
    found = (
        Suggestion.objects.filter(
            open_for_offers(), declined_at=None, told_at=None, score__gte=SURE
        )
        .select_related("treasure", "commitment", "need", "territory")
        .order_by("-score", "id")
    )
    pairs = [(person, each) for each in found if (person := _offered_by(each)) is not None]
    projects = {each.need.project_id for _person, each in pairs}
    near = set(
        Membership.objects.filter(
            project__in=projects, person__in={person for person, _each in pairs}
        ).values_list("person_id", "project_id")
    )
    silent = nothing_from({person for person, _each in pairs})
    waiting: dict[int, list[str]] = defaultdict(list)
    for person, each in pairs:
        quiet = (person, each.territory.public_id) in silent
        if not quiet and (person, each.need.project_id) not in near:
            waiting[person].append(each.public_id)
    return {person: keys[:AT_ONCE] for person, keys in waiting.items()}


def _offered_by(suggestion: Suggestion) -> int | None:
    if suggestion.treasure is not None:
        return suggestion.treasure.keeper_id
    return suggestion.commitment.person_id if suggestion.commitment is not None else None


def as_items(keys: Sequence[str]) -> list[Item]:
    """The needs, each with why it may be one for the person's offer; what closed is left out."""
    found = Suggestion.objects.filter(open_for_offers(), public_id__in=keys, declined_at=None)
    return [
        _item(each)
        for each in found.select_related(
            "need__project", "territory", "treasure", "commitment"
        ).order_by("-score", "id")
    ]


def _item(suggestion: Suggestion) -> Item:
    need, need.territory = suggestion.need, suggestion.territory
    offer = Truncator(repeated(str(suggestion.treasure or suggestion.commitment))).chars(TITLE)
    told = _("“%(project)s” looks for it, and you offer “%(offer)s”") % {
        "project": need.project,
        "offer": offer,
    }
    reasons = why(suggestion, text_of(suggestion))
    words = f"{told} ({reasons})." if reasons else f"{told}."
    key = ("need", need.public_id)
    thing = _thing(need, _("A need: %(title)s") % {"title": _title(need)})
    return Item(suggestion.public_id, key, thing, suggestion.made_at, words)


def _title(need: Need) -> str:
    return Truncator(repeated(need.title)).chars(TITLE)


def _thing(need: Need, title: str) -> Thing:
    """Where it stands, under ``title``: pages say beside it that it is a need, mails do not."""
    territory = need.territory
    return Thing(
        title,
        reverse("needs:need", args=[territory.slug, need.public_id]),
        territory.public_id,
        territory.name,
    )


def mark(pairs: Sequence[tuple[int, str]], at: datetime) -> None:
    mark_suggestions_told(keys=[key for _person, key in pairs], at=at)


def places(person: Person) -> list[str]:
    """Territories where the person keeps a treasure or promised something."""
    # Asked each by itself: joined, every treasure of a territory would meet each of its promises.
    keeps = Treasure.objects.filter(keeper=person).order_by().values("territory")
    promised = Commitment.objects.filter(person=person).order_by().values("territory")
    theirs = Q(pk__in=keeps) | Q(pk__in=promised)
    found = Territory.objects.filter(theirs).order_by("name", "id")
    return list(found.values_list("public_id", flat=True))


tells("project", [TOLD], sentences)
tells("need", ["need_written"], needs, about=its_project, in_territory=True)
tells(
    "need", ["need_found", "need_reopened", "need_dropped"], needs, about=its_project, also=itself
)
followed(
    Kind("need", gettext_lazy("Need"), lambda ids: (), lambda person: (), things, public=public)
)
followed(Kind("commitment", gettext_lazy("Promise"), promisers, mine, promises, way_in=LINK))
tells("commitment", ["kept", "lapsed"], outcomes, to_own=True)
tells("commitment", ["day_is_near"], days, addressed=True)
owes(Source("needs", owed, as_items, mark, places))
owes(WAITING)
