"""Writing down, changing, confirming, correcting, hiding: each act and each refusal."""

from datetime import timedelta

import pytest
from django.test import Client

from essor.ledger.models import Entry
from essor.people.erasure import erase_person
from essor.treasures.actions.remarks import (
    NothingCorrected,
    NothingToAppeal,
    ReasonMissing,
    SettledAlready,
    appeal,
    decline,
    hide_treasure,
    propose_correction,
    take_up,
)
from essor.treasures.actions.treasures import (
    NotShown,
    Said,
    change_treasure,
    confirm_treasure,
    restore_treasure,
    write_down,
)
from essor.treasures.models import Confirmation, Correction, Treasure
from tests.cast import NOW, make_treasure, person

FULL = {"name": "Presse", "kind": "economic", "use": "here", "precision": "commune"}


def verbs() -> list[str]:
    return list(Entry.objects.order_by("id").values_list("verb", flat=True))


def remark(treasure, reason="wrong", **fields) -> Correction:
    told = {"words": "", "changes": {}, "person": None, "device": "d1", "by": None, "at": NOW}
    return propose_correction(treasure=treasure, reason=reason, **(told | fields))


def confirm(treasure, at=NOW, **fields) -> Confirmation:
    told = {"served_for": "", "person": None, "device": "d1", "by": None}
    return confirm_treasure(treasure=treasure, at=at, **(told | fields))


def test_written_treasure_is_shown_with_its_line(cast):
    said = Said("Presse à pommes", "economic")
    treasure = write_down(territory=cast.valence, said=said, keeper=cast.denis, by=None, at=NOW)
    assert (treasure.state, treasure.way, treasure.keeper) == ("shown", "person", cast.denis)
    assert verbs() == ["treasure_written", "link_made"]


def test_web_address_from_outside_the_team_waits_for_a_look(cast):
    said = Said("Presse", "economic", description="voir https://example.org")
    stranger = write_down(territory=cast.valence, said=said, keeper=None, by=None, at=NOW)
    host = write_down(
        territory=cast.valence, said=said, keeper=None, of_team=True, by=cast.aicha, at=NOW
    )
    assert (stranger.state, host.state) == ("waiting", "shown")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": ""}, "Donnez-lui un nom"),
        ({"name": "!?"}, "aucun mot"),
        ({"kind": ""}, "Choisissez le genre"),
        ({"coordinates": "là-bas"}, "deux nombres"),
        ({"coordinates": "43.0, 4.5"}, "en mer"),
    ],
)
def test_bad_input_says_what_to_do_and_loses_nothing(cast, wrong, words):
    cast.valence.department = "26"
    cast.valence.save()
    answer = Client().post("/valence/treasures/new/", FULL | {"place": "Quai 3"} | wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "Quai 3" in page
    assert not Treasure.objects.exists()


def test_same_form_twice_is_one_treasure(cast):
    told = FULL | {"act": "6f1c1d5e-2c1c-4f05-9a53-5a4a3f5d2b11"}
    first, second = (Client().post("/valence/treasures/new/", told) for _ in range(2))
    assert first.url == second.url
    assert Treasure.objects.count() == 1


def test_changing_confirms_and_keeps_the_point_that_nobody_spoke_of(cast):
    treasure = make_treasure(cast.valence, latitude=45.045, longitude=5.05, precision="about")
    said = Said("Tannerie", "economic", precision="about")
    change_treasure(treasure=treasure, said=said, keeps_point=True, by=cast.aicha, at=NOW)
    treasure.refresh_from_db()
    assert (treasure.name, treasure.latitude, treasure.confirmed_at) == ("Tannerie", 45.045, NOW)
    before = len(verbs())
    change_treasure(treasure=treasure, said=said, keeps_point=True, by=cast.aicha, at=NOW)
    assert verbs()[before:] == []


def test_one_device_confirms_once_a_month(cast):
    treasure = make_treasure(cast.valence)
    confirm(treasure)
    confirm(treasure)
    confirm(treasure, served_for="Un atelier")
    assert [each.served_for for each in Confirmation.objects.all()] == ["Un atelier"]
    confirm(treasure, at=NOW + timedelta(days=31))
    assert Confirmation.objects.count() == 2


@pytest.mark.parametrize("state", ["hidden", "waiting", "gone"])
def test_what_is_not_shown_is_not_confirmed(cast, state):
    with pytest.raises(NotShown):
        confirm(make_treasure(cast.valence, state=state))


def test_hidden_treasure_is_not_brought_back_by_its_keeper(cast):
    with pytest.raises(NotShown):
        restore_treasure(treasure=make_treasure(cast.valence, state="hidden"), by=None, at=NOW)


def test_keeper_who_looked_before_the_team_hid_it_does_not_bring_it_back(cast):
    looked_at = make_treasure(cast.valence, state="gone")
    hide_treasure(
        treasure=Treasure.objects.get(pk=looked_at.pk), why="Publicité", by=cast.aicha, at=NOW
    )
    with pytest.raises(NotShown):
        restore_treasure(treasure=looked_at, by=None, at=NOW)
    looked_at.refresh_from_db()
    assert looked_at.state == "hidden"


def test_keeper_who_looked_before_it_was_shown_again_has_nothing_to_answer(cast):
    looked_at = make_treasure(cast.valence, state="hidden")
    Treasure.objects.filter(pk=looked_at.pk).update(state="shown")
    with pytest.raises(NothingToAppeal):
        appeal(treasure=looked_at, words="Pourquoi ?", by=cast.denis, at=NOW)


def test_correction_waits_and_says_the_same_once(cast):
    treasure = make_treasure(cast.valence)
    one, two = (remark(treasure, changes={"quantity": "2 m³"}) for _ in range(2))
    assert one == two
    treasure.refresh_from_db()
    assert treasure.quantity == ""


def test_correction_without_anything_different_is_refused(cast):
    with pytest.raises(NothingCorrected):
        remark(make_treasure(cast.valence))


def test_taking_up_a_correction_keeps_what_stood_before(cast):
    treasure = make_treasure(cast.valence, quantity="3 m³")
    said = remark(treasure, changes={"quantity": "5 m³", "sphere": "citizen"})
    taken = take_up(correction=said, by=cast.aicha, at=NOW)
    treasure.refresh_from_db()
    assert (treasure.quantity, treasure.sphere.code) == ("5 m³", "citizen")
    assert taken.before == {"quantity": "3 m³", "sphere": ""}
    with pytest.raises(SettledAlready):
        take_up(correction=said, by=cast.bruno, at=NOW)


def test_remark_that_it_is_gone_takes_it_out_of_the_list(cast):
    treasure = make_treasure(cast.valence)
    take_up(correction=remark(treasure, "gone"), by=cast.aicha, at=NOW)
    treasure.refresh_from_db()
    assert treasure.state == "gone"


def test_nobody_hides_or_declines_without_saying_why(cast):
    treasure = make_treasure(cast.valence)
    said = remark(treasure, "advert")
    for why in ("", "  "):
        with pytest.raises(ReasonMissing):
            decline(correction=said, why=why, by=cast.aicha, at=NOW)
        with pytest.raises(ReasonMissing):
            hide_treasure(treasure=treasure, why=why, by=cast.aicha, at=NOW)
    hide_treasure(treasure=treasure, correction=said, why="Publicité", by=cast.aicha, at=NOW)
    treasure.refresh_from_db()
    said.refresh_from_db()
    assert (treasure.state, said.state, said.answer) == ("hidden", "hidden", "Publicité")


def test_keeper_answers_when_a_treasure_is_hidden_and_only_then(cast):
    treasure = make_treasure(cast.valence, keeper=cast.denis)
    with pytest.raises(NothingToAppeal):
        appeal(treasure=treasure, words="Pourquoi ?", by=cast.denis, at=NOW)
    hide_treasure(treasure=treasure, why="Publicité", by=cast.aicha, at=NOW)
    treasure.refresh_from_db()
    said = appeal(treasure=treasure, words="C’est une presse.", by=cast.denis, at=NOW)
    take_up(correction=said, by=cast.aicha, at=NOW)
    treasure.refresh_from_db()
    assert treasure.state == "shown"


def test_erased_keeper_leaves_the_treasure_without_a_name(cast):
    ines = person("Inès", last_name="Martin", email="ines@example.org")
    treasure = make_treasure(cast.valence, keeper=ines, description="Chez Inès Martin")
    confirm(treasure, person=ines)
    said = remark(treasure, changes={"holder": "Inès Martin"}, person=ines)
    erase_person(person=ines, by=None, at=NOW)
    treasure.refresh_from_db()
    said.refresh_from_db()
    assert (treasure.keeper, said.person, said.changes) == (None, None, {})
    assert "Inès" not in treasure.description
    assert Confirmation.objects.get().person is None


@pytest.mark.usefixtures("made_anew")
def test_treasure_page_asks_as_often_with_many_confirmations(
    cast, stranger, django_assert_num_queries, django_assert_max_num_queries
):
    treasure = make_treasure(cast.valence)
    page = f"/valence/treasures/{treasure.public_id}/"
    confirm(treasure)
    with django_assert_max_num_queries(9) as few:
        stranger.get(page)
    for number in range(20):
        confirm(treasure, device=f"device {number}", served_for="Un atelier")
    with django_assert_num_queries(len(few)):
        stranger.get(page)
