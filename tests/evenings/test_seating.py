"""An evening as the engine's problem: what goes in, in how many queries, and back again."""

import json

from essor.algos.seating import read_problem, solve
from essor.evenings.models import Choice, Evening, Pin, Registration, RoomTable, Wish
from essor.evenings.planning.problem import (
    fitted,
    hosts_who_do_not_come,
    problem_document,
    problem_of,
)
from tests.algos.evenings import bench, needs_bench
from tests.cast import NOW, Cast, make_challenge, make_registration
from tests.factories.seating import make_ready_evening, needs_access, registered, wish


def test_document_of_an_evening_reads_back_equal(cast: Cast) -> None:
    evening = make_ready_evening(cast.valence)

    document = json.loads(json.dumps(problem_document(evening)))

    assert read_problem(document) == problem_of(evening)
    assert document["seats"] == {"min": 3, "max": 8}
    assert [table["id"] for table in document["tables"]] == ["1", "2", "3", "4"]
    assert [table["accessible"] for table in document["tables"]] == [True, True, True, False]


def test_person_carries_attributes_choices_and_need(cast: Cast) -> None:
    evening = make_ready_evening(cast.valence)
    somebody = registered(evening, 9)
    needs_access(somebody)
    Registration.objects.filter(pk=somebody.pk).update(age_band="25-39")
    chosen = [c.challenge.public_id for c in Choice.objects.filter(registration=somebody)]

    person = problem_of(evening).person[somebody.public_id]

    assert person.attributes["sphere"] == ("social_economy",)
    assert person.attributes["age"] == ("25-39",)
    assert person.attributes["commune"] == ()
    assert person.choices == tuple(chosen)
    assert person.needs_access
    assert not person.facilitator


def test_only_registered_people_sit(cast: Cast) -> None:
    evening = make_ready_evening(cast.valence)
    gone, waiting = registered(evening, 10), registered(evening, 11)
    Registration.objects.filter(pk=gone.pk).update(state=Registration.State.CANCELLED)
    Registration.objects.filter(pk=waiting.pk).update(state=Registration.State.WAITING)

    people = problem_of(evening).person

    assert len(people) == 22
    assert not {gone.public_id, waiting.public_id} & people.keys()


def test_surprise_and_challenges_not_on_offer_count_as_no_choice(cast: Cast) -> None:
    evening = make_ready_evening(cast.valence)
    surprised, stray = registered(evening, 10), registered(evening, 11)
    Registration.objects.filter(pk=surprised.pk).update(surprise=True)
    Choice.objects.filter(registration=stray).delete()
    Choice.objects.create(
        registration=stray, challenge=make_challenge(cast.valence, "Ailleurs"), rank=1
    )

    people = problem_of(evening).person

    assert people[surprised.public_id].choices == ()
    assert people[stray.public_id].choices == ()


def test_wishes_become_pairs_once_and_only_between_people_who_come(cast: Cast) -> None:
    evening = make_ready_evening(cast.valence)
    one, other, third, gone = (registered(evening, n) for n in (9, 10, 11, 12))
    wish(one, Wish.Kind.TOGETHER, other)
    wish(other, Wish.Kind.TOGETHER, one)
    wish(one, Wish.Kind.APART, third)
    wish(third, Wish.Kind.TOGETHER, gone)
    Registration.objects.filter(pk=gone.pk).update(state=Registration.State.CANCELLED)

    problem = problem_of(evening)

    assert problem.together == (tuple(sorted((one.public_id, other.public_id))),)
    assert problem.apart == (tuple(sorted((one.public_id, third.public_id))),)


def test_hosts_sit_with_their_challenge_and_those_who_do_not_come_are_named(cast: Cast) -> None:
    evening = make_ready_evening(cast.valence)
    boost = evening.challenges.order_by("id").first()
    boost.hosts.set([registered(evening, 9).person, cast.denis])

    challenge = problem_of(evening).challenge[boost.public_id]

    assert challenge.hosts == (registered(evening, 9).public_id,)
    assert hosts_who_do_not_come(evening) == [cast.denis]


def test_neighbours_and_capacity_bound_a_challenge(cast: Cast) -> None:
    evening = make_ready_evening(cast.valence)
    first, second, _ = evening.challenges.order_by("id")
    first.neighbours.set([second, make_challenge(cast.valence, "Hors soirée")])
    first.capacity = 17
    first.save()

    problem = problem_of(evening, asks={second.public_id: {"min_tables": 2}})

    assert problem.challenge[first.public_id].neighbours == (second.public_id,)
    assert problem.challenge[first.public_id].max_tables == 3
    assert problem.challenge[second.public_id].min_tables == 2


def test_pins_are_obeyed_and_forgotten_with_their_table(cast: Cast) -> None:
    evening = make_ready_evening(cast.valence)
    kept, lost = registered(evening, 9), registered(evening, 10)
    topic = evening.challenges.order_by("id").last()
    for who, table in ((kept, 2), (lost, 4)):
        Pin.objects.create(registration=who, table_number=table, challenge=topic, made_at=NOW)
    RoomTable.objects.filter(evening=evening, number=4).delete()

    people = problem_of(evening).person

    assert people[kept.public_id].pin_table == "2"
    assert people[kept.public_id].pin_challenge == topic.public_id
    assert people[lost.public_id].pin_table is None


def test_weights_of_the_evening_replace_the_usual_ones(cast: Cast) -> None:
    evening = make_ready_evening(cast.valence)
    Evening.objects.filter(pk=evening.pk).update(mix={"commune": 9, "age": 0})
    evening.refresh_from_db()

    assert problem_of(evening).mix == {"sphere": 6, "organisation": 8, "commune": 9, "age": 0}


def test_problem_costs_the_same_queries_for_few_and_many(
    cast: Cast, django_assert_num_queries
) -> None:
    few = make_ready_evening(cast.valence, people=12)
    many = make_ready_evening(cast.valence, people=60, tables=10, challenges=6)
    for evening in (few, many):
        Pin.objects.create(registration=registered(evening, 9), table_number=1, made_at=NOW)
        with django_assert_num_queries(8):
            problem_of(evening)


def test_a_plan_is_fitted_to_who_comes_now(cast: Cast) -> None:
    evening = make_ready_evening(cast.valence)
    plan = solve(problem_of(evening), steps=2_000).plan
    gone = registered(evening, 9)
    Registration.objects.filter(pk=gone.pk).update(state=Registration.State.CANCELLED)
    late = make_registration(evening, "Zoé")

    problem = problem_of(evening)
    people = {
        person for tables in fitted(plan, problem).rounds for s in tables for person in s.people
    }

    assert gone.public_id not in people
    assert late.public_id not in people
    assert len(people) == 23


@needs_bench
def test_problem_and_plan_satisfy_the_judge_of_the_bench(cast: Cast) -> None:
    evening = make_ready_evening(cast.valence, people=40, tables=6)
    wish(registered(evening, 20), Wish.Kind.TOGETHER, registered(evening, 21))
    plan = solve(problem_of(evening), steps=4_000).plan

    judged = bench("judge_evening").verdict(problem_document(evening), plan.to_dict())

    assert judged["hard_rules_broken"] == 0, judged["faults"]
