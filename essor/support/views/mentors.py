"""Mentors: the team's list, asking one, a mentor's own page, putting one beside a project."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from essor.kit import clock
from essor.kit.once import once
from essor.kit.rewording import WrittenMeanwhile
from essor.people.hands import last_hand
from essor.support.actions.mentors import (
    AlreadyTogether,
    MentorAlready,
    MentorFull,
    NotReady,
    agree,
    ask_mentor,
    end_mentoring,
    leave,
    match_mentor,
    reword_offer,
)
from essor.support.doors import a_mentor, a_mentoring, is_the_mentor, whoever_acts
from essor.support.forms.mentors import AskForm, EndingForm, MatchForm, OfferForm
from essor.support.models import Mentor, Mentoring
from essor.support.queries.mentors import living_of, mentors_of
from essor.support.views.page import form_page, tabs, whoever
from essor.territories.doors import HOST, door
from essor.territories.models import Territory

WHO = "host, the mentor"


def address_of(mentor: Mentor) -> str:
    return reverse("support:mentor", args=[mentor.territory.slug, mentor.public_id])


def _list(territory: Territory) -> str:
    return reverse("support:mentors", args=[territory.slug])


@door(HOST)
def mentors(request: HttpRequest) -> HttpResponse:
    """Who offers what, who has room; those who have not answered yet last."""
    territory: Territory = request.territory  # type: ignore[attr-defined]
    found = list(mentors_of(territory))
    context = {
        "ready": [each for each in found if each.is_ready],
        "asked": [each for each in found if not each.is_ready],
        "tabs": tabs(territory, "support:mentors"),
    }
    return render(request, "support/mentors.html", context)


@door(HOST)
def new_mentor(request: HttpRequest) -> HttpResponse:
    territory: Territory = request.territory  # type: ignore[attr-defined]
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            by, at = whoever(request), clock.now()
            ask_mentor(territory=territory, **form.cleaned_data, by=by, at=at)
            messages.success(request, _("A mail is on its way."))
            return _list(territory)

        try:
            return once(request, act)
        except MentorAlready as refusal:
            words = _("%(name)s was asked already.") % {"name": refusal.mentor.person.name}
            form.add_error("email", words)
    lead = _("Nobody is a mentor before they agreed: they get a mail with a link.")
    back = (_("Mentors"), _list(territory))
    return form_page(request, form, _("Ask a mentor"), back, lead=lead, save=_("Ask"))


@door(HOST, opens=(a_mentor,), own=is_the_mentor, name=WHO)
def mentor(request: HttpRequest, mentor: Mentor) -> HttpResponse:
    """A mentor's page: what they agreed to, what they offer, whom they accompany."""
    context = {
        "mentor": mentor,
        "living": living_of(mentor),
        "mine": is_the_mentor(request.rights, mentor=mentor),  # type: ignore[attr-defined]
        "host": request.rights.is_host,  # type: ignore[attr-defined]
    }
    return render(request, "support/mentor.html", context)


@door(opens=(a_mentor,), own=is_the_mentor, name="the mentor")
@require_POST
def agreement(request: HttpRequest, mentor: Mentor) -> HttpResponse:
    """The mentor says yes; nobody can say it for them."""

    def act() -> str:
        agree(mentor=mentor, by=mentor.person, at=clock.now())
        return address_of(mentor)

    return once(request, act)


@door(HOST, opens=(a_mentor,), own=is_the_mentor, name=WHO)
def offer(request: HttpRequest, mentor: Mentor) -> HttpResponse:
    form = OfferForm(request.POST or None, initial=OfferForm.words_of(mentor))
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            by = whoever_acts(request.rights, mentor)  # type: ignore[attr-defined]
            form.look_again(mentor, OfferForm.words_of)
            reword_offer(mentor=mentor, **form.cleaned_data, by=by, at=clock.now())
            return address_of(mentor)

        try:
            return once(request, act)
        except WrittenMeanwhile as news:
            form.tell(news, last_hand(mentor, "mentor_asked", "mentor_reworded"))
    return form_page(request, form, _("What is offered"), (mentor.person.name, address_of(mentor)))


@door(HOST, opens=(a_mentor,), own=is_the_mentor, name=WHO)
def departure(request: HttpRequest, mentor: Mentor) -> HttpResponse:
    """No longer a mentor: asked once, no reason wanted."""
    form = EndingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            by = whoever_acts(request.rights, mentor)  # type: ignore[attr-defined]
            leave(mentor=mentor, words=form.cleaned_data["words"], by=by, at=clock.now())
            messages.success(request, _("Thank you for everything. It is noted."))
            return reverse("projects:board", args=[mentor.territory.slug])

        return once(request, act)
    lead = _(
        "The projects that are accompanied now are told so on their page. No reason is wanted."
    )
    back = (mentor.person.name, address_of(mentor))
    return form_page(request, form, _("No longer a mentor"), back, lead=lead, save=_("Confirm"))


@door(HOST, opens=(a_mentor,))
def match(request: HttpRequest, mentor: Mentor) -> HttpResponse:
    """Put a mentor beside a project, with the reason that both will read."""
    if not mentor.is_ready:
        return redirect(address_of(mentor))
    form = MatchForm(request.POST or None, mentor=mentor)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            match_mentor(mentor=mentor, **form.cleaned_data, by=whoever(request), at=clock.now())
            return address_of(mentor)

        try:
            return once(request, act)
        except MentorFull:
            form.add_error(None, _full(mentor))
        except (AlreadyTogether, NotReady):
            form.add_error(None, _("This changed meanwhile; look again."))
    heading = _("A project for %(name)s") % {"name": mentor.person.name}
    note = _("The mentor and whoever leads the project get a mail with your sentence.")
    back = (mentor.person.name, address_of(mentor))
    return form_page(request, form, heading, back, lead=mentor.offers, note=note)


def _full(mentor: Mentor) -> str:
    words = _("%(name)s accompanies %(n)s projects, as many as they said: ask before you add one.")
    return words % {"name": mentor.person.name, "n": mentor.at_most}


@door(HOST, opens=(a_mentor, a_mentoring), own=is_the_mentor, name=WHO)
def mentoring_ending(request: HttpRequest, mentor: Mentor, mentoring: Mentoring) -> HttpResponse:
    """The mentor no longer accompanies this project."""
    form = EndingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            by, words = whoever_acts(request.rights, mentor), form.cleaned_data["words"]  # type: ignore[attr-defined]
            end_mentoring(mentoring=mentoring, words=words, by=by, at=clock.now())
            return address_of(mentor)

        return once(request, act)
    heading = _("“%(project)s” goes on without this mentor") % {"project": mentoring.project}
    back = (mentor.person.name, address_of(mentor))
    return form_page(request, form, heading, back, save=_("Confirm"))
