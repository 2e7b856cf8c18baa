"""The life of a commitment, as one table of allowed moves; checked when imported.

Whoever promised may release it at any time, without a reason, until it is kept.
"""

from essor.exchanges.models import Commitment

State = Commitment.State

MOVES: dict[str, tuple[str, ...]] = {
    State.PROMISED: (State.ACCEPTED, State.KEPT, State.RELEASED, State.LAPSED),
    State.ACCEPTED: (State.KEPT, State.RELEASED, State.LAPSED),
    State.KEPT: (State.THANKED,),
    State.RELEASED: (),
    State.LAPSED: (State.ACCEPTED,),
    State.THANKED: (),
}

LIVING = (State.PROMISED, State.ACCEPTED)
DONE = (State.KEPT, State.THANKED)
HOLDING = (*LIVING, *DONE)
"""What counts for the need that it answers."""

if set(MOVES) != set(State.values):
    raise TypeError("Every state of a commitment has its line in the table of moves.")


def may_become(commitment: Commitment, state: str) -> bool:
    return state in MOVES[commitment.state]


def host_moves(commitment: Commitment) -> tuple[str, ...]:
    """What a host may do with it now: releasing belongs to whoever promised."""
    return tuple(state for state in MOVES[commitment.state] if state != State.RELEASED)
