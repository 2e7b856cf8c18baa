"""Forms of the host team: when and where, the room, the running order, own questions."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from essor.challenges.models import Challenge
from essor.evenings.actions.evening import Details, PhaseOf, QuestionOf, Room
from essor.evenings.models import Evening, Phase, Question
from essor.kit.days import DayField, MomentField
from essor.kit.rewording import Rewording, lines_of
from essor.kit.words import TextField, cleaned

MOST_TABLES, MOST_PHASES, MOST_QUESTIONS, MOST_OPTIONS = 300, 20, 8, 12
LONGEST_QUESTION_OPTION = 80
LONGEST_EVENING = 14
"""Hours: longer is a slip of the hand, an end in the afternoon for instance."""


class DetailsForm(Rewording):
    """When, where, how many. Times are of the place; an end before the start is the next day."""

    name = TextField(max_length=160, label=_("Name of the evening"))
    date = DayField(
        label=_("Date"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    starts = forms.TimeField(
        required=False,
        label=_("Doors open at"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    ends = forms.TimeField(
        required=False,
        label=_("Ends at"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    place = TextField(required=False, max_length=160, label=_("Place"))
    address = TextField(required=False, max_length=250, label=_("Address"))
    commune = TextField(required=False, max_length=80, label=_("Commune"))
    access = TextField(
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 3}),
        label=_("How to come"),
        help_text=_("Bus, bicycle, car share, entrance, wheelchair access, where to park."),
    )
    description = TextField(
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        label=_("In a few words"),
        help_text=_("What awaits people. Two or three sentences are enough."),
    )
    capacity = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=10_000,
        label=_("How many people may come"),
        help_text=_("When the last seat is taken, a waiting list opens by itself."),
    )
    closes = MomentField(
        required=False,
        label=_("Registration closes on"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Leave it empty to close by hand."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("ends") and not data.get("starts"):
            self.add_error("starts", gettext("Say when the evening begins, too."))
        elif data.get("ends") and data.get("date") and self._hours(data) > LONGEST_EVENING:
            words = gettext(
                "This is before the doors open. An evening lasts %(hours)d hours at most."
            )
            self.add_error("ends", words % {"hours": LONGEST_EVENING})
        return data

    @property
    def details(self) -> Details:
        data = self.cleaned_data
        starts = self._at(data["starts"])
        ends = self._at(data["ends"])
        if starts and ends and ends <= starts:
            ends += timedelta(days=1)
        words = ("name", "place", "address", "commune")
        return Details(
            date=data["date"],
            starts_at=starts,
            ends_at=ends,
            access=data["access"].strip(),
            description=data["description"].strip(),
            capacity=data["capacity"] or 0,
            registration_closes_at=data["closes"],
            **{word: cleaned(data[word]) for word in words},
        )

    @staticmethod
    def _hours(data: dict[str, Any]) -> float:
        """From the doors to the end, which may be after midnight."""
        starts, ends = (time.hour + time.minute / 60 for time in (data["starts"], data["ends"]))
        return (ends - starts) % 24 or 24

    def _at(self, time: Any) -> datetime | None:
        if time is None:
            return None
        return timezone.make_aware(datetime.combine(self.cleaned_data["date"], time))

    @staticmethod
    def initial_of(evening: Evening) -> dict[str, Any]:
        local = timezone.localtime
        return {
            "name": evening.name,
            "date": evening.date,
            "starts": local(evening.starts_at).time() if evening.starts_at else None,
            "ends": local(evening.ends_at).time() if evening.ends_at else None,
            "place": evening.place,
            "address": evening.address,
            "commune": evening.commune,
            "access": evening.access,
            "description": evening.description,
            "capacity": evening.capacity or None,
            "closes": evening.registration_closes_at,
        }


class RoomForm(Rewording):
    """How many tables, for how many people each, which of them are hard to reach."""

    tables = forms.IntegerField(
        min_value=0,
        max_value=MOST_TABLES,
        label=_("Tables in the room"),
        help_text=_("The seating plan opens as many as it needs."),
    )
    seats_min = forms.IntegerField(
        min_value=2, max_value=30, label=_("People at a table, at least")
    )
    seats_max = forms.IntegerField(min_value=2, max_value=30, label=_("People at a table, at most"))
    rounds = forms.IntegerField(
        min_value=1,
        max_value=4,
        label=_("Rounds"),
        help_text=_("One in most territories: each person stays at one table."),
    )
    hard_to_reach = TextField(
        required=False,
        max_length=500,
        label=_("Tables that are hard to reach"),
        help_text=_("Their numbers, with commas between: 3, 7, 12. All others are accessible."),
    )

    def clean_hard_to_reach(self) -> frozenset[int]:
        text = self.cleaned_data["hard_to_reach"]
        if text and not re.fullmatch(r"[\d\s,;]+", text):
            raise forms.ValidationError(gettext("Write table numbers with commas between."))
        return frozenset(int(number) for number in re.findall(r"\d+", text))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        least, most = data.get("seats_min"), data.get("seats_max")
        if least and most and least > most:
            self.add_error("seats_max", gettext("At most cannot be fewer than at least."))
        beyond = [n for n in data.get("hard_to_reach", ()) if n > (data.get("tables") or 0)]
        if beyond and "tables" in data:
            self.add_error(
                "hard_to_reach",
                gettext("There is no table %(number)d.") % {"number": min(beyond)},
            )
        return data

    @property
    def room(self) -> Room:
        return Room(**self.cleaned_data)

    @staticmethod
    def initial_of(evening: Evening) -> dict[str, Any]:
        tables = [table for table in evening.room_tables.all() if not table.remote]
        return {
            "tables": max((table.number for table in tables), default=0),
            "seats_min": evening.seats_min,
            "seats_max": evening.seats_max,
            "rounds": evening.rounds,
            "hard_to_reach": ", ".join(str(t.number) for t in tables if not t.accessible),
        }


class ChallengesForm(Rewording):
    """The challenges that people choose from at this evening."""

    challenges = forms.ModelMultipleChoiceField(
        Challenge.objects.none(),
        to_field_name="public_id",
        required=False,
        label=_("Challenges of the evening"),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, evening: Evening, data: Any = None) -> None:
        super().__init__(data, initial=self.initial_of(evening))
        open_ones = Challenge.objects.filter(
            territory=evening.territory_id, state=Challenge.State.OPEN
        )
        self.fields["challenges"].queryset = (  # type: ignore[attr-defined]
            (open_ones | Challenge.objects.filter(evenings=evening))
            .distinct()
            .order_by("short", "id")
        )

    @staticmethod
    def initial_of(evening: Evening) -> dict[str, Any]:
        return {"challenges": list(evening.challenges.all())}


class PhaseForm(forms.Form):
    """One line of the running order; without minutes it is left out."""

    position = forms.IntegerField(min_value=1, max_value=99, label=_("Position"))
    kind = forms.ChoiceField(choices=Phase.Kind.choices, label=_("What"))
    title = TextField(required=False, max_length=80, label=_("Your own name for it"))
    minutes = forms.IntegerField(
        required=False, min_value=1, max_value=300, label=_("Minutes"),
        help_text=_("Empty: left out."),
    )  # fmt: skip

    @property
    def phase(self) -> PhaseOf | None:
        data = self.cleaned_data
        if not data.get("minutes"):
            return None
        return PhaseOf(data["kind"], data["minutes"], cleaned(data["title"]))


class QuestionForm(forms.Form):
    """One own question; without words it is left out."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    label = TextField(required=False, max_length=160, label=_("Question"))
    kind = forms.ChoiceField(choices=Question.Kind.choices, label=_("Answer"))
    options = TextField(
        required=False,
        max_length=1200,
        widget=forms.Textarea(attrs={"rows": 3}),
        label=_("The list"),
        help_text=_("For “one of a list”: one answer a line."),
    )
    required = forms.BooleanField(required=False, label=_("An answer is needed"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        lines = [cleaned(line) for line in data.get("options", "").splitlines()]
        data["options"] = tuple(dict.fromkeys(line for line in lines if line))
        if data.get("label") and data.get("kind") == Question.Kind.ONE_OF:
            _check_options(self, data["options"])
        return data

    @property
    def question(self) -> QuestionOf | None:
        data = self.cleaned_data
        if not data.get("label"):
            return None
        options = data["options"] if data["kind"] == Question.Kind.ONE_OF else ()
        return QuestionOf(
            cleaned(data["label"]), data["kind"], options, data["required"], data.get("pk")
        )


def _check_options(form: forms.Form, options: tuple[str, ...]) -> None:
    if not 2 <= len(options) <= MOST_OPTIONS:
        form.add_error(
            "options", gettext("Two to %(most)d answers, one a line.") % {"most": MOST_OPTIONS}
        )
    elif max(map(len, options)) > LONGEST_QUESTION_OPTION:
        form.add_error("options", gettext("Keep each answer short."))


PhaseFormSet = lines_of(PhaseForm, most=MOST_PHASES)
QuestionFormSet = lines_of(QuestionForm, most=MOST_QUESTIONS)


def phase_rows(evening: Evening) -> list[dict[str, Any]]:
    """The running order with two blank lines to fill in."""
    rows: list[dict[str, Any]] = [
        {"position": n, "kind": p.kind, "title": p.title, "minutes": p.minutes}
        for n, p in enumerate(evening.phases.all(), start=1)
    ]
    blank = ({"position": len(rows) + n, "kind": Phase.Kind.SHARE} for n in (1, 2))
    return [*rows, *blank][:MOST_PHASES]


def question_rows(evening: Evening) -> list[dict[str, Any]]:
    """The questions with two blank ones to fill in."""
    rows: list[dict[str, Any]] = [
        {
            "pk": question.pk,
            "label": question.label,
            "kind": question.kind,
            "options": "\n".join(question.options),
            "required": question.required,
        }
        for question in evening.questions.all()
    ]
    return [*rows, {}, {}][:MOST_QUESTIONS]


def phases_in_order(forms_: Iterable[Any]) -> list[PhaseOf]:
    """What the lines say, by place; two lines with one place keep the order of the page."""
    lines = sorted(forms_, key=lambda form: form.cleaned_data.get("position") or 0)
    return [form.phase for form in lines if form.cleaned_data and form.phase]
