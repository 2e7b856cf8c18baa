"""Prepared questions: the same objects as the ORM's, from SQL that is written once."""

import pytest
from django.db import connection, transaction
from django.db.models import Count, Q
from django.db.models.functions import TruncDate
from django.test.utils import CaptureQueriesContext

from essor.evenings.models import Registration
from essor.kit.prepared import Columns, NotPreparable, Prepared, within
from essor.people.models import Person, Sphere
from essor.territories.models import Territory
from tests.cast import make_evening, make_registration, sphere

pytestmark = pytest.mark.django_db

by_slug = Prepared(lambda slug: Territory.objects.filter(slug=slug), str)
by_code = Prepared(
    lambda evening, code: (
        Registration.objects.select_related("person__sphere", "person__organisation")
        .filter(evening_id=evening, code=code)
        .exclude(state="cancelled")
    ),
    int,
    str,
)


def fields_of(row) -> dict:
    return {name: value for name, value in vars(row).items() if name != "_state"}


def test_object_is_the_one_that_the_orm_finds(cast):
    found = by_slug.first("valence")
    assert found == cast.valence
    assert fields_of(found) == fields_of(Territory.objects.get(slug="valence"))
    assert found._state.db == "default"
    assert not found._state.adding


def test_other_keys_find_other_objects_and_none_where_there_is_none(cast):
    assert by_slug.first("jura") == cast.jura
    assert by_slug.first("valence") == cast.valence
    assert by_slug.first("nowhere") is None
    assert by_slug.first("") is None
    assert by_slug.all("nowhere") == []


@pytest.mark.parametrize("key", ["'; --", "%s", "é'\"%", "7305918264-0"])
def test_strange_keys_are_only_keys(cast, key):
    assert by_slug.first(key) is None


def test_related_objects_come_along_without_another_query(cast):
    evening = make_evening(cast.valence)
    ines = make_registration(evening, "Inès", sphere=sphere("citizen"))
    make_registration(evening, "Yanis")
    by_code.first(evening.pk, ines.code)
    with CaptureQueriesContext(connection) as queries:
        found = by_code.first(evening.pk, ines.code)
        assert found.person.first_name == "Inès"
        assert found.person.sphere.code == "citizen"
        assert found.person.organisation is None
    assert len(queries) == 1
    assert fields_of(found.person) | {"_state": 0} == fields_of(
        Person.objects.select_related("sphere", "organisation").get(pk=ines.person_id)
    ) | {"_state": 0}


def test_what_is_said_without_a_key_still_counts(cast):
    evening = make_evening(cast.valence)
    ines = make_registration(evening, "Inès")
    Registration.objects.filter(pk=ines.pk).update(state="cancelled")
    assert by_code.first(evening.pk, ines.code) is None


def test_what_is_told_besides_the_fields_comes_along_converted(cast):
    evening = make_evening(cast.valence)
    make_registration(evening, "Inès")
    told = Prepared(
        lambda slug: (
            Territory.objects.filter(slug=slug)
            .annotate(day=TruncDate("created_at"), coming=Count("evenings__registrations"))
            .order_by("pk")[:1]
        ),
        str,
    )
    for slug, coming in (("valence", 1), ("jura", 0)):
        [usual], found = told.ask(slug), told.first(slug)
        assert (found, found.day, found.coming) == (usual, usual.day, coming)
        assert fields_of(found) == fields_of(usual)


def test_several_objects_keep_their_order(cast):
    named = Prepared(lambda first: Person.objects.filter(first_name=first).order_by("-pk"), str)
    made = [
        Person.objects.create(first_name="Lou", created_at=cast.valence.created_at) for _ in "abc"
    ]
    assert named.all("Lou") == made[::-1]
    assert named.first("Lou") == made[-1]


def test_question_without_a_key(cast):
    spheres = Prepared(lambda: Sphere.objects.all())
    assert spheres.all() == list(Sphere.objects.all())


def test_key_that_stands_twice_is_put_in_twice(cast):
    either = Prepared(lambda word: Territory.objects.filter(Q(slug=word) | Q(name=word)), str)
    assert either.first("jura") == cast.jura
    assert either.first("Jura") == cast.jura


def test_wrong_number_of_keys_is_said(cast):
    with pytest.raises(TypeError, match="1 keys are asked for, 2 came"):
        by_slug.first("jura", "valence")


@pytest.mark.parametrize(
    "ask",
    [
        lambda slug: Territory.objects.filter(slug__in=[slug, slug + "x"]),
        lambda slug: Territory.objects.filter(slug__icontains=slug),
        lambda slug: Territory.objects.all(),
        lambda slug: Territory.objects.filter(slug=slug).prefetch_related("themes"),
    ],
    ids=["part of a list", "changed", "lost", "prefetched"],
)
def test_question_that_cannot_be_prepared_is_refused(cast, ask):
    with pytest.raises(NotPreparable):
        Prepared(ask, str).first("jura")


def test_locking_question_locks_only_within_a_transaction(cast):
    locked = Prepared(lambda pk: Territory.objects.select_for_update().filter(pk=pk), int)
    with transaction.atomic():
        assert locked.first(cast.jura.pk) == cast.jura


def test_object_is_found_only_inside_what_it_lies_in(cast):
    here, elsewhere = make_evening(cast.valence), make_evening(cast.jura)
    ines = make_registration(here, "Inès")
    found = within(Registration, "evening", "person__sphere")
    assert found.first(here.pk, ines.public_id) == ines
    assert found.first(elsewhere.pk, ines.public_id) is None
    assert within(Registration, "evening").first(here.pk, "nobody") is None


def test_count_is_the_orms_own(cast):
    evening, other = make_evening(cast.valence), make_evening(cast.jura)
    ines = make_registration(evening, "Inès")
    make_registration(evening, "Yanis")
    coming = Prepared(
        lambda key: (
            Registration.objects.select_related("person")
            .filter(evening_id=key)
            .exclude(state="cancelled")
            .order_by("-id")
        ),
        int,
    )
    assert (coming.count(evening.pk), coming.count(other.pk)) == (2, 0)
    Registration.objects.filter(pk=ines.pk).update(state="cancelled")
    assert coming.count(evening.pk) == coming.ask(evening.pk).count() == 1
    with CaptureQueriesContext(connection) as queries:
        coming.count(evening.pk)
    assert len(queries) == 1
    assert "JOIN" not in queries[0]["sql"]


def test_count_wants_its_keys(cast):
    with pytest.raises(TypeError, match="1 keys are asked for, 0 came"):
        by_slug.count()
    with pytest.raises(NotPreparable):
        Prepared(lambda slug: Territory.objects.all(), str).count("jura")


def test_columns_of_a_union_are_those_of_the_orm_each_time_they_are_asked(cast):
    def rows():
        places = Territory.objects.order_by().annotate(day=TruncDate("created_at"))
        people = Person.objects.order_by().annotate(day=TruncDate("created_at"))
        return places.values_list("public_id", "name", "day").union(
            people.values_list("public_id", "first_name", "day"), all=True
        )

    known = Columns(rows())
    assert sorted(map(tuple, known.rows())) == sorted(rows())
    Person.objects.create(first_name="Lou", created_at=cast.valence.created_at)
    with CaptureQueriesContext(connection) as queries:
        found = known.rows()
    assert len(queries) == 1
    assert sorted(map(tuple, found)) == sorted(rows())
    assert "Lou" in {name for _, name, _ in found}
