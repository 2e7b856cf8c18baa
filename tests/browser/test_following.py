"""Following by a button and what one follows, the pace of few projects, an introduction taken back."""

from datetime import timedelta

from essor.exchanges.actions.introductions import Party, introduce
from essor.kit import clock
from essor.news.actions import choose_how
from essor.projects.actions.moves import change_stage
from tests.cast import make_challenge, make_need, make_project, make_treasure


def test_one_follows_a_need_and_sees_it_in_my_space(cast, page, sign_in, axe, see):
    project = make_project(cast.valence, "Le fournil partagé", summary="Un four de village.")
    need = make_need(project, "Un local de quatre-vingts mètres carrés, près de la gare")
    treasure = make_treasure(cast.valence, "Un four à bois", keeper=cast.farid)
    page.goto(f"/valence/needs/{need.public_id}/")
    axe(page)
    see(page, "follow-need-stranger")
    page.get_by_role("link", name="Suivre", exact=True).click()
    axe(page)
    see(page, "follow-stranger")
    page.get_by_role("button", name="Suivre").click()
    see(page, "follow-stranger-refused")

    sign_in(cast.denis)
    now = clock.now()
    for key in (
        ("need", need.public_id),
        ("treasure", treasure.public_id),
        ("challenge", make_challenge(cast.valence).public_id),
        ("project", project.public_id),
    ):
        choose_how(person=cast.denis, key=key, how="weekly", by=cast.denis, at=now)
    for path, name in (
        ("/me/", "follow-my-space"),
        (f"/valence/projects/{project.public_id}/", "follow-project"),
        (f"/valence/treasures/{treasure.public_id}/", "follow-treasure"),
    ):
        page.goto(path)
        axe(page)
        see(page, name)
    page.goto("/me/")
    page.get_by_role("link", name="Ne plus suivre : Un four à bois").click()
    axe(page)
    see(page, "follow-leaving")
    page.get_by_role("button", name="Ne plus suivre").click()
    page.get_by_text("Vous ne suivez plus.").wait_for()


def test_a_host_reads_a_pace_that_leans_and_takes_an_introduction_back(
    cast, page, sign_in, axe, see
):
    now = clock.now()
    for place, stays in ((cast.jura, range(80, 130, 5)), (cast.valence, (20, 30))):
        for stay in stays:
            born = now - timedelta(days=300)
            project = make_project(place, f"Projet {stay}", published_at=born)
            change_stage(
                project=project, stage="group", condition="awake", why="x", by=None,
                at=born + timedelta(days=stay),
            )  # fmt: skip
    introduction = introduce(
        territory=cast.valence, introducer=cast.aicha, first=Party(cast.farid, called="Farid"),
        second=Party(cast.denis, called="Denis"), why="Une soudure, un atelier",
        by=cast.aicha, at=now,
    )  # fmt: skip
    sign_in(cast.aicha)
    page.goto("/valence/projects/pace/")
    axe(page)
    see(page, "pace-leaning")
    page.goto(f"/valence/introductions/{introduction.public_id}/")
    axe(page)
    see(page, "introduction-open")
    page.get_by_role("button", name="La reprendre").click()
    page.get_by_text("Elle a été reprise").wait_for()
    see(page, "introduction-taken-back")
