"""The whole of an installation, or of a territory, as lines of JSON that a person can read.

What belongs to a territory is found from the models themselves: whatever leads to it by foreign
keys (a seat by its table and evening). What those rows point at and has no territory of its own
(people, organisations, spheres) comes with them, and so do people's consents.
"""

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from django.apps import apps
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Field, ForeignKey, Model, Q, QuerySet

from essor.ledger.models import Entry
from essor.people.models import Consent, Person
from essor.rooms import ROOMS
from essor.territories.models import Territory

LEFT_OUT = {
    "kit.Receipt", "kit.Allowance", "kit.Turn", "kit.WorkerSeen", "people.Account",
    "people.PersonalLink",
}  # fmt: skip
"""What opens a door, or serves the machine alone."""
SECRET_FIELDS = {"digest", "phone_code", "password"}
README = """Essor export of {what}, format essor-export/1.

Each ROOM/NOUN.jsonl holds one thing a line, as JSON, in the order in which they were made. A thing
that points at another gives that one's public id (its own name in addresses) where it has one, else
its number ("id"). Times are in UTC. Uploaded files are in files/. This file holds personal data.

{counts}
"""


def write_export(out: IO[bytes], territory: Territory | None) -> dict[str, int]:
    """Write the zip; how many things of each kind it holds."""
    chosen = rows_of(territory) if territory else everything()
    counts: dict[str, int] = {}
    kept = {str(each.relative_to(_files())): each for each in _files().rglob("*") if each.is_file()}
    named: set[str] = set()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for label, rows in chosen.items():
            name = label.lower().replace(".", "/") + ".jsonl"
            with archive.open(name, "w") as lines:
                counts[label] = 0
                for row in rows.iterator(chunk_size=500):
                    shown = as_json(row)
                    named.update(value for value in shown.values() if isinstance(value, str))
                    text = json.dumps(shown, ensure_ascii=False, cls=DjangoJSONEncoder)
                    lines.write(text.encode() + b"\n")
                    counts[label] += 1
        for name, file in sorted(kept.items()):
            if territory is None or name in named:
                archive.write(file, f"files/{name}")
        told = "\n".join(f"{count:>8}  {label}" for label, count in counts.items())
        what = territory.name if territory else "the whole installation"
        archive.writestr("README.txt", README.format(what=what, counts=told))
    return counts


def _files() -> Path:
    return Path(settings.DATA) / "files"


def models() -> Iterator[type[Model]]:
    for room in ROOMS:
        for model in apps.get_app_config(room).get_models():
            if model._meta.label not in LEFT_OUT:
                yield model


def everything() -> dict[str, QuerySet[Any]]:
    return {model._meta.label: _rows(model) for model in models()}


def rows_of(territory: Territory) -> dict[str, QuerySet[Any]]:
    """By kind, the rows that belong to ``territory`` and those that they need."""
    chosen: dict[str, QuerySet[Any]] = {}
    for model in models():
        if model is Territory:
            chosen[model._meta.label] = _rows(model).filter(pk=territory.pk)
        elif model is Entry:
            chosen[model._meta.label] = _rows(model).filter(territory=territory.public_id)
        elif path := path_to_territory(model):
            chosen[model._meta.label] = _rows(model).filter(**{path: territory})
    for model in models():  # rooms are in order, so a person's sphere is asked for after the person
        if model._meta.label not in chosen and model._meta.app_label != "kit":
            chosen[model._meta.label] = _rows(model).none()
    for _ in range(3):  # a seat's registration's person's organisation
        _add_needed(chosen)
    people = chosen[Person._meta.label]
    chosen[Consent._meta.label] = _rows(Consent).filter(person__in=people.values("pk"))
    return {label: rows for label, rows in chosen.items() if rows.exists()}


def path_to_territory(model: type[Model], seen: frozenset[type[Model]] = frozenset()) -> str:
    """The shortest way from ``model`` to its territory by required keys first; "" without any."""
    found = []
    for field in _keys(model):
        target = field.related_model
        if target is Territory:
            return field.name
        if target not in seen and target is not model and target is not Person:
            further = path_to_territory(target, seen | {model})
            if further:
                found.append((field.null, further.count("__"), f"{field.name}__{further}"))
    return min(found)[2] if found else ""


def _add_needed(chosen: dict[str, QuerySet[Any]]) -> None:
    """Add the rows without territory that chosen rows point at."""
    for model in models():
        label = model._meta.label
        if label not in chosen or path_to_territory(model) or model in {Territory, Entry}:
            continue
        wanted = Q(pk__in=[])
        for other in models():
            if other._meta.label in chosen:
                for field in _keys(other):
                    if field.related_model is model:
                        rows = chosen[other._meta.label].order_by()
                        wanted |= Q(pk__in=set(rows.values_list(field.attname, flat=True)))
        already = Q(pk__in=set(chosen[label].values_list("pk", flat=True)))
        chosen[label] = _rows(model).filter(wanted | already)


def _keys(model: type[Model]) -> list[ForeignKey[Any, Any]]:
    return [field for field in model._meta.concrete_fields if isinstance(field, ForeignKey)]


def _rows(model: type[Model]) -> QuerySet[Any]:
    many = [field.name for field in model._meta.many_to_many]
    keys = [field.name for field in _keys(model) if field.related_model._meta.label not in LEFT_OUT]
    return model._base_manager.order_by("pk").select_related(*keys).prefetch_related(*many)


def as_json(row: Model) -> dict[str, Any]:
    """A row under its field names, without secrets; other things by their public id."""
    shown: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        if field.name in SECRET_FIELDS or _left_out(field):
            continue
        if isinstance(field, ForeignKey):
            shown[field.name] = _name_of(getattr(row, field.name))
        else:
            shown[field.name] = field.value_from_object(row)
    for many in row._meta.many_to_many:
        shown[many.name] = [_name_of(each) for each in getattr(row, many.name).all()]
    return shown


def _left_out(field: Field[Any, Any]) -> bool:
    return isinstance(field, ForeignKey) and field.related_model._meta.label in LEFT_OUT


def _name_of(thing: Model | None) -> Any:
    return None if thing is None else getattr(thing, "public_id", None) or thing.pk
