"""Secret links to a private room: making one, ending it, opening the room by it.

A link's page asks for a button, because mail scanners fetch addresses: pressing it counts an
opening and lets this browser read the room. Whatever does not open is "not found", in one and the
same page with a way on.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from essor.kit import clock
from essor.kit.once import once
from essor.people.actions import digest_of
from essor.people.views.links import private
from essor.projects.doors import a_project
from essor.projects.models import Project
from essor.support.actions.private_rooms import RoomClosed, RoomFull
from essor.support.actions.room_links import (
    NoSuchLink,
    count_opening,
    end_room_link,
    make_room_link,
    read_room_link,
)
from essor.support.forms.private_rooms import LinkForm
from essor.support.models import RoomLink
from essor.support.queries.private_rooms import links_of
from essor.support.room_doors import ROOM, a_room_link, keeps_it
from essor.support.views.private_rooms import (
    WHO,
    address_of,
    back_to,
    its_room,
    whoever_keeps,
)
from essor.support.views.room_things import refused
from essor.territories.doors import HOST, door
from essor.territories.models import Territory


@door(HOST, opens=(a_project,), own=keeps_it, name=WHO)
def links(request: HttpRequest, project: Project) -> HttpResponse:
    """The links that open, how often each was opened, and the form of a new one."""
    form, room = LinkForm(request.POST or None), its_room(project)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            link, token = make_room_link(
                room=room, **form.cleaned_data, by=whoever_keeps(request, project), at=clock.now()
            )
            messages.success(request, _shown_once(request, link, token))
            return reverse("support:room_links", args=[project.territory.slug, project.public_id])

        try:
            return private(once(request, act))
        except (RoomClosed, RoomFull) as refusal:
            form.add_error(None, refused(refusal))
    living, ended = links_of(room, clock.today())
    context = {
        "project": project, "form": form, "living": living, "ended": ended,
        "back": back_to(project),
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return private(render(request, "support/room_links.html", context, status=status))


def _shown_once(request: HttpRequest, link: RoomLink, token: str) -> SafeString:
    """The whole address, for the next page alone: it is kept nowhere in clear."""
    path = reverse("support:room_door", args=[request.territory.slug, token])  # type: ignore[attr-defined]
    words = _("The link for %(name)s. Copy it now, it is shown this once:") % {"name": link.name}
    address = request.build_absolute_uri(path)
    return format_html('{} <code class="room__link">{}</code>', words, address)


@door(HOST, opens=(a_project, a_room_link), own=keeps_it, name=WHO)
@require_POST
def link_ending(request: HttpRequest, project: Project, room_link: RoomLink) -> HttpResponse:
    """End a link now, also where it is open."""

    def act() -> str:
        end_room_link(room_link=room_link, by=whoever_keeps(request, project), at=clock.now())
        messages.success(request, _("This link opens nothing any more."))
        return reverse("support:room_links", args=[project.territory.slug, project.public_id])

    return private(once(request, act))


@door()
def room_door(request: HttpRequest, token: str) -> HttpResponse:
    """A secret link: whose room it opens, with a button; pressing it goes in."""
    territory: Territory = request.territory  # type: ignore[attr-defined]
    try:
        link = read_room_link(token=token, at=clock.now())
    except NoSuchLink:
        return _closed(request)
    project = link.room.project
    if project.territory_id != territory.pk:
        return _closed(request)
    if request.method == "POST":
        return private(_go_in(request, link, token))
    context = {"link": link, "project": project}
    return private(render(request, "support/room_door.html", context))


def _go_in(request: HttpRequest, link: RoomLink, token: str) -> HttpResponse:
    """Count the opening once, and let this browser in under a new session key."""

    def act() -> str:
        count_opening(room_link=link, by=None, at=clock.now())
        return address_of(link.room.project)

    answer = once(request, act, scope=f"room:{digest_of(token)[:32]}")
    request.session.cycle_key()
    request.visitor.give_key(ROOM, link.public_id)  # type: ignore[attr-defined]
    return answer


def _closed(request: HttpRequest) -> HttpResponse:
    return private(render(request, "support/room_closed.html", {}, status=404))
