"""Squashed migrations lead where those they replace led, and houses half way there go on."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ModelState

from essor.rooms import ROOMS
from tools.two_paths import OldPath, old_path


def squashed() -> list:
    return [each for each in MigrationLoader(None).disk_migrations.values() if each.replaces]


def told(model: ModelState) -> dict:
    """A model's state in plain words; lists of indexes and constraints without their order."""
    options = {
        name: sorted(map(repr, value)) if name in {"indexes", "constraints"} else value
        for name, value in model.options.items()
        if value
    }
    fields = {name: field.deconstruct()[1:] for name, field in model.fields.items()}
    return {"fields": fields, "options": options, "bases": model.bases}


def test_a_room_begins_with_one_migration():
    loader = MigrationLoader(None)
    beginnings = [
        app for app, name in loader.graph.nodes if app in ROOMS and name.startswith("0001")
    ]
    assert len(beginnings) == len(set(beginnings))
    assert {each.app_label for each in squashed()} <= set(beginnings)


def test_squashed_migrations_lead_where_the_old_ones_led():
    old, new = OldPath(None), MigrationLoader(None)
    assert len(squashed()) > 10
    for each in squashed():
        by_old = old.project_state(tuple(each.replaces[-1])).models
        by_new = new.project_state((each.app_label, each.name)).models
        room = [key for key in by_old if key[0] == each.app_label]
        assert sorted(room) == sorted(key for key in by_new if key[0] == each.app_label)
        for key in room:
            assert told(by_new[key]) == told(by_old[key]), key


def test_every_old_migration_is_replaced_in_its_order():
    for each in squashed():
        kept = sorted(
            name
            for app, name in OldPath(None).disk_migrations
            if app == each.app_label and name <= each.replaces[-1][1]
        )
        assert each.replaces == [(each.app_label, name) for name in kept]


@pytest.mark.slow
def test_a_house_half_way_through_the_old_ones_goes_on(back_to_today):
    """Two rooms stand where a house of before has them; the others are up to date."""
    old_path().migrate([("ledger", "0001_initial"), ("news", "0001_initial")])
    executor = MigrationExecutor(connection)
    leaves = executor.loader.graph.leaf_nodes()

    plan = [(each.app_label, each.name) for each, _back in executor.migration_plan(leaves)]
    assert ("ledger", "0002_part_of") in plan
    assert ("news", "0002_following_asked") in plan
    assert {room for room, _name in plan} == {"ledger", "news"}
    executor.migrate(leaves)

    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
    applied = MigrationRecorder(connection).applied_migrations()
    assert {(each.app_label, each.name) for each in squashed()} <= set(applied)
