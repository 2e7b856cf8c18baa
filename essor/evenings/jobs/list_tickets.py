"""Writing the letters with the tickets of an imported list."""

from django_tasks import task

from essor.evenings.letters import post_registered
from essor.evenings.models import ImportBatch
from essor.evenings.queries.lists import registrations_of
from essor.kit import clock
from essor.kit.mail import silence


@task()
def write_list_tickets(batch_id: int) -> int:
    """Queue one letter a person; returns how many. Running twice writes none twice."""
    batch = ImportBatch.objects.select_related("evening__territory").filter(pk=batch_id).first()
    if batch is None:
        return 0
    written = 0
    people = registrations_of(batch).exclude(person__email="")
    for registration in people.select_related("person__sphere", "person__organisation"):
        registration.evening = batch.evening
        with silence(batch.evening.territory.rehearsal):
            post_registered(registration, at=clock.now())
        written += 1
    return written
