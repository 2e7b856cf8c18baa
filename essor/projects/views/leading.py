"""Who carries a project: the page of the hosts and of whoever leads, calls, naming, leaving."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from essor.kit import clock
from essor.kit.once import once
from essor.kit.rewording import WrittenMeanwhile
from essor.people.actions import welcome_person
from essor.people.hands import last_hand
from essor.projects.actions.leading import (
    CalledMeanwhile,
    CallOver,
    LeadsAlready,
    LeftAlready,
    call_for_leader,
    end_leadership,
    end_search,
    name_leader,
    reword_call,
)
from essor.projects.doors import a_leadership, a_project, is_their_own, leads_it
from essor.projects.forms.leading import CallForm, LeavingForm, NamingForm
from essor.projects.leading import (
    WAITING,
    answers_to,
    hostings_of,
    open_call,
    takes_answers,
    terms_of,
)
from essor.projects.models import LeaderCall, Leadership, Project
from essor.territories.doors import HOST, door

CALL = ("why", "asked", "opens_on", "closes_on", "decided_by")


def hub_of(project: Project) -> str:
    """The address of the page on which all this is looked after."""
    return reverse("projects:leader", args=[project.territory.slug, project.public_id])


@door(HOST, opens=(a_project,), own=leads_it, name="host, who leads the project")
def hub(request: HttpRequest, project: Project) -> HttpResponse:
    """Who leads, the call, hosting; answers and their people for the hosts alone."""
    call, terms = open_call(project), terms_of(project)
    is_host = request.rights.is_host  # type: ignore[attr-defined]
    context = {
        "project": project,
        "call": call,
        "takes_answers": takes_answers(call, clock.today()),
        "leaders": [each for each in terms if each.until is None],
        "former": [each for each in terms if each.until is not None],
        "answers": list(answers_to(project)) if is_host else [],
        "waiting": WAITING,
        "hostings": hostings_of(project),
        "is_host": is_host,
        "known": request.visitor.person,  # type: ignore[attr-defined]
        "today": clock.today(),
    }
    return render(request, "projects/leading.html", context)


@door(HOST, opens=(a_project,), own=leads_it, name="host, who leads the project")
def call(request: HttpRequest, project: Project) -> HttpResponse:
    """Open a call for a leader, or word the open one anew."""
    known = open_call(project)
    form = CallForm(request.POST or None, initial=_words_of(known))
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _call(request, project, known, form))
        except WrittenMeanwhile as news:
            form.tell(news, last_hand(project, "leader_wanted", "leader_reworded"))
        except CalledMeanwhile:
            form.add_error(
                None, _("Somebody opened a call meanwhile: look at it before you go on.")
            )
        except CallOver as refusal:
            form.add_error(None, how_it_ended(refusal.call))
    heading = _("Word the call anew") if known else _("Call for a leader")
    lead = _("All of it is public: on the project’s page, in the list of projects, in the news.")
    return form_page(request, project, form, heading, lead=lead)


def _call(request: HttpRequest, project: Project, known: LeaderCall | None, form: CallForm) -> str:
    by, at = request.visitor.person, clock.now()  # type: ignore[attr-defined]
    if known is None:
        call_for_leader(project=project, words=form.words, by=by, at=at)
    else:
        form.look_again(project, lambda now: _words_of(open_call(now) or known))
        reword_call(call=known, words=form.words, by=by, at=at)
    return hub_of(project)


def _words_of(call: LeaderCall | None) -> dict[str, Any]:
    """A call as its form shows it."""
    return {name: getattr(call, name) for name in CALL} if call else {"opens_on": clock.today()}


def how_it_ended(call: LeaderCall) -> str:
    """Who ended a call and when, for whoever comes second."""
    who = call.ended_by.name if call.ended_by else _("Somebody of the team")
    day = date_format(call.ended_at, "j F") if call.ended_at else ""
    if call.ending == LeaderCall.Ending.FOUND:
        return _("%(who)s ended this call on %(day)s: a leader was found.") % {
            "who": who,
            "day": day,
        }
    return _("%(who)s ended this call on %(day)s.") % {"who": who, "day": day}


@door(HOST, opens=(a_project,), own=leads_it, name="host, who leads the project")
@require_POST
def search_ending(request: HttpRequest, project: Project) -> HttpResponse:
    """No longer look for anybody."""

    def act() -> str:
        by = request.visitor.person  # type: ignore[attr-defined]
        end_search(project=project, by=by, at=clock.now())
        return hub_of(project)

    return once(request, act)


@door(HOST, opens=(a_project,))
def naming(request: HttpRequest, project: Project) -> HttpResponse:
    """Say who carries the project."""
    initial = {"since": clock.today()}
    form = NamingForm(request.POST or None, project=project, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _name(request, project, form))
        except LeadsAlready:
            form.add_error("of_group", _("This person carries the project already."))
    lead = _("Naming somebody ends the search; whoever answered is thanked by mail.")
    return form_page(request, project, form, _("Who carries the project?"), lead=lead)


def _name(request: HttpRequest, project: Project, form: NamingForm) -> str:
    by, at = request.visitor.person, clock.now()  # type: ignore[attr-defined]
    said = form.cleaned_data
    person = form.chosen or welcome_person(
        first_name=said["first_name"],
        last_name=said["last_name"],
        email=said["email"],
        language=(get_language() or "fr")[:2],
        by=by,
        at=at,
    )
    name_leader(
        project=project,
        person=person,
        since=said["since"],
        shows_name=said["shows_name"],
        by=by,
        at=at,
    )
    return hub_of(project)


@door(
    HOST,
    opens=(a_project, a_leadership),
    own=is_their_own,
    name="host, whoever leads",
)
def leaving(request: HttpRequest, project: Project, leadership: Leadership) -> HttpResponse:
    """Somebody no longer carries the project."""
    initial = {"until": clock.today()}
    form = LeavingForm(request.POST or None, leadership=leadership, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _leave(request, leadership, form))
        except LeftAlready:
            form.add_error(None, _("This was said already: nothing more to do."))
    name = leadership.person.name if leadership.person else _("somebody who left")
    heading = _("%(name)s hands the project over") % {"name": name}
    lead = _(
        "The project stays, with its address, its group and its story. When nobody else carries "
        "it, it says that a leader is wanted."
    )
    return form_page(request, project, form, heading, lead=lead)


def _leave(request: HttpRequest, leadership: Leadership, form: LeavingForm) -> str:
    by = request.visitor.person  # type: ignore[attr-defined]
    until = form.cleaned_data["until"]
    end_leadership(leadership=leadership, until=until, by=by, at=clock.now())
    project = leadership.project
    if request.rights.is_host:  # type: ignore[attr-defined]
        return hub_of(project)
    return reverse("projects:project", args=[project.territory.slug, project.public_id])


def form_page(
    request: HttpRequest, project: Project, form: Any, heading: str, **context: object
) -> HttpResponse:
    """A form of this page; 422 when it comes back with errors."""
    status = 422 if form.is_bound else 200
    everything = {
        "project": project, "form": form, "heading": heading, "back": hub_of(project), **context,
    }  # fmt: skip
    return render(request, "projects/steering.html", everything, status=status)
