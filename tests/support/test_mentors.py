"""Mentors: asked, agreed, beside a project with a reason, never more than they said, erased."""

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
from essor.people.models import Person
from essor.projects.models import Project
from essor.support.actions.mentors import (
    AlreadyTogether,
    MentorAlready,
    MentorFull,
    NotReady,
    ProjectNotOpen,
    agree,
    ask_mentor,
    end_mentoring,
    leave,
    match_mentor,
    reword_offer,
)
from essor.support.models import Mentor, Mentoring
from tests.cast import NOW, make_leader, make_mentor, make_project, person

HERE = "/valence/support/mentors/"


def ask(cast, **fields) -> Mentor:
    fields = {
        "first_name": "Omar", "last_name": "Belkacem", "email": "omar@example.org",
        "offers": "Vingt ans de boulangerie", "at_most": 2, "by": cast.aicha, "at": NOW, **fields,
    }  # fmt: skip
    return ask_mentor(territory=cast.valence, **fields)


def match(mentor: Mentor, project: Project, **fields) -> Mentoring:
    fields = {"why": "Ils ont ouvert le même commerce", "by": None, "at": NOW, **fields}
    return match_mentor(mentor=mentor, project=project, **fields)


def lead(project: Project, who: Person) -> None:
    make_leader(project, who)


def act(**fields) -> dict[str, str]:
    return {"act": uuid.uuid4().hex, **fields}


def test_a_mentor_is_asked_by_mail_and_is_none_before_they_agree(cast):
    mentor = ask(cast)

    mail = Mail.objects.get(address="omar@example.org")
    assert "Vingt ans de boulangerie" in mail.text
    assert "/l/" in mail.text
    assert not mentor.is_ready
    with pytest.raises(NotReady):
        match(mentor, make_project(cast.valence))


def test_somebody_of_the_team_who_is_asked_stays_the_same_person(cast):
    assert ask(cast, email="Farid@example.org").person == cast.farid
    assert ask(cast, email="denis@example.org").person != cast.denis  # only shares an address


def test_nobody_is_asked_twice_and_whoever_left_may_be_asked_again(cast):
    mentor = ask(cast)
    with pytest.raises(MentorAlready) as refusal:
        ask(cast)
    assert refusal.value.mentor == mentor

    leave(mentor=mentor, words="", by=None, at=NOW)

    assert ask(cast) != mentor


def test_agreeing_keeps_when_and_to_which_words_once(cast):
    mentor = ask(cast)

    agree(mentor=mentor, by=mentor.person, at=NOW)
    again = agree(mentor=mentor, by=mentor.person, at=NOW + timedelta(days=3))

    assert (again.agreed_at, again.agreed_to) == (NOW, "2026-11")
    assert Entry.objects.filter(verb="mentor_agreed").count() == 1
    leave(mentor=mentor, words="", by=None, at=NOW)
    with pytest.raises(NotReady):
        agree(mentor=mentor, by=None, at=NOW)


def test_a_match_says_why_to_the_mentor_and_to_whoever_leads(cast):
    project, mentor = make_project(cast.valence), make_mentor(cast.valence, cast.farid)
    lead(project, cast.denis)

    match(mentor, project)

    to_mentor = Mail.objects.get(address="farid@example.org").text
    to_leader = Mail.objects.get(address="denis@example.org").text
    for text in (to_mentor, to_leader):
        assert "Ils ont ouvert le même commerce" in text
    assert "farid@example.org" in to_leader
    assert "denis@example.org" not in to_mentor  # Denis agreed to give his address to nobody
    line = Entry.objects.get(verb="mentor_matched")
    assert (line.audience, line.part_of) == ("table", project.public_id)


def test_each_refusal_of_a_match(cast):
    mentor, project = make_mentor(cast.valence, cast.farid, at_most=1), make_project(cast.valence)
    with pytest.raises(ProjectNotOpen):
        match(mentor, make_project(cast.jura, "Ailleurs"))
    with pytest.raises(ProjectNotOpen):
        match(mentor, make_project(cast.valence, "Feuille", published_at=None))
    match(mentor, project)
    with pytest.raises(AlreadyTogether):
        match(mentor, project)
    with pytest.raises(MentorFull):
        match(mentor, make_project(cast.valence, "Un autre"))


def test_an_ended_mentoring_leaves_room_and_ends_once(cast):
    mentor, project = make_mentor(cast.valence, cast.farid, at_most=1), make_project(cast.valence)
    mentoring = match(mentor, project)

    end_mentoring(mentoring=mentoring, words="Ils volent seuls", by=cast.aicha, at=NOW)
    end_mentoring(mentoring=mentoring, words="", by=cast.aicha, at=NOW + timedelta(days=1))

    mentoring.refresh_from_db()
    assert (mentoring.ended_at, mentoring.why_ended) == (NOW, "Ils volent seuls")
    assert match(mentor, project).pk != mentoring.pk


def test_who_leaves_accompanies_nothing_any_more(cast):
    mentor = make_mentor(cast.valence, cast.farid)
    match(mentor, make_project(cast.valence))

    leave(mentor=mentor, words="Je déménage", by=cast.farid, at=NOW)
    leave(mentor=mentor, words="", by=cast.farid, at=NOW)

    assert not Mentoring.objects.filter(ended_at=None).exists()
    assert Entry.objects.filter(verb="mentor_left").count() == 1


def test_an_offer_is_worded_anew_and_the_same_changes_nothing(cast):
    mentor = make_mentor(cast.valence, cast.farid)

    reword_offer(mentor=mentor, offers="Droit", at_most=99, by=None, at=NOW)
    reword_offer(mentor=mentor, offers="Droit", at_most=20, by=None, at=NOW)

    mentor.refresh_from_db()
    assert (mentor.offers, mentor.at_most) == ("Droit", 20)
    assert Entry.objects.filter(verb="mentor_reworded").count() == 1


@pytest.mark.usefixtures("on_that_day")
def test_the_link_of_the_mail_opens_the_mentors_own_page_and_no_other(cast):
    mentor = ask(cast)
    other = make_mentor(cast.valence, cast.farid)
    phone = Client()
    link = re.search(r"/l/\S+/", Mail.objects.get(address="omar@example.org").text)[0]

    page = phone.post(link, act(), follow=True)
    assert page.redirect_chain[-1][0] == f"{HERE}{mentor.public_id}/"
    assert "J’accepte" in page.content.decode()
    phone.post(f"{HERE}{mentor.public_id}/agreement/", act())

    mentor.refresh_from_db()
    assert mentor.is_ready
    assert phone.get(f"{HERE}{other.public_id}/").status_code == 404
    assert phone.get(HERE).status_code == 404


def test_a_host_cannot_agree_for_the_mentor(cast):
    mentor = ask(cast)

    answer = cast.client("aicha").post(f"{HERE}{mentor.public_id}/agreement/", act())

    assert answer.status_code == 404
    mentor.refresh_from_db()
    assert mentor.agreed_at is None


@pytest.mark.usefixtures("on_that_day")
def test_the_link_of_a_mentor_who_left_leads_home(cast):
    mentor = ask(cast)
    link = re.search(r"/l/\S+/", Mail.objects.get(address="omar@example.org").text)[0]
    leave(mentor=mentor, words="", by=None, at=NOW)

    assert Client().post(link, act()).url == "/"


def test_a_host_asks_matches_and_is_refused_a_third_project(cast):
    aicha = cast.client("aicha")
    aicha.post(f"{HERE}new/", act(first_name="Omar", email="omar@example.org", offers="Pain",
                                  at_most="1"))  # fmt: skip
    mentor = Mentor.objects.get()
    assert aicha.get(f"{HERE}{mentor.public_id}/projects/").url == f"{HERE}{mentor.public_id}/"
    agree(mentor=mentor, by=mentor.person, at=NOW)
    one, two = make_project(cast.valence, "Fournil"), make_project(cast.valence, "Moulin")
    form = {"why": "Du même métier"}

    aicha.post(f"{HERE}{mentor.public_id}/projects/", act(project=str(one.pk), **form))
    page = aicha.post(f"{HERE}{mentor.public_id}/projects/", act(project=str(two.pk), **form))

    assert page.status_code == 422
    assert "autant qu’annoncé" in page.content.decode()
    assert "Du même métier" in page.content.decode()
    assert Mentoring.objects.get().project == one


def test_asking_somebody_again_is_said_at_the_address(cast):
    ask(cast)

    page = cast.client("aicha").post(
        f"{HERE}new/", act(first_name="O", email="OMAR@example.org", offers="x", at_most="2")
    )

    assert page.status_code == 422
    assert "Omar Belkacem a déjà été" in page.content.decode()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"email": ""}, "Sans adresse"),
        ({"at_most": "0"}, "de 1 à 20"),
        ({"offers": "voir www.exemple.fr"}, "sans adresse de site"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(cast, fields, words):
    good = {"first_name": "Omar", "email": "omar@example.org", "offers": "Pain", "at_most": "2"}

    page = cast.client("aicha").post(f"{HERE}new/", act(**{**good, **fields}))

    assert page.status_code == 422
    assert words in page.content.decode()
    assert not Mentor.objects.exists()


@pytest.mark.parametrize("who", ["hugo", "bruno", "denis", None])
def test_strangers_see_no_mentor(cast, who):
    mentor, browser = make_mentor(cast.valence, cast.farid), cast.client(who)

    for path in (HERE, f"{HERE}new/", f"{HERE}{mentor.public_id}/",
                 f"{HERE}{mentor.public_id}/offer/"):  # fmt: skip
        assert browser.get(path).status_code == 404


def test_a_mentor_is_named_to_the_group_of_the_project_and_to_nobody_else(cast):
    project, mentor = make_project(cast.valence), make_mentor(cast.valence, cast.farid)
    match(mentor, project)
    lead(project, cast.denis)
    page = f"/valence/projects/{project.public_id}/"

    assert "Farid" in cast.client("denis").get(page).content.decode()
    for who in ("bruno", "hugo", None):
        assert "Farid" not in cast.client(who).get(page).content.decode()


def test_an_erased_mentor_is_gone_everywhere_and_the_project_stays(cast):
    mentor, project = make_mentor(cast.valence, cast.farid), make_project(cast.valence)
    match(mentor, project)

    erase_person(person=cast.farid, by=None, at=NOW)

    assert not Mentor.objects.exists()
    assert not Mentoring.objects.exists()
    html = cast.client("aicha").get(f"/valence/projects/{project.public_id}/").content.decode()
    assert "Farid" not in html
    assert Project.objects.filter(pk=project.pk).exists()


def test_the_list_costs_the_same_for_one_mentor_and_for_twenty(cast):
    aicha, asked = cast.client("aicha"), []
    for count in (1, 19):
        for number in range(count):
            make_mentor(cast.valence, person(f"Mentor {count}-{number}"))
        with CaptureQueriesContext(connection) as page:
            html = aicha.get(HERE).content.decode()
        asked.append(len(page))

    assert html.count("member__title") == 20
    assert asked[0] == asked[1]
