"""The job that writes to everybody the day after."""

from django_tasks import task

from essor.evenings.actions.day_after import write_day_after
from essor.evenings.models import Evening
from essor.evenings.queries.day_after import day_after
from essor.kit import clock
from essor.kit.mail import silence
from essor.people.models import Person

A_BATCH = 50
"""People a transaction: short enough that others write in between."""


@task()
def write_to_everybody(evening_id: str, by_id: str) -> int:
    """Write what has not been written yet; answers to how many. Safe to run twice."""
    evening = Evening.objects.select_related("territory").get(public_id=evening_id)
    by = Person.objects.filter(public_id=by_id).first()
    waiting = day_after(evening).to_write
    with silence(evening.territory.rehearsal):
        return sum(
            write_day_after(
                evening=evening, recipients=waiting[start : start + A_BATCH], by=by, at=clock.now()
            )
            for start in range(0, len(waiting), A_BATCH)
        )
