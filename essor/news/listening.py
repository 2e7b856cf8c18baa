"""People who are known here by nothing but what they asked to hear, and how they are let go.

Somebody without an account gives an address to follow a thing or to keep a search; what confirms it
is a button in a letter. Once they end the last of it, nothing is kept of them. Rooms say what else
somebody may have who only listens:

    listens("finding.savedsearch", still=keeps_searches)
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from essor.kit.limits import mark_of, spend
from essor.news.kinds import kinds
from essor.news.models import Following, FollowingAsked
from essor.people.erasure import erase_person
from essor.people.export import kept_of
from essor.people.models import Person

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
A_DEVICE, AN_ADDRESS, THE_HOUSE = 20, 3, 200
"""How often a browser asks in a day, an address is written to in a day, the house writes in an hour."""
PLAIN = frozenset(
    {"people.person", "people.personallink", "news.following", "news.followingasked",
     "news.digest", "news.told", "kit.mail", "ledger.entry"}
)  # fmt: skip
Asks = Callable[[Person], bool]


@dataclass(frozen=True, slots=True)
class Listening:
    """What a room keeps of listeners: ``still`` says whether they listen by it; ``only`` whether it
    is nothing more than listening."""

    still: Asks
    only: Asks


_ways: dict[str, Listening] = {}


def listens(kind: str, *, still: Asks, only: Asks = lambda person: True) -> None:
    """Let rows of ``kind`` (a model's label) belong to somebody who only listens."""
    _ways[kind] = Listening(still, only)


def only_listens(person: Person) -> bool:
    """Whether nothing is kept of this person but what they asked to hear."""
    if person.account_id or person.erased_at:
        return False
    kinds()  # rooms have said by now what listening is
    kept = {each.kind for each in kept_of(person)}
    return kept <= PLAIN | _ways.keys() and all(way.only(person) for way in _ways.values())


def still_listens(person: Person) -> bool:
    """Whether anything that they asked to hear stands, confirmed or not."""
    kinds()
    return (
        FollowingAsked.objects.filter(person=person).exists()
        or Following.objects.filter(person=person).exclude(how=Following.How.NONE).exists()
        or any(way.still(person) for way in _ways.values())
    )


def listener_at(email: str) -> Person | None:
    """Who listens at this address already; nobody else is looked up: a household may share it."""
    known = Person.objects.filter(email=email, account=None, erased_at=None).order_by("pk")
    return next((each for each in known if only_listens(each) and still_listens(each)), None)


def forget_who_left(person: Person, at: datetime) -> None:
    """Erase somebody who only listened and ended the last of it."""
    if person.account_id is None and not still_listens(person) and only_listens(person):
        erase_person(person=person, by=None, at=at)


def allow_asking(way: str, device: str, at: datetime) -> None:
    """Raises ``TooOften`` for a browser that asks all day. Each ``way`` of listening has its own."""
    spend(f"{way}-asked:{device}", limit=A_DEVICE, window=DAY, at=at)


def allow_letter(way: str, email: str, at: datetime) -> None:
    """Raises ``TooOften`` where an address, or the whole house, was written to enough this ``way``."""
    spend(f"{way}-mails", limit=THE_HOUSE, window=HOUR, at=at)
    spend(f"{way}-mail:{mark_of(email)}", limit=AN_ADDRESS, window=DAY, at=at)
