"""Committees: a frozen file, voices, conflicts of interest, a decision that moves the project."""

import json
import re
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

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
    NotDeclared,
    NotOpen,
    OfItsGroup,
    StandsAside,
    WrongStage,
    call_committee,
    decide,
    declare,
    put_before,
    speak,
)
from essor.support.actions.members import (
    AlreadyMember,
    free_chair,
    invite_member,
    name_member,
    remind_members,
)
from essor.support.models import Committee, CommitteeMember, ProjectFile, Voice
from essor.support.queries.committees import sitting_over
from essor.territories.models import Role
from tests.cast import NOW, make_leader, make_project, person

HERE = "/valence/support/"


def call(territory, *people, **fields) -> Committee:
    fields = {"name": "Comité de mars", "on": NOW.date(), "place": "Mairie", **fields}
    committee = call_committee(territory=territory, **fields, by=None, at=NOW)
    for who in people:
        name_member(committee=committee, person=who, by=None, at=NOW)
    return committee


def file_of(cast, *people, **fields) -> ProjectFile:
    """A file before Élodie and ``people``."""
    project = make_project(cast.valence, "Fournil", **{"stage": "opportunity", **fields})
    committee = call(cast.valence, cast.elodie, *people)
    return put_before(committee=committee, project=project, by=None, at=NOW)


def is_free(file: ProjectFile, who, interest: str = "") -> Voice:
    return declare(file=file, person=who, interest=interest, by=who, at=NOW)


def says(file: ProjectFile, who, kind: str = "go", words: str = "Prêt") -> Voice:
    is_free(file, who)
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
    html = cast.client("aicha").get(f"{HERE}files/{file.public_id}/").content.decode()
    assert "Fournil" in html
    assert "Autre titre" not in html.split("<main")[1]
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
        is_free(file, cast.aicha)
    with pytest.raises(NotDeclared):
        speak(file=file, person=cast.elodie, kind="go", words="", by=None, at=NOW)

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
    file = file_of(cast, cast.aicha)
    is_free(file, cast.aicha, "Ma sœur y travaille")
    with pytest.raises(StandsAside):
        rule(file, by=cast.aicha)
    is_free(file, cast.elodie)
    with pytest.raises(NobodySpoke):
        rule(file, by=cast.bruno)  # one stands aside, the other has read it and said nothing

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
    here = aicha.post(
        f"{HERE}committees/new/", act(name="Mars", on="2027-03-12", people=[cast.elodie.pk])
    ).url
    file = aicha.post(f"{here}files/", act(project=str(project.pk))).url
    early = aicha.post(f"{file}decision/", act(
        outcome="go:feasibility", reasons="Prêt", public_words="Oui"))  # fmt: skip
    assert early.status_code == 422
    assert "ne s’est encore exprimé" in early.content.decode()
    wrong = elodie.post(f"{file}declaration/", act(has="some"))
    assert "quel intérêt" in wrong.content.decode()
    assert elodie.get(f"{file}voice/").url == file
    elodie.post(f"{file}declaration/", act(has="none"))
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
    assert "Elodie" in html  # who sat is no secret
    assert "Un mot du comité" not in html


@pytest.mark.parametrize("who", ["hugo", "bruno", "farid", "denis", None])
def test_strangers_see_no_committee(cast, who):
    file, browser = file_of(cast), cast.client(who)
    committee, member = file.committee, file.committee.members.get()

    for path in ("committees/", f"committees/{committee.public_id}/",
                 f"committees/{committee.public_id}/members/",
                 f"files/{file.public_id}/", f"files/{file.public_id}/voice/",
                 f"files/{file.public_id}/declaration/",
                 f"files/{file.public_id}/decision/"):  # fmt: skip
        assert browser.get(f"{HERE}{path}").status_code == 404
    for act_on in ("link", "departure"):
        path = f"committees/{committee.public_id}/members/{member.public_id}/{act_on}/"
        assert browser.post(f"{HERE}{path}", act()).status_code == 404
    assert committee.members.get().left_at is None


def test_an_erased_member_is_gone_and_the_decision_stands(cast):
    file = file_of(cast)
    says(file, cast.elodie)
    rule(file, by=cast.elodie)

    erase_person(person=cast.elodie, by=None, at=NOW)

    file.refresh_from_db()
    assert (file.decision, Voice.objects.count()) == ("go", 0)
    assert not CommitteeMember.objects.exists()
    assert file.decided_by is None or file.decided_by.erased_at
    assert Project.objects.filter(pk=file.project_id).exists()


def invite(committee: Committee, email: str = "omar@example.org", **fields) -> CommitteeMember:
    fields = {
        "first_name": "Omar", "last_name": "Belkacem", "comes_from": "Une banque", "by": None,
        "at": NOW, **fields,
    }  # fmt: skip
    return invite_member(committee=committee, email=email, **fields)


def opened_by(address: str, **mail) -> tuple[Client, str]:
    """A browser that followed the link of the latest mail to ``address``, and where it led."""
    text = Mail.objects.filter(address=address, **mail).latest("id").text
    browser = Client()
    answer = browser.post(re.search(r"/l/\S+/", text)[0], act(), follow=True)
    return browser, answer.redirect_chain[-1][0]


def test_the_role_alone_opens_no_committee_and_a_chair_does(cast):
    Role.objects.create(person=cast.denis, territory=cast.valence, kind="committee", since=NOW)
    file = file_of(cast)
    here = f"{HERE}committees/{file.committee.public_id}/"
    denis = cast.client("denis")

    assert denis.get(here).status_code == denis.get(f"{HERE}files/{file.public_id}/").status_code
    assert denis.get(here).status_code == 404
    assert "Comité de mars" not in denis.get(f"{HERE}committees/").content.decode()
    name_member(committee=file.committee, person=cast.denis, by=None, at=NOW)

    assert denis.get(here).status_code == 200
    assert "Comité de mars" in denis.get(f"{HERE}committees/").content.decode()


@pytest.mark.usefixtures("on_that_day")
def test_somebody_from_elsewhere_reads_and_speaks_by_link_without_an_account(cast):
    file = file_of(cast)
    invite(file.committee)
    phone, committee = opened_by("omar@example.org")
    assert "Une banque" in phone.get(committee).content.decode()
    page = f"{HERE}files/{file.public_id}/"
    assert "Avant de lire" in phone.get(page).content.decode()
    assert "Ce qui est demandé" not in phone.get(page).content.decode()

    phone.post(f"{page}declaration/", act(has="none"))
    phone.post(f"{page}voice/", act(kind="sleep", words="Le bail d’abord"))

    voice = file.voices.get()
    assert (voice.person.first_name, voice.kind, voice.words) == (
        "Omar",
        "sleep",
        "Le bail d’abord",
    )
    assert Entry.objects.get(verb="committee_spoke").by == voice.person.public_id
    html = cast.client("aicha").get(page).content.decode()
    assert "Le bail d’abord" in html
    assert "Omar Belkacem" in html
    assert phone.get(f"{page}decision/").status_code == 404
    assert phone.get(f"{HERE}committees/").status_code == 404


@pytest.mark.usefixtures("on_that_day")
def test_a_link_opens_its_own_committee_alone_and_nothing_weeks_later(cast):
    file = file_of(cast)
    invite(file.committee)
    other = call(cast.valence, cast.elodie, name="Un autre")
    phone, committee = opened_by("omar@example.org")

    assert phone.get(f"{HERE}committees/{other.public_id}/").status_code == 404
    assert phone.get(committee).status_code == 200
    Committee.objects.filter(pk=file.committee_id).update(on=NOW.date() - timedelta(days=90))

    assert phone.get(committee).status_code == 404


def test_a_declared_interest_closes_the_file_and_takes_the_voice(cast):
    file = file_of(cast, cast.aicha)
    is_free(file, cast.aicha)
    says(file, cast.aicha, "go", "Magnifique")
    aicha = cast.client("aicha")
    page = f"{HERE}files/{file.public_id}/"
    assert "Magnifique" in aicha.get(page).content.decode()

    aicha.post(f"{page}declaration/", act(has="some", words="Mon frère le dirige"))

    html = aicha.get(page).content.decode()
    assert "Vous vous retirez de ce dossier" in html
    assert "Voix" not in html
    assert "Magnifique" not in html
    assert aicha.post(f"{page}voice/", act(kind="go", words="Encore")).url == page
    with pytest.raises(StandsAside):
        is_free(file, cast.aicha)
    assert [(each.kind, each.words) for each in file.voices.all()] == [
        ("aside", "Mon frère le dirige")
    ]
    theirs = cast.client("elodie")
    theirs.post(f"{page}declaration/", act(has="none"))
    assert "Mon frère le dirige" in theirs.get(page).content.decode()


def test_whoever_is_of_the_group_has_an_interest_whatever_they_say(cast):
    file = file_of(cast, cast.denis)
    make_leader(file.project, cast.denis)
    with pytest.raises(OfItsGroup):
        is_free(file, cast.denis)

    denis = cast.client("denis")
    answer = denis.post(f"{HERE}files/{file.public_id}/declaration/", act(has="none"))

    assert answer.status_code == 422
    assert "du groupe de ce projet" in answer.content.decode()
    assert not file.voices.exists()


def test_the_page_says_who_sat_who_read_who_stood_aside_and_who_was_not_there(cast):
    file = file_of(cast, cast.aicha, cast.bruno, cast.farid)
    says(file, cast.elodie)
    is_free(file, cast.bruno)
    is_free(file, cast.farid, "Un contrat")
    make_leader(file.project, cast.denis)
    rule(file)

    sitting = sitting_over(file)

    names = {
        group: [seat.person.first_name for seat in getattr(sitting, group)]
        for group in ("spoke", "read", "aside", "absent")
    }
    assert names == {
        "spoke": ["Elodie"], "read": ["Bruno"], "aside": ["Farid"], "absent": ["Aicha"],
    }  # fmt: skip
    html = cast.client("denis").get(f"{HERE}files/{file.public_id}/").content.decode()
    assert "s’est retiré" in html
    assert "Un contrat" not in html


def test_nobody_sits_twice_whatever_the_case_of_their_address(cast):
    committee = call(cast.valence, cast.elodie)
    invite(committee)

    with pytest.raises(AlreadyMember):
        name_member(committee=committee, person=cast.elodie, by=None, at=NOW)
    with pytest.raises(AlreadyMember):
        invite(committee, " OMAR@example.org ")
    with pytest.raises(AlreadyMember):
        invite(committee, "elodie@example.org")

    assert committee.members.count() == 2


def test_an_invited_address_of_the_team_is_that_person_and_of_nobody_else(cast):
    stranger = person("Denise", email="famille@example.org")
    committee = call(cast.valence)

    assert invite(committee, "bruno@example.org").person == cast.bruno
    assert invite(committee, "famille@example.org").person != stranger


def test_members_are_named_from_the_page_once_and_each_hears_once(cast):
    aicha = cast.client("aicha")
    committee = call(cast.valence)
    form = act(
        people=[cast.elodie.pk], first_name="Omar", email="omar@example.org", comes_from="Banque"
    )
    here = f"{HERE}committees/{committee.public_id}/"

    answers = [aicha.post(f"{here}members/", form) for _ in range(2)]

    assert {each.url for each in answers} == {here}
    assert sorted(each.person.first_name for each in committee.members.all()) == ["Elodie", "Omar"]
    assert Mail.objects.filter(key__startswith="member-named").count() == 2
    again = aicha.post(f"{here}members/", act(first_name="Omar", email="omar@example.org"))
    assert "siège déjà" in again.content.decode()
    for fields, words in (
        ({}, "Choisissez quelqu’un"), ({"first_name": "Lise"}, "Sans adresse"),
        ({"email": "lise@example.org"}, "qui vous invitez"),
    ):  # fmt: skip
        refused = aicha.post(f"{here}members/", act(**fields))
        assert refused.status_code == 422
        assert words in refused.content.decode()


def test_whoever_has_no_role_is_not_offered_as_one_of_the_team(cast):
    committee = call(cast.valence)

    answer = cast.client("aicha").post(
        f"{HERE}committees/{committee.public_id}/members/", act(people=[cast.hugo.pk])
    )

    assert answer.status_code == 422
    assert not committee.members.exists()


@pytest.mark.usefixtures("on_that_day")
def test_a_freed_chair_opens_nothing_and_takes_open_voices_along(cast):
    file = file_of(cast)
    decided = put_before(
        committee=file.committee, project=make_project(cast.valence, "Lait", stage="opportunity"),
        by=None, at=NOW,
    )  # fmt: skip
    member = invite(file.committee)
    phone, committee = opened_by("omar@example.org")
    for each in (file, decided):
        says(each, member.person)
    rule(decided)

    for _ in range(2):
        free_chair(member=member, by=None, at=NOW)

    assert phone.get(committee).status_code == 404
    assert list(Voice.objects.values_list("file", flat=True)) == [decided.pk]
    assert Entry.objects.filter(verb="member_left").count() == 1
    assert invite(file.committee).pk != member.pk  # and may be asked again


def test_a_new_link_replaces_a_lost_one_three_times_an_hour(cast):
    committee = call(cast.valence)
    member = invite(committee)
    aicha = cast.client("aicha")
    here = f"{HERE}committees/{committee.public_id}/members/{member.public_id}/link/"

    answers = [aicha.post(here, act()) for _ in range(4)]

    assert {each.status_code for each in answers} == {302}
    assert Mail.objects.filter(key__startswith="member-link").count() == 3
    _phone, opened = opened_by("omar@example.org", key__startswith="member-link")
    assert opened == f"{HERE}committees/{committee.public_id}/"


def test_a_member_is_reminded_once_in_the_week_before_of_files_without_a_word(cast):
    week = NOW + timedelta(days=7)
    committee = call(cast.valence, cast.elodie, cast.bruno, on=(NOW + timedelta(days=9)).date())
    project = make_project(cast.valence, "Fournil", stage="opportunity")
    file = put_before(committee=committee, project=project, by=None, at=NOW)
    says(file, cast.bruno)

    early = remind_members(by=None, at=NOW + timedelta(days=1))
    night = remind_members(by=None, at=week.replace(hour=3))
    due = [remind_members(by=None, at=week + timedelta(hours=hour)) for hour in (0, 1, 20)]

    assert (early, night, due) == (0, 0, [1, 0, 0])
    mail = Mail.objects.get(key__startswith="committee-near")
    assert mail.address == "elodie@example.org"
    assert "Fournil" in mail.text


def test_a_server_that_slept_over_the_hearing_reminds_nobody(cast):
    committee = call(cast.valence, cast.elodie, on=(NOW + timedelta(days=9)).date())
    project = make_project(cast.valence, "Fournil", stage="opportunity")
    put_before(committee=committee, project=project, by=None, at=NOW)

    assert remind_members(by=None, at=NOW + timedelta(days=10)) == 0
    assert not Mail.objects.filter(key__startswith="committee-near").exists()


def test_pages_cost_the_same_for_one_file_and_for_two_hundred(cast):
    committee = call(cast.valence, cast.elodie)
    elodie, asked = cast.client("elodie"), []
    for count in (1, 199):
        for number in range(count):
            ProjectFile.objects.create(
                committee=committee, project=make_project(cast.valence, f"P{count}-{number}"),
                frozen="{}", frozen_at=NOW,
            )  # fmt: skip
        with CaptureQueriesContext(connection) as page:
            assert elodie.get(f"{HERE}committees/{committee.public_id}/").status_code == 200
            assert elodie.get(f"{HERE}committees/").status_code == 200
        asked.append(len(page))

    assert asked[0] == asked[1]


def test_an_erased_outsider_leaves_no_address_in_mails_or_chairs(cast):
    member = invite(call(cast.valence))

    erase_person(person=member.person, by=None, at=NOW)

    assert not CommitteeMember.objects.exists()
    assert not Mail.objects.filter(address="omar@example.org").exists()
