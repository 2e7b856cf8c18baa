"""Committees: the list, a hearing with its files, one file, a member's voice, the decision."""

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.kit import clock
from essor.kit.once import once
from essor.projects.actions.moves import MovedMeanwhile, MoveNotAllowed
from essor.projects.stages import way_of
from essor.support.actions.committees import (
    AlreadyBefore,
    Decided,
    NobodySpoke,
    NotAMember,
    StandsAside,
    WrongStage,
    call_committee,
    decide,
    put_before,
    speak,
)
from essor.support.doors import a_committee, a_file, leads_its_project
from essor.support.forms.committees import CommitteeForm, DecisionForm, FileForm, VoiceForm
from essor.support.models import Committee, ProjectFile, Voice
from essor.support.views.page import form_page, tabs, whoever
from essor.territories.doors import COMMITTEE, HOST, door
from essor.territories.models import Territory


def _address(file: ProjectFile) -> str:
    return reverse("support:file", args=[file.committee.territory.slug, file.public_id])


def _page_of(committee: Committee) -> str:
    return reverse("support:committee", args=[committee.territory.slug, committee.public_id])


@door(HOST, COMMITTEE)
def committees(request: HttpRequest) -> HttpResponse:
    territory: Territory = request.territory  # type: ignore[attr-defined]
    host = request.rights.is_host  # type: ignore[attr-defined]
    found = Committee.objects.filter(territory=territory).prefetch_related("files__project")
    context = {
        "committees": list(found.order_by("-on", "-id")[:60]),
        "host": host,
        "tabs": tabs(territory, "support:committees") if host else [],
    }
    return render(request, "support/committees.html", context)


@door(HOST)
def new_committee(request: HttpRequest) -> HttpResponse:
    territory: Territory = request.territory  # type: ignore[attr-defined]
    form = CommitteeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            made = call_committee(
                territory=territory, **form.cleaned_data, by=whoever(request), at=clock.now()
            )
            return _page_of(made)

        return once(request, act)
    back = (_("Committees"), reverse("support:committees", args=[territory.slug]))
    lead = _(
        "Whoever has the committee’s role in your team reads the files and says what they think."
    )
    return form_page(request, form, _("A new committee"), back, lead=lead)


@door(HOST, COMMITTEE, opens=(a_committee,))
def committee(request: HttpRequest, committee: Committee) -> HttpResponse:
    files = committee.files.select_related("project").prefetch_related("voices")
    context = {
        "committee": committee,
        "files": list(files.order_by("frozen_at", "id")),
        "host": request.rights.is_host,  # type: ignore[attr-defined]
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
            return _address(file)

        try:
            return once(request, act)
        except AlreadyBefore:
            form.add_error("project", _("The committee has this project’s file already."))
    note = _("The project is kept as it is now: what changes later does not change the file.")
    back = (committee.name, _page_of(committee))
    return form_page(request, form, _("Put a project before the committee"), back, note=note)


@door(
    HOST,
    COMMITTEE,
    opens=(a_file,),
    own=leads_its_project,
    name="host, committee, who speaks for it",
)
def file(request: HttpRequest, file: ProjectFile) -> HttpResponse:
    """The file as it was frozen, the voices, the decision."""
    rights = request.rights  # type: ignore[attr-defined]
    inside = rights.any_of(HOST, COMMITTEE)
    voices = file.voices.select_related("person").order_by("at", "id") if inside else []
    context = {
        "file": file,
        "frozen": json.loads(file.frozen),
        "voices": list(voices),
        "inside": inside,
        "host": rights.is_host,
        "member": rights.any_of(COMMITTEE),
    }
    return render(request, "support/file.html", context)


@door(COMMITTEE, opens=(a_file,))
def voice(request: HttpRequest, file: ProjectFile) -> HttpResponse:
    """A member's own voice; the last word counts until it is decided."""
    person = whoever(request)
    known = Voice.objects.filter(file=file, person=person).first()
    initial = {"kind": known.kind, "words": known.words} if known else {}
    form = VoiceForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and person is not None:

        def act() -> str:
            speak(file=file, person=person, **form.cleaned_data, by=person, at=clock.now())
            return _address(file)

        try:
            return once(request, act)
        except (Decided, NotAMember):
            form.add_error(None, _("This file is decided: no voice is added any more."))
    back = (str(file.project), _address(file))
    return form_page(request, form, _("Your voice"), back, save=_("Keep my voice"))


@door(HOST, opens=(a_file,))
def decision(request: HttpRequest, file: ProjectFile) -> HttpResponse:
    """What was decided; it moves the project and is told to whoever leads it."""
    way = way_of(file.committee.territory)
    onward = way.onward(file.project.stage)
    _go, _colon, posted = request.POST.get("outcome", "").partition(":")
    if posted and posted not in {stage.key for stage in onward}:  # sent twice, or moved meanwhile
        onward = (*onward, way.stage(posted))
    form = DecisionForm(request.POST or None, onward=onward)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            decide(file=file, **form.decided, by=whoever(request), at=clock.now())
            return _address(file)

        try:
            return once(request, act)
        except NobodySpoke:
            form.add_error(None, _("Nobody without a conflict of interest has spoken yet."))
        except StandsAside:
            form.add_error(None, _("You stand aside from this file: somebody else notes it."))
        except Decided:
            form.add_error(None, _("This file is decided already."))
        except (MovedMeanwhile, MoveNotAllowed, WrongStage):
            form.add_error(
                None,
                _("The project moved since its file was frozen: put it before a committee anew."),
            )
    heading = _("The decision on “%(project)s”") % {"project": file.project}
    return form_page(request, form, heading, (str(file.project), _address(file)))
