"""Wording from ideas: which of them feed the challenge, merging, splitting."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essor.challenges.actions import Wording
from essor.challenges.forms.wording import WordingForm
from essor.challenges.models import Challenge
from essor.harvest.models import Group, Idea
from essor.kit.pieces import CardLabel
from essor.kit.words import TextField
from essor.territories.models import Territory

UNWRITTEN = "…"


def idea_choices(ideas: Sequence[Idea]) -> list[tuple[str, CardLabel]]:
    """Ideas as cards: their words, and where they were said."""
    return [
        (idea.public_id, CardLabel(idea.words, idea.source.label if idea.source else ""))
        for idea in ideas
    ]


class IdeasField(forms.MultipleChoiceField):
    widget = forms.CheckboxSelectMultiple


class FromIdeasForm(WordingForm):
    """The wording of a new challenge, and which ideas of a group feed it."""

    ideas = IdeasField(
        label=gettext_lazy("The ideas that feed it"),
        help_text=gettext_lazy("As they were said. Untick those that ask another question."),
        error_messages={"required": gettext_lazy("At least one idea feeds the challenge.")},
    )

    def __init__(
        self, *args: Any, territory: Territory, ideas: Sequence[Idea], name: str, **kwargs: Any
    ) -> None:
        kwargs["initial"] = {
            "question": _("Comment … ?"),
            "short": name[:60],
            "track": Challenge.Track.IMAGINE,
            "ideas": [idea.public_id for idea in ideas],
        }
        super().__init__(*args, territory=territory, **kwargs)
        self.given = {idea.public_id: idea for idea in ideas}
        self.fields["ideas"].choices = idea_choices(ideas)  # type: ignore[attr-defined]

    def clean_question(self) -> str:
        question = super().clean_question()
        if UNWRITTEN in question:
            raise ValidationError(_("Write the question where the dots are."))
        return question

    @property
    def chosen(self) -> list[Idea]:
        return [self.given[key] for key in self.cleaned_data["ideas"]]


class SplitForm(forms.Form):
    """The second challenge: its words, and the ideas that go with it."""

    question = WordingForm.base_fields["question"]
    short = WordingForm.base_fields["short"]
    ideas = IdeasField(
        label=gettext_lazy("The ideas that go with it"),
        error_messages={"required": gettext_lazy("Tick the ideas that ask the other question.")},
    )

    def __init__(self, *args: Any, challenge: Challenge, ideas: Sequence[Idea]) -> None:
        super().__init__(*args)
        self.initial = {"question": _("Comment … ?")}
        self.challenge = challenge
        self.given = {idea.public_id: idea for idea in ideas}
        self.fields["ideas"].choices = idea_choices(ideas)  # type: ignore[attr-defined]

    def clean_question(self) -> str:
        question = " ".join(self.cleaned_data["question"].split())
        if not question.endswith("?"):
            raise ValidationError(_("A challenge is a question: end it with a question mark."))
        if UNWRITTEN in question:
            raise ValidationError(_("Write the question where the dots are."))
        return question

    def clean_ideas(self) -> list[str]:
        keys: list[str] = self.cleaned_data["ideas"]
        if set(keys) == set(self.given):
            raise ValidationError(_("Leave at least one idea with the first challenge."))
        return keys

    @property
    def chosen(self) -> list[Idea]:
        return [self.given[key] for key in self.cleaned_data["ideas"]]

    @property
    def wording(self) -> Wording:
        """The second challenge begins with the first one's themes and neighbours; nobody hosts it yet."""
        return Wording(
            question=self.cleaned_data["question"],
            short=" ".join(self.cleaned_data["short"].split()),
            track=Challenge.Track.IMAGINE,
            themes=list(self.challenge.themes.all()),
            neighbours=[self.challenge, *self.challenge.neighbours.all()],
        )


class MergerForm(forms.Form):
    into = forms.ModelChoiceField(
        label=gettext_lazy("Merge it into"),
        help_text=gettext_lazy(
            "Its address will lead there, its ideas will feed that challenge, their authors are told."
        ),
        queryset=Challenge.objects.none(),
        to_field_name="public_id",
        empty_label=gettext_lazy("Choose a challenge"),
    )

    def __init__(self, *args: Any, challenge: Challenge) -> None:
        super().__init__(*args)
        others = Challenge.objects.filter(territory=challenge.territory_id, merged_into=None)
        field = self.fields["into"]
        field.queryset = others.exclude(pk=challenge.pk).order_by("short", "id")  # type: ignore[attr-defined]


class MoreIdeasForm(forms.Form):
    """All ideas of one more group feed the challenge."""

    group = forms.ModelChoiceField(
        label=gettext_lazy("Add the ideas of a group"),
        queryset=Group.objects.none(),
        to_field_name="public_id",
        empty_label=gettext_lazy("Choose a group"),
    )

    def __init__(self, *args: Any, territory: Territory) -> None:
        super().__init__(*args)
        found = Group.objects.filter(
            harvest__territory=territory, merged_into=None, removed=False
        ).order_by("harvest", "order", "id")
        self.fields["group"].queryset = found  # type: ignore[attr-defined]


class EchoForm(forms.Form):
    """What the team did about one work that looks close."""

    kind = forms.CharField(max_length=20, widget=forms.HiddenInput)
    work = forms.CharField(max_length=16, widget=forms.HiddenInput)
    note = TextField(
        label=gettext_lazy("What you did about it"),
        help_text=gettext_lazy("For your team: “we called them on Tuesday”."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    shown = forms.BooleanField(label=gettext_lazy("Name it on the public page"), required=False)
