"""The sheet in words: what each field asks, grouped into the steps in which a table fills it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from essor.projects.models import Sheet


@dataclass(frozen=True, slots=True)
class FieldWords:
    """How one field is named on the sheet, what it asks, and an example that helps to start."""

    name: str
    label: Any
    prompt: Any
    rows: int = 3


@dataclass(frozen=True, slots=True)
class Step:
    """Fields that are filled together, on one screen of the phone."""

    key: str
    title: Any
    fields: tuple[FieldWords, ...]


STEPS = (
    Step(
        "proposal",
        _("Our proposal"),
        (
            FieldWords(
                "dream",
                _("Our dream"),
                _("If everything went well, what would be different here in five years?"),
                2,
            ),
            FieldWords(
                "proposal",
                _("What we propose"),
                _("First line: the idea in one sentence. Then: how it works, day by day."),
                4,
            ),
            FieldWords(
                "people_helped",
                _("For whom?"),
                _("Who will it help, and who will pay or use it?"),
                2,
            ),
        ),
    ),
    Step(
        "people",
        _("With whom?"),
        (
            FieldWords(
                "leaders",
                _("Who could carry it?"),
                _("A kind of person, an organisation, or “to be found”. No phone numbers here."),
                2,
            ),
            FieldWords(
                "partners",
                _("Supporters and partners"),
                _("Who should be around the table next time?"),
            ),
        ),
    ),
    Step(
        "resources",
        _("What we need"),
        (
            FieldWords(
                "resources_human", _("People and skills"), _("Which skills, how much time?"), 2
            ),
            FieldWords(
                "resources_material", _("Places and equipment"), _("Premises, tools, matter…"), 2
            ),
            FieldWords(
                "resources_financial",
                _("Money"),
                _("How much to start, and what will it live on afterwards?"),
                2,
            ),
        ),
    ),
    Step(
        "steps",
        _("The first steps"),
        (
            FieldWords(
                "first_steps",
                _("Three first steps"),
                _("What, who, by when? The first one should be doable within a month."),
                4,
            ),
            FieldWords(
                "set_aside",
                _("Ideas set aside"),
                _("Good ideas that do not fit here: nothing is lost, they go back to the harvest."),
                2,
            ),
        ),
    ),
)
FIELDS = tuple(field for step in STEPS for field in step.fields)
LABELS = {field.name: field.label for field in FIELDS}


def step_of(key: str) -> Step | None:
    return next((step for step in STEPS if step.key == key), None)


def step_with(field: str) -> Step:
    """The step in which ``field`` is filled."""
    return next(step for step in STEPS if field in {each.name for each in step.fields})


def after(step: Step) -> Step | None:
    """The step that follows, or None after the last."""
    place = STEPS.index(step) + 1
    return STEPS[place] if place < len(STEPS) else None


def answers_of(sheet: Sheet | None) -> list[tuple[Any, str]]:
    """Label and text of each field that holds something, in the order of the sheet."""
    if sheet is None:
        return []
    pairs = [(field.label, getattr(sheet, field.name)) for field in FIELDS]
    return [(label, text) for label, text in pairs if text.strip()]
