"""Committees: a frozen file, voices, conflicts of interest, a decision that moves the project."""

import json
import uuid

import pytest

from essor.kit.models import Mail
from essor.ledger.models import Entry
from essor.people.erasure import erase_person
from essor.projects.actions.moves import MovedMeanwhile, change_stage
from essor.projects.actions.projects import entitle
from essor.projects.models import Project, StageChange
from essor.support.actions.committees import (
    AlreadyBefore,
    Decided,
    NobodySpoke,
    NoReason,
    NotAMember,
    NotOpen,
    StandsAside,
    WrongStage,
    call_committee,
    decide,
    put_before,
    speak,
)
from essor.support.models import Committee, ProjectFile, Voice
from essor.territories.models import Role
from tests.cast import NOW, make_leader, make_project

HERE = "/valence/support/"


def call(territory) -> Committee:
    return call_committee(
        territory=territory, name="Comité de mars", on=NOW.date(), place="Mairie", by=None, at=NOW
    )


def file_of(cast, **fields) -> ProjectFile:
    project = make_project(cast.valence, "Fournil", **{"stage": "opportunity", **fields})
    return put_before(committee=call(cast.valence), project=project, by=None, at=NOW)


def says(file: ProjectFile, who, kind: str = "go", words: str = "Prêt") -> Voice:
    return speak(file=file, person=who, kind=kind, words=words, by=who, at=NOW)


def rule(file: ProjectFile, decision: str = "go", **fields) -> ProjectFile:
    fields = {
        "reasons": "Deux communes attendent", "public_words": "Le comité dit oui", "by": None,
        "stage": "feasibility", "at": NOW, **fields,
    }  # fmt: skip
    return decide(file=file, decision=decision, **fields)


def act(**fields) -> dict[str, str]:
    return {"act": uuid.uuid4().hex, **fields}


def test_a_file_is_the_project_as_it_was_that_day(cast):
    file = file_of(cast)

    entitle(project=file.project, title="Autre titre", summary="", by=None, at=NOW)

    assert json.loads(file.frozen)["title"] == "Fournil"
    html = cast.client("elodie").get(f"{HERE}files/{file.public_id}/").content.decode()
    assert "Fournil" in html
    assert Entry.objects.get(verb="put_before_committee").data["decision"] == "none"


def test_each_refusal_of_putting_a_project_before_a_committee(cast):
    file = file_of(cast)
    with pytest.raises(AlreadyBefore):
        put_before(committee=file.committee, project=file.project, by=None, at=NOW)
    for fields in ({"published_at": None}, {"condition": "asleep"}):
        with pytest.raises(NotOpen):
            file_of(cast, **fields)


def test_only_members_speak_and_their_last_word_counts(cast):
    file = file_of(cast)
    with pytest.raises(NotAMember):
        says(file, cast.aicha)
    with pytest.raises(NoReason):
        says(file, cast.elodie, "aside", " ")

    says(file, cast.elodie, "no_go", "Trop cher")
    says(file, cast.elodie, "sleep", "Trop tôt")

    assert [(each.kind, each.words) for each in file.voices.all()] == [("sleep", "Trop tôt")]


def test_a_go_moves_the_project_and_is_told_to_whoever_leads_it(cast):
    file = file_of(cast)
    make_leader(file.project, cast.denis)
    says(file, cast.elodie)

    rule(file, by=cast.aicha)

    file.project.refresh_from_db()
    assert (file.project.stage, file.project.condition) == ("feasibility", "awake")
    assert StageChange.objects.get().why == "Le comité dit oui"
    mail = Mail.objects.get(address="denis@example.org")
    assert "Deux communes attendent" in mail.text
    assert Entry.objects.get(verb="committee_decided").data["decision"] == "go"


@pytest.mark.parametrize(("decision", "condition"), [("sleep", "asleep"), ("no_go", "awake")])
def test_a_sleep_lets_the_project_rest_and_a_no_leaves_it_where_it_is(cast, decision, condition):
    file = file_of(cast)
    says(file, cast.elodie, decision)

    rule(file, decision, stage="")

    file.project.refresh_from_db()
    assert (file.project.stage, file.project.condition) == ("opportunity", condition)


def test_whoever_stands_aside_does_not_decide(cast):
    file = file_of(cast)
    Role.objects.create(person=cast.aicha, territory=cast.valence, kind="committee", since=NOW)
    says(file, cast.aicha, "aside", "Ma sœur y travaille")
    with pytest.raises(StandsAside):
        rule(file, by=cast.aicha)
    with pytest.raises(NobodySpoke):
        rule(file, by=cast.bruno)  # the only voice stands aside

    says(file, cast.elodie)

    assert rule(file, by=cast.bruno).decision == "go"


def test_each_refusal_of_a_decision_leaves_everything_as_it_was(cast):
    file = file_of(cast)
    with pytest.raises(NobodySpoke):
        rule(file)
    says(file, cast.elodie)
    for missing in ({"reasons": " "}, {"public_words": ""}):
        with pytest.raises(NoReason):
            rule(file, **missing)
    with pytest.raises(WrongStage):
        rule(file, stage="launched")
    file.refresh_from_db()
    assert file.decision == "none"
    assert not Mail.objects.filter(key__startswith="decided").exists()


def test_a_project_that_moved_since_needs_a_new_file(cast):
    file = file_of(cast)
    says(file, cast.elodie)
    change_stage(
        project=file.project, stage="opportunity", condition="asleep", why="x", by=None, at=NOW
    )

    with pytest.raises(MovedMeanwhile):
        rule(file)

    file.refresh_from_db()
    assert file.decision == "none"


def test_two_hosts_decide_at_once_and_one_decision_stands(cast):
    file = file_of(cast)
    says(file, cast.elodie)
    rule(file)

    with pytest.raises(Decided):
        rule(file, "no_go", stage="")
    with pytest.raises(Decided):
        says(file, cast.elodie, "no_go")
    assert StageChange.objects.count() == 1


def test_from_the_pages_a_member_speaks_and_a_host_notes_the_decision_once(cast):
    project = make_project(cast.valence, "Fournil", stage="opportunity")
    aicha, elodie = cast.client("aicha"), cast.client("elodie")
    here = aicha.post(f"{HERE}committees/new/", act(name="Mars", on="2027-03-12")).url
    file = aicha.post(f"{here}files/", act(project=str(project.pk))).url
    early = aicha.post(f"{file}decision/", act(
        outcome="go:feasibility", reasons="Prêt", public_words="Oui"))  # fmt: skip
    assert early.status_code == 422
    assert "ne s’est encore exprimé" in early.content.decode()
    wrong = elodie.post(f"{file}voice/", act(kind="aside"))
    assert "quel intérêt" in wrong.content.decode()
    elodie.post(f"{file}voice/", act(kind="go", words="Deux communes attendent"))

    form = act(outcome="go:feasibility", reasons="Prêt", public_words="Le comité dit oui")
    answers = [aicha.post(f"{file}decision/", form) for _ in range(2)]

    assert answers[0].url == answers[1].url == file
    assert StageChange.objects.count() == 1
    assert "Deux communes attendent" in elodie.get(file).content.decode()


def test_who_leads_reads_the_decision_and_not_the_voices(cast):
    file = file_of(cast)
    make_leader(file.project, cast.denis)
    says(file, cast.elodie, "go", "Un mot du comité")
    rule(file)

    denis = cast.client("denis")
    support = denis.get(f"{HERE}projects/{file.project.public_id}/").content.decode()
    assert f"files/{file.public_id}/" in support
    html = denis.get(f"{HERE}files/{file.public_id}/").content.decode()

    assert "Deux communes attendent" in html
    assert "Un mot du comité" not in html


@pytest.mark.parametrize("who", ["hugo", "bruno", "farid", "denis", None])
def test_strangers_see_no_committee(cast, who):
    file, browser = file_of(cast), cast.client(who)

    for path in ("committees/", f"committees/{file.committee.public_id}/",
                 f"files/{file.public_id}/", f"files/{file.public_id}/voice/",
                 f"files/{file.public_id}/decision/"):  # fmt: skip
        assert browser.get(f"{HERE}{path}").status_code == 404


def test_an_erased_member_is_gone_and_the_decision_stands(cast):
    file = file_of(cast)
    says(file, cast.elodie)
    rule(file, by=cast.elodie)

    erase_person(person=cast.elodie, by=None, at=NOW)

    file.refresh_from_db()
    assert (file.decision, Voice.objects.count()) == ("go", 0)
    assert file.decided_by is None or file.decided_by.erased_at
    assert Project.objects.filter(pk=file.project_id).exists()
