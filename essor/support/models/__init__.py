"""The nouns of support, one file a group of them."""

from essor.support.models.cohorts import Cohort, CohortPlace
from essor.support.models.committees import Committee, CommitteeMember, ProjectFile, Voice
from essor.support.models.following import Contact, Finding, Pause
from essor.support.models.funding import Form, Funder, Pledge
from essor.support.models.mentors import Mentor, Mentoring
from essor.support.models.play import PlayQuestion, Standing, StateOfPlay
from essor.support.models.private_rooms import (
    BudgetLine,
    KeyDate,
    PrivateRoom,
    RoomFile,
    RoomLink,
    RoomOpening,
)
from essor.support.models.recommendations import Recommendation, Reply

__all__ = [
    "BudgetLine",
    "Cohort",
    "CohortPlace",
    "Committee",
    "CommitteeMember",
    "Contact",
    "Finding",
    "Form",
    "Funder",
    "KeyDate",
    "Mentor",
    "Mentoring",
    "Pause",
    "PlayQuestion",
    "Pledge",
    "PrivateRoom",
    "ProjectFile",
    "Recommendation",
    "Reply",
    "RoomFile",
    "RoomLink",
    "RoomOpening",
    "Standing",
    "StateOfPlay",
    "Voice",
]
