"""Calling a committee, putting a project before it, speaking, deciding."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from essor.kit.pieces import CardLabel
from essor.kit.reach import AddressField
from essor.kit.words import TextField
from essor.people.fields import NameField
from essor.people.models import Person
from essor.projects.forms.finding import ProjectField
from essor.projects.models import Project
from essor.projects.stages import Stage
from essor.support.forms.cohorts import day_field
from essor.support.models import Committee, ProjectFile, Voice
from essor.territories.models import Role, Territory

Decision, Kind = ProjectFile.Decision, Voice.Kind
THINKS: dict[str, tuple[Any, Any, str]] = {
    Kind.GO: (_("Go"), _("The project is ready for what comes next."), "check"),
    Kind.NO_GO: (_("No-go"), _("Not so, or not here. Say what would change your mind."), "close"),
    Kind.SLEEP: (_("Sleep"), _("Good, too early: it rests until something changes."), "moon"),
}


def words_field(label: Any, *, help_text: Any = "", required: bool = True) -> forms.CharField:
    return TextField(
        label=label,
        max_length=2000,
        required=required,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say in a sentence why.")},
    )


class PeopleField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Those of the team who have the committee's role."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=Person.objects.none(), required=False, widget=forms.CheckboxSelectMultiple,
            **kwargs,
        )  # fmt: skip

    def label_from_instance(self, person: Any) -> str:
        return str(person.name)


def committee_people(territory: Territory) -> Any:
    """Who has the committee's role in the territory, by first name."""
    role = Role.Kind.COMMITTEE
    found = Person.objects.filter(
        roles__territory=territory, roles__kind=role, erased_at=None
    ).distinct()
    return found.order_by("first_name", "id")


class CommitteeForm(forms.Form):
    """A hearing: its name, its day, its place, who of the team sits on it."""

    name = TextField(
        label=_("Its name"), max_length=120, help_text=_("For example: Committee of March.")
    )
    on = day_field(_("The day of the hearing"))
    place = TextField(label=_("Where it takes place"), max_length=160, required=False)
    people = PeopleField(label=_("Who of your team sits on it?"))

    def __init__(self, *args: Any, territory: Territory, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = committee_people(territory)
        field: Any = self.fields["people"]
        field.queryset, field.initial = found, list(found.values_list("pk", flat=True))
        if not field.initial:
            del self.fields["people"]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        values.setdefault("people", [])
        return values

    @property
    def words(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("name", "on", "place")}


class MembersForm(forms.Form):
    """More members: of the team, or somebody from elsewhere."""

    people = PeopleField(label=_("Of your team"))
    first_name = NameField(label=_("First name"), max_length=80, required=False)
    last_name = NameField(label=_("Last name"), max_length=80, required=False)
    email = AddressField(
        label=_("E-mail address"),
        required=False,
        widget=forms.EmailInput(attrs={"inputmode": "email"}),
        help_text=_("They get a link to the files of this committee. No account is needed."),
    )
    comes_from = NameField(
        label=_("In whose name"),
        max_length=120,
        required=False,
        help_text=_("For example: Crédit coopératif, town hall of Bourg-de-Péage, a baker."),
    )

    def __init__(self, *args: Any, committee: Committee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = committee_people(committee.territory)
        if not self.is_bound:  # a form that was sent twice still finds its people
            sitting = committee.members.filter(left_at=None)
            found = found.exclude(pk__in=sitting.values("person"))
        field: Any = self.fields["people"]
        field.queryset = found
        if not found.exists():
            del self.fields["people"]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        values.setdefault("people", [])
        named = [name for name in ("first_name", "email") if values.get(name)]
        if named == ["first_name"] and "email" not in self.errors:
            self.add_error("email", _("Without an address they cannot be invited."))
        if named == ["email"]:
            self.add_error("first_name", _("Tell whom you are inviting."))
        if not named and not values["people"] and not self.errors:
            self.add_error(None, _("Choose somebody, or write whom to invite."))
        return values

    @property
    def outsider(self) -> dict[str, str]:
        """Who is invited from elsewhere; empty: nobody."""
        names = ("first_name", "last_name", "email", "comes_from")
        said = {name: self.cleaned_data.get(name) or "" for name in names}
        return said if said["email"] else {}


class InterestForm(forms.Form):
    """Whether a member has an interest in a project, and which."""

    NONE, SOME = "none", "some"
    has = forms.ChoiceField(
        label=_("Have you an interest in it?"),
        choices=[
            (NONE, CardLabel(_("No"), _("Nothing ties me to it: I read the file."), "check")),
            (SOME, CardLabel(_("Yes: I stand aside"),
                             _("I get neither the file nor a voice on this one."), "people")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an answer.")},
    )  # fmt: skip
    words = TextField(
        label=_("Which one?"),
        max_length=600,
        required=False,
        help_text=_("A tie, a contract, a family. The committee and the hosts read it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("has") == self.SOME and not values.get("words", "").strip():
            self.add_error("words", _("Say which interest you have: a tie, a contract, a family."))
        return values

    @property
    def interest(self) -> str:
        """In words; blank: none."""
        some = self.cleaned_data["has"] == self.SOME
        return str(self.cleaned_data["words"]) if some else ""


class FileForm(forms.Form):
    """Which project the committee will read."""

    project = ProjectField()

    def __init__(self, *args: Any, committee: Committee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = Project.objects.filter(
            territory=committee.territory, published_at__isnull=False,
            condition=Project.Condition.AWAKE,
        )  # fmt: skip
        if not self.is_bound:
            found = found.exclude(files__committee=committee)
        self.fields["project"].offer(found.order_by("title", "id"))  # type: ignore[attr-defined]


class VoiceForm(forms.Form):
    """What a member thinks."""

    kind = forms.ChoiceField(
        label=_("What do you think?"),
        choices=[(kind, CardLabel(*card)) for kind, card in THINKS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an answer.")},
    )
    words = words_field(_("In a few words"), required=False)


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
