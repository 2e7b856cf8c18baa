"""Giving an idea: one line is enough, everything else may stay empty."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from essor.harvest.models import LONGEST_IDEA
from essor.harvest.words import says_something, tidy
from essor.kit.reach import AddressField
from essor.people.communes import communes
from essor.people.fields import NameField
from essor.people.models import Sphere


class WordsField(forms.CharField):
    """Words as they are said: whoever wrote too much keeps all of it on the page."""

    widget = forms.Textarea

    def __init__(self, *, rows: int = 3, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        return tidy(super().to_python(value) or "")

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not says_something(value):
            raise ValidationError(gettext("We cannot read any word in it. Write one line."))
        too_many = len(value) - LONGEST_IDEA
        if too_many > 0:
            raise ValidationError(
                ngettext(
                    "This is %(count)s character too long. Keep the heart of it here: nothing was lost.",
                    "This is %(count)s characters too long. Keep the heart of it here: nothing was lost.",
                    too_many,
                )
                % {"count": too_many}
            )


class IdeaForm(forms.Form):
    """``who`` are the fields about the person, blank where nobody wants to say."""

    text = WordsField(
        label=_("Your idea, in one line"),
        rows=3,
        error_messages={"required": _("Write your idea first: one line is enough.")},
    )
    detail = WordsField(
        required=False,
        rows=4,
        label=_("A little more"),
        help_text=_("Where, for whom, who does it elsewhere, what you could bring."),
    )
    first_name = NameField(required=False, max_length=80, label=_("Your first name"))
    email = AddressField(
        required=False,
        max_length=254,
        label=_("Your e-mail"),
        help_text=_("Only to hear what becomes of it. Nobody else sees it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    sphere = forms.ModelChoiceField(
        Sphere.objects.none(),
        required=False,
        to_field_name="code",
        label=_("You speak as"),
        empty_label=_("I would rather not say"),
    )
    commune = NameField(required=False, max_length=80, label=_("Your commune"))
    source = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)
    builds_on = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)
    as_before = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["sphere"].queryset = Sphere.objects.all()  # type: ignore[attr-defined]

    @property
    def commune_code(self) -> str:
        known = communes().named(self.cleaned_data["commune"])
        return known.code if known else ""

    @property
    def says_who(self) -> bool:
        return bool(self.cleaned_data["first_name"] or self.cleaned_data["email"])

    @property
    def more_is_open(self) -> bool:
        """Whether the folded part holds something to see: words, or a mistake."""
        names = ("detail", "first_name", "email", "sphere", "commune")
        return any(self.errors.get(name) or self[name].value() for name in names)


class CorrectionForm(forms.Form):
    correction = WordsField(
        required=False,
        rows=4,
        label=_("A clearer wording"),
        help_text=_(
            "It stands beside the words as they were said, which stay. Empty takes it away."
        ),
    )
