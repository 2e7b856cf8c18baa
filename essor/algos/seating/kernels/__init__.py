"""The compiled heart: what a change costs, how it is made, and the annealing that tries millions.

Every function takes `F` (`Fixed`), `S` (`State`), and indices: round `r`, unit `u`, table `t`,
topic set `s`. Hard rules that a change would break cost `F.penalty` each, far above anything
else, so that the search may start from a plan that breaks some and mends it. Costs are those of
the format; a price is a sum over other units at the table, so swapping two people costs
O(attributes + table size x rounds).

`draws` are the random numbers, `prices` what a change costs, `changes` how it is made, `whole`
what a plan costs altogether, `annealing` the search.
"""

from essor.algos.seating.kernels.annealing import anneal
from essor.algos.seating.kernels.changes import fill, refresh_all
from essor.algos.seating.kernels.whole import cost_of, faults_of

__all__ = ["anneal", "cost_of", "faults_of", "fill", "refresh_all"]
