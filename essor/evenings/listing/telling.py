"""What ``essor import`` says of a list, in the language of its evening's territory."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from essor.evenings.listing.compare import Comparison
from essor.evenings.models import ImportBatch

COUNTED = {
    "new": pgettext_lazy("lines of a list", "new"),
    "changed": pgettext_lazy("lines of a list", "changed"),
    "same": pgettext_lazy("lines of a list", "as they are"),
    "known": pgettext_lazy("lines of a list", "registered by another way, left as they are"),
    "twice": pgettext_lazy("lines of a list", "twice in the list"),
    "bad": pgettext_lazy("lines of a list", "left out"),
    "out": pgettext_lazy("lines of a list", "cancelled in the list"),
    "gone": pgettext_lazy("lines of a list", "cancelled here"),
    "missing": pgettext_lazy("lines of a list", "in an earlier version of the list only"),
    "waiting": pgettext_lazy("lines of a list", "for the waiting list"),
}
NOBODY = gettext_lazy("There is nobody on this list, only the titles of its columns.")
EVENING_OVER = gettext_lazy("This evening is over: nobody is registered any more.")
NO_LINE = gettext_lazy("No line can be imported. Correct the columns on the page of lists.")
NO_EVENING = gettext_lazy("There is no evening “%(name)s”: its address ends with its name.")
NOT_READ = gettext_lazy(
    "%(file)s cannot be read: look whether it is there, and whether you may read it."
)


def told(batch: ImportBatch, comparison: Comparison) -> Iterator[str]:
    """How many lines of each kind, what was read as empty, then each line with a problem."""
    for kind, words in COUNTED.items():
        if count := comparison.counts.get(kind):
            yield f"{count:>6}  {words}"
    if count := batch.unvalued:
        blanks = ngettext(
            "%(count)s cell holds a formula without its value and was read as empty.",
            "%(count)s cells hold a formula without their value and were read as empty.",
            count,
        )
        yield blanks % {"count": count}
    for verdict in comparison.verdicts:
        for problem in verdict.line.problems:
            yield _("line %(number)s: %(problem)s") % {
                "number": verdict.line.number, "problem": problem
            }  # fmt: skip


def ended(*, applied: bool) -> str:
    return _("Imported.") if applied else _("Nothing is imported yet: add --apply.")
