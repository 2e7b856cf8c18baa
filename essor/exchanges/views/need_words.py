"""Saying what a project needs, wording it anew, saying that it was found."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from essor.exchanges.actions.needs import TooFew, end_need, reword_need, write_need
from essor.exchanges.doors import a_need, of_its_group, of_the_group
from essor.exchanges.forms.needs import EndingForm, NeedForm
from essor.exchanges.models import Need
from essor.kit import clock
from essor.kit.once import once
from essor.kit.rewording import WrittenMeanwhile
from essor.people.hands import last_hand
from essor.projects.actions.moves import end_of
from essor.projects.doors import a_project
from essor.projects.models import Project
from essor.territories.doors import HOST, door


def address_of(need: Need) -> str:
    return reverse("needs:need", args=[need.territory.slug, need.public_id])


@door(HOST, opens=(a_project,), own=of_the_group, name="host, the group")
def new(request: HttpRequest, project: Project) -> HttpResponse:
    """A new need of the project; then its page. One that joined another project asks there."""
    end = end_of(project)
    if end != project:
        return redirect("needs:new", project.territory.slug, end.public_id)
    form = NeedForm(request.POST or None, initial={"quantity": 1})
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            by = request.visitor.person  # type: ignore[attr-defined]
            return address_of(write_need(project=project, asked=form.asked, by=by, at=clock.now()))

        return once(request, act)
    return _page(request, project, form, _("What does the project need?"))


@door(HOST, opens=(a_need,), own=of_its_group, name="host, the group")
def wording(request: HttpRequest, need: Need) -> HttpResponse:
    """Word it anew, ask for more or less of it, say what became of it."""
    form = NeedForm(request.POST or None, initial=NeedForm.words_of(need))
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            by = request.visitor.person  # type: ignore[attr-defined]
            form.look_again(need, NeedForm.words_of)
            return address_of(reword_need(need=need, asked=form.asked, by=by, at=clock.now()))

        try:
            return once(request, act)
        except WrittenMeanwhile as news:
            form.tell(news, last_hand(need, "need_written", "need_reworded"))
        except TooFew as refusal:
            words = _("%(held)s are promised already: ask for that many at least.")
            form.add_error("quantity", words % {"held": refusal.held})
    return _page(request, need.project, form, _("Word this need anew"), need=need)


@door(HOST, opens=(a_need,), own=of_its_group, name="host, the group")
@require_POST
def ending(request: HttpRequest, need: Need) -> HttpResponse:
    """Found, no longer needed, or open again."""
    form = EndingForm(request.POST)
    if not form.is_valid():
        return redirect(address_of(need))

    def act() -> str:
        by = request.visitor.person  # type: ignore[attr-defined]
        end_need(need=need, ending=form.cleaned_data["ending"], by=by, at=clock.now())
        return address_of(need)

    return once(request, act)


def _page(
    request: HttpRequest, project: Project, form: NeedForm, heading: str, **context: object
) -> HttpResponse:
    status = 422 if form.is_bound else 200
    everything = {"project": project, "form": form, "heading": heading, **context}
    return render(request, "exchanges/need_words.html", everything, status=status)
