"""Whatever happens to needs, treasures, promises and evenings: each line reaches each person once."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from essor.evenings.actions.evening import move_evening
from essor.evenings.actions.near import say_evening_is_near, whose_day_is_near
from essor.exchanges.actions.commitments import change_state, promise
from essor.exchanges.actions.needs import Asked, write_need
from essor.exchanges.actions.reminders import say_day_is_near
from essor.exchanges.reminding import whose_day_is_near as promises_near
from essor.kit import clock
from essor.kit.models import Mail
from essor.ledger.models import Entry
from essor.news.actions import choose_how
from essor.news.rounds import run_at_once, run_round
from essor.projects.models import Membership
from essor.treasures.actions.treasures import confirm_treasure
from tests.cast import NOW, Cast, make_evening, make_project, make_treasure
from tests.repo.matrix import undone

WEEK, BUDGET = timedelta(days=7), 2
LONG_AGO = NOW - WEEK * 60
acts = st.lists(
    st.one_of(
        st.tuples(st.just("needs"), st.sampled_from(["aicha", "denis"])),
        st.tuples(st.just("confirms"), st.sampled_from(["farid", "denis", ""])),
        st.tuples(st.just("keeps"), st.sampled_from(["accepted", "kept", "thanked"])),
        st.tuples(st.just("opens")),
        st.tuples(st.just("nears")),
        st.tuples(st.just("wait"), st.sampled_from([1, 26, 24 * 6, 24 * 7, 24 * 23])),
        st.tuples(st.just("work")),
        st.tuples(st.just("killed"), st.integers(0, 2)),
        st.tuples(st.just("chooses"), st.sampled_from(["weekly", "at_once"])),
    ),
    min_size=6,
    max_size=25,
)


class World:
    """Denis has a project, a treasure and promises; Élodie follows the territory. ``truth`` says
    whom each line must reach, and how: in news, or by the letter of whoever wrote it."""

    def __init__(self) -> None:
        self.cast, self.now = Cast(), NOW
        cast = self.cast
        self.project = make_project(cast.valence)
        Membership.objects.create(
            project=self.project, person=cast.denis, part="member", since=LONG_AGO
        )
        self.treasure = make_treasure(cast.valence, keeper=cast.denis, created_at=LONG_AGO)
        key = ("territory", cast.valence.public_id)
        choose_how(person=cast.elodie, key=key, how="weekly", by=cast.elodie, at=LONG_AGO)
        self.truth: dict[int, set[str]] = {}
        self.letters: set[str] = set()
        self.perhaps: set[int] = set()

    def act(self, kind: str, *with_what) -> None:
        getattr(self, f"_{kind}")(*with_what)

    def _owes(self, verb: str, *names: str) -> None:
        self.truth[Entry.objects.filter(verb=verb).latest("id").pk] = set(names)

    def _needs(self, who: str) -> None:
        asked = Asked("equipment", f"Chaises {len(self.truth)}")
        write_need(project=self.project, asked=asked, by=self.cast.people[who], at=self.now)
        self._owes("need_written", *({"denis", "elodie"} - {who}))

    def _confirms(self, who: str) -> None:
        person, before = self.cast.people.get(who), Entry.objects.count()
        device = "" if person else str(len(self.truth))
        confirm_treasure(
            treasure=self.treasure, served_for=f"Usage {len(self.truth)}", person=person,
            device=device, by=person, at=self.now,
        )  # fmt: skip
        if Entry.objects.count() > before:
            self._owes("treasure_confirmed", *({"denis"} - {who}))

    def _keeps(self, upto: str) -> None:
        made, _ = promise(
            territory=self.cast.valence, person=self.cast.denis, kind="skill", what="Compter",
            until=(self.now + timedelta(days=2)).date(), by=self.cast.denis, at=self.now,
        )  # fmt: skip
        for state in ("accepted", "kept", "thanked"):
            change_state(
                commitment=made, state=state, words="Merci", by=self.cast.aicha, at=self.now
            )
            made.refresh_from_db()
            if state == "kept":
                self._owes("kept", "denis")
            else:
                self.letters.add(f"{state}:{made.public_id}")
            if state == upto:
                return

    def _opens(self) -> None:
        day = (self.now + timedelta(days=3000)).date()
        evening = make_evening(
            self.cast.valence, tables=1, challenges=1, state="closed", place="Salle", date=day
        )
        move_evening(evening=evening, to="open", by=self.cast.aicha, at=self.now)
        self._owes("moved", "elodie")

    def _nears(self) -> None:
        """Days come near; what has passed when the mail is written is rightly said to nobody."""
        before = set(Entry.objects.values_list("pk", flat=True))
        for evening in whose_day_is_near(self.now):
            say_evening_is_near(evening=evening, by=None, at=self.now)
        for each in promises_near(self.now):
            say_day_is_near(commitment=each, by=None, at=self.now)
        self.perhaps |= set(Entry.objects.values_list("pk", flat=True)) - before

    def _wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    def _work(self) -> None:
        run_round(at=self.now)
        run_at_once(at=self.now)

    def _killed(self, after: int) -> None:
        run_round(at=self.now, most=after)

    def _chooses(self, how: str) -> None:
        key = ("everything", self.cast.valence.public_id)
        choose_how(person=self.cast.denis, key=key, how=how, by=self.cast.denis, at=self.now)

    def weeks_go_by(self) -> None:
        for _ in range(5):
            self.now += WEEK
            self._work()

    def times(self, who: str, line: int) -> int:
        sent = Mail.objects.filter(person=self.cast.people[who].public_id, kind=Mail.Kind.NEWS)
        return sum(mail.about["lines"].count(line) for mail in sent)


@pytest.mark.slow
@pytest.mark.one_database
@settings(
    max_examples=10,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.function_scoped_fixture,
    ],  # undone() resets each example
)
@given(acts=acts)
def test_each_line_reaches_whom_it_concerns_once_by_one_way(db, monkeypatch, acts):
    with undone(), monkeypatch.context() as patch:
        world = World()
        patch.setattr(clock, "now", lambda: world.now)
        patch.setattr(clock, "today", lambda: world.now.date())
        for act in acts:
            world.act(*act)
        world.weeks_go_by()
        for line, names in world.truth.items():
            for who in ("denis", "elodie", "farid", "aicha"):
                assert world.times(who, line) == (who in names), (line, who)
        for line in world.perhaps:
            assert world.times("denis", line) <= 1
        for key in world.letters:
            assert Mail.objects.filter(key=key).count() == 1
        for who in ("denis", "elodie"):
            person = world.cast.people[who].public_id
            sent = Mail.objects.filter(person=person, kind=Mail.Kind.NEWS)
            times = sorted(sent.values_list("queued_at", flat=True))
            for first in times:
                assert sum(first <= each < first + WEEK for each in times) <= BUDGET
