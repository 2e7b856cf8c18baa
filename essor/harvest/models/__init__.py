"""Raw ideas as they were said, how they are sorted, and what became of them."""

from essor.harvest.models.bringing import IdeaList, IdeaVector
from essor.harvest.models.fates import Fate, Telling
from essor.harvest.models.gathering import LONGEST_IDEA, Harvest, Idea, Picture, Source, Support
from essor.harvest.models.kindness import Report
from essor.harvest.models.sorting import Group, GroupingRun, Hand, Placing, SortingMove

__all__ = [
    "LONGEST_IDEA",
    "Fate",
    "Group",
    "GroupingRun",
    "Hand",
    "Harvest",
    "Idea",
    "IdeaList",
    "IdeaVector",
    "Picture",
    "Placing",
    "Report",
    "SortingMove",
    "Source",
    "Support",
    "Telling",
]
