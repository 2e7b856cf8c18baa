"""The table stays: staying reachable, the page of those who stay, its keeper, leaving, resting."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from essor.evenings.actions.staying import (
    NothingWritten,
    Rests,
    agree_on_keeper,
    leave_table,
    rest_table,
    stay_at_table,
    write_to_table,
)
from essor.evenings.doors import STAYING, a_staying, a_table, an_evening, holds_staying
from essor.evenings.forms.staying import KeeperForm, LetterForm, StayingForm
from essor.evenings.models import Evening, Registration, Staying, Table
from essor.evenings.queries.staying import (
    LETTERS_SHOWN,
    candidates,
    staying_at,
    staying_of_browser,
)
from essor.evenings.staying_letters import staying_of
from essor.evenings.staying_rules import asks_to_stay, may_stay, may_write
from essor.evenings.table_rules import at_the_table
from essor.evenings.views.here import my_registration
from essor.evenings.views.tables import table_address
from essor.kit import clock
from essor.kit.limits import TooOften, spend
from essor.kit.once import once
from essor.territories.doors import FACILITATOR, HOST, door

A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)
LETTERS_A_PERSON, LETTERS_A_TABLE = 3, 20


def staying_address(staying: Staying) -> str:
    return table_address(staying.table.evening, staying.table, "staying", staying.public_id)


@door(opens=(an_evening, a_table))
@never_cache
def together(request: HttpRequest, evening: Evening, table: Table) -> HttpResponse:
    """Stay reachable through this table: what that means, and one tap."""
    registration = my_registration(request, evening)
    allowed = may_stay(table, registration)
    posted = request.POST if request.method == "POST" else None
    form = StayingForm(posted, person=registration.person) if allowed and registration else None
    if form is not None and registration is not None and form.is_bound and form.is_valid():
        return once(request, lambda: _stay(request, table, registration, form))
    visitor, rights = request.visitor, request.rights  # type: ignore[attr-defined]
    mine = staying_of_browser(table, visitor.person, visitor.held(STAYING))
    context = {
        "evening": evening,
        "table": table,
        "form": form,
        "mine": mine,
        "registration": registration,
        "asks": asks_to_stay(evening),
        "is_host": rights.is_host,
        **(_inside(table) if rights.is_host else {}),
    }
    return render(
        request, "evenings/together.html", context, status=422 if form and form.errors else 200
    )


def _inside(table: Table) -> dict[str, object]:
    """Those who stay and what they wrote, for the table and the host team alone."""
    stayings = staying_at(table)
    return {
        "stayings": stayings,
        "people": [each.person for each in stayings],
        "letters": list(table.letters.select_related("writer")[:LETTERS_SHOWN]),
    }


def _stay(request: HttpRequest, table: Table, registration: Registration, form: StayingForm) -> str:
    staying = stay_at_table(
        table=table,
        person=registration.person,
        offers_to_keep=form.cleaned_data["offers_to_keep"],
        email=form.cleaned_data.get("email", ""),
        by=registration.person,
        at=clock.now(),
    )
    request.visitor.give_key(STAYING, staying.public_id)  # type: ignore[attr-defined]
    return staying_address(staying)


@door(opens=(an_evening, a_table, a_staying), own=holds_staying, name="whoever stays at the table")
@never_cache
def staying(request: HttpRequest, evening: Evening, table: Table, staying: Staying) -> HttpResponse:
    """Those who stay, what they wrote, and a letter to them."""
    form = LetterForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _write(staying, form))
        except Rests:
            form.add_error("text", _("The host team let this table rest: nobody is written to."))
        except NothingWritten:
            form.add_error("text", _("Write a few words first."))
        except TooOften:
            form.add_error("text", _("Enough letters for today: write again tomorrow."))
    context = {
        "evening": evening,
        "table": table,
        "staying": staying,
        "form": form,
        "may_write": may_write(staying),
        **_inside(table),
        "project": table.project if table.project and table.project.published_at else None,
    }
    return render(request, "evenings/staying.html", context, status=422 if form.errors else 200)


def _write(staying: Staying, form: LetterForm) -> str:
    at, table = clock.now(), staying.table
    mine = f"table-letter:{table.public_id}:{staying.person.public_id}"
    spend(mine, limit=LETTERS_A_PERSON, window=A_DAY, at=at)
    spend(f"table-letters:{table.public_id}", limit=LETTERS_A_TABLE, window=A_WEEK, at=at)
    write_to_table(staying=staying, text=form.cleaned_data["text"], by=staying.person, at=at)
    return staying_address(staying) + "#letters"


@door(opens=(an_evening, a_table, a_staying), own=holds_staying, name="whoever stays at the table")
@require_POST
def staying_end(
    request: HttpRequest, evening: Evening, table: Table, staying: Staying
) -> HttpResponse:
    """Leave the table: no more mails from it."""

    def act() -> str:
        leave_table(staying=staying, by=staying.person, at=clock.now())
        return table_address(evening, table, "together")

    answer = once(request, act)
    messages.success(request, _("You left the table: it writes to you no more."))
    return answer


@door(opens=(an_evening, a_table), name="everybody")
@csrf_exempt
def leaving_table(request: HttpRequest, evening: Evening, table: Table, token: str) -> HttpResponse:
    """POST leaves, also by the one-click button of mail programs, which send no cookie: the signed
    address alone proves it, and all it can do is leave. GET shows a button.
    """
    staying = staying_of(table, token)
    if staying is None:
        raise Http404
    if request.method == "POST":
        leave_table(staying=staying, by=staying.person, at=clock.now())
    context = {"evening": evening, "table": table, "staying": staying}
    return render(request, "evenings/leaving_table.html", context)


@door(HOST, FACILITATOR, opens=(an_evening, a_table), own=at_the_table)
@require_POST
def keeper(request: HttpRequest, evening: Evening, table: Table) -> HttpResponse:
    """The table agrees on whoever keeps it together."""
    form = KeeperForm(request.POST, candidates=candidates(table))
    by = request.visitor.person  # type: ignore[attr-defined]

    def act() -> str:
        if form.is_valid():
            agree_on_keeper(table=table, person=form.keeper, by=by, at=clock.now())
        else:
            messages.warning(request, _("Choose somebody who sits at this table."))
        return table_address(evening, table, "phone") + "#keeper"

    return once(request, act)


@door(HOST, opens=(an_evening, a_table))
@require_POST
def rest(request: HttpRequest, evening: Evening, table: Table) -> HttpResponse:
    """Let the table rest, or wake it."""
    by, rests = request.visitor.person, request.POST.get("rests") != "no"  # type: ignore[attr-defined]

    def act() -> str:
        rest_table(table=table, rests=rests, by=by, at=clock.now())
        return reverse(
            "evenings:together", args=[evening.territory.slug, evening.public_id, table.public_id]
        )

    return once(request, act)
