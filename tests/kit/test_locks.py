"""Locks: inside a transaction only, fresh copies, in the order given."""

import pytest
from django.db import transaction

from essor.kit.locks import NotInTransaction, lock, lock_all
from essor.territories.models import Territory
from tests.cast import Cast


def test_lock_hands_back_a_fresh_copy(cast: Cast) -> None:
    Territory.objects.filter(pk=cast.valence.pk).update(name="Valence Romans")

    with transaction.atomic():
        fresh = lock(cast.valence)

    assert fresh.name == "Valence Romans"
    assert cast.valence.name == "Valence"


def test_lock_all_answers_in_the_order_given(cast: Cast) -> None:
    with transaction.atomic():
        rows = lock_all(cast.jura, cast.valence, cast.jura)

    assert [row.slug for row in rows] == ["jura", "valence", "jura"]


@pytest.mark.django_db(transaction=True)
def test_lock_outside_a_transaction_is_refused() -> None:
    cast = Cast()

    with pytest.raises(NotInTransaction):
        lock(cast.valence)
