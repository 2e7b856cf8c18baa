"""Committees: the list, a hearing with its files, calling one, putting a project before it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.kit import clock
from essor.kit.once import once
from essor.support.actions.committees import AlreadyBefore, NotOpen, call_committee, put_before
from essor.support.actions.members import name_member
from essor.support.doors import a_committee, seat_of, sits
from essor.support.forms.committees import CommitteeForm, FileForm
from essor.support.models import Committee, ProjectFile
from essor.support.queries.committees import committees_of, files_of, members_of
from essor.support.views.page import form_page, tabs, whoever
from essor.territories.doors import COMMITTEE, HOST, door
from essor.territories.models import Territory

SHOWN = 60


def address_of(file: ProjectFile) -> str:
    return reverse("support:file", args=[file.committee.territory.slug, file.public_id])


def page_of(committee: Committee) -> str:
    return reverse("support:committee", args=[committee.territory.slug, committee.public_id])


@door(HOST, COMMITTEE)
def committees(request: HttpRequest) -> HttpResponse:
    """All of them, for hosts; for members those on which they sit."""
    territory: Territory = request.territory  # type: ignore[attr-defined]
    host = request.rights.is_host  # type: ignore[attr-defined]
    found = committees_of(territory, None if host else whoever(request))
    context = {
        "committees": list(found[:SHOWN]),
        "host": host,
        "tabs": tabs(territory, "support:committees") if host else [],
    }
    return render(request, "support/committees.html", context)


@door(HOST)
def new_committee(request: HttpRequest) -> HttpResponse:
    """A hearing, with those of the team who sit on it."""
    territory: Territory = request.territory  # type: ignore[attr-defined]
    form = CommitteeForm(request.POST or None, territory=territory)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            by, at = whoever(request), clock.now()
            made = call_committee(territory=territory, **form.words, by=by, at=at)
            for person in form.cleaned_data["people"]:
                name_member(committee=made, person=person, by=by, at=at)
            return page_of(made)

        return once(request, act)
    back = (_("Committees"), reverse("support:committees", args=[territory.slug]))
    note = _("Each gets a mail with a link. Others, from outside your team, are invited next.")
    return form_page(request, form, _("A new committee"), back, note=note)


@door(HOST, opens=(a_committee,), own=sits, name="host, its members")
def committee(request: HttpRequest, committee: Committee) -> HttpResponse:
    """Its day, its members, its files."""
    rights = request.rights  # type: ignore[attr-defined]
    seat = seat_of(rights, committee)
    context = {
        "committee": committee,
        "members": members_of(committee),
        "files": files_of(committee, seat.person if seat else None),
        "seat": seat,
        "host": rights.is_host,
        "listed": rights.any_of(HOST, COMMITTEE),
    }
    return render(request, "support/committee.html", context)


@door(HOST, opens=(a_committee,))
def new_file(request: HttpRequest, committee: Committee) -> HttpResponse:
    form = FileForm(request.POST or None, committee=committee)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            project = form.cleaned_data["project"]
            file = put_before(
                committee=committee, project=project, by=whoever(request), at=clock.now()
            )
            return address_of(file)

        try:
            return once(request, act)
        except AlreadyBefore:
            form.add_error("project", _("The committee has this project’s file already."))
        except NotOpen:
            form.add_error("project", _("This project is not under way any more."))
    note = _("The project is kept as it is now: what changes later does not change the file.")
    back = (committee.name, page_of(committee))
    return form_page(request, form, _("Put a project before the committee"), back, note=note)
