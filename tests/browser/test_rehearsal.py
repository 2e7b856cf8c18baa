"""The page of a rehearsal, before and while it is played, and its band."""

from essor.evenings.actions.rehearsals import start_rehearsal
from essor.evenings.jobs.rehearsals import play
from essor.kit import clock
from tests.cast import make_evening


def test_rehearsing_with_the_team(page, site, axe, see, sign_in, cast):
    evening = make_evening(cast.valence)
    sign_in(cast.aicha)
    address = f"/valence/evenings/{evening.public_id}/rehearsals/"
    page.goto(address)
    axe(page)
    see(page, "rehearsal-start")
    rehearsal = start_rehearsal(evening=evening, minutes=10, yours=2, by=cast.aicha, at=clock.now())
    play(rehearsal.public_id)
    page.goto(address)
    page.get_by_text("Vos tables").wait_for()
    axe(page)
    see(page, "rehearsal-played")
    play(rehearsal.public_id)
    page.get_by_role("link", name="Conduite de la soirée").first.click()
    page.get_by_text("Tout est inventé ici").wait_for()
    axe(page)
    see(page, "rehearsal-conductor")
