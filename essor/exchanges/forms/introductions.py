"""Putting two people in touch, answering, saying what came of it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from essor.exchanges.actions.introductions import Invited, Party
from essor.exchanges.models import IntroductionSide
from essor.exchanges.queries.introductions import Choice
from essor.kit.pieces import CardLabel
from essor.kit.reach import AddressField
from essor.people.fields import NameField
from essor.people.models import Person

Answer = IntroductionSide.Answer
INVITED = "invited"
"""The choice of somebody whom nobody knows here yet."""
ANSWERS = (
    (Answer.YES, _("Yes, gladly"), _("Your address goes to the other once both said yes."), "hand"),
    (Answer.NOT_NOW, _("Not now"), _("Nobody is told; you may change your mind."), "clock"),
    (
        Answer.NEVER,
        _("Never from this person"),
        _("This person can no longer have you written to. Nobody is told."),
        "close",
    ),
)


class IntroduceForm(forms.Form):
    """Whom with whom, and why. ``fixed`` is the second where the page says who that is."""

    first = forms.ChoiceField(
        label=_("Who?"), error_messages={"required": _("Choose the first of the two.")}
    )
    second = forms.ChoiceField(
        label=_("With whom?"), error_messages={"required": _("Choose the second of the two.")}
    )
    first_name = NameField(label=_("First name"), max_length=80, required=False)
    email = AddressField(label=_("E-mail address"), required=False)
    why = NameField(
        label=_("Why should they know each other?"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Both read these words, with your name. One or two sentences."),
        error_messages={"required": _("Say why: nobody says yes to nothing.")},
    )

    def __init__(
        self,
        *args: Any,
        people: Sequence[Choice],
        me: Person,
        fixed: Party | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = {each.person.public_id: each for each in people}
        if me.email:
            self.people[me.public_id] = Choice(me, gettext("you"))
        self.fixed = fixed
        if fixed is not None:
            self.people.pop(fixed.person.public_id, None)
            for name in ("second", "first_name", "email"):
                del self.fields[name]
        labels = [("", gettext("choose…"))]
        labels += [(key, each.label) for key, each in self.people.items()]
        self.fields["first"].choices = labels  # type: ignore[attr-defined]
        if fixed is None:
            somebody = (INVITED, gettext("somebody else, whom I know"))
            self.fields["second"].choices = [*labels, somebody]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("second") == INVITED:
            for name in ("first_name", "email"):
                if not values.get(name) and name not in self.errors:
                    self.add_error(name, self._missing(name))
        if values.get("second") and values.get("second") == values.get("first"):
            self.add_error("second", gettext("Choose two different people."))
        return values

    def _missing(self, name: str) -> str:
        if name == "email":
            return gettext("Write the address at which this person may be asked.")
        return gettext("Write the first name of whoever you know, or choose somebody above.")

    @property
    def first_party(self) -> Party:
        return self._party("first")

    @property
    def second_party(self) -> Party | Invited:
        if self.fixed is not None:
            return self.fixed
        if self.cleaned_data["second"] == INVITED:
            return Invited(self.cleaned_data["first_name"], self.cleaned_data["email"])
        return self._party("second")

    def _party(self, name: str) -> Party:
        person = self.people[self.cleaned_data[name]].person
        return Party(person, called=person.name)


class SideForm(forms.Form):
    """Yes with a way to be reached, not now, never from this person."""

    answer = forms.ChoiceField(
        label=_("Would you like to?"),
        choices=[(key, CardLabel(label, note, icon)) for key, label, note, icon in ANSWERS],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose an answer: each is a good one."),
            "invalid_choice": _("Choose an answer: each is a good one."),
        },
    )
    reach = NameField(
        label=_("How may the other reach you?"),
        max_length=254,
        required=False,
        help_text=_("A mail address or a number. The other gets it once both said yes."),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("answer") == Answer.YES and not values.get("reach"):
            self.add_error("reach", gettext("Say how the other may reach you."))
        return values


class OutcomeForm(forms.Form):
    """One tap, with a word where there is one."""

    outcome = forms.ChoiceField(choices=IntroductionSide.Outcome.choices)
    word = NameField(label=_("A word with it"), max_length=200, required=False)
