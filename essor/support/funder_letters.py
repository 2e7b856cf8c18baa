"""The mail to a funder who wrote without an account: a link that proves the address."""

from datetime import datetime

from essor.ledger.actions import Named
from essor.people.actions import make_link
from essor.people.links import link_address
from essor.support.models import Funder
from essor.territories.letters import post_to

FUNDER_LINK = "funder"
"""The purpose of the personal link that opens a funder's own page."""


def post_funder_asked(funder: Funder, *, by: Named | None, at: datetime) -> None:
    """Send the link to their own page; opening it proves the address."""
    token = make_link(
        person=funder.person, purpose=FUNDER_LINK, subject=funder.public_id, by=by, at=at
    )
    post_to(
        funder.person,
        funder.territory,
        "support/mail/funder_asked.txt",
        {"funder": funder, "address": link_address(token)},
        key=f"funder-asked:{funder.public_id}:{at:%Y%m%d%H%M%S%f}",
        at=at,
    )
