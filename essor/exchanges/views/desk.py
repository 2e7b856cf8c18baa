"""The host team's list of commitments: a human answers each within ten days."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from essor.exchanges.actions.commitments import MoveNotAllowed, change_state, give_more_time
from essor.exchanges.actions.needs import NotThatMany
from essor.exchanges.doors import a_commitment, follows_it_up
from essor.exchanges.forms.commitments import MORE_TIME, AnswerForm
from essor.exchanges.models import Commitment
from essor.exchanges.queries import commitments as queries
from essor.exchanges.queries.calls import calls_of
from essor.exchanges.states import LIVING, State, host_moves
from essor.kit import clock
from essor.kit.once import once
from essor.kit.pieces import Tab
from essor.territories.doors import HOST, door

A_PAGE = 20
MOVE_WORDS: dict[str, Any] = {
    State.ACCEPTED: _lazy("We take it up"),
    State.KEPT: _lazy("It was kept"),
    State.LAPSED: _lazy("It lapsed"),
    State.THANKED: _lazy("Say thank you"),
}
"""What the buttons of an answer say."""


@door(HOST)
def desk(request: HttpRequest) -> HttpResponse:
    territory = request.territory  # type: ignore[attr-defined]
    show = request.GET.get("show", "to-answer")
    show = show if show in queries.FILTERS else "to-answer"
    at = clock.now()
    found = queries.desk(territory, show=show, today=clock.today())
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "show": show,
        "tabs": _tabs(show),
        "late_before": at - queries.CALL_WITHIN,
        "late": queries.late(territory, at),
        "today": clock.today(),
        "foot": "exchanges/_desk_foot.html",  # below each commitment
    }
    return render(request, "exchanges/desk.html", context)


def _tabs(show: str) -> list[Tab]:
    return [
        Tab(str(label), f"?show={key}", current=key == show)
        for key, label in queries.FILTERS.items()
    ]


@door(HOST, opens=(a_commitment,), own=follows_it_up, name="host, who leads the project")
def answer(request: HttpRequest, commitment: Commitment) -> HttpResponse:
    """What the team does with a commitment: take it up, say that it was kept, thank, let it lapse."""
    form = AnswerForm(request.POST or None)
    trouble = ""
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _answer(request, commitment, form))
        except NotThatMany:
            trouble = _("Others have brought it meanwhile: not that much is missing any more.")
        except MoveNotAllowed:
            commitment.refresh_from_db()
            trouble = _("This commitment changed meanwhile; look again.")
    context = {
        "commitment": commitment,
        "moves": [(state, MOVE_WORDS[state]) for state in host_moves(commitment)],
        "more_time": MORE_TIME if commitment.state in LIVING else "",
        "form": form,
        "trouble": trouble,
        "desk": request.rights.is_host,  # type: ignore[attr-defined]
        "calls": calls_of(commitment) if request.rights.is_host else [],  # type: ignore[attr-defined]
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "exchanges/answer.html", context, status=status)


def _answer(request: HttpRequest, commitment: Commitment, form: AnswerForm) -> str:
    by, at = request.visitor.person, clock.now()  # type: ignore[attr-defined]
    if form.cleaned_data["state"] == MORE_TIME:
        give_more_time(commitment=commitment, until=form.cleaned_data["until"], by=by, at=at)
    else:
        state = _allowed(commitment, form.cleaned_data["state"])
        words = form.cleaned_data["words"]
        change_state(commitment=commitment, state=state, words=words, by=by, at=at)
    slug = commitment.territory.slug
    if request.rights.is_host:  # type: ignore[attr-defined]
        return reverse("exchanges:desk", args=[slug])
    assert commitment.project is not None, "whoever is no host leads its project"
    return reverse("projects:project", args=[slug, commitment.project.public_id])


def _allowed(commitment: Commitment, state: str) -> str:
    """Releasing belongs to whoever promised: a host cannot do it in their place."""
    if state not in host_moves(commitment):
        raise MoveNotAllowed
    return state
