"""The life of a harvest, as one table of allowed moves."""

from essor.harvest.models import Harvest

DRAFT, OPEN = Harvest.State.DRAFT, Harvest.State.OPEN
SORTING, CLOSED = Harvest.State.SORTING, Harvest.State.CLOSED

MOVES: dict[str, frozenset[str]] = {
    DRAFT: frozenset({OPEN}),
    OPEN: frozenset({DRAFT, SORTING, CLOSED}),
    SORTING: frozenset({OPEN, CLOSED}),
    CLOSED: frozenset({OPEN, SORTING}),
}


def may_become(harvest: Harvest, state: str) -> bool:
    return state in MOVES[harvest.state]


assert set(MOVES) == set(Harvest.State.values), "every state has its moves"
assert all(to <= set(MOVES) for to in MOVES.values()), "moves lead to states"
