"""Reading problems and plans: what is good comes back equal, what is bad is named at its path."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from essor.algos.seating import BadPlan, BadProblem, read_plan, read_problem, solve
from essor.algos.seating.sheets import Room, problem_of
from tests.algos.evenings import small


def faults(data):
    with pytest.raises(BadProblem) as bad:
        read_problem(data)
    return bad.value.messages


def test_problem_comes_back_equal_with_every_extension():
    data = small(rounds=2)
    data["people"][9]["attributes"]["sphere"] = ["citizen", "enterprise"]
    data["people"][9]["pin_table"] = "T1"
    data["people"][12]["pin_challenge"] = "c1"
    data["challenges"][1].update(min_tables=1, max_tables=2)
    data["costs"].update(table=5, merge=1)
    problem = read_problem(data)
    assert read_problem(json.loads(json.dumps(problem.to_dict()))) == problem


def test_plan_comes_back_equal():
    problem = read_problem(small())
    plan = solve(problem, steps=2000).plan
    assert read_plan(json.loads(json.dumps(plan.to_dict())), problem) == plan


def test_pins_may_stand_in_a_list_of_their_own():
    data = small()
    data["pins"] = [{"person": "p20", "table": "T2"}, {"person": "p21", "challenge": "c1"}]
    problem = read_problem(data)
    assert problem.person["p20"].pin_table == "T2"
    assert problem.person["p21"].pin_challenge == "c1"
    data["pins"] = [{"person": "nobody", "table": "T2"}]
    assert faults(data) == ['pins[0].person: "nobody" is not in people']


def test_all_faults_are_told_at_once_with_their_paths():
    data = small()
    data["seats"]["min"] = "six"
    data["people"][3]["choices"] = "c1"
    data["people"][4]["facilitator"] = "yes"
    data["costs"]["choice"] = []
    data["together"] = [["p1"]]
    assert faults(data) == [
        "people[3].choices: expected a list of names",
        "people[4].facilitator: expected true or false",
        "seats.min: expected a whole number from 1 to 1000",
        "costs.choice: expected a list of costs, one a rank",
        "together[0]: expected two person ids",
    ]


def test_unknown_and_double_names_are_found():
    data = small()
    data["people"][3]["choices"] = ["c9"]
    data["people"][5]["id"] = "p4"
    data["apart"] = [["p1", "ghost"]]
    data["challenges"][0]["hosts"] = ["ghost"]
    found = faults(data)
    assert 'people[3].choices: "c9" is not in challenges' in found
    assert 'people[5].id: "p4" is used twice' in found
    assert 'apart[0]: "ghost" is not in people' in found
    assert 'challenges[0].hosts: "ghost" is not in people' in found


def test_plan_with_unknown_names_is_refused():
    problem = read_problem(small())
    with pytest.raises(BadPlan) as bad:
        read_plan({"rounds": [[{"table": "T9", "challenges": ["c1"], "people": ["x"]}]]}, problem)
    assert len(bad.value.messages) == 2


FIELDS = ("id", "choices", "attributes", "needs_access", "hosts", "neighbours", "pin_table")
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@settings(max_examples=150)
@given(st.sampled_from(sorted(small())), anything, st.booleans(), st.sampled_from(FIELDS))
def test_no_file_breaks_the_reader_except_by_a_clear_message(key, value, inside, which):
    data = small()
    if inside and isinstance(data[key], list) and data[key]:
        row = data[key][0]
        if isinstance(row, dict):
            row[which] = value
        else:
            data[key][0] = value
    else:
        data[key] = value
    assert read_or_messages(read_problem, data)
    assert read_or_messages(read_plan, value)


def read_or_messages(read, data):
    """What was read, or the messages why not; any other exception fails the test."""
    try:
        return read(data)
    except BadProblem as bad:
        return bad.messages


def test_spreadsheet_in_french_is_understood():
    rows = [
        ["Prénom", "Univers", "Structure", "Vœu 1", "Vœu 2", "Animateur", "PMR", "Avec"],
        ["Ana", "citoyen", "", "eau", "vélo", "oui", "", ""],
        ["Bob", "entreprise; association", "Coop", "vélo", "", "", "x", "Ana"],
    ]
    problem = problem_of(rows, room=Room(tables=1, seats_min=2))
    ana, bob = problem.people
    assert ana.choices == ("eau", "vélo")
    assert ana.facilitator
    assert bob.needs_access
    assert bob.attributes["sphere"] == ("entreprise", "association")
    assert problem.together == (("Ana", "Bob"),)
    assert problem.mix == {"sphere": 6, "organisation": 8}
    assert [c.id for c in problem.challenges] == ["eau", "vélo"]


def test_spreadsheet_faults_name_their_line():
    rows = [["id", "access", "with"], ["a", "perhaps", ""], ["a", "", "zoe"], ["", "yes", ""]]
    with pytest.raises(BadProblem) as bad:
        problem_of(rows)
    assert bad.value.messages == [
        'line 2, access: "perhaps" is neither yes nor no',
        'line 3: "a" is already on line 2; an id column tells namesakes apart',
        "line 4: no id or name",
        'line 3, together: "zoe" is not in the list',
    ]


def test_spreadsheet_without_a_name_column_or_rows():
    for rows, word in (([["colour"], ["red"]], "line 1"), ([], "line 1"), ([["id"]], "no row")):
        with pytest.raises(BadProblem, match=word):
            problem_of(rows)


def test_sheets_of_challenges_and_tables_are_read():
    people = [["id", "choice 1"], *[[f"p{i}", "eau"] for i in range(6)]]
    challenges = [["id", "neighbours", "hosts"], ["eau", "vélo", "p1"], ["vélo", "eau", ""]]
    tables = [["id", "accessible"], ["T1", "oui"], [2.0, ""]]
    problem = problem_of(people, challenges, tables)
    assert problem.hosting == {"p1": ("eau",)}
    assert problem.may_share("eau", "vélo")
    assert [(t.id, t.accessible) for t in problem.tables] == [("T1", True), ("2", False)]
