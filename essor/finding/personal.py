"""Where the link of the mail leads that confirms a search."""

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essor.finding.actions import TooManySearches, confirm_search
from essor.finding.links import PURPOSE, page_of
from essor.finding.models import SavedSearch
from essor.kit import clock
from essor.people.links import A_WEEK, register_purpose
from essor.people.models import PersonalLink


def lead_to(request: HttpRequest, link: PersonalLink) -> str:
    """Confirm the search that the link names, and show its page."""
    search = SavedSearch.objects.filter(public_id=link.subject, person=link.person).first()
    if search is None:
        messages.warning(request, _("This search has ended. Ask for it again if you like."))
        return reverse("finding:saving")
    try:
        confirm_search(search=search, by=None, at=clock.now())
    except TooManySearches:
        messages.warning(request, _("You keep as many searches as one may: end one first."))
    else:
        messages.success(request, _("Confirmed: what is new comes with your mail of the week."))
    return page_of(search)


def register() -> None:
    register_purpose(PURPOSE, lead_to, button=gettext_lazy("Tell me what is new"), lasts=A_WEEK)
