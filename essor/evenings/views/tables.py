"""The table: what everybody sees of it, its phone, its ideas."""

import hmac
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from essor.evenings.actions.tables import DOTS_A_DEVICE, NotNow, note_idea
from essor.evenings.doors import IDEA, TABLE, a_table, an_evening
from essor.evenings.forms.tables import CodeForm, IdeaForm, PhotoForm
from essor.evenings.hall import hall_of
from essor.evenings.idea_rules import in_silence, may_choose, may_say_ideas
from essor.evenings.models import Evening, Table
from essor.evenings.queries.pulse import asked_of
from essor.evenings.queries.remote import links_of
from essor.evenings.queries.staying import candidates
from essor.evenings.queries.tables import (
    challenges_of,
    ideas_of,
    marks_of,
    people_of,
    spheres_around,
    waiting_in_silence,
)
from essor.evenings.rules import may_join
from essor.evenings.staying_rules import asks_to_stay
from essor.evenings.table_rules import at_the_table, phone_may_write
from essor.evenings.views.here import my_registration
from essor.kit import clock
from essor.kit.limits import TooOften, spend
from essor.kit.once import once
from essor.kit.queued import happened_at
from essor.projects.models import SHEET_FIELDS
from essor.projects.sheet_words import STEPS
from essor.territories.doors import FACILITATOR, HOST, Rights, door

TEN_MINUTES, HOUR = timedelta(minutes=10), timedelta(hours=1)
WRONG_CODES_A_DEVICE, WRONG_CODES_A_TABLE = 8, 60
IDEAS_A_DEVICE, IDEAS_A_TABLE = 40, 400


def writes_here(rights: Rights, table: Table) -> bool:
    """Whether the visitor may open the table's phone."""
    return rights.any_of(HOST, FACILITATOR) or at_the_table(rights, table=table)


def table_address(evening: Evening, table: Table, name: str = "table", *more: str) -> str:
    arguments = [evening.territory.slug, evening.public_id, table.public_id, *more]
    return reverse(f"evenings:{name}", args=arguments)


@door(opens=(an_evening, a_table))
def table(request: HttpRequest, evening: Evening, table: Table) -> HttpResponse:
    return _table_page(request, evening, table, code=CodeForm(), idea=IdeaForm())


def _table_page(
    request: HttpRequest,
    evening: Evening,
    table: Table,
    *,
    code: CodeForm,
    idea: IdeaForm,
    status: int = 200,
) -> HttpResponse:
    project = table.project if table.project and table.project.published_at else None
    context = {
        "evening": evening,
        "table": table,
        **hall_of(evening),
        "project": project,
        "challenges": challenges_of(table),
        "spheres": spheres_around(table),
        **_ideas_at(request, table, most=12),
        "code_form": code,
        "idea_form": idea,
        "may_say": may_say_ideas(evening),
        "code_works": phone_may_write(evening, clock.now()),
        "writes_here": writes_here(request.rights, table),  # type: ignore[attr-defined]
        "asks_to_stay": asks_to_stay(evening),
        "video": _video(request, evening, table),
        "asked": asked_of(evening, request.visitor.known_device, clock.now()),  # type: ignore[attr-defined]
    }
    return render(request, "evenings/table.html", context, status=status)


def _video(request: HttpRequest, evening: Evening, table: Table) -> dict[str, Any] | None:
    """Where this table meets: for those who sit there and those who may write there, nobody else."""
    if not table.remote:
        return None
    mine = my_registration(request, evening)
    sits = mine is not None and mine.remote and mine.seats.filter(table=table).exists()
    if not sits and not writes_here(request.rights, table):  # type: ignore[attr-defined]
        return {"link": "", "registration": None}
    link = links_of(evening).get(table.number, "")
    may = mine is not None and sits and may_join(mine, clock.now())
    return {"link": link, "registration": mine if sits else None, "may_join": may}


@door(opens=(an_evening, a_table), name="whoever has the table's code")
@require_POST
def key(request: HttpRequest, evening: Evening, table: Table) -> HttpResponse:
    """Give the table's code; this browser then writes the sheet. Wrong codes are counted."""
    form = CodeForm(request.POST)
    if not phone_may_write(evening, clock.now()):
        form.add_error("code", _("The evening is over: this code opens nothing any more. The host "
                                 "team can still write the sheet."))  # fmt: skip
    elif form.is_valid():
        try:
            if _right_code(request, evening, table, form.cleaned_data["code"]):
                request.visitor.give_key(TABLE, table.public_id)  # type: ignore[attr-defined]
                return once(request, lambda: table_address(evening, table, "phone"))
            form.add_error("code", _("This is not the code of table %(n)s.") % {"n": table.number})
        except TooOften as refusal:
            form.add_error("code", _too_many_codes(refusal))
    return _table_page(request, evening, table, code=form, idea=IdeaForm(), status=422)


def _right_code(request: HttpRequest, evening: Evening, table: Table, code: str) -> bool:
    """Compare in constant time; a try is spent before the answer is known.

    The device's tries are keyed on the evening; the table's own limit, spent by wrong codes alone,
    stops whoever changes devices. Both are far above what a hand that mistypes needs.
    """
    at = clock.now()
    device = request.visitor.device  # type: ignore[attr-defined]
    tries = f"code:{evening.public_id}:{device}"
    spend(tries, limit=WRONG_CODES_A_DEVICE, window=TEN_MINUTES, at=at)
    given = "".join(code.split()).upper().encode()
    right = bool(table.phone_code) and hmac.compare_digest(given, table.phone_code.encode())
    if not right:
        spend(f"code:{table.public_id}", limit=WRONG_CODES_A_TABLE, window=TEN_MINUTES, at=at)
    return right


def _too_many_codes(refusal: TooOften) -> str:
    return _(
        "Too many wrong codes. Try again after %(time)s, or ask the team to open the table."
    ) % {"time": f"{timezone.localtime(refusal.retry_at):%H:%M}"}


@door(HOST, FACILITATOR, opens=(an_evening, a_table), own=at_the_table)
def phone(request: HttpRequest, evening: Evening, table: Table) -> HttpResponse:
    """The table's phone: its people, its ideas, how far the sheet is."""
    return phone_page(request, evening, table, idea=IdeaForm(), photo=PhotoForm())


def phone_page(
    request: HttpRequest,
    evening: Evening,
    table: Table,
    *,
    idea: IdeaForm,
    photo: PhotoForm,
    status: int = 200,
) -> HttpResponse:
    project = table.project
    sheet = project.sheet if project else None
    context = {
        "evening": evening,
        "table": table,
        **hall_of(evening),
        "project": project,
        "filled": sheet.filled if sheet else 0,
        "of": len(SHEET_FIELDS),
        "steps": [(step, _filled(sheet, step.fields)) for step in STEPS],
        "photos": list(sheet.photos.all()) if sheet else [],
        "challenges": challenges_of(table),
        "people": people_of(table),
        **_ideas_at(request, table, most=40),
        "candidates": candidates(table) if asks_to_stay(evening) else [],
        "idea_form": idea,
        "photo_form": photo,
        "may_say": may_say_ideas(evening),
    }
    return render(request, "evenings/phone.html", context, status=status)


def _ideas_at(request: HttpRequest, table: Table, *, most: int) -> dict[str, Any]:
    """What ``evenings/_table_ideas.html`` shows to this browser."""
    visitor = request.visitor  # type: ignore[attr-defined]
    ideas = ideas_of(table, own=visitor.held(IDEA), most=most)
    choosing = may_choose(table.evening)
    marked = marks_of(table, visitor.known_device) if choosing else set()
    return {
        "ideas": ideas,
        "silence": in_silence(table.evening),
        "waiting": waiting_in_silence(table),
        "may_choose": choosing,
        "marked": marked,
        "marks_left": max(0, DOTS_A_DEVICE - len(marked)),
    }


def _filled(sheet: object, fields: tuple[object, ...]) -> int:
    return sum(bool(getattr(sheet, field.name, "")) for field in fields)  # type: ignore[attr-defined]


@door(opens=(an_evening, a_table))
@require_POST
def ideas(request: HttpRequest, evening: Evening, table: Table) -> HttpResponse:
    """Say an idea, from the table's phone or from anybody's at the table, without an account."""
    form = IdeaForm(request.POST)
    on_phone = request.POST.get("from") == "phone" and writes_here(request.rights, table)  # type: ignore[attr-defined]
    if form.is_valid():
        try:
            return _say(request, evening, table, form, on_phone)
        except NotNow:
            form.add_error("text", _("Ideas are gathered while the evening is under way."))
        except TooOften:
            form.add_error("text", _("Many ideas from here! Breathe, and try again in a while."))
    if on_phone:
        return phone_page(request, evening, table, idea=form, photo=PhotoForm(), status=422)
    return _table_page(request, evening, table, code=CodeForm(), idea=form, status=422)


def _say(
    request: HttpRequest, evening: Evening, table: Table, form: IdeaForm, on_phone: bool
) -> HttpResponse:
    visitor, now = request.visitor, clock.now()  # type: ignore[attr-defined]

    def act() -> str:
        spend(f"ideas:{table.public_id}", limit=IDEAS_A_TABLE, window=HOUR, at=now)
        if not on_phone:
            mine = f"ideas:{evening.public_id}:{visitor.device}"
            spend(mine, limit=IDEAS_A_DEVICE, window=HOUR, at=now)
        said_at = happened_at(request, now)
        idea = note_idea(table=table, **form.cleaned_data, by=visitor.person, at=said_at)
        visitor.give_key(IDEA, idea.public_id)
        request.session.keep()  # type: ignore[attr-defined]
        page = "phone" if on_phone else "table"
        return table_address(evening, table, page) + "#ideas"

    return once(request, act)
