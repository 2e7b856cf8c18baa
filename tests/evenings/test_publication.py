"""Publishing a plan: tables and seats at once, addresses that live on, two hosts at once."""

import threading

import pytest
from django.db import connection, connections

from essor.evenings.actions.plans import take_up_plan
from essor.evenings.actions.publication import (
    PublishedMeanwhile,
    TooLate,
    publish_plan,
    published_plan,
)
from essor.evenings.models import Evening, Plan, Registration, Seat, Table
from essor.ledger.models import Entry
from tests.cast import NOW, Cast
from tests.factories.seating import make_plan, make_ready_evening, registered


def seats(evening: Evening) -> set[tuple[str, str]]:
    rows = Seat.objects.filter(table__evening=evening, round=1)
    return {
        (str(n), who) for n, who in rows.values_list("table__number", "registration__public_id")
    }


def planned(plan: Plan) -> set[tuple[str, str]]:
    return {(s["table"], who) for s in plan.document["rounds"][0] for who in s["people"]}


def test_publishing_makes_the_tables_and_seats_of_the_plan(cast: Cast) -> None:
    evening = make_ready_evening(cast.valence)
    plan = make_plan(evening, cast.aicha)

    publish_plan(plan=plan, seen="", by=cast.aicha, at=NOW)

    assert published_plan(evening) == plan
    assert seats(evening) == planned(plan)
    tables = {str(table.number): table for table in evening.tables.all()}
    for seating in plan.document["rounds"][0]:
        table = tables[seating["table"]]
        assert table.state == Table.State.OPEN
        assert {c.public_id for c in table.challenges.all()} == set(seating["challenges"])
    assert len({table.phone_code for table in tables.values()}) == len(tables)
    line = Entry.objects.order_by("id").last()
    assert (line.verb, line.data) == ("published_plan", {"tables": len(tables), "people": 24})


def test_publishing_another_plan_keeps_addresses_and_phone_codes(cast: Cast) -> None:
    evening = make_ready_evening(cast.valence, people=30, tables=6)
    first = make_plan(evening, cast.aicha)
    publish_plan(plan=first, seen="", by=cast.aicha, at=NOW)
    before = {t.number: (t.public_id, t.phone_code) for t in evening.tables.all()}
    second = make_plan(evening, cast.aicha, seed=5)

    publish_plan(plan=second, seen=first.public_id, by=cast.aicha, at=NOW)

    after = {t.number: (t.public_id, t.phone_code) for t in evening.tables.all()}
    assert before.items() <= after.items()
    assert seats(evening) == planned(second)
    first.refresh_from_db()
    assert first.state == Plan.State.KEPT


def test_a_table_that_the_new_plan_does_not_open_is_closed_but_stays(cast: Cast) -> None:
    evening = make_ready_evening(cast.valence)
    extra = Table.objects.create(evening=evening, number=4, phone_code="EXTRA")
    plan = make_plan(evening, cast.aicha)
    open_tables = {int(s["table"]) for s in plan.document["rounds"][0]}
    absent = next(n for n in (1, 2, 3, 4, 9) if n not in open_tables)
    Table.objects.filter(pk=extra.pk).update(number=absent)

    publish_plan(plan=plan, seen="", by=cast.aicha, at=NOW)

    extra.refresh_from_db()
    assert extra.state == Table.State.CLOSED
    assert not extra.seats.exists()


def test_publishing_the_published_plan_again_changes_nothing(cast: Cast) -> None:
    evening = make_ready_evening(cast.valence)
    plan = make_plan(evening, cast.aicha)
    publish_plan(plan=plan, seen="", by=cast.aicha, at=NOW)
    lines = Entry.objects.count()

    publish_plan(plan=plan, seen="", by=cast.aicha, at=NOW)

    assert Entry.objects.count() == lines


def test_people_who_cancelled_since_get_no_seat(cast: Cast) -> None:
    evening = make_ready_evening(cast.valence)
    plan = make_plan(evening, cast.aicha)
    gone = registered(evening, 12)
    Registration.objects.filter(pk=gone.pk).update(state=Registration.State.CANCELLED)

    publish_plan(plan=plan, seen="", by=cast.aicha, at=NOW)

    assert not Seat.objects.filter(registration=gone).exists()
    assert Seat.objects.filter(table__evening=evening).count() == 23


@pytest.mark.parametrize("state", [Evening.State.LIVE, Evening.State.OVER])
def test_no_plan_is_published_once_the_evening_is_under_way(cast: Cast, state: str) -> None:
    evening = make_ready_evening(cast.valence)
    plan = make_plan(evening, cast.aicha)
    Evening.objects.filter(pk=evening.pk).update(state=state)

    with pytest.raises(TooLate):
        publish_plan(plan=plan, seen="", by=cast.aicha, at=NOW)

    assert not Table.objects.exists()


def test_a_host_who_saw_an_older_publication_is_told(cast: Cast) -> None:
    evening = make_ready_evening(cast.valence)
    first, second = make_plan(evening, cast.aicha), make_plan(evening, cast.aicha, seed=2)
    publish_plan(plan=first, seen="", by=cast.aicha, at=NOW)

    with pytest.raises(PublishedMeanwhile) as told:
        publish_plan(plan=second, seen="", by=cast.aicha, at=NOW)

    assert told.value.plan == first
    assert seats(evening) == planned(first)


def test_two_hosts_who_publish_at_once_one_wins_the_other_is_told(transactional_db: None) -> None:
    cast = Cast()
    evening = make_ready_evening(cast.valence)
    plans = [make_plan(evening, cast.aicha, seed=seed) for seed in (1, 2)]
    start, told = threading.Barrier(2), []

    def publish(plan: Plan) -> None:
        start.wait()
        try:
            publish_plan(plan=plan, seen="", by=cast.aicha, at=NOW)
        except PublishedMeanwhile as refusal:
            told.append(refusal.plan)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=publish, args=(plan,)) for plan in plans]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    winner = published_plan(evening)
    assert winner in plans
    assert told == [winner]
    assert seats(evening) == planned(winner)
    assert connection.vendor in {"sqlite", "postgresql"}


def test_undo_after_publishing_leaves_the_published_seats_alone(cast: Cast) -> None:
    evening = make_ready_evening(cast.valence)
    first, second = make_plan(evening, cast.aicha), make_plan(evening, cast.aicha, seed=2)
    publish_plan(plan=second, seen="", by=cast.aicha, at=NOW)

    take_up_plan(evening=evening, seen=second.public_id, plan=first, by=cast.aicha, at=NOW)

    assert seats(evening) == planned(second)
