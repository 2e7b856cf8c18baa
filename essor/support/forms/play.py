"""Answering a state of play on a phone; wording its questions."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from essor.kit.pieces import CardLabel
from essor.kit.rewording import Rewording
from essor.kit.words import TextField
from essor.people.fields import NameField
from essor.support.actions.play_questions import QuestionWords
from essor.support.house_questions import BY_KEY
from essor.support.models import PlayQuestion
from essor.support.playing import MOST, Question

Kind = PlayQuestion.Kind
LONGEST, MOST_OPTIONS, LONGEST_OPTION = 600, 9, 120
MOST_NUMBER = 100_000_000


def name_of(question: Question) -> str:
    return f"q_{question.key}"


def field_for(question: Question) -> forms.Field:
    """A question as a field; none has to be answered."""
    words: dict[str, Any] = {"label": question.label, "required": False}
    cards = [(str(n), CardLabel(option)) for n, option in enumerate(question.options)]
    if question.kind == Kind.STEPS:
        return forms.ChoiceField(choices=cards, widget=forms.RadioSelect, **words)
    if question.kind == Kind.SEVERAL:
        return forms.MultipleChoiceField(
            choices=cards, widget=forms.CheckboxSelectMultiple, **words
        )
    if question.kind == Kind.NUMBER:
        wrong = _("Write a number, without letters.")
        return forms.IntegerField(
            min_value=0, max_value=MOST_NUMBER,
            widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            error_messages={"invalid": wrong, "min_value": wrong, "max_value": wrong}, **words,
        )  # fmt: skip
    return TextField(
        max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST}), **words
    )


class StandingForm(forms.Form):
    """The questions in order; ``seen`` is the version that was looked at."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, questions: list[Question], answers: dict[str, Any], **kwargs: Any
    ) -> None:
        initial = {name_of(each): _shown(each, answers.get(each.key)) for each in questions}
        kwargs["initial"] = {**initial, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.questions = questions
        for each in questions:
            self.fields[name_of(each)] = field_for(each)

    @property
    def answers(self) -> dict[str, Any]:
        """What was answered, by question; nothing for what was left out."""
        found = {each.key: _kept(each, self.cleaned_data[name_of(each)]) for each in self.questions}
        return {key: value for key, value in found.items() if value not in (None, "", [])}

    @property
    def version(self) -> int:
        return self.cleaned_data["seen"] or 0


def _shown(question: Question, value: Any) -> Any:
    if question.kind == Kind.STEPS:
        return None if value is None else str(value)
    return [str(each) for each in value or []] if question.kind == Kind.SEVERAL else value


def _kept(question: Question, value: Any) -> Any:
    if question.kind == Kind.STEPS:
        return int(value) if value else None
    if question.kind == Kind.SEVERAL:
        return [int(each) for each in value]
    return value.strip() if isinstance(value, str) else value


class QuestionForm(Rewording):
    """A question as hosts word it."""

    label = NameField(label=_("The question"), max_length=200)
    name = NameField(label=_("In one or two words, for the table"), max_length=40, required=False)
    kind = forms.ChoiceField(label=_("Answer"), choices=Kind.choices)
    options = TextField(
        label=_("The answers to choose from"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One a line; for a ladder from the lowest step to the highest."),
    )
    place = forms.TypedChoiceField(label=_("Its place"), coerce=int)

    def __init__(
        self, *args: Any, places: int, question: Question | None = None, **kwargs: Any
    ) -> None:
        if question is not None:
            kwargs["initial"] = words_of(question)
        super().__init__(*args, **kwargs)
        self.question = question
        field: Any = self.fields["place"]
        field.choices = [(n, str(n)) for n in range(1, places + 1)]
        if question is None:
            field.initial = places
        else:
            del self.fields["kind"]
            if question.kind not in {Kind.STEPS, Kind.SEVERAL}:
                del self.fields["options"]

    @property
    def lines(self) -> list[str]:
        raw = str(self.cleaned_data.get("options") or "").splitlines()
        return [" ".join(line.split()) for line in raw if line.strip()]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        kind = self.question.kind if self.question else values.get("kind")
        if kind in {Kind.STEPS, Kind.SEVERAL} and "options" in self.fields:
            lines = [" ".join(each.split()) for each in str(values.get("options")).splitlines()]
            lines = [each for each in lines if each]
            if not 2 <= len(set(lines)) <= MOST_OPTIONS:
                message = gettext("Two to %(most)d answers, one a line.") % {"most": MOST_OPTIONS}
                self.add_error("options", message)
            elif max(map(len, lines)) > LONGEST_OPTION:
                self.add_error("options", gettext("Keep each answer short."))
        return values

    @property
    def words(self) -> QuestionWords:
        """What was worded; what is still the house's own stays blank, and so translated."""
        said = self.cleaned_data
        house = BY_KEY.get(self.question.key) if self.question else None
        options = self.lines
        if house and options == [_plain(each) for each in house.options]:
            options = []
        return QuestionWords(
            name="" if house and said["name"] == _plain(house.name) else said["name"],
            label="" if house and said["label"] == _plain(house.label) else said["label"],
            options=options,
            place=said["place"],
        )


def words_of(question: Question) -> dict[str, Any]:
    """A question as its form shows it."""
    return {
        "label": question.label, "name": question.name, "place": question.place,
        "options": "\n".join(question.options),
    }  # fmt: skip


def _plain(words: Any) -> str:
    """As a browser sends it back: typographic spaces are spaces."""
    return " ".join(str(words).split())


def too_many() -> str:
    return gettext(
        "%(most)d questions are as many as one answers on a phone: drop another one first."
    ) % {"most": MOST}
