"""Where a project goes now: a stage, to sleep, into another; why, and what shows it."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from essor.kit.pieces import CardLabel
from essor.kit.words import TextField
from essor.projects.forms.finding import ProjectField
from essor.projects.models import Project
from essor.projects.stages import Way
from essor.projects.states import CONDITION_MOVES, ENDED, Condition, stages_open_to

CONDITIONS: dict[str, tuple[Any, Any, str]] = {
    Condition.ASLEEP: (
        _("Fall asleep"),
        _("Nobody works on it for now. It may wake up at any time."),
        "moon",
    ),
    Condition.MERGED: (
        _("Join another project"),
        _("Its address leads to that one from now on; its story stays."),
        "merge",
    ),
    Condition.STOPPED: (
        _("Stop"),
        _("It ends here, and says why, so that others learn. It may start again."),
        "close",
    ),
    Condition.AWAKE: (_("Set out again"), _("It takes up where it was."), "sun"),
}
"""What one may do besides changing the stage: the title, what it means, an icon."""


class StageForm(forms.Form):
    """Where the project goes now, and why. Only the moves that are allowed are offered."""

    move = forms.ChoiceField(label=_("What changes"), widget=forms.RadioSelect)
    into = ProjectField(
        label=_("Which project does it join?"),
        required=False,
        help_text=_("Only when it joins another project of the territory."),
        error_messages={
            "invalid_choice": _("That project stopped, or joined another: choose one that goes on.")
        },
    )
    why = TextField(
        label=_("Why"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Shown in the public story of the project."),
    )
    proof = TextField(
        label=_("What shows it"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For example the date of the meeting, the figures of the trial. Public, too."),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, project: Project, way: Way, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.project = project
        self.fields["move"].choices = moves_of(project, way)  # type: ignore[attr-defined]
        if Condition.MERGED not in CONDITION_MOVES[project.condition]:
            del self.fields["into"]
        else:
            self.fields["into"].offer(_others(project))  # type: ignore[attr-defined]
        if project.condition != Condition.AWAKE:
            del self.fields["proof"]

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


def _others(project: Project) -> QuerySet[Project]:
    """The projects that it may join, by title."""
    others = Project.objects.filter(territory=project.territory, published_at__isnull=False)
    others = others.exclude(pk=project.pk).exclude(condition__in=ENDED)
    return others.order_by("title", "id")


def moves_of(project: Project, way: Way) -> list[tuple[str, CardLabel]]:
    """What may change, in words: stages first, each with the proof it asks, then the conditions."""
    here = way.stage(project.stage)
    moves = []
    for stage in stages_open_to(project, way):
        if stage.place > here.place:
            note = gettext("Asked for it: %(proof)s") % {"proof": here.proof} if here.proof else ""
            moves.append((stage.key, CardLabel(stage.title, note, "arrow")))
        elif stage.place < here.place:
            title = gettext("Back to: %(stage)s") % {"stage": stage.name}
            moves.append((stage.key, CardLabel(title, gettext("We went too fast."), "back")))
        else:
            title = gettext("Rather: %(stage)s") % {"stage": stage.name}
            moves.append((stage.key, CardLabel(title, stage.why, "compass")))
    offered = [(f"{key}:{Condition.AWAKE}", label) for key, label in moves]
    return offered + [
        (f"{project.stage}:{condition}", CardLabel(*CONDITIONS[condition]))
        for condition in CONDITION_MOVES[project.condition]
    ]
