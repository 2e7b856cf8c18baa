"""Calls for a leader, answers, terms and hosting: what holds, what is refused, who is told."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from essor.kit.models import Mail
from essor.ledger.models import Entry
from essor.people.erasure import erase_person
from essor.projects.actions.hosting import (
    DaysReversed,
    HostingOver,
    HostingWithoutWords,
    begin_hosting,
    end_hosting,
)
from essor.projects.actions.leader_answers import (
    AnsweredMeanwhile,
    NothingSaid,
    NotSearching,
    NotTheDays,
    ReplyNotAllowed,
    answer_search,
    choose_leader,
    reply,
    take_back,
)
from essor.projects.actions.leading import (
    CalledMeanwhile,
    CallOver,
    CallWithoutWords,
    CallWords,
    ClosesBeforeOpening,
    LeadsAlready,
    LeftAlready,
    NotYet,
    call_for_leader,
    end_leadership,
    end_search,
    name_leader,
    reword_call,
)
from essor.projects.first_asked import people_first_asked
from essor.projects.leading import ANSWER_MOVES, leads, may_become, open_call, takes_answers
from essor.projects.models import Hosting, LeaderAnswer, LeaderCall, Leadership, Membership
from tests.cast import NOW, TODAY, make_call, make_leader, make_project, person

WORDS = CallWords("L’étude dit oui.", "Deux jours par semaine", TODAY)
DAY = timedelta(days=1)


def answered(project, name="Nadia", kind="me", at=NOW, **fields) -> LeaderAnswer:
    who = person(name)
    who.email = f"{name.lower()}@example.org"
    who.save()
    answer, _token = answer_search(
        project=project, person=who, kind=kind, words="J’en rêve", by=who, at=at, **fields
    )
    return answer


def mails_to(name: str) -> list[str]:
    found = Mail.objects.filter(address=f"{name}@example.org").order_by("id")
    return [mail.text for mail in found]


def verbs_of(project) -> list[str]:
    return list(
        Entry.objects.filter(of_id=project.public_id).order_by("id").values_list("verb", flat=True)
    )


# Calls


def test_a_call_makes_the_project_look_for_a_leader_and_ends_again(cast):
    project = make_project(cast.valence)
    call = call_for_leader(project=project, words=WORDS, by=cast.aicha, at=NOW)
    project.refresh_from_db()
    assert project.seeks_leader
    assert open_call(project) == call

    end_search(project=project, by=cast.aicha, at=NOW)
    end_search(project=project, by=cast.aicha, at=NOW)

    project.refresh_from_db()
    call.refresh_from_db()
    assert not project.leader_wanted
    assert (call.ending, call.ended_by) == ("dropped", cast.aicha)
    assert verbs_of(project) == ["leader_wanted", "leader_search_ended"]


@pytest.mark.parametrize(
    ("why", "asked", "closes", "refusal"),
    [
        (" ", "Deux jours", None, CallWithoutWords),
        ("Oui", "", None, CallWithoutWords),
        ("Oui", "Deux jours", TODAY - DAY, ClosesBeforeOpening),
    ],
)
def test_a_call_says_why_and_what_and_closes_after_it_opened(cast, why, asked, closes, refusal):
    project = make_project(cast.valence)
    with pytest.raises(refusal):
        call_for_leader(
            project=project, words=CallWords(why, asked, TODAY, closes), by=cast.aicha, at=NOW
        )
    assert not LeaderCall.objects.exists()


def test_a_second_call_is_told_of_the_first_and_the_database_holds_one(cast):
    project = make_project(cast.valence)
    call = make_call(project)
    with pytest.raises(CalledMeanwhile):
        call_for_leader(project=project, words=WORDS, by=cast.aicha, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_call(project)
    assert open_call(project) == call


def test_a_call_is_worded_anew_until_it_is_over(cast):
    project = make_project(cast.valence)
    call = make_call(project)
    later = CallWords("Pourquoi", "Quoi", TODAY, TODAY + DAY, "Le groupe")
    for _twice in range(2):
        call = reword_call(call=call, words=later, by=cast.aicha, at=NOW)
    assert (call.asked, call.closes_on) == ("Quoi", TODAY + DAY)
    assert verbs_of(project) == ["leader_reworded"]

    end_search(project=project, by=cast.aicha, at=NOW)
    with pytest.raises(CallOver) as refusal:
        reword_call(call=call, words=WORDS, by=cast.aicha, at=NOW)
    assert refusal.value.call.ended_by == cast.aicha


@pytest.mark.parametrize(
    ("opens", "closes", "open_today"),
    [(0, None, True), (1, None, False), (-9, 0, True), (-9, -1, False), (0, 0, True)],
)
def test_a_call_takes_answers_on_its_days_the_last_one_too(opens, closes, open_today):
    last = None if closes is None else TODAY + closes * DAY
    call = LeaderCall(opens_on=TODAY + opens * DAY, closes_on=last)
    assert takes_answers(call, TODAY) is open_today


# Answers


def test_an_answer_reaches_a_human_and_thanks_whoever_gave_it(cast):
    project = make_project(cast.valence)
    make_call(project)
    answer = answered(project)
    answered(project, "Paul", kind="somebody", shows_name=True)

    assert answer.state == "new"
    assert not LeaderAnswer.objects.get(kind="somebody").shows_name, "nobody is shown for another"
    assert len(mails_to("aicha")) == 1, "one mail a day to each host"
    assert project.public_id in mails_to("aicha")[0]
    assert "/l/" in mails_to("nadia")[0]
    assert "?from=" not in mails_to("nadia")[0]
    assert "?from=" in mails_to("paul")[0]
    assert Entry.objects.filter(verb="leader_answered", audience="team").count() == 2


@pytest.mark.parametrize(
    "fields",
    [{"leader_wanted": False}, {"condition": "asleep"}, {"published_at": None}],
)
def test_whoever_looks_for_nobody_takes_no_answer(cast, fields):
    project = make_project(cast.valence, **{"leader_wanted": True, **fields})
    with pytest.raises(NotSearching):
        answered(project)
    assert not Mail.objects.exists()


def test_outside_its_days_a_call_takes_no_answer(cast):
    project = make_project(cast.valence)
    call = make_call(project, closes_on=TODAY)
    answered(project, "Nadia")
    with pytest.raises(NotTheDays) as refusal:
        answered(project, "Paul", at=NOW + DAY)
    assert refusal.value.call == call


def test_an_answer_says_a_word(cast):
    project = make_project(cast.valence, leader_wanted=True)
    with pytest.raises(NothingSaid):
        answer_search(project=project, person=cast.denis, kind="me", words=" ", by=None, at=NOW)


def test_a_reply_is_told_in_the_hosts_words_and_may_change(cast):
    project = make_project(cast.valence, leader_wanted=True)
    answer = answered(project)
    said = (("talking", "Jeudi ?"), ("not_now", "Plus tard"), ("talking", "Si !"))
    for days, (state, words) in enumerate(said):
        answer = reply(answer=answer, state=state, words=words, by=cast.aicha, at=NOW + days * DAY)
        assert words in mails_to("nadia")[-1]
    assert answer.settled_by == cast.aicha
    assert len(mails_to("nadia")) == 4


@pytest.mark.parametrize("state", ["chosen", "withdrawn", "new"])
def test_a_reply_chooses_nobody_and_takes_nothing_back(cast, state):
    answer = answered(make_project(cast.valence, leader_wanted=True))
    with pytest.raises(ReplyNotAllowed):
        reply(answer=answer, state=state, words="", by=cast.aicha, at=NOW)


def test_a_recommendation_chooses_nobody():
    for state in ANSWER_MOVES:
        answer = LeaderAnswer(kind="somebody", state=state)
        assert not may_become(answer, "chosen")


def test_taking_back_needs_no_reason_until_it_is_decided(cast):
    project = make_project(cast.valence, leader_wanted=True)
    answer = answered(project)
    take_back(answer=answer, by=answer.person, at=NOW)
    answer.refresh_from_db()
    assert answer.state == "withdrawn"
    assert len(mails_to("nadia")) == 1, "no mail asks why"
    with pytest.raises(ReplyNotAllowed):
        take_back(answer=answer, by=answer.person, at=NOW)
    with pytest.raises(ReplyNotAllowed):
        choose_leader(answer=answer, words="", by=cast.aicha, at=NOW)


def test_choosing_begins_a_term_ends_the_call_and_thanks_the_others(cast):
    project = make_project(cast.valence)
    call = make_call(project)
    nadia, paul = answered(project, shows_name=True), answered(project, "Paul")
    take_back(answer=answered(project, "Omar"), by=cast.denis, at=NOW)

    term = choose_leader(answer=nadia, words="Bienvenue", by=cast.aicha, at=NOW)

    for each in (project, call, nadia, paul):
        each.refresh_from_db()
    assert (term.person, term.since, term.until) == (nadia.person, TODAY, None)
    assert (term.call, term.public_name) == (call, "Nadia")
    assert not project.leader_wanted
    assert (call.ending, nadia.state, paul.state) == ("found", "chosen", "not_now")
    assert Membership.objects.get(person=nadia.person).part == "member"
    assert "Bienvenue" in mails_to("nadia")[-1]
    assert len(mails_to("nadia")) == 2, "chosen, and not thanked for nothing"
    assert len(mails_to("paul")) == 2
    assert len(mails_to("omar")) == 1
    assert verbs_of(project) == ["leader_found"]


def test_of_two_hosts_who_choose_the_second_is_told_who_was_first(cast):
    project = make_project(cast.valence)
    make_call(project)
    nadia, paul = answered(project), answered(project, "Paul")
    choose_leader(answer=nadia, words="", seen="new", by=cast.aicha, at=NOW)

    for late in (nadia, paul):
        with pytest.raises(AnsweredMeanwhile) as refusal:
            choose_leader(answer=late, words="", seen="new", by=cast.gaelle, at=NOW)
        assert refusal.value.answer.settled_by == cast.aicha
    with pytest.raises(AnsweredMeanwhile):
        reply(answer=nadia, state="not_now", words="", seen="new", by=cast.gaelle, at=NOW)
    assert Leadership.objects.count() == 1


# Terms


def test_naming_somebody_ends_the_search_tells_them_and_their_own_answer_is_yes(cast):
    project = make_project(cast.valence)
    make_call(project)
    nadia, paul = answered(project), answered(project, "Paul")

    name_leader(
        project=project, person=nadia.person, since=TODAY - DAY, shows_name=False, by=cast.aicha,
        at=NOW,
    )  # fmt: skip

    for each in (nadia, paul):
        each.refresh_from_db()
    assert (nadia.state, paul.state) == ("chosen", "not_now")
    assert "portez" in mails_to("nadia")[-1]
    assert leads(nadia.person, project)
    assert project.leaderships.get().public_name == ""


def test_nobody_leads_twice_at_a_time_nor_from_tomorrow(cast):
    project = make_project(cast.valence)
    make_leader(project, cast.denis)
    how = {"project": project, "shows_name": False, "by": cast.aicha, "at": NOW}
    with pytest.raises(LeadsAlready):
        name_leader(person=cast.denis, since=TODAY, **how)
    with pytest.raises(NotYet):
        name_leader(person=cast.bruno, since=TODAY + DAY, **how)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_leader(project, cast.denis)
    assert Leadership.objects.count() == 1


@pytest.mark.parametrize(("part", "then"), [("follower", "member"), ("table", "member")])
def test_whoever_leads_is_of_the_group(cast, part, then):
    project = make_project(cast.valence)
    Membership.objects.create(project=project, person=cast.denis, part=part, since=NOW)
    name_leader(
        project=project, person=cast.denis, since=TODAY, shows_name=True, by=cast.aicha, at=NOW
    )
    assert project.memberships.get().part == then


def test_a_project_stays_when_its_leader_leaves_and_looks_on_when_it_was_the_last(cast):
    project = make_project(cast.valence)
    first, second = make_leader(project, cast.denis), make_leader(project, cast.bruno)

    end_leadership(leadership=first, until=TODAY, by=cast.denis, at=NOW)
    project.refresh_from_db()
    assert not project.leader_wanted
    end_leadership(leadership=second, until=TODAY, by=cast.aicha, at=NOW)

    project.refresh_from_db()
    assert project.seeks_leader
    lines = Entry.objects.filter(verb="leader_left").order_by("id")
    assert [each.data["wanted"] for each in lines] == [False, True]
    assert not leads(cast.denis, project)
    make_leader(project, cast.denis)  # and may come back
    with pytest.raises(LeftAlready):
        end_leadership(leadership=first, until=TODAY, by=cast.aicha, at=NOW)


@pytest.mark.parametrize("until", [TODAY + DAY, TODAY - 2 * DAY])
def test_a_term_ends_between_its_first_day_and_today(cast, until):
    leadership = make_leader(make_project(cast.valence), cast.denis, since=TODAY - DAY)
    with pytest.raises(NotYet):
        end_leadership(leadership=leadership, until=until, by=cast.aicha, at=NOW)


def test_whoever_leads_is_asked_first(cast):
    project = make_project(cast.valence)
    for who in (cast.bruno, cast.chloe):
        Membership.objects.create(project=project, person=who, part="member", since=NOW)
    make_leader(project, cast.denis)
    assert people_first_asked(project) == [cast.denis, cast.bruno, cast.chloe]


# Erasure


@pytest.mark.django_db
def test_an_erased_leader_leaves_the_project_its_dates_and_nothing_else(cast):
    project = make_project(cast.valence)
    call = make_call(project, why="Zéphyrine Canari l’a dit.")
    who = person("Zéphyrine", last_name="Canari")
    answer, _token = answer_search(
        project=project, person=who, kind="me", words="canari-libre", shows_name=True, by=who,
        at=NOW,
    )  # fmt: skip
    choose_leader(answer=answer, words="Merci Zéphyrine", by=cast.aicha, at=NOW)
    beside = make_leader(make_project(cast.valence, "Vélos"), who)
    make_leader(beside.project, cast.denis)

    erase_person(person=who, by=None, at=NOW)

    term = project.leaderships.get()
    project.refresh_from_db()
    call.refresh_from_db()
    assert (term.person, term.shows_name, term.until) == (None, False, TODAY)
    assert project.leader_wanted
    assert not beside.project.leader_wanted, "somebody else leads that one"
    assert call.why == "[…] l’a dit."
    assert not LeaderAnswer.objects.exists()
    assert not project.memberships.exists()
    left = Entry.objects.filter(verb="leader_left")
    assert {each.of_id for each in left} == {project.public_id, beside.project.public_id}


def test_a_recommendation_outlives_whoever_it_led_to_and_the_other_way_round(cast):
    project = make_project(cast.valence, leader_wanted=True)
    paul = answered(project, "Paul", kind="somebody")
    nadia = answered(project, "Nadia", after=paul)
    erase_person(person=paul.person, by=None, at=NOW)
    nadia.refresh_from_db()
    assert nadia.after is None


# Hosting


def test_a_hosting_begins_and_its_end_says_what_comes_next(cast):
    project = make_project(cast.valence)
    hosting = begin_hosting(
        project=project, name=" La Fruitière ", carries="le contrat", since=TODAY - DAY,
        by=cast.aicha, at=NOW,
    )  # fmt: skip
    with pytest.raises(HostingWithoutWords):
        end_hosting(hosting=hosting, until=TODAY, what_next=" ", by=cast.aicha, at=NOW)
    end_hosting(hosting=hosting, until=TODAY, what_next="Une coopérative", by=cast.aicha, at=NOW)

    hosting.refresh_from_db()
    assert (hosting.name, hosting.what_next) == ("La Fruitière", "Une coopérative")
    assert verbs_of(project) == ["hosting_began", "hosting_ended"]
    with pytest.raises(HostingOver):
        end_hosting(hosting=hosting, until=TODAY, what_next="Encore", by=cast.aicha, at=NOW)


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"name": " "}, HostingWithoutWords),
        ({"carries": ""}, HostingWithoutWords),
        ({"until": TODAY - DAY}, DaysReversed),
    ],
)
def test_a_hosting_says_who_carries_what_in_days_that_follow(cast, fields, refusal):
    said = {"name": "La Fruitière", "carries": "le contrat", "since": TODAY, **fields}
    with pytest.raises(refusal):
        begin_hosting(project=make_project(cast.valence), **said, by=cast.aicha, at=NOW)
    assert not Hosting.objects.exists()


@pytest.mark.parametrize("until", [TODAY + DAY, TODAY - 2 * DAY])
def test_a_hosting_ended_between_its_first_day_and_today(cast, until):
    hosting = Hosting.objects.create(
        project=make_project(cast.valence), name="A", carries="B", since=TODAY - DAY,
        created_at=NOW,
    )  # fmt: skip
    with pytest.raises(DaysReversed):
        end_hosting(hosting=hosting, until=until, what_next="x", by=cast.aicha, at=NOW)
