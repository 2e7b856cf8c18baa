"""Pledging to a project from its private room, and the project's answer."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import resolve, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from essor.exchanges.actions.commitments import MoveNotAllowed, change_state, give_more_time
from essor.exchanges.actions.needs import NotThatMany
from essor.exchanges.doors import COMMITMENT
from essor.exchanges.forms.commitments import MORE_TIME, AnswerForm
from essor.exchanges.states import LIVING, host_moves
from essor.kit import clock
from essor.kit.limits import TooOften, spend
from essor.kit.once import once
from essor.people.actions import welcome_person
from essor.people.models import Person
from essor.people.views.links import private
from essor.people.visitor import PERSON
from essor.projects.doors import a_project
from essor.projects.models import Project
from essor.support.actions.pledges import pledge as pledge_it
from essor.support.actions.private_rooms import RoomClosed
from essor.support.forms.pledges import PledgeForm
from essor.support.models import Funder, Pledge, PrivateRoom
from essor.support.money import euros
from essor.support.room_doors import a_pledge, keeps_its_room, reads_it
from essor.support.views.private_rooms import address_of, back_to, its_room, whoever_keeps
from essor.territories.doors import HOST, door

A_DEVICE, HOUR = 20, timedelta(hours=1)


@door(HOST, opens=(a_project,), own=reads_it, name="host, who leads it, a secret link")
def new_pledge(request: HttpRequest, project: Project) -> HttpResponse:
    """A partner pledges: nothing is paid here, and it may be taken back at any time."""
    room = its_room(project)
    lines = [each for each in room.lines.order_by("id") if each.left > 0]
    known = request.visitor.recognised  # type: ignore[attr-defined]
    form = PledgeForm(request.POST or None, lines=lines, known=known)
    if request.method == "POST" and form.is_valid():
        try:
            return private(_keep(request, room, form))
        except NotThatMany as refusal:
            words = _(
                "Only %(left)s are still missing there: pledge as much, or choose another line."
            )
            form.add_error("amount", words % {"left": euros(refusal.left)})
        except RoomClosed:
            form.add_error(None, _("The project takes no pledges now."))
        except TooOften:
            form.add_error(None, _("Many pledges came from here: try again in an hour."))
    context = {
        "project": project, "room": room, "form": form, "back": back_to(project),
        "takes_pledges": room.is_open and project.condition == Project.Condition.AWAKE,
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return private(render(request, "support/pledge.html", context, status=status))


def _keep(request: HttpRequest, room: PrivateRoom, form: PledgeForm) -> HttpResponse:
    """Keep what a valid form pledges, once, and lead to the page that thanks for it."""
    at, visitor = clock.now(), request.visitor  # type: ignore[attr-defined]
    territory = room.project.territory

    def act() -> str:
        spend(f"pledge:{visitor.device}", limit=A_DEVICE, window=HOUR, at=at)
        person = form.known or _who(form)
        funder = Funder.objects.filter(territory=territory, person=person, left_at=None).first()
        made, _token = pledge_it(
            room=room, person=person, said=form.said, line=form.cleaned_data["line"],
            funder=funder, by=person, at=at,
        )  # fmt: skip
        if form.known is None:
            visitor.give_key(PERSON, person.public_id)
        visitor.give_key(COMMITMENT, made.commitment.public_id)
        return reverse("exchanges:commitment", args=[territory.slug, made.commitment.public_id])

    answer = once(request, act)
    # A form sent twice may come back without the cookie of its first answer: its act key proves it.
    visitor.give_key(COMMITMENT, resolve(answer.url).kwargs["commitment"])
    return answer


def _who(form: PledgeForm) -> Person:
    names = ("first_name", "last_name", "organisation", "email")
    said = {name: form.cleaned_data[name] for name in names}
    language = (get_language() or "fr")[:2]
    return welcome_person(**said, by=None, at=clock.now(), language=language)


@door(HOST, opens=(a_pledge,), own=keeps_its_room, name="host, who leads it")
def pledge(request: HttpRequest, pledge: Pledge) -> HttpResponse:
    """What the project answers: confirmed, kept, thank you, it lapsed, or a later day."""
    form, commitment = AnswerForm(request.POST or None), pledge.commitment
    trouble = ""
    if request.method == "POST" and form.is_valid():
        try:
            return private(once(request, lambda: _answer(request, pledge, form)))
        except NotThatMany:
            trouble = _("Others have pledged it meanwhile: not that much is missing any more.")
        except MoveNotAllowed:
            commitment.refresh_from_db()
            trouble = _("This pledge changed meanwhile; look again.")
    context = {
        "pledge": pledge,
        "commitment": commitment,
        "project": pledge.room.project,
        "moves": host_moves(commitment),
        "more_time": MORE_TIME if commitment.state in LIVING else "",
        "form": form,
        "trouble": trouble,
        "back": back_to(pledge.room.project),
    }
    status = 422 if request.method == "POST" else 200
    return private(render(request, "support/pledge_answer.html", context, status=status))


def _answer(request: HttpRequest, pledge: Pledge, form: AnswerForm) -> str:
    by, at = whoever_keeps(request, pledge.room.project), clock.now()
    state, commitment = form.cleaned_data["state"], pledge.commitment
    if state == MORE_TIME:
        give_more_time(commitment=commitment, until=form.cleaned_data["until"], by=by, at=at)
    elif state in host_moves(commitment):
        words = form.cleaned_data["words"]
        change_state(commitment=commitment, state=state, words=words, by=by, at=at)
    else:
        raise MoveNotAllowed
    return f"{address_of(pledge.room.project)}#pledges"
