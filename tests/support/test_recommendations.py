"""Recommendations: written, answered by the project, blocked said to whoever knows, never lost."""

import re
import uuid
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from essor.kit.models import Mail
from essor.ledger.models import Entry
from essor.people.erasure import erase_person
from essor.people.models import Person
from essor.projects.models import Membership, Project
from essor.support.actions.mentors import match_mentor
from essor.support.actions.recommendations import (
    AnsweredMeanwhile,
    NothingRecommended,
    ProjectNotOpen,
    WordsMissing,
    answer_recommendation,
    recommend,
)
from essor.support.models import Recommendation, Reply
from essor.support.states import MOVES
from tests.cast import NOW, make_leader, make_mentor, make_project, make_recommendation, person

LIST = "/valence/support/recommendations/"


def led_by(who: Person, project: Project) -> Project:
    make_leader(project, who)
    return project


def advise(project: Project, **fields) -> Recommendation:
    fields = {"what": "Peser la farine", "voice": "host", "by": None, "at": NOW, **fields}
    return recommend(project=project, **fields)


def reply(found: Recommendation, answer: str, words: str = "", **fields) -> Recommendation:
    fields = {"by": None, "at": NOW, **fields}
    return answer_recommendation(recommendation=found, answer=answer, words=words, **fields)


def act(**fields) -> dict[str, str]:
    return {"act": uuid.uuid4().hex, **fields}


def at(found: Recommendation) -> str:
    return f"{LIST}{found.public_id}/"


def of(project: Project, page: str = "") -> str:
    return f"/valence/support/projects/{project.public_id}/{page}"


def test_whoever_leads_gets_one_mail_and_the_team_its_line(cast):
    project = led_by(cast.denis, make_project(cast.valence, "Fournil"))

    found = advise(project, what=" Peser   la farine ", details="Un mois", by=cast.aicha,
                   until=date(2027, 1, 31))  # fmt: skip

    assert (found.what, found.answer) == ("Peser la farine", "none")
    mail = Mail.objects.get(address="denis@example.org")
    for words in ("Peser la farine", "Un mois", "Aicha", "/l/"):
        assert words in mail.text
    line = Entry.objects.get(verb="recommended")
    assert (line.audience, line.part_of) == ("team", project.public_id)


def test_each_refusal_of_recommending(cast):
    project = make_project(cast.valence)
    with pytest.raises(NothingRecommended):
        advise(project, what="  ")
    with pytest.raises(ProjectNotOpen):
        advise(make_project(cast.valence, "Feuille", published_at=None))
    with pytest.raises(ProjectNotOpen):
        advise(make_project(cast.valence, "Rejoint", condition="merged"))
    assert not Recommendation.objects.exists()


@pytest.mark.parametrize(("before", "after"), [(b, a) for b in MOVES for a in MOVES])
def test_an_answer_follows_from_the_last_one_or_is_refused(cast, before, after):
    found = make_recommendation(make_project(cast.valence), answer=before)

    if after in MOVES[before]:
        assert reply(found, after, "Voici").answer == after
        assert Entry.objects.get(verb="recommendation_answered").data["answer"] == after
    else:
        with pytest.raises(AnsweredMeanwhile):
            reply(found, after, "Voici")
        assert not Reply.objects.exists()


@pytest.mark.parametrize("answer", ["blocked", "not_for_us"])
def test_blocked_says_with_what_and_not_for_us_says_why(cast, answer):
    found = make_recommendation(make_project(cast.valence))
    with pytest.raises(WordsMissing):
        reply(found, answer, "  ")
    found.refresh_from_db()
    assert found.answer == "none"


def test_every_answer_is_kept_with_who_and_when(cast):
    found = make_recommendation(make_project(cast.valence))
    reply(found, "doing", by=cast.denis)
    reply(found, "done", "4,10 € le kilo", by=cast.denis, at=NOW + timedelta(days=9))

    kept = [(each.answer, each.words, each.by) for each in found.replies.all()]

    assert kept == [("doing", "", cast.denis), ("done", "4,10 € le kilo", cast.denis)]


def test_blocked_writes_to_whoever_recommended_and_to_nobody_else(cast):
    project = led_by(cast.denis, make_project(cast.valence))
    found = advise(project, by=cast.farid, voice="mentor")
    Mail.objects.all().delete()

    reply(found, "blocked", "La commune attend janvier", by=cast.denis)

    mail = Mail.objects.get()
    assert mail.address == "farid@example.org"
    assert "La commune attend janvier" in mail.text


def test_who_notes_their_own_blocked_hears_nothing_of_it(cast):
    found = make_recommendation(make_project(cast.valence), written_by=cast.aicha)

    reply(found, "blocked", "x", by=cast.aicha)

    assert not Mail.objects.exists()


def test_two_answer_at_once_and_the_second_is_told_who_was_first(cast):
    project = led_by(cast.denis, make_project(cast.valence))
    found = make_recommendation(project)
    reply(found, "doing", "Lucie pèse tout", by=cast.denis)

    page = cast.client("aicha").post(
        at(found), act(answer="blocked", words="Dit par téléphone", seen="0")
    )

    html = page.content.decode()
    assert page.status_code == 422
    assert "Denis a répondu le" in html
    assert "Lucie pèse tout" in html
    assert "Dit par téléphone" in html
    assert 'name="seen" value="1"' in html
    assert Reply.objects.count() == 1


@pytest.mark.usefixtures("on_that_day")
def test_the_link_of_the_mail_lets_whoever_leads_answer_without_an_account(cast):
    lucie = person("Lucie")
    Person.objects.filter(pk=lucie.pk).update(email="lucie@example.org")
    project = led_by(lucie, make_project(cast.valence))
    found = advise(project)
    link = re.search(r"/l/\S+/", Mail.objects.get(address="lucie@example.org").text)[0]
    phone = Client()

    page = phone.post(link, act(), follow=True)
    assert page.redirect_chain[-1][0] == of(project)
    phone.post(at(found), act(answer="doing", words="C’est parti"))

    assert Reply.objects.get().by == lucie
    other = make_recommendation(led_by(lucie, make_project(cast.valence, "Un autre")))
    assert phone.get(at(other)).status_code == 404


@pytest.mark.usefixtures("on_that_day")
def test_who_no_longer_leads_answers_no_more_whatever_the_phone_holds(cast):
    lucie = person("Lucie")
    Person.objects.filter(pk=lucie.pk).update(email="lucie@example.org")
    project = led_by(lucie, make_project(cast.valence))
    found = advise(project)
    phone = Client()
    phone.post(re.search(r"/l/\S+/", Mail.objects.get().text)[0], act())
    assert phone.get(at(found)).status_code == 200

    Membership.objects.update(part="follower")

    assert phone.get(at(found)).status_code == 404
    assert phone.get(of(project)).status_code == 404


def test_the_same_answer_sent_twice_is_one_answer(cast):
    project = led_by(cast.denis, make_project(cast.valence))
    found, form, denis = make_recommendation(project), act(answer="doing"), cast.client("denis")

    first, second = denis.post(at(found), form), denis.post(at(found), form)

    assert first.url == second.url == of(project)
    assert Reply.objects.count() == 1


def test_words_that_are_missing_are_asked_for_at_their_field(cast):
    found = make_recommendation(led_by(cast.denis, make_project(cast.valence)))

    page = cast.client("denis").post(at(found), act(answer="blocked"))

    assert page.status_code == 422
    assert "Dites par quoi vous êtes bloqués" in page.content.decode()


def test_a_mentor_recommends_to_the_projects_they_accompany_alone(cast):
    mentor = make_mentor(cast.valence, cast.denis)
    project, other = make_project(cast.valence), make_project(cast.valence, "Un autre")
    match_mentor(mentor=mentor, project=project, why="x", by=None, at=NOW)
    denis = cast.client("denis")

    denis.post(of(project, "recommendations/"), act(what="Peser la farine"))

    found = Recommendation.objects.get()
    assert (found.voice, found.written_by) == ("mentor", cast.denis)
    assert denis.get(of(other, "recommendations/")).status_code == 404
    assert denis.get(at(found)).status_code == 404  # the project answers, not its mentor


def test_the_committee_recommends_and_is_led_back_to_the_public_page(cast):
    project = make_project(cast.valence)

    answer = cast.client("elodie").post(of(project, "recommendations/"), act(what="Un budget"))

    assert answer.url == f"/valence/projects/{project.public_id}/"
    assert Recommendation.objects.get().voice == "committee"


def test_a_day_that_has_passed_is_said_at_its_field(cast):
    project = make_project(cast.valence)

    page = cast.client("aicha").post(
        of(project, "recommendations/"), act(what="Peser", until="2020-01-31")
    )

    assert page.status_code == 422
    assert "Ce jour est passé" in page.content.decode()


@pytest.mark.parametrize("who", ["hugo", "bruno", "farid", "denis", None])
def test_strangers_see_neither_the_support_of_a_project_nor_its_answers(cast, who):
    project = make_project(cast.valence)
    found = make_recommendation(project)
    browser = cast.client(who)

    for path in (of(project), at(found), LIST):
        assert browser.get(path).status_code == 404
    page = browser.get(f"/valence/projects/{project.public_id}/").content.decode()
    assert "Appeler trois communes" not in page


def test_hosts_see_first_what_has_waited_longest(cast):
    project = make_project(cast.valence)
    make_recommendation(project, "La récente", created_at=NOW)
    make_recommendation(project, "L’ancienne", created_at=NOW - timedelta(days=40))
    make_recommendation(project, "La faite", answer="done")

    html = cast.client("aicha").get(LIST).content.decode()

    assert html.index("L’ancienne") < html.index("La récente")
    assert "La faite" not in html
    assert "La faite" in cast.client("aicha").get(f"{LIST}?show=settled").content.decode()


def test_an_erased_mentor_leaves_the_advice_without_a_name(cast):
    found = advise(make_project(cast.valence), by=cast.farid, voice="mentor")
    reply(found, "doing", by=cast.farid)

    erase_person(person=cast.farid, by=None, at=NOW)

    found.refresh_from_db()
    assert found.written_by is None
    html = cast.client("aicha").get(of(found.project)).content.decode()
    assert "Peser la farine" in html
    assert "Farid" not in html


def test_lists_cost_the_same_for_one_recommendation_and_for_twenty(cast):
    project, aicha = make_project(cast.valence), cast.client("aicha")
    asked: dict[str, list[int]] = {LIST: [], of(project): []}
    for count in (1, 19):
        for number in range(count):
            found = make_recommendation(project, f"Acte {count}-{number}")
            Reply.objects.create(recommendation=found, answer="doing", by=cast.denis, at=NOW)
        for path, queries in asked.items():
            with CaptureQueriesContext(connection) as page:
                aicha.get(path)
            queries.append(len(page))

    assert [len(set(queries)) for queries in asked.values()] == [1, 1]
