"""Groups stay themselves when ideas arrive, and respect what humans decided."""

import random

import pytest

from essor.algos.grouping import BadIdeas, Hands, Idea, Kept, group
from tests.algos.harvests import ODD, ideas
from tests.algos.test_grouping import WORDS, everybody_once

NEW = [
    Idea("n0", "Réparer les freins et les pneus des bicyclettes"),
    Idea("n1", "Tenir compagnie aux anciens du village"),
    Idea("n2", "Des repas cuisinés sur place pour les élèves"),
    Idea("n3", "Changer les vieux radiateurs"),
]


@pytest.fixture(scope="module")
def first():
    return group(ideas(), 4)


def key_holding(found, idea):
    return found.group_of()[idea]


def test_new_ideas_join_and_nobody_else_moves(first):
    for count in (4, None):
        then = group([*ideas(), *NEW], count, previous=first)
        everybody_once(then, [*ideas(), *NEW])
        home = then.group_of()
        assert {i: home[i] for i in first.group_of()} == first.group_of()
        assert {each.key: each.title for each in then.groups} == {
            each.key: each.title for each in first.groups
        }
        assert home["n0"] == home["i0"]
        assert home["n1"] == home["i10"]
        assert home["n2"] == home["i5"]


def test_ten_ideas_among_many_move_almost_nobody():
    said = [Idea(f"{i.id}-{n}", f"{i.text} {word}") for i in ideas()
            for n, word in enumerate(WORDS[:5])]  # fmt: skip
    first = group(said)
    draw = random.Random(2)
    more = [Idea(f"new{i}", draw.choice(NEW).text + f" n° {i}") for i in range(10)]
    then = group([*said, *more], previous=first)
    before, after = first.group_of(), then.group_of()
    moved = [i for i in before if after.get(i) != before[i]]
    assert len(moved) <= 2
    titles = {each.key: each.title for each in then.groups}
    assert all(titles[each.key] == each.title for each in first.groups)


def test_ideas_that_went_leave_the_others_where_they_were(first):
    stay = [idea for idea in ideas() if idea.id not in {"i0", "i7", "i19"}]
    then = group(stay, 4, previous=first)
    everybody_once(then, stay)
    assert then.group_of() == {i: k for i, k in first.group_of().items()
                               if i not in {"i0", "i7", "i19"}}  # fmt: skip


def test_another_number_of_groups_keeps_the_keys_of_those_that_stay(first):
    then = group(ideas(), 5, previous=first)
    assert len(then.groups) == 5
    assert {each.key for each in first.groups} <= {each.key for each in then.groups}
    assert len({each.key for each in then.groups}) == 5


def test_new_ideas_of_one_new_subject_found_a_group():
    said = ideas("cycling", "canteen", "ageing", "heating")
    first = group(said, 4)
    hens = ["Des poules dans la cour", "Un poulailler partagé", "Élever des poules en ville",
            "Des poules et des œufs pour les voisins", "Le poulailler du quartier"]  # fmt: skip
    more = [Idea(f"hen{i}", text) for i, text in enumerate(hens)]
    then = group([*said, *more], previous=first)
    home = then.group_of()
    assert len({home.get(each.id) for each in more}) == 1
    assert home["hen0"] not in first.group_of().values()


def test_idea_that_a_human_moved_stays_where_it_was_put(first):
    wish = Kept(key_holding(first, "i10"), ("i0",))
    then = group(ideas(), 4, previous=first, hands=Hands(kept=(wish,)))
    assert key_holding(then, "i0") == key_holding(first, "i10") == key_holding(then, "i10")
    assert key_holding(then, "i1") == key_holding(first, "i1")
    assert "kept" in {r.code for g in then.groups if g.key == wish.key for r in g.reasons}


def test_merged_groups_are_one_and_split_ones_never_merge(first):
    cycling, canteen = key_holding(first, "i0"), key_holding(first, "i5")
    both = tuple(f"i{n}" for n in range(10))
    then = group(ideas(), 3, previous=first, hands=Hands(kept=(Kept(cycling, both),)))
    assert {key_holding(then, i) for i in both} == {cycling}
    assert canteen not in {each.key for each in then.groups}
    parts = (Kept("left", both[:3]), Kept("right", both[3:5]))
    again = group(ideas(), 3, previous=then, hands=Hands(kept=parts))
    assert {key_holding(again, i) for i in both[:3]} == {"left"}
    assert {key_holding(again, i) for i in both[3:5]} == {"right"}


def test_locked_group_neither_gains_nor_loses(first):
    locked = Kept("ours", ("i0", "i5", "i10"), "Notre groupe", locked=True)
    said = [*ideas(), Idea("near", "Une piste cyclable jusqu'à la gare")]
    for before in (None, first):
        then = group(said, 5, previous=before, hands=Hands(kept=(locked,)))
        everybody_once(then, said)
        ours = next(each for each in then.groups if each.key == "ours")
        assert sorted(ours.ideas) == ["i0", "i10", "i5"]
        assert (ours.title, ours.locked, ours.named) == ("Notre groupe", True, True)
        assert len(then.groups) <= 5


def test_title_given_by_a_human_survives_everything_after(first):
    named = Kept(key_holding(first, "i0"), (), "À vélo !")
    then = group(ideas(), 4, previous=first, hands=Hands(kept=(named,)))
    later = group([*ideas(), *NEW], 5, previous=then)
    mine = next(each for each in later.groups if each.key == named.key)
    assert (mine.title, mine.named) == ("À vélo !", True)


def test_pairs_kept_apart_are_apart_and_the_lonely_stay_alone(first):
    hands = Hands(apart=(("i0", "i1"), ("i1", "i0"), ("i0", "gone")), alone=("i7",))
    for before in (None, first):
        then = group(ideas(), 4, previous=before, hands=hands)
        everybody_once(then, ideas())
        home = then.group_of()
        assert home.get("i0") != home.get("i1")
        assert "i7" in then.alone


def test_decisions_about_ideas_that_went_are_passed_over():
    hands = Hands(kept=(Kept("g9", ("gone", "i0")),), alone=("away",), apart=(("x", "y"),))
    then = group(ideas(), 4, hands=hands)
    assert key_holding(then, "i0") == "g9"


@pytest.mark.parametrize(
    ("hands", "said"),
    [
        (Hands(kept=(Kept("a", ("i0",)), Kept("b", ("i0",)))), "two groups"),
        (Hands(kept=(Kept("a", ("i0",)), Kept("a", ("i1",)))), "twice"),
        (Hands(kept=(Kept("a", ("i0",)),), alone=("i0",)), "both"),
    ],
)
def test_decisions_that_contradict_each_other_are_refused(hands, said):
    with pytest.raises(BadIdeas, match=said):
        group(ideas(), 4, hands=hands)


def test_random_decisions_are_always_respected():
    draw = random.Random(4)
    for trial in range(15):
        said = [*ideas(), Idea("odd", ODD)]
        draw.shuffle(said)
        ids = [idea.id for idea in said]
        kept = tuple(
            Kept(f"k{n}", tuple(ids[3 * n : 3 * n + draw.randrange(4)]), locked=draw.random() < 0.3)
            for n in range(draw.randrange(4))
        )
        hands = Hands(kept, ((ids[15], ids[16]), (ids[16], ids[17])), (ids[18],))
        found = group(said, draw.choice([None, 3, 6]), hands=hands, seed=trial, meaning=False)
        everybody_once(found, said)
        home = found.group_of()
        for each in kept:
            assert {home[i] for i in each.ideas} <= {each.key}
            if each.locked and each.ideas:
                assert sorted(i for i in ids if home.get(i) == each.key) == sorted(each.ideas)
        for one, other in hands.apart:
            assert home.get(one, "-") != home.get(other, "=")
        assert ids[18] in found.alone
