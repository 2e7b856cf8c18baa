"""Small numbers stay hidden, also from somebody who subtracts filters from each other."""

import random
from itertools import product

import numpy as np
import pytest

from essor.kit.small_numbers import ALL, INSIDE, PUBLIC, shown, shown_list, shown_table


@pytest.mark.parametrize(("count", "seen"), [(0, None), (1, None), (9, None), (10, 10), (41, 41)])
def test_nothing_below_ten_is_shown_in_public(count, seen):
    assert shown(count) == seen


def test_inside_a_team_five_is_enough():
    assert [shown(count, least=INSIDE) for count in (4, 5)] == [None, 5]


def test_counts_that_are_all_large_are_all_shown():
    assert shown_list({"citizen": 97, "enterprise": 53}) == {"citizen": 97, "enterprise": 53}


def test_one_small_count_takes_a_second_one_with_it():
    seen = shown_list({"citizen": 97, "school": 19, "finance": 3})
    assert seen == {"citizen": 97, "school": None, "finance": None}


def test_small_counts_that_hide_too_few_people_take_more_with_them():
    seen = shown_list({"citizen": 97, "school": 19, "finance": 3, "employment": 0})
    assert seen == {"citizen": 97, "school": None, "finance": None, "employment": None}


def test_whole_below_ten_shows_nothing():
    assert set(shown_table({("a", "x"): 4, ("b", "x"): 5}).values()) == {None}


def test_empty_table_shows_nothing():
    assert shown_list({}) == {}


def computed_by_subtraction(seen) -> set:
    """The attacker: every hidden cell that the sums of rows and columns determine."""
    rows = list(dict.fromkeys(row for row, _ in seen))
    columns = list(dict.fromkeys(column for _, column in seen))
    hidden = [cell for cell, count in seen.items() if count is None]
    if not hidden:
        return set()
    equations = []
    for row in rows:
        equations.append([(-1 if cell[1] is ALL else 1) * (cell[0] == row) for cell in hidden])
    for column in columns:
        equations.append([(-1 if cell[0] is ALL else 1) * (cell[1] == column) for cell in hidden])
    _, sizes, directions = np.linalg.svd(np.array(equations, dtype=float))
    free = directions[np.sum(sizes > 1e-9) :]
    return {cell for at, cell in enumerate(hidden) if np.allclose(free[:, at], 0)}


def naively(counts) -> dict:
    """What a table shows that hides small cells and nothing else."""
    rows, columns = {r for r, _ in counts}, {c for _, c in counts}
    full = dict(counts)
    full |= {(r, ALL): sum(counts[r, c] for c in columns) for r in rows}
    full |= {(ALL, c): sum(counts[r, c] for r in rows) for c in columns}
    full[ALL, ALL] = sum(counts.values())
    return {cell: count if count >= PUBLIC else None for cell, count in full.items()}


def random_table(dice) -> dict:
    rows, columns = dice.randint(1, 8), dice.randint(1, 6)
    return {
        (f"sphere {r}", f"commune {c}"): dice.choice([0, 0, 1, 3, 9, 10, 14, 40, 120])
        for r, c in product(range(rows), range(columns))
    }


def test_the_attacker_finds_numbers_in_a_table_that_hides_small_cells_only():
    dice = random.Random(7)
    found = [computed_by_subtraction(naively(random_table(dice))) for _ in range(100)]
    assert sum(map(bool, found)) > 30


@pytest.mark.parametrize("seed", range(25))
def test_the_attacker_finds_nothing_in_what_is_shown(seed):
    dice = random.Random(seed)
    for _ in range(12):
        counts = random_table(dice)
        seen = shown_table(counts)
        assert computed_by_subtraction(seen) == set(), counts


@pytest.mark.parametrize("seed", range(10))
def test_hidden_people_of_a_line_are_never_few_enough_to_count(seed):
    dice = random.Random(seed)
    for _ in range(12):
        counts = random_table(dice)
        seen = shown_table(counts)
        for row in {row for row, _ in counts}:
            veiled = [counts[cell] for cell in counts if cell[0] == row and seen[cell] is None]
            if veiled and seen[row, ALL] is not None:
                assert sum(veiled) >= PUBLIC or len(veiled) == len({c for _, c in counts})


def test_what_is_shown_is_true():
    counts = random_table(random.Random(3))
    seen = shown_table(counts)
    assert all(seen[cell] in {None, count} for cell, count in counts.items())


def test_filters_subtracted_from_each_other_reveal_nothing():
    """The whole evening, minus those of the town, minus the citizens among the rest."""
    counts = {("citizen", "Romans"): 60, ("citizen", "Valence"): 31,
              ("finance", "Romans"): 12, ("finance", "Valence"): 1}  # fmt: skip
    naive = naively(counts)
    assert naive["finance", ALL] - naive["finance", "Romans"] == 1
    seen = shown_table(counts)
    assert seen["finance", "Valence"] is None
    assert computed_by_subtraction(seen) == set()
