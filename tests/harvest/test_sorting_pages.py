"""The sorting table's pages: who finds them, what they say, what they cost, what scripts hear."""

import json
import uuid

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from essor.harvest.actions.groups import lock_group, name_group
from essor.harvest.actions.sorting import merge_groups, place_ideas, remove_group
from essor.harvest.models import Hand, Idea, Placing, Support
from essor.harvest.privacy import strike_names_of_groups
from essor.harvest.queries.table import ROOM
from essor.harvest.sorting.stream import what_to_show, who_holds_what, who_may_watch
from essor.harvest.views.sorting_screen import columns_for
from essor.kit import clock
from essor.ledger.models import Entry
from tests.cast import NOW
from tests.factories.sorting import keys_of, make_group, make_sorting


@pytest.fixture
def table(cast):
    return make_sorting(cast.valence)


@pytest.fixture
def ideas(table):
    return keys_of(table)


def base(table) -> str:
    return f"/valence/harvest/{table.public_id}/sorting/"


def act(**fields) -> dict:
    return {"act": uuid.uuid4().hex, **fields}


def plain(text: str) -> str:
    """French as it is typed: the unbreakable spaces are not what these tests are about."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def read(answer) -> str:
    return plain(answer.content.decode())


def as_script(client, address, **fields):
    """The answer to the page's own script, with its status."""
    answer = client.post(address, act(**fields), headers={"Accept": "application/json"})
    return answer.status_code, json.loads(plain(json.dumps(answer.json(), ensure_ascii=False)))


@pytest.mark.parametrize(
    ("name", "found"),
    [("aicha", True), ("bruno", True), ("chloe", False), ("elodie", False), ("farid", False),
     ("denis", False), ("hugo", False), ("gaelle", False), (None, False)],
)  # fmt: skip
def test_host_and_facilitator_sort_others_do_not_find_the_table(cast, table, name, found):
    assert cast.client(name).get(base(table)).status_code == (200 if found else 404)


def test_page_shows_groups_ideas_where_they_were_said_and_who_stands_behind(cast, table, ideas):
    source = table.sources.create(label="Marché de Romans", created_at=NOW)
    table.ideas.filter(public_id=ideas[0]).update(source=source)
    Support.objects.create(idea=table.ideas.get(public_id=ideas[0]), device="d", at=NOW)
    make_group(table, "Jardins", ideas=ideas[:2])

    page = read(cast.client("bruno").get(base(table)))

    for words in ("Jardins", "Un potager à l’école", "Marché de Romans", "+ 1 voix"):
        assert words in page
    assert "<strong><span data-sorted>2</span> / <span data-total-words>6</span></strong>" in page


def test_empty_table_says_what_will_be_there(cast):
    page = cast.client("aicha").get(base(make_sorting(cast.valence, ideas=0)))
    assert "Aucune idée pour l’instant" in read(page)


def test_ideas_hidden_or_withdrawn_are_not_on_the_wall(cast, table, ideas):
    make_group(table, "Jardins", ideas=ideas[:2])
    Idea.objects.filter(public_id=ideas[0]).update(state=Idea.State.HIDDEN)
    Idea.objects.filter(public_id=ideas[3]).update(state=Idea.State.WITHDRAWN)
    page = read(cast.client("aicha").get(base(table)))
    assert "potager" not in page
    assert "jardins sur les toits" not in page
    assert "vélos" in page


def test_page_costs_the_same_number_of_queries_for_6_and_for_300_ideas(cast, table, ideas):
    big = make_sorting(cast.valence, ideas=300)
    for each in (table, big):
        keys = keys_of(each)
        for n in range(3):
            make_group(
                each,
                f"G{n}",
                ideas=keys[n : n + 1] if each == table else keys[n * 60 :: 9],
                by=cast.bruno,
            )
    client = cast.client("aicha")
    client.get(base(table))
    costs = []
    for each in (table, big):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(base(each)).status_code == 200
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 16


def test_ideas_are_moved_by_ticking_them_and_choosing_where(cast, table, ideas):
    group = make_group(table, "Jardins")
    client = cast.client("bruno")

    answer = client.post(
        f"{base(table)}moves/", act(idea=ideas[:2], to=group.public_id, since="0"), follow=True
    )

    assert answer.redirect_chain[0][0].endswith(f"#g-{group.public_id}")
    assert group.placings.count() == 2
    assert "2 idées sont maintenant dans le groupe 1 « Jardins »." in read(answer)


def test_the_same_form_sent_twice_moves_once(cast, table, ideas):
    form = act(idea=ideas[0], to="new", name="Jardins")
    client = cast.client("bruno")
    first, second = (client.post(f"{base(table)}moves/", form) for _ in range(2))
    assert first.url == second.url
    assert table.groups.count() == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Choisissez où vont les idées."),
        ({"to": "new"}, ""),
        ({"to": "waiting"}, "Choisissez au moins une idée, puis où elle va."),
        ({"to": "elsewhere", "idea": "x"}, "Choisissez l’un des groupes de cette table."),
        ({"to": "waiting", "idea": "nothing"}, "Ces idées ne sont plus sur la table"),
    ],
)
def test_what_cannot_be_moved_is_said_with_what_to_do(cast, table, fields, words):
    answer = cast.client("bruno").post(f"{base(table)}moves/", act(**fields))
    assert answer.status_code == (422 if words else 302)
    assert words in read(answer)


def test_a_name_alone_opens_a_group_even_when_nothing_was_chosen_in_the_list(cast, table, ideas):
    cast.client("bruno").post(f"{base(table)}moves/", act(idea=ideas[0], name="Jardins"))
    assert [group.name for group in table.groups.all()] == ["Jardins"]


def test_first_mover_hears_it_on_the_page_and_the_second_in_the_answer(cast, table, ideas):
    gardens, wheels = make_group(table, "Jardins"), make_group(table, "Vélos")
    seen = table.moves.latest("id").pk
    place_ideas(
        harvest=table, ideas=ideas[:1], group=gardens, since=seen, by=cast.aicha, at=clock.now()
    )

    status, told = as_script(
        cast.client("bruno"), f"{base(table)}moves/", idea=ideas[0], to=wheels.public_id, since=seen
    )

    assert status == 200
    assert told["words"].endswith(
        "Aicha venait de mettre « Un potager à l’école » dans le groupe 1 « Jardins »."
    )
    sentence = (
        "Bruno a déplacé « Un potager à l’école », que vous aviez mis dans le groupe 1 « Jardins », "
        "vers le groupe 2 « Vélos »."
    )
    assert told["over"] == [{"to": cast.aicha.public_id, "words": sentence}]
    assert sentence in read(cast.client("aicha").get(base(table)))
    assert sentence not in read(cast.client("bruno").get(base(table)))


def test_two_hosts_merge_the_same_groups_and_both_see_what_happened(cast, table, ideas):
    a, b = make_group(table, "A", ideas=ideas[:1]), make_group(table, "B", ideas=ideas[1:2])
    first = cast.client("aicha").post(
        f"{base(table)}groups/{a.public_id}/merger/", act(into=b.public_id), follow=True
    )
    assert "Groupe 1 « A » a rejoint le groupe 2 « B »." in read(first)

    second = cast.client("bruno").post(
        f"{base(table)}groups/{b.public_id}/merger/", act(into=a.public_id)
    )

    assert second.status_code == 422
    words = "Aicha vient de réunir groupe 1 « A » et groupe 2 « B »"
    assert words in read(second)
    assert b.placings.count() == 2


def test_a_name_given_meanwhile_keeps_both_and_asks(cast, table):
    group = make_group(table, "")
    name_group(harvest=table, group=group, name="Jardins", seen="", by=cast.aicha, at=NOW)
    address = f"{base(table)}groups/{group.public_id}/name/"
    client = cast.client("bruno")

    refused = client.post(address, act(name="Vergers", seen=""))

    assert refused.status_code == 422
    page = read(refused)
    assert "« Jardins » entre-temps" in page
    assert 'value="Vergers"' in page
    assert as_script(client, address, name="Vergers", seen="")[1]["seen"] == "Jardins"
    client.post(address, act(name="Vergers", seen="Jardins"))
    group.refresh_from_db()
    assert group.name == "Vergers"


def test_every_act_on_a_group_says_what_it_did(cast, table, ideas):
    group = make_group(table, "Jardins", ideas=ideas[:1])
    other = make_group(table, "Vélos")
    client, address = cast.client("bruno"), f"{base(table)}groups/{group.public_id}/"
    acts = [
        ("locking/", {"locked": "yes"}, "est verrouillé"),
        ("locking/", {"locked": "no"}, "n’est plus verrouillé"),
        ("parking/", {"parked": "yes"}, "est mis de côté"),
        ("parking/", {"parked": "no"}, "est de retour parmi les autres"),
        ("name/", {"name": "Vergers", "seen": "Jardins"}, "s’appelle maintenant « Vergers »"),
        ("removal/", {}, "Son idée est de nouveau à trier"),
    ]
    for path, fields, words in acts:
        answer = client.post(address + path, act(**fields), follow=True)
        assert words in read(answer), path
    assert client.get(address).url == base(table)
    answer = client.post(f"{base(table)}groups/{other.public_id}/merger/", act(into=""))
    assert answer.status_code == 422


def test_taking_back_says_what_it_took_back_and_only_once(cast, table, ideas):
    group = make_group(table, "Jardins", ideas=ideas[:1], by=cast.bruno)
    remove_group(harvest=table, group=group, by=cast.bruno, at=NOW)
    last = table.moves.latest("id")
    client = cast.client("bruno")

    page = client.post(f"{base(table)}undoings/", act(move=last.public_id), follow=True)

    assert "Annulé : le retrait du groupe 1 « Jardins »." in read(page).replace("\u00a0", " ")
    again = client.post(f"{base(table)}undoings/", act(move=last.public_id))
    assert again.status_code == 422
    assert "Il n’y a plus rien à annuler" in read(again)
    assert client.post(f"{base(table)}undoings/", act(move="x")).status_code == 422


def test_a_move_that_changed_nothing_says_so(cast, table, ideas):
    group = make_group(table, "Jardins", ideas=ideas[:1])
    client = cast.client("bruno")
    form = {"idea": ideas[0], "to": group.public_id}
    assert "rien n’a bougé" in read(client.post(f"{base(table)}moves/", act(**form), follow=True))
    assert as_script(client, f"{base(table)}moves/", **form)[1]["move"] == ""


def test_an_idea_s_page_offers_every_group_on_the_table(cast, table, ideas):
    make_group(table, "Jardins", ideas=ideas[:1])
    gone = make_group(table, "Parti")
    remove_group(harvest=table, group=gone, by=None, at=NOW)
    client = cast.client("bruno")

    page = read(client.get(f"{base(table)}ideas/{ideas[0]}/"))

    assert "Un potager à l’école" in page
    assert "Jardins" in page
    assert "Parti" not in page
    Idea.objects.filter(public_id=ideas[0]).update(state=Idea.State.HIDDEN)
    assert "n’est pas sur la table" in read(client.get(f"{base(table)}ideas/{ideas[0]}/"))


# Live


def asking(name, cast):
    request = RequestFactory().get("/", headers={"Accept-Language": "fr"})
    request.user = cast.people[name].account
    request.session = {}
    return request


def test_only_those_who_sort_may_follow_the_table_each_in_their_language(cast, table):
    assert who_may_watch(asking("bruno", cast), table.public_id) == "fr"
    for name in ("chloe", "hugo", "denis", "gaelle"):
        assert who_may_watch(asking(name, cast), table.public_id) is None
    assert who_may_watch(asking("aicha", cast), "nothing") is None


def test_the_stream_tells_moves_in_words_and_absolute_values(cast, table, ideas):
    group = make_group(table, "Jardins", by=cast.bruno)
    place_ideas(harvest=table, ideas=ideas[:1], group=group, by=cast.bruno, at=NOW)
    lines = list(Entry.objects.filter(room=f"sorting:{table.public_id}").order_by("id"))

    with CaptureQueriesContext(connection) as asked:
        shown = what_to_show(table.public_id, "fr", lines)

    assert len(asked) <= 5
    told = shown[lines[-1].pk]
    assert (
        plain(told["words"])
        == "« Un potager à l’école » est maintenant dans le groupe 1 « Jardins »."
    )
    assert told["ideas"] == {ideas[0]: group.public_id}
    assert told["groups"] == [
        {
            "key": group.public_id,
            "number": 1,
            "name": "Jardins",
            "locked": False,
            "parked": False,
            "on": True,
        }
    ]
    assert (told["by"], told["who"]) == ("Bruno", cast.bruno.public_id)


def test_who_holds_what_is_told_while_it_lasts_and_written_nowhere(cast, table, ideas):
    client, lines = cast.client("bruno"), Entry.objects.count()

    answer = client.post(f"{base(table)}hands/", {"holds": ideas[0]}).json()

    assert answer["ideas"] == 6
    assert (
        answer["hands"]
        == who_holds_what(table.public_id, "fr")
        == [{"who": cast.bruno.public_id, "name": "Bruno", "holds": ideas[0]}]
    )
    cast.client("aicha").post(f"{base(table)}hands/", {"holds": ""})
    assert [each["name"] for each in who_holds_what(table.public_id, "fr")] == ["Aicha", "Bruno"]
    client.post(f"{base(table)}hands/", {"left": "yes"})
    assert [each["name"] for each in who_holds_what(table.public_id, "fr")] == ["Aicha"]
    Hand.objects.update(seen_at=NOW)
    assert who_holds_what(table.public_id, "fr") == []
    client.post(f"{base(table)}hands/", {"holds": ""})
    assert Hand.objects.count() == 1
    assert Entry.objects.count() == lines


def test_desk_of_the_harvest_leads_those_who_sort_to_the_table(cast, table, ideas):
    make_group(table, "Jardins", ideas=ideas[:4])
    page = read(cast.client("bruno").get(f"/valence/harvest/{table.public_id}/desk/"))
    assert "4 idées sur 6 triées." in page
    assert base(table) in page


def test_moves_tell_of_hidden_ideas_without_their_words(cast, table, ideas):
    group = make_group(table, "Jardins", ideas=ideas[:1], by=cast.bruno)
    place_ideas(harvest=table, ideas=ideas[:1], group=None, by=cast.bruno, at=NOW)
    Idea.objects.filter(public_id=ideas[0]).update(state=Idea.State.HIDDEN)
    lock_group(harvest=table, group=group, locked=True, by=cast.bruno, at=NOW)
    page = read(cast.client("aicha").get(base(table)))
    assert "potager" not in page
    assert "Une idée est de nouveau à trier" in page


def test_an_erased_mover_leaves_the_moves_without_a_name(cast, table, ideas):
    merge_groups(
        harvest=table, into=make_group(table, "A"), groups=[make_group(table, "B")],
        by=cast.bruno, at=NOW,
    )  # fmt: skip
    place_ideas(
        harvest=table, ideas=ideas[:1], group=table.groups.get(name="A"), by=cast.bruno, at=NOW
    )
    table.moves.update(by=None)
    Placing.objects.update(moved_by=None)
    page = read(cast.client("aicha").get(base(table)))
    assert "<strong>Quelqu’un</strong>" in page


def test_projector_shows_groups_with_counts_and_the_latest_moves(cast, table, ideas):
    make_group(table, "Jardins", ideas=ideas[:4], by=cast.bruno)
    client = cast.client("bruno")
    with CaptureQueriesContext(connection) as asked:
        scene = read(client.get(f"{base(table)}screen/now/"))
    assert len(asked) <= 16
    for words in ("Jardins", "<strong>4<span> / 6</span></strong>", "2 idées à trier", "Bruno"):
        assert words in scene
    assert "<form" not in read(client.get(f"{base(table)}screen/")).partition("<main")[2]
    empty = make_sorting(cast.valence, ideas=0)
    assert "Les premiers groupes apparaîtront ici." in read(client.get(f"{base(empty)}screen/"))


@pytest.mark.parametrize(("groups", "columns"), [(0, 2), (4, 2), (5, 3), (20, 4), (21, 5), (30, 5)])
def test_as_many_columns_as_let_all_groups_fit(groups, columns):
    assert columns_for(groups) == columns


def test_an_erased_person_s_name_goes_from_the_names_that_groups_had(cast, table):
    cast.denis.last_name = "Ferrand"
    group = make_group(table, "L’idée de Denis Ferrand")
    name_group(harvest=table, group=group, name="Vergers", seen=group.name, by=cast.aicha, at=NOW)
    kept = str(list(table.moves.values_list("before", "after")))
    assert "Denis Ferrand" in kept

    strike_names_of_groups(cast.denis, NOW)

    struck = str(list(table.moves.values_list("before", "after")))
    assert "Ferrand" not in struck
    assert "Vergers" in struck


def shown_on(page: str) -> int:
    return page.count('data-idea="')


def test_page_weighs_the_same_however_many_ideas_lie_below_those_shown(cast):
    pages = []
    for more in (50, 500):
        big = make_sorting(cast.valence, ideas=ROOM + more)
        page = read(cast.client("aicha").get(base(big)))
        assert shown_on(page) == ROOM
        assert f"{more} autres en dessous" in page
        assert f"<span data-total-words>{ROOM + more}</span>" in page
        pages.append(page)

    assert abs(len(pages[0]) - len(pages[1])) < 2000, "ideas of a page differ by their numbers"


def test_each_pile_shows_its_uppermost_and_counts_all(cast, monkeypatch):
    monkeypatch.setattr("essor.harvest.queries.table.ROOM", 20)
    table = make_sorting(cast.valence, ideas=60)
    keys = keys_of(table)
    for n in range(2):
        make_group(table, f"G{n}", ideas=keys[n * 15 : n * 15 + 15], by=cast.bruno)

    page = read(cast.client("aicha").get(base(table)))

    assert shown_on(page) == 20, "ten to sort, five of each group"
    assert page.count('data-more="10"') == 2
    assert 'data-more="20"' in page
    assert "<strong><span data-sorted>30</span> / <span data-total-words>60</span></strong>" in page
    assert page.count("<span data-count>15</span>") == 2


def test_words_bring_up_ideas_that_lie_below(cast, monkeypatch):
    monkeypatch.setattr("essor.harvest.queries.table.ROOM", 6)
    table = make_sorting(cast.valence, ideas=40)
    client = cast.client("bruno")
    assert "Cuisiner les invendus, idée 18" not in read(client.get(base(table)))

    page = read(client.get(base(table), {"q": "INVENDUS, idee 18"}))

    assert shown_on(page) == 1
    assert "Cuisiner les invendus, idée 18" in page
    assert "<span data-total-words>40</span>" in page, "what is not shown still counts"
    assert "Tout afficher" in page
