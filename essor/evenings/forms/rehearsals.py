"""How long a rehearsal lasts, and what is left to the team."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from essor.evenings.actions.rehearsals import MINUTES
from essor.kit.pieces import CardLabel

LENGTHS = [
    (5, CardLabel(_("5 minutes"), _("A look at each phase."))),
    (10, CardLabel(_("10 minutes"), _("Time to do each thing once."))),
    (20, CardLabel(_("20 minutes"), _("Time to talk about it together."))),
]


class RehearsalForm(forms.Form):
    """Ten minutes and one table of one's own, where nothing else is said."""

    minutes = forms.TypedChoiceField(
        choices=LENGTHS, coerce=int, initial=MINUTES[1], label=_("How long?"),
        widget=forms.RadioSelect,
    )  # fmt: skip
    yours = forms.TypedChoiceField(
        choices=[(0, _("none: we look on")), *(
            (n, ngettext_lazy("%(n)d table", "%(n)d tables", n) % {"n": n}) for n in (1, 2, 3)
        )],
        coerce=int, initial=1, label=_("Tables whose sheet you write yourselves"),
        help_text=_("The invented people there give their ideas and leave the sheet to you."),
    )  # fmt: skip
