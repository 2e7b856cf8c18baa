"""Forms of this room: a project's words, its stage, its search for a leader."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from essor.projects.actions.projects import SUMMARY_LENGTH, TITLE_LENGTH
from essor.projects.models import Project
from essor.projects.states import CONDITION_MOVES, STAGE_MOVES, Condition


class WordsForm(forms.Form):
    """Title and summary, as the board and the page show them."""

    title = forms.CharField(
        label=_("Title"),
        max_length=TITLE_LENGTH,
        help_text=_("A few words that make people want to read on."),
    )
    summary = forms.CharField(
        label=_("In one or two sentences"),
        max_length=SUMMARY_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class StageForm(forms.Form):
    """Where the project goes now, and why. Only the moves that are allowed are offered."""

    move = forms.ChoiceField(label=_("What changes"), widget=forms.RadioSelect)
    into = forms.ModelChoiceField(
        label=_("Merged into"),
        queryset=Project.objects.none(),
        required=False,
        empty_label=_("(choose a project)"),
        help_text=_("Only when it joins another project of the territory."),
    )
    why = forms.CharField(
        label=_("Why"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Shown in the public journal of the project."),
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.project = project
        self.fields["move"].choices = moves_of(project)  # type: ignore[attr-defined]
        self.fields["into"].queryset = (  # type: ignore[attr-defined]
            Project.objects.filter(territory=project.territory, published_at__isnull=False)
            .exclude(pk=project.pk)
            .exclude(condition=Condition.MERGED)
            .order_by("title", "id")
        )
        if Condition.MERGED not in CONDITION_MOVES[project.condition]:
            del self.fields["into"]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        merging = values.get("move", "").endswith(f":{Condition.MERGED}")
        if merging and not values.get("into") and "into" not in self.errors:
            self.add_error("into", _("Say which project it joins."))
        if not merging:
            values["into"] = None
        return values

    @property
    def stage_and_condition(self) -> tuple[str, str]:
        stage, condition = self.cleaned_data["move"].split(":")
        return stage, condition


def moves_of(project: Project) -> list[tuple[str, str]]:
    """What may change, in words: the next stages first, then the conditions."""
    moves = []
    if project.condition == Condition.AWAKE:
        moves = [
            (
                f"{stage}:{Condition.AWAKE}",
                _("Stage: %(stage)s") % {"stage": Project.Stage(stage).label},
            )
            for stage in STAGE_MOVES[project.stage]
        ]
    moves += [
        (f"{project.stage}:{condition}", str(Condition(condition).label).capitalize())
        for condition in CONDITION_MOVES[project.condition]
    ]
    return moves


class LeaderForm(forms.Form):
    """Whether the project looks for who will carry it, and what is offered."""

    wanted = forms.BooleanField(
        label=_("This project is looking for who will carry it"), required=False
    )
    words = forms.CharField(
        label=_("What is offered, what is asked"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: an organisation that hosts the contract, a study already made."),
    )
