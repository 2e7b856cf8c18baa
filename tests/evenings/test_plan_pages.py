"""The pages of the seating plan, as hosts use them, without JavaScript."""

import json
import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from essor.evenings.actions.plan_runs import ask_for_plan, begin_run, note_progress
from essor.evenings.actions.plans import plan_in_hand
from essor.evenings.actions.publication import publish_plan
from essor.evenings.jobs.plan_runs import compute
from essor.evenings.models import Evening, HeadCount, Pin, Plan, PlanRun, Registration, Wish
from essor.kit import clock
from tests.cast import NOW, Cast, make_registration
from tests.factories.seating import (
    make_plan,
    make_ready_evening,
    needs_access,
    registered,
    table_of,
    wish,
)


def url(name: str, evening: Evening, *more: str | int) -> str:
    return reverse(f"evenings:{name}", args=[evening.territory.slug, evening.public_id, *more])


def words(answer) -> str:
    """What the page says, without its markup."""
    text = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", text.replace("&nbsp;", " ").replace("\xa0", " "))


@pytest.fixture
def host(cast: Cast) -> Client:
    client = cast.client("aicha")
    client.cookies["essor_language"] = "fr"
    return client


def test_page_before_any_plan_says_what_to_do_first(cast: Cast, host: Client) -> None:
    evening = make_ready_evening(cast.valence)
    bare = make_ready_evening(cast.valence)
    bare.room_tables.all().delete()

    ready, lacking = host.get(url("plan", evening)), host.get(url("plan", bare))

    assert "Calculer le plan" in words(ready)
    assert "les tables de la salle" in words(lacking)
    assert "Calculer le plan" not in words(lacking)


def test_host_of_a_project_who_does_not_come_is_named(cast: Cast, host: Client) -> None:
    evening = make_ready_evening(cast.valence)
    evening.challenges.first().hosts.add(cast.denis)

    assert "Denis" in words(host.get(url("plan", evening)))


def test_asking_for_a_plan_shows_its_progress_then_the_plan(cast: Cast, host: Client) -> None:
    evening = make_ready_evening(cast.valence)

    asked = host.post(url("plan_runs", evening), {"seconds": "2", "act": uuid4()})
    run = PlanRun.objects.get()
    waiting = host.get(asked.url)
    PlanRun.objects.update(seconds=0.2)
    compute(run.public_id)
    shown = host.get(asked.url)

    assert "En attente du calculateur" in words(waiting)
    assert b'http-equiv="refresh"' in waiting.content
    assert "Univers par table" in words(shown)
    assert "hasard" in words(shown)
    assert shown.content.count(b'class="plan-table"') == len(
        plan_in_hand(evening).document["rounds"][0]
    )


def test_asking_twice_with_one_form_asks_once(cast: Cast, host: Client) -> None:
    evening = make_ready_evening(cast.valence)
    form = {"seconds": "2", "act": str(uuid4())}

    first, second = (host.post(url("plan_runs", evening), form) for _ in range(2))

    assert first.url == second.url
    assert PlanRun.objects.count() == 1


def test_progress_without_a_sign_of_the_worker_says_so(cast: Cast, host: Client) -> None:
    evening = make_ready_evening(cast.valence)
    run = ask_for_plan(evening=evening, seconds=1, by=cast.aicha, at=NOW)
    PlanRun.objects.update(asked_at=NOW.replace(year=2020))

    page = host.get(url("plan_run", evening, run.public_id))

    assert "Personne n’y travaille" in words(page)


def test_best_plan_so_far_is_told_and_can_be_kept(cast: Cast, host: Client) -> None:
    evening = make_ready_evening(cast.valence)
    document = make_plan(evening, cast.aicha).document
    run = ask_for_plan(evening=evening, seconds=1, by=cast.aicha, at=clock.now())
    begin_run(run=run, by=None, at=clock.now())
    note_progress(run, share=0.5, steps=1234, best=9, document=document, at=clock.now())

    page = words(host.get(url("plan_run", evening, run.public_id)))
    host.post(url("plan_run_end", evening, run.public_id), {"keep": "yes", "act": uuid4()})

    assert "1234 échanges" in page or "1 234 échanges" in page
    assert plan_in_hand(evening).change["code"] == "computed"
    assert Plan.objects.count() == 2


def test_ended_run_leads_back_to_the_plan(cast: Cast, host: Client) -> None:
    evening = make_ready_evening(cast.valence)
    run = ask_for_plan(evening=evening, seconds=0.2, by=cast.aicha, at=NOW)
    compute(run.public_id)

    plain = host.get(url("plan_run", evening, run.public_id))
    polled = host.get(url("plan_run", evening, run.public_id), headers={"HX-Request": "true"})

    assert plain.url == url("plan", evening)
    assert polled.headers["HX-Redirect"] == url("plan", evening)


def test_refusals_are_told_in_french_with_ways_out(cast: Cast, host: Client) -> None:
    evening = make_ready_evening(cast.valence)
    Registration.objects.filter(evening=evening).update(facilitator=False)
    first = registered(evening, 1)
    Registration.objects.filter(pk=first.pk).update(facilitator=True)
    run = ask_for_plan(evening=evening, seconds=0.2, by=cast.aicha, at=NOW)
    compute(run.public_id)

    page = words(host.get(url("plan", evening)))

    assert "Aucun plan ne peut tenir toutes les règles" in page
    assert "Il faut 3 tables, et 1 personne seulement anime." in page
    assert "Trouver 2 personnes de plus pour animer" in page


def test_table_shows_each_person_with_choice_and_reason(cast: Cast, host: Client) -> None:
    evening = make_ready_evening(cast.valence)
    one, other = registered(evening, 12), registered(evening, 13)
    wish(one, Wish.Kind.TOGETHER, other)
    plan = make_plan(evening, cast.aicha)

    page = host.get(url("plan_table", evening, table_of(plan, one)))

    assert "avec Invitée 13, comme souhaité" in words(page)
    assert "vœu" in words(page)
    assert url("plan_person", evening, one.public_id) in page.content.decode()


def test_table_asked_for_by_the_page_comes_as_a_part(cast: Cast, host: Client) -> None:
    evening = make_ready_evening(cast.valence)
    plan = make_plan(evening, cast.aicha)
    number = plan.document["rounds"][0][0]["table"]

    part = host.get(url("plan_table", evening, number), headers={"HX-Request": "true"})

    assert b"<html" not in part.content
    assert "Invitée" in words(part)


def test_table_that_is_not_open_leads_back(cast: Cast, host: Client) -> None:
    evening = make_ready_evening(cast.valence)
    make_plan(evening, cast.aicha)

    answer = host.get(url("plan_table", evening, 99), follow=True)

    assert "Cette table n’est pas ouverte" in words(answer)


def test_moving_somebody_after_seeing_the_effect(cast: Cast, host: Client) -> None:
    evening = make_ready_evening(cast.valence)
    plan, who = make_plan(evening, cast.aicha), registered(evening, 12)
    page = host.get(url("plan_person", evening, who.public_id))
    target = page.context["easy"][0].table.number

    host.post(
        url("plan_person", evening, who.public_id),
        {"seen": plan.public_id, "table": target, "act": uuid4()},
    )

    assert "mêle" in words(page)
    assert table_of(plan_in_hand(evening), who) == target


def test_moving_somebody_in_the_second_round_leaves_the_first_as_it_is(
    cast: Cast, host: Client
) -> None:
    evening = make_ready_evening(cast.valence, rounds=2)
    plan, who = make_plan(evening, cast.aicha), registered(evening, 12)
    table = table_of(plan, who, round=2)

    room = host.get(url("plan_table", evening, table) + "?round=2")
    there = f"{url('plan_person', evening, who.public_id)}?round=2"
    page = host.get(there)
    target = page.context["easy"][0].table.number
    answer = host.post(
        url("plan_person", evening, who.public_id),
        {"seen": plan.public_id, "table": target, "round": page.context["round"], "act": uuid4()},
    )

    assert there in room.content.decode()
    assert page.context["here"].number == table
    assert 'name="round" value="2"' in page.content.decode()
    assert answer.url.startswith(f"{url('plan', evening)}?round=2#t")
    moved = plan_in_hand(evening)
    assert table_of(moved, who, round=2) == target != table
    assert moved.document["rounds"][0] == plan.document["rounds"][0]
    assert "au tour 2" in words(host.get(url("plan", evening)))


@pytest.mark.parametrize("round", ["0", "9", "-1", "x", "²", "1" * 400])
def test_round_that_is_none_is_one_that_there_is(cast: Cast, host: Client, round: str) -> None:
    evening = make_ready_evening(cast.valence, rounds=2)
    make_plan(evening, cast.aicha)
    page = host.get(
        url("plan_person", evening, registered(evening, 12).public_id), {"round": round}
    )
    assert page.context["round"] == (2 if round == "9" else 1)


def test_round_that_the_plan_does_not_have_yet_is_told(cast: Cast, host: Client) -> None:
    """A host gives the evening a second round after the plan was computed."""
    evening = make_ready_evening(cast.valence)
    plan, who = make_plan(evening, cast.aicha), registered(evening, 12)
    Evening.objects.filter(pk=evening.pk).update(rounds=2)
    there = url("plan_person", evening, who.public_id)

    page = host.get(there, {"round": "2"})
    answer = host.post(
        there, {"seen": plan.public_id, "table": "1", "round": "2", "act": uuid4()}, follow=True
    )

    assert page.status_code == 200
    assert page.context["easy"] == page.context["hard"] == []
    assert "n’est pas ouverte" in words(answer)
    assert plan_in_hand(evening) == plan


def test_move_that_breaks_a_rule_asks_again_and_keeps_what_was_typed(
    cast: Cast, host: Client
) -> None:
    evening = make_ready_evening(cast.valence)
    who = registered(evening, 12)
    needs_access(who)
    wish(who, Wish.Kind.TOGETHER, registered(evening, 13))
    plan = make_plan(evening, cast.aicha)
    page = host.get(url("plan_person", evening, who.public_id))
    target = page.context["hard"][0].table.number
    move = {"seen": plan.public_id, "table": target, "act": uuid4()}

    refused = host.post(url("plan_person", evening, who.public_id), move)
    moved = host.post(
        url("plan_person", evening, who.public_id), {**move, "knowingly": "yes"}, follow=True
    )

    assert refused.status_code == 422
    assert "ont demandé à être ensemble" in words(refused)
    assert "Demandes non tenues" in words(moved)
    assert table_of(plan_in_hand(evening), who) == target


def test_move_on_an_old_page_tells_that_the_plan_changed(cast: Cast, host: Client) -> None:
    evening = make_ready_evening(cast.valence)
    old, who = make_plan(evening, cast.aicha), registered(evening, 12)
    newer = make_plan(evening, cast.aicha, seed=3)

    answer = host.post(
        url("plan_person", evening, who.public_id),
        {"seen": old.public_id, "table": "1", "act": uuid4()},
        follow=True,
    )

    assert "Le plan a changé entre-temps" in words(answer)
    assert plan_in_hand(evening) == newer


def test_undo_and_redo_from_the_page(cast: Cast, host: Client) -> None:
    evening = make_ready_evening(cast.valence)
    first, second = make_plan(evening, cast.aicha), make_plan(evening, cast.aicha, seed=2)

    back = {"plan": first.public_id, "seen": second.public_id, "act": uuid4()}
    host.post(url("plan_steps", evening), back)
    undone = host.get(url("plan", evening))
    forth = {"plan": second.public_id, "seen": first.public_id, "act": uuid4()}
    host.post(url("plan_steps", evening), forth)

    assert "Rétablir" in words(undone)
    assert plan_in_hand(evening) == second


def test_newcomers_are_announced_and_seated_from_the_page(cast: Cast, host: Client) -> None:
    evening = make_ready_evening(cast.valence)
    plan = make_plan(evening, cast.aicha)
    late = make_registration(evening, "Zoé")

    page = host.get(url("plan", evening))
    seat = {"seen": plan.public_id, "act": uuid4()}
    answer = host.post(url("plan_rest", evening), seat, follow=True)

    assert "1 personne n’a pas de place dans ce plan." in words(page)
    assert "1 nouvelle personne a une place" in words(answer)
    assert table_of(plan_in_hand(evening), late)


def test_suggestion_is_accepted_or_kept_as_it_is(cast: Cast, host: Client) -> None:
    evening = make_ready_evening(cast.valence)
    plan = make_plan(evening, cast.aicha)
    topics = [each.public_id for each in evening.challenges.order_by("id")]
    effect = {"cost": -3, "first_choice": 2, "points": 1.5}
    plan.proof["suggestions"] = [
        {"key": f"drop:{topics[0]}", "code": "drop", "params": {"challenge": topics[0]},
         "effect": effect},
        {"key": f"drop:{topics[1]}", "code": "drop", "params": {"challenge": topics[1]},
         "effect": effect},
    ]  # fmt: skip
    plan.save()

    page = words(host.get(url("plan", evening)))
    for key, answer in ((topics[0], "keep"), (topics[1], "accept")):
        decision = {"key": f"drop:{key}", "answer": answer, "act": uuid4()}
        host.post(url("plan_decisions", evening), decision)

    assert "Se passer de « Défi 1 »" in page
    assert "premier vœu : +2 personnes · mixité gagnée : +1,5 points" in page
    assert plan_in_hand(evening).settled == [f"drop:{topics[0]}"]
    assert PlanRun.objects.get().asks == {topics[1]: {"max_tables": 0}}


def test_list_finds_people_whatever_the_accents(cast: Cast, host: Client) -> None:
    evening = make_ready_evening(cast.valence)
    make_plan(evening, cast.aicha)

    found = words(host.get(url("plan_list", evening), {"q": "INVITEE 12"}))
    nobody = words(host.get(url("plan_list", evening), {"q": "Personne"}))

    assert "Invitée 12" in found
    assert "Invitée 13" not in found
    assert "Personne de ce nom n’est inscrit." in nobody


def test_keeping_somebody_for_a_table_and_naming_facilitators(cast: Cast, host: Client) -> None:
    evening = make_ready_evening(cast.valence)
    who = registered(evening, 12)

    host.post(url("plan_pin", evening, who.public_id), {"table": "2", "act": uuid4()})
    pinned = Pin.objects.get()
    host.post(url("plan_pin", evening, who.public_id), {"table": "", "act": uuid4()})
    bad = host.post(url("plan_pin", evening, who.public_id), {"table": "77", "act": uuid4()})
    host.post(
        url("plan_facilitation", evening, who.public_id), {"facilitates": "yes", "act": uuid4()}
    )

    who.refresh_from_db()
    assert (pinned.registration, pinned.table_number) == (who, 2)
    assert not Pin.objects.exists()
    assert bad.status_code == 422
    assert who.facilitator


def test_weights_are_told_in_doses(cast: Cast, host: Client) -> None:
    evening = make_ready_evening(cast.valence)
    doses = {"sphere": "2.0", "organisation": "0.0", "commune": "1.0", "age": "0.5"}

    host.post(url("plan_mix", evening), {**doses, "act": uuid4()})

    evening.refresh_from_db()
    assert evening.mix == {"sphere": 12, "organisation": 0, "commune": 2, "age": 1}


def test_named_plans_stand_side_by_side(cast: Cast, host: Client) -> None:
    evening = make_ready_evening(cast.valence)
    first = make_plan(evening, cast.aicha)
    host.post(url("plan_name", evening, first.public_id), {"name": "Premier jet", "act": uuid4()})
    make_plan(evening, cast.aicha, seed=2)

    page = words(host.get(url("plans", evening)))

    assert "Premier jet" in page
    assert page.count("%") >= 4
    assert "Travailler sur celui-ci" in page


def test_a_plan_goes_out_and_comes_back_as_a_file(cast: Cast, host: Client) -> None:
    evening = make_ready_evening(cast.valence)
    plan = make_plan(evening, cast.aicha)
    out = host.get(url("plan_document", evening, plan.public_id))
    problem = json.loads(host.get(url("plan_problem", evening)).content)

    file = SimpleUploadedFile("plan.json", out.content)
    answer = host.post(url("plans", evening), {"file": file, "act": uuid4()}, follow=True)

    assert problem["format"] == "essor-evening/1"
    assert "Invitée" not in json.dumps(problem, ensure_ascii=False)
    assert "Toutes les règles tiennent" in words(answer)
    assert plan_in_hand(evening).change == {"code": "imported"}


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"\xff\xfe not json", "JSON"), (b"[1, 2]", "illisible"), (b"[" * 100_000, "JSON"),
     (b'{"rounds": [[]]}', "n’a pas de place")],
)  # fmt: skip
def test_a_file_that_is_no_plan_is_told_at_the_field(
    cast: Cast, host: Client, content: bytes, told: str
) -> None:
    evening = make_ready_evening(cast.valence)

    file = SimpleUploadedFile("plan.json", content)
    answer = host.post(url("plans", evening), {"file": file, "act": uuid4()})

    assert answer.status_code == 422
    assert told in words(answer)
    assert not Plan.objects.exists()


def test_publishing_from_the_page_and_the_second_host_is_told(cast: Cast, host: Client) -> None:
    evening = make_ready_evening(cast.valence)
    first = make_plan(evening, cast.aicha)
    page = words(host.get(url("plan_publication", evening)))
    host.post(
        url("plan_publication", evening), {"plan": first.public_id, "seen": "", "act": uuid4()}
    )
    second = make_plan(evening, cast.aicha, seed=2)
    late = host.post(
        url("plan_publication", evening), {"plan": second.public_id, "seen": "", "act": uuid4()}
    )

    assert "24" in page
    assert late.status_code == 422
    assert "Aicha a publié un autre plan entre-temps" in words(late)
    assert evening.tables.exists()


def test_publication_tells_how_many_change_table(cast: Cast, host: Client) -> None:
    evening = make_ready_evening(cast.valence)
    first = make_plan(evening, cast.aicha)
    publish_plan(plan=first, seen="", by=cast.aicha, at=NOW)

    page = host.get(url("plan_publication", evening))

    assert page.context["moved"] == 0
    assert "ce plan-ci" in words(page)


def test_present_is_told_with_who_counted(cast: Cast, host: Client) -> None:
    evening = make_ready_evening(cast.valence)
    make_plan(evening, cast.aicha)
    evening.registrations.filter(facilitator=True).update(arrived_at=NOW)
    HeadCount.objects.create(evening=evening, people=7, how="deux tours", by=cast.bruno, at=NOW)

    page = words(host.get(url("plan", evening)))

    assert "4 / 24" in page
    assert "Par comptage : 7, Bruno, 19 h 00 (deux tours)" in page


@pytest.mark.parametrize("name", ["plan", "plan_list", "plans", "plan_publication"])
def test_pages_cost_the_same_queries_for_few_and_many(
    cast: Cast, host: Client, name: str, django_assert_max_num_queries
) -> None:
    few = make_ready_evening(cast.valence, people=12, tables=2)
    many = make_ready_evening(cast.valence, people=80, tables=12, challenges=8)
    counts = []
    for evening in (few, many):
        make_plan(evening, cast.aicha)
        host.get(url(name, evening))
        with django_assert_max_num_queries(18) as queries:
            host.get(url(name, evening))
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_rounds_have_a_tab_each(cast: Cast, host: Client) -> None:
    evening = make_ready_evening(cast.valence, rounds=2)
    plan = make_plan(evening, cast.aicha)

    second = host.get(url("plan", evening), {"round": "2"})
    nonsense = host.get(url("plan", evening), {"round": "dix"})

    assert "Tour 2" in words(second)
    assert second.content.count(b'class="plan-table"') == len(plan.document["rounds"][1])
    assert nonsense.status_code == 200
