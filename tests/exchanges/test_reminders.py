"""Promises that wait come back to the group's contact: after 3, 10, 30, 90 days, each once."""

from datetime import UTC, date, datetime, timedelta

import pytest

from essor.exchanges.actions.commitments import change_state, give_more_time, promise
from essor.exchanges.actions.reminders import remind
from essor.exchanges.models import Commitment
from essor.kit.models import Mail
from essor.ledger.models import Entry
from essor.projects.models import Membership
from tests.cast import NOW, make_leader, make_project

NOON = datetime(2026, 11, 2, 11, 0, tzinfo=UTC)


def promised(cast, at=NOON, **fields) -> Commitment:
    return promise(
        territory=cast.valence, person=cast.farid, kind="skill", what="Comptabilité",
        by=cast.farid, at=at, **fields,
    )[0]  # fmt: skip


def reminders(address: str = "aicha@example.org") -> list[Mail]:
    return list(Mail.objects.filter(address=address, key__startswith="follow-up:").order_by("id"))


def days_written(first: datetime, days: int) -> list[int]:
    """On which days somebody was written to, when the clock is looked at every hour."""
    written = []
    for hour in range(days * 24):
        if remind(by=None, at=first + timedelta(hours=hour)):
            written.append(hour // 24)
    return written


def test_a_promise_that_waits_is_remembered_at_each_step_once(cast):
    promised(cast)

    midnight = NOON.replace(hour=0)
    assert days_written(midnight, 100) == [3, 10, 30, 90]
    assert len(reminders()) == 4
    assert Entry.objects.filter(verb="reminded").count() == 4


def test_the_one_who_leads_is_told_and_not_the_crowd(cast):
    project = make_project(cast.valence)
    make_leader(project, cast.denis)
    for who, part in ((cast.bruno, "member"), (cast.chloe, "follower")):
        Membership.objects.create(project=project, person=who, part=part, since=NOW)
    commitment = promised(cast, project=project)

    remind(by=None, at=NOON + timedelta(days=3))

    mail = Mail.objects.get(key__startswith="follow-up:")
    assert mail.address == "denis@example.org"
    assert "Comptabilité" in mail.text
    assert f"/valence/commitments/{commitment.public_id}/answer/" in mail.text


def test_a_server_asleep_for_a_week_wakes_with_one_mail(cast):
    for n in range(5):
        promised(cast, at=NOON + timedelta(hours=n))

    woken = NOON + timedelta(days=11)
    assert [remind(by=None, at=woken + timedelta(hours=n)) for n in range(4)] == [1, 0, 0, 0]

    assert len(reminders()) == 1
    assert reminders()[0].text.count("Comptabilité") == 5
    assert set(Commitment.objects.values_list("reminded", flat=True)) == {10}


@pytest.mark.parametrize(
    "change", [datetime(2027, 3, 28, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC)]
)
def test_the_night_in_which_the_clock_changes_remembers_nothing_twice(cast, change):
    for hour in range(0, 24, 3):
        promised(cast, at=change - timedelta(days=3) + timedelta(hours=hour))

    assert days_written(change - timedelta(days=2), 6) == [2]
    assert len(reminders()) == 1
    assert sum(mail.text.count("Comptabilité") for mail in reminders()) == 8


def test_nobody_is_written_to_in_the_night(cast):
    promised(cast)

    assert remind(by=None, at=datetime(2026, 11, 5, 6, 30, tzinfo=UTC)) == 0  # 7.30 in Valence
    assert remind(by=None, at=datetime(2026, 11, 5, 7, 30, tzinfo=UTC)) == 1


def test_a_promise_taken_up_is_left_alone_until_its_day_has_come(cast):
    commitment = promised(cast, until=date(2026, 12, 1))
    change_state(commitment=commitment, state="accepted", by=cast.aicha, at=NOON)

    assert days_written(NOON.replace(hour=0), 39) == [32]  # three days after the first of December


def test_more_time_begins_the_steps_anew(cast):
    commitment = promised(cast)
    change_state(commitment=commitment, state="accepted", by=cast.aicha, at=NOON)
    remind(by=None, at=NOON + timedelta(days=10))
    give_more_time(
        commitment=commitment, until=date(2026, 11, 20), by=cast.aicha, at=NOON + timedelta(days=11)
    )

    assert remind(by=None, at=NOON + timedelta(days=14)) == 0
    assert remind(by=None, at=NOON + timedelta(days=21)) == 1


@pytest.mark.parametrize("end", ["released", "lapsed", "kept"])
def test_what_has_ended_is_not_remembered(cast, end):
    change_state(commitment=promised(cast), state=end, by=cast.aicha, at=NOON)

    assert remind(by=None, at=NOON + timedelta(days=100)) == 0


def test_whoever_leads_answers_and_others_of_the_group_do_not(cast):
    project = make_project(cast.valence)
    make_leader(project, cast.denis)
    Membership.objects.create(project=project, person=cast.bruno, part="member", since=NOW)
    commitment = promised(cast, project=project)
    page = f"/valence/commitments/{commitment.public_id}/answer/"

    assert cast.client("bruno").get(page).status_code == 404
    answer = cast.client("denis").post(page, {"state": "accepted", "words": "Merci !"})

    assert answer.url == f"/valence/projects/{project.public_id}/"
    commitment.refresh_from_db()
    assert commitment.state == "accepted"
