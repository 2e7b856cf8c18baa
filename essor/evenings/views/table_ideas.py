"""At the table: marking ideas, choosing the one to deepen, asking for somebody of the team."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from essor.evenings.actions.tables import TooManyDots, ask_for_help, deepen_idea, mark_idea
from essor.evenings.doors import a_table, an_evening, an_idea_of_it
from essor.evenings.idea_rules import may_choose
from essor.evenings.models import Evening, Table, TableIdea
from essor.evenings.table_rules import at_the_table
from essor.evenings.views.tables import table_address, writes_here
from essor.kit import clock
from essor.kit.once import once
from essor.territories.doors import FACILITATOR, HOST, door


@door(opens=(an_evening, a_table, an_idea_of_it))
@require_POST
def idea_mark(
    request: HttpRequest, evening: Evening, table: Table, idea: TableIdea
) -> HttpResponse:
    """One of this device's three marks, given or taken back; without an account or a name."""
    visitor, wanted = request.visitor, request.POST.get("marked") != "no"  # type: ignore[attr-defined]
    on_phone = request.POST.get("from") == "phone" and writes_here(request.rights, table)  # type: ignore[attr-defined]
    back = table_address(evening, table, "phone" if on_phone else "table") + "#ideas"

    def act() -> str:
        if not may_choose(evening):
            messages.warning(request, _("Ideas are marked once they have been shared."))
            return back
        try:
            mark_idea(idea=idea, device=visitor.device, marked=wanted, by=None, at=clock.now())
        except TooManyDots:
            messages.warning(request, _("Your three marks are given: take one back first."))
        return back

    return once(request, act)


@door(HOST, FACILITATOR, opens=(an_evening, a_table, an_idea_of_it), own=at_the_table)
@require_POST
def idea_choice(
    request: HttpRequest, evening: Evening, table: Table, idea: TableIdea
) -> HttpResponse:
    """The idea that the table deepens on its sheet."""

    def act() -> str:
        deepen_idea(idea=idea, by=request.visitor.person, at=clock.now())  # type: ignore[attr-defined]
        return table_address(evening, table, "phone") + "#ideas"

    return once(request, act)


@door(HOST, FACILITATOR, opens=(an_evening, a_table), own=at_the_table)
@require_POST
def help_wanted(request: HttpRequest, evening: Evening, table: Table) -> HttpResponse:
    """The table waits for somebody of the team, or no longer does."""
    by, wanted = request.visitor.person, request.POST.get("wanted") != "no"  # type: ignore[attr-defined]

    def act() -> str:
        ask_for_help(table=table, wanted=wanted, by=by, at=clock.now())
        return table_address(evening, table, "phone")

    return once(request, act)
