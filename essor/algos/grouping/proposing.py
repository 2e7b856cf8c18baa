"""Proposes groups: cut, put in what humans decided, keep what was there, leave outliers alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from essor.algos.grouping.hands import Decided, decide, keep_apart, settle
from essor.algos.grouping.identity import keys_and_titles
from essor.algos.grouping.model import BadIdeas, Group, Grouping, Hands, Idea
from essor.algos.grouping.naming import read_names, reasons, titles
from essor.algos.grouping.placing import Harvest, afresh, fits, from_previous, leave_alone
from essor.algos.grouping.space import Space, space_of
from essor.algos.later import Later
from essor.algos.text import Reason, folded

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
else:
    np = Later("numpy")

PER_ROOT = 1.1
"""Groups when nobody says how many: this times the root of the number of ideas (350 give 21)."""
FAR, FAR_WHEN_ASKED = 0.30, 0.20
"""Likeness to one's group under which an idea is left alone; fewer are, where groups were asked."""
WITHOUT_VECTORS = 0.3
"""... times this on stems and lexicon alone, where likeness is lower."""


def group(
    ideas: Sequence[Idea],
    groups: int | None = None,
    *,
    previous: Grouping | None = None,
    hands: Hands | None = None,
    seed: int = 1,
    known: Mapping[str, NDArray[np.float32]] | None = None,
    meaning: bool = True,
) -> Grouping:
    """Groups of ideas, with titles and reasons; every idea once, in a group or alone.

    `groups`: how many, counting those that humans keep; None leaves it to the harvest's size.
    `previous`: groups keep their key, and their title unless they changed much; a few new ideas
    move nobody. `hands`: what humans decided; ids that are not in `ideas` are passed over.
    `known`: sentence vectors by idea id, to spare encoding. `meaning=False` leaves vectors out.
    The same arguments give the same groups. Raises `BadIdeas`.

    Ideas of one wording count as one when groups are formed, and go together. Ideas without a
    word are alone. 350 ideas take about 1.5 s, 5,000 about 25 s, mostly encoding.

    >>> said = ["Réparer les vélos", "Un garage à vélos à la gare", "Des repas bio à la cantine",
    ...         "Cuisiner des légumes pour la cantine"]
    >>> found = group([Idea(str(i), text) for i, text in enumerate(said)], 2)
    >>> sorted(sorted(each.ideas) for each in found.groups)
    [['0', '1'], ['2', '3']]
    """
    _check(ideas, groups)
    harvest = _read(ideas)
    decided = decide(ideas, hands or Hands(), groups)
    space = space_of(harvest.texts, _known(harvest, known), meaning=meaning)
    points = np.zeros((len(ideas), space.points.shape[1]))
    said = harvest.of >= 0
    points[said] = space.points[harvest.of[said]]
    free = said & ~decided.out
    wanted = _wanted(groups, harvest, free, decided)
    far = (FAR_WHEN_ASKED if groups else FAR) * (1.0 if space.meaning else WITHOUT_VECTORS)
    start = from_previous(harvest, points, free, previous, groups, far)
    mine = afresh(harvest, space, free, wanted, seed) if start is None else start
    mine = settle(mine, points, decided, _before(harvest, previous))
    mine = leave_alone(mine, points, free, decided, far)
    mine = keep_apart(mine, points, decided)
    return _told(harvest, space, points, mine, decided, previous)


def _before(harvest: Harvest, previous: Grouping | None) -> dict[str, list[int]]:
    """The ideas that each group of before held, by its key."""
    groups = previous.groups if previous else ()
    place = harvest.place
    return {each.key: [place[idea] for idea in each.ideas if idea in place] for each in groups}


def _check(ideas: Sequence[Idea], groups: int | None) -> None:
    faults = []
    if groups is not None and groups < 1:
        faults.append("groups: at least one was expected")
    seen: set[str] = set()
    for idea in ideas:
        if idea.id in seen:
            faults.append(f'id "{idea.id}" stands twice')
        seen.add(idea.id)
    if faults:
        raise BadIdeas(faults)


def _read(ideas: Sequence[Idea]) -> Harvest:
    texts: list[str] = []
    number: dict[str, int] = {}
    of = np.full(len(ideas), -1, dtype=np.int64)
    for i, idea in enumerate(ideas):
        plain = folded(idea.text[:5000])
        if plain:
            if plain not in number:
                number[plain] = len(texts)
                texts.append(idea.text)
            of[i] = number[plain]
    return Harvest(ideas, texts, of, {idea.id: i for i, idea in enumerate(ideas)})


def _known(
    harvest: Harvest, known: Mapping[str, NDArray[np.float32]] | None
) -> NDArray[np.float32] | None:
    """Vectors of the distinct texts, if every one of them is known."""
    if not known or not harvest.texts:
        return None
    found: dict[int, NDArray[np.float32]] = {}
    for i, idea in enumerate(harvest.ideas):
        if harvest.of[i] >= 0 and idea.id in known:
            found.setdefault(int(harvest.of[i]), known[idea.id])
    if len(found) < len(harvest.texts):
        return None
    return np.array([found[i] for i in range(len(harvest.texts))], dtype=np.float32)


def _wanted(groups: int | None, harvest: Harvest, free: NDArray[np.bool_], decided: Decided) -> int:
    """How many groups to form besides the locked ones."""
    distinct = len(np.unique(harvest.of[free]))
    if groups is None:
        count = round(PER_ROOT * distinct**0.5)
        count = min(count, max(1, distinct // 3))
    else:
        count = groups - decided.locked
    return int(
        min(max(count, len(decided.open), int(distinct > 0)), max(distinct, len(decided.open)))
    )


def _told(
    harvest: Harvest,
    space: Space,
    points: NDArray[np.float64],
    mine: NDArray[np.int64],
    decided: Decided,
    previous: Grouping | None,
) -> Grouping:
    """The numbers as groups with keys, titles and reasons, largest first."""
    sure, second = fits(mine, points)
    members: dict[int, list[int]] = {}
    for i in np.flatnonzero(mine >= 0).tolist():
        members.setdefault(int(mine[i]), []).append(i)
    names = read_names(harvest.texts)
    ids = {n: [harvest.ideas[i].id for i in inside] for n, inside in members.items()}
    known = keys_and_titles(ids, decided, previous)
    texts_of = {
        n: sorted({int(harvest.of[i]) for i in inside if harvest.of[i] >= 0})
        for n, inside in members.items()
    }
    untitled = [
        n for n in sorted(members, key=lambda n: (-len(members[n]), n)) if not known[n].title
    ]
    taken = [identity.title for identity in known.values() if identity.title]
    found = titles([texts_of[n] for n in untitled], names, space, taken)
    fresh = dict(zip(untitled, found, strict=True))
    told, fit, doubts = [], {}, {}
    for number, inside in members.items():
        order = sorted(inside, key=lambda i: (-sure[i], i))
        identity = known[number]
        why = reasons(texts_of[number], names, space) if texts_of[number] else ()
        if identity.by_hand:
            why = (Reason("kept"), *why)
        for i in order:
            fit[harvest.ideas[i].id] = float(sure[i])
            if sure[i] < 0.5 and len(members) > 1 and int(second[i]) in known:
                doubts[harvest.ideas[i].id] = known[int(second[i])].key
        told.append(
            Group(
                identity.key,
                identity.title or fresh[number],
                tuple(harvest.ideas[i].id for i in order),
                why,
                float(np.mean([sure[i] for i in inside])),
                identity.locked,
                identity.named,
            )
        )
    told.sort(key=lambda each: (-len(each.ideas), each.key))
    alone = tuple(idea.id for i, idea in enumerate(harvest.ideas) if mine[i] < 0)
    return Grouping(tuple(told), alone, fit, doubts, space.meaning)
