"""What hosts settle about their territory: first steps, identity, themes, spheres."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from essor.kit import clock
from essor.kit.navigation import settings_tabs
from essor.kit.once import once
from essor.kit.pieces import Count
from essor.kit.rewording import WrittenMeanwhile
from essor.people.hands import last_hand
from essor.territories.actions.territory import (
    Identity,
    TooManyPercent,
    choose_themes,
    rewrite_identity,
    set_logo,
    set_sphere_targets,
)
from essor.territories.doors import HOST, door
from essor.territories.forms import IdentityForm, SphereTargetsForm, ThemesForm
from essor.territories.forms.identity import with_proposals_taken
from essor.territories.models import Territory
from essor.territories.queries import first_steps


def settings_page(
    request: HttpRequest, template: str, form: Any, context: dict[str, Any] | None = None
) -> HttpResponse:
    """A page of the settings with its form; 422 where the form did not validate."""
    shown = {"form": form, "tabs": settings_tabs(request), **(context or {})}
    return render(request, template, shown, status=422 if form.errors else 200)


@door(HOST)
def start(request: HttpRequest) -> HttpResponse:
    """What to do first, in a territory that was just opened."""
    territory: Territory = request.territory  # type: ignore[attr-defined]
    return render(
        request,
        "territories/start.html",
        {"steps": first_steps(territory), "tabs": settings_tabs(request)},
    )


@door(HOST)
def identity(request: HttpRequest) -> HttpResponse:
    territory: Territory = request.territory  # type: ignore[attr-defined]
    known = asdict(Identity.of(territory))
    if request.method == "POST":
        form = IdentityForm(with_proposals_taken(request.POST), request.FILES, initial=known)
        if form.is_valid():
            try:
                return once(request, lambda: _rewrite(request, territory, form))
            except WrittenMeanwhile as news:
                form.tell(news, last_hand(territory, "rewritten"))
    else:
        form = IdentityForm(initial=known)
    return settings_page(request, "territories/identity.html", form)


def _rewrite(request: HttpRequest, territory: Territory, form: IdentityForm) -> str:
    by, at = request.visitor.person, clock.now()  # type: ignore[attr-defined]
    form.look_again(territory, lambda now: asdict(Identity.of(now)))
    rewrite_identity(territory=territory, identity=form.identity, by=by, at=at)
    if form.picture:
        set_logo(territory=territory, logo=form.picture, by=by, at=at)
    elif form.cleaned_data["remove_logo"]:
        set_logo(territory=territory, logo=None, by=by, at=at)
    messages.success(request, _("Kept."))
    return request.path


@door(HOST)
def themes(request: HttpRequest) -> HttpResponse:
    territory: Territory = request.territory  # type: ignore[attr-defined]
    form = ThemesForm(request.POST or None, territory=territory)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            form.look_again(territory, ThemesForm.words_of)
            choose_themes(
                territory=territory,
                themes=form.cleaned_data["themes"],
                new_names=form.cleaned_data["new"],
                by=request.visitor.person,  # type: ignore[attr-defined]
                at=clock.now(),
            )
            messages.success(request, _("Kept."))
            return request.path

        try:
            return once(request, act)
        except WrittenMeanwhile as news:
            form.tell(news, last_hand(territory, "themes_chosen"))
    return settings_page(request, "territories/themes.html", form)


@door(HOST)
def spheres(request: HttpRequest) -> HttpResponse:
    territory: Territory = request.territory  # type: ignore[attr-defined]
    form = SphereTargetsForm(request.POST or None, territory=territory)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            form.look_again(territory, form.words_of)
            set_sphere_targets(
                territory=territory,
                percents=form.percents,
                by=request.visitor.person,  # type: ignore[attr-defined]
                at=clock.now(),
            )
            messages.success(request, _("Kept."))
            return request.path

        try:
            return once(request, act)
        except WrittenMeanwhile as news:
            form.tell(news, last_hand(territory, "spheres_hoped"))
        except TooManyPercent as refusal:
            words = _("Together that makes %(total)s%%: bring it down to 100%% or less.")
            form.add_error(None, words % {"total": refusal.total})
    kept = [Count(each, percent) for each in form.spheres if (percent := form.hoped.get(each.pk))]
    total = sum(count.people for count in kept)
    shown = {"kept": kept, "kept_total": total}
    return settings_page(request, "territories/spheres.html", form, shown)
