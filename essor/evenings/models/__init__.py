"""What an evening is made of; one file a noun."""

from essor.evenings.models.evening import Evening, HeadCount, Phase, Question, RoomTable
from essor.evenings.models.lists import ColumnMapping, ImportBatch
from essor.evenings.models.plan_run import Pin, PlanRun
from essor.evenings.models.pulse import Pulse, PulseMark
from essor.evenings.models.registration import AccessNeed, Answer, Choice, Registration, Wish
from essor.evenings.models.rehearsal import Rehearsal
from essor.evenings.models.staying import Staying, TableLetter
from essor.evenings.models.table import Dot, Plan, Seat, Table, TableIdea

__all__ = [
    "AccessNeed",
    "Answer",
    "Choice",
    "ColumnMapping",
    "Dot",
    "Evening",
    "HeadCount",
    "ImportBatch",
    "Phase",
    "Pin",
    "Plan",
    "PlanRun",
    "Pulse",
    "PulseMark",
    "Question",
    "Registration",
    "Rehearsal",
    "RoomTable",
    "Seat",
    "Staying",
    "Table",
    "TableIdea",
    "TableLetter",
    "Wish",
]
