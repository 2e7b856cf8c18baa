"""Somebody already works on this: work here and in other territories that looks close.

Rooms above tell what they know with ``tells_of``; this room tells of challenges. Closeness is
``essor.algos.text``'s, over everything that is public in this installation; the index is kept in
the process and made again when something was added or changed.
"""

import threading
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Max, Model
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essor.algos.text import Reason, Similar
from essor.challenges.kept_vectors import vectors_of
from essor.challenges.models import Challenge
from essor.ledger.models import Entry
from essor.territories.models import Territory

LEAST = 0.40
"""Lower than what is worth showing to somebody who types: a host looks on purpose, and judges."""
SHOWN = 6


@dataclass(frozen=True, slots=True)
class Work:
    """One piece of work as it may be shown: ``claim`` says no more than its source does."""

    kind: str
    key: str
    title: str
    place: str
    address: str
    claim: str | Promise = ""
    text: str = ""
    year: int | None = None
    sources: tuple[dict[str, str], ...] = ()
    invented: bool = False
    territory: int | None = None

    @property
    def words(self) -> str:
        """What closeness is measured on."""
        return f"{self.title}. {self.text}" if self.text else self.title


@dataclass(frozen=True, slots=True)
class NearWork:
    """Work that looks close, with the reason in words for people; ``here``: in this territory."""

    work: Work
    reason: Reason
    closeness: float
    here: bool = False

    @property
    def why(self) -> str:
        return told(self.reason.code, self.reason.values)


@dataclass(frozen=True, slots=True)
class Teller:
    """What one room tells: all its public work, some of it by key, and a mark that changes with it."""

    kind: str
    everything: Callable[[], list[Work]]
    some: Callable[[Collection[str]], list[Work]]
    mark: Callable[[], Any]


_tellers: dict[str, Teller] = {}
_held: dict[str, Any] = {}
_making = threading.Lock()


def tells_of(teller: Teller) -> None:
    """Let a room tell of its work; call it from the room's ``panels.py``."""
    _tellers[teller.kind] = teller


@dataclass(slots=True)
class _Index:
    similar: Similar[tuple[str, str]]
    works: dict[tuple[str, str], Work] = field(default_factory=dict)


def near_to(
    text: str, *, territory: Territory, besides: Collection[str] = (), limit: int = SHOWN
) -> list[NearWork]:
    """The work closest to ``text``, closest first; ``besides`` are public ids to leave out."""
    index = _index()
    skipped = [key for key in index.works if key[1] in besides]
    found = index.similar.find(text, limit, least=LEAST, besides=skipped)
    return [
        NearWork(work, near.reason, near.closeness, work.territory == territory.pk)
        for near in found
        for work in [index.works[near.key]]
    ]


def works_named(pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Work]:
    """Works by kind and public id, as they are now; what is no longer public is absent."""
    wanted: dict[str, set[str]] = {}
    for kind, key in pairs:
        wanted.setdefault(kind, set()).add(key)
    return {
        (kind, work.key): work
        for kind, keys in wanted.items()
        if kind in _tellers
        for work in _tellers[kind].some(keys)
    }


def told(code: str, values: Any) -> str:
    """A reason of ``algos.text`` in the reader's language."""
    words = ", ".join(values.get("words", ()))
    if code == "same":
        return _("the same words")
    if code == "words":
        return _("shared words: %(words)s") % {"words": words}
    if code == "both":
        return _("near in meaning; shared words: %(words)s") % {"words": words}
    return _("near in meaning, in other words")


def changes_of(noun: str, model: type[Model]) -> tuple[int, int]:
    """How many there are and the last line that the ledger holds about one of them."""
    last = Entry.objects.filter(of_type=noun).aggregate(last=Max("id"))["last"]
    return model._default_manager.count(), last or 0


def _index() -> _Index:
    mark = [(kind, teller.mark()) for kind, teller in sorted(_tellers.items())]
    with _making:
        if _held.get("mark") != mark:
            works = [work for teller in _tellers.values() for work in teller.everything()]
            by_key = {(work.kind, work.key): work for work in works}
            pairs = [(key, work.words) for key, work in by_key.items()]
            similar: Similar[tuple[str, str]] = Similar()
            similar.add_many(pairs, vectors_of([text for _, text in pairs]))
            _held["mark"], _held["index"] = mark, _Index(similar, by_key)
        held: _Index = _held["index"]
    return held


def forget_index() -> None:
    """Make the index anew when it is next asked: for whoever writes without the ledger."""
    _held.clear()


def _public() -> Any:
    return (
        Challenge.objects.exclude(state=Challenge.State.DRAFT)
        .filter(merged_into=None, territory__rehearsal=False)
        .select_related("territory")
        .order_by("id")
    )


def _as_work(challenge: Challenge) -> Work:
    slug = challenge.territory.slug
    return Work(
        kind="challenge",
        key=challenge.public_id,
        title=challenge.question,
        place=challenge.territory.name,
        address=reverse("challenges:challenge", args=[slug, challenge.public_id]),
        claim=_claim(challenge),
        text=challenge.context[:600],
        year=challenge.year,
        sources=tuple(challenge.sources),
        invented=challenge.invented,
        territory=challenge.territory_id,
    )


def _claim(challenge: Challenge) -> str | Promise:
    """A challenge listed from sources says what the source calls it; ours are challenges."""
    return challenge.as_listed or gettext_lazy("challenge")


TELLER = Teller(
    kind="challenge",
    everything=lambda: [_as_work(each) for each in _public()],
    some=lambda keys: [_as_work(each) for each in _public().filter(public_id__in=keys)],
    mark=lambda: changes_of("challenge", Challenge),
)
