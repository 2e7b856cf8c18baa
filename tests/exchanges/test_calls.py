"""A host's call, noted: the desk stops asking until its day comes back, and only the team reads it."""

import uuid
from datetime import timedelta

import pytest

from essor.exchanges.actions.calls import DayPassed, DayToCome, NothingSaid, note_call
from essor.exchanges.actions.commitments import change_state, promise
from essor.exchanges.models import Call
from essor.exchanges.queries.commitments import desk, late
from essor.exchanges.reminding import step_due
from essor.kit import clock
from essor.ledger.models import Entry
from essor.people.erasure import erase_person
from essor.support.queries.today import to_do
from tests.cast import NOW, make_leader, make_project

TODAY = NOW.date()


def day(number: int):
    return NOW + timedelta(days=number)


@pytest.fixture
def promised(cast):
    """Denis promised eleven days ago; nobody answered."""
    return promise(
        territory=cast.valence, project=make_project(cast.valence, "Fournil"), person=cast.denis,
        kind="skill", what="Deux jours de soudure", by=cast.denis, at=day(-11),
    )[0]  # fmt: skip


def note(promised, by=None, **fields) -> Call:
    fields = {"words": "Vient jeudi", "on": TODAY, "again_on": None, "at": NOW, **fields}
    return note_call(commitment=promised, by=by, **fields)


def asked(promised, at) -> list[str]:
    return [row.title for row in to_do(promised.territory, at).get("calls", [])]


def test_a_noted_call_ends_what_today_asks_and_what_is_late(cast, promised):
    assert asked(promised, NOW) == ["Deux jours de soudure"]
    assert late(cast.valence, NOW) == 1

    note(promised, by=cast.aicha)

    assert asked(promised, NOW) == []
    assert late(cast.valence, NOW) == 0
    assert (
        desk(cast.valence, show="to-answer", today=NOW.date()).count() == 1
    )  # nobody took it up yet
    line = Entry.objects.get(verb="called")
    assert (line.by, line.of_id, line.audience) == (
        cast.aicha.public_id, promised.public_id, "team",
    )  # fmt: skip


def test_a_call_to_make_again_comes_back_on_its_day_and_is_late_from_then_on(cast, promised):
    note(promised, words="Messagerie", again_on=day(3).date())

    assert asked(promised, day(2)) == []
    assert asked(promised, day(3)) == ["Deux jours de soudure"]
    assert to_do(cast.valence, day(15))["calls"][0].days == 12
    assert late(cast.valence, day(3)) == 1


def test_each_refusal_of_a_note_keeps_nothing(promised):
    for fields, refusal in (
        ({"words": "  "}, NothingSaid),
        ({"on": day(1).date()}, DayToCome),
        ({"again_on": TODAY}, DayPassed),
    ):
        with pytest.raises(refusal):
            note(promised, **fields)

    promised.refresh_from_db()
    assert (Call.objects.count(), promised.called_on) == (0, None)


def test_two_hosts_who_called_keep_both_notes_and_the_later_call_counts(cast, promised):
    note(promised, by=cast.aicha, words="Rappeler", again_on=day(5).date())
    note(promised, by=cast.bruno, words="La semaine passée", on=day(-6).date())

    promised.refresh_from_db()
    assert [each.words for each in promised.calls.all()] == ["Rappeler", "La semaine passée"]
    assert (promised.called_on, promised.call_again_on) == (TODAY, day(5).date())


def test_reminders_count_anew_from_the_call(promised):
    assert step_due(promised, TODAY) == 10

    note(promised)

    promised.refresh_from_db()
    assert [step_due(promised, day(n).date()) for n in (0, 2, 3, 10)] == [0, 0, 3, 10]


def test_a_call_about_a_promise_that_was_taken_up_asks_for_nothing_again(promised):
    change_state(commitment=promised, state="accepted", by=None, at=NOW)
    promised.refresh_from_db()

    note(promised, again_on=day(2).date())

    assert asked(promised, day(4)) == []


def test_from_the_desk_a_host_notes_a_call_once_and_reads_it_on_the_answer(cast, promised):
    aicha = cast.client("aicha")
    here = f"/valence/commitments/{promised.public_id}/"
    today = clock.today()
    wrong = aicha.post(f"{here}calls/", {"on": today + timedelta(days=1), "words": ""})
    assert wrong.status_code == 422
    assert "ce qu’il en est" in wrong.content.decode()
    assert "encore à venir" in wrong.content.decode()

    form = {"act": uuid.uuid4().hex, "on": today, "words": "Elle vient jeudi"}
    answers = [aicha.post(f"{here}calls/", form) for _ in range(2)]

    assert {each.url for each in answers} == {f"{here}answer/"}
    assert Call.objects.get().by == cast.aicha
    assert "Elle vient jeudi" in aicha.get(f"{here}answer/").content.decode()
    assert "appel le" in aicha.get("/valence/commitments/").content.decode()


@pytest.mark.parametrize("who", ["hugo", "bruno", "elodie", "denis", None])
def test_strangers_neither_note_nor_read_calls(cast, promised, who):
    browser = cast.client(who)
    here = f"/valence/commitments/{promised.public_id}/calls/"

    assert browser.get(here).status_code == 404
    assert browser.post(here, {"on": TODAY, "words": "x"}).status_code == 404
    assert not Call.objects.exists()


def test_whoever_leads_answers_a_promise_without_reading_the_teams_calls(cast, promised):
    make_leader(promised.project, cast.farid)
    note(promised, words="Entre nous")

    html = cast.client("farid").get(f"/valence/commitments/{promised.public_id}/answer/")

    assert html.status_code == 200
    assert "Entre nous" not in html.content.decode()


def test_an_erased_caller_leaves_the_note_and_an_erased_promiser_takes_it_along(cast, promised):
    note(promised, by=cast.bruno)

    erase_person(person=cast.bruno, by=None, at=NOW)
    left = Call.objects.get().by
    assert left is None or left.erased_at
    erase_person(person=cast.denis, by=None, at=NOW)

    assert not Call.objects.exists()
