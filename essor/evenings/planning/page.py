"""What the plan's pages are given: read once, said in words, in a fixed number of queries."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from essor.evenings.actions.plans import plan_in_hand
from essor.evenings.actions.publication import published_plan
from essor.evenings.forms.plans import ComputeForm
from essor.evenings.models import Evening, Plan, PlanRun, Registration
from essor.evenings.planning.drawing import round_table, sphere_symbols
from essor.evenings.planning.problem import hosts_who_do_not_come
from essor.evenings.planning.refusals import explain
from essor.evenings.planning.words import (
    broken_in_words,
    change_in_words,
    decimal,
    suggestions_in_words,
)
from essor.evenings.queries.plans import (
    Guest,
    OpenTable,
    Room,
    latest_count,
    latest_run,
    redo_of,
    room_of,
)
from essor.kit.pieces import ProofRow, Tab
from essor.people.text import folded

SHOWN_BROKEN = 12
PEOPLE_A_PAGE = 120


@dataclass(frozen=True, slots=True)
class DrawnTable:
    """One round table of the page: its drawing, and the words beside it."""

    number: str
    title: str
    drawing: SafeString
    people: int
    spheres: int
    url: str
    remote: bool


def plan_page(
    request: HttpRequest, evening: Evening, compute: ComputeForm | None = None
) -> dict[str, Any]:
    """The context of the plan's page."""
    plan, run = plan_in_hand(evening), latest_run(evening)
    round = round_asked(request, evening)
    refused = run is not None and run.state == PlanRun.State.REFUSED
    room = room_of(evening, plan, round) if plan or refused else Room((), (), {}, {})
    published = published_plan(evening) if plan else None
    return {
        "evening": evening,
        "plan": plan,
        "published": published,
        "compute": compute or ComputeForm(initial={"seconds": 5}),
        "symbols": sphere_symbols({g.sphere for g in room.guests.values() if g.sphere},
                                  evening.seats_max),
        "tables": [_drawn(table, evening, round) for table in room.tables],
        "unseated": room.unseated if plan else (),
        "rounds": round_tabs(request, evening),
        **(_about(plan, room, evening) if plan else _before(evening)),
        **(run_of_page(run, plan, room, evening) if run else {}),
    }  # fmt: skip


def _drawn(table: OpenTable, evening: Evening, round: int) -> DrawnTable:
    return DrawnTable(
        table.number,
        " + ".join(table.topics),
        round_table(table.number, table.seats),
        table.people,
        table.spheres,
        in_round(
            reverse(
                "evenings:plan_table",
                args=[evening.territory.slug, evening.public_id, table.number],
            ),
            round,
        ),
        table.remote,
    )


def _about(plan: Plan, room: Room, evening: Evening) -> dict[str, Any]:
    figures = plan.proof
    broken = [each for each in figures["broken"] if each[0] != "seated_once"]
    suggestions = suggestions_in_words(figures.get("suggestions", []), plan.settled, room.names)
    return {
        "headline": f"{percent(figures['ranks'][:2], figures['choosers'])}",
        "proof": proof_rows(figures, len(broken), evening, room),
        "broken": broken_in_words(broken[:SHOWN_BROKEN], room.names),
        "more_broken": max(0, len(broken) - SHOWN_BROKEN),
        "suggestions": [each for each in suggestions if each.helps],
        "costly": [each for each in suggestions if not each.helps],
        "change": change_in_words(plan.change, room.names),
        "redo": redo_of(plan),
        "asks": [room.topics[key] for key in plan.asks if key in room.topics],
    }


def _before(evening: Evening) -> dict[str, Any]:
    """What an evening without a plan needs before one can be computed: counted, nobody is read."""
    coming = Registration.objects.filter(evening=evening, state=Registration.State.REGISTERED)
    return {
        **coming.aggregate(
            people=Count("pk"), facilitators=Count("pk", filter=Q(facilitator=True))
        ),
        "room_tables": evening.room_tables.count(),
        "challenges": evening.challenges.count(),
        "absent_hosts": hosts_who_do_not_come(evening),
    }


def run_of_page(run: PlanRun, plan: Plan | None, room: Room, evening: Evening) -> dict[str, Any]:
    """The latest computation, as long as it has something to say."""
    if run.is_going:
        return {"run": run}
    newer = plan is None or (run.ended_at is not None and run.ended_at > plan.made_at)
    if run.state == PlanRun.State.REFUSED and newer:
        return {"refusals": explain(run.refusals, room.names, evening)}
    if run.state == PlanRun.State.FAILED and newer:
        return {"failed": run, "can_keep": run.best_cost is not None and run.plan_id is None}
    return {}


def percent(ranks: list[int], choosers: int) -> str:
    return _("%(percent)s %%") % {
        "percent": round(100 * sum(ranks) / choosers) if choosers else 100
    }


def proof_rows(
    figures: dict[str, Any], broken: int, evening: Evening, room: Room
) -> list[ProofRow]:
    """Our figures beside what chance gives, each with how it is counted."""
    mean, low, high = figures["spheres_by_chance"]
    unlisted = figures["unlisted"]
    return [
        ProofRow(_("First choice"), percent(figures["ranks"][:1], figures["choosers"]),
                 note=ngettext("%(count)d person has none of their choices",
                               "%(count)d people have none of their choices", unlisted)
                 % {"count": unlisted}),
        ProofRow(_("Spheres at a table"), decimal(figures["spheres"]), decimal(mean),
                 _("Chance stays between %(low)s and %(high)s, 19 times in 20.")
                 % {"low": decimal(low), "high": decimal(high)}),
        ProofRow(_("Mixing gained over chance"),
                 _("%(percent)s %%") % {"percent": round(100 * figures["gap_closed"])},
                 note=_("100 % is a bound that perhaps nobody can reach.")),
        ProofRow(_("Open tables"),
                 _("%(open)d of %(room)d") % {"open": figures["open"], "room": figures["room"]}),
        *video_rows(room),
        ProofRow(_("Requests not met"), str(broken)),
        present_row(evening, room),
    ]  # fmt: skip


def video_rows(room: Room) -> list[ProofRow]:
    """Who takes part from a distance, and at how many tables; nothing where nobody does."""
    far = sum(guest.remote for guest in room.guests.values())
    if not far:
        return []
    tables = sum(table.remote for table in room.tables)
    note = ngettext(
        "From a distance, at %(tables)d table that meets by video; everybody else in the hall.",
        "From a distance, at %(tables)d tables that meet by video; everybody else in the hall.",
        tables,
    ) % {"tables": tables}
    return [ProofRow(_("By video"), str(far), note=note)]


def present_row(evening: Evening, room: Room) -> ProofRow:
    """How many are here of those registered, with who counted."""
    arrived = sum(guest.arrived for guest in room.guests.values())
    counted = latest_count(evening)
    note = _("Counted by check-in at the door.")
    if counted is not None:
        note = _("By check-in. By head: %(people)d, %(who)s, %(when)s (%(how)s).") % {
            "people": counted.people,
            "who": counted.by.short_name if counted.by else _("somebody"),
            "when": date_format(localtime(counted.at), "TIME_FORMAT"),
            "how": counted.how,
        }
    return ProofRow(_("Present"), f"{arrived} / {len(room.guests)}", note=note)


def list_page(request: HttpRequest, evening: Evening) -> dict[str, Any]:
    """Everybody with their table, by name or by table, some a page; ``?q=`` looks for a name."""
    plan = plan_in_hand(evening)
    round = round_asked(request, evening)
    room = room_of(evening, plan, round)
    table_of = {g.public_id: table for table in room.tables for g in table.guests}
    wanted, by_table = folded(request.GET.get("q", "")), request.GET.get("by") == "table"
    people: list[tuple[Guest, OpenTable | None]] = [
        (guest, table_of.get(key))
        for key, guest in room.guests.items()
        if wanted in folded(guest.name)
    ]
    if by_table:
        people.sort(key=lambda row: int(row[1].number) if row[1] else 0)
    return {
        "evening": evening,
        "plan": plan,
        "q": request.GET.get("q", ""),
        "by_table": by_table,
        "round": round + 1,
        "page": Paginator(people, PEOPLE_A_PAGE).get_page(request.GET.get("page")),
        "spheres": len({g.sphere for g in room.guests.values()}),
    }


def round_asked(request: HttpRequest, evening: Evening) -> int:
    """The round that a page shows or a form speaks of, from 0; people count from 1."""
    asked = request.POST.get("round", "") or request.GET.get("round", "")
    wanted = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 4 else 1
    return min(max(wanted, 1), evening.rounds) - 1


def in_round(url: str, round: int) -> str:
    """The address of a page of the plan in a round (from 0)."""
    return f"{url}?round={round + 1}" if round else url


def round_tabs(request: HttpRequest, evening: Evening) -> list[Tab]:
    if evening.rounds == 1:
        return []
    here = round_asked(request, evening)
    return [
        Tab(_("Round %(number)d") % {"number": n + 1}, f"?round={n + 1}", n == here)
        for n in range(evening.rounds)
    ]
