"""The registration page: who I am, my choices, what I need, what I agree to."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from essor.challenges.models import Challenge
from essor.evenings.actions.registration import Coming
from essor.evenings.consents import wording_of
from essor.evenings.forms.own_questions import field_for, name_of
from essor.evenings.forms.ranking import RANKS, RankingField
from essor.evenings.models import Evening, Question, Registration, Wish
from essor.kit.pieces import CardLabel
from essor.kit.prepared import Prepared, together
from essor.kit.reach import AddressField
from essor.people.communes import communes
from essor.people.fields import NameField, SphereField
from essor.people.models import Consent
from essor.people.text import folded, same_name

FEWEST_CHOICES = 2
MANY = 8
"""Challenges beyond which a search box helps."""
MOST_NAMES = 5
MOST_CHILDREN = 6
_challenges = Prepared(
    lambda evening: Challenge.objects.filter(evenings=evening).order_by("id"), int
)
_questions = Prepared(lambda evening: Question.objects.filter(evening_id=evening), int)
OPTIONAL_CONSENTS = (Consent.Purpose.NEWS, Consent.Purpose.SHOW_NAME)


class RegistrationForm(forms.Form):
    """``is_valid`` makes ``coming`` for the act. ``at_the_door`` leaves the address optional."""

    choices: Any
    surprise = forms.BooleanField(required=False, label=_("Anything: surprise me"))
    first_name = NameField(label=_("First name"))
    last_name = NameField(required=False, label=_("Last name"))
    email = AddressField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("Your ticket goes there. Nobody else sees it."),
    )
    sphere = SphereField(
        label=_("Which world do you come from?"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": _("Choose the world that is most yours: it lets us mix the tables.")
        },
    )
    remote = forms.ChoiceField(
        required=False,
        label=_("How will you take part?"),
        choices=[
            ("", CardLabel(_("In the hall"), _("At a table, face to face."), "table")),
            (
                "yes",
                CardLabel(
                    _("From a distance, by video"),
                    _("At a table that meets by video. The link comes by mail."),
                    "screen",
                ),
            ),
        ],
        widget=forms.RadioSelect,
    )
    organisation = NameField(required=False, label=_("Organisation"))
    commune = NameField(required=False, max_length=80, label=_("Your commune"))
    commune_code = forms.CharField(required=False, max_length=5, widget=forms.HiddenInput)
    accessible_table = forms.BooleanField(
        required=False, label=_("I need a table that is easy to reach (wheelchair, crutches, ...)")
    )
    access_words = NameField(
        required=False,
        max_length=500,
        label=_("Something else that helps you take part?"),
        help_text=_("A sign-language interpreter, large print, a quiet place ..."),
        widget=forms.TextInput,
    )
    together = NameField(
        required=False,
        max_length=400,
        label=_("I would like to sit with"),
        help_text=_("Names, with commas between. We do what we can."),
    )
    apart = NameField(
        required=False,
        max_length=400,
        label=_("I would rather not sit with"),
        help_text=_("Only the host team sees this."),
    )
    age_band = forms.ChoiceField(
        required=False,
        label=_("Your age"),
        choices=[("", _("I'd rather not say")), *Registration.AgeBand.choices],
        help_text=_("Counted, never shown by name."),
    )
    children = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=MOST_CHILDREN,
        label=_("Children under 15 who come along"),
        help_text=_("They get a guest badge; we ask nothing about them."),
    )

    def __init__(
        self,
        evening: Evening,
        data: Mapping[str, Any] | None = None,
        *,
        registration: Registration | None = None,
        at_the_door: bool = False,
        language: str = "fr",
        initial: dict[str, Any] | None = None,
    ) -> None:
        started = initial_of(registration) if registration else initial
        super().__init__(data, initial=started)
        self.evening, self.registration, self.language = evening, registration, language
        challenges, self.questions = together(
            _challenges.asking(evening.pk), _questions.asking(evening.pk)
        )
        self.challenges = sorted(challenges, key=lambda each: folded(each.short))
        self.fields["choices"] = RankingField(
            self.challenges, required=False, label=_("Your challenges")
        )
        if at_the_door:
            self.fields["email"].required = False
        if registration:
            del self.fields["email"]
        if not evening.remote_offered and not (registration and registration.remote):
            del self.fields["remote"]
        for question in self.questions:
            self.fields[name_of(question)] = field_for(question)
        self._add_consents()
        self.order_fields(["choices", "surprise"])

    def _add_consents(self) -> None:
        evening = Consent.Purpose.EVENING
        if not self.registration:
            self.fields[f"consent_{evening}"] = forms.BooleanField(
                label=_("Your agreement"),
                error_messages={
                    "required": _("Without this we cannot organise your coming: please tick it.")
                },
            )
        for purpose in OPTIONAL_CONSENTS:
            self.fields[f"consent_{purpose}"] = forms.BooleanField(
                required=False, label=Consent.Purpose(purpose).label
            )

    def clean_commune_code(self) -> str:
        """Only a code that goes with the name; a name that only one commune has brings its code."""
        said = self.cleaned_data.get("commune", "")
        known = communes().coded(self.cleaned_data["commune_code"])
        if known is None or not same_name(known.name, said):
            known = communes().named(said)
        return known.code if known else ""

    def clean_together(self) -> tuple[str, ...]:
        return self._names("together")

    def clean_apart(self) -> tuple[str, ...]:
        return self._names("apart")

    def _names(self, field: str) -> tuple[str, ...]:
        names = tuple(filter(None, (part.strip() for part in self.cleaned_data[field].split(","))))
        if len(names) > MOST_NAMES:
            raise ValidationError(
                gettext("That is many people: keep the %(most)d who matter most.")
                % {"most": MOST_NAMES}
            )
        if any(len(name) > 200 for name in names):
            raise ValidationError(gettext("Put a comma between the names."))
        return names

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        fewest = min(FEWEST_CHOICES, len(self.challenges))
        chosen = data.get("choices")
        if chosen is not None and len(chosen) < fewest and not data.get("surprise"):
            self.add_error(
                "choices",
                ngettext(
                    "Choose a challenge, or “surprise me”.",
                    "Choose at least two challenges, or “surprise me”.",
                    fewest,
                ),
            )
        self._ask_for_an_address(data)
        return data

    def _ask_for_an_address(self, data: dict[str, Any]) -> None:
        """Whoever takes part from a distance gets the link by mail: nowhere else is it safe."""
        if not data.get("remote"):
            return
        if self.registration is None and not data.get("email") and "email" not in self.errors:
            self.add_error("email", gettext("The link to your table goes there: we need it."))
        if self.registration is not None and not self.registration.person.email:
            self.add_error(
                "remote",
                gettext(
                    "We have no e-mail address of yours, and the link goes by mail: write to the "
                    "host team, or come to the hall."
                ),
            )

    @property
    def coming(self) -> Coming:
        """What the act needs; only after ``is_valid``."""
        data = self.cleaned_data
        consents = {purpose for purpose in OPTIONAL_CONSENTS if data.get(f"consent_{purpose}")}
        plain = [
            "first_name",
            "last_name",
            "sphere",
            "organisation",
            "commune",
            "commune_code",
            "choices",
            "surprise",
            "accessible_table",
            "access_words",
            "together",
            "apart",
            "age_band",
        ]
        return Coming(
            **{name: data[name] for name in plain},
            email=data.get("email", ""),
            remote=bool(data.get("remote")),
            children=data["children"] or 0,
            answers=tuple(
                (question, data[name_of(question)])
                for question in self.questions
                if data[name_of(question)]
            ),
            consents=frozenset({*consents, Consent.Purpose.EVENING}),
            language=self.language,
        )

    @property
    def slots(self) -> list[dict[str, Any]]:
        """Each rank with the challenge that has it, for the page."""
        chosen = dict(zip(RANKS, self["choices"].value() or [], strict=False))
        return [{"rank": rank, "chosen": chosen.get(rank, "")} for rank in RANKS]

    @property
    def many_challenges(self) -> bool:
        return len(self.challenges) > MANY

    @property
    def own_fields(self) -> list[forms.BoundField]:
        return [self[name_of(question)] for question in self.questions]

    @property
    def consents(self) -> list[tuple[forms.BoundField, str]]:
        """Each box with the sentence that is agreed to, in today's wording."""
        names = [name for name in self.fields if name.startswith("consent_")]
        return [(self[name], wording_of(name.removeprefix("consent_"))) for name in names]


class AddressForm(forms.Form):
    """Where the link of an earlier registration is sent again."""

    email = AddressField(label=_("E-mail you registered with"), max_length=254)


def initial_of(registration: Registration) -> dict[str, Any]:
    """What a registration says now, as the form's initial values."""
    person = registration.person
    need = getattr(registration, "access_need", None)
    wishes = list(registration.wishes.all())
    given = set(person.consents.filter(withdrawn_at=None).values_list("purpose", flat=True))
    ranked = {
        c.rank: c.challenge.public_id for c in registration.choices.select_related("challenge")
    }
    return {
        "choices": [ranked.get(rank, "") for rank in RANKS],
        "surprise": registration.surprise,
        "remote": "yes" if registration.remote else "",
        "first_name": person.first_name,
        "last_name": person.last_name,
        "sphere": person.sphere.code if person.sphere else None,
        "organisation": person.organisation.name if person.organisation else "",
        "commune": person.commune,
        "commune_code": person.commune_code,
        "accessible_table": bool(need and need.accessible_table),
        "access_words": need.words if need else "",
        "together": names_of(wishes, Wish.Kind.TOGETHER),
        "apart": names_of(wishes, Wish.Kind.APART),
        "age_band": registration.age_band,
        "children": registration.children or None,
        **{f"consent_{purpose}": purpose in given for purpose in OPTIONAL_CONSENTS},
        **{f"question_{answer.question_id}": answer.value for answer in registration.answers.all()},
    }


def names_of(wishes: list[Wish], kind: str) -> str:
    return ", ".join(wish.name for wish in wishes if wish.kind == kind)
