"""What a project may answer to a recommendation, from its last answer; checked when imported."""

from essor.support.models import Recommendation

Answer = Recommendation.Answer

MOVES: dict[str, tuple[str, ...]] = {
    Answer.NONE: (
        Answer.DOING, Answer.DONE, Answer.ALREADY, Answer.BLOCKED, Answer.NOT_FOR_US,
    ),
    Answer.DOING: (Answer.DONE, Answer.BLOCKED, Answer.NOT_FOR_US),
    Answer.BLOCKED: (Answer.DOING, Answer.DONE, Answer.NOT_FOR_US),
    Answer.DONE: (Answer.DOING,),
    Answer.NOT_FOR_US: (Answer.DOING,),
    Answer.ALREADY: (Answer.DOING,),
}  # fmt: skip

SAYS_WHY = (Answer.BLOCKED, Answer.NOT_FOR_US)
"""Blocked says with what, not for us says why: others can help with the one and learn from the other."""
SETTLED = (Answer.DONE, Answer.NOT_FOR_US, Answer.ALREADY)

if set(MOVES) != set(Answer.values):
    raise TypeError("Every answer has its line in the table of moves.")


def may_answer(recommendation: Recommendation, answer: str) -> bool:
    return answer in MOVES[recommendation.answer]
