"""Calling a committee, putting a project before it, speaking, deciding."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from essor.kit.pieces import CardLabel
from essor.projects.models import Project
from essor.projects.stages import Stage
from essor.support.forms.cohorts import ProjectChoice, day_field
from essor.support.models import Committee, ProjectFile, Voice

Decision, Kind = ProjectFile.Decision, Voice.Kind
THINKS: dict[str, tuple[Any, Any, str]] = {
    Kind.GO: (_("Go"), _("The project is ready for what comes next."), "check"),
    Kind.NO_GO: (_("No-go"), _("Not so, or not here. Say what would change your mind."), "close"),
    Kind.SLEEP: (_("Sleep"), _("Good, too early: it rests until something changes."), "moon"),
    Kind.ASIDE: (_("I stand aside"), _("I have an interest in it. Say which."), "people"),
}


def words_field(label: Any, *, help_text: Any = "", required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=2000,
        required=required,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say in a sentence why.")},
    )


class CommitteeForm(forms.Form):
    """A hearing: its name, its day, its place."""

    name = forms.CharField(
        label=_("Its name"), max_length=120, help_text=_("For example: Committee of March.")
    )
    on = day_field(_("The day of the hearing"))
    place = forms.CharField(label=_("Where it takes place"), max_length=160, required=False)


class FileForm(forms.Form):
    """Which project the committee will read."""

    project = ProjectChoice()

    def __init__(self, *args: Any, committee: Committee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = Project.objects.filter(
            territory=committee.territory, published_at__isnull=False,
            condition=Project.Condition.AWAKE,
        )  # fmt: skip
        if not self.is_bound:
            found = found.exclude(files__committee=committee)
        self.fields["project"].queryset = found.order_by("title", "id")  # type: ignore[attr-defined]


class VoiceForm(forms.Form):
    """What a member thinks, or that they stand aside."""

    kind = forms.ChoiceField(
        label=_("What do you think?"),
        choices=[(kind, CardLabel(*card)) for kind, card in THINKS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an answer.")},
    )
    words = words_field(_("In a few words"), required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("kind") == Kind.ASIDE and not values.get("words", "").strip():
            self.add_error("words", _("Say which interest you have: a tie, a contract, a family."))
        return values


class DecisionForm(forms.Form):
    """What was decided, why, and where the project goes now."""

    outcome = forms.ChoiceField(
        label=_("What was decided?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an answer.")},
    )
    reasons = words_field(
        _("The reasons, for the project"),
        help_text=_("Whoever leads it reads them in a mail. Say what would change the decision."),
    )
    public_words = words_field(
        _("One sentence for everybody"), help_text=_("It stands in the project’s public story.")
    )

    def __init__(self, *args: Any, onward: tuple[Stage, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        go = [
            (
                f"go:{stage.key}",
                CardLabel(_("Go: %(stage)s") % {"stage": stage.name}, stage.why, "check"),
            )
            for stage in onward
        ]
        others = [(key, CardLabel(*THINKS[key])) for key in (Kind.NO_GO, Kind.SLEEP)]
        self.fields["outcome"].choices = [*go, *others]  # type: ignore[attr-defined]

    @property
    def decided(self) -> dict[str, str]:
        """What the action wants to know."""
        decision, _colon, stage = self.cleaned_data["outcome"].partition(":")
        words = {name: self.cleaned_data[name] for name in ("reasons", "public_words")}
        return {"decision": decision, "stage": stage, **words}
