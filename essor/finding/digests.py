"""What digests tell of saved searches: what was found for the first time since, each thing once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import islice

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from essor.algos.finding import asked_for
from essor.finding.actions import mark_told
from essor.finding.keys import ROOM, shown
from essor.finding.links import page_of, whole
from essor.finding.models import Page, SavedSearch, ToldFinding
from essor.kit.finding import kinds
from essor.kit.letters import repeated
from essor.news.concerned import nothing_from
from essor.news.kinds import Item, Source, Thing, owes
from essor.news.listening import listens
from essor.people.models import Person
from essor.territories.models import Territory

NEWS_FOR, MOST = timedelta(days=35), 10
"""How long something is new, and the most that one search brings in a week."""


def owed(at: datetime) -> Mapping[int, Sequence[str]]:
    """What each saved search found anew: a few queries, then every new page beside every search."""
    searches = list(
        SavedSearch.objects.filter(confirmed_at__isnull=False, person__erased_at=None).order_by(
            "id"
        )
    )
    if not searches:
        return {}
    new = Page.objects.filter(since__gt=at - NEWS_FOR, since__lte=at).order_by("-since", "-key")
    pages = [(page, frozenset(page.stems.split())) for page in new.iterator()]
    told = set(ToldFinding.objects.filter(search__in=searches).values_list("search_id", "page"))
    listed = {each.pk: each for each in Territory.objects.all()}
    silent = nothing_from({each.person_id for each in searches})
    found: dict[int, list[str]] = defaultdict(list)
    for search in searches:
        heard = {pk for pk, each in listed.items() if _hears(search, each)
                 and (search.person_id, each.public_id) not in silent}  # fmt: skip
        words = asked_for(search.words)
        fresh = (
            page.key
            for page, stems in pages
            if page.territory in heard
            and _fits(search, page)
            and (search.pk, page.key) not in told
            and all(not stems.isdisjoint(each.forms) for each in words)
        )
        found[search.person_id] += [f"{search.public_id}:{key}" for key in islice(fresh, MOST)]
    return {person: keys for person, keys in found.items() if keys}


def _hears(search: SavedSearch, territory: Territory) -> bool:
    """Whether the search looks there; unlisted territories are looked into when they are named."""
    if search.territory_id is None:
        return territory.listed
    return search.territory_id == territory.pk


def _fits(search: SavedSearch, page: Page) -> bool:
    """Whether the page is of the search's kind, and new since it was confirmed."""
    kind = kinds().get(search.kind)
    of_kind = not search.kind or (kind is not None and kind.code == page.key // ROOM)
    return of_kind and search.confirmed_at is not None and page.since > search.confirmed_at


def items(keys: Sequence[str]) -> list[Item]:
    """What is still found and public of these, with where it is read."""
    pairs = [(name, int(key)) for name, key in (each.split(":") for each in keys)]
    searches = {
        each.public_id: each
        for each in SavedSearch.objects.select_related("territory").filter(
            public_id__in={name for name, _key in pairs}
        )
    }
    now = shown(key for _name, key in pairs)
    pages = Page.objects.filter(key__in=now).in_bulk()
    names = dict(Territory.objects.values_list("pk", "name"))
    made = []
    for name, key in pairs:
        if name in searches and key in pages and key in now:
            kind, _subject, told = now[key]
            place = names.get(pages[key].territory, "")
            words = f"{repeated(told.title)} ({kind.one}, {place}) {whole(told.url)}"
            made.append(Item(f"{name}:{key}", ("savedsearch", name), _thing(searches[name]),
                             pages[key].since, words))  # fmt: skip
    return made


def _thing(search: SavedSearch) -> Thing:
    title = _("Your search: “%(words)s”") % {"words": repeated(search.words)}
    if search.territory is None:
        return Thing(title, page_of(search), "", pgettext("searching", "everywhere"))
    return Thing(title, page_of(search), search.territory.public_id, search.territory.name)


def mark(pairs: Sequence[tuple[int, str]], at: datetime) -> None:
    split = [key.split(":") for _person, key in pairs]
    mark_told(pairs=[(name, int(page)) for name, page in split], at=at)


def settle(at: datetime) -> None:
    """Nothing is left over: what was not told is still new next week."""


def places(person: Person) -> list[str]:
    theirs = SavedSearch.objects.filter(person=person, territory__isnull=False)
    found = Territory.objects.filter(pk__in=theirs.order_by().values("territory"))
    return list(found.order_by("name", "id").values_list("public_id", flat=True))


def keeps_searches(person: Person) -> bool:
    return SavedSearch.objects.filter(person=person).exists()


listens("finding.savedsearch", still=keeps_searches)
listens("finding.toldfinding", still=keeps_searches)
owes(Source("saved_searches", owed, items, mark, places, settle))
