"""Imported lists as pages show them: what came when, and what became of each line."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from essor.evenings.listing.compare import CHANGED, NEW, TWICE
from essor.evenings.listing.problems import Problem
from essor.evenings.listing.summary import Remark
from essor.evenings.models import Evening, ImportBatch, Registration


def lists_of(evening: Evening) -> QuerySet[ImportBatch]:
    """Every list that waits or was imported, latest first."""
    kept = evening.import_batches.exclude(state=ImportBatch.State.DROPPED)
    return kept.select_related("made_by").defer("table")


@dataclass(frozen=True)
class Report:
    """What became of an imported list, with the people named as they are called today."""

    counts: dict[str, int]
    bad: list[Remark]
    doubts: list[Remark]
    twice: list[tuple[int, int]]
    missing: list[Registration]
    to_write: int
    waiting: int
    sent_at: str

    @property
    def left_out(self) -> int:
        return len({remark.line for remark in self.bad})


def report_of(batch: ImportBatch) -> Report:
    """Three queries, whatever the length of the list."""
    result = batch.result
    lines: list[dict[str, Any]] = result.get("lines", [])
    named = {entry["id"] for entry in lines if entry["id"] and entry.get("problems")}
    missing = set(result.get("missing", []))
    people = {
        registration.public_id: registration
        for registration in batch.evening.registrations.filter(public_id__in=named | missing)
        .select_related("person")
        .order_by("person__last_name", "person__first_name", "id")
    }
    remarks = _remarks(lines, people)
    new = registrations_of(batch)
    return Report(
        counts=result.get("counts", {}),
        bad=[remark for kind, remark in remarks if kind == "bad"],
        doubts=[remark for kind, remark in remarks if kind == "doubt"],
        twice=[(entry["line"], entry["same_as"]) for entry in lines if entry["kind"] == TWICE],
        missing=[person for key, person in people.items() if key in missing],
        to_write=new.exclude(person__email="").count(),
        waiting=new.filter(state=Registration.State.WAITING).count(),
        sent_at=result.get("tickets_at", ""),
    )


def registrations_of(batch: ImportBatch) -> QuerySet[Registration]:
    """The people whom this list brought, but for those who cancelled since."""
    ids = [
        entry["id"] for entry in batch.result.get("lines", []) if entry["kind"] in (NEW, CHANGED)
    ]
    alive = (Registration.State.REGISTERED, Registration.State.WAITING)
    return batch.evening.registrations.filter(public_id__in=ids, state__in=alive)


def _remarks(
    lines: list[dict[str, Any]], people: dict[str, Registration]
) -> list[tuple[str, Remark]]:
    remarks = []
    for entry in lines:
        registration = people.get(entry["id"])
        name = registration.person.name if registration is not None else ""
        for kept in entry.get("problems", []):
            problem = Problem(kept["kind"], kept["code"], kept["values"])
            remarks.append((kept["kind"], Remark(entry["line"], name, str(problem))))
    return remarks
