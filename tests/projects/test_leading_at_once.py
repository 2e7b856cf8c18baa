"""Several hosts, and a phone, at the same moment: one leader, everybody else is told."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from essor.projects.actions.leader_answers import (
    AnsweredMeanwhile,
    NotSearching,
    answer_search,
    choose_leader,
)
from essor.projects.actions.leading import CalledMeanwhile, CallWords, call_for_leader
from essor.projects.models import LeaderAnswer, LeaderCall, Leadership
from tests.cast import NOW, TODAY, Cast, make_project, person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def together(works: list) -> list:
    """What each of ``works`` answers, or the exception it raised, all begun at one moment."""
    ready = Barrier(len(works))

    def run(work) -> object:
        ready.wait(timeout=30)
        try:
            return work()
        except Exception as refusal:
            return type(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def test_of_six_hosts_who_choose_at_once_one_chooses() -> None:
    cast = Cast()
    project = make_project(cast.valence, leader_wanted=True)
    answers = [
        answer_search(
            project=project, person=person(f"Personne {n}"), kind="me", words="Moi", by=None, at=NOW
        )[0]
        for n in range(3)
    ]

    def choose(n: int):
        answer = LeaderAnswer.objects.get(pk=answers[n % 3].pk)
        choose_leader(answer=answer, words="", seen="new", by=cast.aicha, at=NOW)
        return "chosen"

    outcomes = together([lambda n=n: choose(n) for n in range(6)])

    assert Counter(outcomes) == {"chosen": 1, AnsweredMeanwhile: 5}
    assert Leadership.objects.count() == 1
    states = Counter(LeaderAnswer.objects.values_list("state", flat=True))
    assert states == {"chosen": 1, "not_now": 2}


def test_who_answers_while_somebody_is_chosen_is_told_or_thanked() -> None:
    cast = Cast()
    project = make_project(cast.valence, leader_wanted=True)
    first, _token = answer_search(
        project=project, person=person("Nadia"), kind="me", words="Moi", by=None, at=NOW
    )
    others = [person(f"Personne {n}") for n in range(5)]

    def answer(n: int):
        return answer_search(
            project=project, person=others[n], kind="me", words="Moi", by=None, at=NOW
        )[0].kind

    outcomes = together([
        lambda: choose_leader(answer=first, words="", by=cast.aicha, at=NOW),
        *(lambda n=n: answer(n) for n in range(5)),
    ])  # fmt: skip

    assert set(outcomes[1:]) <= {"me", NotSearching}
    assert not LeaderAnswer.objects.filter(state="new").exists(), "nobody waits for nothing"


def test_of_hosts_who_call_at_once_one_calls() -> None:
    cast = Cast()
    project = make_project(cast.valence)
    words = CallWords("Pourquoi", "Quoi", TODAY)

    def call():
        call_for_leader(project=project, words=words, by=cast.aicha, at=NOW)
        return "called"

    assert Counter(together([call] * 4)) == {"called": 1, CalledMeanwhile: 3}
    assert LeaderCall.objects.count() == 1
