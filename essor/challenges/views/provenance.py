"""Which ideas feed a challenge: wording from a group, adding, letting go, merging, splitting."""

from contextlib import suppress

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.challenges.actions import word_challenge
from essor.challenges.actions.feeding import (
    MergedAlready,
    feed_challenge,
    feeding_ideas,
    release_ideas,
)
from essor.challenges.actions.merging import (
    CannotMerge,
    merge_challenge,
    split_challenge,
)
from essor.challenges.doors import a_challenge, a_group_to_word
from essor.challenges.forms.ideas import FromIdeasForm, MergerForm, MoreIdeasForm, SplitForm
from essor.challenges.models import Challenge
from essor.challenges.provenance import close_work, ideas_in, provenance_of
from essor.challenges.views.challenge import address_of
from essor.harvest.models import Group
from essor.kit import clock
from essor.kit.once import answered, once
from essor.territories.doors import HOST, door
from essor.territories.models import Territory


@door(HOST, opens=(a_group_to_word,))
def from_group(request: HttpRequest, group: Group) -> HttpResponse:
    """Word a challenge with a group's ideas beside it, and what already exists close to it."""
    territory: Territory = request.territory  # type: ignore[attr-defined]
    ideas = ideas_in(group)
    form = FromIdeasForm(request.POST or None, territory=territory, ideas=ideas, name=group.name)
    looking = "look" in request.POST

    def act() -> str:
        kept = word_challenge(
            territory=territory,
            wording=form.wording,
            ideas=form.chosen,
            group=group.name,
            by=request.visitor.person,  # type: ignore[attr-defined]
            at=clock.now(),
        )
        messages.success(request, _("Kept as a draft: your team alone sees it."))
        return reverse("challenges:elsewhere", args=[territory.slug, kept.public_id])

    if request.method == "POST" and not looking and form.is_valid():
        return once(request, act)
    words = [str(form["question"].value()), group.name, *(idea.words for idea in ideas)]
    shown = {"form": form, "group": group, "ideas": ideas,
             "close": close_work(words, territory=territory)}  # fmt: skip
    wrong = bool(form.is_bound and not looking)
    return render(request, "challenges/from_group.html", shown, status=422 if wrong else 200)


@door(HOST, opens=(a_challenge,))
def ideas(request: HttpRequest, challenge: Challenge) -> HttpResponse:
    """The ideas behind a challenge: add those of a group (POST ``group``), let one go (``release``)."""
    territory: Territory = request.territory  # type: ignore[attr-defined]
    if (before := answered(request)) is not None:
        return before
    here = reverse("challenges:ideas", args=[territory.slug, challenge.public_id])
    by, known = request.visitor.person, feeding_ideas(challenge)  # type: ignore[attr-defined]
    form = MoreIdeasForm(request.POST or None, territory=territory)
    leaving = [each for each in known if each.public_id == request.POST.get("release")]

    def let_go() -> str:
        release_ideas(challenge=challenge, ideas=leaving, by=by, at=clock.now())
        return here

    def add() -> str:
        group: Group = form.cleaned_data["group"]
        feed_challenge(
            challenge=challenge, ideas=ideas_in(group), group=group.name, by=by, at=clock.now()
        )
        return here

    if request.method == "POST" and leaving:
        return once(request, let_go)
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, add)
        except MergedAlready:
            form.add_error("group", _("This challenge joined another one: add the ideas there."))
    shown = {"challenge": challenge, "form": form, "born": provenance_of(challenge, for_team=True)}
    return render(request, "challenges/ideas.html", shown, status=422 if form.errors else 200)


@door(HOST, opens=(a_challenge,))
def merger(request: HttpRequest, challenge: Challenge) -> HttpResponse:
    """Make this challenge a part of another one."""
    territory: Territory = request.territory  # type: ignore[attr-defined]
    form = MergerForm(request.POST or None, challenge=challenge)
    challenge.territory = territory

    def act() -> str:
        into = form.cleaned_data["into"]
        with suppress(MergedAlready):
            by, at = request.visitor.person, clock.now()  # type: ignore[attr-defined]
            merge_challenge(challenge=challenge, into=into, by=by, at=at)
            messages.success(request, _("Merged: every idea keeps its trail."))
        return address_of(into, territory)

    if request.method == "POST" and form.is_valid():
        try:
            return once(request, act)
        except CannotMerge as trouble:
            form.add_error("into", str(trouble.why))
    born = provenance_of(challenge, for_team=True)
    shown = {"challenge": challenge, "form": form, "born": born}
    return render(request, "challenges/merger.html", shown, status=422 if form.errors else 200)


@door(HOST, opens=(a_challenge,))
def split(request: HttpRequest, challenge: Challenge) -> HttpResponse:
    """Take some of the ideas out into a challenge of their own."""
    territory: Territory = request.territory  # type: ignore[attr-defined]
    challenge.territory = territory
    if (before := answered(request)) is not None:
        return before
    form = SplitForm(request.POST or None, challenge=challenge, ideas=feeding_ideas(challenge))

    def act() -> str:
        made = split_challenge(
            challenge=challenge,
            ideas=form.chosen,
            wording=form.wording,
            by=request.visitor.person,  # type: ignore[attr-defined]
            at=clock.now(),
        )
        messages.success(request, _("Kept as a draft: your team alone sees it."))
        return address_of(made, territory)

    if request.method == "POST" and form.is_valid():
        return once(request, act)
    shown = {"challenge": challenge, "form": form}
    return render(request, "challenges/split.html", shown, status=422 if form.errors else 200)
