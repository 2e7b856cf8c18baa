"""A territory that begins is led from its settings to its first evening."""

import pytest

from essor.evenings.models import Evening
from tests.cast import Cast, make_challenge, make_evening, make_harvest

pytestmark = pytest.mark.django_db
WAY = "Le chemin vers votre première soirée"


def desk(cast: Cast) -> str:
    return cast.client("aicha").get("/valence/desk/").content.decode()


def test_desk_of_a_new_territory_shows_the_whole_way(cast: Cast) -> None:
    page = desk(cast)

    assert WAY in page
    for name in ("settings", "settings/themes", "team", "harvest/new", "challenges/wording"):
        assert f'href="/valence/{name}/"' in page
    assert 'href="/valence/evenings/new/"' in page
    assert "Rien ne presse" not in page


def test_steps_that_were_gone_are_ticked(cast: Cast) -> None:
    before = desk(cast).count("way-in__done")

    make_harvest(cast.valence)
    make_challenge(cast.valence)

    assert desk(cast).count("way-in__done") == before + 2


def test_the_way_is_no_longer_shown_once_an_evening_was_made(cast: Cast) -> None:
    evening = make_evening(cast.valence)
    assert WAY not in desk(cast)

    Evening.objects.filter(pk=evening.pk).update(state=Evening.State.OVER)

    assert WAY not in desk(cast)
