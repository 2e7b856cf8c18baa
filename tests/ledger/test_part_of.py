"""What belongs to a larger thing is found by it: a project's promises, needs, calls and files."""

import pytest

from essor.exchanges.actions.calls import note_call
from essor.exchanges.actions.commitments import change_state, give_more_time, promise
from essor.exchanges.actions.needs import Asked, end_need, write_need
from essor.ledger.actions import action, record
from essor.ledger.models import Entry
from tests.cast import NOW, TODAY, make_project
from tools.two_paths import old_path

BEFORE, AFTER = [("ledger", "0001_initial")], [("ledger", "0002_part_of")]


@action
def say_of(*, thing, larger, by, at) -> None:
    record(by=by, at=at, verb="said", of=thing, part_of=larger)


def test_a_line_names_the_larger_thing_or_none(cast):
    project = make_project(cast.valence)
    say_of(thing=cast.denis, larger=project, by=None, at=NOW)
    say_of(thing=cast.denis, larger=None, by=None, at=NOW)

    assert [line.part_of for line in Entry.objects.order_by("id")] == [project.public_id, ""]


def test_all_that_happens_to_a_promise_is_found_by_its_project(cast):
    project, other = make_project(cast.valence), make_project(cast.valence, "Eau")
    need = write_need(project=project, asked=Asked("skill", "Tenir les comptes"), by=None, at=NOW)
    made, _token = promise(
        territory=cast.valence, person=cast.denis, kind="skill", what="Comptable", need=need,
        by=None, at=NOW,
    )  # fmt: skip
    change_state(commitment=made, state="accepted", by=cast.aicha, at=NOW)
    give_more_time(commitment=made, until=TODAY, by=cast.aicha, at=NOW)
    note_call(
        commitment=made, on=TODAY, words="Elle passe jeudi", again_on=None, by=cast.aicha, at=NOW
    )
    change_state(commitment=made, state="kept", by=cast.aicha, at=NOW)
    end_need(need=need, ending="found", by=cast.aicha, at=NOW)

    told = Entry.objects.filter(part_of=project.public_id).order_by("id")
    assert [line.verb for line in told] == [
        "need_written", "promised", "accepted", "given_more_time", "called", "kept", "need_found",
    ]  # fmt: skip
    assert not Entry.objects.filter(part_of=other.public_id).exists()


def test_a_promise_to_the_territory_is_part_of_no_project(cast):
    promise(territory=cast.valence, person=cast.denis, kind="skill", what="Photos", by=None, at=NOW)

    assert Entry.objects.get(verb="promised").part_of == ""


@pytest.mark.slow
def test_lines_written_before_are_found_by_their_project_too(back_to_today):
    executor = old_path()
    executor.migrate(BEFORE)
    line = executor.loader.project_state(BEFORE).apps.get_model("ledger", "Entry")
    for verb, data in (
        ("promised", {"kind": "skill", "project": "abcdefgh"}),
        ("accepted", {"kind": "skill", "project": ""}),
        ("opened", {}),
    ):
        line.objects.create(at=NOW, verb=verb, of_type="x", of_id="y", audience="team", data=data)

    executor = old_path()
    executor.migrate(AFTER)

    line = executor.loader.project_state(AFTER).apps.get_model("ledger", "Entry")
    told = dict(line.objects.values_list("verb", "part_of"))
    assert told == {"promised": "abcdefgh", "accepted": "", "opened": ""}
