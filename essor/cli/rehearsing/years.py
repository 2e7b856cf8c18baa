"""Years of a territory in minutes: its projects move, ask, are helped or not; who hears what?

    python -m essor.cli.rehearsing.years DAYS PEOPLE PROJECTS SEED    prints what was found, as JSON

Runs in a process of its own over the rehearsal's database, on a clock that it turns itself: a day
at a time people act, by the same actions as behind the pages, then the jobs run that a worker would
have run. Once a year the server sleeps for ten days. Everybody here is invented.
"""

import json
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from essor.exchanges.models import Commitment, Need
    from essor.people.models import Person
    from essor.projects.models import Project

FOLLOWERS = 40
"""People of its table, and others, who follow a project."""
HOUR = time(10)
SLEEPS_FROM, SLEEPS_FOR = 200, 10
"""Each year the server is off for these days of it."""
LAST_DAYS = 100
"""Days at the end on which nobody acts: what waits leaves, reminders come to their end."""
A_DAY = {
    "moves": 1 / 150, "asks": 1 / 60, "is answered": 1 / 40, "is accepted": 1 / 12,
    "is kept": 1 / 45, "is released": 1 / 150, "is thanked": 1 / 5,
}  # fmt: skip
"""How likely each thing is on one day, for each project, need or promise."""
MARK = re.compile(r"Raison numéro (\d+)\.")


class Years:
    """One territory and what truly happened there; the judge compares it with what people read."""

    def __init__(self, people: int, projects: int, seed: int, start: date) -> None:
        self.random, self.day = random.Random(seed), start
        self._fill(people, projects)
        self.needs: list[Need] = []
        self.promises: dict[str, Commitment] = {}
        self.states: dict[str, str] = {}
        self.owed: Counter[tuple[int, str]] = Counter()
        """How often (reason, person) has to be read: once."""
        self.reasons = 0

    @property
    def at(self) -> datetime:
        from django.utils import timezone

        return timezone.make_aware(datetime.combine(self.day, HOUR))

    def _fill(self, people: int, projects: int) -> None:
        from essor.people.models import Account, Person
        from essor.projects.models import Leadership, Membership, Project, Sheet
        from essor.territories.models import Role, Territory

        self.place = Territory.objects.create(
            slug="annees", name="Répétition (tout est inventé)", created_at=self.at
        )
        self.people = list(Person.objects.bulk_create(
            Person(first_name=f"Prénom{n}", email=f"p{n}@example.org", invented=True,
                   created_at=self.at)
            for n in range(people)
        ))  # fmt: skip
        for each in self.people[: projects + 1]:  # the host, and who leads: they sign in
            each.account = Account.objects.create_user(each.email)
            each.save(update_fields=["account"])
        Role.objects.create(
            person=self.people[0], territory=self.place, kind=Role.Kind.HOST, since=self.at
        )
        self.projects: list[Project] = []
        self.followers: dict[int, list[Person]] = {}
        self.leaders: dict[int, Person] = {}
        for n in range(projects):
            project = Project.objects.create(
                territory=self.place, title=f"Projet {n}", created_at=self.at, published_at=self.at
            )
            Sheet.objects.create(project=project)
            leader, others = self.people[n + 1], self.people[projects + 1 :]
            there = [leader, *self.random.sample(others, min(FOLLOWERS, len(others)))]
            Membership.objects.bulk_create(
                Membership(project=project, person=each, part="table", since=self.at)
                for each in there
            )
            Leadership.objects.create(project=project, person=leader, since=self.day)
            self.projects.append(project)
            self.followers[project.pk], self.leaders[project.pk] = there, leader

    def happens(self, what: str) -> bool:
        return self.random.random() < A_DAY[what]

    def act(self) -> None:
        """What people do on this day."""
        for project in self.projects:
            if self.happens("moves"):
                self._move(project)
            if self.happens("asks"):
                self._ask(project)
        for need in self.needs:
            if self.happens("is answered"):
                self._answer(need)
        for promise in list(self.promises.values()):
            self._follow_up(promise)

    def _move(self, project: "Project") -> None:
        """Onward, or asleep, or awake again; everybody who follows has to hear why, once."""
        from essor.projects.actions.moves import change_stage
        from essor.projects.stages import way_of

        project.refresh_from_db()
        onward = way_of(self.place).onward(project.stage)
        asleep = project.condition == "asleep"
        stage, condition = project.stage, "awake" if asleep else "asleep"
        if onward and not asleep and self.random.random() < 0.7:
            stage, condition = self.random.choice(onward).key, "awake"
        leader = self.leaders[project.pk]
        why = f"Raison numéro {self.reasons}."
        change_stage(
            project=project, stage=stage, condition=condition, why=why, by=leader, at=self.at
        )
        for each in self.followers[project.pk]:
            if each != leader:
                self.owed[self.reasons, each.public_id] += 1
        self.reasons += 1

    def _ask(self, project: "Project") -> None:
        from essor.exchanges.actions.needs import Asked, write_need

        asked = Asked("skill", f"Une aide {len(self.needs)}", quantity=self.random.randint(1, 3))
        leader = self.leaders[project.pk]
        self.needs.append(write_need(project=project, asked=asked, by=leader, at=self.at))

    def _answer(self, need: "Need") -> None:
        from essor.exchanges.actions.commitments import promise
        from essor.exchanges.actions.needs import NeedEnded, NotThatMany

        who = self.random.choice(self.people)
        try:
            made, _ = promise(
                territory=self.place, person=who, kind="skill", what="Une aide", need=need,
                by=who, at=self.at,
            )  # fmt: skip
        except (NotThatMany, NeedEnded):
            self.needs.remove(need)
            return
        self.promises[made.public_id], self.states[made.public_id] = made, "promised"

    def _follow_up(self, promise: "Commitment") -> None:
        """Promises are taken up, kept, thanked for, or let go of; some stay as they are."""
        state = self.states[promise.public_id]
        onward = {"promised": "accepted", "accepted": "kept", "kept": "thanked"}.get(state)
        if onward is None:
            del self.promises[promise.public_id]
        elif state != "kept" and self.happens("is released"):
            self._change(promise, "released", promise.person)
        elif self.happens(f"is {onward}"):
            project = promise.project
            self._change(promise, onward, self.leaders[project.pk] if project else None)

    def _change(self, promise: "Commitment", state: str, by: "Person | None") -> None:
        from essor.exchanges.actions.commitments import change_state

        words = "Merci à vous." if state == "thanked" else ""
        key = promise.public_id
        self.promises[key] = change_state(
            commitment=promise, state=state, by=by, at=self.at, words=words
        )
        self.states[key] = state


class Readers:
    """Everybody's mailbox: letters are read as they come, for the house forgets them in time."""

    def __init__(self) -> None:
        self.last = 0
        self.reasons: Counter[tuple[int, str]] = Counter()
        self.news: defaultdict[str, list[datetime]] = defaultdict(list)
        self.answers: Counter[str] = Counter()

    def read(self) -> None:
        from essor.kit.models import Mail

        for mail in Mail.objects.filter(pk__gt=self.last).order_by("pk"):
            self.last = mail.pk
            if mail.kind != Mail.Kind.NEWS:
                self.answers[mail.person] += 1
                continue
            self.news[mail.person].append(mail.queued_at)
            self.reasons.update((int(each), mail.person) for each in MARK.findall(mail.text))


def found_in(years: Years, readers: Readers) -> dict[str, Any]:
    """What people read and the database says, beside what truly happened."""
    from essor.exchanges.models import Commitment
    from essor.kit.models import Mail
    from essor.ledger.models import Entry

    read, news = readers.reasons, readers.news
    reminders, repeated = reminders_of(
        Entry.objects.filter(of_type="commitment").order_by("pk").values_list(
            "of_id", "verb", "data"
        )
    )  # fmt: skip
    kept = dict(Commitment.objects.values_list("public_id", "state"))
    return {
        "acts": Entry.objects.count(),
        "moves": years.reasons,
        "owed": sum(years.owed.values()),
        "lost": sum((years.owed - read).values()),
        "twice": sum((read - years.owed).values()),
        "promises": len(years.states),
        "promises lost": len(years.states.items() - kept.items()),
        "news": sorted(len(sent) for sent in news.values()),
        "most news in a week": max(map(most_in_a_week, news.values()), default=0),
        "answers": sorted(readers.answers.values()),
        "held": Mail.objects.filter(state=Mail.State.HELD).count(),
        "reminders": sorted(reminders.values()),
        "reminded twice": repeated,
    }


def reminders_of(lines: Iterable[tuple[str, str, dict[str, Any]]]) -> tuple[Counter[str], int]:
    """Reminders by promise, and how many told the same step again though nothing had moved."""
    reminders: Counter[str] = Counter()
    told: defaultdict[str, set[int]] = defaultdict(set)
    repeated = 0
    for promise, verb, data in lines:
        if verb != "reminded":
            told[promise].clear()
            continue
        repeated += data["days"] in told[promise]
        told[promise].add(data["days"])
        reminders[promise] += 1
    return reminders, repeated


def most_in_a_week(times: list[datetime]) -> int:
    """The most of these moments that lie within any seven days."""
    week, times = timedelta(days=7), sorted(times)
    return max(sum(first <= each < first + week for each in times) for first in times)


def live(
    days: int, people: int, projects: int, seed: int, *, quiet: int = LAST_DAYS
) -> dict[str, Any]:
    """Let the days pass, the last ``quiet`` of them without anybody acting, and judge them."""
    from django.utils.module_loading import autodiscover_modules

    from essor.kit import clock
    from essor.kit.recurring import jobs_of_at_least

    autodiscover_modules("jobs")
    jobs = jobs_of_at_least(timedelta(minutes=10))
    with clock.travelling() as go:
        story, readers = Years(people, projects, seed, date(2026, 9, 1)), Readers()
        for number in range(days):
            go(story.at)
            if number < days - quiet:
                story.act()
            if not SLEEPS_FROM <= number % 365 < SLEEPS_FROM + SLEEPS_FOR:
                for job in jobs:
                    job.call()
            readers.read()
            story.day += timedelta(days=1)
        return found_in(story, readers)


def main(words: list[str]) -> None:
    from django.core.management import call_command

    from essor.cli import start_django

    start_django()
    from django.db import connection

    call_command("migrate", verbosity=0)
    if connection.vendor == "sqlite":  # nothing here has to outlive the machine
        connection.cursor().execute("PRAGMA synchronous=OFF")
    print(json.dumps(live(*map(int, words))))


if __name__ == "__main__":
    main(sys.argv[1:])
