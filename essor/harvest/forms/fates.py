"""What becomes of ideas, as hosts decide it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essor.harvest.actions.fates import Decision
from essor.harvest.models import Fate, Harvest, Idea
from essor.kit.days import DayField
from essor.kit.pieces import CardLabel
from essor.kit.words import TextField

DECIDED = (
    (
        Fate.Kind.LATER,
        CardLabel(
            gettext_lazy("kept for later"), gettext_lazy("It will be looked at again."), "clock"
        ),
    ),
    (
        Fate.Kind.MERGED,
        CardLabel(
            gettext_lazy("joined another idea"),
            gettext_lazy("Almost the same was said: it lives on there."),
            "merge",
        ),
    ),
    (
        Fate.Kind.DECLINED,
        CardLabel(gettext_lazy("not this time"), gettext_lazy("And why, in kind words."), "hand"),
    ),
    (
        Fate.Kind.AWAITED,
        CardLabel(
            gettext_lazy("awaits its answer"), gettext_lazy("Open again, with a new date."), "undo"
        ),
    ),
)


class FateForm(forms.Form):
    """One decision for one or many ideas. That an idea fed a challenge is said by wording it."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What becomes of it"), choices=DECIDED, widget=forms.RadioSelect
    )
    why = TextField(
        label=gettext_lazy("In your words, for the author"),
        help_text=gettext_lazy("Public, beside the idea. Nothing is sent before you keep it."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    due_on = DayField(
        label=gettext_lazy("Look at it again by"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    into = TextField(
        label=gettext_lazy("The idea that it joins"),
        help_text=gettext_lazy("Paste the address of its page, or the last part of it."),
        required=False,
        max_length=300,
    )

    def __init__(self, *args: Any, harvest: Harvest, ideas: Sequence[Idea] = (), **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.harvest, self.ideas = harvest, ideas

    def clean_why(self) -> str:
        return str(self.cleaned_data["why"]).strip()

    def clean_into(self) -> Idea | None:
        key = str(self.cleaned_data["into"]).strip().strip("/").rsplit("/", 1)[-1]
        if not key:
            return None
        found = Idea.objects.filter(
            harvest=self.harvest, public_id=key, state=Idea.State.SHOWN
        ).first()
        if found is None:
            raise ValidationError(_("No idea of this harvest has this address."))
        if found.pk in {idea.pk for idea in self.ideas}:
            raise ValidationError(_("An idea cannot join itself: choose another one."))
        return found

    def clean(self) -> None:
        super().clean()
        data = self.cleaned_data
        kind = data.get("kind")
        if kind in (Fate.Kind.LATER, Fate.Kind.DECLINED) and not data.get("why"):
            self.add_error("why", _("Say why: whoever gave the idea reads it."))
        if kind == Fate.Kind.MERGED and "into" in data and data["into"] is None:
            self.add_error("into", _("Say which idea it joins."))

    @property
    def decision(self) -> Decision:
        data = self.cleaned_data
        merged = data["kind"] == Fate.Kind.MERGED
        return Decision(
            kind=data["kind"],
            why=data["why"],
            due_on=data["due_on"],
            merged_into=data["into"] if merged else None,
        )


class ManyFatesForm(FateForm):
    """The same decision for all ideas that are ticked."""

    chosen = forms.MultipleChoiceField(
        label=gettext_lazy("Ideas"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick the ideas that this is about.")},
    )
    field_order = ("chosen", "kind", "why", "due_on", "into")

    def __init__(self, *args: Any, harvest: Harvest, ideas: Sequence[Idea], **kw: Any) -> None:
        super().__init__(*args, harvest=harvest, **kw)
        self.given = {idea.public_id: idea for idea in ideas}
        self.fields["chosen"].choices = [(key, str(idea)) for key, idea in self.given.items()]  # type: ignore[attr-defined]

    def clean_chosen(self) -> list[Idea]:
        self.ideas = [self.given[key] for key in self.cleaned_data["chosen"]]
        return list(self.ideas)
