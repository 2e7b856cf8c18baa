"""A harvest is prepared, opened, sorted and closed by its hosts; its code leads to the field."""

import uuid

import pytest
from django.test import Client

from essor.harvest.actions.harvests import (
    HarvestDetails,
    MoveRefused,
    change_harvest,
    make_harvest,
    move_harvest,
)
from essor.harvest.models import Harvest
from essor.harvest.states import MOVES
from essor.ledger.models import Audience, Entry
from tests.cast import NOW, Cast
from tests.cast import make_harvest as a_harvest

pytestmark = pytest.mark.django_db


def test_a_new_harvest_is_a_draft_with_a_code_of_its_own(cast: Cast) -> None:
    details = HarvestDetails(title="Printemps")
    one = make_harvest(territory=cast.valence, details=details, by=cast.aicha, at=NOW)
    two = make_harvest(territory=cast.valence, details=details, by=cast.aicha, at=NOW)

    assert one.state == Harvest.State.DRAFT
    assert len(one.code) == 5
    assert one.code != two.code
    assert Entry.objects.filter(of_id=one.public_id).get().verb == "harvest_made"


def test_saying_the_same_again_writes_nothing(cast: Cast) -> None:
    details = HarvestDetails(title="Printemps", question="Que manque-t-il ?")
    harvest = make_harvest(territory=cast.valence, details=details, by=cast.aicha, at=NOW)
    change_harvest(harvest=harvest, details=details, by=cast.aicha, at=NOW)
    assert Entry.objects.filter(of_id=harvest.public_id).count() == 1

    change_harvest(harvest=harvest, details=HarvestDetails(title="Été"), by=cast.aicha, at=NOW)
    harvest.refresh_from_db()
    assert (harvest.title, harvest.question) == ("Été", "")


def test_opening_is_told_to_everybody_and_only_once(cast: Cast) -> None:
    harvest = a_harvest(cast.valence, state=Harvest.State.DRAFT)
    move_harvest(harvest=harvest, to="open", by=cast.aicha, at=NOW)
    move_harvest(harvest=harvest, to="open", by=cast.aicha, at=NOW)

    line = Entry.objects.filter(of_id=harvest.public_id).get()
    assert (line.verb, line.audience) == ("harvest_open", Audience.PUBLIC)


@pytest.mark.parametrize(
    ("start", "end"),
    [(s, e) for s in MOVES for e in Harvest.State.values if e not in MOVES[s] and e != s],
)
def test_a_move_that_is_not_in_the_table_is_refused(cast: Cast, start: str, end: str) -> None:
    harvest = a_harvest(cast.valence, state=start)
    with pytest.raises(MoveRefused):
        move_harvest(harvest=harvest, to=end, by=cast.aicha, at=NOW)


def test_a_last_day_before_the_first_is_explained_at_its_field(cast: Cast) -> None:
    form = {"act": uuid.uuid4().hex, "title": "Printemps", "fate_days": "90",
            "starts_on": "2026-04-10", "ends_on": "2026-04-01"}  # fmt: skip
    page = cast.client("aicha").post("/valence/harvest/new/", form)

    assert page.status_code == 422
    assert "Le dernier jour vient avant le premier." in page.content.decode()
    assert not Harvest.objects.exists()


def test_the_code_leads_to_the_field_however_it_is_typed(cast: Cast) -> None:
    harvest = a_harvest(cast.valence, code="AB2CD")
    field = f"/valence/harvest/{harvest.public_id}/idea/"

    assert Client().get("/idea/AB2CD/").url == field
    assert Client().get("/idea/", {"code": " ab2 cd"}).url == field
    wrong = Client().get("/idea/ZZZZZ/")
    assert wrong.status_code == 404
    assert "Aucune récolte n’a ce code" in wrong.content.decode()


def test_the_code_of_a_draft_leads_nowhere_yet(cast: Cast) -> None:
    a_harvest(cast.valence, code="AB2CD", state=Harvest.State.DRAFT)
    assert Client().get("/idea/AB2CD/").status_code == 404
