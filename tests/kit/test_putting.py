"""Rows put in by SQL that is written once: the same as the ORM's ``save`` leaves."""

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.test.utils import CaptureQueriesContext, isolate_apps

from essor.evenings.models import Registration
from essor.kit import clock
from essor.kit.models import Mail, Receipt
from essor.kit.putting import NotPuttable, put, put_soon, rewrite
from essor.ledger.models import Entry
from essor.people.models import Person
from tests.cast import make_evening

pytestmark = pytest.mark.django_db


def a_receipt(key="a" * 32, **told):
    return Receipt(key=key, scope="/here/", at=clock.now(), **told)


def fields_of(row) -> dict:
    return {name: value for name, value in vars(row).items() if name != "_state"}


def test_row_is_kept_as_save_keeps_it(cast):
    said = {"data": {"é": [1, "%s"], "none": None}, "audience": "team", "verb": "said"}
    put(first := Entry(at=clock.now(), of_type="person", of_id="x", **said))
    second = Entry.objects.create(at=first.at, of_type="person", of_id="x", **said)
    kept = Entry.objects.get(pk=first.pk)
    assert fields_of(kept) == fields_of(first)
    assert fields_of(kept) | {"id": 0} == fields_of(Entry.objects.get(pk=second.pk)) | {"id": 0}


def test_row_knows_that_it_is_kept_and_is_saved_again_as_an_update(cast):
    put(lou := Person(first_name="Lou", created_at=clock.now()))
    assert (lou._state.adding, lou._state.db) == (False, "default")
    lou.first_name = "Louise"
    lou.save()
    assert Person.objects.get(first_name="Louise") == lou


def test_relations_and_choices_are_kept(cast):
    evening = make_evening(cast.valence)
    put(lou := Person(first_name="Lou", created_at=clock.now()))
    put(
        coming := Registration(
            evening=evening,
            person=lou,
            code="BCDF",
            state=Registration.State.WAITING,
            state_at=clock.now(),
            registered_at=clock.now(),
        )
    )
    found = Registration.objects.select_related("person", "evening").get(pk=coming.pk)
    assert (found.person, found.evening, found.state) == (lou, evening, "waiting")
    assert found.twin_of is None


@pytest.mark.parametrize("words", ["%s", "'; DROP TABLE x; --", "é\U0001f426", "a\nb", ""])
def test_words_are_only_words(cast, words):
    put(receipt := a_receipt(location=words))
    assert Receipt.objects.get(pk=receipt.pk).location == words


def test_second_row_with_the_same_unique_values_is_refused(cast):
    put(a_receipt())
    with pytest.raises(IntegrityError), transaction.atomic():
        put(a_receipt())
    assert Receipt.objects.count() == 1


def test_refusal_within_a_transaction_lets_nothing_be_written_after_it(cast):
    put(a_receipt())
    with transaction.atomic():
        with pytest.raises(IntegrityError):
            put(a_receipt())
        with pytest.raises(transaction.TransactionManagementError):
            Receipt.objects.count()
        transaction.set_rollback(True)


def test_row_that_is_there_is_left_as_it_is(cast):
    mail = {"address": "x@example.org", "kind": "answer", "key": "k", "queued_at": clock.now()}
    put_soon(Mail(subject="first", **mail), unless_there=True)
    put_soon(Mail(subject="second", **mail), unless_there=True)
    assert Mail.objects.get().subject == "first"


def test_only_the_named_fields_are_rewritten(cast):
    put(receipt := a_receipt(location="/before/"))
    receipt.location, receipt.scope = "/after/", "/elsewhere/"
    rewrite(receipt, "location")
    kept = Receipt.objects.get()
    assert (kept.location, kept.scope) == ("/after/", "/here/")


def test_rewriting_what_is_gone_brings_nothing_back(cast):
    put(receipt := a_receipt())
    Receipt.objects.all().delete()
    rewrite(receipt, "location")
    assert not Receipt.objects.exists()


def test_each_is_one_statement(cast):
    with CaptureQueriesContext(connection) as queries:
        put(receipt := a_receipt())
        rewrite(receipt, "location")
    assert [each["sql"].split()[0] for each in queries] == ["INSERT", "UPDATE"]


@isolate_apps("essor.kit")  # a model that stayed would ask for its migration
def test_model_whose_database_makes_values_is_refused():
    class Clockwork(models.Model):
        at = models.IntegerField(db_default=3)

        class Meta:
            app_label = "kit"
            managed = False

    with pytest.raises(NotPuttable, match=r"kit\.Clockwork"):
        put(Clockwork())
