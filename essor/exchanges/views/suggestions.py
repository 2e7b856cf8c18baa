"""A suggestion that is none: said once, it is remembered."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from essor.exchanges.actions.suggestions import decline_suggestion
from essor.exchanges.doors import a_suggestion, of_the_group_it_helps
from essor.exchanges.models import Suggestion
from essor.exchanges.views.need_words import address_of
from essor.kit import clock
from essor.kit.once import once
from essor.territories.doors import HOST, door


@door(HOST, opens=(a_suggestion,), own=of_the_group_it_helps, name="host, the group")
@require_POST
def refusal(request: HttpRequest, suggestion: Suggestion) -> HttpResponse:
    """ "Not a match", from the need's page."""

    def act() -> str:
        by = request.visitor.person  # type: ignore[attr-defined]
        decline_suggestion(suggestion=suggestion, by=by, at=clock.now())
        messages.success(request, _("Noted: it is not suggested again for this need."))
        return address_of(suggestion.need)

    return once(request, act)
