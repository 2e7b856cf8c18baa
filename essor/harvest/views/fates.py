"""What becomes of ideas: one idea's fate, many at once, and the public page that tells them all."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from essor.harvest.actions.fates import JoinsItself, decide_fates
from essor.harvest.doors import a_harvest, an_idea
from essor.harvest.forms.fates import FateForm, ManyFatesForm
from essor.harvest.models import Fate, Group, Harvest, Idea
from essor.harvest.queries.fates import ON_THE_DESK, ideas_to_decide, outcomes_of
from essor.harvest.yes_and import wordings
from essor.kit import clock
from essor.kit.once import once
from essor.kit.pieces import Tab
from essor.territories.doors import HOST, door
from essor.territories.models import Territory


@door()
def outcomes(request: HttpRequest) -> HttpResponse:
    """What your ideas became, told to everybody with honest counts."""
    territory: Territory = request.territory  # type: ignore[attr-defined]
    asked, now = request.GET, clock.now()
    harvest = asked.get("harvest", "")
    found = outcomes_of(
        territory,
        today=timezone.localtime(now).date(),
        kind=asked.get("kind", ""),
        harvest=harvest,
        page=asked.get("page", "1"),
    )
    narrowed = f"&harvest={harvest}" if harvest in {h.public_id for h in found.harvests} else ""
    tabs = [
        Tab(str(Fate.Kind(kind).label), f"?kind={kind}{narrowed}", kind == found.kind, count, kind)
        for kind, count in found.counts.items()
    ]
    shown = {"found": found, "tabs": tabs, "at": now, "harvest_key": harvest,
             "query": f"kind={found.kind}{narrowed}&"}  # fmt: skip
    return render(request, "harvest/outcomes.html", shown)


@door(HOST, opens=(a_harvest, an_idea))
def fate(request: HttpRequest, harvest: Harvest, idea: Idea) -> HttpResponse:
    """Decide what becomes of one idea; the button ``start`` fills in a suggested wording."""
    territory: Territory = request.territory  # type: ignore[attr-defined]
    current = idea.fates.filter(replaced_at=None).first()
    begun = _begun(request)
    sent = None if begun else request.POST or None
    form = FateForm(sent, harvest=harvest, ideas=[idea], initial=begun or _decided(current))

    def act() -> str:
        by, at = request.visitor.person, clock.now()  # type: ignore[attr-defined]
        decide_fates(ideas=[idea], decision=form.decision, by=by, at=at)
        messages.success(request, _("Kept. Its author is told in the next digest."))
        return reverse("harvest:idea", args=[territory.slug, harvest.public_id, idea.public_id])

    if form.is_bound and form.is_valid():
        try:
            return once(request, act)
        except JoinsItself:
            form.add_error("into", _("That idea already joined this one."))
    shown = {"harvest": harvest, "idea": idea, "form": form, "current": current,
             "starts": _starts(str(form["kind"].value() or ""))}  # fmt: skip
    return render(request, "harvest/fate.html", shown, status=422 if form.errors else 200)


@door(HOST, opens=(a_harvest,))
def fates(request: HttpRequest, harvest: Harvest) -> HttpResponse:
    """The ideas that await an answer, the oldest promise first; one decision for all ticked ones."""
    group, show = _group(request, harvest), request.GET.get("show", "awaited")
    found = ideas_to_decide(harvest, show=show, group=group)
    ideas = [_inside(harvest, idea) for idea in found[:ON_THE_DESK]]
    begun = _begun(request)
    sent = None if begun else request.POST or None
    start = begun or {"chosen": [idea.public_id for idea in ideas] if group else []}
    form = ManyFatesForm(sent, harvest=harvest, ideas=ideas, initial=start)

    def act() -> str:
        by, at = request.visitor.person, clock.now()  # type: ignore[attr-defined]
        chosen = form.cleaned_data["chosen"]
        changed = decide_fates(ideas=chosen, decision=form.decision, by=by, at=at)
        words = ngettext("Kept for %(n)s idea.", "Kept for %(n)s ideas.", len(changed))
        messages.success(request, words % {"n": len(changed)})
        return reverse("harvest:fates", args=[harvest.territory.slug, harvest.public_id])

    if form.is_bound and form.is_valid():
        try:
            return once(request, act)
        except JoinsItself:
            form.add_error("into", _("That idea already joined one of these."))
    shown = {"harvest": harvest, "ideas": ideas, "form": form, "group": group,
             "total": found.count(), "ticked": form["chosen"].value() or [],
             "today": timezone.localtime(clock.now()).date(), "tabs": _tabs(show, group),
             "starts": _starts(str(form["kind"].value() or ""))}  # fmt: skip
    return render(request, "harvest/fates.html", shown, status=422 if form.errors else 200)


def _inside(harvest: Harvest, idea: Idea) -> Idea:
    """The idea with the harvest it was found in, which spares asking for it again."""
    idea.harvest, idea.territory = harvest, harvest.territory
    return idea


def _group(request: HttpRequest, harvest: Harvest) -> Group | None:
    key = request.GET.get("group", "")
    return Group.objects.filter(harvest=harvest, public_id=key).first() if key else None


def _begun(request: HttpRequest) -> dict[str, Any] | None:
    """The form with the suggested wording whose button was pressed; nothing is kept yet."""
    kind, _colon, number = request.POST.get("start", "").partition(":")
    known = wordings(kind)
    if not number.isdecimal() or int(number) >= len(known):
        return None
    typed = {name: request.POST.get(name, "") for name in ("due_on", "into")}
    chosen = request.POST.getlist("chosen")
    return {"kind": kind, "why": known[int(number)], "chosen": chosen, **typed}


def _decided(current: Fate | None) -> dict[str, Any]:
    """What the form begins with: what was decided before, if anything."""
    if current is None or not current.settled:
        return {}
    into = current.merged_into.public_id if current.merged_into else ""
    return {"kind": current.kind, "why": current.why, "due_on": current.due_on, "into": into}


def _starts(kind: str) -> list[tuple[str, int, str, bool]]:
    """All suggested wordings as (kind, number, words, is this kind chosen now)."""
    return [
        (each, number, words, each == kind)
        for each in (Fate.Kind.LATER, Fate.Kind.DECLINED, Fate.Kind.MERGED)
        for number, words in enumerate(wordings(each))
    ]


def _tabs(show: str, group: Group | None) -> list[Tab]:
    labels = {"awaited": _("Awaited"), "later": _("Kept for later"), "answered": _("Answered")}
    return [
        Tab(label, f"?show={each}", each == show and group is None)
        for each, label in labels.items()
    ]
