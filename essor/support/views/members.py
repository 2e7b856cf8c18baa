"""Who sits on a committee: naming and inviting, a new link, freeing a chair."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from essor.kit import clock
from essor.kit.limits import TooOften
from essor.kit.once import once
from essor.support.actions.members import (
    AlreadyMember,
    free_chair,
    invite_member,
    name_member,
    send_link_again,
)
from essor.support.doors import a_committee, a_member
from essor.support.forms.committees import MembersForm
from essor.support.models import Committee, CommitteeMember
from essor.support.queries.committees import members_of
from essor.support.views.committees import page_of
from essor.support.views.page import whoever
from essor.territories.doors import HOST, door


@door(HOST, opens=(a_committee,))
def members(request: HttpRequest, committee: Committee) -> HttpResponse:
    """Those who sit; more of the team, or somebody from elsewhere."""
    form = MembersForm(request.POST or None, committee=committee)
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _add(request, committee, form))
        except AlreadyMember as refusal:
            who = {"name": refusal.member.person.name}
            form.add_error(None, _("%(name)s sits on this committee already.") % who)
    context = {
        "committee": committee,
        "members": members_of(committee),
        "form": form,
        "back": page_of(committee),
    }
    return render(request, "support/members.html", context, status=422 if form.is_bound else 200)


def _add(request: HttpRequest, committee: Committee, form: MembersForm) -> str:
    by, at = whoever(request), clock.now()
    for person in form.cleaned_data["people"]:
        name_member(committee=committee, person=person, by=by, at=at)
    if form.outsider:
        invite_member(committee=committee, **form.outsider, by=by, at=at)
    return page_of(committee)


@door(HOST, opens=(a_committee, a_member))
@require_POST
def link(request: HttpRequest, committee: Committee, member: CommitteeMember) -> HttpResponse:
    """A new personal link, for a member who lost theirs."""

    def act() -> str:
        send_link_again(member=member, by=whoever(request), at=clock.now())
        messages.success(request, _("A new link is on its way."))
        return page_of(committee)

    try:
        return once(request, act)
    except TooOften:
        messages.warning(request, _("Several links were sent already: wait for an hour."))
        return redirect(page_of(committee))


@door(HOST, opens=(a_committee, a_member))
@require_POST
def departure(request: HttpRequest, committee: Committee, member: CommitteeMember) -> HttpResponse:
    """They sit no more."""

    def act() -> str:
        free_chair(member=member, by=whoever(request), at=clock.now())
        return page_of(committee)

    return once(request, act)
