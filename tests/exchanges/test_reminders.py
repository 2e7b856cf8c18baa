"""Promises that wait come back to the group's contact: after 3, 10, 30, 90 days, each once, in the
digest of the week."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from essor.exchanges.actions.commitments import change_state, give_more_time, promise
from essor.exchanges.actions.reminders import remember_waiting
from essor.exchanges.models import Commitment
from essor.exchanges.reminding import STEPS, due_this_week
from essor.exchanges.waiting import as_items, owed
from essor.kit.models import Mail
from essor.ledger.models import Entry
from essor.news.actions import choose_how
from essor.news.models import Digest
from essor.news.rounds import run_round
from essor.projects.models import Membership
from essor.territories.models import Role
from tests.cast import NOW, Cast, make_leader, make_project, person
from tests.repo.matrix import undone

NOON = datetime(2026, 11, 2, 11, 0, tzinfo=UTC)
"""A Monday: digests leave the day after, at seven in the morning."""


def promised(cast, at=NOON, **fields) -> Commitment:
    fields = {"what": "Comptabilité", "person": cast.farid, **fields}
    return promise(
        territory=cast.valence, kind="skill", by=cast.farid, at=at, **fields
    )[0]  # fmt: skip


def digests(address: str = "aicha@example.org") -> list[Mail]:
    return list(Mail.objects.filter(address=address, kind=Mail.Kind.NEWS).order_by("id"))


def read(mail: Mail) -> str:
    return mail.text.replace("\xa0", " ").replace("\u202f", " ")


def days_written(first: datetime, days: int) -> list[int]:
    """On which days somebody was written to, when the clock is looked at every hour."""
    written = []
    for hour in range(days * 24):
        if run_round(at=first + timedelta(hours=hour)):
            written.append(hour // 24)
    return written


def test_a_promise_that_waits_is_remembered_at_each_step_once(cast):
    promised(cast)

    monday = NOON.replace(hour=0)
    assert days_written(monday, 130) == [8, 15, 36, 92]  # the Tuesdays after each step
    assert len(digests()) == 4
    steps = Entry.objects.filter(verb="reminded").order_by("id").values_list("data", flat=True)
    assert [each["days"] for each in steps] == list(STEPS)


def test_promises_go_together_in_one_letter_of_the_week(cast):
    one, other = make_project(cast.valence, "Consigne"), make_project(cast.valence, "Verger")
    make_leader(one, cast.denis)
    make_leader(other, cast.denis)
    for n in range(7):  # one a day: a daily letter would come seven times
        promised(cast, at=NOON + timedelta(days=n), project=(one, other)[n % 2], what=f"Aide {n}")

    assert days_written(NOON.replace(hour=0), 22) == [8, 15]

    first, second = digests("denis@example.org")
    assert read(first).count("pas encore de réponse") == 6  # promised by Saturday
    assert read(second).count("pas encore de réponse") == 7  # six at ten days, one at three
    assert read(first).count("Consigne : des promesses attendent un signe de vous\n") == 1
    assert read(first).count("Verger : des promesses attendent un signe de vous\n") == 1


def test_the_one_who_leads_is_told_and_not_the_crowd(cast):
    project = make_project(cast.valence)
    make_leader(project, cast.denis)
    for who, part in ((cast.bruno, "member"), (cast.chloe, "follower")):
        Membership.objects.create(project=project, person=who, part=part, since=NOW)
    commitment = promised(cast, project=project)

    run_round(at=NOON + timedelta(days=8))

    mail = Mail.objects.get(kind=Mail.Kind.NEWS)
    assert mail.address == "denis@example.org"
    assert "Farid, « Comptabilité » : pas encore de réponse" in read(mail)
    assert f"/valence/commitments/{commitment.public_id}/answer/" in mail.text


def test_two_hosts_hear_of_it_and_it_is_one_step(cast):
    Role.objects.create(person=cast.bruno, territory=cast.valence, kind="host", since=NOW)
    promised(cast)

    assert run_round(at=NOON + timedelta(days=8)) == 2
    assert run_round(at=NOON + timedelta(days=8, hours=1)) == 0

    assert Entry.objects.filter(verb="reminded").count() == 1


def test_a_round_broken_off_tells_the_second_host_when_it_goes_on(cast):
    Role.objects.create(person=cast.bruno, territory=cast.valence, kind="host", since=NOW)
    promised(cast)
    tuesday = NOON + timedelta(days=8)

    assert run_round(at=tuesday, most=1) == 1
    assert run_round(at=tuesday + timedelta(days=1)) == 1
    assert run_round(at=tuesday + timedelta(days=2)) == 0

    assert {mail.address for mail in Mail.objects.filter(kind=Mail.Kind.NEWS)} == {
        "aicha@example.org", "bruno@example.org",
    }  # fmt: skip
    assert Entry.objects.filter(verb="reminded").count() == 1


def test_whoever_wants_no_news_is_passed_over_for_the_next(cast):
    project = make_project(cast.valence)
    make_leader(project, cast.denis)
    promised(cast, project=project)
    cast.denis.no_news = True
    cast.denis.save(update_fields=["no_news"])

    run_round(at=NOON + timedelta(days=8))

    assert [mail.address for mail in Mail.objects.filter(kind=Mail.Kind.NEWS)] == [
        "aicha@example.org"
    ]


def test_where_nobody_hears_the_step_is_not_spent(cast):
    key = ("everything", cast.valence.public_id)
    choose_how(person=cast.aicha, key=key, how="none", by=cast.aicha, at=NOON)
    commitment = promised(cast)

    assert run_round(at=NOON + timedelta(days=8)) == 0
    commitment.refresh_from_db()
    assert commitment.reminded == 0
    choose_how(person=cast.aicha, key=key, how="weekly", by=cast.aicha, at=NOON)
    assert run_round(at=NOON + timedelta(days=15)) == 1


def test_whose_mails_of_the_week_are_spent_hears_next_week(cast, settings):
    settings.MAIL_BUDGET_PER_WEEK = 0
    commitment = promised(cast)

    assert run_round(at=NOON + timedelta(days=8)) == 0
    commitment.refresh_from_db()
    assert commitment.reminded == 0
    assert Digest.objects.get(held=True).person == cast.aicha
    settings.MAIL_BUDGET_PER_WEEK = 2
    assert run_round(at=NOON + timedelta(days=15)) == 1
    commitment.refresh_from_db()
    assert commitment.reminded == 10


def test_a_server_asleep_for_a_week_wakes_with_one_mail(cast):
    for n in range(5):
        promised(cast, at=NOON + timedelta(hours=n))

    woken = NOON + timedelta(days=11)
    assert [run_round(at=woken + timedelta(hours=n)) for n in range(4)] == [1, 0, 0, 0]

    assert len(digests()) == 1
    assert digests()[0].text.count("Comptabilité") == 5
    assert set(Commitment.objects.values_list("reminded", flat=True)) == {10}


@pytest.mark.parametrize("change", [date(2027, 3, 28), date(2026, 10, 25)])
def test_the_weeks_around_a_change_of_clocks_remember_nothing_twice(cast, change):
    here = ZoneInfo("Europe/Paris")
    sunday = datetime(change.year, change.month, change.day, tzinfo=here)
    for hour in range(0, 24, 3):
        promised(cast, at=(sunday - timedelta(days=1)).astimezone(UTC) + timedelta(hours=hour))

    monday_before = (sunday - timedelta(days=6)).astimezone(UTC)
    written = days_written(monday_before, 22)

    assert written == [8, 15]  # the two Tuesdays after the change: three days, ten days
    assert [mail.text.count("Comptabilité") for mail in digests()] == [8, 8]
    leaving = {mail.queued_at.astimezone(here).hour for mail in digests()}
    assert leaving == {7}, "seven by the clock on the wall, on both sides of the change"


def test_a_promise_taken_up_is_left_alone_until_its_day_has_come(cast):
    commitment = promised(cast, until=date(2026, 12, 1))
    change_state(commitment=commitment, state="accepted", by=cast.aicha, at=NOON)

    assert days_written(NOON.replace(hour=0), 39) == [
        36
    ]  # the Tuesday after the fourth of December
    assert "Farid, « Comptabilité » : est-ce fait ?" in read(digests()[0])


def test_more_time_begins_the_steps_anew(cast):
    commitment = promised(cast)
    change_state(commitment=commitment, state="accepted", by=cast.aicha, at=NOON)
    run_round(at=NOON + timedelta(days=10))
    give_more_time(
        commitment=commitment, until=date(2026, 11, 20), by=cast.aicha, at=NOON + timedelta(days=11)
    )

    assert run_round(at=NOON + timedelta(days=15)) == 0
    assert run_round(at=NOON + timedelta(days=22)) == 1


@pytest.mark.parametrize("end", ["released", "lapsed", "kept"])
def test_what_has_ended_is_not_remembered(cast, end):
    change_state(commitment=promised(cast), state=end, by=cast.aicha, at=NOON)

    run_round(at=NOON + timedelta(days=100))

    assert digests() == []
    assert due_this_week(NOON + timedelta(days=100)) == []


def test_what_was_answered_before_the_letter_left_is_not_in_it(cast):
    left, answered = promised(cast, what="Chaises"), promised(cast, what="Fours")
    keys = owed(NOON + timedelta(days=8))[cast.aicha.pk]
    assert len(keys) == 2
    change_state(commitment=answered, state="released", by=cast.farid, at=NOON + timedelta(days=8))

    assert [item.key for item in as_items(keys)] == [left.public_id]
    assert remember_waiting(keys=keys, by=None, at=NOON + timedelta(days=8)) == 1
    answered.refresh_from_db()
    assert answered.reminded == 0


def test_after_ninety_days_the_desk_says_so_and_mails_stop(cast):
    old, other = promised(cast), promised(cast, at=NOON + timedelta(days=80), what="Un four")
    for week in range(1, 15):
        run_round(at=NOON + timedelta(days=1, weeks=week))
    old.refresh_from_db()
    other.refresh_from_db()
    assert (old.reminded, other.reminded) == (90, 10)
    last = digests()[-1]
    run_round(at=NOON + timedelta(weeks=16, days=1))
    assert digests()[-1] != last
    assert "Un four" in digests()[-1].text
    assert "Comptabilité" not in digests()[-1].text

    desk = cast.client("aicha").get("/valence/desk/").content.decode()
    listed = cast.client("aicha").get("/valence/commitments/?show=no-sign").content.decode()

    assert "1 promesse est sans signe depuis 90 jours" in desk
    assert "Comptabilité" in listed
    assert "Un four" not in listed


def test_a_desk_without_such_promises_says_nothing_of_them(cast):
    promised(cast)

    assert "sans signe" not in cast.client("aicha").get("/valence/desk/").content.decode()


def test_a_rehearsal_reminds_nobody(cast):
    promised(cast)
    cast.valence.rehearsal = True
    cast.valence.save(update_fields=["rehearsal"])

    assert run_round(at=NOON + timedelta(days=8)) == 0


def test_promises_due_cost_the_same_queries_whatever_their_number(
    cast, django_assert_max_num_queries
):
    for n in range(12):
        project = make_project(cast.valence, f"Projet {n}")
        make_leader(project, person(f"P{n}", email=f"p{n}@example.org"))
        promised(cast, project=project)

    with django_assert_max_num_queries(6):
        found = owed(NOON + timedelta(days=8))
        assert len(as_items([key for keys in found.values() for key in keys])) == 12
    assert len(found) == 12


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


moves = st.lists(
    st.one_of(
        st.tuples(st.just("promise"), st.integers(0, 1)),
        st.tuples(st.just("settle"), st.integers(0, 20)),
        st.tuples(st.just("sleep"), st.sampled_from([1, 5, 24, 24 * 3, 24 * 7, 24 * 9, 24 * 40])),
        st.tuples(st.just("work"), st.integers(0, 2)),
    ),
    min_size=5, max_size=30,
)  # fmt: skip


class World:
    """Promises to a project that Denis leads, and to the territory, on one clock."""

    def __init__(self) -> None:
        self.cast, self.now, self.made = Cast(), NOON, []
        self.projects = [None, make_project(self.cast.valence)]
        make_leader(self.projects[1], self.cast.denis)

    def act(self, kind: str, number: int) -> None:
        getattr(self, f"_{kind}")(number)

    def _promise(self, which: int) -> None:
        self.made.append(promised(self.cast, at=self.now, project=self.projects[which]))

    def _sleep(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    def _work(self, most: int) -> None:
        run_round(at=self.now, most=most or None)

    def _settle(self, which: int) -> None:
        """One that waits is taken up; one that was taken up is released."""
        if not self.made:
            return
        one = self.made[which % len(self.made)]
        one.refresh_from_db()
        if onward := {"promised": "accepted", "accepted": "released"}.get(one.state):
            change_state(commitment=one, state=onward, by=self.cast.aicha, at=self.now)

    def steps_between_moves(self, one: Commitment) -> Iterator[list[int]]:
        """The steps that were remembered, anew after each move of the promise."""
        steps: list[int] = []
        for line in Entry.objects.filter(of_type="commitment", of_id=one.public_id).order_by("id"):
            if line.verb == "reminded":
                steps.append(line.data["days"])
            else:
                yield steps
                steps = []
        yield steps


@pytest.mark.slow
@pytest.mark.one_database
@settings(
    max_examples=8,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.function_scoped_fixture,
    ],  # undone() resets each example
)
@given(moves=moves)
def test_each_step_is_told_once_and_never_two_letters_of_a_week(db, moves):
    with undone():
        world = World()
        for move in moves:
            world.act(*move)
        for _ in range(20):
            world.act("sleep", 24 * 7)
            world.act("work", 0)
        for one in world.made:
            one.refresh_from_db()
            for steps in world.steps_between_moves(one):
                assert steps == sorted(set(steps)), "each once, one after the other"
            assert one.reminded == (90 if one.state in {"promised", "accepted"} else 0)
        for who in (world.cast.aicha, world.cast.denis):
            rounds = Digest.objects.filter(person=who, held=False).values_list("round", flat=True)
            mails = Mail.objects.filter(person=who.public_id, kind=Mail.Kind.NEWS)
            assert mails.count() == len(set(rounds)) == len(rounds)
