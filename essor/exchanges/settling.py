"""What else a promise holds: a room above lets promises bring something of its own.

    settles(give_back_or_take)

``give_back_or_take(commitment, state)`` is called in the transaction of each move, before the new
state is kept: it takes or gives back what the promise holds there, and may refuse with
``NotThatMany``.
"""

from collections.abc import Callable

from essor.exchanges.models import Commitment

Settle = Callable[[Commitment, str], None]
_settling: list[Settle] = []


def settles(settle: Settle) -> None:
    """Let an upper room hold something of its own for promises."""
    _settling.append(settle)


def settle_above(commitment: Commitment, state: str) -> None:
    """Tell each room above where a locked commitment goes."""
    for settle in _settling:
        settle(commitment, state)
