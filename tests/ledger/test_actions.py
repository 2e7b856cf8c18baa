"""Actions and their steps: one transaction, a ledger line, nothing that stands by itself."""

import pytest

from essor.ledger.actions import (
    NoLedgerLine,
    OutsideAction,
    action,
    nothing_changed,
    record,
    step,
)
from essor.ledger.models import Entry
from tests.cast import NOW


@step
def rename(who, *, by, at):
    """A step: it writes, and leaves the line to its action."""
    who.first_name = "Inès"
    who.save()


@action
def rename_and_tell(*, who, by, at, tell: bool = True):
    rename(who, by=by, at=at)
    if tell:
        record(by=by, at=at, verb="renamed", of=who)


@action
def leave(*, by, at):
    nothing_changed()


def name_of(who) -> str:
    who.refresh_from_db()
    return who.first_name


def test_action_writes_with_its_line(cast):
    rename_and_tell(who=cast.denis, by=cast.denis, at=NOW)
    line = Entry.objects.get(verb="renamed")
    assert (line.of_id, line.by, line.at) == (cast.denis.public_id, cast.denis.public_id, NOW)
    assert name_of(cast.denis) == "Inès"


def test_action_without_its_line_writes_nothing(cast):
    with pytest.raises(NoLedgerLine):
        rename_and_tell(who=cast.denis, by=cast.denis, at=NOW, tell=False)
    assert name_of(cast.denis) == "Denis"


def test_action_that_changed_nothing_says_so(cast):
    before = Entry.objects.count()
    leave(by=None, at=NOW)
    assert Entry.objects.count() == before


def test_step_by_itself_is_refused_and_writes_nothing(cast):
    with pytest.raises(OutsideAction):
        rename(cast.denis, by=cast.denis, at=NOW)
    assert name_of(cast.denis) == "Denis"


@pytest.mark.parametrize("signature", ["(who, *, by, at)", "(*, by)", "(*, at)"])
def test_action_has_the_signature_of_one(signature):
    namespace: dict = {}
    exec(f"def act{signature}: pass", namespace)
    with pytest.raises(TypeError):
        action(namespace["act"])
