"""The nouns of support, one file a group of them."""

from essor.support.models.cohorts import Cohort, CohortPlace
from essor.support.models.mentors import Mentor, Mentoring

__all__ = ["Cohort", "CohortPlace", "Mentor", "Mentoring"]
