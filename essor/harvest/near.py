"""Which ideas are close to a few typed words: an index of each harvest in the memory of a process.

The index holds what every idea means (``IdeaVector``, written by a job; computed here where the
job has not come yet) and its stems. It is brought up to date by the ids that are new, so asking
costs one short query, some 2 ms of encoding and a product of a matrix and a vector. What it finds
is read from the database again: a hidden or withdrawn idea never shows.
"""

import threading
from collections import OrderedDict
from dataclasses import dataclass, field

from django.db.models import Count

from essor.algos.text import CLOSE, Near, Similar, has_vectors, unpack, vectors
from essor.algos.text.vectors import SIZE
from essor.harvest.models import Harvest, Idea

MOST_HARVESTS, LONGEST_ASKED = 8, 500
PATIENCE = 0.5
"""Seconds to wait for the index."""
LATE = 200
"""Ids looked at again: PostgreSQL gives a smaller id to an idea that is kept after a greater one."""


@dataclass(frozen=True, slots=True)
class NearIdea:
    """An idea close to what was typed, with why, and how many stand behind it."""

    idea: Idea
    closeness: float
    reason: str
    supports: int


@dataclass
class _Index:
    texts: Similar[int] = field(default_factory=Similar)
    last: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def catch_up(self, harvest: Harvest) -> None:
        """Take in the ideas that are new; most of the time one short query finds none."""
        late = Idea.objects.filter(harvest=harvest, pk__gt=self.last - LATE).order_by("pk")
        fresh = [pk for pk in late.values_list("pk", flat=True) if pk not in self.texts]
        if not fresh:
            return
        rows = late.filter(pk__gte=fresh[0]).values_list("pk", "text", "vector__vector")
        new = [row for row in rows if row[0] not in self.texts]
        import numpy as np  # noqa: PLC0415 - heavy, and only processes that answer this need it

        known = [row for row in new if row[2] is not None and has_vectors()]
        if known:
            matrix = np.stack([unpack(bytes(row[2])) for row in known])
            assert matrix.shape[1] == SIZE
            self.texts.add_many([(pk, text) for pk, text, _ in known], matrix)
        seen = {row[0] for row in known}
        self.texts.add_many([(pk, text) for pk, text, _ in new if pk not in seen])
        self.last = max(self.last, new[-1][0])


_encoder_ready = threading.Event()
_warming = threading.Lock()


def ready() -> bool:
    """Whether asking costs milliseconds. The first time, loading what tells meanings begins.

    It takes a second or more and 130 MB, once a process that is asked: nobody waits for it, the
    first who types sees nothing below the field.
    """
    if not has_vectors() or _encoder_ready.is_set():
        return True
    if _warming.acquire(blocking=False):
        threading.Thread(target=warm_up, name="meanings", daemon=True).start()
    return False


def warm_up() -> None:
    """Load what tells meanings, here and now. Asks no database."""
    vectors(["prêt"])
    _encoder_ready.set()


_indexes: OrderedDict[str, _Index] = OrderedDict()
_taking = threading.Lock()


def near_ideas(
    harvest: Harvest,
    text: str,
    *,
    limit: int = 3,
    least: float = CLOSE,
    besides: tuple[int, ...] = (),
) -> list[NearIdea]:
    """The ideas of ``harvest`` that are close to ``text`` and shown, the closest first.

    ``besides`` are ids to leave out. Whether the visitor may read ideas is the caller's question.
    """
    found = _found(harvest, text, limit=2 * limit + 4, least=least, besides=besides)
    shown = (
        Idea.objects.filter(pk__in=[near.key for near in found], state=Idea.State.SHOWN)
        .annotate(support_count=Count("supports"))
        .select_related("source")
    )
    ideas = {idea.pk: idea for idea in shown}
    return [
        NearIdea(ideas[near.key], near.closeness, near.reason.code, ideas[near.key].support_count)
        for near in found
        if near.key in ideas
    ][:limit]


def near_ids(harvest: Harvest, text: str, *, limit: int = 60, least: float = 0.3) -> list[int]:
    """Ids of ideas that mean about ``text``, for a search; the caller looks at their state."""
    return [near.key for near in _found(harvest, text, limit=limit, least=least, besides=())]


def _found(
    harvest: Harvest, text: str, *, limit: int, least: float, besides: tuple[int, ...]
) -> list[Near[int]]:
    """Nothing where another request is just reading all ideas: it is an offer, nobody waits."""
    index = _index_of(harvest)
    if not index.lock.acquire(timeout=PATIENCE):
        return []
    try:
        index.catch_up(harvest)
        return index.texts.find(text[:LONGEST_ASKED], limit=limit, least=least, besides=besides)
    finally:
        index.lock.release()


def _index_of(harvest: Harvest) -> _Index:
    with _taking:
        index = _indexes.get(harvest.public_id)
        if index is None:
            index = _indexes[harvest.public_id] = _Index()
            while len(_indexes) > MOST_HARVESTS:
                _indexes.popitem(last=False)
        _indexes.move_to_end(harvest.public_id)
        return index
