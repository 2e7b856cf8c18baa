"""What would happen to each line of a list, looked at before anything is written."""

from dataclasses import dataclass
from functools import cached_property

from essor.harvest.bringing.lines import Line, lines_of_paste, lines_of_table
from essor.harvest.models import Harvest, Idea, IdeaList, Support

NEW, TWIN, AGAIN, KNOWN, BAD = "new", "twin", "again", "known", "bad"
"""A new idea; the words of an idea that is here; words said above in this list; a line that came
in before; a line that cannot come in."""
AS_SUPPORT, AS_IDEA = "support", "idea"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A line with what becomes of it; ``twin`` is the idea with the same words, ``above`` the
    number of the line that said them first."""

    line: Line
    kind: str
    twin: Idea | None = None
    above: int = 0


@dataclass(frozen=True)
class Comparison:
    """Every line of a list with what becomes of it, in their order."""

    verdicts: tuple[Verdict, ...]
    twins: str

    def of(self, *kinds: str) -> list[Verdict]:
        return [verdict for verdict in self.verdicts if verdict.kind in kinds]

    @cached_property
    def counts(self) -> dict[str, int]:
        return {kind: len(self.of(kind)) for kind in (NEW, TWIN, AGAIN, KNOWN, BAD)}

    @property
    def ideas(self) -> list[Verdict]:
        """Lines that become ideas of their own."""
        return self.of(NEW) if self.twins == AS_SUPPORT else self.of(NEW, TWIN, AGAIN)

    @property
    def supports(self) -> list[Verdict]:
        """Lines that stand behind an idea with the same words."""
        return self.of(TWIN, AGAIN) if self.twins == AS_SUPPORT else []


def lines_of(many: IdeaList) -> list[Line]:
    """The lines of a list, as its columns are understood now."""
    if "lines" in many.table:
        scope = many.source.public_id if many.source else many.harvest.public_id
        return lines_of_paste(many.table["lines"], scope=scope)
    sheet = many.table["sheets"][many.table["chosen"]]
    columns = {int(at): kind for at, kind in many.mapping.get("columns", {}).items()}
    rows = [(number, cells) for number, cells in sheet["lines"]]
    return lines_of_table(rows, columns, scope="file")


def compared(many: IdeaList) -> Comparison:
    """Four queries, however long the list is."""
    twins = many.mapping.get("twins", AS_SUPPORT)
    here, came = _here(many.harvest)
    above: dict[str, int] = {}
    verdicts = []
    for line in lines_of(many):
        verdicts.append(_verdict(line, here, came, above))
        if not line.trouble:
            above.setdefault(line.key, line.number)
    return Comparison(tuple(verdicts), twins)


def _verdict(line: Line, here: dict[str, Idea], came: set[str], above: dict[str, int]) -> Verdict:
    if line.trouble:
        return Verdict(line, BAD)
    if line.origin in came:
        return Verdict(line, KNOWN, here.get(line.key))
    if line.key in here:
        return Verdict(line, TWIN, here[line.key])
    if line.key in above:
        return Verdict(line, AGAIN, above=above[line.key])
    return Verdict(line, NEW)


def _here(harvest: Harvest) -> tuple[dict[str, Idea], set[str]]:
    """The first idea with each key, and the origins of all lines that came in before."""
    ideas = list(Idea.objects.filter(harvest=harvest).order_by("pk"))
    first: dict[str, Idea] = {}
    for idea in ideas:
        if idea.state == Idea.State.SHOWN:
            first.setdefault(idea.key, idea)
    came = {idea.origin.removeprefix("list:") for idea in ideas if idea.origin}
    came |= set(Support.objects.filter(idea__harvest=harvest).values_list("device", flat=True))
    came.discard("")
    return first, came
