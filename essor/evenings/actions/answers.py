"""Writing what people answered: for one registration or for a whole list, in as many queries."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from essor.challenges.models import Challenge
from essor.evenings.models import AccessNeed, Answer, Choice, Question, Registration, Wish
from essor.kit.putting import put_all_soon


class Answered(Protocol):
    """What ``registration.Coming`` says beyond who the person is."""

    @property
    def choices(self) -> tuple[Challenge, ...]: ...
    @property
    def answers(self) -> tuple[tuple[Question, str], ...]: ...
    @property
    def together(self) -> tuple[str, ...]: ...
    @property
    def apart(self) -> tuple[str, ...]: ...
    @property
    def accessible_table(self) -> bool: ...
    @property
    def access_words(self) -> str: ...


def write_answers(pairs: Sequence[tuple[Registration, Answered]]) -> None:
    """Write choices, answers, wishes and access needs; four queries at most for 500 people."""
    put_all_soon(
        (
            Choice(registration=registration, challenge=challenge, rank=rank)
            for registration, said in pairs
            for rank, challenge in enumerate(said.choices, start=1)
        )
    )
    put_all_soon(
        (
            Answer(registration=registration, question=question, value=value)
            for registration, said in pairs
            for question, value in said.answers
        )
    )
    put_all_soon(_wishes(pairs))
    put_all_soon(
        (
            AccessNeed(
                registration=registration,
                accessible_table=said.accessible_table,
                words=said.access_words,
            )
            for registration, said in pairs
            if said.accessible_table or said.access_words
        )
    )


def _wishes(pairs: Sequence[tuple[Registration, Answered]]) -> Iterable[Wish]:
    for registration, said in pairs:
        for kind, names in ((Wish.Kind.TOGETHER, said.together), (Wish.Kind.APART, said.apart)):
            for name in names:
                yield Wish(registration=registration, kind=kind, name=name)
