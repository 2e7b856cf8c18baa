"""What would happen to each line of a list, looked at before anything is written."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from essor.treasures.bringing.lines import Line, lines_of
from essor.treasures.models import Treasure, TreasureList

NEW, CHANGED, KNOWN, STAYS, BAD, DOUBTFUL = "new", "changed", "known", "stays", "bad", "doubtful"
"""A new treasure; one that came in before and says something else; one that is as it was; one that
people corrected here, which stays; a line that cannot come in; one left out for its place."""
WITHOUT_PLACE, LEAVE_OUT = "without", "out"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A line with what becomes of it, and the treasure that it was."""

    line: Line
    kind: str
    treasure: Treasure | None = None


@dataclass(frozen=True)
class Comparison:
    """Every line of a list with what becomes of it, in their order."""

    verdicts: tuple[Verdict, ...]

    def of(self, *kinds: str) -> list[Verdict]:
        return [verdict for verdict in self.verdicts if verdict.kind in kinds]

    @cached_property
    def counts(self) -> dict[str, int]:
        return {kind: len(self.of(kind)) for kind in (NEW, CHANGED, KNOWN, STAYS, BAD, DOUBTFUL)}

    @property
    def unknown(self) -> list[tuple[str, int]]:
        """Words for themes or spheres that nobody knows here, with their lines, most often first."""
        return Counter(word for each in self.verdicts for word in each.line.unknown).most_common()

    @property
    def doubts(self) -> list[Verdict]:
        return [verdict for verdict in self.verdicts if verdict.line.doubt]

    @property
    def writes(self) -> int:
        return self.counts[NEW] + self.counts[CHANGED]


def compared(many: TreasureList) -> Comparison:
    """The whole list beside the inventory of now."""
    return beside_inventory(many, lines_in(many), whole=True)


def lines_in(many: TreasureList) -> list[Line]:
    """Its lines as its mapping reads them: the same, in the same order, whenever it is asked."""
    columns = {int(at): kind for at, kind in many.mapping.get("columns", {}).items() if kind}
    return lines_of(
        many.territory,
        many.table.get("lines", []),
        columns,
        kind=many.mapping["kind"],
        precision=many.mapping["precision"],
    )


def beside_inventory(
    many: TreasureList, lines: Sequence[Line], *, whole: bool = False
) -> Comparison:
    """Some lines of a list beside the inventory of now, in one query; ``whole``: all of them."""
    found = Treasure.objects.filter(territory=many.territory, way=Treasure.Way.FILE)
    if not whole:
        found = found.filter(origin__in={line.origin for line in lines})
    here = {
        treasure.origin: treasure
        for treasure in found.exclude(origin="").only(
            "id", "origin", "as_brought", "corrected_at", "territory_id"
        )
    }
    leave_out = many.mapping.get("doubts") == LEAVE_OUT
    return Comparison(tuple(_verdict(line, here.get(line.origin), leave_out) for line in lines))


def _verdict(line: Line, treasure: Treasure | None, leave_out: bool) -> Verdict:
    if line.trouble:
        return Verdict(line, BAD)
    if line.doubt and leave_out:
        return Verdict(line, DOUBTFUL)
    if treasure is None:
        return Verdict(line, NEW)
    if treasure.as_brought == line.says:
        return Verdict(line, KNOWN, treasure)
    return Verdict(line, STAYS if treasure.corrected_at else CHANGED, treasure)
