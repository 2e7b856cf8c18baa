"""A correction in words: which field, what stands there, what is proposed."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from essor.people.models import Sphere
from essor.territories.models import Theme
from essor.treasures.models import Correction, Treasure

FIELDS: dict[str, str | Promise] = {
    "name": _("What is it?"),
    "kind": _("Which kind of treasure?"),
    "description": _("In a few words"),
    "use": _("What may others do with it?"),
    "quantity": _("How much"),
    "holder": _("Who holds it"),
    "sphere": _("Their sphere"),
    "themes": _("Themes"),
    "commune": _("Commune"),
    "place": _("Where, in words"),
    "latitude": pgettext_lazy("treasure", "Place on the map"),
    "precision": _("How precisely do others see the place?"),
}
CHOICES: dict[str, Any] = {
    "kind": Treasure.Kind,
    "use": Treasure.Use,
    "precision": Treasure.Precision,
}


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a correction as people read it."""

    field: str | Promise
    was: str
    becomes: str


def told(correction: Correction) -> list[Change]:
    """What a correction changes, field by field; codes stand as words, the point as numbers."""
    treasure, changes = correction.treasure, correction.changes
    return [
        Change(FIELDS[name], _words(name, _now(treasure, correction, name)), _words(name, value))
        for name, value in _paired(changes).items()
        if name in FIELDS
    ]


def _now(treasure: Treasure, correction: Correction, name: str) -> Any:
    before = _paired(correction.before)
    if name in before:
        return before[name]
    if name == "latitude":
        return _point(treasure.latitude, treasure.longitude)
    if name == "sphere":
        return treasure.sphere.code if treasure.sphere else ""
    if name == "themes":
        return sorted(theme.code for theme in treasure.themes.all())
    return getattr(treasure, name)


def _paired(changes: dict[str, Any]) -> dict[str, Any]:
    """Latitude and longitude as one change."""
    if not {"latitude", "longitude"} & set(changes):
        return changes
    point = _point(changes.get("latitude"), changes.get("longitude"))
    rest = {name: value for name, value in changes.items() if name != "longitude"}
    return rest | {"latitude": point}


def _point(latitude: float | None, longitude: float | None) -> str:
    return ", ".join(f"{each:.4f}" for each in (latitude, longitude) if each is not None)


def _words(name: str, value: Any) -> str:
    if name in CHOICES and value in CHOICES[name].values:
        return str(CHOICES[name](value).label)
    if name == "sphere" and value:
        sphere = Sphere.objects.filter(code=value).first()
        return sphere.name if sphere else value
    if name == "themes":
        return ", ".join(theme.name for theme in Theme.objects.filter(code__in=value))
    return str(value if value is not None else "")
