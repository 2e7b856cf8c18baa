"""Who conducts is seen and taken over in one tap; a word reaches one table; arrivals by sphere."""

import uuid

import pytest

from essor.evenings.actions.conducting import Overtaken, take_baton, tell_table
from essor.evenings.models import Evening, Registration, Table
from essor.evenings.panels.screen import what_to_show
from essor.evenings.privacy import forget_keeper
from essor.evenings.queries.screen import arrivals_by_sphere
from essor.ledger.models import Entry
from essor.people.models import Person
from essor.territories.models import Role
from tests.cast import NOW, Cast, make_evening, make_registration, make_table, sphere


@pytest.fixture
def cast(db) -> Cast:
    return Cast()


@pytest.fixture
def evening(cast) -> Evening:
    """Under way, with a second host in the team."""
    Role.objects.create(person=cast.denis, territory=cast.valence, kind=Role.Kind.HOST, since=NOW)
    return make_evening(cast.valence, state=Evening.State.LIVE)


def seen_by(cast: Cast, name: str, evening: Evening) -> str:
    address = f"/valence/evenings/{evening.public_id}/conductor/"
    return cast.client(name).get(address).content.decode()


def test_the_baton_is_taken_over_and_both_see_who_holds_it(cast, evening):
    take_baton(evening=evening, seen="", by=cast.aicha, at=NOW)
    assert "Vous conduisez" in seen_by(cast, "aicha", evening)
    assert "Aicha conduit depuis" in seen_by(cast, "denis", evening)

    cast.client("denis").post(
        f"/valence/evenings/{evening.public_id}/conductor/baton/",
        {"seen": cast.aicha.public_id, "act": uuid.uuid4().hex},
    )
    assert "Denis conduit depuis" in seen_by(cast, "aicha", evening)
    line = Entry.objects.filter(verb="baton_taken").latest("id")
    assert what_to_show(evening.public_id, "host", [line]) == {line.pk: {"what": "baton_taken"}}


def test_two_who_take_over_together_do_not_both_conduct(cast, evening):
    take_baton(evening=evening, seen="", by=cast.aicha, at=NOW)
    with pytest.raises(Overtaken):
        take_baton(evening=evening, seen="", by=cast.denis, at=NOW)
    evening.refresh_from_db()
    assert evening.conductor == cast.aicha
    take_baton(evening=evening, seen="", by=cast.aicha, at=NOW)
    assert Entry.objects.filter(verb="baton_taken").count() == 1


def test_an_erased_conductor_leaves_no_name(cast, evening):
    take_baton(evening=evening, seen="", by=cast.aicha, at=NOW)
    forget_keeper(cast.aicha, NOW)
    assert Evening.objects.get(pk=evening.pk).conductor is None


def test_a_word_reaches_one_table_and_no_other(cast, evening):
    seven, eight = make_table(evening, 7), make_table(evening, 8)
    cast.client("aicha").post(
        f"/valence/evenings/{evening.public_id}/conductor/message/",
        {"to": seven.public_id, "message": "Votre mentor arrive", "act": uuid.uuid4().hex},
    )
    page = f"/valence/evenings/{evening.public_id}/tables/"
    stranger = cast.client(None)
    assert "Votre mentor arrive" in stranger.get(f"{page}{seven.public_id}/").content.decode()
    assert "Votre mentor arrive" not in stranger.get(f"{page}{eight.public_id}/").content.decode()
    evening.refresh_from_db()
    assert evening.message == ""
    line = Entry.objects.get(verb="table_told")
    assert what_to_show(evening.public_id, "hall", [line]) == {line.pk: {"tables": [7]}}


def test_a_word_is_taken_away_by_a_blank_one(cast, evening):
    table = make_table(evening, 7)
    tell_table(table=table, words="  Un   mot ", by=cast.aicha, at=NOW)
    assert Table.objects.get().note == "Un mot"
    tell_table(table=table, words="", by=cast.aicha, at=NOW)
    tell_table(table=table, words="", by=cast.aicha, at=NOW)
    assert Table.objects.get().note == ""
    assert Entry.objects.filter(verb="table_note_ended").count() == 1


def arrive(evening: Evening, code: str, people: int) -> None:
    start = Person.objects.count()
    made = Person.objects.bulk_create(
        Person(first_name=f"P{start + n}", sphere=sphere(code), created_at=NOW)
        for n in range(people)
    )
    Registration.objects.bulk_create(
        Registration(
            evening=evening, person=each, code=f"{code[:3]}{n}", state="registered",
            state_at=NOW, registered_at=NOW, arrived_at=NOW,
        )
        for n, each in enumerate(made)
    )  # fmt: skip


def test_arrivals_show_spheres_from_ten_people_on(evening, django_assert_num_queries):
    arrive(evening, "citizen", 24)
    arrive(evening, "enterprise", 15)
    arrive(evening, "finance", 6)
    arrive(evening, "association", 7)
    make_registration(evening, "Inès", sphere=sphere("citizen"))  # has not come

    with django_assert_num_queries(2):
        shown = arrivals_by_sphere(evening)
    assert [(each.code, people) for each, people in shown] == [("citizen", 24), ("enterprise", 15)]


def test_a_small_sphere_cannot_be_subtracted_from_the_sum(evening):
    arrive(evening, "citizen", 24)
    arrive(evening, "enterprise", 15)
    arrive(evening, "finance", 2)
    shown = {each.code: people for each, people in arrivals_by_sphere(evening)}
    assert "finance" not in shown
    assert 41 - sum(shown.values()) >= 10


def test_the_welcome_scene_draws_those_who_came(cast, evening):
    arrive(evening, "citizen", 24)
    page = cast.client("aicha").get(f"/valence/evenings/{evening.public_id}/screen/now/")
    assert "Déjà là, par univers" in page.content.decode()
    assert "24</strong>" in page.content.decode()
