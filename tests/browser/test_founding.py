"""Founding a territory, its settings and its team, in a browser without a line of JavaScript."""

from datetime import timedelta

import pytest

from essor.kit import clock
from essor.people.actions import make_link
from essor.people.links import register_purpose
from essor.territories.actions.roles import invite, token_of
from essor.territories.models import Territory

SETTINGS = ["start/", "settings/", "settings/themes/", "settings/spheres/", "team/"]


def test_founding_team_opens_its_territory_and_mends_a_colour(page, cast, sign_in, axe, see):
    sign_in(cast.denis)
    page.goto("/found/")
    axe(page)
    see(page, "founding")
    page.get_by_label("Nom de votre territoire").fill("Pays de l’Ourcq")
    page.get_by_label("Couleur principale").fill("#ffee00")
    page.get_by_role("button", name="Ouvrir le territoire").click()
    see(page, "founding-colour")
    axe(page)
    page.get_by_role("button", name="Prendre plutôt").click()
    page.wait_for_url("**/pays-de-l-ourcq/start/")
    assert Territory.objects.get(slug="pays-de-l-ourcq").name == "Pays de l’Ourcq"
    see(page, "start")


@pytest.mark.parametrize("address", SETTINGS)
def test_settings_stand_on_phone_and_laptop(page, cast, sign_in, axe, see, address):
    for kind in ("door", "facilitator"):
        invite(
            territory=cast.valence,
            kind=kind,
            email="zoe@example.org",
            by=cast.aicha,
            at=clock.now(),
        )
    sign_in(cast.aicha)
    page.goto(f"/valence/{address}")
    see(page, "territory-" + address.strip("/").replace("/", "-"))
    axe(page)


def test_invitation_is_readable_by_everybody_it_may_reach(page, cast, sign_in, axe, see):
    offered = invite(
        territory=cast.valence, kind="facilitator", email="", by=cast.aicha, at=clock.now()
    )
    address = f"/valence/join/{token_of(offered.public_id)}/"
    page.goto(address)
    axe(page)
    see(page, "invitation-stranger")
    sign_in(cast.denis)
    page.goto(address)
    page.get_by_role("button", name="J’accepte").click()
    page.wait_for_url("**/valence/")
    page.goto(address)
    axe(page)
    see(page, "invitation-used")


def test_personal_link_and_its_refusal(page, cast, axe, see):
    register_purpose("sample", lambda request, link: "/", button="Ouvrir mon inscription")
    for name, lasts in (("link", timedelta(days=1)), ("link-expired", -timedelta(days=1))):
        token = make_link(
            person=cast.denis, purpose="sample", subject="", lasts=lasts, by=None, at=clock.now()
        )
        page.goto(f"/l/{token}/")
        axe(page)
        see(page, name)
