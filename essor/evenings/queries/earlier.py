"""Who is registered already under an address and a name, and which codes are taken.

Asked under the evening's lock, so that the answer holds until the registration is written.
"""

from collections.abc import Sequence

from essor.evenings.models import Evening, Registration
from essor.kit.ids import free_spoken_code
from essor.kit.prepared import Prepared
from essor.people.models import Person
from essor.people.text import same_name

LIVING = [Registration.State.REGISTERED, Registration.State.WAITING]
of_address = Prepared(
    lambda evening, email: (
        Registration.objects.select_related("person")
        .filter(evening_id=evening, person__email=email, state__in=LIVING)
        .order_by("id")
    ),
    int,
    str,
)
"""The living registrations of an address, the first ones first."""
with_code = Prepared(
    lambda evening, code: Registration.objects.only("pk").filter(evening_id=evening, code=code),
    int,
    str,
)
"""Whose code this is in an evening."""


def earlier_of(evening: Evening, who: Person) -> Registration | None:
    """The living registration of the same address and name."""
    return same_person(of_address.all(evening.pk, who.email), who)


def same_person(same_address: Sequence[Registration], who: Person) -> Registration | None:
    """The first of them that names the same person; nobody is known by a blank address."""
    same = (each for each in same_address if who.email and same_name(each.person.name, who.name))
    return next(same, None)


def free_code(evening: Evening) -> str:
    """A ticket's code that nobody has at this evening."""
    return free_spoken_code(lambda code: with_code.first(evening.pk, code))
