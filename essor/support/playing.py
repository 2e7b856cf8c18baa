"""Questions of a state of play in the reader's language, and what was answered, before and after."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from essor.support.house_questions import BY_KEY, HOUSE
from essor.support.models import PlayQuestion, Standing
from essor.territories.models import Territory

Kind, Moment = PlayQuestion.Kind, Standing.Moment
MOST = 12
"""More questions than this are not answered on a phone in some minutes."""
Frozen = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Question:
    """One question in the reader's language. ``options`` go from least to most."""

    key: str
    kind: str
    name: str
    label: str
    options: tuple[str, ...] = field(default=())
    place: int = 0
    retired: bool = False


def questions_of(territory: Territory) -> list[Question]:
    """What a territory asks, in order; dropped questions too."""
    own = list(PlayQuestion.objects.filter(territory=territory).order_by("place", "id"))
    if own:
        return [
            _in_words(frozen_of(each), place=each.place, retired=each.retired_at is not None)
            for each in own
        ]
    return [
        _in_words({"key": each.key, "kind": each.kind}, place=place)
        for place, each in enumerate(HOUSE, 1)
    ]


def frozen_of(question: PlayQuestion) -> Frozen:
    """The question as it is asked now; blank words stay the house's."""
    return {
        "key": question.key, "kind": question.kind, "name": question.name,
        "label": question.label, "options": question.options,
    }  # fmt: skip


def asked(territory: Territory) -> list[Frozen]:
    """What a cohort that opens now is asked."""
    own = PlayQuestion.objects.filter(territory=territory).order_by("place", "id")
    if own.exists():
        return [frozen_of(each) for each in own if each.retired_at is None]
    return [{"key": each.key, "kind": each.kind} for each in HOUSE]


def in_words(frozen: Iterable[Frozen]) -> list[Question]:
    """Questions as they were asked, in the reader's language."""
    return [_in_words(each) for each in frozen]


def _in_words(frozen: Frozen, **more: Any) -> Question:
    house = BY_KEY.get(frozen["key"])
    options = frozen.get("options") or (house.options if house else ())
    label = frozen.get("label") or (house.label if house else frozen["key"])
    name = frozen.get("name") or (house.name if house else label)
    return Question(
        frozen["key"], frozen["kind"], str(name), str(label), tuple(map(str, options)), **more
    )


@dataclass(frozen=True, slots=True)
class Said:
    """An answer in words; for a ladder also its ``step``, from 1 to ``of``."""

    lines: tuple[str, ...] = field(default=())
    step: int = 0
    of: int = 0
    number: int | None = None

    def __bool__(self) -> bool:
        return bool(self.lines)

    @property
    def rungs(self) -> list[bool]:
        """The ladder's rungs, from the lowest: reached or not."""
        return [rung < self.step for rung in range(self.of)]


def said(question: Question, answers: dict[str, Any]) -> Said:
    """What was answered to ``question``; falsy where nothing was."""
    value = answers.get(question.key)
    if value is None or value in ("", []):
        return Said()
    if question.kind == Kind.STEPS:
        if not 0 <= value < len(question.options):
            return Said()
        return Said((question.options[value],), value + 1, len(question.options))
    if question.kind == Kind.SEVERAL:
        return Said(tuple(question.options[n] for n in value if 0 <= n < len(question.options)))
    if question.kind == Kind.NUMBER:
        return Said((str(value),), number=value)
    return Said((str(value),))


@dataclass(frozen=True, slots=True)
class Way:
    """One question with what was answered before and after; ``moved`` in steps, or as a number."""

    question: Question
    before: Said
    after: Said

    @property
    def moved(self) -> int | None:
        if self.before.step and self.after.step:
            return self.after.step - self.before.step
        if self.before.number is not None and self.after.number is not None:
            return self.after.number - self.before.number
        return None


def way_gone(
    questions: Sequence[Question], opening: Standing | None, end: Standing | None
) -> list[Way]:
    """The same questions at both moments; a draft says nothing yet."""
    before = opening.answers if opening and opening.handed_in_at else {}
    after = end.answers if end and end.handed_in_at else {}
    return [Way(each, said(each, before), said(each, after)) for each in questions]
