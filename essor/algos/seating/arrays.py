"""The arrays that a search works on: what is fixed, what changes, and the way back to names.

People who asked to sit together become one *unit*; everybody else is a unit of one. A unit has a
size, facilitators, and counts of values. Values that many hold are counted per table
(`cnt[round, table, value]`, a look-up each); values that few hold become a short list of *kin*
(who else holds them), so that memory stays linear in the number of people.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from essor.algos.seating.model import Problem

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Ints = npt.NDArray[np.int32]
    Floats = npt.NDArray[np.float64]
    Words = npt.NDArray[np.int64]
else:
    Ints = Floats = Words = Any

#: Rows of whole numbers, as an array or as lists.
Seats = Sequence[Sequence[int]] | Ints


class Fixed(NamedTuple):
    """What does not change during a search. CSR pairs: `x_ptr[u] : x_ptr[u + 1]` in `x_*`.

    Each field more costs every call of a kernel (a third of the speed for five, measured), so that
    the sides of an evening with people at a distance have none of their own: `accessible` is 1 for
    a table that can be reached, and 2 more for a remote one; `special` is 1 for a unit that a rule
    of its own binds, 2 more where there are two sides, 4 more at a distance; and `fan` then has two
    rows more than challenges, the units in the hall and those at a distance.
    """

    usize: Ints
    ufac: Ints
    uaccess: Ints
    upin: Ints
    special: Ints
    val_ptr: Ints
    val: Ints
    mult: Ints
    weight: Floats
    kin_ptr: Ints
    kin: Ints
    kin_weight: Floats
    apart_ptr: Ints
    apart: Ints
    chooser_ptr: Ints
    wish_ptr: Ints
    wish: Ints
    wish_cost: Floats
    fan_ptr: Ints
    fan: Ints
    must_ptr: Ints
    must: Ints
    accessible: Ints
    set_size: Ints
    set_topic: Ints
    sets_ptr: Ints
    sets: Ints
    topic_low: Ints
    topic_high: Ints
    low: int
    high: int
    facilitated: int
    unlisted: float
    repeat: float
    same: float
    table_cost: float
    merge_cost: float
    penalty: float


class State(NamedTuple):
    """Who sits where, and the counts that make a change cheap to price."""

    where: Ints
    pos: Ints
    mem: Ints
    nmem: Ints
    size: Ints
    fac: Ints
    cnt: Ints
    topic: Ints
    used: Ints
    stay: Floats
    rng: Words
    log: Ints


@dataclass(frozen=True)
class Compiled:
    """The arrays of a problem with the names needed to come back."""

    problem: Problem
    fixed: Fixed
    units: tuple[tuple[int, ...], ...]
    unit_of: Ints
    sets: tuple[tuple[int, ...], ...]
    set_index: dict[tuple[int, ...], int]
    inside: float
    forced: float

    @property
    def capacity(self) -> int:
        """Units that a table's row has room for."""
        return int(self.fixed.high) + 2
