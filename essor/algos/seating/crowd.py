"""The units of one side of the room in plain lists, as the greedy opening reads them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from essor.algos.seating.arrays import Compiled, Ints
from essor.algos.seating.bounds import sides_of

Rows = list[list[int]]


@dataclass(frozen=True, slots=True)
class Crowd:
    """The units of one side in plain lists: sizes, rules, and what their choosers wish.

    `units` are their numbers in the problem, `rooms` the tables that are theirs; pins and `apart`
    name tables of the room and units of this crowd.
    """

    units: list[int]
    rooms: list[int]
    size: list[int]
    facilitators: list[int]
    access: list[int]
    pin: list[int]
    special: list[int]
    must: Rows
    apart: Rows
    chooser_ptr: list[int]
    wishes: Rows
    accessible: list[int]
    remote: list[int]
    remote_room: list[int]


def crowd_of(c: Compiled) -> Crowd:
    """The lists of a compiled problem; made once, used by each round."""
    f = c.fixed
    return Crowd(
        list(range(len(f.usize))),
        list(range(len(f.accessible))),
        f.usize.tolist(),
        f.ufac.tolist(),
        f.uaccess.tolist(),
        f.upin.tolist(),
        (f.special & 1).tolist(),
        _rows(f.must_ptr, f.must),
        _rows(f.apart_ptr, f.apart),
        f.chooser_ptr.tolist(),
        _rows(f.wish_ptr, f.wish),
        (f.accessible & 1).tolist(),
        (f.special >> 2).tolist(),
        (f.accessible >> 1).tolist(),
    )


def crowds_of(c: Compiled) -> list[Crowd]:
    """The crowd of each side that has somebody to seat, as `bounds.sides_of` orders them."""
    whole = crowd_of(c)
    if not c.problem.split:
        return [whole]
    return [_part(whole, list(side.units), list(side.tables)) for side in sides_of(c.problem)]


def _part(whole: Crowd, units: list[int], rooms: list[int]) -> Crowd:
    at = {u: i for i, u in enumerate(units)}
    wishes, chooser_ptr = [], [0]
    for u in units:
        wishes += whole.wishes[whole.chooser_ptr[u] : whole.chooser_ptr[u + 1]]
        chooser_ptr.append(len(wishes))

    def of(cells: list[int]) -> list[int]:
        return [cells[u] for u in units]

    return replace(
        whole,
        units=units,
        rooms=rooms,
        size=of(whole.size),
        facilitators=of(whole.facilitators),
        access=of(whole.access),
        pin=of(whole.pin),
        special=of(whole.special),
        must=[whole.must[u] for u in units],
        apart=[[at[x] for x in whole.apart[u] if x in at] for u in units],
        chooser_ptr=chooser_ptr,
        wishes=wishes,
        remote=of(whole.remote),
    )


def _rows(ptr: Ints, flat: Ints) -> Rows:
    at, cells = ptr.tolist(), flat.tolist()
    return [cells[a:b] for a, b in pairwise(at)]
