"""Before they leave, in a browser: two questions, without network too, then the figures."""

import pytest
from playwright.sync_api import expect

from essor.evenings.actions.pulse import count_paper_pulse
from essor.evenings.actions.tables import note_idea
from essor.evenings.models import Evening, Phase, Pulse, Registration
from essor.kit import clock
from tests.cast import make_evening, make_harvest, make_registration, make_table


@pytest.fixture
def evening(cast) -> Evening:
    """At its last phase, today."""
    evening = make_evening(cast.valence, state=Evening.State.LIVE, starts_at=clock.now())
    evening.phase = Phase.objects.create(
        evening=evening, kind=Phase.Kind.THANKS, minutes=10, order=9
    )
    evening.phase_started_at = clock.now()
    evening.save()
    make_table(evening, 12)
    return evening


def count(evening: Evening, moment: str, dare: list[int], together: list[int]) -> None:
    tally = {"dare": dict(enumerate(dare, 1)), "together": dict(enumerate(together, 1))}
    count_paper_pulse(evening=evening, moment=moment, tally=tally, by=None, at=clock.now())


def test_two_taps_and_the_page_thanks(page, axe, see, evening):
    page.goto(f"/valence/evenings/{evening.public_id}/pulse/")
    axe(page)
    see(page, "pulse")
    page.get_by_role("group", name="J’ose dire").get_by_label("plutôt oui").check()
    page.get_by_role("button", name="Ajouter mes réponses").click()
    expect(page.get_by_text("Choisissez l’une des cinq réponses.").first).to_be_visible()
    page.wait_for_load_state("load")
    axe(page)
    page.get_by_role("group", name="Ensemble").get_by_label("oui, tout à fait").check()
    page.get_by_role("button", name="Ajouter mes réponses").click()
    expect(page.get_by_text("Merci")).to_be_visible()
    assert Pulse.objects.get().waiting == {"dare": [0, 0, 0, 1, 0], "together": [0, 0, 0, 0, 1]}


def test_the_day_after_shows_both_levels(page, axe, see, evening, cast, sign_in):
    sign_in(cast.aicha)
    address = f"/valence/evenings/{evening.public_id}/day-after/"
    page.goto(address)
    expect(page.get_by_text("à partir de cinq réponses")).to_be_visible()
    count(evening, Pulse.Moment.BEFORE, [10, 20, 30, 10, 5], [10, 20, 30, 10, 5])
    count(evening, Pulse.Moment.AFTER, [2, 8, 20, 30, 15], [9, 21, 29, 11, 5])
    page.reload()
    expect(page.get_by_text("plus de confiance")).to_have_count(1)
    axe(page)
    see(page, "day-after-confidence")


def test_slips_of_paper(page, axe, see, evening, cast, sign_in):
    sign_in(cast.aicha)
    page.goto(f"/valence/evenings/{evening.public_id}/pulse/paper/")
    axe(page)
    see(page, "pulse-paper")


def test_the_page_of_those_who_stay(page, axe, see, evening, cast, sign_in):
    table = evening.tables.get()
    make_registration(evening, "Inès")
    guest = Registration.objects.create(
        evening=evening, person=cast.denis, code="D0001", state="registered",
        state_at=clock.now(), registered_at=clock.now(),
    )  # fmt: skip
    sign_in(cast.denis)
    page.goto(f"/valence/evenings/{evening.public_id}/tables/{table.public_id}/together/")
    axe(page)
    see(page, "together")
    page.get_by_label("Je veux bien garder").check()
    page.get_by_role("button", name="Je reste joignable").click()
    page.get_by_label("Vos mots pour la table").fill("On se revoit jeudi ?")
    page.get_by_role("button", name="Écrire à la table").click()
    expect(page.locator("#letters").get_by_text("On se revoit jeudi ?")).to_be_visible()
    axe(page)
    see(page, "staying")
    assert guest.person.stayings.get().offers_to_keep


def test_ideas_go_back_to_the_harvest(page, axe, see, evening, cast, sign_in):
    table, harvest = evening.tables.get(), make_harvest(cast.valence)
    table.evening = evening
    note_idea(table=table, text="Une laveuse partagée", by=None, at=clock.now())
    sign_in(cast.aicha)
    page.goto(f"/valence/evenings/{evening.public_id}/ideas-back/")
    axe(page)
    see(page, "ideas-back")
    page.get_by_role("button", name="Apporter 1 idée").click()
    expect(page.get_by_text("1 idée a rejoint la récolte.")).to_be_visible()
    axe(page)
    assert harvest.ideas.get().text == "Une laveuse partagée"


def test_the_table_is_handed_over_to_another_phone_by_its_code(page, context, axe, see, evening):
    """Two browsers: the first phone's battery is flat, the second goes on with the code."""
    table = evening.tables.get()
    here = f"/valence/evenings/{evening.public_id}/tables/{table.public_id}/"
    page.goto(here)
    page.get_by_text("J’anime cette table").click()
    page.get_by_label("Le code de la table").fill("tab12")
    page.get_by_role("button", name="Ouvrir le téléphone de la table").click()
    page.get_by_role("link", name="Notre proposition").click()
    page.locator("[name=dream]").fill("Zéro bouteille jetée")
    page.get_by_role("button", name="Suite").click()
    page.wait_for_url("**/sheet/people/")

    context.clear_cookies()
    page.goto(f"{here}phone/")
    expect(page.get_by_role("heading", name="La fiche projet")).to_have_count(0)
    page.goto(here)
    page.get_by_text("J’anime cette table").click()
    page.get_by_label("Le code de la table").fill("TAB12")
    page.get_by_role("button", name="Ouvrir le téléphone de la table").click()
    page.get_by_role("link", name="Notre proposition").click()
    expect(page.locator("[name=dream]")).to_have_value("Zéro bouteille jetée")
