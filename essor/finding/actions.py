"""Every write about searches that people keep: asked for, confirmed, ended, told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from essor.finding.letters import post_confirmation
from essor.finding.links import PURPOSE
from essor.finding.models import SavedSearch, ToldFinding
from essor.ledger.actions import Named, action, nothing_changed, record, record_each
from essor.ledger.models import Audience
from essor.news.listening import forget_who_left, listener_at
from essor.people.actions import choose_news, make_link, welcome_person
from essor.people.models import Person
from essor.people.text import name_in
from essor.territories.models import Territory

MOST = 20


class TooManySearches(Exception):
    """This person keeps as many searches as one may."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: words, where (none: everywhere), of which kind (blank: all)."""

    words: str
    territory: Territory | None
    kind: str


@action
def save_search(*, wanted: Wanted, person: Person, by: Named | None, at: datetime) -> SavedSearch:
    """Keep a search for somebody whose address is proved. Raises ``TooManySearches``."""
    search = _kept(wanted, person, at)
    if search.confirmed_at is not None:
        nothing_changed()
        return search
    _confirm(search, at)
    record(by=by, at=at, verb="search_saved", of=search, audience=Audience.PERSON)
    return search


@action
def ask_for_search(
    *, wanted: Wanted, email: str, language: str, by: Named | None, at: datetime
) -> SavedSearch:
    """Keep a search until it is confirmed by the link that is mailed to ``email``.

    Whoever keeps searches at this address already keeps one more; nobody else is looked up, since
    a household may share an address. An address that has confirmed the same gets the mail again.
    """
    email = email.strip().lower()
    person = listener_at(email) or welcome_person(
        first_name=name_in(email)[:80], email=email, language=language, by=by, at=at
    )
    search = _kept(wanted, person, at)
    token = make_link(person=person, purpose=PURPOSE, subject=search.public_id, by=by, at=at)
    post_confirmation(search, token=token, at=at)
    record(by=by, at=at, verb="search_asked", of=search, audience=Audience.PERSON)
    return search


@action
def confirm_search(*, search: SavedSearch, by: Named | None, at: datetime) -> None:
    """Whoever reads the address wants to hear of it. Raises ``TooManySearches``."""
    if search.confirmed_at is not None:
        nothing_changed()
        return
    _confirm(search, at)
    choose_news(person=search.person, wanted=True, by=by, at=at)
    record(by=by or search.person, at=at, verb="search_saved", of=search,
           audience=Audience.PERSON)  # fmt: skip


@action
def end_search(*, search: SavedSearch, by: Named | None, at: datetime) -> None:
    """Forget a search; with the last one, whoever did nothing here but that is forgotten too."""
    person = search.person
    record(by=by or person, at=at, verb="search_ended", of=search, audience=Audience.PERSON)
    search.delete()
    forget_who_left(person, at)


@action
def mark_told(*, pairs: Iterable[tuple[str, int]], by: Named | None = None, at: datetime) -> None:
    """Remember (search, page) as told; raises ``IntegrityError`` where one was before."""
    wanted = list(pairs)
    searches = {each.public_id: each
                for each in SavedSearch.objects.filter(public_id__in={name for name, _ in wanted})}  # fmt: skip
    told = [(searches[name], page) for name, page in wanted if name in searches]
    if not told:
        nothing_changed()
        return
    ToldFinding.objects.bulk_create(
        ToldFinding(search=each, page=page, at=at) for each, page in told
    )
    counts = {each: sum(one is each for one, _ in told) for each in dict(told)}
    record_each(by=by, at=at, verb="search_told", audience=Audience.PERSON,
                of=[(each, {"found": n}) for each, n in counts.items()])  # fmt: skip


def _kept(wanted: Wanted, person: Person, at: datetime) -> SavedSearch:
    found, _new = SavedSearch.objects.get_or_create(
        person=person, words=wanted.words, territory=wanted.territory, kind=wanted.kind,
        defaults={"asked_at": at},
    )  # fmt: skip
    return found


def _confirm(search: SavedSearch, at: datetime) -> None:
    kept = SavedSearch.objects.filter(person=search.person, confirmed_at__isnull=False)
    if kept.count() >= MOST:
        raise TooManySearches
    search.confirmed_at = at
    search.save(update_fields=["confirmed_at"])
