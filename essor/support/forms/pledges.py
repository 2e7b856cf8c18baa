"""A funder's pledge: in which form, how much, for what, on what condition, until when."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from essor.kit import clock
from essor.kit.pieces import CardLabel
from essor.kit.reach import AddressField
from essor.people.fields import NameField
from essor.people.models import Person
from essor.support.actions.pledges import Pledged
from essor.support.forms.cohorts import day_field
from essor.support.forms.private_rooms import euros_field
from essor.support.models import BudgetLine, Form
from essor.support.money import euros

FORMS: tuple[tuple[str, Any, Any, str], ...] = (
    (Form.GIFT, _("A gift"), _("a donation, a sponsorship"), "heart"),
    (Form.LOAN, _("A loan"), _("without interest, or at a rate that you agree on"), "undo"),
    (Form.CAPITAL, _("Capital"), _("shares, a stake, a loan of a partner"), "people"),
    (Form.GUARANTEE, _("A guarantee"), _("you stand in if it cannot repay"), "check"),
    (Form.PURCHASE, _("A promise to buy"), _("a first order, an advance"), "key"),
    (Form.SKILLS, _("Skills and time"), _("no money: say what in your words"), "hand"),
)
"""The form, its title, examples, its icon."""


class PledgeForm(forms.Form):
    """Whoever pledges; ``known`` is a person that we recognise, who writes no name."""

    form = forms.ChoiceField(
        label=_("In which form?"),
        choices=[(key, CardLabel(label, note, icon)) for key, label, note, icon in FORMS],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a form.")},
    )
    amount = euros_field(
        _("How much, in euros?"),
        required=False,
        help_text=_("For a promise to buy: of what value. None for skills."),
    )
    line = forms.ModelChoiceField(
        label=_("For what?"),
        queryset=BudgetLine.objects.none(),
        required=False,
        empty_label=_("where it is most useful"),
        error_messages={
            "invalid_choice": _(
                "Nothing is missing there any more: choose another line, or where it is most useful."
            )
        },
    )
    what = NameField(
        label=_("In your words"),
        max_length=300,
        required=False,
        help_text=_("For example: over five years, without interest."),
    )
    condition = NameField(
        label=_("On what condition?"),
        max_length=300,
        required=False,
        help_text=_("For example: if the lease is signed. None is fine too."),
    )
    until = day_field(_("Until when does it stand?"))
    first_name = NameField(
        label=_("Your first name"),
        max_length=80,
        error_messages={"required": _("Tell the project who you are.")},
    )
    last_name = NameField(label=_("Your last name"), max_length=80, required=False)
    organisation = NameField(
        label=_("Your organisation"), max_length=160, required=False,
        help_text=_("Where you pledge for one."),
    )  # fmt: skip
    email = AddressField(
        label=_("Your e-mail address"),
        help_text=_("You get a link with which you see your pledge and take it back at any time."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        error_messages={"required": _("The project needs an address to answer you.")},
    )

    def __init__(
        self, *args: Any, lines: list[BudgetLine], known: Person | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["line"]
        here = BudgetLine.objects.filter(pk__in=[each.pk for each in lines])
        field.queryset = here  # type: ignore[attr-defined]
        field.label_from_instance = _as_choice  # type: ignore[attr-defined]
        self.known = known
        if known is not None:
            for name in ("first_name", "last_name", "organisation", "email"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        until = values.get("until")
        if until is not None and until < clock.today():
            self.add_error("until", gettext("This day has passed: choose one to come."))
        money = values.get("form") not in {None, Form.SKILLS}
        if money and not values.get("amount") and "amount" not in self.errors:
            self.add_error("amount", gettext("Say how much: whole euros, for example 1500."))
        if values.get("form") == Form.SKILLS and not values.get("what"):
            self.add_error("what", gettext("Say in a few words what you would bring."))
        return values

    @property
    def said(self) -> Pledged:
        values = self.cleaned_data
        label = str(Form(values["form"]).label).capitalize()
        return Pledged(
            form=values["form"],
            amount=values["amount"],
            what=f"{label}. {values['what']}".strip(". ") if values["what"] else label,
            condition=values["condition"],
            until=values["until"],
        )


def _as_choice(line: BudgetLine) -> str:
    words = gettext("%(label)s (still missing: %(left)s)")
    return words % {"label": line.label, "left": euros(line.left)}
