"""The default running order of an evening, which each host team then makes its own.

From what territories publish of theirs: welcome with local food, a showcase of what exists, a
warm-up, two to three hours at the table around one project sheet, a share-out, thanks. The
method's sources are listed with the network's facts; lengths add up to three hours and a half.
"""

from essor.evenings.models import Phase

DEFAULT: tuple[tuple[str, int], ...] = (
    (Phase.Kind.WELCOME, 30),
    (Phase.Kind.SHOWCASE, 20),
    (Phase.Kind.WARM_UP, 10),
    (Phase.Kind.SILENT, 10),
    (Phase.Kind.SHARE, 30),
    (Phase.Kind.CHOOSE, 15),
    (Phase.Kind.SHEET, 45),
    (Phase.Kind.COMMIT, 15),
    (Phase.Kind.SHARE_OUT, 25),
    (Phase.Kind.THANKS, 10),
)
