"""Mails between the people of a table: through the house, without anybody's address in them.

Each is somebody addressing the reader, so it is no news; every one of them leaves the table in one
click. What was written stands there in one block without web addresses, as the rest of our mails
repeat people's words; the page behind the button has it as it was written.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import translation

from essor.evenings.models import Staying, Table, TableLetter
from essor.kit.letters import render_letter
from essor.kit.mail import Letter, post
from essor.kit.writers import Written, writes
from essor.people.actions import make_link
from essor.people.links import link_address
from essor.people.models import Person
from essor.territories.brand import brand_of

PURPOSE, WRITER = "table", "evenings.staying"
_signer = Signer(salt="essor.evenings.leave-table")


def leave_address(staying: Staying) -> str:
    """The address that leaves the table, good for ever, for that alone."""
    table = staying.table
    token = _signer.sign(staying.public_id)
    keys = [table.evening.territory.slug, table.evening.public_id, table.public_id, token]
    return f"{settings.SITE_URL}{reverse('evenings:leaving_table', args=keys)}"


def staying_of(table: Table, token: str) -> Staying | None:
    """Whose place at ``table`` the address names; None when it was not made here."""
    try:
        public_id = _signer.unsign(token)
    except BadSignature:
        return None
    found = table.stayings.select_related("person").filter(public_id=public_id).first()
    if found is not None:
        found.table = table
    return found


def table_link(table: Table, person: Person, at: datetime) -> str:
    """A personal link to the page of the table; call it inside an action or a writer."""
    token = make_link(person=person, purpose=PURPOSE, subject=table.public_id, by=person, at=at)
    return link_address(token)


def post_stays(staying: Staying, *, at: datetime) -> None:
    """Tell whoever stays what that means, and how to leave."""
    _post("stays", staying, f"{staying.public_id}:{at.timestamp():.6f}", {}, at)


def post_to_each(letter: TableLetter, stayings: Sequence[Staying], *, at: datetime) -> int:
    """One mail to each of ``stayings``; how many."""
    for staying in stayings:
        staying.table = letter.table
        key = f"{letter.public_id}:{staying.public_id}"
        _post("letter", staying, key, {"letter": letter.public_id}, at)
    return len(stayings)


def _post(kind: str, staying: Staying, key: str, more: dict[str, str], at: datetime) -> None:
    post(
        Letter(
            address=staying.person.email,
            person=staying.person.public_id,
            key=f"table-{kind}:{key}",
            unsubscribe_url=leave_address(staying),
            writer=WRITER,
            about={"kind": kind, "staying": staying.public_id, **more},
        ),
        at=at,
    )


@writes(WRITER)
def written(about: dict[str, Any], at: datetime) -> Written | None:
    """The mail as it leaves; None for whoever left the table meanwhile."""
    staying = (
        Staying.objects.select_related("person", "table__evening__territory", "table__project")
        .filter(public_id=about["staying"], left_at=None, person__erased_at=None)
        .first()
    )
    letter = None
    if about["kind"] == "letter":
        letter = (
            TableLetter.objects.select_related("writer").filter(public_id=about["letter"]).first()
        )
    if staying is None or (letter is None and about["kind"] == "letter"):
        return None
    with translation.override(staying.person.language):
        return _set(staying, letter, at)


def _set(staying: Staying, letter: TableLetter | None, at: datetime) -> Written:
    table = staying.table
    brand = brand_of(table.evening.territory)
    context = {
        "table": table,
        "evening": table.evening,
        "territory": table.evening.territory,
        "project": table.project if table.project and table.project.published_at else None,
        "person": staying.person,
        "letter": letter,
        "link": table_link(table, staying.person, at),
        "leave": leave_address(staying),
    }
    name = "evenings/mail/table_letter.txt" if letter else "evenings/mail/stays.txt"
    return Written(*render_letter(name, context, brand))
