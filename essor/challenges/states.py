"""The life of a challenge, as one table of allowed moves."""

from essor.challenges.models import Challenge

DRAFT, OPEN, CLOSED = Challenge.State.DRAFT, Challenge.State.OPEN, Challenge.State.CLOSED

MOVES: dict[str, frozenset[str]] = {
    DRAFT: frozenset({OPEN}),
    OPEN: frozenset({CLOSED, DRAFT}),
    CLOSED: frozenset({OPEN}),
}


def may_become(challenge: Challenge, state: str) -> bool:
    return state in MOVES[challenge.state]


assert set(MOVES) == set(Challenge.State.values), "every state has its moves"
assert all(to <= set(MOVES) for to in MOVES.values()), "moves lead to states"
