"""What stands in a private room: lines of the budget, dates, files."""

from contextlib import suppress

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from essor.kit import clock
from essor.kit.files import served
from essor.kit.once import once
from essor.kit.rewording import WrittenMeanwhile
from essor.people.hands import last_hand
from essor.people.views.links import private
from essor.projects.doors import a_project
from essor.projects.models import Project
from essor.support import papers
from essor.support.actions.private_rooms import (
    LineGone,
    MoreIsThere,
    PledgesStand,
    RoomClosed,
    RoomFull,
    add_file,
    drop_date,
    drop_line,
    remove_file,
    set_date,
    write_line,
)
from essor.support.forms.private_rooms import DateForm, FileForm, LineForm
from essor.support.models import BudgetLine, KeyDate, RoomFile
from essor.support.money import euros
from essor.support.room_doors import (
    a_date,
    a_line,
    a_room_file,
    keeps_it,
    reads_it,
)
from essor.support.views.page import form_page
from essor.support.views.private_rooms import (
    WHO,
    address_of,
    back_to,
    its_room,
    whoever_keeps,
)
from essor.territories.doors import HOST, door


@door(HOST, opens=(a_project,), own=keeps_it, name=WHO)
def new_line(request: HttpRequest, project: Project) -> HttpResponse:
    form = LineForm(request.POST or None)
    return _line_page(request, project, form, None)


@door(HOST, opens=(a_project, a_line), own=keeps_it, name=WHO)
def line(request: HttpRequest, project: Project, line: BudgetLine) -> HttpResponse:
    form = LineForm(request.POST or None, initial=LineForm.words_of(line))
    return _line_page(request, project, form, line)


def _line_page(
    request: HttpRequest, project: Project, form: LineForm, line: BudgetLine | None
) -> HttpResponse:
    room = its_room(project)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            by, at = whoever_keeps(request, project), clock.now()
            if line is not None:
                form.look_again(line, LineForm.words_of)
            write_line(room=room, line=line, said=form.said, by=by, at=at)
            return f"{address_of(project)}#budget"

        try:
            return private(once(request, act))
        except WrittenMeanwhile as news:
            form.tell(news, last_hand(room, "budget_line_written"))
        except MoreIsThere as refusal:
            words = _("%(there)s are found and pledged already: ask for as much at least.")
            form.add_error("needed", words % {"there": euros(refusal.there)})
        except (RoomClosed, RoomFull, LineGone, BudgetLine.DoesNotExist) as refusal:
            form.add_error(None, refused(refusal))
    heading = _("A line of the budget")
    take_away = ""
    if line is not None:
        args = [project.territory.slug, project.public_id, line.public_id]
        take_away = reverse("support:line_removal", args=args)
    page = form_page(request, form, heading, back_to(project), take_away=take_away)
    return private(page)


def refused(refusal: Exception) -> str:
    """Why the room takes nothing."""
    if isinstance(refusal, LineGone | BudgetLine.DoesNotExist):
        return _("Somebody else took this line away meanwhile: write a new one.")
    if isinstance(refusal, RoomClosed):
        return _("The room is closed: open it again first.")
    return _("That is as much as a room holds: take something away first.")


@door(HOST, opens=(a_project, a_line), own=keeps_it, name=WHO)
@require_POST
def line_removal(request: HttpRequest, project: Project, line: BudgetLine) -> HttpResponse:
    """Take a line away; one to which somebody pledged stays, and its page says why."""

    def act() -> str:
        with suppress(LineGone):  # another was faster: it is as wished
            drop_line(line=line, by=whoever_keeps(request, project), at=clock.now())
        return f"{address_of(project)}#budget"

    try:
        return private(once(request, act))
    except PledgesStand:
        form = LineForm(
            {"label": line.label, "needed": line.needed, "found": line.found, "act": ""}
        )
        form.add_error(None, _("Somebody pledged to this line: it stays as long as they do."))
        return private(form_page(request, form, _("A line of the budget"), back_to(project)))


@door(HOST, opens=(a_project,), own=keeps_it, name=WHO)
def new_date(request: HttpRequest, project: Project) -> HttpResponse:
    form, room = DateForm(request.POST or None), its_room(project)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            by = whoever_keeps(request, project)
            set_date(room=room, **form.cleaned_data, by=by, at=clock.now())
            return f"{address_of(project)}#dates"

        try:
            return private(once(request, act))
        except (RoomClosed, RoomFull) as refusal:
            form.add_error(None, refused(refusal))
    return private(form_page(request, form, _("A key date"), back_to(project)))


@door(HOST, opens=(a_project, a_date), own=keeps_it, name=WHO)
@require_POST
def date_removal(request: HttpRequest, project: Project, key_date: KeyDate) -> HttpResponse:
    def act() -> str:
        drop_date(key_date=key_date, by=whoever_keeps(request, project), at=clock.now())
        return f"{address_of(project)}#dates"

    return private(once(request, act))


@door(HOST, opens=(a_project,), own=keeps_it, name=WHO)
def new_file(request: HttpRequest, project: Project) -> HttpResponse:
    """A file for partners; what it is, its content says."""
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form, room = FileForm(*posted), its_room(project)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            paper, at = form.paper, clock.now()
            add_file(
                room=room, title=form.cleaned_data["title"], file=papers.store_paper(paper),
                kind=paper.kind, size=len(paper.data), by=whoever_keeps(request, project), at=at,
            )  # fmt: skip
            return f"{address_of(project)}#files"

        try:
            return private(once(request, act))
        except (RoomClosed, RoomFull) as refusal:
            form.add_error(None, refused(refusal))
    return private(form_page(request, form, _("A file for partners"), back_to(project)))


@door(HOST, opens=(a_project, a_room_file), own=reads_it, name="host, who leads it, a secret link")
def room_file(request: HttpRequest, project: Project, room_file: RoomFile) -> HttpResponseBase:
    """A file as a download that no browser runs, kept by nobody on the way."""
    name = f"{slugify(room_file.title) or room_file.public_id}.{room_file.kind}"
    answer = served(
        room_file.file, content_type=papers.CONTENT_TYPES[room_file.kind], filename=name
    )
    return private(answer)


@door(HOST, opens=(a_project, a_room_file), own=keeps_it, name=WHO)
@require_POST
def file_removal(request: HttpRequest, project: Project, room_file: RoomFile) -> HttpResponse:
    def act() -> str:
        remove_file(room_file=room_file, by=whoever_keeps(request, project), at=clock.now())
        return f"{address_of(project)}#files"

    return private(once(request, act))
