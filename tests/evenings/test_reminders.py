"""What is said before an evening: that its day is near, where tables by video meet, when it closes."""

from datetime import timedelta

import pytest

from essor.evenings.actions.evening import move_evening
from essor.evenings.actions.near import NEAR, say_evening_is_near, whose_day_is_near
from essor.evenings.at_door.name_search import search
from essor.evenings.jobs.remote import remind_remote_people
from essor.evenings.models import Evening, Registration, RoomTable
from essor.kit import clock
from essor.kit.models import Mail
from essor.ledger.models import Entry
from tests.cast import NOW, TODAY, Cast, make_evening, make_registration, make_table

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def evening(cast: Cast) -> Evening:
    return make_evening(cast.valence, starts_at=NOW + 3 * HOUR, date=TODAY, place="La Halle")


def far(evening: Evening, name: str, number: int) -> Registration:
    """Somebody at a distance with an address, at a table by video with a link."""
    made = make_registration(evening, name, remote=True)
    made.person.email = f"{name.lower()}@example.org"
    made.person.save()
    RoomTable.objects.update_or_create(
        evening=evening, number=number, defaults={"remote": True, "link": "https://v.example.org/"}
    )
    make_table(evening, number, people=(made,), remote=True)
    return made


def reminded() -> int:
    with clock.travelling() as now_is:
        now_is(NOW)
        return remind_remote_people.func()


def test_people_at_a_distance_are_reminded_once_in_the_last_hours(cast, evening):
    far(evening, "Omar", 7)
    make_registration(evening, "Inès")
    assert reminded() == 1
    reminded()
    [mail] = Mail.objects.filter(key__startswith="video_reminder:")
    assert mail.address == "omar@example.org"


@pytest.mark.parametrize(
    ("hours", "told"), [(0, 0), (0.1, 1), (4, 1), (4.1, 0), (-1, 0)]
)  # fmt: skip
def test_the_last_hours_are_four_and_end_when_it_begins(evening, hours, told):
    far(evening, "Omar", 7)
    Evening.objects.update(starts_at=NOW + hours * HOUR)
    assert reminded() == told


def test_nobody_is_reminded_who_is_there_or_of_what_is_not(cast, evening):
    omar = far(evening, "Omar", 7)
    for state in (Evening.State.DRAFT, Evening.State.OVER):
        Evening.objects.update(state=state)
        assert reminded() == 0
    Evening.objects.update(state=Evening.State.LIVE)
    Registration.objects.filter(pk=omar.pk).update(arrived_at=NOW)
    assert reminded() == 0
    Registration.objects.filter(pk=omar.pk).update(arrived_at=None)
    cast.valence.rehearsal = True
    cast.valence.save()
    assert reminded() == 0, "a rehearsal writes to nobody"


def test_a_day_is_near_from_ten_days_before_to_the_day_itself(cast, evening):
    for days, near in ((-1, False), (0, True), (NEAR.days, True), (NEAR.days + 1, False)):
        Evening.objects.update(date=TODAY + days * DAY)
        assert (whose_day_is_near(NOW) == [evening]) is near
    Evening.objects.update(date=TODAY, state=Evening.State.CLOSED)
    assert whose_day_is_near(NOW) == []


def test_that_a_day_is_near_is_said_once_and_again_for_another_day(cast, evening):
    other = make_evening(cast.valence, date=TODAY)

    def said(which: Evening) -> bool:
        return say_evening_is_near(evening=which, by=None, at=NOW)

    assert [said(evening), said(evening), said(other)] == [True, False, True]
    Evening.objects.filter(pk=evening.pk).update(date=TODAY + DAY)
    assert [said(evening), said(evening)] == [True, False]
    Evening.objects.filter(pk=evening.pk).update(date=TODAY + 2 * DAY, state=Evening.State.CLOSED)
    assert not said(evening), "nobody can register any more"
    assert Entry.objects.filter(verb="evening_near").count() == 3


@pytest.mark.parametrize(
    ("closes", "kept"),
    [(None, None), (NOW - HOUR, None), (NOW, None), (NOW + HOUR, NOW + HOUR)],
)
def test_opening_again_forgets_a_closing_time_that_passed_and_no_other(evening, closes, kept):
    Evening.objects.update(state=Evening.State.CLOSED, registration_closes_at=closes)
    opened = move_evening(evening=evening, to=Evening.State.OPEN, by=None, at=NOW)
    assert opened.registration_closes_at == kept


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("zoo", False), ("zoe", True), ("omra", True), ("omtt", False), ("martan", True),
        ("mantan", False), ("durandd", True), ("dorandt", True), ("dorantt", False),
    ],
)  # fmt: skip
def test_longer_words_may_hold_more_mistakes(typed, found):
    assert bool(search(typed, ["Zoé Petit", "Omar Martin", "Inès Durande"])) is found
