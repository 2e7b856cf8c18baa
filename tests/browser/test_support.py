"""Support in a real browser: a cohort, a mentor's own page, with nothing and with life in them."""

from datetime import timedelta

from playwright.sync_api import expect

from essor.support.actions.cohorts import take_in
from essor.support.actions.committees import call_committee, declare, put_before, speak
from essor.support.actions.following import hold_project, look_after
from essor.support.actions.members import name_member
from essor.support.actions.mentors import match_mentor
from essor.support.actions.play import ask_again, open_play, write_standing
from essor.support.actions.recommendations import answer_recommendation
from tests.cast import (
    NOW,
    make_cohort,
    make_leader,
    make_mentor,
    make_project,
    make_recommendation,
    person,
)


def test_a_host_prepares_a_cohort_and_sees_it_live(cast, page, sign_in, axe, see):
    sign_in(cast.aicha)
    page.goto("/valence/support/")
    axe(page)
    see(page, "cohorts-none")
    page.get_by_role("link", name="Une nouvelle promotion").first.click()
    axe(page)
    see(page, "cohort-new")
    page.get_by_label("Son nom").fill("Promotion 2027")
    page.get_by_label("Premier jour").fill("2027-03-15")
    page.get_by_label("Dernier jour").fill("2027-12-15")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("heading", name="Promotion 2027")).to_be_visible()

    cohort = make_cohort(cast.valence, "Promotion 2026", takeoff_on=NOW.date())
    mentor = make_mentor(cast.valence, person("Omar", last_name="Belkacem"))
    for title in ("Le fournil partagé", "La recyclerie du bâtiment"):
        project = make_project(cast.valence, title, summary="Un four de village.", stage="group")
        take_in(cohort=cohort, project=project, why="Le local est trouvé", by=None, at=NOW)
    match_mentor(mentor=mentor, project=project, why="Du même métier", by=None, at=NOW)
    make_recommendation(project, "Peser la farine pendant un mois")
    blocked = make_recommendation(project, "Faire signer le bail", details="Neuf ans.")
    answer_recommendation(
        recommendation=blocked, answer="blocked", words="La commune attend.", by=None, at=NOW
    )
    hold_project(project=project, person=cast.aicha, by=None, at=NOW)
    look_after(territory=cast.valence, by=None, at=NOW + timedelta(days=200))
    committee = call_committee(
        territory=cast.valence, name="Comité de mars", on=NOW.date(), place="", by=None, at=NOW
    )
    file = put_before(committee=committee, project=project, by=None, at=NOW)
    for who, interest in ((cast.elodie, ""), (cast.bruno, "Un contrat"), (cast.farid, "")):
        name_member(committee=committee, person=who, comes_from="Une banque", by=None, at=NOW)
        declare(file=file, person=who, interest=interest, by=None, at=NOW)
    speak(file=file, person=cast.elodie, kind="go", words="Prêt", by=None, at=NOW)
    for path, name in (
        ("/valence/support/committees/", "committees"),
        (f"/valence/support/committees/{committee.public_id}/", "committee"),
        (f"/valence/support/committees/{committee.public_id}/members/", "members"),
        (f"/valence/support/files/{file.public_id}/", "file"),
        (f"/valence/support/files/{file.public_id}/decision/", "decision"),
        ("/valence/desk/", "today-at-work"),
        (f"/valence/support/projects/{project.public_id}/pause/", "pause"),
        (f"/valence/support/projects/{project.public_id}/", "support-of-project"),
        (f"/valence/support/recommendations/{blocked.public_id}/", "answer"),
        ("/valence/support/recommendations/", "recommendations"),
        ("/valence/support/", "cohorts"),
        (f"/valence/support/cohorts/{cohort.public_id}/", "cohort"),
        ("/valence/support/mentors/", "mentors"),
        (f"/valence/support/mentors/{mentor.public_id}/", "mentor"),
        (f"/valence/projects/{project.public_id}/", "supported-project"),
    ):
        page.goto(path)
        axe(page)
        see(page, name)


def test_a_project_says_on_a_phone_where_it_stands(cast, page, sign_in, axe, see):
    cohort = make_cohort(cast.valence, "Promotion 2027")
    sign_in(cast.aicha)
    here = f"/valence/support/cohorts/{cohort.public_id}/state-of-play/"
    page.goto(here)
    axe(page)
    see(page, "play-not-asked")
    for title in ("Le fournil partagé", "La recyclerie du bâtiment", "Les toits citoyens"):
        project = make_project(cast.valence, title)
        make_leader(project, cast.denis)
        take_in(cohort=cohort, project=project, why="Le local est trouvé", by=None, at=NOW)
    play = open_play(cohort=cohort, by=cast.aicha, at=NOW)
    make_mentor(cast.valence, person("Omar", last_name="Belkacem"), offers="Droit, statuts")
    answers = {
        "team": 2, "need": 1, "model": 0, "asks": [0, 4], "hope": "Le four tourne trois jours.",
        "weight": "Le bail, et le temps de Lucie.",
    }  # fmt: skip
    for moment, step in (("opening", 0), ("end", 2)):
        for standing in play.standings.filter(moment=moment)[:2]:
            said = {**answers, "team": step, "money": step + 1}
            write_standing(
                standing=standing, answers=said, seen=0, hand_in=True, by=cast.denis, at=NOW
            )
        if moment == "opening":
            ask_again(play=play, by=None, at=NOW)
    page.goto(here)
    axe(page)
    see(page, "play-side-by-side")
    for path, name in (
        ("/valence/support/questions/", "play-questions"),
        ("/valence/support/questions/team/", "play-question"),
        (f"/valence/support/projects/{play.standings.first().project.public_id}/", "play-way-gone"),
    ):
        page.goto(path)
        axe(page)
        see(page, name)

    sign_in(cast.denis)
    waiting = play.standings.filter(handed_in_at=None, moment="end")[0]
    page.goto(f"/valence/support/standings/{waiting.public_id}/")
    axe(page)
    see(page, "play-answering")
    page.get_by_label("Un petit groupe qui se retrouve").check()
    page.get_by_role("button", name="Garder en brouillon").click()
    expect(page.get_by_label("Un petit groupe qui se retrouve")).to_be_checked()
    page.get_by_role("button", name="Remettre").click()
    expect(page.get_by_text("Merci")).to_be_visible()
