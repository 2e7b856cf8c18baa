"""Committing in a real browser: the form and its day, one's own promise, the team's list."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from essor.exchanges.actions.commitments import change_state, promise
from essor.exchanges.models import Commitment
from tests.cast import NOW, make_project

NEW, DESK = "/valence/commitments/new/", "/valence/commitments/"


def test_a_day_is_asked_for_only_where_one_is_chosen(cast, page, axe, see):
    make_project(cast.valence)
    page.goto(NEW)
    day = page.get_by_label("Quel jour ?", exact=False)
    expect(day).to_be_hidden()
    axe(page)
    see(page, "commit")

    page.get_by_label("Jusqu’à quand ?", exact=False).select_option("day")
    expect(day).to_be_visible()
    page.get_by_role("radio", name="Une compétence").check(force=True)
    page.get_by_label("Quoi exactement ?", exact=False).fill("Comptabilité")
    page.get_by_label("Votre prénom").fill("Inès")
    page.get_by_role("button", name="Je m’engage").click()

    expect(page.get_by_role("alert")).to_contain_text("Choisissez le jour")
    axe(page)
    day.fill("2099-06-30")
    page.get_by_role("button", name="Je m’engage").click()
    expect(page.get_by_text("jusqu’au 30 juin 2099")).to_be_visible()
    axe(page)
    see(page, "committed")


@pytest.mark.parametrize("state", ["promised", "accepted"])
def test_the_team_answers_and_follows_up(cast, page, sign_in, axe, see, state):
    commitment = promise(
        territory=cast.valence, person=cast.denis, kind="skill", what="Comptabilité",
        until=timezone.localdate(), by=cast.denis, at=NOW,
    )[0]  # fmt: skip
    if state == "accepted":
        change_state(commitment=commitment, state=state, by=cast.aicha, at=NOW)
    sign_in(cast.aicha)
    for where, name in (("/valence/desk/", "today"), (DESK, "commitments"),
                        (f"{DESK}?show=to-follow-up", "follow-up")):  # fmt: skip
        page.goto(where)
        axe(page)
        see(page, f"{name}-{state}")

    page.goto(f"{DESK}{commitment.public_id}/answer/")
    page.get_by_text("Il faut plus de temps").click()
    axe(page)
    see(page, f"answer-{state}")
    later = timezone.localdate() + timedelta(days=30)
    page.get_by_label("Un jour plus tard", exact=False).fill(later.isoformat())
    page.get_by_role("button", name="Garder ce jour").click()

    expect(page.get_by_role("heading", name="Engagements")).to_be_visible()
    assert Commitment.objects.get().until == later


def test_thanks_are_said_and_shown_as_the_giver_likes(cast, page, sign_in, axe, see):
    project = make_project(cast.valence, "Le four du village")
    kept = promise(
        territory=cast.valence, person=cast.denis, kind="skill", what="Deux jours de maçonnerie",
        project=project, by=cast.denis, at=NOW,
    )[0]  # fmt: skip
    change_state(commitment=kept, state="kept", by=cast.aicha, at=NOW)
    sign_in(cast.aicha)
    page.goto(f"/valence/projects/{project.public_id}/")
    see(page, "to-thank")
    page.get_by_role("link", name="Dire merci Denis").click()
    page.get_by_label("Un mot pour la personne", exact=False).fill("Sans vous, four éteint !")
    page.get_by_role("button", name="Dire merci").click()

    sign_in(cast.denis)
    page.goto("/me/")
    page.get_by_role("link", name="Dire qui peut lire ces remerciements").click()
    axe(page)
    see(page, "thanked")
    page.get_by_role("radio", name="Oui, avec mon nom").check()
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("La page du projet remercie Denis.")).to_be_visible()
    page.goto(f"/valence/projects/{project.public_id}/")
    expect(page.get_by_text("Sans vous, four éteint !")).to_be_visible()
    axe(page)
    see(page, "thanks-on-project")
