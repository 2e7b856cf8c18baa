"""What hosts fix before a plan: a place for somebody, who holds a table, what to mix."""

import pytest

from essor.evenings.actions.pins import (
    UnknownTable,
    name_facilitator,
    pin_person,
    unpin_person,
    weigh_mix,
)
from essor.evenings.models import Evening, Pin, Registration
from essor.ledger.models import Entry
from tests.cast import NOW, Cast, make_evening, make_registration

pytestmark = pytest.mark.django_db


@pytest.fixture
def evening(cast: Cast) -> Evening:
    return make_evening(cast.valence, tables=2)


@pytest.fixture
def ines(evening: Evening) -> Registration:
    return make_registration(evening, "Inès")


def told() -> list[tuple[str, dict]]:
    return list(Entry.objects.order_by("id").values_list("verb", "data"))


def test_somebody_is_kept_for_a_table_then_for_a_challenge_then_free_again(cast, evening, ines):
    topic = evening.challenges.order_by("id")[0]

    pin = pin_person(registration=ines, table=2, by=cast.aicha, at=NOW)
    assert (pin.table_number, pin.challenge, pin.made_by) == (2, None, cast.aicha)
    pin_person(registration=ines, challenge=topic, by=cast.bruno, at=NOW)
    kept = Pin.objects.get()
    assert (kept.table_number, kept.challenge, kept.made_by) == (None, topic, cast.bruno)
    unpin_person(registration=ines, by=cast.aicha, at=NOW)

    assert not Pin.objects.exists()
    assert told() == [
        ("pinned", {"table": 2, "challenge": None}),
        ("pinned", {"table": None, "challenge": topic.public_id}),
        ("unpinned", {}),
    ]


def test_nobody_is_kept_for_a_table_that_the_room_has_not(cast, evening, ines):
    make_evening(cast.valence, tables=5)
    with pytest.raises(UnknownTable):
        pin_person(registration=ines, table=3, by=cast.aicha, at=NOW)
    assert not Pin.objects.exists()
    assert told() == []


def test_freeing_somebody_who_was_free_says_nothing(cast, evening, ines):
    pin_person(registration=make_registration(evening, "Omar"), table=1, by=cast.aicha, at=NOW)
    before = told()

    unpin_person(registration=ines, by=cast.aicha, at=NOW)

    assert Pin.objects.count() == 1
    assert told() == before


def test_who_holds_a_table_is_named_once_and_freed_once(cast, ines):
    for facilitates in (True, True, False, False):
        done = name_facilitator(registration=ines, facilitates=facilitates, by=cast.aicha, at=NOW)
        assert done == ines
        ines.refresh_from_db()
        assert ines.facilitator is facilitates
    assert [verb for verb, _ in told()] == ["named_facilitator", "freed_facilitator"]


def test_what_is_mixed_is_weighed_once_and_unknown_words_are_dropped(cast, evening):
    for _ in range(2):
        weigh_mix(evening=evening, weights={"sphere": 3, "colour": 9}, by=cast.aicha, at=NOW)
    evening.refresh_from_db()
    assert evening.mix == {"sphere": 3.0}
    assert told() == [("weighed_mix", {"sphere": 3.0})]
