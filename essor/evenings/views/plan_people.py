"""One table of the plan, one person of it: who sits there and why, moving somebody."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from essor.algos.seating import NoSeat
from essor.evenings.actions.pins import name_facilitator, pin_person, unpin_person
from essor.evenings.actions.plans import BreaksRules, PlanChanged, move_person
from essor.evenings.doors import a_registration, an_evening
from essor.evenings.forms.plans import PinForm
from essor.evenings.models import Evening, Registration
from essor.evenings.planning.page import in_round, round_asked
from essor.evenings.planning.person import person_page
from essor.evenings.planning.table import table_page
from essor.evenings.views.plan import host_of, plan_url
from essor.kit import clock
from essor.kit.once import once
from essor.territories.doors import HOST, door


def person_url(registration: Registration, round: int = 0) -> str:
    evening = registration.evening
    url = reverse(
        "evenings:plan_person",
        args=[evening.territory.slug, evening.public_id, registration.public_id],
    )
    return in_round(url, round)


@door(HOST, opens=(an_evening,))
def plan_table(request: HttpRequest, evening: Evening, number: int) -> HttpResponse:
    """Who sits at one table, with choice and reason; a part of the plan's page when asked so."""
    context = table_page(request, evening, number)
    if context is None:
        messages.info(request, _("This table is not open in the plan at hand."))
        return redirect(plan_url(evening))
    part = request.htmx and not request.htmx.boosted  # type: ignore[attr-defined]
    return render(
        request, "evenings/_plan_table.html" if part else "evenings/plan_table.html", context
    )


@door(HOST, opens=(an_evening, a_registration))
def plan_person(request: HttpRequest, evening: Evening, registration: Registration) -> HttpResponse:
    """One person: where they sit, where else they could, with the effect told before."""
    if request.method != "POST":
        return render(
            request, "evenings/plan_person.html", person_page(request, evening, registration)
        )
    table = request.POST.get("table", "")
    try:
        return once(request, lambda: _move(request, evening, registration, table))
    except PlanChanged:
        messages.warning(request, _("The plan was changed meanwhile. Look at it, then decide."))
    except BreaksRules as refused:
        context = person_page(request, evening, registration, wanted=table, refused=refused.broken)
        return render(request, "evenings/plan_person.html", context, status=422)
    except NoSeat:
        messages.warning(request, _("Table %(table)s is not open.") % {"table": table})
    return redirect(person_url(registration, round_asked(request, evening)))


def _move(request: HttpRequest, evening: Evening, registration: Registration, table: str) -> str:
    round = round_asked(request, evening)
    plan = move_person(
        evening=evening,
        seen=request.POST.get("seen", ""),
        registration=registration,
        table=table,
        round=round,
        knowingly=bool(request.POST.get("knowingly")),
        by=host_of(request),
        at=clock.now(),
    )
    messages.success(
        request,
        _("%(who)s now sits at table %(table)s.")
        % {"who": registration.person.name, "table": table},
    )
    return f"{in_round(plan_url(evening), round)}#t{plan.change['table']}"


@door(HOST, opens=(an_evening, a_registration), redirects=True)
@require_POST
def plan_pin(request: HttpRequest, evening: Evening, registration: Registration) -> HttpResponse:
    """Keep somebody for a table or a challenge, or free them again."""
    challenges = {each.public_id: each for each in evening.challenges.all()}
    form = PinForm(
        request.POST,
        tables=list(evening.room_tables.values_list("number", flat=True)),
        challenges={key: each.short for key, each in challenges.items()},
    )
    if not form.is_valid():
        context: dict[str, Any] = person_page(request, evening, registration, pin=form)
        return render(request, "evenings/plan_person.html", context, status=422)
    table, challenge = form.cleaned_data["table"], challenges.get(form.cleaned_data["challenge"])

    def keep() -> str:
        if table is None and challenge is None:
            unpin_person(registration=registration, by=host_of(request), at=clock.now())
        else:
            pin_person(registration=registration, table=table, challenge=challenge,
                       by=host_of(request), at=clock.now())  # fmt: skip
        messages.success(request, _("Kept. The next plan that is computed obeys."))
        return person_url(registration)

    return once(request, keep)


@door(HOST, opens=(an_evening, a_registration), redirects=True)
@require_POST
def plan_facilitation(
    request: HttpRequest, evening: Evening, registration: Registration
) -> HttpResponse:
    """Say that somebody facilitates, or no longer does."""

    def name() -> str:
        name_facilitator(
            registration=registration,
            facilitates=request.POST.get("facilitates") == "yes",
            by=host_of(request),
            at=clock.now(),
        )
        return person_url(registration)

    return once(request, name)
