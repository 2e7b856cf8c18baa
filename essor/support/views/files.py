"""One file before a committee: reading it, declaring an interest, speaking, deciding."""

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from essor.kit import clock
from essor.kit.once import once
from essor.projects.actions.moves import MovedMeanwhile, MoveNotAllowed
from essor.projects.stages import way_of
from essor.support.actions.committees import (
    Decided,
    NobodySpoke,
    NotAMember,
    NotDeclared,
    OfItsGroup,
    StandsAside,
    WrongStage,
    decide,
    declare,
    speak,
)
from essor.support.doors import a_file, leads_its_project, reads_it, seat_of, sits_over_it
from essor.support.forms.committees import DecisionForm, InterestForm, VoiceForm
from essor.support.models import ProjectFile, Voice
from essor.support.queries.committees import sitting_over
from essor.support.views.committees import address_of, page_of
from essor.support.views.page import form_page, whoever
from essor.territories.doors import HOST, Rights, door


def _my_voice(rights: Rights, file: ProjectFile) -> tuple[bool, Voice | None]:
    """Whether the visitor sits over the file, and what they said of it."""
    seat = seat_of(rights, file.committee)
    return seat is not None, file.voices.filter(person=seat.person).first() if seat else None


@door(HOST, opens=(a_file,), own=reads_it, name="host, its members, who speaks for it")
def file(request: HttpRequest, file: ProjectFile) -> HttpResponse:
    """The file as it was frozen, who sat over it, the decision.

    Closed to a member who stands aside (a host too), or has not said whether they have to.
    """
    rights: Rights = request.rights  # type: ignore[attr-defined]
    member, mine = _my_voice(rights, file)
    leads = leads_its_project(rights, file=file)
    aside = mine is not None and mine.kind == Voice.Kind.ASIDE
    open_to_all = leads or rights.is_host
    context = {
        "file": file,
        "host": rights.is_host,
        "member": member,
        "mine": mine,
        "aside": aside,
        "sitting": sitting_over(file),
        "committee_page": page_of(file.committee) if member or rights.is_host else "",
    }
    if aside or not (open_to_all or mine):
        return render(request, "support/file_closed.html", context)
    context |= {"frozen": json.loads(file.frozen), "inside": rights.is_host or mine is not None}
    return render(request, "support/file.html", context)


@door(opens=(a_file,), own=sits_over_it, name="its members")
def declaration(request: HttpRequest, file: ProjectFile) -> HttpResponse:
    """Before reading: whether one has an interest in the project."""
    seat = seat_of(request.rights, file.committee)  # type: ignore[attr-defined]
    form = InterestForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and seat is not None:
        person, interest = seat.person, form.interest

        def act() -> str:
            declare(file=file, person=person, interest=interest, by=person, at=clock.now())
            return address_of(file)

        try:
            return once(request, act)
        except OfItsGroup:
            form.add_error("has", _("You are of this project’s group: that is an interest."))
        except (Decided, NotAMember):
            form.add_error(None, _("This file is decided: no voice is added any more."))
        except StandsAside:
            return redirect(address_of(file))
    heading = _("“%(project)s” and you") % {"project": file.project}
    lead = _("Before you read the file: have you an interest in this project?")
    back = (file.committee.name, page_of(file.committee))
    return form_page(request, form, heading, back, lead=lead, save=_("Confirm"))


@door(opens=(a_file,), own=sits_over_it, name="its members")
def voice(request: HttpRequest, file: ProjectFile) -> HttpResponse:
    """A member's own voice; the last word counts until it is decided."""
    seat = seat_of(request.rights, file.committee)  # type: ignore[attr-defined]
    _member, mine = _my_voice(request.rights, file)  # type: ignore[attr-defined]
    said = mine is not None and mine.kind != Voice.Kind.FREE
    initial = {"kind": mine.kind, "words": mine.words} if mine and said else {}
    form = VoiceForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and seat is not None:
        person = seat.person

        def act() -> str:
            speak(file=file, person=person, **form.cleaned_data, by=person, at=clock.now())
            return address_of(file)

        try:
            return once(request, act)
        except (NotDeclared, StandsAside):
            return redirect(address_of(file))
        except (Decided, NotAMember):
            form.add_error(None, _("This file is decided: no voice is added any more."))
    elif mine is None or mine.kind == Voice.Kind.ASIDE:
        return redirect(address_of(file))
    back = (str(file.project), address_of(file))
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
        answer = _decide(request, file, form)
        if answer is not None:
            return answer
    heading = _("The decision on “%(project)s”") % {"project": file.project}
    return form_page(request, form, heading, (str(file.project), address_of(file)))


def _decide(request: HttpRequest, file: ProjectFile, form: DecisionForm) -> HttpResponse | None:
    """Note it; None where it is refused, with the reason in the form."""

    def act() -> str:
        decide(file=file, **form.decided, by=whoever(request), at=clock.now())
        return address_of(file)

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
            None, _("The project moved since its file was frozen: put it before a committee anew.")
        )
    return None
