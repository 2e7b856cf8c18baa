"""The nouns of the spine, one file a group of them."""

from essor.projects.models.leading import Hosting, LeaderAnswer, LeaderCall, Leadership
from essor.projects.models.project import Membership, Project
from essor.projects.models.sheet import (
    LONGEST_TEXT,
    SHEET_FIELDS,
    WRITABLE_FIELDS,
    Sheet,
    SheetPhoto,
    SheetVariant,
)
from essor.projects.models.stage import StageChange, TerritoryStage

__all__ = [
    "LONGEST_TEXT",
    "SHEET_FIELDS",
    "WRITABLE_FIELDS",
    "Hosting",
    "LeaderAnswer",
    "LeaderCall",
    "Leadership",
    "Membership",
    "Project",
    "Sheet",
    "SheetPhoto",
    "SheetVariant",
    "StageChange",
    "TerritoryStage",
]
