"""A project's private room: reading it, opening and wording it, closing it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from essor.kit import clock
from essor.kit.once import once
from essor.kit.rewording import WrittenMeanwhile
from essor.people.hands import last_hand
from essor.people.models import Person
from essor.people.views.links import private
from essor.projects.doors import a_project
from essor.projects.models import Project
from essor.support.actions.private_rooms import NotPublished, close_room, open_room
from essor.support.forms.private_rooms import RoomForm
from essor.support.models import PrivateRoom
from essor.support.queries.private_rooms import budget_of, links_of, pledges_of
from essor.support.room_doors import keeper, keeps_it, reads_it, room_of
from essor.support.views.page import form_page
from essor.territories.doors import HOST, Rights, door

WHO = "host, who leads it"


def address_of(project: Project) -> str:
    return reverse("support:room", args=[project.territory.slug, project.public_id])


def back_to(project: Project) -> tuple[str, str]:
    """The label and the address of the room, for forms."""
    return _("Private room"), address_of(project)


def whoever_keeps(request: HttpRequest, project: Project) -> Person | None:
    """In whose name something is done in the room: a signed-in person's, else whoever leads it."""
    rights: Rights = request.rights  # type: ignore[attr-defined]
    return rights.person or keeper(rights, project)


def its_room(project: Project) -> PrivateRoom:
    """The room; 404 where nobody opened one."""
    room = room_of(project)
    if room is None:
        raise Http404
    return room


@door(HOST, opens=(a_project,), own=reads_it, name="host, who leads it, a secret link")
def room(request: HttpRequest, project: Project) -> HttpResponse:
    """What partners see; whoever leads the project and the hosts see pledges and links too."""
    rights: Rights = request.rights  # type: ignore[attr-defined]
    keeps = rights.is_host or keeps_it(rights, project=project)
    found = room_of(project)
    if found is None or (found.closed_at and not keeps):
        return private(redirect(_wording(project))) if keeps else _no_room()
    today = clock.today()
    context = {
        "project": project,
        "room": found,
        "budget": budget_of(found),
        "dates": list(found.dates.order_by("day", "id")),
        "files": list(found.files.order_by("added_at", "id")),
        "keeps": keeps,
        "pledges": pledges_of(found) if keeps else [],
        "links": links_of(found, today)[0] if keeps else [],
        "takes_pledges": found.is_open and project.condition == Project.Condition.AWAKE,
        "today": today,
    }
    return private(render(request, "support/room.html", context))


def _no_room() -> HttpResponse:
    raise Http404


def _wording(project: Project) -> str:
    return reverse("support:room_words", args=[project.territory.slug, project.public_id])


@door(HOST, opens=(a_project,), own=keeps_it, name=WHO)
def words(request: HttpRequest, project: Project) -> HttpResponse:
    """Open the room, or word it anew."""
    found = room_of(project)
    form = RoomForm(request.POST or None, initial=RoomForm.words_of(found))
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            by = whoever_keeps(request, project)
            form.look_again(project, lambda now: RoomForm.words_of(room_of(now)))
            open_room(project=project, **form.cleaned_data, by=by, at=clock.now())
            return address_of(project)

        try:
            return private(once(request, act))
        except WrittenMeanwhile as news:
            form.tell(
                news, last_hand(its_room(project), "private_room_opened", "private_room_worded")
            )
        except NotPublished:
            form.add_error(None, _("Hand the sheet in first: a draft has no partners yet."))
    is_open = found is not None and found.closed_at is None
    heading = _("Word the private room") if is_open else _("Open a private room")
    lead = _(
        "A page for partners alone: the leaders, the host team, and those to whom you give a secret link. It is in no list and in no search."
    )
    back = back_to(project) if is_open else (str(project), _page(project))
    return private(form_page(request, form, heading, back, lead=lead))


def _page(project: Project) -> str:
    return reverse("projects:project", args=[project.territory.slug, project.public_id])


@door(HOST, opens=(a_project,), own=keeps_it, name=WHO)
@require_POST
def closing(request: HttpRequest, project: Project) -> HttpResponse:
    """Close the room: its links end; pledges go on."""

    def act() -> str:
        by = whoever_keeps(request, project)
        close_room(room=its_room(project), by=by, at=clock.now())
        messages.success(request, _("The room is closed. Its links open nothing any more."))
        return _page(project)

    return private(once(request, act))
