"""The sorting table as it is now: piles, the ideas in them, who is there, what happened last."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count

from essor.harvest.actions.hands import GONE
from essor.harvest.actions.moves import on_table
from essor.harvest.models import Group, Hand, Harvest, SortingMove, Support
from essor.harvest.queries.moves import overtaken_by
from essor.harvest.sorting.words import Teller, label, name_of
from essor.people.models import Person
from essor.people.text import folded

TONES = 8
"""Soft colours in use; a number always stands beside them."""
ROOM = 600
"""Cards that a page holds; a table of 5,000 weighed 1.9 MB."""
FEWEST = 3
"""Cards that each pile shows however many piles there are."""
TOLD = 12
"""Moves that the page tells."""


@dataclass(frozen=True, slots=True)
class Card:
    """One idea on the table. ``supports``: how many stand behind it; ``held``: somebody put it there."""

    key: str
    words: str
    where: str
    supports: int
    held: bool


@dataclass(slots=True)
class Pile:
    """A group with its cards, the last laid down first."""

    group: Group
    cards: list[Card] = field(default_factory=list)
    more: int = 0
    """Cards that lie below those shown."""

    @property
    def key(self) -> str:
        key: str = self.group.public_id
        return key

    @property
    def number(self) -> int:
        return self.group.order

    @property
    def count(self) -> int:
        return len(self.cards) + self.more

    @property
    def label(self) -> str:
        return label(self.group)

    @property
    def tone(self) -> int:
        return (self.group.order - 1) % TONES + 1


@dataclass(slots=True)
class Board:
    """Everything that lies on the table."""

    piles: list[Pile]
    aside: list[Pile]
    waiting: list[Card]
    groups: list[Group]
    words: dict[str, str]
    more: int = 0
    """Ideas to sort that are not among ``waiting``."""

    @property
    def total(self) -> int:
        return len(self.words)

    @property
    def sorted(self) -> int:
        return self.total - self.to_sort

    @property
    def to_sort(self) -> int:
        return len(self.waiting) + self.more

    @property
    def all_piles(self) -> list[Pile]:
        return [*self.piles, *self.aside]

    def narrow(self, wanted: str = "") -> None:
        """Keep the uppermost cards only, as many as a page holds, of those with ``wanted`` words.

        All of them, where they are few. The rest is counted, so that every sum stays true.
        """
        plain = folded(wanted)
        waiting = [each for each in self.waiting if plain in folded(each.words)]
        in_piles = [
            [each for each in pile.cards if plain in folded(each.words)] for pile in self.all_piles
        ]
        lying = sum(len(cards) for cards in in_piles)
        here = min(len(waiting), max(ROOM // 2, ROOM - lying))
        fits = lying + here <= ROOM
        most = lying if fits else max(FEWEST, (ROOM - here) // max(1, len(in_piles)))
        for pile, cards in zip(self.all_piles, in_piles, strict=True):
            pile.cards, pile.more = cards[:most], pile.count - len(cards[:most])
        self.waiting, self.more = waiting[:here], self.to_sort - here


def board_of(harvest: Harvest) -> Board:
    """The table in three queries, however many ideas lie on it."""
    groups = list(harvest.groups.select_related("merged_into"))
    supports = Counter(
        dict(
            Support.objects.filter(idea__harvest=harvest)
            .values_list("idea_id")
            .annotate(n=Count("id"))
            .order_by("idea_id")
        )
    )
    ideas = on_table(harvest).order_by("-placing__order", "-said_at", "-id")
    lying: dict[int | None, list[Card]] = defaultdict(list)
    words = {}
    standing = {each.pk for each in groups if each.on_table}
    for pk, key, text, correction, where, group, held in ideas.values_list(
        "pk",
        "public_id",
        "text",
        "correction",
        "source__label",
        "placing__group",
        "placing__by_hand",
    ):
        words[key] = correction or text
        card = Card(key, words[key], where or "", supports[pk], bool(held))
        lying[group if group in standing else None].append(card)
    piles = [Pile(each, lying[each.pk]) for each in groups if each.on_table]
    return Board(
        piles=[pile for pile in piles if not pile.group.parked],
        aside=[pile for pile in piles if pile.group.parked],
        waiting=lying[None],
        groups=groups,
        words=words,
    )


def sorted_so_far(harvest: Harvest) -> tuple[int, int]:
    """How many ideas lie in a group, and how many lie on the table."""
    ideas = on_table(harvest)
    lying = ideas.filter(placing__group__merged_into=None, placing__group__removed=False)
    return lying.count(), ideas.count()


def cards_of(group: Group) -> list[Card]:
    """What lies in one group, the last laid down first."""
    ideas = on_table(group.harvest).filter(placing__group=group).order_by("-placing__order", "-id")
    return [
        Card(key, correction or text, where or "", 0, bool(held))
        for key, text, correction, where, held in ideas.values_list(
            "public_id", "text", "correction", "source__label", "placing__by_hand"
        )
    ]


@dataclass(frozen=True, slots=True)
class Told:
    """One move in words. ``mine``: made by whoever looks; ``noun``: what taking it back is called."""

    key: str
    at: datetime
    who: str
    words: str
    noun: str
    mine: bool
    undone: bool


@dataclass(slots=True)
class History:
    """The latest moves, newest first, and those that may be taken back."""

    told: list[Told]
    number: int
    to_me: list[str]

    @property
    def mine(self) -> Told | None:
        """One's own last move that still stands."""
        return next((each for each in self.told if each.mine and not each.undone), None)

    @property
    def last(self) -> Told | None:
        """The table's last move that still stands."""
        return next((each for each in self.told if not each.undone), None)


def history_of(board: Board, harvest: Harvest, person: Person | None) -> History:
    """What happened last, in three queries at most. ``to_me``: whose moves overtook mine."""
    latest = list(harvest.moves.select_related("by", "undoes").order_by("-id")[:TOLD])
    teller, earlier = Teller(board.groups, board.words), overtaken_by(harvest, latest)
    me = person.pk if person else None
    told, to_me, answered = [], [], False
    for move in latest:
        mine = move.by_id == me
        answered = answered or mine
        told.append(
            Told(
                key=move.public_id,
                at=move.at,
                who=name_of(move),
                words=teller.told(move),
                noun=teller.noun(move),
                mine=mine,
                undone=move.undone_at is not None or move.kind == SortingMove.Kind.UNDO,
            )
        )
        if not answered:
            to_me += _over_me(teller, move, earlier, me)
    return History(told, latest[0].pk if latest else 0, to_me)


def _over_me(
    teller: Teller, move: SortingMove, earlier: dict[str, SortingMove], me: int | None
) -> list[str]:
    """Sentences for me, where ``move`` took further what I had just moved."""
    found = []
    for idea, key in move.after.get("over", {}).items():
        first = earlier.get(key)
        if first is not None and first.by_id == me and idea in first.ideas:
            found.append(teller.to_the_first(move, idea, first))
    return found


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody at the table now, and the key of the idea or group in their hand."""

    who: str
    name: str
    holds: str


def hands_at(harvest: Harvest, at: datetime) -> list[Present]:
    """Who gave a sign lately, in the order in which people came to the house."""
    found = Hand.objects.filter(harvest=harvest, seen_at__gte=at - GONE).select_related("person")
    return [
        Present(each.person.public_id, each.person.short_name, each.holds)
        for each in found.order_by("person_id")
    ]


def hands_as_data(hands: list[Present]) -> list[dict[str, str]]:
    return [{"who": each.who, "name": each.name, "holds": each.holds} for each in hands]
