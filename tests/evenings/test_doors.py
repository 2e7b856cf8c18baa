"""Who finds an evening, a registration, a table; nothing is found from another territory."""

import pytest
from django.test import RequestFactory

from essor.evenings.doors import (
    find_evening,
    find_registration,
    find_table,
    holds_registration,
    holds_table,
)
from essor.evenings.models import Evening, Table
from essor.people.models import Person
from essor.people.visitor import Visitor
from essor.territories.doors import Rights
from essor.territories.models import Territory
from tests.cast import Cast, make_evening, make_registration


def rights(person: Person | None, territory: Territory, **keys: list[str]) -> Rights:
    request = RequestFactory().get("/")
    request.session = {"keys": keys}
    visitor = Visitor(request)
    visitor.__dict__["person"] = person
    return Rights(visitor, territory)


def test_an_evening_is_found_in_its_territory_only(cast: Cast) -> None:
    evening = make_evening(cast.valence)

    assert find_evening(rights(None, cast.valence), cast.valence, evening.public_id) == evening
    assert find_evening(rights(cast.hugo, cast.jura), cast.jura, evening.public_id) is None


@pytest.mark.parametrize(
    ("who", "sees"),
    [("aicha", True), ("bruno", True), ("chloe", True), ("farid", False), ("hugo", False),
     ("denis", False), (None, False)],
)  # fmt: skip
def test_a_draft_is_the_teams(cast: Cast, who: str | None, sees: bool) -> None:
    draft = make_evening(cast.valence, state=Evening.State.DRAFT)
    looking = rights(cast.people[who] if who else None, cast.valence)

    assert (find_evening(looking, cast.valence, draft.public_id) is not None) is sees


def test_registrations_and_tables_are_found_in_their_evening_only(cast: Cast) -> None:
    evening, other = make_evening(cast.valence), make_evening(cast.valence)
    registration = make_registration(evening)
    table = Table.objects.create(evening=evening, number=1, phone_code="ABCDE")
    host = rights(cast.aicha, cast.valence)

    assert find_registration(host, evening, registration.public_id) == registration
    assert find_table(host, evening, table.public_id) == table
    assert find_registration(host, other, registration.public_id) is None
    assert find_table(host, other, table.public_id) is None


def test_a_registration_is_held_by_its_browser_and_its_account(cast: Cast) -> None:
    mine = make_registration(make_evening(cast.valence))
    other = make_registration(mine.evening, "Jules")
    browser = rights(None, cast.valence, registration=[mine.public_id])

    assert holds_registration(browser, registration=mine)
    assert not holds_registration(browser, registration=other)
    assert holds_registration(rights(mine.person, cast.valence), registration=mine)
    assert not holds_registration(rights(cast.denis, cast.valence), registration=mine)
    assert not holds_registration(rights(None, cast.valence), registration=mine)


def test_a_table_is_held_by_the_browser_that_gave_its_code(cast: Cast) -> None:
    evening = make_evening(cast.valence)
    table = Table.objects.create(evening=evening, number=1, phone_code="ABCDE")

    assert holds_table(rights(None, cast.valence, table=[table.public_id]), table=table)
    assert not holds_table(rights(None, cast.valence, table=["another"]), table=table)
