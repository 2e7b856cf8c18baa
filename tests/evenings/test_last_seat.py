"""The last seat asked by fifty people at once: exactly one gets it, and every other one waits."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from essor.evenings.actions.registration import Coming, cancel_registration, register
from essor.evenings.models import Evening, Registration
from tests.cast import NOW, Cast, make_evening

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
State = Registration.State
FIFTY = 50


def at_once(work, number: int) -> list:
    """Run ``work(n)`` in as many threads as can start together, each with its own connection."""
    together = Barrier(min(number, 10))

    def run(n: int) -> object:
        if n < together.parties:
            together.wait(timeout=30)
        try:
            return work(n)
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        return list(pool.map(run, range(number)))


def ask(evening: Evening, n: int, email: str = "") -> str:
    coming = Coming(first_name=f"Personne {n}", email=email or f"personne{n}@example.org")
    return register(evening=evening, coming=coming, by=None, at=NOW).state


def test_the_last_seat_is_given_once() -> None:
    evening = make_evening(Cast().valence, capacity=1)

    states = at_once(lambda n: ask(evening, n), FIFTY)

    assert Counter(states) == {State.REGISTERED: 1, State.WAITING: FIFTY - 1}
    assert evening.registrations.filter(state=State.REGISTERED).count() == 1
    codes = evening.registrations.values_list("code", flat=True)
    assert len(set(codes)) == FIFTY


def test_the_same_person_from_two_phones_at_once_has_one_seat() -> None:
    evening = make_evening(Cast().valence, capacity=10)

    def same(n: int) -> str:
        coming = Coming(first_name="Inès", email="ines@example.org")
        return register(evening=evening, coming=coming, by=None, at=NOW).state

    assert Counter(at_once(same, 8)) == {State.REGISTERED: 1, State.TWIN: 7}


def test_cancelling_at_once_gives_each_seat_to_one_who_waits() -> None:
    evening = make_evening(Cast().valence, capacity=5)
    for n in range(15):
        ask(evening, n)
    seated = list(evening.registrations.filter(state=State.REGISTERED))

    at_once(lambda n: cancel_registration(registration=seated[n], by=None, at=NOW), 5)

    states = Counter(evening.registrations.values_list("state", flat=True))
    assert states == {State.REGISTERED: 5, State.WAITING: 5, State.CANCELLED: 5}
    first_five = [f"Personne {n}" for n in range(5, 10)]
    promoted = evening.registrations.filter(state=State.REGISTERED).order_by("id")
    assert [r.person.first_name for r in promoted] == first_five
