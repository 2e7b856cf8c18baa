"""Small numbers stay hidden, and so does what would let somebody compute them.

Nothing below ten is shown in public, nothing below five inside a team. Where a table adds up to a
total that is shown, hiding one cell is not enough: the others and the total give it away. So more
cells are hidden, the smallest first, until no subtraction brings a hidden one back.
"""

from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

PUBLIC, INSIDE = 10, 5
K = TypeVar("K", bound=Hashable)
Cell = tuple[Hashable, Hashable]


class Total:
    """The margin of a table: ``(ALL, column)``, ``(row, ALL)`` and ``(ALL, ALL)``."""

    def __repr__(self) -> str:
        return "ALL"


ALL = Total()


def shown(count: int, *, least: int = PUBLIC) -> int | None:
    """``count``, or None where it is too small to be shown."""
    return count if count >= least else None


def shown_list(counts: Mapping[K, int], *, least: int = PUBLIC) -> dict[K, int | None]:
    """Counts of the parts of one whole whose total may be known; None where hidden."""
    table = shown_table({(key, 0): count for key, count in counts.items()}, least=least)
    return {key: table[key, 0] for key in counts}


def shown_table(counts: Mapping[Cell, int], *, least: int = PUBLIC) -> dict[Cell, int | None]:
    """Counts by row and column with all their totals (``ALL``); None where hidden.

    No hidden count below ``least`` can be computed from what is shown, whatever is subtracted from
    what. Cells that ``counts`` does not name are 0. Cost: cells squared, a few dozen rows are fine.
    """
    cells = _with_totals(counts)
    hidden = {cell for cell, count in cells.items() if count < least}
    if cells[ALL, ALL] < least:
        return dict.fromkeys(cells)
    while extra := _next_to_hide(cells, hidden, least):
        hidden.add(extra)
    return {cell: None if cell in hidden else count for cell, count in cells.items()}


def _with_totals(counts: Mapping[Cell, int]) -> dict[Cell, int]:
    rows = list(dict.fromkeys(row for row, _ in counts))
    columns = list(dict.fromkeys(column for _, column in counts))
    cells = {(row, column): counts.get((row, column), 0) for row in rows for column in columns}
    for row in rows:
        cells[row, ALL] = sum(cells[row, column] for column in columns)
    for column in [*columns, ALL]:
        cells[ALL, column] = sum(cells[row, column] for row in rows)
    return cells


def _next_to_hide(cells: Mapping[Cell, int], hidden: set[Cell], least: int) -> Cell | None:
    """The next cell that must go: where a line hides too few people, or a cell can be computed."""
    for side in (0, 1):
        for name in dict.fromkeys(cell[side] for cell in cells):
            line = [cell for cell in cells if cell[side] == name]
            parts = [cell for cell in line if cell[1 - side] is not ALL]
            veiled = [cell for cell in parts if cell in hidden]
            whole = next(cell for cell in line if cell[1 - side] is ALL)
            if veiled and whole not in hidden and sum(cells[cell] for cell in veiled) < least:
                found = _smallest(cells, (cell for cell in parts if cell not in hidden))
                if found:
                    return found
    for cell in sorted(hidden, key=lambda cell: (cells[cell], repr(cell))):
        if _is_computable(cell, hidden):
            found = _smallest(cells, _beside(cells, cell, hidden))
            if found:
                return found
    return None


def _beside(cells: Mapping[Cell, int], cell: Cell, hidden: set[Cell]) -> Iterable[Cell]:
    """Shown cells in the row or the column of ``cell``, all but the grand total first."""
    near = [c for c in cells if c not in hidden and (c[0] == cell[0]) != (c[1] == cell[1])]
    return near or [c for c in cells if c not in hidden]


def _smallest(cells: Mapping[Cell, int], among: Iterable[Cell]) -> Cell | None:
    return min(among, key=lambda cell: (cells[cell], repr(cell)), default=None)


def _is_computable(cell: Cell, hidden: set[Cell]) -> bool:
    """Whether subtraction gives ``cell``: rows and columns are the ends of hidden cells as edges;
    an edge on no cycle is alone in some sum of shown lines.
    """
    start, goal = ("row", cell[0]), ("column", cell[1])
    reached, waiting = {start}, [start]
    while waiting:
        side, name = waiting.pop()
        for other in hidden - {cell}:
            at, onward = (other[0], ("column", other[1]))
            if side == "column":
                at, onward = other[1], ("row", other[0])
            if at == name and onward not in reached:
                reached.add(onward)
                waiting.append(onward)
    return goal not in reached
