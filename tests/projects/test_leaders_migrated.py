"""A database from before calls and terms: who leads and what a search says are brought over."""

from datetime import date

import pytest

from tests.cast import NOW
from tools.two_paths import old_path

BEFORE = [("projects", "0004_stages_as_data"), ("territories", "0005_vous_for_everybody")]
AFTER = [("projects", "0007_leaders_have_terms")]


@pytest.mark.slow
def test_leaders_and_searches_are_brought_over(empty_database):
    executor = old_path()
    executor.migrate(BEFORE)
    old = executor.loader.project_state(BEFORE).apps
    territory = old.get_model("territories", "Territory").objects.create(
        slug="valence", name="Valence", created_at=NOW
    )
    people = [
        old.get_model("people", "Person").objects.create(
            public_id=f"person{n}", first_name=f"P{n}", created_at=NOW
        )
        for n in range(3)
    ]
    wanted, silent, led = (
        old.get_model("projects", "Project").objects.create(
            public_id=f"project{n}", territory=territory, title=f"Projet {n}", created_at=NOW,
            leader_wanted=n < 2, leader_words="Un contrat hébergé" if n == 0 else "",
        )
        for n in range(3)
    )  # fmt: skip
    for who, part in zip(people, ("leader", "table", "follower"), strict=True):
        old.get_model("projects", "Membership").objects.create(
            project=led, person=who, part=part, since=NOW
        )

    executor = old_path()
    executor.migrate(AFTER)

    new = executor.loader.project_state(AFTER).apps
    (term,) = new.get_model("projects", "Leadership").objects.all()
    assert (term.project_id, term.person_id) == (led.pk, people[0].pk)
    assert (term.since, term.until, term.shows_name) == (date(2026, 11, 2), None, False)
    parts = new.get_model("projects", "Membership").objects.order_by("id")
    assert [each.part for each in parts] == ["member", "table", "follower"]
    (call,) = new.get_model("projects", "LeaderCall").objects.all()
    assert (call.project_id, call.asked, call.ended_at) == (wanted.pk, "Un contrat hébergé", None)
    assert new.get_model("projects", "Project").objects.get(pk=silent.pk).leader_wanted
