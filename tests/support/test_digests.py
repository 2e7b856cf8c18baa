"""What support tells in the digest of the week: answers that wait, a cohort's days; never a burst."""

from datetime import UTC, datetime, timedelta

import pytest

from essor.kit import clock
from essor.kit.models import Mail
from essor.ledger.models import Entry
from essor.news.rounds import run_round
from essor.projects.models import Membership, Project
from essor.support.actions.cohorts import take_in
from essor.support.actions.following import pause
from essor.support.actions.play import open_play, write_standing
from essor.support.actions.recalling import STEPS, remember_asked, tell_days
from essor.support.actions.recommendations import answer_recommendation
from essor.support.models import Recommendation
from essor.support.waiting import as_items, owed
from tests.cast import NOW, make_cohort, make_leader, make_project, make_recommendation

NOON = datetime(2026, 11, 2, 11, 0, tzinfo=UTC)
"""A Monday: digests leave the day after, at seven in the morning."""


def led(cast, title: str = "Fournil", who=None):
    project = make_project(cast.valence, title)
    make_leader(project, who or cast.denis)
    return project


def advised(project, what: str = "Peser la farine", **fields) -> Recommendation:
    return make_recommendation(project, what, **{"created_at": NOON, **fields})


def digests(address: str = "denis@example.org") -> list[str]:
    found = Mail.objects.filter(address=address, kind=Mail.Kind.NEWS).order_by("id")
    return [each.text.replace("\xa0", " ").replace("\u202f", " ") for each in found]


def weeks(count: int, first: int = 0) -> list[int]:
    """In which weeks, looked at each Tuesday at noon, digests left."""
    return [
        week
        for week in range(first, first + count)
        if run_round(at=NOON + timedelta(days=1 + 7 * week))
    ]


def test_advice_without_answer_is_recalled_at_each_step_once(cast):
    advised(led(cast))

    assert weeks(14) == [1, 3, 9]  # the Tuesdays after 7, 21 and 60 days
    assert all("Peser la farine" in text for text in digests())
    steps = Entry.objects.filter(verb="answer_recalled").order_by("id")
    assert [each.data["days"] for each in steps] == list(STEPS)


def test_everything_that_waits_of_two_projects_comes_in_one_letter(cast):
    one, other = led(cast), led(cast, "Verger")
    for project in (one, other):
        for number in range(3):
            advised(project, f"Conseil {number}")
    cohort = make_cohort(cast.valence)
    take_in(cohort=cohort, project=one, why="Mûr", by=None, at=NOON)
    open_play(cohort=cohort, by=None, at=NOON)

    run_round(at=NOON + timedelta(days=8))

    (text,) = digests()
    assert text.count("vous a été recommandé") == 6
    assert text.count("demande où vous en êtes") == 1
    assert text.count("Fournil : votre réponse est attendue") == 1


def test_what_was_answered_or_rests_is_recalled_to_nobody(cast):
    done = advised(led(cast))
    answer_recommendation(recommendation=done, answer="done", words="", by=None, at=NOON)
    resting = led(cast, "Verger")
    advised(resting)
    pause(project=resting, until=(NOON + timedelta(days=30)).date(), why="", by=None, at=NOON)
    advised(make_project(cast.valence, "Sans porteur"))
    asleep = led(cast, "Endormi")
    advised(asleep)
    Project.objects.filter(pk=asleep.pk).update(condition="asleep")

    assert owed(NOON + timedelta(days=8)) == {}
    assert list(owed(NOON + timedelta(days=36))) == [cast.denis.pk]  # the pause is over: once


def test_a_state_of_play_that_was_handed_in_is_recalled_no_more(cast):
    project = led(cast)
    cohort = make_cohort(cast.valence)
    take_in(cohort=cohort, project=project, why="Mûr", by=None, at=NOON)
    standing = open_play(cohort=cohort, by=None, at=NOON).standings.get()
    (key,) = owed(NOON + timedelta(days=8))[cast.denis.pk]
    assert [item.key for item in as_items([key])] == [key]

    write_standing(standing=standing, answers={"team": 1}, seen=0, hand_in=True, by=None, at=NOON)

    assert owed(NOON + timedelta(days=8)) == {}
    assert as_items([key]) == []
    assert remember_asked(keys=[key], by=None, at=NOON + timedelta(days=8)) == 0


def test_a_server_that_slept_for_months_recalls_once(cast):
    advised(led(cast))

    assert weeks(3, first=12) == [12]
    assert Entry.objects.get(verb="answer_recalled").data["days"] == 60


def test_whoever_wants_no_news_is_not_reminded_and_no_step_is_spent(cast):
    found = advised(led(cast))
    cast.denis.no_news = True
    cast.denis.save()

    assert weeks(2) == []
    found.refresh_from_db()
    assert found.reminded == 0


@pytest.mark.parametrize("count", [1, 40])
def test_what_is_owed_costs_the_same_for_one_and_for_forty(cast, count, django_assert_num_queries):
    project = led(cast)
    for number in range(count):
        advised(project, f"Conseil {number}")

    with django_assert_num_queries(5):
        assert len(owed(NOON + timedelta(days=8))[cast.denis.pk]) == count


def cohort_with(cast, **fields):
    """A cohort with a project that Denis leads and Farid follows."""
    cohort = make_cohort(cast.valence, **fields)
    project = led(cast)
    Membership.objects.create(project=project, person=cast.farid, part="follower", since=NOW)
    take_in(cohort=cohort, project=project, why="Mûr", by=None, at=NOON - timedelta(days=20))
    return cohort


def day(number: int):
    return (NOON + timedelta(days=number)).date()


def test_opening_evening_and_end_are_told_once_each_to_groups_and_followers(cast):
    cohort = cohort_with(
        cast, starts_on=day(3), ends_on=day(40), takeoff_on=day(30), takeoff_place="Théâtre"
    )
    with clock.travelling() as go:
        for number in range(1, 60):
            at = NOON + timedelta(days=number)
            go(at)
            for _ in range(2):
                tell_days(cohort=cohort, by=None, at=at)
            run_round(at=at)

    for address in ("denis@example.org", "farid@example.org"):
        texts = digests(address)
        for words in ("elle s’ouvre", "sa soirée d’envol approche", "arrivée à sa fin"):
            assert sum(words in text for text in texts) == 1, (address, words)
    assert any("Théâtre" in text for text in digests("farid@example.org"))
    told = Entry.objects.filter(of_id=cohort.public_id, verb__in=[
        "cohort_opened", "takeoff_near", "cohort_ended"])  # fmt: skip
    assert told.count() == 3


def test_an_evening_that_moves_is_told_again_and_one_that_passed_is_not(cast):
    cohort = cohort_with(cast, starts_on=day(-60), ends_on=day(90), takeoff_on=day(3))
    assert tell_days(cohort=cohort, by=None, at=NOON) == 1
    cohort.takeoff_on = day(6)
    cohort.save()
    assert tell_days(cohort=cohort, by=None, at=NOON) == 1
    assert tell_days(cohort=cohort, by=None, at=NOON + timedelta(days=7)) == 0


def test_a_cohort_of_long_ago_is_no_news(cast):
    cohort = cohort_with(cast, starts_on=day(-400), ends_on=day(-100))

    assert tell_days(cohort=cohort, by=None, at=NOON) == 0
    cohort.refresh_from_db()
    assert (cohort.opening_told, cohort.end_told) == (True, True)


def test_followers_of_a_project_hear_that_it_joined_a_cohort(cast):
    run_round(at=NOON + timedelta(days=1))
    project = led(cast)
    Membership.objects.create(project=project, person=cast.farid, part="follower", since=NOW)
    take_in(
        cohort=make_cohort(cast.valence, "Promotion 2027"), project=project, why="Secret",
        by=cast.aicha, at=NOON + timedelta(days=2),
    )  # fmt: skip

    run_round(at=NOON + timedelta(days=8))

    (text,) = digests("farid@example.org")
    assert "« Promotion 2027 »" in text
    assert "Secret" not in text
