"""The calendar file of an evening: one event with a stable id, replaced when the evening moves."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from essor.algos.later import Later
from essor.evenings.models import Evening

if TYPE_CHECKING:
    import icalendar
else:
    icalendar = Later("icalendar")

USUAL_LENGTH = timedelta(hours=4)


def calendar_file(evening: Evening, *, at: datetime, cancelled: bool = False) -> bytes:
    """An iCalendar file (RFC 5545). ``cancelled`` takes the event out of the calendar again.

    The uid never changes and ``SEQUENCE`` follows the evening's, so that a newer file replaces
    the older one instead of standing beside it.
    """
    event = icalendar.Event()
    event.add("uid", f"evening-{evening.public_id}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("sequence", evening.sequence + cancelled)
    event.add("dtstamp", at.astimezone(UTC))
    event.add("summary", evening.name)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("location", where(evening))
    event.add("url", address_of(evening))
    event.add("description", "\n".join(filter(None, [evening.access, address_of(evening)])))
    if evening.starts_at:
        event.add("dtstart", evening.starts_at.astimezone(UTC))
        event.add("dtend", (evening.ends_at or evening.starts_at + USUAL_LENGTH).astimezone(UTC))
    elif evening.date:
        event.add("dtstart", evening.date)
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Essor//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def where(evening: Evening) -> str:
    return ", ".join(filter(None, [evening.place, evening.address, evening.commune]))


def address_of(evening: Evening) -> str:
    path = reverse("evenings:evening", args=[evening.territory.slug, evening.public_id])
    return settings.SITE_URL + path
