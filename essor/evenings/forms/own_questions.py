"""A territory's own questions as fields of the registration page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from essor.evenings.answers import NO, YES
from essor.evenings.models import Question
from essor.people.fields import NameField


def name_of(question: Question) -> str:
    return f"question_{question.pk}"


def field_for(question: Question) -> forms.Field:
    """The field of a territory's own question."""
    needed: dict[str, Any] = {"required": question.required, "label": question.label}
    if question.kind == Question.Kind.YES_NO:
        return forms.ChoiceField(
            choices=[(YES, _("Yes")), (NO, _("No"))], widget=forms.RadioSelect, **needed
        )
    if question.kind == Question.Kind.ONE_OF:
        options = [(option, option) for option in question.options]
        return forms.ChoiceField(choices=options, widget=forms.RadioSelect, **needed)
    return NameField(max_length=500, **needed)
