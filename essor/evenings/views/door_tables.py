"""At the door: tables that close or open, seats that are freed, counts."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from essor.evenings.actions.door import DoorClosed, count_heads, free_seats
from essor.evenings.actions.door_seats import RoomFull
from essor.evenings.actions.door_tables import UnknownRoomTable, close_table, open_table
from essor.evenings.at_door.live_room import seats_are_free
from essor.evenings.doors import a_table, an_evening
from essor.evenings.forms.door import FreeSeatsForm, HeadCountForm, OpenTableForm
from essor.evenings.models import Evening, Table
from essor.evenings.queries.door import counts_of, heads_of, tables_at_door
from essor.evenings.views.door import to
from essor.evenings.views.plan import host_of
from essor.kit import clock
from essor.kit.once import once
from essor.territories.doors import DOOR, HOST, door


@door(HOST, DOOR, opens=(an_evening,))
@never_cache
def door_tables(request: HttpRequest, evening: Evening) -> HttpResponse:
    """Open tables with who is here; POST opens another one of the room."""
    form = OpenTableForm(request.POST or None, evening=evening)
    if request.method == "POST" and form.is_valid():

        def add() -> str:
            open_table(evening=evening, **form.cleaned_data, by=host_of(request), at=clock.now())
            return to("door_tables", evening)

        try:
            return once(request, add)
        except (UnknownRoomTable, DoorClosed):
            form.add_error("number", _("This table cannot open now."))
    context = {
        "evening": evening,
        "tables": tables_at_door(evening, clock.now()),
        "form": form,
        "freed": seats_are_free(evening, clock.now()),
        "free_form": FreeSeatsForm(initial={"from_when": _local(evening.seats_freed_at)}),
    }
    status = 422 if form.errors else 200
    return render(request, "evenings/door_tables.html", context, status=status)


@door(HOST, DOOR, opens=(an_evening, a_table), redirects=True)
@require_POST
def door_closure(request: HttpRequest, evening: Evening, table: Table) -> HttpResponse:
    """Close a table: its people find the best seats elsewhere."""

    def close() -> str:
        moved = close_table(table=table, by=host_of(request), at=clock.now())
        names = ", ".join(each.person.name for each in moved)
        messages.success(
            request,
            ngettext("Table %(table)s is closed; %(count)d person has another seat: %(names)s.",
                     "Table %(table)s is closed; %(count)d people have another seat: %(names)s.",
                     len(moved))
            % {"table": table.number, "count": len(moved), "names": names or "–"},
        )  # fmt: skip
        return to("door_tables", evening)

    try:
        return once(request, close)
    except RoomFull:
        messages.warning(
            request,
            _("Not everybody of this table finds a seat elsewhere: open another one first."),
        )
    except DoorClosed:
        messages.warning(request, _("The door is closed: the evening is in preparation or over."))
    return redirect(to("door_tables", evening))


@door(HOST, DOOR, opens=(an_evening,), redirects=True)
@require_POST
def door_free_seats(request: HttpRequest, evening: Evening) -> HttpResponse:
    """From when the seats of those who have not come are free."""
    form = FreeSeatsForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Write a time such as 18:45."))
        return redirect(to("door_tables", evening))
    time = form.cleaned_data["from_when"]
    day = timezone.localtime(evening.starts_at) if evening.starts_at else timezone.localtime()
    when = (
        day.replace(hour=time.hour, minute=time.minute, second=0, microsecond=0) if time else None
    )

    def free() -> str:
        free_seats(evening=evening, from_when=when, by=host_of(request), at=clock.now())
        return to("door_tables", evening)

    return once(request, free)


@door(HOST, DOOR, opens=(an_evening,))
@never_cache
def door_count(request: HttpRequest, evening: Evening) -> HttpResponse:
    """The count by check-in, every count by head beside it; POST keeps one more."""
    form = HeadCountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def count() -> str:
            count_heads(evening=evening, **form.cleaned_data, by=host_of(request), at=clock.now())
            return to("door_count", evening)

        return once(request, count)
    context = {
        "evening": evening,
        "counts": counts_of(evening),
        "heads": heads_of(evening),
        "form": form,
        "now": clock.now(),
    }
    status = 422 if form.errors else 200
    return render(request, "evenings/door_count.html", context, status=status)


def _local(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%H:%M}" if moment else ""
