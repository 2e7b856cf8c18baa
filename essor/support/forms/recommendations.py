"""Recommending something, and answering it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from essor.kit import clock
from essor.kit.pieces import CardLabel
from essor.kit.words import TextField
from essor.people.fields import NameField
from essor.support.forms.cohorts import day_field
from essor.support.models import Recommendation
from essor.support.states import MOVES, SAYS_WHY, Answer

CARDS: dict[str, tuple[Any, Any, str]] = {
    Answer.DOING: (_("We are doing it"), _("It has begun, or has its day."), "play"),
    Answer.DONE: (_("It is done"), _("Say in a line what came of it."), "check"),
    Answer.ALREADY: (_("Already done before"), _("You did it before it was said."), "star"),
    Answer.BLOCKED: (_("We are blocked"), _("Say with what: somebody may know a way."), "alert"),
    Answer.NOT_FOR_US: (_("Not for us"), _("Say why. It is a good answer too."), "close"),
}
"""What a project may answer: the title, what it means, an icon."""


class RecommendationForm(forms.Form):
    """What is recommended, in one line, with more behind it."""

    what = NameField(
        label=_("What do you recommend?"),
        max_length=200,
        help_text=_("One thing, as an act: “Call three towns that already do it”."),
        error_messages={"required": _("Say in a line what to do.")},
    )
    details = TextField(
        label=_("Why, and how to begin"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    until = day_field(_("By when would it help?"), required=False)

    def clean_until(self) -> Any:
        day = self.cleaned_data["until"]
        if day is not None and day < clock.today():
            raise forms.ValidationError(_("This day has passed: choose one to come, or none."))
        return day


class AnswerForm(forms.Form):
    """The project's answer; only those that follow from the last one are offered."""

    answer = forms.ChoiceField(
        label=_("What do you answer?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an answer.")},
    )
    words = TextField(
        label=_("In a few words"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, recommendation: Recommendation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A form that was sent twice still finds its answer, though it follows from itself no more.
        offered = CARDS if self.is_bound else MOVES[recommendation.answer]
        self.fields["answer"].choices = [  # type: ignore[attr-defined]
            (each, CardLabel(*CARDS[each])) for each in offered
        ]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("answer") in SAYS_WHY and not values.get("words", "").strip():
            blocked = values["answer"] == Answer.BLOCKED
            say = (
                _("Say with what you are blocked.") if blocked else _("Say why it is not for you.")
            )
            self.add_error("words", say)
        return values
