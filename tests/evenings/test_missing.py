"""Who is missing: targets, hidden small groups, and the words to invite."""

import pytest

from essor.evenings.missing import shown_parts, who_comes
from essor.evenings.models import Evening
from essor.evenings.queries.attendance import count_attendance
from essor.kit.small_numbers import INSIDE
from essor.territories.models import SphereTarget
from tests.cast import NOW, Cast, make_evening, make_registration, sphere
from tests.evenings.answers import address

pytestmark = pytest.mark.django_db


def fill(evening: Evening, **people: int) -> None:
    for code, number in people.items():
        for n in range(number):
            make_registration(evening, f"{code} {n}", sphere=sphere(code))


def seen(evening: Evening):
    return who_comes(evening, count_attendance(evening, NOW), INSIDE)


def test_a_sphere_far_below_its_target_is_missing(cast: Cast) -> None:
    evening = make_evening(cast.valence, capacity=100)
    for code, percent in (("citizen", 50), ("enterprise", 30), ("finance", 20)):
        SphereTarget.objects.create(territory=cast.valence, sphere=sphere(code), percent=percent)
    fill(evening, citizen=22, enterprise=12, finance=6)

    who = seen(evening)

    assert {c.sphere.code: (c.people, c.hoped) for c in who.counts} == {
        "citizen": (22, 50),
        "enterprise": (12, 30),
    }
    assert sphere("finance") in who.few  # the absent ones hide nobody: the next smallest goes too
    # 6 of 40 is 15 %, above six tenths of 20 %: fewer than hoped, not missing.
    assert who.missing == []
    fill(evening, citizen=20)
    assert [s.code for s in seen(evening).missing] == ["finance"]


def test_without_targets_only_those_nearly_absent_are_missing(cast: Cast) -> None:
    evening = make_evening(cast.valence, capacity=100)
    fill(evening, citizen=20, enterprise=10, finance=1)

    missing = {s.code for s in seen(evening).missing}

    assert "finance" not in missing  # one of 31 is just above the threshold
    assert {"education", "employment"} <= missing


def test_nobody_is_missing_before_twenty_have_come_forward(cast: Cast) -> None:
    evening = make_evening(cast.valence)
    fill(evening, citizen=19)

    assert seen(evening).missing == []


def test_the_largest_parts_are_shown_and_the_others_counted(cast: Cast) -> None:
    visible, hidden = shown_parts({"Valence": 9, "Romans": 7, "Crest": 1, "Die": 1}, most=3,
                                  at_least=5)  # fmt: skip

    assert visible == {"Valence": 9}
    assert hidden == 3


def test_the_page_gives_words_to_invite_who_is_missing(cast: Cast) -> None:
    evening = make_evening(cast.valence, capacity=100, place="Salle Jean-Vilar")
    fill(evening, citizen=20, enterprise=10)
    for registration in evening.registrations.all()[:6]:
        registration.person.commune = "Romans-sur-Isère"
        registration.person.save()

    page = cast.client("aicha").get(address(evening, "missing")).content.decode()

    assert "Financeurs" in page
    assert address(evening, "registration") in page
    assert "Romans-sur-Isère" in page
    assert "Compté par Essor" in page


def test_the_page_is_for_hosts(cast: Cast) -> None:
    evening = make_evening(cast.valence)

    assert cast.client("aicha").get(address(evening, "missing")).status_code == 200
    for name in ("bruno", "chloe", "hugo", "denis", None):
        assert cast.client(name).get(address(evening, "missing")).status_code == 404
