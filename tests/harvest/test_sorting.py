"""Moves on the sorting table: each alone, two at the same time, and taken back."""

from datetime import timedelta

import pytest

from essor.harvest.actions.groups import ChangedMeanwhile, lock_group, name_group, park_group
from essor.harvest.actions.moves import NothingToUndo, undo_move
from essor.harvest.actions.sorting import (
    GroupGone,
    MergedMeanwhile,
    NoIdeas,
    TooFew,
    merge_groups,
    open_group,
    place_ideas,
    remove_group,
)
from essor.harvest.models import Idea, Placing, SortingMove
from essor.ledger.models import Entry
from tests.cast import NOW
from tests.factories.sorting import keys_of, make_group, make_sorting

LATER = NOW + timedelta(seconds=5)


@pytest.fixture
def table(cast):
    return make_sorting(cast.valence)


@pytest.fixture
def ideas(table):
    return keys_of(table)


def lying(table) -> dict[str, list[str]]:
    """What lies where now: the name of each group to the words of its ideas, oldest move first."""
    found: dict[str, list[str]] = {}
    placings = Placing.objects.filter(idea__harvest=table).order_by("order", "id")
    for each in placings.select_related("idea", "group"):
        if each.group is not None:
            found.setdefault(each.group.name, []).append(each.idea.text)
    return found


def place(table, ideas, group, by, since=None):
    return place_ideas(harvest=table, ideas=ideas, group=group, by=by, at=LATER, since=since)


def last_move(table) -> int:
    """The number of the last move, as a page that is opened now has it."""
    return table.moves.latest("id").pk


def test_ideas_laid_into_a_group_lie_there_and_the_ledger_says_so(cast, table, ideas):
    gardens = make_group(table, "Jardins")

    move = place(table, [ideas[3], ideas[0]], gardens, cast.bruno)

    assert lying(table) == {"Jardins": ["Des jardins sur les toits", "Un potager à l’école"]}
    assert set(Placing.objects.values_list("by_hand", "moved_by")) == {(True, cast.bruno.pk)}
    line = Entry.objects.filter(verb="sorted").latest("id")
    assert (line.by, line.room) == (cast.bruno.public_id, f"sorting:{table.public_id}")
    assert line.data == {"move": move.public_id, "kind": "place"}


def test_laying_an_idea_where_it_lies_already_is_no_move(cast, table, ideas):
    gardens = make_group(table, "Jardins", ideas=ideas[:1])
    before = SortingMove.objects.count()
    assert place(table, ideas[:1], gardens, cast.bruno) is None
    assert SortingMove.objects.count() == before


def test_an_idea_goes_back_among_those_not_sorted(cast, table, ideas):
    make_group(table, "Jardins", ideas=ideas[:2])
    place(table, ideas[:1], None, cast.bruno)
    assert lying(table) == {"Jardins": ["Réparer les vélos ensemble"]}


def test_hidden_and_withdrawn_ideas_are_not_on_the_table(cast, table, ideas):
    gardens = make_group(table, "Jardins")
    Idea.objects.filter(public_id=ideas[0]).update(state=Idea.State.HIDDEN)
    Idea.objects.filter(public_id=ideas[1]).update(state=Idea.State.WITHDRAWN)
    with pytest.raises(NoIdeas):
        place(table, ideas[:2], gardens, cast.bruno)

    move = place(table, ideas[:3], gardens, cast.bruno)

    assert lying(table) == {"Jardins": ["Une cantine avec les maraîchers"]}
    assert move.after["gone"] == 2


def test_ideas_of_another_harvest_are_not_moved(cast, table):
    elsewhere = make_sorting(cast.jura, ideas=1)
    with pytest.raises(NoIdeas):
        place(table, keys_of(elsewhere), make_group(table, "Jardins"), cast.bruno)


def test_when_two_move_the_same_idea_the_last_wins_and_the_move_names_the_first(cast, table, ideas):
    gardens, wheels = make_group(table, "Jardins"), make_group(table, "Vélos")
    seen = last_move(table)
    first = place(table, ideas[:1], gardens, cast.aicha, since=seen)

    second = place(table, ideas[:2], wheels, cast.bruno, since=seen)

    assert "Vélos" in lying(table)
    assert "Jardins" not in lying(table)
    assert second.after["over"] == {ideas[0]: first.public_id}


def test_nobody_is_told_where_nothing_was_overtaken(cast, table, ideas):
    gardens, wheels = make_group(table, "Jardins"), make_group(table, "Vélos")
    before = last_move(table)
    place(table, ideas[:2], gardens, cast.aicha)
    known = last_move(table)

    moves = [
        place(table, ideas[:1], wheels, cast.bruno, since=known),  # it was seen where it lay
        place(table, ideas[:1], gardens, cast.bruno, since=before),  # one's own move since
        place(table, ideas[1:2], wheels, cast.bruno),  # a page that cannot say what it showed
    ]

    assert ["over" in move.after for move in moves] == [False, False, False]


def test_a_new_group_takes_the_next_number_and_never_one_that_was_used(cast, table, ideas):
    one, two = make_group(table, "Un"), make_group(table, "Deux")
    remove_group(harvest=table, group=two, by=cast.aicha, at=LATER)
    three = make_group(table, "Trois", ideas=ideas[:2])
    assert (one.order, two.order, three.order) == (1, 2, 3)


def test_splitting_moves_what_was_chosen_and_holds_the_rest_by_hand(cast, table, ideas):
    gardens = make_group(table, "Jardins", ideas=ideas[:3])
    Placing.objects.update(by_hand=False)

    make_group(table, "Cantine", ideas=ideas[2:3], by=cast.bruno)

    assert lying(table) == {
        "Jardins": ["Un potager à l’école", "Réparer les vélos ensemble"],
        "Cantine": ["Une cantine avec les maraîchers"],
    }
    assert gardens.placings.filter(by_hand=True).count() == 2


def test_splitting_off_ideas_that_are_gone_is_refused(cast, table, ideas):
    Idea.objects.update(state=Idea.State.HIDDEN)
    with pytest.raises(NoIdeas):
        open_group(harvest=table, name="Vide", ideas=ideas[:1], by=cast.bruno, at=LATER)
    assert not table.groups.exists()


def test_merging_lays_everything_together_by_hand_and_leads_there(cast, table, ideas):
    gardens = make_group(table, "Jardins", ideas=ideas[:2])
    roofs = make_group(table, "Toits", ideas=ideas[3:4])
    Placing.objects.update(by_hand=False)

    merge_groups(harvest=table, into=gardens, groups=[roofs], by=cast.aicha, at=LATER)

    assert lying(table) == {
        "Jardins": [
            "Un potager à l’école", "Réparer les vélos ensemble", "Des jardins sur les toits",
        ]
    }  # fmt: skip
    assert set(Placing.objects.values_list("by_hand", flat=True)) == {True}
    roofs.refresh_from_db()
    assert roofs.merged_into == gardens
    assert not roofs.on_table


def test_a_group_without_name_takes_that_of_the_one_it_swallows(cast, table, ideas):
    nameless, roofs = make_group(table, ""), make_group(table, "Toits", ideas=ideas[:1])
    merge_groups(harvest=table, into=nameless, groups=[roofs], by=cast.aicha, at=LATER)
    assert lying(table) == {"Toits": ["Un potager à l’école"]}


def test_two_hosts_merge_the_same_groups_and_the_second_hears_of_the_first(cast, table, ideas):
    a = make_group(table, "A", ideas=ideas[:1])
    b = make_group(table, "B", ideas=ideas[1:2])
    c = make_group(table, "C", ideas=ideas[2:3])
    merge_groups(harvest=table, into=b, groups=[a], by=cast.aicha, at=LATER)

    with pytest.raises(MergedMeanwhile) as crossed:
        merge_groups(harvest=table, into=a, groups=[b], by=cast.bruno, at=LATER)
    with pytest.raises(MergedMeanwhile):
        merge_groups(harvest=table, into=c, groups=[a], by=cast.bruno, at=LATER)

    assert (crossed.value.group, crossed.value.into) == (a, b)
    assert crossed.value.move.by == cast.aicha
    assert sorted(map(len, lying(table).values())) == [1, 2]


def test_an_idea_laid_into_a_group_that_was_merged_follows_it(cast, table, ideas):
    a, b, c = (make_group(table, name) for name in "ABC")
    merge_groups(harvest=table, into=b, groups=[a], by=cast.aicha, at=LATER)
    merge_groups(harvest=table, into=c, groups=[b], by=cast.aicha, at=LATER)
    place(table, ideas[:1], a, cast.bruno)
    assert lying(table) == {"C": ["Un potager à l’école"]}


def test_merging_takes_two_groups_that_stand(cast, table):
    a, b = make_group(table, "A"), make_group(table, "B")
    with pytest.raises(TooFew):
        merge_groups(harvest=table, into=a, groups=[a], by=cast.aicha, at=LATER)
    remove_group(harvest=table, group=b, by=cast.aicha, at=LATER)
    with pytest.raises(GroupGone):
        merge_groups(harvest=table, into=a, groups=[b], by=cast.aicha, at=LATER)


def test_a_group_taken_off_gives_its_ideas_back_and_takes_none(cast, table, ideas):
    gardens = make_group(table, "Jardins", ideas=ideas[:2])
    remove_group(harvest=table, group=gardens, by=cast.aicha, at=LATER)
    assert lying(table) == {}
    with pytest.raises(GroupGone):
        place(table, ideas[:1], gardens, cast.bruno)
    with pytest.raises(GroupGone):
        lock_group(harvest=table, group=gardens, locked=True, by=cast.bruno, at=LATER)
    assert remove_group(harvest=table, group=gardens, by=cast.bruno, at=LATER) is None


def test_a_name_given_meanwhile_is_not_overwritten_unseen(cast, table):
    group = make_group(table, "")
    name_group(harvest=table, group=group, name="Jardins", seen="", by=cast.aicha, at=LATER)

    with pytest.raises(ChangedMeanwhile) as refused:
        name_group(harvest=table, group=group, name="Vergers", seen="", by=cast.bruno, at=LATER)

    assert refused.value.group.name == "Jardins"
    name_group(
        harvest=table,
        group=group,
        name=" Vergers  et jardins ",
        seen="Jardins",
        by=cast.bruno,
        at=LATER,
    )
    group.refresh_from_db()
    assert (group.name, group.named_by_hand, group.version) == ("Vergers et jardins", True, 3)


def test_locking_and_setting_aside_say_themselves_once(cast, table):
    group = make_group(table, "Jardins")
    for act, word in ((lock_group, "locked"), (park_group, "parked")):
        assert act(harvest=table, group=group, by=cast.aicha, at=LATER, **{word: True})
        assert act(harvest=table, group=group, by=cast.bruno, at=LATER, **{word: True}) is None
    group.refresh_from_db()
    assert (group.locked, group.parked) == (True, True)


# Taking back


def undo(table, move, by):
    return undo_move(harvest=table, move=move, by=by, at=LATER)


def test_each_kind_of_move_taken_back_leaves_all_as_it_was(cast, table, ideas):
    a = make_group(table, "A", ideas=ideas[:2])
    b = make_group(table, "", ideas=ideas[2:4])
    was = {name: set(words) for name, words in lying(table).items()}
    by, at = cast.aicha, LATER
    acts = [
        lambda: place(table, [ideas[0], ideas[5]], b, by),
        lambda: open_group(harvest=table, name="Neuf", ideas=ideas[1:3], by=by, at=at),
        lambda: merge_groups(harvest=table, into=b, groups=[a], by=by, at=at),
        lambda: remove_group(harvest=table, group=a, by=by, at=at),
        lambda: name_group(harvest=table, group=a, name="Z", seen="A", by=by, at=at),
        lambda: park_group(harvest=table, group=a, parked=True, by=by, at=at),
    ]
    for act in acts:
        undone = act()
        assert undo(table, undone, cast.bruno).undoes == undone
        assert {name: set(words) for name, words in lying(table).items()} == was
        assert [(g.name, g.parked) for g in table.groups.all() if g.on_table] == [
            ("A", False), ("", False),
        ]  # fmt: skip


def test_a_taking_back_can_be_taken_back(cast, table, ideas):
    gardens = make_group(table, "Jardins")
    move = place(table, ideas[:1], gardens, cast.aicha)
    undoing = undo(table, move, cast.aicha)
    assert lying(table) == {}
    undo(table, undoing, cast.aicha)
    assert lying(table) == {"Jardins": ["Un potager à l’école"]}


def test_what_somebody_moved_since_stays_and_is_counted(cast, table, ideas):
    gardens, wheels = make_group(table, "Jardins"), make_group(table, "Vélos")
    move = place(table, ideas[:2], gardens, cast.aicha)
    place(table, ideas[1:2], wheels, cast.bruno)

    undoing = undo(table, move, cast.aicha)

    assert lying(table) == {"Vélos": ["Réparer les vélos ensemble"]}
    assert undoing.after["left"] == 1


def test_nothing_is_taken_back_twice_nor_when_all_was_moved_again(cast, table, ideas):
    gardens, wheels = make_group(table, "Jardins"), make_group(table, "Vélos")
    move = place(table, ideas[:1], gardens, cast.aicha)
    place(table, ideas[:1], wheels, cast.bruno)
    with pytest.raises(NothingToUndo):
        undo(table, move, cast.aicha)
    place(table, ideas[:1], gardens, cast.bruno)
    undo(table, move, cast.aicha)
    with pytest.raises(NothingToUndo):
        undo(table, move, cast.aicha)


def test_a_new_group_into_which_others_put_ideas_stays_when_its_opening_is_taken_back(
    cast, table, ideas
):
    move = open_group(harvest=table, name="Jardins", ideas=ideas[:1], by=cast.aicha, at=LATER)
    gardens = table.groups.get()
    place(table, ideas[1:2], gardens, cast.bruno)

    undo(table, move, cast.aicha)

    assert lying(table) == {"Jardins": ["Réparer les vélos ensemble"]}
    gardens.refresh_from_db()
    assert gardens.on_table


def test_an_idea_taken_back_into_a_group_that_was_merged_follows_it(cast, table, ideas):
    a, b = make_group(table, "A", ideas=ideas[:1]), make_group(table, "B")
    move = place(table, ideas[:1], None, cast.aicha)
    merge_groups(harvest=table, into=b, groups=[a], by=cast.bruno, at=LATER)
    undo(table, move, cast.aicha)
    assert lying(table) == {"B": ["Un potager à l’école"]}
