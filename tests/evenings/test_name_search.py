"""Finding a name at the door: accents, order, typing mistakes, and speed at 1,500."""

import random
import time

import pytest

from essor.evenings.at_door.name_search import distance, search

NAMES = ["Aïcha Benali", "Bruno Martin", "Chloé Martinez", "Élodie N'Diaye", "Philippe Durand",
         "Jean-Marie Dupont", "Marie Dupond", "Zoé"]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("aicha", "Aïcha Benali"),
        ("BENALI aï", "Aïcha Benali"),
        ("ndiaye elodie", "Élodie N'Diaye"),
        ("n diaye", "Élodie N'Diaye"),
        ("philipe", "Philippe Durand"),
        ("phillippe", "Philippe Durand"),
        ("dupnot jean", "Jean-Marie Dupont"),
        ("marie dupond", "Marie Dupond"),
        ("zoe", "Zoé"),
    ],
)
def test_name_is_found(query: str, first: str | None) -> None:
    found = [NAMES[at] for at in search(query, NAMES)]

    assert (found[0] if found else None) == first


@pytest.mark.parametrize("query", ["", "   ", "xyz", "¿?", "zed"])
def test_nothing_is_found_where_nobody_is_meant(query: str) -> None:
    assert search(query, NAMES) == []


def test_whole_words_come_before_beginnings() -> None:
    assert [NAMES[at] for at in search("martin", NAMES)][:2] == ["Bruno Martin", "Chloé Martinez"]


@pytest.mark.parametrize(
    ("one", "other", "mistakes"),
    [("durand", "durand", 0), ("durand", "durant", 1), ("dupont", "dupnot", 1), ("lea", "leah", 1),
     ("martin", "marti", 1), ("abcdef", "ghijkl", 3)],
)  # fmt: skip
def test_mistakes_are_counted_up_to_a_limit(one: str, other: str, mistakes: int) -> None:
    assert distance(one, other, 2) == mistakes


@pytest.mark.slow
def test_a_mistyped_name_among_1500_takes_less_than_a_tenth_of_a_second() -> None:
    dice = random.Random(4)
    syllables = ["ma", "ri", "lo", "thé", "ber", "nard", "du", "val", "ça", "gnon", "phi", "lip"]
    names = [" ".join("".join(dice.choices(syllables, k=3)) for _ in "ab") for _ in range(1_500)]

    spent = []
    for name in names[:20]:
        started = time.process_time()
        search(name.replace("a", "e", 1), names)
        spent.append(time.process_time() - started)

    assert sorted(spent)[10] < 0.1
