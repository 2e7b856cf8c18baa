"""What somebody answered, as lines to read again: on the confirmation, in the mail, on the desk."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from essor.evenings.models import AccessNeed, Answer, Choice, Registration, Wish
from essor.kit.prepared import Prepared, together

YES, NO = "yes", "no"
_chosen = Prepared(
    lambda registration: Choice.objects.select_related("challenge").filter(
        registration_id=registration
    ),
    int,
)
_needed = Prepared(
    lambda registration: AccessNeed.objects.filter(registration_id=registration), int
)
_wished = Prepared(lambda registration: Wish.objects.filter(registration_id=registration), int)
_answered = Prepared(
    lambda registration: Answer.objects.select_related("question").filter(
        registration_id=registration
    ),
    int,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One answer. ``label`` is ours or a host's question, ``value`` is as the person wrote it."""

    label: str
    value: str


def answers_of(registration: Registration) -> list[Line]:
    """Every answer given, in the order of the form; blanks are left out. At most four queries."""
    person, key = registration.person, registration.pk
    chosen, needed, wished, answered = together(
        _chosen.asking(key), _needed.asking(key), _wished.asking(key), _answered.asking(key)
    )
    lines = [
        Line(_("Name"), person.name),
        Line(_("E-mail"), person.email),
        Line(_("Sphere"), person.sphere.name if person.sphere else ""),
        Line(_("Organisation"), person.organisation.name if person.organisation else ""),
        Line(_("Commune"), person.commune),
        Line(_("Taking part"), _("From a distance, by video") if registration.remote else ""),
        *_choices(registration, chosen),
        *_access(needed),
        *_wishes(wished),
        Line(_("Age"), registration.get_age_band_display() if registration.age_band else ""),
        Line(_("Children under 15"), _children(registration.children)),
        *_own_questions(answered),
    ]
    return [line for line in lines if line.value]


def _choices(registration: Registration, chosen: list[Choice]) -> list[Line]:
    labels = {1: _("First choice"), 2: _("Second choice"), 3: _("Third choice")}
    lines = [
        Line(labels[choice.rank], choice.challenge.short)
        for choice in chosen
        if choice.rank in labels
    ]
    if registration.surprise:
        lines.append(Line(_("Challenge"), _("Surprise me")))
    return lines


def _access(needed: list[AccessNeed]) -> list[Line]:
    """One person says it once."""
    table = _("Accessible table")
    return [
        Line(
            _("Access needs"),
            " · ".join(filter(None, [table if need.accessible_table else "", need.words])),
        )
        for need in needed
    ]


def _wishes(wishes: list[Wish]) -> list[Line]:
    labels = {Wish.Kind.TOGETHER: _("Come with"), Wish.Kind.APART: _("Apart from")}
    return [
        Line(label, ", ".join(wish.name for wish in wishes if wish.kind == kind))
        for kind, label in labels.items()
    ]


def _children(number: int) -> str:
    if not number:
        return ""
    return ngettext("%(number)d guest badge", "%(number)d guest badges", number) % {
        "number": number
    }


def _own_questions(answered: list[Answer]) -> list[Line]:
    words = {YES: _("Yes"), NO: _("No")}
    return [
        Line(
            answer.question.label,
            words.get(answer.value, answer.value)
            if answer.question.kind == "yes_no"
            else answer.value,
        )
        for answer in answered
    ]
