"""A territory's stage as hosts edit it."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from essor.kit.rewording import Rewording
from essor.kit.words import TextField
from essor.projects.actions.stages import FIRST, StageWords
from essor.projects.models import Project
from essor.projects.stages import Stage, Way

STAYS, BEHIND, INSTEAD = "stays", "behind", "instead"


def _line(label: Any, length: int = 200) -> forms.CharField:
    return TextField(label=label, max_length=length, required=False)


def _lines(label: Any, help_text: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 2})
    return TextField(
        label=label, max_length=400, required=False, widget=widget, help_text=help_text
    )


class StageWordsForm(Rewording):
    """Name, why, three next actions, who helps, the proof; and its place on the way."""

    name = TextField(label=_("Name"), max_length=40)
    why = _lines(_("Why this stage is there"))
    action_1 = _line(_("First next action"))
    action_2 = _line(_("Second next action"))
    action_3 = _line(_("Third next action"))
    helpers = _lines(_("Who can help here"))
    proof = _lines(_("The proof that is asked"), _("What shows that a project may go on."))
    place = forms.ChoiceField(label=_("Its place"))
    like = forms.ChoiceField(
        label=_("It compares with"),
        choices=[(kind.value, kind.label) for kind in Project.Stage],
        help_text=_("So that boards and paces mean the same in all territories."),
    )

    def __init__(self, *args: Any, way: Way, stage: Stage | None = None, **kwargs: Any) -> None:
        if stage is not None:
            kwargs["initial"] = words_of(stage)
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = places(way, stage)  # type: ignore[attr-defined]
        if stage is not None:
            del self.fields["like"]
            if stage.key == FIRST:
                del self.fields["place"]

    @property
    def words(self) -> StageWords:
        said = self.cleaned_data
        actions = [said[f"action_{number}"] for number in (1, 2, 3)]
        return StageWords(said["name"], said["why"], actions, said["helpers"], said["proof"])

    @property
    def placing(self) -> tuple[str, bool] | None:
        """Behind or instead of which stage; None where the stage stays."""
        chosen = self.cleaned_data.get("place", "")
        if not chosen or ":" not in chosen:
            return None
        how, key = chosen.split(":")
        return key, how == INSTEAD


def words_of(stage: Stage) -> dict[str, str]:
    actions = {f"action_{n}": text for n, text in enumerate(stage.actions, 1)}
    return {
        "place": STAYS,
        "name": stage.name,
        "why": stage.why,
        "helpers": stage.helpers,
        "proof": stage.proof,
        **actions,
    }


def places(way: Way, stage: Stage | None) -> list[tuple[str, str]]:
    """Where a stage may stand: as it is, behind another, or as another's alternative."""
    others = [each for each in way.stages if stage is None or each.key != stage.key]
    found = [(STAYS, gettext("as it is"))] if stage else []
    for each in others:
        name = {"stage": each.name}
        found.append((f"{BEHIND}:{each.key}", gettext("behind “%(stage)s”") % name))
        if each.key != FIRST:
            found.append(
                (f"{INSTEAD}:{each.key}", gettext("or “%(stage)s”: one of the two") % name)
            )
    return found
