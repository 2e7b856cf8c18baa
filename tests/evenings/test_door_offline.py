"""A door that had no network: its list, the tables it read out, and doors that agree afterwards."""

import json
from datetime import timedelta

import pytest

from essor.evenings.actions.door import check_in, welcome_walk_in
from essor.evenings.actions.door_seats import RoomFull, WalkIn
from essor.evenings.models import Registration, Seat
from tests.cast import NOW, Cast
from tests.evenings.test_door import fill, published_evening, table_number
from tests.factories.seating import registered


@pytest.fixture
def cast(db):
    return Cast()


def post(client, evening, registration, *, ago, key, **data):
    return client.post(
        f"/valence/evenings/{evening.public_id}/door/people/{registration.public_id}/",
        data,
        HTTP_ESSOR_QUEUE="1",
        HTTP_ESSOR_AGO=str(int(ago / timedelta(milliseconds=1))),
        HTTP_IDEMPOTENCY_KEY=key,
    )


def test_the_list_names_everybody_and_the_free_places(cast, django_assert_num_queries):
    evening = published_evening(cast)
    somebody = registered(evening, 3)
    client = cast.client("chloe")
    address = f"/valence/evenings/{evening.public_id}/door/people.json"

    answer = client.get(address)

    found = json.loads(answer.content)
    row = next(row for row in found["people"] if row[0] == somebody.public_id)
    assert row[1:] == [
        somebody.code,
        somebody.person.name,
        row[3],
        "registered",
        table_number(somebody),
        None,
    ]
    assert len(found["people"]) == evening.registrations.count()
    taken = {number: count for number, count, *_ in found["tables"]}
    assert (
        taken[table_number(somebody)]
        == Seat.objects.filter(table__number=table_number(somebody)).count()
    )
    assert client.get(address, HTTP_IF_NONE_MATCH=answer["ETag"]).status_code == 304
    check_in(registration=somebody, by=cast.chloe, at=NOW)
    assert client.get(address, HTTP_IF_NONE_MATCH=answer["ETag"]).status_code == 200


def test_an_arrival_that_waited_keeps_its_time(cast, monkeypatch):
    evening = published_evening(cast)
    somebody = registered(evening, 3)
    monkeypatch.setattr("essor.kit.clock.now", lambda: NOW + timedelta(hours=1))

    post(cast.client("chloe"), evening, somebody, ago=timedelta(minutes=50), key="a" * 32)

    somebody.refresh_from_db()
    assert somebody.arrived_at == NOW + timedelta(minutes=10)


def test_a_person_sits_where_the_phone_sent_them(cast):
    evening = published_evening(cast)
    somebody = registered(evening, 3)
    other = next(n for n in (1, 2) if n != table_number(somebody))

    post(
        cast.client("chloe"), evening, somebody, ago=timedelta(minutes=5), key="b" * 32, told=other
    )

    assert table_number(somebody) == other
    assert Seat.objects.filter(registration=somebody, round=1).count() == 1


def test_a_table_told_at_once_or_closed_meanwhile_counts_for_nothing(cast):
    evening = published_evening(cast)
    quick, late = registered(evening, 3), registered(evening, 4)
    seats = table_number(quick), table_number(late)

    post(cast.client("chloe"), evening, quick, ago=timedelta(), key="c" * 32, told=seats[0] % 2 + 1)
    post(cast.client("chloe"), evening, late, ago=timedelta(minutes=5), key="d" * 32, told=99)

    assert (table_number(quick), table_number(late)) == seats


def test_a_walk_in_who_sits_already_is_written_down_even_at_a_full_table(cast):
    evening = published_evening(cast)
    fill(evening, cast)

    with pytest.raises(RoomFull):
        welcome_walk_in(evening=evening, walk_in=WalkIn("Zoé", told=99), by=cast.chloe, at=NOW)
    zoe = welcome_walk_in(evening=evening, walk_in=WalkIn("Zoé", told=1), by=cast.chloe, at=NOW)

    assert table_number(zoe) == 1


def test_two_doors_that_let_in_the_same_person_agree(cast):
    evening = published_evening(cast)
    somebody = registered(evening, 3)
    seat = table_number(somebody)

    first = post(
        cast.client("chloe"), evening, somebody, ago=timedelta(minutes=9), key="e" * 32, told=seat
    )
    second = post(
        cast.client("aicha"), evening, somebody, ago=timedelta(minutes=5), key="f" * 32, told=seat
    )

    assert first.json()["location"].endswith(f"{somebody.public_id}/")
    assert second.json()["location"].endswith("?was=here")
    assert Registration.objects.filter(evening=evening, arrived_at__isnull=False).count() == 1
    assert Seat.objects.filter(registration=somebody, round=1).count() == 1
