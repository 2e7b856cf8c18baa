"""One commitment: making it, looking at one's own, releasing it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from essor.exchanges.actions.commitments import MoveNotAllowed, change_state
from essor.exchanges.actions.thanks import NotThanked, show_thanks
from essor.exchanges.doors import a_commitment, holds_commitment
from essor.exchanges.forms.commitments import CommitmentForm, ThanksForm
from essor.exchanges.models import Commitment, Thanks
from essor.exchanges.promising import keep_promise, link_token
from essor.exchanges.queries.commitments import helped
from essor.exchanges.states import State, may_become
from essor.kit import clock
from essor.kit.limits import TooOften
from essor.kit.once import once
from essor.ledger.kept import kept
from essor.people.links import link_address
from essor.projects.models import Project
from essor.territories.doors import HOST, door
from essor.territories.models import Territory


def targets_of(territory: Territory, project: Project | None) -> list[tuple[str, str]]:
    """To whom a promise may go from this page: the project it was opened from, or the territory."""
    whole = ("", _("to the territory: where it is most useful"))
    return [(project.public_id, str(project)), whole] if project else [whole]


@kept
@door()
def new(request: HttpRequest) -> HttpResponse:
    """Commit from a project's page, or to the territory."""
    territory = request.territory  # type: ignore[attr-defined]
    key = request.POST.get("to", request.GET.get("project", ""))
    project = helped(territory, key)
    said = request.POST.copy()
    if project is not None and "to" in said:
        said["to"] = project.public_id
    form = CommitmentForm(
        said or None,
        targets=targets_of(territory, project),
        known=request.visitor.recognised,  # type: ignore[attr-defined]
        initial={
            "to": project.public_id if project else "",
            "what": request.GET.get("what", "")[:300],
        },
    )
    if request.method == "POST" and form.is_valid():
        chosen = project if form.cleaned_data["to"] else None
        try:
            return keep_promise(request, form, territory=territory, project_of=lambda: chosen)
        except TooOften as refusal:
            form.add_error(None, too_often(refusal))
    return promise_page(request, form, project=project)


def too_often(refusal: TooOften) -> str:
    return _(
        "Many commitments came from this phone. Try again after %(time)s, or tell the team."
    ) % {"time": f"{timezone.localtime(refusal.retry_at):%H:%M}"}


def promise_page(request: HttpRequest, form: CommitmentForm, **context: object) -> HttpResponse:
    """The page of the form; 422 when it comes back with errors."""
    status = 422 if form.is_bound else 200
    return render(request, "exchanges/new.html", {"form": form, **context}, status=status)


@door(HOST, opens=(a_commitment,), own=holds_commitment)
def commitment(request: HttpRequest, commitment: Commitment) -> HttpResponse:
    """One's promise: thanks, what was promised, the way to release it."""
    return _one(request, commitment, None)


@door(opens=(a_commitment,), own=holds_commitment, name="whoever promised")
def thanks(request: HttpRequest, commitment: Commitment) -> HttpResponse:
    """Whether the thanks may be read by all: with one's name, without, or not at all."""
    form = ThanksForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _show(commitment, form))
        except NotThanked:
            form.add_error(None, _("Nobody has thanked for it yet."))
    return _one(request, commitment, form if request.method == "POST" else None)


def _show(commitment: Commitment, form: ThanksForm) -> str:
    show_thanks(commitment=commitment, **form.cleaned_data, by=commitment.person, at=clock.now())
    return address_of(commitment)


def _one(request: HttpRequest, commitment: Commitment, form: ThanksForm | None) -> HttpResponse:
    token = link_token(request, commitment)
    said = Thanks.objects.select_related("said_by").filter(commitment=commitment).first()
    name = said.name if said and said.name else commitment.person.first_name
    initial = {"showing": said.showing if said else "", "name": name}
    context = {
        "thanks": said,
        "form": form or ThanksForm(initial=initial),
        "commitment": commitment,
        "mine": holds_commitment(request.rights, commitment=commitment),  # type: ignore[attr-defined]
        "may_release": may_become(commitment, State.RELEASED),
        "link": link_address(token) if token else "",
    }
    status = 422 if form else 200
    return render(request, "exchanges/commitment.html", context, status=status)


@door(opens=(a_commitment,), own=holds_commitment, name="whoever promised")
def release(request: HttpRequest, commitment: Commitment) -> HttpResponse:
    """Release one's own promise: a page that asks once, no reason wanted, then the act."""
    if request.method == "POST":
        try:
            return once(request, lambda: _release(commitment))
        except MoveNotAllowed:
            commitment.refresh_from_db()
    context = {"commitment": commitment, "may_release": may_become(commitment, State.RELEASED)}
    status = 422 if request.method == "POST" else 200
    return render(request, "exchanges/release.html", context, status=status)


def _release(commitment: Commitment) -> str:
    change_state(commitment=commitment, state=State.RELEASED, by=commitment.person, at=clock.now())
    return address_of(commitment)


def address_of(commitment: Commitment) -> str:
    return reverse("exchanges:commitment", args=[commitment.territory.slug, commitment.public_id])
