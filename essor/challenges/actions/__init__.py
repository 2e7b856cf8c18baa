"""Every write about challenges, one file a noun."""

from essor.challenges.actions.wording import (
    ElsewhereNeighbour,
    Host,
    MoveNotAllowed,
    Wording,
    move_challenge,
    rewrite_challenge,
    word_challenge,
)

__all__ = [
    "ElsewhereNeighbour",
    "Host",
    "MoveNotAllowed",
    "Wording",
    "move_challenge",
    "rewrite_challenge",
    "word_challenge",
]
