"""Which moves an evening and a registration may make; everything else is refused."""

from essor.evenings.models import Evening, Registration

EVENING_MOVES: dict[str, tuple[str, ...]] = {
    Evening.State.DRAFT: (Evening.State.OPEN,),
    Evening.State.OPEN: (Evening.State.CLOSED, Evening.State.LIVE),
    Evening.State.CLOSED: (Evening.State.OPEN, Evening.State.LIVE),
    Evening.State.LIVE: (Evening.State.OVER, Evening.State.CLOSED),
    Evening.State.OVER: (Evening.State.LIVE,),
}

REGISTRATION_MOVES: dict[str, tuple[str, ...]] = {
    Registration.State.REGISTERED: (Registration.State.CANCELLED,),
    Registration.State.WAITING: (Registration.State.REGISTERED, Registration.State.CANCELLED),
    Registration.State.CANCELLED: (
        Registration.State.REGISTERED,
        Registration.State.WAITING,
        Registration.State.TWIN,
    ),
    Registration.State.TWIN: (),
}


class MoveRefused(Exception):
    """This move is not in the table."""

    def __init__(self, start: str, end: str) -> None:
        super().__init__(f"{start} -> {end}")
        self.start, self.end = start, end


def check_move(moves: dict[str, tuple[str, ...]], start: str, end: str) -> None:
    """Raise ``MoveRefused`` where ``moves`` does not lead from ``start`` to ``end``."""
    if end not in moves[start]:
        raise MoveRefused(start, end)


def _whole(moves: dict[str, tuple[str, ...]], states: set[str]) -> None:
    if set(moves) != states or not {end for ends in moves.values() for end in ends} <= states:
        raise ValueError("The table of moves does not name every state.")


_whole(EVENING_MOVES, set(Evening.State.values))
_whole(REGISTRATION_MOVES, set(Registration.State.values))
