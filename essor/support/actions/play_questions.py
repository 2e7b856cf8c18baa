"""A territory edits what it asks the projects of a cohort."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.text import slugify

from essor.kit.locks import lock
from essor.ledger.actions import Named, action, nothing_changed, record, step
from essor.support.house_questions import HOUSE
from essor.support.models import PlayQuestion
from essor.support.playing import MOST
from essor.territories.models import Territory

KEY_LENGTH = 20


class TooManyQuestions(Exception):
    """More than ``MOST`` are not answered on a phone."""


class LastQuestion(Exception):
    """A state of play asks one thing at least."""


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """What a host says of a question; blank: the house's words where it is the house's."""

    name: str = ""
    label: str = ""
    options: Sequence[str] = field(default=())
    place: int = 0


@step
def own_questions(territory: Territory) -> list[PlayQuestion]:
    """The territory's questions as rows, copied from the house's the first time; locked as one."""
    lock(territory)
    rows = PlayQuestion.objects.filter(territory=territory)
    if not rows.exists():
        PlayQuestion.objects.bulk_create(
            PlayQuestion(territory=territory, key=each.key, kind=each.kind, place=place)
            for place, each in enumerate(HOUSE, 1)
        )
    return list(rows.order_by("place", "id"))


@action
def word_question(
    *, territory: Territory, key: str, words: QuestionWords, by: Named | None, at: datetime
) -> PlayQuestion:
    """Word a question and give it its place. Cohorts that were asked keep what they were asked."""
    rows = own_questions(territory)
    question = _of(rows, key)
    new = (words.name.strip(), words.label.strip(), _clean(words.options))
    moved = 0 < words.place != _place(rows, question)
    if (question.name, question.label, question.options) == new and not moved:
        nothing_changed()
        return question
    question.name, question.label, question.options = new
    question.save(update_fields=["name", "label", "options"])
    if moved:
        _put(rows, question, words.place)
    _record(territory, "play_question_worded", key, by, at)
    return question


@action
def add_question(
    *, territory: Territory, kind: str, words: QuestionWords, by: Named | None, at: datetime
) -> PlayQuestion:
    """One more question. Raises ``TooManyQuestions``."""
    rows = own_questions(territory)
    if sum(row.retired_at is None for row in rows) >= MOST:
        raise TooManyQuestions
    question = PlayQuestion.objects.create(
        territory=territory, key=_new_key(words.name or words.label, {row.key for row in rows}),
        kind=kind, place=len(rows) + 1, name=words.name.strip(), label=words.label.strip(),
        options=_clean(words.options),
    )  # fmt: skip
    if words.place:
        _put([*rows, question], question, words.place)
    _record(territory, "play_question_added", question.key, by, at)
    return question


@action
def retire_question(
    *, territory: Territory, key: str, retired: bool, by: Named | None, at: datetime
) -> PlayQuestion:
    """Ask it no more, or again. Raises ``LastQuestion`` and ``TooManyQuestions``."""
    rows = own_questions(territory)
    question = _of(rows, key)
    if (question.retired_at is not None) == retired:
        nothing_changed()
        return question
    used = sum(row.retired_at is None for row in rows)
    if retired and used == 1:
        raise LastQuestion
    if not retired and used >= MOST:
        raise TooManyQuestions
    question.retired_at = at if retired else None
    question.save(update_fields=["retired_at"])
    verb = "play_question_retired" if retired else "play_question_taken_back"
    _record(territory, verb, key, by, at)
    return question


@step
def _put(rows: list[PlayQuestion], question: PlayQuestion, place: int) -> None:
    """Count all places anew, with ``question`` at ``place`` (from 1)."""
    others = [row for row in rows if row.key != question.key]
    others.insert(place - 1, question)
    for number, row in enumerate(others, 1):
        row.place = number
    PlayQuestion.objects.bulk_update(others, ["place"])


def _place(rows: list[PlayQuestion], question: PlayQuestion) -> int:
    return [row.key for row in rows].index(question.key) + 1


def _of(rows: list[PlayQuestion], key: str) -> PlayQuestion:
    return next(row for row in rows if row.key == key)


def _clean(options: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(" ".join(each.split()) for each in options if each.strip()))


def _new_key(name: str, taken: set[str]) -> str:
    root = slugify(name)[: KEY_LENGTH - 3].strip("-") or "question"
    keys = (root, *(f"{root}-{number}" for number in range(2, 100)))
    return next(key for key in keys if key not in taken)


def _record(territory: Territory, verb: str, key: str, by: Named | None, at: datetime) -> None:
    record(by=by, at=at, verb=verb, of=territory, territory=territory, data={"question": key})
