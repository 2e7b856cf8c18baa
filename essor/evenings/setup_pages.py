"""The pages that set an evening up: one list for the desk and for the tabs above each of them."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.evenings.models import Evening
from essor.kit.pieces import Tab


def setup_tabs(request: HttpRequest, evening: Evening) -> list[Tab]:
    """In the order of the work."""
    pages = (
        (_("Date and place"), "details"),
        (_("Challenges"), "challenges"),
        (_("Room and tables"), "room"),
        (_("Tables by video"), "remote_tables"),
        (_("Running order"), "running_order"),
        (_("Your own questions"), "questions"),
    )
    known = [evening.territory.slug, evening.public_id]
    addresses = [(label, reverse(f"evenings:{name}", args=known)) for label, name in pages]
    return [Tab(label, address, request.path == address) for label, address in addresses]
