"""The day after: what remains to do, the mail as each will read it, sending it once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.evenings.day_after import told_to
from essor.evenings.doors import an_evening
from essor.evenings.jobs.day_after import write_to_everybody
from essor.evenings.models import Evening
from essor.evenings.queries.day_after import DayAfter, Recipient, day_after
from essor.evenings.queries.pulse import confidence_of
from essor.evenings.queries.screen import counts_of
from essor.evenings.queries.tables import tables_with_progress
from essor.kit.once import once
from essor.territories.doors import HOST, door

SITUATIONS = ("project", "no_sheet", "no_table", "absent")


@door(HOST, opens=(an_evening,))
def page(request: HttpRequest, evening: Evening) -> HttpResponse:
    """What there is to send and to whom; sending starts a job that writes each mail once."""
    over = evening.state == Evening.State.OVER
    if request.method == "POST" and over:
        return once(request, lambda: _send(request, evening))
    known = day_after(evening)
    context = {
        "evening": evening,
        "over": over,
        "day": known,
        "kinds": _kinds(known),
        "preview": _preview(evening, known, request.GET.get("as", "")),
        "confidence": confidence_of(evening),
        "tables": [each for each in tables_with_progress(evening) if not each.done_at],
    }
    return render(
        request, "evenings/day_after.html", context, status=422 if request.method == "POST" else 200
    )


def _send(request: HttpRequest, evening: Evening) -> str:
    by = request.visitor.person  # type: ignore[attr-defined]
    write_to_everybody.enqueue(evening.public_id, by.public_id if by else "")
    messages.success(request, _("The mails are being written. Each person gets exactly one."))
    return reverse("evenings:day_after", args=[evening.territory.slug, evening.public_id])


def _kinds(known: DayAfter) -> list[tuple[str, int]]:
    """How many people are in each situation, those that exist only."""
    situations = [each.situation for each in known.recipients]
    return [(kind, situations.count(kind)) for kind in SITUATIONS if kind in situations]


def _preview(evening: Evening, known: DayAfter, wanted: str) -> dict[str, object] | None:
    """The mail of one person in the situation that the host looks at."""
    fitting = [each for each in known.recipients if each.situation == wanted] or known.recipients
    if not fitting:
        return None
    recipient = max(fitting, key=_much_to_tell)
    promises = [(each, "https://…") for each in recipient.promises]
    told = told_to(evening, recipient, counts_of(evening), promises, "https://…")
    return {"kind": recipient.situation, "told": told}


def _much_to_tell(recipient: Recipient) -> int:
    return len(recipient.promises)
