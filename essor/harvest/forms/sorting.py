"""What people ask of the sorting table."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from essor.harvest.actions.sorting import LONGEST_NAME
from essor.harvest.models import Group, Harvest, SortingMove
from essor.kit.words import TextField

WAITING, NEW = "waiting", "new"
"""Where ideas may go besides the groups: back to the pile to sort, or into a new group."""


class PlaceForm(forms.Form):
    """Which ideas go where; ``since`` is the last move that the page showed."""

    to = forms.CharField(required=False)
    name = TextField(required=False, max_length=LONGEST_NAME)
    since = forms.IntegerField(required=False)

    def __init__(self, *args: Any, harvest: Harvest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.harvest = harvest
        self.group: Group | None = None
        self.ideas: list[str] = (
            self.data.getlist("idea") if isinstance(self.data, QueryDict) else []
        )

    @property
    def opens_group(self) -> bool:
        """Whether a new group is asked for; a name alone says so, too."""
        given = self.cleaned_data
        return bool(given["to"] == NEW or (given["name"] and not given["to"]))

    @property
    def trouble(self) -> str:
        """What to do first, where the form cannot be carried out."""
        return str(next(iter(self.errors.values()))[0])

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        to = given.get("to", "")
        if not to and not given.get("name"):
            raise forms.ValidationError(_("Choose where the ideas go."))
        if to not in ("", WAITING, NEW):
            self.group = self.harvest.groups.filter(public_id=to).first()
            if self.group is None:
                raise forms.ValidationError(_("Choose one of the groups on this table."))
        if not self.ideas and to != NEW and not given.get("name"):
            raise forms.ValidationError(_("Choose one idea at least, then where it goes."))
        return given


class NameForm(forms.Form):
    """A group's name; ``seen`` is the name that its namer saw."""

    name = TextField(
        label=_("Name of the group"),
        max_length=LONGEST_NAME,
        required=False,
        help_text=_("In the words of the ideas, short: it is read aloud."),
    )
    seen = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)


class MergeForm(forms.Form):
    """Into which other group this one goes."""

    into = forms.ModelChoiceField(
        label=_("Merge into"),
        queryset=Group.objects.none(),
        to_field_name="public_id",
        empty_label=_("Choose a group"),
    )

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = group.harvest.groups.exclude(pk=group.pk)
        self.fields["into"].queryset = others  # type: ignore[attr-defined]
        self.fields["into"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose a group")),
            *((each.public_id, f"{each.order} · {each}") for each in others if each.on_table),
        ]


class UndoForm(forms.Form):
    """The move to take back."""

    move = forms.ModelChoiceField(queryset=SortingMove.objects.none(), to_field_name="public_id")

    def __init__(self, *args: Any, harvest: Harvest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["move"].queryset = harvest.moves.select_related("undoes")  # type: ignore[attr-defined]
