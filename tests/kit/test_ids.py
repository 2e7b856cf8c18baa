"""Codes that are drawn anew until one is free."""

from essor.kit.ids import free_spoken_code, spoken_code_beside


def test_code_that_is_taken_is_drawn_anew():
    seen = []

    def is_taken(code: str) -> bool:
        seen.append(code)
        return len(seen) < 3

    assert free_spoken_code(is_taken) == seen[2]
    assert len(seen) == 3


def test_codes_drawn_one_beside_the_other_all_differ():
    taken = {"ACDEF"}
    drawn = [spoken_code_beside(taken) for _ in range(300)]
    assert len({*drawn, "ACDEF"}) == len(taken) == 301
