"""Telling people that an evening moved."""

from django_tasks import task

from essor.evenings.letters import post_moved
from essor.evenings.models import Evening, Registration
from essor.kit import clock
from essor.kit.mail import silence

TOLD = (Registration.State.REGISTERED, Registration.State.WAITING)


@task()
def tell_of_move(evening_id: int, sequence: int) -> int:
    """Write to everybody that date or place changed; returns how many were written to.

    A later change makes an earlier job idle: people get the newest news only. Running twice
    writes once, because each letter has a key.
    """
    evening = Evening.objects.select_related("territory").filter(pk=evening_id).first()
    if evening is None or evening.sequence != sequence:
        return 0
    people = evening.registrations.filter(state__in=TOLD).exclude(person__email="")
    told = 0
    for registration in people.select_related("person__sphere", "person__organisation"):
        registration.evening = evening
        with silence(evening.territory.rehearsal):
            post_moved(registration, at=clock.now())
        told += 1
    return told
