"""The state of play: asked once, answered on a phone, side by side for hosts, and again at the end."""

import re
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from essor.kit import clock
from essor.kit.models import Mail
from essor.ledger.models import Entry
from essor.people.erasure import erase_person
from essor.projects.models import Leadership, Membership
from essor.support.actions.cohorts import take_in, take_out
from essor.support.actions.mentors import match_mentor
from essor.support.actions.play import (
    MAY_CORRECT,
    AskedAlready,
    ChangedMeanwhile,
    NobodyInside,
    NothingAnswered,
    StandsNow,
    ask_again,
    open_play,
    remind_of_play,
    write_standing,
)
from essor.support.actions.play_questions import QuestionWords, word_question
from essor.support.models import Standing, StateOfPlay
from essor.support.playing import in_words, said
from essor.support.queries.play import side_by_side, way_of_project
from essor.support.queries.today import to_do
from essor.support.silence import signs
from tests.cast import NOW, make_cohort, make_leader, make_mentor, make_project, person

LATER = NOW + timedelta(days=240)


def act(**fields) -> dict[str, str]:
    return {"act": uuid.uuid4().hex, **fields}


def cohort_of(cast, *titles: str):
    """A cohort with projects; Denis leads the first."""
    cohort = make_cohort(cast.valence)
    for number, title in enumerate(titles):
        project = make_project(cast.valence, title)
        if not number:
            make_leader(project, cast.denis)
        take_in(cohort=cohort, project=project, why="Mûr", by=None, at=NOW)
    return cohort


def asked(cast, *titles: str) -> StateOfPlay:
    return open_play(cohort=cohort_of(cast, *(titles or ("Fournil",))), by=cast.aicha, at=NOW)


def writes(standing: Standing, answers: dict, **fields) -> Standing:
    standing.refresh_from_db()
    fields = {
        "seen": standing.version, "hand_in": True, "by": None, "at": NOW, **fields,
    }  # fmt: skip
    return write_standing(standing=standing, answers=answers, **fields)


def link_in(address: str) -> str:
    return re.search(r"/l/\S+/", Mail.objects.filter(address=address).latest("id").text)[0]


def mails() -> int:
    return Mail.objects.filter(key__startswith="standing:").count()


def test_every_project_inside_is_asked_once_and_whoever_leads_hears(cast):
    play = asked(cast, "Fournil", "Lait")

    assert [each.project.title for each in play.standings.all()] == ["Fournil", "Lait"]
    assert Mail.objects.get(key__startswith="standing:").address == "denis@example.org"
    line = Entry.objects.get(verb="play_opened")
    assert (line.of_id, line.audience) == (play.cohort.public_id, "team")
    with pytest.raises(AskedAlready):
        open_play(cohort=play.cohort, by=None, at=NOW)
    with pytest.raises(NobodyInside):
        open_play(cohort=make_cohort(cast.valence, "Vide"), by=None, at=NOW)


def test_a_project_that_joins_later_is_asked_when_it_joins_and_once(cast):
    play = asked(cast)
    late = make_project(cast.valence, "Lait")

    take_in(cohort=play.cohort, project=late, why="Tardif", by=None, at=NOW)
    take_out(cohort=play.cohort, project=late, why="Pause", by=None, at=NOW)
    take_in(cohort=play.cohort, project=late, why="Revenu", by=None, at=NOW)

    assert play.standings.filter(project=late).count() == 1


def test_a_draft_is_kept_and_seen_by_nobody_side_by_side(cast):
    standing = asked(cast).standings.get()

    writes(standing, {"team": 1, "hope": "Un four"}, hand_in=False, by=cast.denis)

    standing.refresh_from_db()
    assert (standing.answers, standing.handed_in_at) == ({"team": 1, "hope": "Un four"}, None)
    _questions, (row,) = side_by_side(standing.play)
    assert not any(way.before for way in row.ways)
    assert Entry.objects.filter(verb="standing_drafted").count() == 1


def test_each_refusal_of_answers_keeps_what_was_there(cast):
    standing = asked(cast).standings.get()
    with pytest.raises(NothingAnswered):
        writes(standing, {})
    writes(standing, {"team": 1})
    with pytest.raises(ChangedMeanwhile):
        writes(standing, {"team": 2}, seen=0)
    with pytest.raises(StandsNow):
        writes(standing, {"team": 4}, at=NOW + MAY_CORRECT + timedelta(minutes=1))

    standing.refresh_from_db()
    assert standing.answers == {"team": 1}
    writes(standing, {"team": 3}, at=NOW + MAY_CORRECT)
    standing.refresh_from_db()
    assert (standing.answers, standing.handed_in_at) == ({"team": 3}, NOW)


def test_the_end_asks_the_same_words_whatever_was_changed_meanwhile(cast):
    play = asked(cast)
    word_question(
        territory=cast.valence, key="team", by=None, at=NOW,
        words=QuestionWords("Équipage", "Qui rame ?", ("Moi", "Nous")),
    )  # fmt: skip
    opening = play.standings.get()
    writes(opening, {"team": 0, "need": 3, "hope": "Un four"})

    ask_again(play=play, by=None, at=LATER)
    end = play.standings.get(moment="end")
    writes(end, {"team": 3, "need": 2, "hope": "Deux fours"}, at=LATER)

    standings, ways = way_of_project(opening.project)
    moved = {way.question.key: way.moved for way in ways if way.before}
    assert moved == {"team": 3, "need": -1, "hope": None}
    assert ways[0].before.lines == ("Une personne seule, ou personne encore",)
    assert [each.handed_in_at for each in standings] == [NOW, LATER]
    with pytest.raises(AskedAlready):
        ask_again(play=play, by=None, at=LATER)


def test_who_left_the_cohort_is_not_asked_at_its_end(cast):
    play = asked(cast, "Fournil", "Lait")
    gone = play.standings.get(project__title="Lait").project
    take_out(cohort=play.cohort, project=gone, why="Arrêté", by=None, at=NOW)

    ask_again(play=play, by=None, at=LATER)

    assert [each.project.title for each in play.standings.filter(moment="end")] == ["Fournil"]


def test_a_reminder_leaves_in_peace_who_answered_and_who_just_heard(cast):
    play = asked(cast, "Fournil", "Lait")
    lait = play.standings.get(project__title="Lait")
    make_leader(lait.project, cast.bruno)
    writes(lait, {"team": 0})
    before = mails()

    counts = [
        remind_of_play(play=play, by=cast.aicha, at=NOW + timedelta(days=days))
        for days in (2, 3, 3, 5, 6)
    ]

    assert counts == [0, 1, 0, 0, 1]
    assert mails() - before == 2
    assert "attend encore" in Mail.objects.filter(address="denis@example.org").latest("id").text
    assert not Mail.objects.filter(address="bruno@example.org", key__startswith="standing").exists()


@pytest.mark.usefixtures("on_that_day")
def test_who_leads_answers_by_link_without_an_account_and_comes_back_to_the_draft(cast):
    Leadership.objects.all().delete()
    play = asked(cast)
    phone = Client()
    page = phone.post(link_in("denis@example.org"), act(), follow=True).redirect_chain[-1][0]
    assert "Qui porte le projet" in phone.get(page).content.decode()

    form = act(seen="0", q_team="2", q_hope="Un four", do="draft")
    answers = [phone.post(page, form) for _ in range(2)]  # a double tap
    assert {each.url for each in answers} == {page}
    html = phone.get(page).content.decode()
    assert "Un four" in html
    assert "checked" in html
    done = phone.post(
        page, act(seen="1", q_team="2", q_hope="Un four", q_asks=["1", "7"], do="hand-in")
    )

    standing = play.standings.get()
    assert standing.answers == {"team": 2, "asks": [1, 7], "hope": "Un four"}
    assert (standing.version, standing.written_by) == (2, cast.denis)
    support = phone.get(done.url).content.decode()
    assert "Merci" in support
    assert "Comptabilité, prix" in support


def test_two_of_a_project_write_at_once_and_neither_loses_a_word(cast):
    standing = asked(cast).standings.get()
    Membership.objects.create(project=standing.project, person=cast.bruno, part="member", since=NOW)
    page = f"/valence/support/standings/{standing.public_id}/"
    denis, bruno = cast.client("denis"), cast.client("bruno")
    denis.post(page, act(seen="0", q_team="1", do="draft"))

    answer = bruno.post(page, act(seen="0", q_team="3", q_hope="Un four", do="hand-in"))

    html = answer.content.decode()
    assert answer.status_code == 422
    assert "a écrit entre-temps" in html
    assert "Deux ou trois, quand il y a du temps" in html.split("a écrit entre-temps")[1]
    assert "Un four</textarea>" in html
    assert 'name="seen" value="1"' in html
    bruno.post(page, act(seen="1", q_team="3", q_hope="Un four", do="hand-in"))
    standing.refresh_from_db()
    assert standing.answers == {"team": 3, "hope": "Un four"}


def test_answers_that_do_not_exist_or_are_too_long_come_back_at_their_field(cast):
    standing = asked(cast).standings.get()
    page = f"/valence/support/standings/{standing.public_id}/"

    for fields in ({"q_team": "9"}, {"q_asks": ["99"]}, {"q_hope": "x" * 601}):
        answer = cast.client("denis").post(page, act(seen="0", do="hand-in", **fields))
        assert answer.status_code == 422
        assert "field--wrong" in answer.content.decode()
    nothing = cast.client("denis").post(page, act(seen="0", do="hand-in"))
    assert "au moins à une question" in nothing.content.decode()
    standing.refresh_from_db()
    assert standing.version == 0


def test_what_stands_is_read_and_not_written_any_more(cast):
    standing = asked(cast).standings.get()
    writes(standing, {"team": 1}, at=clock.now() - timedelta(days=30))
    page = f"/valence/support/standings/{standing.public_id}/"
    denis = cast.client("denis")

    html = denis.get(page).content.decode()
    answer = denis.post(page, act(seen="1", q_team="4", do="hand-in"))

    assert "point de départ" in html
    assert "<form" not in html.split("<main")[1].split("</main")[0]
    assert answer.status_code == 302
    standing.refresh_from_db()
    assert standing.answers == {"team": 1}


def test_a_host_asks_sees_side_by_side_who_is_silent_and_reminds_once(cast):
    cohort = cohort_of(cast, "Fournil", "Lait")
    aicha = cast.client("aicha")
    here = f"/valence/support/cohorts/{cohort.public_id}/state-of-play/"
    assert "Qui porte le projet" in aicha.get(here).content.decode()
    form = act()
    for _ in range(2):
        assert aicha.post(f"{here}opening/", form).url == here
    play = StateOfPlay.objects.get()
    assert mails() == 1
    again = aicha.post(f"{here}opening/", act(), follow=True)
    assert "déjà été posée" in again.content.decode()
    writes(play.standings.get(project__title="Lait"), {"team": 2, "weight": "Le loyer"})

    html = aicha.get(here).content.decode()

    assert "1 réponses sur 2" in html
    assert "1 projet n’a pas répondu" in html
    assert "degré 3 sur 5" in html
    assert "Le loyer" in html
    StateOfPlay.objects.update(opened_at=NOW)
    Standing.objects.update(recalled_at=clock.now() - timedelta(days=4))
    words = [aicha.post(f"{here}reminder/", act(), follow=True).content.decode() for _ in "12"]
    assert "1 projet relancé" in words[0]
    assert "moins de trois jours" in words[1]
    assert mails() == 2
    aicha.post(f"{here}end/", act())
    assert play.standings.filter(moment="end").count() == 2


@pytest.mark.parametrize("who", ["hugo", "bruno", "elodie", "farid", None])
def test_strangers_and_other_territories_hosts_read_and_write_nothing(cast, who):
    play = asked(cast)
    standing, browser = play.standings.get(), cast.client(who)
    here = f"/valence/support/cohorts/{play.cohort.public_id}/state-of-play/"

    for path in (here, f"/valence/support/standings/{standing.public_id}/",
                 "/valence/support/questions/", "/valence/support/questions/team/"):  # fmt: skip
        assert browser.get(path).status_code == 404
    for path in (f"{here}opening/", f"{here}end/", f"{here}reminder/",
                 f"/valence/support/standings/{standing.public_id}/",
                 "/valence/support/questions/team/retirement/"):  # fmt: skip
        assert browser.post(path, act(q_team="1", do="hand-in", seen="0")).status_code == 404
    standing.refresh_from_db()
    assert standing.version == 0


def test_another_territory_does_not_know_the_standing_at_its_own_address(cast):
    standing = asked(cast).standings.get()

    for path in (f"standings/{standing.public_id}/",
                 f"cohorts/{standing.play.cohort.public_id}/state-of-play/"):  # fmt: skip
        assert cast.client("hugo").get(f"/jura/support/{path}").status_code == 404


@pytest.mark.usefixtures("on_that_day")
def test_who_no_longer_leads_answers_no_more_with_the_old_link(cast):
    play = asked(cast)
    phone = Client()
    page = phone.post(link_in("denis@example.org"), act(), follow=True).redirect_chain[-1][0]
    assert phone.get(page).status_code == 200

    Leadership.objects.all().delete()
    Membership.objects.filter(project=play.standings.get().project).delete()

    assert phone.get(page).status_code == 404


def test_a_mentor_reads_where_the_project_stands_and_does_not_write_it(cast):
    standing = asked(cast).standings.get()
    writes(standing, {"team": 2, "weight": "Le loyer"})
    mentor = make_mentor(cast.valence, cast.farid)
    match_mentor(mentor=mentor, project=standing.project, why="x", by=None, at=NOW)
    farid = cast.client("farid")

    html = farid.get(f"/valence/support/projects/{standing.project.public_id}/").content.decode()

    assert "Le loyer" in html
    assert farid.get(f"/valence/support/standings/{standing.public_id}/").status_code == 404


def test_mentors_with_room_whose_offer_shares_a_word_are_named_with_it(cast):
    play = asked(cast)
    writes(play.standings.get(), {"asks": [0], "weight": "Le bail des boulangers"})
    make_mentor(cast.valence, cast.farid, offers="Droit des coopératives")
    baker = make_mentor(cast.valence, person("Omar"), offers="Boulanger depuis 2019")
    make_mentor(cast.valence, person("Lise"), offers="Dessin, photo")
    make_mentor(cast.jura, person("Ailleurs"), offers="Droit")
    full = make_mentor(cast.valence, person("Plein"), offers="Droit", at_most=1)
    other = make_project(cast.valence, "Autre")
    match_mentor(mentor=full, project=other, why="x", by=None, at=NOW)

    with translation.override("fr"):
        _questions, (row,) = side_by_side(play)

    assert [(mentor.person.first_name, words) for mentor, words in row.helpers] == [
        ("Farid", "droit"), ("Omar", "boulanger"),
    ]  # fmt: skip
    assert baker.mentorings.count() == 0  # a proposal, nothing is done by itself


def test_an_unanswered_state_of_play_comes_on_the_desk_after_ten_days(cast):
    play = asked(cast, "Fournil", "Lait")
    writes(play.standings.get(project__title="Lait"), {"team": 1})

    early = to_do(cast.valence, NOW + timedelta(days=9))
    rows = to_do(cast.valence, NOW + timedelta(days=12))["plays"]

    assert "plays" not in early
    assert [(row.project, row.days, row.total) for row in rows] == [("Fournil", 12, 1)]
    assert "plays" not in to_do(cast.jura, NOW + timedelta(days=12))


def test_answers_are_a_sign_of_life_and_being_asked_is_none(cast):
    standing = asked(cast).standings.get()
    standing.project.cohort_places.all().delete()
    assert list(signs([standing.project])) == []

    writes(standing, {"team": 1}, at=LATER)

    assert list(signs([standing.project])) == [(standing.project_id, LATER)]


def test_an_erased_leader_leaves_the_answers_without_their_name(cast):
    cast.denis.last_name = "Évrard"
    cast.denis.save()
    standing = asked(cast).standings.get()
    writes(standing, {"weight": f"Tout tient à {cast.denis.name}"}, by=cast.denis)

    erase_person(person=cast.denis, by=None, at=NOW)

    standing.refresh_from_db()
    assert standing.written_by is None
    assert "Évrard" not in standing.written
    assert "Tout tient à" in standing.answers["weight"]


def test_house_questions_are_read_in_the_reader_s_language_and_own_ones_as_written(cast):
    frozen = [
        {"key": "team", "kind": "steps"},
        {"key": "pain", "kind": "number", "name": "Pains", "label": "Combien de pains ?"},
    ]
    for language, words in (("fr", "Qui porte le projet"), ("en", "Who carries the project")):
        with translation.override(language):
            team, pains = in_words(frozen)
            assert team.label.startswith(words)
            assert len(team.options) == 5
    assert (pains.label, said(pains, {"pain": 0}).lines) == ("Combien de pains ?", ("0",))
    assert not said(team, {"team": 9})  # an answer of a longer list than is known here


def test_side_by_side_costs_the_same_for_one_project_and_for_two_hundred(cast):
    play, aicha, asked_for = asked(cast), cast.client("aicha"), []
    here = f"/valence/support/cohorts/{play.cohort.public_id}/state-of-play/"
    for count in (0, 199):
        Standing.objects.bulk_create(
            Standing(
                play=play, project=make_project(cast.valence, f"P{n}"), moment="opening",
                asked_at=NOW, recalled_at=NOW, handed_in_at=NOW, written='{"team": 1}',
            )
            for n in range(count)
        )  # fmt: skip
        with CaptureQueriesContext(connection) as page:
            assert aicha.get(here).status_code == 200
        asked_for.append(len(page))

    assert asked_for[0] == asked_for[1]
