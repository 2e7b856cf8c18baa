"""The waiting list against a plain list: whatever people do, the seats go where they should."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from essor.evenings.actions.evening import Details, change_details
from essor.evenings.actions.registration import Coming, cancel_registration, come_back, register
from essor.evenings.models import Registration
from essor.ledger.models import Entry
from tests.cast import NOW, Cast, make_evening
from tests.repo.matrix import undone

State = Registration.State
acts = st.lists(
    st.one_of(
        st.tuples(st.just("register"), st.none()),
        st.tuples(st.just("cancel"), st.integers(0, 8)),
        st.tuples(st.just("come back"), st.integers(0, 8)),
        st.tuples(st.just("capacity"), st.integers(0, 4)),
    ),
    min_size=4,
    max_size=10,
)
SIX_COME = [("register", None)] * 6  # so that from the start some wait


class PlainList:
    """Who sits and who waits, in order, without a database."""

    def __init__(self, capacity: int) -> None:
        self.capacity, self.seated, self.waiting, self.gone = capacity, [], [], []

    def comes(self, n: int) -> None:
        (self.seated if len(self.seated) < self.capacity else self.waiting).append(n)

    def leaves(self, n: int) -> None:
        for people in (self.seated, self.waiting):
            if n in people:
                people.remove(n)
                self.gone.append(n)
        self.fill()

    def returns(self, n: int) -> None:
        if n in self.gone:
            self.gone.remove(n)
            self.comes(n)

    def fill(self) -> None:
        while self.waiting and len(self.seated) < self.capacity:
            self.seated.append(self.waiting.pop(0))

    def states(self) -> dict[int, str]:
        return {
            **dict.fromkeys(self.seated, State.REGISTERED),
            **dict.fromkeys(self.waiting, State.WAITING),
            **dict.fromkeys(self.gone, State.CANCELLED),
        }


@pytest.mark.slow
@settings(
    max_examples=15,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.function_scoped_fixture,
    ],  # undone() resets each example
)
@given(capacity=st.integers(1, 4), acts=acts)
def test_seats_go_to_who_waited_longest_whatever_people_do(db, capacity, acts):
    with undone():
        cast = Cast()
        evening = make_evening(cast.valence, capacity=capacity)
        expected, people = PlainList(capacity), []
        for minute, (act, which) in enumerate(SIX_COME + acts):
            at = NOW + timedelta(minutes=minute)
            lines = Entry.objects.count()
            before = expected.states()
            who = people[which % len(people)] if people and which is not None else None
            if act == "register":
                coming = Coming(first_name=f"Personne {len(people)}")
                people.append(register(evening=evening, coming=coming, by=None, at=at))
                expected.comes(len(people) - 1)
            elif act == "capacity":
                details = Details(name=evening.name, date=evening.date,
                                  starts_at=evening.starts_at, capacity=which)  # fmt: skip
                evening = change_details(evening=evening, details=details, by=cast.aicha, at=at)
                expected.capacity = which
                expected.fill()
            elif act == "cancel" and who:
                cancel_registration(registration=who, by=None, at=at)
                expected.leaves(people.index(who))
            elif who:
                come_back(registration=who, by=None, at=at)
                expected.returns(people.index(who))

            found = dict(evening.registrations.values_list("pk", "state"))
            assert [found[each.pk] for each in people] == [
                expected.states()[n] for n in range(len(people))
            ], (act, which, acts)
            if expected.states() != before:
                assert Entry.objects.count() > lines, "every change has its line"
