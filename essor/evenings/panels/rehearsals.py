"""The band of a rehearsal on each of its pages, and the way to it on the desk of the evening."""

from typing import Any

from django.http import HttpRequest

from essor.evenings.models import Evening, Rehearsal
from essor.kit.panels import Panel, register


def band(request: HttpRequest, page: Any) -> Panel | None:
    territory = getattr(request, "territory", None)
    if territory is None or not territory.rehearsal:
        return None
    rehearsal = Rehearsal.objects.filter(stage=territory).select_related(
        "evening__territory", "practice"
    ).first()  # fmt: skip
    host = request.rights.is_host  # type: ignore[attr-defined]
    return Panel("evenings/_rehearsal_band.html", {"rehearsal": rehearsal, "host": host})


def on_the_desk(request: HttpRequest, evening: Evening) -> Panel | None:
    """Offered before the evening is over; hosts alone."""
    host = request.rights.is_host  # type: ignore[attr-defined]
    over = evening.state == Evening.State.OVER
    if not host or over or evening.territory.rehearsal:
        return None
    return Panel("evenings/_desk_rehearsal.html", {"evening": evening})


register("shell", band, order=5)
register("evening_desk", on_the_desk, order=25)
