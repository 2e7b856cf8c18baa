"""Where a treasure is: blurred before it is kept, doubted when it cannot be."""

import pytest

from essor.territories.models import Territory
from essor.territories.outlines import Doubt, doubt_of
from essor.treasures.places import at_least_blurred, blurred, point_of

ROMANS = (45.0461, 5.0514)


def test_exact_place_is_kept_to_a_metre():
    assert blurred((45.04613579, 5.05142468), "exact", "") == (45.04614, 5.05142)


def test_blurred_place_is_the_same_for_all_places_of_its_cell():
    cell = {blurred((45.041 + n / 2000, 5.0514), "about", "") for n in range(17)}
    assert len(cell) == 1
    assert ROMANS not in cell


def test_blurred_place_is_less_than_a_kilometre_away():
    latitude, longitude = blurred(ROMANS, "about", "")
    assert abs(latitude - ROMANS[0]) <= 0.005
    assert abs(longitude - ROMANS[1]) <= 0.0072


def test_place_to_the_commune_is_its_town_hall_whatever_point_was_given():
    there = blurred(ROMANS, "commune", "26281")
    assert there == blurred(None, "exact", "26281")
    assert there == pytest.approx(ROMANS, abs=0.02)


def test_commune_that_nobody_knows_has_no_place():
    assert blurred(ROMANS, "commune", "") is None


def test_what_people_know_is_never_shown_at_their_door():
    assert at_least_blurred("human", "exact") == "about"
    assert at_least_blurred("natural", "exact") == "exact"


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("44.93, 4.89", (44.93, 4.89)),
        ("44,93 ; 4,89", (44.93, 4.89)),
        ("44.93 -4.89", (44.93, -4.89)),
        ("", None),
        ("somewhere", None),
        ("144.93, 4.89", None),
    ],
)
def test_coordinates_are_read_as_people_paste_them(text, point):
    assert point_of(text) == point


@pytest.mark.parametrize(
    ("point", "doubt"),
    [
        (ROMANS, None),
        ((5.0514, 45.0461), Doubt.SWAPPED),
        ((43.0, 4.5), Doubt.SEA),
        ((48.8566, 2.3522), Doubt.OUTSIDE),
    ],
    ids=["in the Drôme", "swapped", "in the sea", "in Paris"],
)
def test_places_are_doubted(point, doubt):
    drome = Territory(slug="drome", name="Drôme", department="26")
    assert doubt_of(drome, *point) == doubt


def test_territory_of_two_departments_doubts_neither():
    both = Territory(slug="both", name="Les deux rives", department="26, 07")
    assert doubt_of(both, 45.2400, 4.6700) is None  # Annonay, in the Ardèche


def test_territory_without_department_doubts_nothing():
    assert doubt_of(Territory(slug="x", name="X", department=""), 0, 0) is None
