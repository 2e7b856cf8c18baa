"""The pulse: counted once, told five at a time, joined to nobody; before and after, phone or paper."""

import uuid
from datetime import timedelta
from itertools import pairwise

import pytest
from django.test import Client

from essor.evenings.actions.pulse import (
    NotAsked,
    UnevenTally,
    answer_pulse,
    count_paper_pulse,
)
from essor.evenings.models import Evening, Phase, Pulse, PulseMark
from essor.evenings.privacy import forget_pulse_marks
from essor.evenings.pulse_rules import SCALE, moment_of
from essor.evenings.queries.pulse import confidence_of, has_answered
from essor.ledger.models import Entry
from tests.cast import NOW, Cast, make_evening, make_registration, make_table

BEFORE, AFTER = Pulse.Moment.BEFORE, Pulse.Moment.AFTER


@pytest.fixture
def cast(db) -> Cast:
    return Cast()


@pytest.fixture
def evening(cast) -> Evening:
    """Under way, in its welcome, on the evening's own day."""
    evening = make_evening(cast.valence, state=Evening.State.LIVE, date=NOW.date(), starts_at=NOW)
    evening.phase = evening.phases.get(kind=Phase.Kind.WELCOME)
    evening.save()
    return evening


def answer(evening: Evening, device: str, dare: int = 4, together: int = 5, moment=BEFORE) -> bool:
    return answer_pulse(
        evening=evening, moment=moment, answers={"dare": dare, "together": together},
        device=device, by=None, at=NOW,
    )  # fmt: skip


def told(evening: Evening, moment=BEFORE) -> dict:
    return Pulse.objects.get(evening=evening, moment=moment).told


def lines() -> int:
    return Entry.objects.filter(verb="pulse_counted").count()


def test_answers_are_told_five_at_a_time(evening):
    for number in range(4):
        answer(evening, f"device-{number}")
    assert told(evening) == {}
    assert confidence_of(evening) == []
    assert lines() == 0

    answer(evening, "device-4", dare=1, together=3)
    assert told(evening) == {"dare": [1, 0, 0, 4, 0], "together": [0, 0, 1, 0, 4]}
    answer(evening, "device-5", dare=2)
    assert told(evening)["dare"] == [1, 0, 0, 4, 0]
    assert lines() == 1


def test_no_two_looks_at_the_figures_tell_one_answer_from_the_others(evening):
    seen = [0]
    for number in range(23):
        answer(evening, f"device-{number}", dare=number % 5 + 1)
        shown = confidence_of(evening)
        seen.append(shown[0].before.people if shown else 0)
    steps = {later - earlier for earlier, later in pairwise(seen)}
    assert steps == {0, 5}


def test_a_device_is_counted_once_at_each_moment(evening):
    assert answer(evening, "device")
    assert not answer(evening, "device", dare=1)
    assert answer(evening, "device", moment=AFTER)

    before = Pulse.objects.get(evening=evening, moment=BEFORE)
    assert before.waiting == {"dare": [0, 0, 0, 1, 0], "together": [0, 0, 0, 0, 1]}
    assert has_answered(evening, AFTER, "device")
    assert not has_answered(evening, AFTER, "another")
    assert not has_answered(evening, AFTER, "")


def test_nothing_kept_says_who_answered_or_when(evening, cast):
    """What the database holds of five answers: sums, and digests without the device in them."""
    for number in range(5):
        answer(evening, f"device-{number}")

    kept = {model: {field.name for field in model._meta.fields} for model in (Pulse, PulseMark)}
    assert kept[Pulse] == {"id", "evening", "moment", "told", "waiting"}
    assert kept[PulseMark] == {"id", "evening", "mark"}
    marks = " ".join(PulseMark.objects.values_list("mark", flat=True))
    assert "device" not in marks
    line = Entry.objects.get(verb="pulse_counted")
    assert line.by == ""
    assert line.at.astimezone().strftime("%H:%M") == "00:00"
    assert line.data == {"moment": "before", "people": 5}


def test_the_mark_of_a_device_needs_the_house_s_key(evening, settings):
    answer(evening, "device")
    settings.SECRET_KEY = "another house"
    assert not has_answered(evening, BEFORE, "device")


def test_marks_go_a_week_after_the_evening_and_sums_stay(evening):
    for number in range(5):
        answer(evening, f"device-{number}")
    assert forget_pulse_marks(NOW) == 0
    assert forget_pulse_marks(NOW + timedelta(days=2)) == 5
    assert told(evening)["dare"] == [0, 0, 0, 5, 0]


def test_answers_are_refused_in_preparation_and_long_after(evening):
    evening.state = Evening.State.DRAFT
    with pytest.raises(NotAsked):
        answer(evening, "device")
    evening.state, evening.ends_at = Evening.State.OVER, NOW - timedelta(days=3)
    with pytest.raises(NotAsked):
        answer(evening, "device")
    assert not PulseMark.objects.exists()


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        (Phase.Kind.WELCOME, BEFORE),
        (Phase.Kind.WARM_UP, BEFORE),
        (Phase.Kind.SILENT, None),
        (Phase.Kind.SHEET, None),
        (Phase.Kind.COMMIT, AFTER),
        (Phase.Kind.THANKS, AFTER),
    ],
)
def test_the_phase_says_which_pulse_is_asked(evening, kind, asked):
    evening.phase = Phase(evening=evening, kind=kind, minutes=5, order=9)
    assert moment_of(evening, NOW) == asked


def test_before_the_first_phase_it_is_asked_on_the_day_itself(evening):
    evening.state, evening.phase = Evening.State.CLOSED, None
    assert moment_of(evening, NOW) == BEFORE
    assert moment_of(evening, NOW - timedelta(days=1)) is None


def test_slips_of_paper_are_added_and_few_of_them_wait(evening, cast):
    def slips(dare: int, together: int) -> int:
        tally = {"dare": {1: dare}, "together": {5: together}}
        return count_paper_pulse(evening=evening, moment=AFTER, tally=tally, by=cast.aicha, at=NOW)

    assert slips(3, 3) == 3
    assert told(evening, AFTER) == {}
    slips(7, 7)
    assert told(evening, AFTER) == {"dare": [10, 0, 0, 0, 0], "together": [0, 0, 0, 0, 10]}
    with pytest.raises(UnevenTally):
        slips(2, 3)
    with pytest.raises(UnevenTally):
        slips(0, 0)


def test_a_change_beyond_chance_is_told_from_one_within_it(evening):
    for number in range(20):
        answer(evening, f"device-{number}", dare=1 + number % 3, together=1 + number % 5)
        later = {"dare": 4 + number % 2, "together": 1 + (number + 1) % 5}
        answer(evening, f"device-{number}", **later, moment=AFTER)

    dare, together = confidence_of(evening)
    assert dare.turn == "up"
    assert together.turn == "even"
    assert dare.before.people == dare.after.people == 20
    assert dare.after.mean == 4.5
    assert 0 < dare.after.bar <= 100


def test_the_phone_answers_once_and_says_what_becomes_of_it(evening):
    table = make_table(evening, people=(make_registration(evening),))
    base = f"/valence/evenings/{evening.public_id}"
    phone = Client()
    assert f"{base}/pulse/" in phone.get(f"{base}/tables/{table.public_id}/").content.decode()
    assert "Sans nom" in phone.get(f"{base}/pulse/").content.decode()

    answers = {"dare": "2", "together": "4", "act": uuid.uuid4().hex}
    assert phone.post(f"{base}/pulse/", answers).status_code == 302
    phone.post(f"{base}/pulse/", answers)
    phone.post(f"{base}/pulse/", {**answers, "act": uuid.uuid4().hex})

    assert Pulse.objects.get().waiting["dare"] == [0, 1, 0, 0, 0]
    assert "Merci" in phone.get(f"{base}/pulse/").content.decode()
    assert f"{base}/pulse/" not in phone.get(f"{base}/here/").content.decode()


def test_a_missing_answer_is_asked_for_at_its_field(evening):
    page = Client().post(f"/valence/evenings/{evening.public_id}/pulse/", {"dare": "9"})
    assert page.status_code == 422
    assert page.content.decode().count("Choisissez l’une des cinq réponses.") >= 2
    assert not Pulse.objects.exists()


def test_an_answer_that_waited_on_a_phone_counts_for_the_moment_it_was_given(evening):
    evening.phase = Phase.objects.create(
        evening=evening, kind=Phase.Kind.SILENT, minutes=10, order=3
    )
    evening.save()
    address = f"/valence/evenings/{evening.public_id}/pulse/"
    answers = {"dare": "2", "together": "4", "moment": "before"}
    assert Client().post(address, answers).status_code == 200
    assert not Pulse.objects.exists()
    Client().post(address, answers, headers={"Essor-Queue": "1", "Essor-Ago": "600000"})
    assert Pulse.objects.get().moment == BEFORE


def test_the_team_types_slips_and_reads_figures_the_day_after(evening, cast):
    base = f"/valence/evenings/{evening.public_id}"
    aicha = cast.client("aicha")
    slips = {f"{key}_{step}": "2" for key in ("dare", "together") for step in SCALE}
    page = aicha.post(f"{base}/pulse/paper/", {**slips, "moment": "before"}, follow=True)
    assert "10 bulletins ont été ajoutés." in page.content.decode()
    assert "10 réponses" in aicha.get(f"{base}/day-after/").content.decode()

    uneven = aicha.post(f"{base}/pulse/paper/", {**slips, "dare_1": "3", "moment": "before"})
    assert uneven.status_code == 422
    assert 'value="3"' in uneven.content.decode()
    assert cast.client("denis").get(f"{base}/pulse/paper/").status_code == 404


def test_the_figures_cost_one_query(evening, django_assert_num_queries):
    for number in range(10):
        answer(evening, f"device-{number}")
    with django_assert_num_queries(1):
        assert len(confidence_of(evening)) == 2
