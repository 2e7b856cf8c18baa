"""A list of people imported in one call, as the command line does; see ``actions/lists.py``."""

from dataclasses import dataclass, field
from datetime import datetime

from essor.evenings.actions.lists import apply_list, drop_list, read_list
from essor.evenings.listing.reading import comparison_of
from essor.evenings.models import Evening, ImportBatch
from essor.kit import clock
from essor.people.models import Person


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file: ``counts`` by kind (``new``, ``changed``, ...), and in words what is
    wrong or doubtful, as (line number, words, whether the line was left out)."""

    batch: ImportBatch
    counts: dict[str, int]
    problems: list[tuple[int, str, bool]] = field(default_factory=list)


def import_file(
    *,
    evening: Evening,
    data: bytes,
    filename: str,
    by: Person | None,
    at: datetime,
    dry_run: bool = False,
) -> Imported:
    """Read ``data`` and import it with the mapping remembered or guessed; all of it or none.

    ``dry_run`` only tells what would happen. Raises ``SheetRefused``, ``EveningOver`` and
    ``NothingToImport``.
    """
    batch = read_list(evening=evening, data=data, filename=filename, by=by, at=at)
    comparison = comparison_of(batch, today=clock.today())
    problems = [
        (verdict.line.number, str(problem), verdict.line.bad)
        for verdict in comparison.verdicts
        for problem in verdict.line.problems
    ]
    if dry_run:
        drop_list(batch=batch, by=by, at=at)
    else:
        batch = apply_list(batch=batch, by=by, at=at)
    return Imported(batch, comparison.counts, problems)
