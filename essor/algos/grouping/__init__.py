"""Groups ideas as a founding team would: some twenty groups of three hundred, titles, reasons.

Pure: no database, no settings, no clock.

* `group(ideas, groups=None, *, previous=None, hands=None, seed=1, known=None, meaning=True)` takes
  `Idea`s (id, text) and gives a `Grouping`: `groups` of `Group` (key, title, ideas, reasons,
  certainty, locked, named), `alone`, `fit` and `doubts` by idea, `meaning`.
* `previous` is the grouping of before: groups keep their key and their title, and a few new
  ideas move nobody else.
* `hands` is a `Hands` of what humans decided: `kept` groups (`Kept`: key, ideas, title, locked)
  whose ideas stay together and never merge with another kept group's, pairs kept `apart`, ideas
  left `alone`. A human's move of an idea is the `Kept` of its new group holding it.
* `known` are sentence vectors by idea id (`essor.algos.text.vectors`), to spare encoding.
* `Grouping.to_dict()` and `read_grouping(data)` write and read it; `BadIdeas` says what is wrong.

>>> said = ["Réparer les vélos", "Un garage à vélos à la gare", "Des repas bio à la cantine",
...         "Cuisiner des légumes pour la cantine"]
>>> ideas = [Idea(str(i), text) for i, text in enumerate(said)]
>>> first = group(ideas, 2, meaning=False)
>>> again = group([*ideas, Idea("4", "Des vélos en libre service")], 2, previous=first, meaning=False)
>>> [sorted(each.ideas) for each in sorted(again.groups, key=lambda each: each.key)]
[['0', '1', '4'], ['2', '3']]
"""

from essor.algos.grouping.model import (
    BadIdeas,
    Group,
    Grouping,
    Hands,
    Idea,
    Kept,
    read_grouping,
)
from essor.algos.grouping.proposing import group

__all__ = [
    "BadIdeas",
    "Group",
    "Grouping",
    "Hands",
    "Idea",
    "Kept",
    "group",
    "read_grouping",
]
