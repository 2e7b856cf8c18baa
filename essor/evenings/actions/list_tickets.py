"""Tickets for the people of an imported list, when the host asks for them."""

from datetime import datetime

from django.db import transaction

from essor.evenings.jobs.list_tickets import write_list_tickets
from essor.evenings.models import ImportBatch
from essor.evenings.queries.lists import registrations_of
from essor.kit.locks import lock
from essor.ledger.actions import Named, action, nothing_changed, record


@action
def send_list_tickets(*, batch: ImportBatch, by: Named | None, at: datetime) -> int:
    """Write to everybody whom this list brought and who gave an address, once a person.

    The worker writes the letters; asking twice writes none twice. Returns how many people.
    """
    evening = batch.evening
    batch = lock(batch)
    batch.evening = evening
    people = registrations_of(batch).exclude(person__email="").count()
    if batch.result.get("tickets_at") or not people:
        nothing_changed()
        return people
    batch.result["tickets_at"] = at.isoformat()
    batch.save(update_fields=["result"])
    record(
        by=by,
        at=at,
        verb="list_tickets_sent",
        of=batch,
        territory=evening.territory,
        data={"evening": evening.public_id, "people": people},
    )
    transaction.on_commit(lambda: write_list_tickets.enqueue(batch.pk))
    return people
