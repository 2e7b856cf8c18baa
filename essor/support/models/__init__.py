"""The nouns of support, one file a group of them."""

from essor.support.models.cohorts import Cohort, CohortPlace
from essor.support.models.committees import Committee, CommitteeMember, ProjectFile, Voice
from essor.support.models.following import Contact, Finding, Pause
from essor.support.models.mentors import Mentor, Mentoring
from essor.support.models.recommendations import Recommendation, Reply

__all__ = [
    "Cohort",
    "CohortPlace",
    "Committee",
    "CommitteeMember",
    "Contact",
    "Finding",
    "Mentor",
    "Mentoring",
    "Pause",
    "ProjectFile",
    "Recommendation",
    "Reply",
    "Voice",
]
