"""Offers suggested to needs: why, to whom they show, fresh by themselves, declined for good."""

import re
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from essor.exchanges.actions import suggestions as suggestion_actions
from essor.exchanges.actions.commitments import change_state, promise
from essor.exchanges.actions.needs import end_need
from essor.exchanges.actions.suggestions import Found, decline_suggestion
from essor.exchanges.jobs import suggest_offers
from essor.exchanges.matching import readings, suggesting
from essor.exchanges.matching.index import index_of
from essor.exchanges.matching.suggesting import suggest_in
from essor.exchanges.models import Commitment, Need, Reading, Suggestion
from essor.ledger.models import Entry
from essor.people.erasure import erase_person
from essor.projects.models import Membership, Project
from essor.treasures.actions.treasures import confirm_treasure, end_treasure
from essor.treasures.models import Treasure
from tests.cast import NOW, make_leader, make_need, make_project, make_treasure

OFFERED = Treasure.Use.OFFERED


@pytest.fixture
def project(cast) -> Project:
    return make_project(cast.valence, "Épicerie solidaire")


@pytest.fixture
def need(project) -> Need:
    return make_need(project, "Quelqu’un pour tenir les comptes", kind="skill", quantity=1, unit="")


def accountant(cast, name: str = "Experte-comptable à la retraite", **fields) -> Treasure:
    told = {"kind": "human", "use": OFFERED, "description": "Libre le mercredi.", **fields}
    return make_treasure(cast.valence, name, **told)


def promised(cast, what: str = "Tenir la comptabilité d’une association") -> Commitment:
    made, _ = promise(
        territory=cast.valence, person=cast.denis, kind="skill", what=what, by=cast.denis, at=NOW
    )
    return made


def suggested(need: Need) -> list[str]:
    found = Suggestion.objects.filter(need=need, declined_at=None).order_by("-score", "id")
    return [str(each.treasure or each.commitment) for each in found]


def page(cast, who: str | None, need: Need) -> str:
    answer = cast.client(who).get(f"/valence/needs/{need.public_id}/")
    return answer.content.decode()


def test_offers_that_share_no_word_are_found_and_say_why(cast, need):
    accountant(cast)
    make_treasure(cast.valence, "Hangar agricole à moitié vide", use=OFFERED)
    promised(cast)

    suggest_offers.func()

    assert set(suggested(need)) == {
        "Experte-comptable à la retraite", "Tenir la comptabilité d’une association",
    }  # fmt: skip
    shown = page(cast, "aicha", need)
    assert "Experte-comptable à la retraite" in shown
    assert "Même genre" in shown
    assert "libre le mercredi" in shown


def test_distance_is_told_where_the_need_names_a_commune(cast, project):
    need = make_need(project, "Tenir les comptes", kind="skill", place="26000 Valence")
    accountant(cast, latitude=44.97, longitude=4.90)
    suggest_in(cast.valence)
    reasons = {each["code"]: each for each in Suggestion.objects.get(need=need).reasons}
    assert 3 < reasons["near"]["km"] < 7


def test_a_need_without_a_place_is_where_its_project_is(cast, project):
    Project.objects.filter(pk=project.pk).update(place="26000 Valence")
    need = make_need(project, "Tenir les comptes", kind="skill")
    accountant(cast, latitude=44.97, longitude=4.90)
    suggest_in(cast.valence)
    reasons = {each["code"]: each for each in Suggestion.objects.get(need=need).reasons}
    assert 3 < reasons["near"]["km"] < 7


@pytest.mark.parametrize(
    ("change", "value"),
    [
        ("state", Treasure.State.HIDDEN),
        ("state", Treasure.State.WAITING),
        ("state", Treasure.State.GONE),
        ("use", Treasure.Use.HERE),
    ],
)
def test_hidden_or_private_treasures_never_show_even_before_the_job_looks(
    cast, need, change, value
):
    treasure = accountant(cast)
    suggest_in(cast.valence)
    assert "Experte-comptable" in page(cast, "aicha", need)

    setattr(treasure, change, value)
    treasure.save()

    assert "Experte-comptable" not in page(cast, "aicha", need)
    suggest_in(cast.valence)
    assert (suggested(need), Reading.objects.count()) == ([], 0)


def test_keeper_of_a_treasure_may_be_asked_from_the_need(cast, need):
    accountant(cast, keeper=cast.denis)
    accountant(cast, "Comptable sans adresse")
    suggest_in(cast.valence)
    aicha = cast.client("aicha")
    asks = re.findall(
        r'href="(\S+introductions\S+need=\S+treasure=\S+)"', page(cast, "aicha", need)
    )
    assert len(asks) == 1
    assert "Experte-comptable" in aicha.get(asks[0].replace("&amp;", "&")).content.decode()


def test_strangers_see_no_suggestion_and_a_group_no_promise_to_the_territory(cast, need):
    accountant(cast)
    promised(cast)
    suggest_in(cast.valence)
    make_leader(need.project, cast.denis)

    assert "Experte-comptable" not in page(cast, None, need)
    assert "Experte-comptable" not in page(cast, "bruno", need)
    of_the_group = page(cast, "denis", need)
    assert "Experte-comptable" in of_the_group
    assert "Tenir la comptabilité d’une association" not in of_the_group
    assert "Tenir la comptabilité d’une association" in page(cast, "aicha", need)


def test_treasure_page_shows_who_may_need_it_while_the_need_is_open(cast, need):
    treasure = accountant(cast)
    suggest_in(cast.valence)
    address = f"/valence/treasures/{treasure.public_id}/"
    shown = cast.client(None).get(address).content.decode()
    assert "Quelqu’un pour tenir les comptes" in shown
    assert f"/valence/needs/{need.public_id}/bring/" in shown

    end_need(need=need, ending="found", by=cast.aicha, at=NOW)

    assert "tenir les comptes" not in cast.client(None).get(address).content.decode()


def test_need_of_a_sheet_being_written_shows_nowhere(cast):
    draft = Project.objects.create(territory=cast.valence, title="Brouillon", created_at=NOW)
    make_need(draft, "Quelqu’un pour tenir les comptes", kind="skill")
    treasure = accountant(cast)
    suggest_in(cast.valence)
    assert Suggestion.objects.count() == 0
    shown = cast.client("aicha").get(f"/valence/treasures/{treasure.public_id}/")
    assert "tenir les comptes" not in shown.content.decode()


def test_declined_suggestion_is_remembered_and_the_next_best_takes_its_place(cast, need):
    for number in range(Found.KEPT + 1):
        accountant(cast, f"Comptable {number}", description="Tenir les comptes d’une association")
    suggest_in(cast.valence)
    first = Suggestion.objects.filter(need=need).order_by("-score", "id").first()
    kept = suggested(need)

    act = {"act": uuid.uuid4().hex}
    address = f"/valence/needs/suggestions/{first.public_id}/refusal/"
    for _ in range(2):
        cast.client("aicha").post(address, act)
    suggest_in(cast.valence)
    suggest_in(cast.valence)

    assert str(first.treasure) not in suggested(need)
    assert len(suggested(need)) == len(kept) == Found.KEPT
    assert Entry.objects.filter(verb="suggestion_declined").count() == 1
    assert str(first.treasure) not in page(cast, "aicha", need)


def test_only_hosts_and_the_group_decline_and_promises_only_hosts(cast, need):
    accountant(cast)
    promised(cast)
    suggest_in(cast.valence)
    Membership.objects.create(
        project=need.project, person=cast.denis, part=Membership.Part.MEMBER, since=NOW
    )
    treasure, offer = (
        Suggestion.objects.get(treasure__isnull=gone).public_id for gone in (False, True)
    )

    def declines(who: str | None, key: str) -> int:
        address = f"/valence/needs/suggestions/{key}/refusal/"
        return cast.client(who).post(address, {"act": uuid.uuid4().hex}).status_code

    assert [declines(who, treasure) for who in (None, "bruno", "hugo")] == [404] * 3
    assert [declines("denis", offer), declines("denis", treasure)] == [404, 302]
    assert declines("aicha", offer) == 302


def test_declining_twice_is_declining_once(cast, need):
    accountant(cast)
    suggest_in(cast.valence)
    one = Suggestion.objects.get()
    for moment in (NOW, NOW + timedelta(days=1)):
        decline_suggestion(suggestion=one, by=cast.aicha, at=moment)
    one.refresh_from_db()
    assert (one.declined_at, one.declined_by) == (NOW, cast.aicha)


def test_new_offers_and_new_needs_are_found_by_the_next_look(cast, need):
    suggest_in(cast.valence)
    assert suggested(need) == []
    accountant(cast)
    suggest_in(cast.valence)
    assert suggested(need) == ["Experte-comptable à la retraite"]
    later = make_need(need.project, "Tenir notre trésorerie", kind="skill")
    suggest_in(cast.valence)
    assert suggested(later) == ["Experte-comptable à la retraite"]


def test_a_need_worded_anew_is_compared_anew(cast, need):
    accountant(cast)
    suggest_in(cast.valence)
    Need.objects.filter(pk=need.pk).update(title="Des musiciens pour l’inauguration", kind="people")
    suggest_in(cast.valence)
    assert suggested(need) == []


def test_released_promises_and_those_given_to_a_project_are_no_offers(cast, need):
    made = promised(cast)
    suggest_in(cast.valence)
    assert len(suggested(need)) == 1
    change_state(commitment=made, state="released", by=cast.denis, at=NOW)
    assert "comptabilité" not in page(cast, "aicha", need)
    suggest_in(cast.valence)
    assert suggested(need) == []


def test_need_that_opens_again_meets_what_came_meanwhile(cast, need):
    suggest_in(cast.valence)
    end_need(need=need, ending="found", by=cast.aicha, at=NOW)
    suggest_in(cast.valence)
    accountant(cast)
    suggest_in(cast.valence)
    end_need(need=need, ending="", by=cast.aicha, at=NOW)
    suggest_in(cast.valence)
    assert suggested(need) == ["Experte-comptable à la retraite"]


def test_a_changed_offer_is_read_alone_and_a_confirmed_one_not_at_all(cast, need, monkeypatch):
    first, second = accountant(cast), accountant(cast, "Trésorier d’un club")
    suggest_in(cast.valence)
    texts: list[str] = []
    monkeypatch.setattr(
        readings, "read", lambda some, **how: texts.extend(some) or suggesting.read(some, **how)
    )

    confirm_treasure(
        treasure=first, served_for="", person=None, device="d", by=None, at=NOW + timedelta(1)
    )
    suggest_in(cast.valence)
    assert texts == []

    Treasure.objects.filter(pk=second.pk).update(
        name="Un hangar vide", description="", changed_at=NOW + timedelta(2)
    )
    suggest_in(cast.valence)
    assert texts == ["Un hangar vide"]
    assert suggested(need) == ["Experte-comptable à la retraite"]


def test_index_brought_up_to_date_finds_as_one_built_anew(cast, need):
    treasures = [accountant(cast, f"Comptable numéro {number}") for number in range(12)]
    suggest_in(cast.valence)
    warm = index_of(cast.valence)
    end_treasure(treasure=treasures[3], by=None, at=NOW)
    accountant(cast, "Trésorière de coopérative")
    suggest_in(cast.valence)

    changed = index_of(cast.valence)

    assert changed is not warm
    names = {each.offer for each in suggesting.answers(changed, need)}
    here = Reading.objects.values_list("treasure", flat=True)
    assert names <= {f"t{pk}" for pk in here}
    assert len(changed.offers) == 12


def test_worker_that_died_between_reading_and_comparing_is_made_up_for(cast, need, monkeypatch):
    accountant(cast)
    with monkeypatch.context() as patch:
        patch.setattr(suggesting, "keep_suggestions", lambda **given: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            suggest_in(cast.valence)
    assert (Reading.objects.count(), suggested(need)) == (1, [])
    suggest_in(cast.valence)
    assert suggested(need) == ["Experte-comptable à la retraite"]


def test_another_lexicon_has_everything_read_anew(cast, need):
    accountant(cast)
    suggest_in(cast.valence)
    before = Reading.objects.get().pk
    Reading.objects.update(stamp="of old")
    suggest_in(cast.valence)
    assert Reading.objects.get().pk != before
    assert suggested(need) == ["Experte-comptable à la retraite"]


def test_nothing_to_do_writes_nothing(cast, need):
    accountant(cast)
    suggest_in(cast.valence)
    lines = Entry.objects.count()
    with CaptureQueriesContext(connection) as asked:
        suggest_in(cast.valence)
    assert Entry.objects.count() == lines
    assert len(asked) <= 8
    assert not [each["sql"] for each in asked if not each["sql"].startswith("SELECT")]


def test_erased_people_take_their_promises_and_suggestions_along(cast, need):
    promised(cast)
    suggest_in(cast.valence)
    erase_person(person=cast.denis, by=cast.denis, at=NOW)
    assert (Suggestion.objects.count(), Reading.objects.count()) == (0, 0)


def test_pages_ask_as_often_for_one_suggestion_as_for_six(cast, need, monkeypatch):
    aicha, address = cast.client("aicha"), f"/valence/needs/{need.public_id}/"

    def queries() -> int:
        suggest_in(cast.valence)
        with CaptureQueriesContext(connection) as asked:
            aicha.get(address)
        return len(asked)

    accountant(cast)
    queries()
    one = queries()
    for number in range(5):
        accountant(cast, f"Comptable {number}")
    promised(cast)
    assert queries() == one
    assert len(suggested(need)) == suggestion_actions.Found.KEPT
