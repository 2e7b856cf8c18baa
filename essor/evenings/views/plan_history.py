"""Going back and forth between plans, keeping some under a name, publishing one, files."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from essor.algos.seating import BadPlan, NoSeat
from essor.evenings.actions.pins import weigh_mix
from essor.evenings.actions.plans import (
    PlanChanged,
    PlanRefused,
    import_plan,
    name_plan,
    plan_in_hand,
    seat_the_rest,
    take_up_plan,
)
from essor.evenings.actions.publication import (
    PublishedMeanwhile,
    TooLate,
    publish_plan,
    published_plan,
)
from essor.evenings.doors import an_evening
from essor.evenings.forms.plans import MixForm, NameForm, PlanFileForm
from essor.evenings.models import Evening, Plan
from essor.evenings.planning.compare import kept_page, publication_page
from essor.evenings.planning.doors import a_plan
from essor.evenings.planning.problem import mix_of, problem_document
from essor.evenings.planning.words import broken_in_words
from essor.evenings.queries.plans import room_of
from essor.evenings.views.plan import host_of, plan_url
from essor.kit import clock
from essor.kit.once import once
from essor.territories.doors import HOST, door


def kept_url(evening: Evening) -> str:
    return reverse("evenings:plans", args=[evening.territory.slug, evening.public_id])


@door(HOST, opens=(an_evening,), redirects=True)
@require_POST
def plan_steps(request: HttpRequest, evening: Evening) -> HttpResponse:
    """Undo, redo, or take up a kept plan again."""
    wanted = Plan.objects.filter(evening=evening, public_id=request.POST.get("plan", "")).first()

    def step() -> str:
        if wanted is None:
            raise PlanChanged(None)
        take_up_plan(evening=evening, seen=request.POST.get("seen", ""), plan=wanted,
                     by=host_of(request), at=clock.now())  # fmt: skip
        return plan_url(evening)

    try:
        return once(request, step)
    except PlanChanged:
        messages.warning(request, _("The plan was changed meanwhile. Look at it, then decide."))
        return redirect(plan_url(evening))


@door(HOST, opens=(an_evening,), redirects=True)
@require_POST
def plan_rest(request: HttpRequest, evening: Evening) -> HttpResponse:
    """Seat those who registered since the plan was made, moving nobody else."""

    def seat() -> str:
        plan = seat_the_rest(evening=evening, seen=request.POST.get("seen", ""),
                             by=host_of(request), at=clock.now())  # fmt: skip
        count = plan.change.get("people", 0)
        messages.success(
            request,
            ngettext("%(count)d newcomer has a seat; nobody else moved.",
                     "%(count)d newcomers have a seat; nobody else moved.", count)
            % {"count": count},
        )  # fmt: skip
        return plan_url(evening)

    try:
        return once(request, seat)
    except PlanChanged:
        messages.warning(request, _("The plan was changed meanwhile. Look at it, then decide."))
    except NoSeat:
        messages.warning(
            request, _("Not everybody finds a seat this way: compute the plan again instead.")
        )
    return redirect(plan_url(evening))


@door(HOST, opens=(an_evening,))
def plans(request: HttpRequest, evening: Evening) -> HttpResponse:
    """Kept plans side by side; a plan from a file joins them here."""
    form = PlanFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _bring(request, evening, form))
        except BadPlan as bad:
            for line in bad.messages[:5]:
                form.add_error("file", _("This plan cannot be read: %(why)s") % {"why": line})
        except PlanRefused as refused:
            names = room_of(evening, None).names
            for line in broken_in_words(refused.broken[:8], names):
                form.add_error("file", line)
    context = {**kept_page(evening), "file_form": form}
    return render(request, "evenings/plans.html", context, status=422 if form.errors else 200)


def _bring(request: HttpRequest, evening: Evening, form: PlanFileForm) -> str:
    import_plan(
        evening=evening,
        data=form.cleaned_data["file"],
        name=str(request.FILES["file"])[:120],
        by=host_of(request),
        at=clock.now(),
    )
    messages.success(request, _("Every rule holds: this is now the plan at hand."))
    return plan_url(evening)


@door(HOST, opens=(an_evening, a_plan))
def plan_name(request: HttpRequest, evening: Evening, plan: Plan) -> HttpResponse:
    """Give a plan a name, so that it is kept and compared."""
    form = NameForm(request.POST or None, initial={"name": plan.name})
    if request.method == "POST" and form.is_valid():

        def name() -> str:
            name_plan(plan=plan, name=form.cleaned_data["name"], by=host_of(request),
                      at=clock.now())  # fmt: skip
            return kept_url(evening)

        return once(request, name)
    context = {"evening": evening, "plan": plan, "form": form}
    return render(request, "evenings/plan_name.html", context, status=422 if form.errors else 200)


@door(HOST, opens=(an_evening,))
def plan_mix(request: HttpRequest, evening: Evening) -> HttpResponse:
    """How much each thing is mixed."""
    form = MixForm(request.POST or None, mix=mix_of(evening))
    if request.method == "POST" and form.is_valid():

        def weigh() -> str:
            weigh_mix(evening=evening, weights=form.weights(), by=host_of(request), at=clock.now())
            messages.success(request, _("Kept. Compute the plan again to follow it."))
            return plan_url(evening)

        return once(request, weigh)
    context = {"evening": evening, "form": form}
    return render(request, "evenings/plan_mix.html", context, status=422 if form.errors else 200)


@door(HOST, opens=(an_evening,))
def plan_publication(request: HttpRequest, evening: Evening) -> HttpResponse:
    """Publish the plan in hand: first what it does, then one act."""
    plan = plan_in_hand(evening)
    if plan is None:
        messages.info(request, _("There is no plan yet: compute one first."))
        return redirect(plan_url(evening))
    plan.evening, trouble = evening, ""
    if request.method == "POST":
        try:
            return once(request, lambda: _publish(request, evening, plan))
        except TooLate:
            trouble = _("The evening is under way: seats now change at the door.")
        except PlanChanged:
            trouble = _("The plan was changed meanwhile. Look at it, then decide.")
        except PublishedMeanwhile as told:
            trouble = _("%(who)s published another plan meanwhile. Nothing was overwritten.") % {
                "who": told.plan.made_by.short_name if told.plan and told.plan.made_by else "?"
            }
    context: dict[str, Any] = {
        **publication_page(evening, plan, published_plan(evening)), "trouble": trouble
    }  # fmt: skip
    status = 422 if trouble else 200
    return render(request, "evenings/plan_publication.html", context, status=status)


def _publish(request: HttpRequest, evening: Evening, plan: Plan) -> str:
    if plan.public_id != request.POST.get("plan", ""):
        raise PlanChanged(plan)
    publish_plan(plan=plan, seen=request.POST.get("seen", ""), by=host_of(request), at=clock.now())
    messages.success(request, _("Published: tickets, lists and phones now show these tables."))
    return plan_url(evening)


@door(HOST, opens=(an_evening,))
def plan_problem(request: HttpRequest, evening: Evening) -> HttpResponse:
    """The evening as a file that `essor seat` computes elsewhere."""
    plan = plan_in_hand(evening)
    document = problem_document(evening, asks=plan.asks if plan else None)
    return _file(document, f"evening-{evening.public_id}.json")


@door(HOST, opens=(an_evening, a_plan))
def plan_document(request: HttpRequest, evening: Evening, plan: Plan) -> HttpResponse:
    """A plan as a file."""
    return _file(plan.document, f"plan-{plan.public_id}.json")


def _file(document: dict[str, Any], name: str) -> HttpResponse:
    answer = JsonResponse(document, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
