"""How long things take, with those that are not over counted: nobody is judged by the quick ones.

Pure: numbers in, numbers out, in any unit of time (Essor counts days).

* `Spell(time, over)` is one stay in a stage: how long, and whether it ended as waited for. One
  that is not over (still there, stopped, merged) is *censored*: it lasted at least that long.
* `curve(spells)` is the Kaplan-Meier curve with Greenwood's log-log interval: `share_left(t)`,
  `interval(t)`, and `quantile(q)` with its interval; a median that is not reached is None.
* `pace(spells, projects)` says how long half of the projects, and nine of ten, stay; None below
  `LEAST` (8) projects.
* `pool({name: spells})` lets territories with few projects lean on all others, each as much as
  its own data leave room for: `Pooled.quantile(name, q)`, `Pooled.share_left(name, t)`.
* `shorter_share(spells, time)` is the share of projects whose spell was shorter than `time`:
  from .9 on, something has been silent *longer than nine of ten*.

>>> stays = [Spell(days, True) for days in (20, 30, 40, 50, 60, 70)]
>>> stays += [Spell(200, False), Spell(300, False)]
>>> found = pace(stays)
>>> found.median.time, found.most.time
(50.0, None)
>>> pace(stays[:7]) is None
True
>>> shorter_share(stays, 65)
0.625
"""

from essor.algos.pace.curve import Curve, Quantile, curve
from essor.algos.pace.model import LEAST, BadSpell, Spell
from essor.algos.pace.pooling import Pooled, pool
from essor.algos.pace.saying import MOST, Pace, pace, shorter_share, shorter_shares

__all__ = [
    "LEAST",
    "MOST",
    "BadSpell",
    "Curve",
    "Pace",
    "Pooled",
    "Quantile",
    "Spell",
    "curve",
    "pace",
    "pool",
    "shorter_share",
    "shorter_shares",
]
