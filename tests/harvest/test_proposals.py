"""Proposals of groups: computed by the worker, shown beside the table, never over a person's hand."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from essor.harvest.actions.groups import lock_group, park_group
from essor.harvest.actions.moves import undo_move
from essor.harvest.actions.proposals import (
    AlreadyProposing,
    NothingToDecide,
    accept_groups,
    ask_for_groups,
    begin_grouping,
    fail_grouping,
    finish_grouping,
    leave_groups,
)
from essor.harvest.actions.sorting import merge_groups, open_group, place_ideas
from essor.harvest.models import GroupingRun, Idea, Placing
from essor.harvest.queries.proposals import comparison_of
from essor.harvest.sorting.jobs import propose
from essor.harvest.sorting.proposing import compute, facts_of
from essor.harvest.sorting.stream import what_to_show
from essor.ledger.models import Entry
from tests.cast import NOW, make_harvest, make_idea
from tests.factories.sorting import keys_of, make_group, make_sorting


@pytest.fixture
def table(cast):
    return make_sorting(cast.valence)


@pytest.fixture
def ideas(table):
    return keys_of(table)


def proposed(table, *groups, alone=(), by=None) -> GroupingRun:
    """A finished proposal: each group as (key, title, ideas)."""
    run = ask_for_groups(harvest=table, wanted=None, light=False, by=by, at=NOW)
    begin_grouping(run=run, by=by, at=NOW)
    summary = {
        "groups": [
            {"key": key, "title": title, "ideas": list(ideas), "certainty": 0.9,
             "reasons": [{"code": "words", "values": {"words": ["jardins", "potager"]}}]}
            for key, title, ideas in groups
        ],
        "alone": list(alone),
        "meaning": True,
    }  # fmt: skip
    return finish_grouping(run=run, summary=summary, by=by, at=NOW)


def accept(run, *keys):
    return accept_groups(run=run, keys=keys or None, by=None, at=NOW)


def lying(table) -> dict[str, set[str]]:
    """The public ids of the ideas in each group on the table, by its name."""
    return {
        group.name: set(group.placings.values_list("idea__public_id", flat=True))
        for group in table.groups.all()
        if group.on_table
    }


def test_whole_proposal_accepted_lays_everything_as_it_says_and_can_be_taken_back(table, ideas):
    run = proposed(table, ("g1", "Jardins", ideas[:2]), ("g2", "Vélos", ideas[2:4]))

    move = accept(run)

    assert lying(table) == {"Jardins": set(ideas[:2]), "Vélos": set(ideas[2:4])}
    assert set(Placing.objects.values_list("by_hand", flat=True)) == {False}
    group = table.groups.get(name="Jardins")
    assert (group.certainty, group.reasons[0]["code"], group.named_by_hand) == (0.9, "words", False)
    run.refresh_from_db()
    assert run.closed_at == NOW
    undo_move(harvest=table, move=move, by=None, at=NOW)
    assert lying(table) == {}
    assert not Placing.objects.exclude(group=None).exists()


def test_group_by_group_accepted_or_left(table, ideas):
    run = proposed(table, ("g1", "Jardins", ideas[:2]), ("g2", "Vélos", ideas[2:4]))
    accept(run, "g1")
    assert lying(table) == {"Jardins": set(ideas[:2])}
    leave_groups(run=run, keys=["g2"], by=None, at=NOW)
    assert lying(table) == {"Jardins": set(ideas[:2])}
    run.refresh_from_db()
    assert run.closed_at == NOW
    for decide in (
        lambda: accept(run, "g2"),
        lambda: leave_groups(run=run, keys=None, by=None, at=NOW),
    ):
        with pytest.raises(NothingToDecide):
            decide()


def test_what_a_person_laid_down_stays_whatever_is_proposed(cast, table, ideas):
    mine = make_group(table, "À moi", ideas=ideas[:1], by=cast.bruno)
    place_ideas(harvest=table, ideas=ideas[1:2], group=mine, by=cast.bruno, at=NOW)
    place_ideas(harvest=table, ideas=ideas[1:2], group=None, by=cast.bruno, at=NOW)
    accept(proposed(table, ("g1", "Jardins", ideas[:4])))
    assert lying(table) == {"À moi": {ideas[0]}, "Jardins": set(ideas[2:4])}


@pytest.mark.parametrize("shut", ["locked", "parked"])
def test_locked_and_parked_groups_neither_give_nor_take(table, ideas, shut):
    group = make_group(table, "Fermé", ideas=ideas[:2])
    Placing.objects.update(by_hand=False)
    act = lock_group if shut == "locked" else park_group
    act(harvest=table, group=group, by=None, at=NOW, **{shut: True})
    run = proposed(
        table, (group.public_id, "Autre nom", ideas[:4]), ("g1", "Jardins", [ideas[0], ideas[4]])
    )
    assert [each.key for each in comparison_of(run).changed] == ["g1"]
    accept(run)
    assert lying(table) == {"Fermé": set(ideas[:2]), "Jardins": {ideas[4]}}


def test_a_group_named_by_hand_keeps_its_name_another_takes_the_proposed_one(table, ideas):
    named = make_group(table, "Mes mots", ideas=ideas[:1])
    nameless = make_group(table, "", ideas=ideas[1:2])
    accept(
        proposed(
            table,
            (named.public_id, "Jardins", ideas[:1]),
            (nameless.public_id, "Vélos", ideas[1:3]),
        )
    )
    assert lying(table) == {"Mes mots": {ideas[0]}, "Vélos": set(ideas[1:3])}


def test_ideas_better_left_alone_go_back_to_sort_when_all_is_accepted(table, ideas):
    group = make_group(table, "Jardins", ideas=ideas[:2])
    Placing.objects.update(by_hand=False)
    accept(proposed(table, (group.public_id, "Jardins", ideas[:1]), alone=ideas[1:2]))
    assert lying(table) == {"Jardins": {ideas[0]}}


def test_a_new_group_whose_ideas_were_all_moved_meanwhile_is_not_opened(cast, table, ideas):
    run = proposed(table, ("g1", "Jardins", ideas[:1]), ("g2", "Vélos", ideas[2:3]))
    make_group(table, "À moi", ideas=ideas[:1], by=cast.bruno)
    accept(run)
    assert set(lying(table)) == {"À moi", "Vélos"}


def test_one_proposal_at_a_time_and_a_newer_one_closes_the_older(cast, table, ideas):
    older = proposed(table, ("g1", "Jardins", ideas[:2]))
    ask_for_groups(harvest=table, wanted=5, light=False, by=cast.aicha, at=NOW)
    with pytest.raises(AlreadyProposing):
        ask_for_groups(harvest=table, wanted=5, light=False, by=cast.bruno, at=NOW)
    older.refresh_from_db()
    with pytest.raises(NothingToDecide):
        accept(older)

    later = NOW + GroupingRun.SILENT + timedelta(seconds=1)
    again = ask_for_groups(harvest=table, wanted=5, light=False, by=cast.bruno, at=later)
    assert table.grouping_runs.filter(state="failed").count() == 1
    fail_grouping(run=again, by=None, at=later)
    assert not table.grouping_runs.filter(closed_at=None).exists()


def test_comparison_says_what_would_come_go_and_stay(cast, table, ideas):
    gardens = make_group(table, "Jardins", ideas=ideas[:3])
    wheels = make_group(table, "Vélos", ideas=ideas[3:4], by=cast.bruno)
    gardens.placings.update(by_hand=False)
    run = proposed(
        table,
        (gardens.public_id, "Jardins", [ideas[0], ideas[1], ideas[4]]),
        (wheels.public_id, "Vélos", ideas[3:4]),
        ("g1", "Cantines", [ideas[2]]),
        alone=ideas[5:],
    )

    with CaptureQueriesContext(connection) as asked:
        told = comparison_of(run)

    assert len(asked) == 2
    assert [(each.title, each.stays, len(each.coming), each.leaving) for each in told.changed] == [
        ("Jardins", 2, 1, 1), ("Cantines", 0, 1, 0),
    ]  # fmt: skip
    assert [each.title for each in told.same] == ["Vélos"]
    assert (told.moving, len(told.alone)) == (2, 1)
    assert told.changed[1].coming[0].origin == "groupe 1 «\u00a0Jardins\u00a0»"
    assert told.changed[0].reasons == ["mots en commun\u00a0: jardins, potager"]


# What grouping is given, and what comes of it


def test_merging_and_splitting_by_hand_bind_every_later_proposal(cast, table, ideas):
    a, b = make_group(table, "", ideas=ideas[:2]), make_group(table, "", ideas=ideas[2:3])
    Placing.objects.update(by_hand=False)
    assert facts_of(table, light=False).hands.kept == ()
    merge_groups(harvest=table, into=a, groups=[b], by=cast.bruno, at=NOW)
    open_group(harvest=table, name="À part", ideas=ideas[1:2], by=cast.bruno, at=NOW)

    kept = facts_of(table, light=False).hands.kept

    assert [(each.title, set(each.ideas)) for each in kept] == [
        ("", {ideas[0], ideas[2]}), ("À part", {ideas[1]}),
    ]  # fmt: skip


def test_the_light_way_keeps_all_that_lies_somewhere(table, ideas):
    group = make_group(table, "Jardins", ideas=ideas[:2])
    group.placings.update(by_hand=False)
    place_ideas(harvest=table, ideas=ideas[3:4], group=group, by=None, at=NOW)
    place_ideas(harvest=table, ideas=ideas[3:4], group=None, by=None, at=NOW)
    facts = facts_of(table, light=True)
    assert set(facts.hands.kept[0].ideas) == set(ideas[:2])
    assert facts.hands.alone == (ideas[3],)
    assert facts.previous.groups[0].key == group.public_id


SUBJECTS = {
    "vélo": ["Réparer les vélos", "Un garage à vélos à la gare", "Des vélos en libre service",
             "Apprendre le vélo aux enfants", "Une piste de vélo jusqu’au lycée"],
    "cantine": ["Des repas bio à la cantine", "Des repas moins chers à la cantine",
                "Une cantine ouverte aux voisins", "Moins de gaspillage à la cantine",
                "Le goûter de la cantine avec les maraîchers"],
    "jardin": ["Un jardin partagé au pied des tours", "Planter des jardins sur les toits",
               "Un jardin pour les écoles", "Des outils de jardin à prêter",
               "Apprendre à tailler au jardin"],
}  # fmt: skip


def subject_of(text: str) -> str:
    return next(subject for subject, texts in SUBJECTS.items() if text in texts)


def test_worker_proposes_what_people_would_and_sorts_the_new_ones_in_without_moving_others(cast):
    table = make_harvest(cast.valence, state="sorting")
    first = {text: make_idea(table, text) for texts in SUBJECTS.values() for text in texts[:4]}
    run = ask_for_groups(harvest=table, wanted=3, light=False, by=cast.aicha, at=NOW)
    assert propose(run.public_id) == "done"
    assert propose(run.public_id) == "not taken"
    run.refresh_from_db()
    accept(run)
    names = set(lying(table))
    assert len(names) == 3
    assert all(len({subject_of(Idea.objects.get(public_id=key).text) for key in group}) == 1
               for group in lying(table).values())  # fmt: skip
    assert all(group.reasons for group in table.groups.all())

    before = {key: name for name, group in lying(table).items() for key in group}
    new = [make_idea(table, texts[4]) for texts in SUBJECTS.values()]
    run = ask_for_groups(harvest=table, wanted=None, light=True, by=cast.aicha, at=NOW)
    propose(run.public_id)
    run.refresh_from_db()
    accept(run)

    after = {key: name for name, group in lying(table).items() for key in group}
    assert set(lying(table)) == names
    assert {key: after[key] for key in before} == before
    for idea in new:
        like = {
            subject_of(each.text)
            for each in first.values()
            if after[each.public_id] == after[idea.public_id]
        }
        assert like == {subject_of(idea.text)}


def test_a_proposal_whose_worker_died_is_taken_up_again(cast):
    table = make_harvest(cast.valence, state="sorting")
    for text in next(iter(SUBJECTS.values())):
        make_idea(table, text)
    run = ask_for_groups(harvest=table, wanted=None, light=False, by=cast.aicha, at=NOW)
    assert begin_grouping(run=run, by=None, at=NOW), "a worker takes it, and dies"

    assert propose(run.public_id) == "not taken"
    assert propose(run.public_id, again=True) == "done"
    assert propose(run.public_id, again=True) == "not taken", "what has ended is not begun again"


def test_the_same_table_gives_the_same_proposal(cast):
    table = make_harvest(cast.valence, state="sorting")
    for texts in SUBJECTS.values():
        for text in texts:
            make_idea(table, text)
    assert compute(table, wanted=3, light=False) == compute(table, wanted=3, light=False)


# Pages


def act(**fields) -> dict:
    return {"act": uuid.uuid4().hex, **fields}


def read(answer) -> str:
    return answer.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def base(table) -> str:
    return f"/valence/harvest/{table.public_id}/sorting/"


def test_asking_leads_to_the_proposal_and_the_table_says_that_it_waits(cast, table, ideas):
    client = cast.client("bruno")
    page = read(client.post(f"{base(table)}proposals/", act(wanted="4"), follow=True))
    assert "En attente du calculateur…" in page
    run = table.grouping_runs.get()
    assert (run.wanted, run.light) == (4, False)
    again = client.post(f"{base(table)}proposals/", act(wanted="4"), follow=True)
    assert "est déjà en préparation" in read(again)
    assert "se prépare" in read(client.get(base(table)))
    address = f"{base(table)}proposals/{run.public_id}/"
    assert "HX-Redirect" not in client.get(f"{address}progress/").headers

    begin_grouping(run=run, by=None, at=NOW)
    finish_grouping(
        run=run, summary={"groups": [], "alone": ideas, "meaning": False}, by=None, at=NOW
    )

    assert client.get(f"{address}progress/").headers["HX-Redirect"] == address
    assert "attend votre décision" in read(client.get(base(table)))
    assert "Seuls les mots ont été comparés" in read(client.get(address))


@pytest.mark.parametrize("wanted", ["1", "201", "vingt", "-3"])
def test_a_number_of_groups_that_cannot_be_is_refused_at_its_field(cast, table, wanted):
    answer = cast.client("bruno").post(f"{base(table)}proposals/", act(wanted=wanted))
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in read(answer)
    assert not table.grouping_runs.exists()


def test_deciding_on_the_page_moves_and_says_so(cast, table, ideas):
    run = proposed(table, ("g1", "Jardins", ideas[:2]), ("g2", "Vélos", ideas[2:4]))
    client, address = cast.client("aicha"), f"{base(table)}proposals/{run.public_id}/"
    page = read(client.get(address))
    for words in (
        "4 idées se déplaceraient",
        "Un nouveau groupe de 2 idées",
        "mots en commun",
        "sûr",
    ):
        assert words in page
    one = client.post(f"{address}decisions/", act(group="g1", answer="accept"))
    assert one.url == address
    assert "Accepté" in read(client.get(address))
    assert "Accepter ou laisser" in read(client.post(f"{address}decisions/", act(), follow=True))
    rest = client.post(f"{address}decisions/", act(answer="leave"), follow=True)
    assert "Une proposition a été acceptée : 2 idées déplacées." in read(rest)
    late = client.post(f"{address}decisions/", act(answer="accept"), follow=True)
    assert "C’est déjà décidé" in read(late)
    assert set(lying(table)) == {"Jardins"}


def test_a_computation_that_broke_says_so_and_moves_nothing(cast, table):
    run = ask_for_groups(harvest=table, wanted=None, light=False, by=None, at=NOW)
    begin_grouping(run=run, by=None, at=NOW)
    fail_grouping(run=run, by=None, at=NOW)
    page = read(cast.client("aicha").get(f"{base(table)}proposals/{run.public_id}/"))
    assert "Le calcul s’est interrompu." in page
    assert not Placing.objects.exists()


def test_everybody_at_the_table_hears_that_a_proposal_is_ready(table, ideas):
    run = proposed(table, ("g1", "Jardins", ideas[:2]))
    line = Entry.objects.get(verb="ended_grouping")
    told = what_to_show(table.public_id, "fr", [line])
    assert told[line.pk]["run"] == run.public_id
    assert line.room == f"sorting:{table.public_id}"
