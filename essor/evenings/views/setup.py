"""Setting an evening up: each page changes one thing and leads back to the desk."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from essor.evenings.actions.evening import (
    NotReady,
    QuestionAnswered,
    change_details,
    create_evening,
    move_evening,
    set_challenges,
    set_phases,
    set_questions,
    set_room,
)
from essor.evenings.doors import an_evening
from essor.evenings.forms.setup import (
    ChallengesForm,
    DetailsForm,
    PhaseFormSet,
    QuestionFormSet,
    RoomForm,
    phase_rows,
    phases_in_order,
    question_rows,
)
from essor.evenings.models import Evening
from essor.evenings.queries.next_steps import hall_now, whole_length
from essor.evenings.setup_pages import setup_tabs
from essor.evenings.states import MoveRefused
from essor.kit import clock
from essor.kit.once import once
from essor.kit.rewording import WrittenMeanwhile
from essor.people.hands import last_hand
from essor.people.models import Person
from essor.territories.doors import HOST, door
from essor.territories.models import Territory

MOVED: dict[str, Any] = {
    Evening.State.OPEN: gettext_lazy("Registration is open: the evening is announced."),
    Evening.State.CLOSED: gettext_lazy("Registration is closed. People can still be let in."),
    Evening.State.LIVE: gettext_lazy("The evening has begun."),
    Evening.State.OVER: gettext_lazy("The evening is over. Well done: thank people tomorrow."),
}
for_hosts = door(HOST, opens=(an_evening,))


@door(HOST)
def new_evening(request: HttpRequest) -> HttpResponseBase:
    """Name, date and place are enough to begin; the rest comes on the desk."""
    territory: Territory = request.territory  # type: ignore[attr-defined]
    name = territory.evening_name or _("Creative evening")
    form = DetailsForm(_posted(request), initial={"name": name, "capacity": 0})

    def act() -> str:
        made = create_evening(
            territory=territory, details=form.details, by=_who(request), at=clock.now()
        )
        return desk_of(made)

    if request.method == "POST" and form.is_valid():
        return once(request, act)
    return _page(request, None, form, "evenings/new_evening.html")


@for_hosts
def details(request: HttpRequest, evening: Evening) -> HttpResponseBase:
    form = DetailsForm(_posted(request), initial=DetailsForm.initial_of(evening))

    def write() -> None:
        form.look_again(evening, DetailsForm.initial_of)
        change_details(evening=evening, details=form.details, by=_who(request), at=clock.now())

    return _saved(request, evening, form, write, "changed") or _page(
        request, evening, form, "evenings/details.html"
    )


@for_hosts
def room(request: HttpRequest, evening: Evening) -> HttpResponseBase:
    form = RoomForm(_posted(request), initial=RoomForm.initial_of(evening))

    def write() -> None:
        form.look_again(evening, RoomForm.initial_of)
        set_room(evening=evening, room=form.room, by=_who(request), at=clock.now())

    return _saved(request, evening, form, write, "set_room") or _page(
        request, evening, form, "evenings/room.html", more={"hall": hall_now(evening)}
    )


@for_hosts
def challenges(request: HttpRequest, evening: Evening) -> HttpResponseBase:
    form = ChallengesForm(evening, _posted(request))

    def write() -> None:
        form.look_again(evening, ChallengesForm.initial_of)
        chosen = form.cleaned_data["challenges"]
        set_challenges(evening=evening, challenges=chosen, by=_who(request), at=clock.now())

    return _saved(request, evening, form, write, "set_challenges") or _page(
        request, evening, form, "evenings/evening_challenges.html"
    )


@for_hosts
def running_order(request: HttpRequest, evening: Evening) -> HttpResponseBase:
    forms = PhaseFormSet(_posted(request), initial=phase_rows(evening), prefix="phase")

    def write() -> None:
        forms.look_again(evening, phase_rows)
        phases = phases_in_order(forms)
        set_phases(evening=evening, phases=phases, by=_who(request), at=clock.now())

    more = {"whole": whole_length(evening)}
    return _saved(request, evening, forms, write, "set_phases") or _page(
        request, evening, forms, "evenings/running_order.html", more=more
    )


@for_hosts
def questions(request: HttpRequest, evening: Evening) -> HttpResponseBase:
    forms = QuestionFormSet(_posted(request), initial=question_rows(evening), prefix="question")

    def write() -> None:
        forms.look_again(evening, question_rows)
        wanted = [form.question for form in forms if form.cleaned_data and form.question]
        set_questions(evening=evening, questions=wanted, by=_who(request), at=clock.now())

    try:
        saved = _saved(request, evening, forms, write, "set_questions")
    except QuestionAnswered:
        messages.error(
            request,
            _("People answered this question already: its kind stays, and it stays."),
        )
        return _page(request, evening, forms, "evenings/questions.html", status=422)
    return saved or _page(request, evening, forms, "evenings/questions.html")


@for_hosts
@require_POST
def moves(request: HttpRequest, evening: Evening) -> HttpResponseBase:
    """Opening or closing registration, beginning and ending, by the state to move to."""
    to = request.POST.get("to", "")

    def act() -> str:
        move_evening(evening=evening, to=to, by=_who(request), at=clock.now())
        messages.success(request, str(MOVED[to]))
        return desk_of(evening)

    try:
        return once(request, act)
    except NotReady:
        messages.error(request, _("Something is missing before registration can open: see below."))
    except MoveRefused:
        messages.error(request, _("That does not follow from where the evening is now."))
    return redirect(desk_of(evening))


def desk_of(evening: Evening) -> str:
    return reverse("evenings:desk", args=[evening.territory.slug, evening.public_id])


def _saved(
    request: HttpRequest, evening: Evening, form: Any, write: Callable[[], None], verb: str
) -> HttpResponseBase | None:
    """Write what was posted and lead back to the desk; None where the page is shown (again)."""
    if request.method != "POST" or not form.is_valid():
        return None

    def act() -> str:
        write()
        return desk_of(evening)

    try:
        answer = once(request, act)
    except WrittenMeanwhile as news:
        form.tell(news, last_hand(evening, verb))
        return None
    messages.success(request, _("Saved."))
    return answer


def _page(
    request: HttpRequest,
    evening: Evening | None,
    form: Any,
    template: str,
    status: int = 0,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    wrong = form.is_bound and not form.is_valid()
    context = {"evening": evening, "form": form, **(more or {})}
    if evening:
        context["tabs"] = setup_tabs(request, evening)
    return render(request, template, context, status=status or (422 if wrong else 200))


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _who(request: HttpRequest) -> Person | None:
    person: Person | None = request.rights.person  # type: ignore[attr-defined]
    return person
